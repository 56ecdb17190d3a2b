//! A signal ends the run: every open session takes its leave of its server first, then the program ends.
//!
//! An old server keeps what belongs to a client that went away without an Unbind (Q222622).

use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;
use tokio::sync::{Notify, oneshot};

/// So long the open sessions have for taking their leave.
const LEAVING: Duration = Duration::from_secs(3);
/// As much as the main thread has where the work would else be done.
const STACK: usize = 8 << 20;

static ASKED: AtomicBool = AtomicBool::new(false);
static WAKE: Notify = Notify::const_new();
static OPEN: Mutex<usize> = Mutex::new(0);
static CLOSED: Condvar = Condvar::new();

/// What ends a run before its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// SIGINT, or Ctrl-C.
    Interrupt,
    /// SIGTERM.
    Terminate,
}

impl Signal {
    /// Its name, for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Interrupt => "SIGINT (Ctrl-C)",
            Self::Terminate => "SIGTERM",
        }
    }
}

/// How the run ended.
#[derive(Debug)]
pub enum Ended {
    /// The work was done, and this is its exit code.
    Done(ExitCode),
    /// A signal came first; all sessions are closed.
    Stopped(Signal),
}

/// Does the work, unless a signal (SIGINT, SIGTERM) comes before its end. The caller ends the program then: the work waits
/// wherever it was, and writes nothing more.
pub fn unless_stopped(work: impl FnOnce() -> ExitCode + Send + 'static) -> std::io::Result<Ended> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut signals = Signals::new()?;
        let (done, outcome) = oneshot::channel();
        thread::Builder::new().stack_size(STACK).spawn(move || _ = done.send(work()))?;
        tokio::select! {
            biased;
            // the number of a panic, which has spoken for itself
            outcome = outcome => Ok(Ended::Done(outcome.unwrap_or(ExitCode::from(101)))),
            signal = signals.next() => {
                ask();
                Ok(Ended::Stopped(signal))
            }
        }
    })
}

/// An open session. While there is one, a stopped run waits a little.
#[derive(Debug)]
pub struct Session(());

impl Session {
    /// Counts one more.
    pub fn open() -> Self {
        *OPEN.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        Self(())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        *open = open.saturating_sub(1);
        CLOSED.notify_all();
    }
}

/// Waits until the run is to stop.
pub async fn asked() {
    // the waiting begins before the look, so that no word is missed between them
    let woken = WAKE.notified();
    if !ASKED.load(Ordering::SeqCst) {
        woken.await;
    }
}

/// Waits for the end of the program: nothing more is to be done.
pub fn wait_for_the_end() -> ! {
    loop {
        thread::park();
    }
}

/// Asks all sessions to take their leave, and waits until they have.
fn ask() {
    ASKED.store(true, Ordering::SeqCst);
    WAKE.notify_waiters();
    let open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
    _ = CLOSED.wait_timeout_while(open, LEAVING, |open| *open > 0);
}

/// The signals that end the run.
#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) -> Signal {
        tokio::select! {
            _ = self.interrupt.recv() => Signal::Interrupt,
            _ = self.terminate.recv() => Signal::Terminate,
        }
    }
}

/// The signals that end the run.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) -> Signal {
        // where it cannot be listened for, the system ends the program as ever
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Signal::Interrupt
    }
}
