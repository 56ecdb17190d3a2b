//! What is sent in place of an answer, and how the conversation goes on.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

/// No fault keeps a connection longer.
const LONGEST: Duration = Duration::from_secs(300);
/// Between the last bytes and a reset.
const SETTLE: Duration = Duration::from_millis(200);

/// What follows the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    /// The conversation, as if nothing had been.
    GoOn,
    /// The end of the connection, in order (FIN).
    Close,
    /// The end of the connection, at once (RST).
    Reset,
    /// Silence, until the client leaves.
    Stall,
}

/// Bytes and what follows them.
pub(super) struct Script {
    bytes: Box<dyn Iterator<Item = Vec<u8>> + Send>,
    pause: Option<Duration>,
    then: Then,
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Script").field("pause", &self.pause).field("then", &self.then).finish_non_exhaustive()
    }
}

impl Script {
    /// Sends these, one after the other; they may have no end.
    pub(super) fn send<I>(bytes: I) -> Self
    where
        I: IntoIterator<Item = Vec<u8>>,
        I::IntoIter: Send + 'static,
    {
        Self { bytes: Box::new(bytes.into_iter()), pause: None, then: Then::GoOn }
    }

    /// Sends nothing.
    pub(super) fn nothing() -> Self {
        Self::send([])
    }

    /// Then does this.
    pub(super) fn then(self, then: Then) -> Self {
        Self { then, ..self }
    }

    /// Waits so long behind each piece.
    pub(super) fn pause(self, pause: Duration) -> Self {
        Self { pause: Some(pause), ..self }
    }
}

/// Sends it, and counts the bytes; whether the conversation goes on. Ends early when the client is gone.
pub(super) async fn play(before: Vec<Vec<u8>>, script: Script, socket: &mut TcpStream, sent: &AtomicU64) -> bool {
    let Script { bytes, pause, then } = script;
    let sending = async {
        for piece in before {
            socket.write_all(&piece).await?;
        }
        for piece in bytes {
            socket.write_all(&piece).await?;
            sent.fetch_add(piece.len() as u64, Ordering::Relaxed);
            match pause {
                Some(pause) => sleep(pause).await,
                // A client that takes everything at once must not keep the other connections waiting.
                None => tokio::task::yield_now().await,
            }
        }
        socket.flush().await
    };
    if !matches!(timeout(LONGEST, sending).await, Ok(Ok(()))) {
        return false;
    }
    match then {
        Then::GoOn => return true,
        Then::Close => {
            let _ = socket.shutdown().await;
            drain(socket).await;
        }
        Then::Stall => drain(socket).await,
        Then::Reset => {
            // A reset discards what the client has not read yet: what was sent before shall arrive.
            sleep(SETTLE).await;
            let _ = socket.set_zero_linger();
        }
    }
    false
}

/// Reads what comes until the client leaves: closing over unread bytes would be a reset.
async fn drain(socket: &mut TcpStream) {
    let mut buffer = [0; 4096];
    let reading = async { while matches!(socket.read(&mut buffer).await, Ok(count) if count > 0) {} };
    let _ = timeout(LONGEST, reading).await;
}
