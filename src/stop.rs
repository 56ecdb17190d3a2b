//! A signal ends the run: every open session takes its leave of its server first. A run that was reading for a report then tells what
//! was read until there; every other ends where it is.
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
/// So long a stopped run has for telling what it read.
const TELLING: Duration = Duration::from_secs(10);
/// As much as the main thread has where the work would else be done.
const STACK: usize = 8 << 20;

static ASKED: AtomicBool = AtomicBool::new(false);
static GOES_ON: AtomicBool = AtomicBool::new(false);
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
    Stopped {
        /// Which one.
        by: Signal,
        /// Whether the work went on to its end, and told what it had read.
        told: bool,
    },
}

/// Does the work, unless a signal (SIGINT, SIGTERM) comes before its end. The caller ends the program then. If a server was being read for
/// a report, the work first tells what it has, unless that takes long or a second signal comes; otherwise it waits wherever it was,
/// and writes nothing more.
pub fn unless_stopped(is_for_report: bool, work: impl FnOnce() -> ExitCode + Send + 'static) -> std::io::Result<Ended> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut signals = Signals::new()?;
        let (done, mut outcome) = oneshot::channel();
        thread::Builder::new().stack_size(STACK).spawn(move || _ = done.send(work()))?;
        tokio::select! {
            biased;
            // the number of a panic, which has spoken for itself
            outcome = &mut outcome => Ok(Ended::Done(outcome.unwrap_or(ExitCode::from(101)))),
            by = signals.next() => {
                ask(is_for_report);
                let told = goes_on() && tokio::select! {
                    biased;
                    ended = &mut outcome => ended.is_ok(),
                    _ = signals.next() => false,
                    () = tokio::time::sleep(TELLING) => false,
                };
                Ok(Ended::Stopped { by, told })
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

/// Whether the run is to stop: what it tells is of a part.
pub fn was_asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}

/// Waits until the run is to stop.
pub async fn asked() {
    // the waiting begins before the look, so that no word is missed between them
    let woken = WAKE.notified();
    if !ASKED.load(Ordering::SeqCst) {
        woken.await;
    }
}

/// Whether the stopped run tells what it has read.
fn goes_on() -> bool {
    GOES_ON.load(Ordering::SeqCst)
}

/// What a thread does that finds the run stopped, once it has taken its leave: it goes on where there is something to tell, and otherwise
/// waits for the end of the program.
pub fn wait_unless_there_is_a_report() {
    while !goes_on() {
        thread::park();
    }
}

/// Asks all sessions to take their leave, and waits until they have.
fn ask(is_for_report: bool) {
    let open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
    GOES_ON.store(is_for_report && *open > 0, Ordering::SeqCst);
    ASKED.store(true, Ordering::SeqCst);
    WAKE.notify_waiters();
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
