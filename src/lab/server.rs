//! Accepts connections and answers them one message at a time.

use super::data::Data;
use super::fault::{Armed, Fault};
use super::frame::Frame;
use super::session::Session;
use futures_util::{SinkExt as _, StreamExt as _};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_util::codec::Framed;

/// Connections open at a time; one more is closed at once.
const MAX_CONNECTIONS: usize = 64;
/// A connection that sends nothing, or takes nothing, for so long is closed. (What Exchange 5.5 does is unknown.)
const IDLE: Duration = Duration::from_secs(300);
/// The pause after a failed accept, so that a lack of file handles does not become a busy loop.
const BREATH: Duration = Duration::from_millis(50);

/// Serves the directory on a listener, with a fault in every connection if one is given, until the future is dropped: that closes all
/// connections too. What the fault sends is counted in `sent`.
pub async fn serve(listener: TcpListener, data: Arc<Data>, fault: Option<Fault>, sent: Arc<AtomicU64>) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut connections = tokio::task::JoinSet::new();
    let mut number = 0_u64;
    loop {
        // What ended is forgotten, also a task that panicked.
        while connections.try_join_next().is_some() {}
        let socket = match listener.accept().await {
            Ok((socket, _)) => socket,
            Err(error) => {
                tracing::debug!(%error, "lab: accept failed");
                tokio::time::sleep(BREATH).await;
                continue;
            }
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
            tracing::debug!("lab: too many connections");
            continue;
        };
        number += 1;
        let session = Session::new(Arc::clone(&data), number);
        let armed = fault.map(|fault| Armed::new(fault, Arc::clone(&sent)));
        connections.spawn(async move {
            converse(socket, session, armed).await;
            drop(place);
        });
    }
}

/// Answers one connection until it is closed, idle, or sends what is no LDAP message.
async fn converse(socket: TcpStream, mut session: Session, mut fault: Option<Armed>) {
    // Small answers are not held back (Nagle).
    let _ = socket.set_nodelay(true);
    let mut connection = Framed::new(socket, Frame::default());
    if let Some(fault) = &mut fault
        && !fault.connected(connection.get_mut()).await
    {
        return;
    }
    loop {
        let request = match timeout(IDLE, connection.next()).await {
            Ok(Some(Ok(request))) => request,
            Ok(Some(Err(error))) => return tracing::debug!(%error, "lab: connection ended"),
            Ok(None) => return,
            Err(_) => return tracing::debug!("lab: idle connection closed"),
        };
        let hit = fault.as_mut().and_then(|fault| fault.hit(&request));
        let Some(replies) = session.reply(request) else { return };
        if let Some(hit) = hit {
            if hit.play(replies, connection.get_mut()).await {
                continue;
            }
            return;
        }
        let send = async {
            for reply in replies {
                connection.feed(reply).await?;
            }
            connection.flush().await
        };
        if !matches!(timeout(IDLE, send).await, Ok(Ok(()))) {
            return;
        }
    }
}
