//! Runs the lab beside the caller, on a thread of its own.

use super::data::Data;
use super::fault::Fault;
use super::log::Log;
use super::server::serve;
use super::ways::Ways;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;
use tokio::sync::oneshot;

/// How long dropping the handle waits for the thread to end.
const STOP: Duration = Duration::from_secs(2);

/// A running lab server; it stops when this is dropped.
#[derive(Debug)]
pub struct LabHandle {
    address: SocketAddr,
    data: Arc<Data>,
    sent: Arc<AtomicU64>,
    stop: Option<oneshot::Sender<()>>,
    ended: mpsc::Receiver<()>,
    thread: Option<JoinHandle<()>>,
}

/// Starts a lab server on a loopback port the system chooses.
///
/// # Errors
/// The port cannot be opened or the thread cannot be started.
pub fn start(data: impl Into<Arc<Data>>) -> io::Result<LabHandle> {
    start_with(data.into(), None)
}

/// As [`start`], with a fault in every connection.
///
/// # Errors
/// As [`start`].
pub fn start_with(data: Arc<Data>, fault: Option<Fault>) -> io::Result<LabHandle> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let listener = {
        let _entered = runtime.enter();
        tokio::net::TcpListener::from_std(listener)?
    };
    let (stop, stopped) = oneshot::channel();
    let (end, ended) = mpsc::channel();
    let (served, sent) = (Arc::clone(&data), Arc::<AtomicU64>::default());
    let counted = Arc::clone(&sent);
    let thread = Builder::new().name("exaudit-lab".to_owned()).spawn(move || {
        runtime.block_on(async {
            tokio::select! {
                () = serve(listener, served, fault, counted) => {}
                _ = stopped => {}
            }
        });
        drop(runtime);
        let _ = end.send(());
    })?;
    Ok(LabHandle { address, data, sent, stop: Some(stop), ended, thread: Some(thread) })
}

/// Starts a lab server of these ways on a loopback port the system chooses.
///
/// # Errors
/// As [`start`].
pub fn start_as(data: Data, ways: Ways) -> io::Result<LabHandle> {
    start(data.under(ways))
}

impl LabHandle {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it listens, as an LDAP URI.
    pub fn uri(&self) -> String {
        format!("ldap://{}", self.address)
    }

    /// How many bytes its fault has sent so far.
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// What clients asked so far.
    pub fn log(&self) -> &Log {
        self.data.log()
    }
}

impl Drop for LabHandle {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        // A thread that does not end in time is left behind: the caller is never held up.
        if !matches!(self.ended.recv_timeout(STOP), Err(mpsc::RecvTimeoutError::Timeout))
            && let Some(thread) = self.thread.take()
        {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpStream;

    #[test]
    fn listens_until_dropped() {
        let data = Data::load(&b"dn: o=O\n"[..]).expect("loads");
        let lab = start(data).expect("starts");
        let address = lab.address();
        assert!(address.ip().is_loopback());
        assert_eq!(lab.uri(), format!("ldap://{address}"));
        let _open = TcpStream::connect(address).expect("listens");
        drop(lab);
        assert!(TcpStream::connect(address).is_err());
    }
}
