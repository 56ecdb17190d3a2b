//! The relay: the client library talks to one end of a local pair of sockets, the server's connection is ours, and
//! between them every message of the server passes the guard.

use super::error::{LiveError, Lost};
use super::frame;
use super::shared::Shared;
use super::transport::{UNBIND, Wire};
use ldap3::{Ldap, LdapConnAsync, LdapConnSettings, StdStream};
use std::io;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::task::JoinHandle;

/// No request of ours comes near this, bytes.
const LONGEST_REQUEST: usize = 16 << 20;

/// Puts the guard between the library and the connection. The task ends when the client's side is done, Unbind sent.
pub(super) async fn start(wire: Box<dyn Wire>, shared: Arc<Shared>) -> Result<(Ldap, JoinHandle<()>), LiveError> {
    let failed = |error: io::Error| LiveError::Client(format!("no local pair of sockets: {error}"));
    let (near, far, url) = pair().await.map_err(failed)?;
    let settings = LdapConnSettings::new().set_std_stream(far);
    let library = |error: ldap3::LdapError| LiveError::Client(error.to_string());
    let (connection, ldap) = LdapConnAsync::with_settings(settings, url).await.map_err(library)?;
    // How the library fares is seen by what it answers.
    tokio::spawn(async move { drop(connection.drive().await) });
    let (from_client, to_client) = tokio::io::split(near);
    let (from_server, to_server) = tokio::io::split(wire);
    tokio::spawn(answers(BufReader::with_capacity(1 << 16, from_server), to_client, shared.clone()));
    let requests = tokio::spawn(requests(BufReader::new(from_client), to_server, shared));
    Ok((ldap, requests))
}

/// A pair of connected local sockets, and the URL under which the library takes its end.
#[cfg(unix)]
async fn pair() -> io::Result<(tokio::net::UnixStream, StdStream, &'static str)> {
    let (near, far) = std::os::unix::net::UnixStream::pair()?;
    near.set_nonblocking(true)?;
    Ok((tokio::net::UnixStream::from_std(near)?, StdStream::Unix(far), "ldapi:///"))
}

/// A pair of connected local sockets, and the URL under which the library takes its end.
#[cfg(not(unix))]
async fn pair() -> io::Result<(tokio::net::TcpStream, StdStream, &'static str)> {
    let listener = tokio::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0)).await?;
    let near = tokio::net::TcpStream::connect(listener.local_addr()?).await?;
    let (far, caller) = listener.accept().await?;
    // Any program on this machine could have called in between.
    if caller != near.local_addr()? {
        return Err(io::Error::other("another program connected to it"));
    }
    near.set_nodelay(true)?;
    far.set_nodelay(true)?;
    Ok((near, StdStream::Tcp(far.into_std()?), "ldap://127.0.0.1/"))
}

/// Server to client, through the guard. Ends by closing the client's side, after the reason is noted.
async fn answers<R, W>(mut server: BufReader<R>, mut client: W, shared: Arc<Shared>)
where
    R: AsyncRead + Unpin,
    W: AsyncWrite + Unpin,
{
    let lost = loop {
        shared.room().await;
        let judged = match frame::read(&mut server, shared.longest_message()).await {
            Ok(mut message) => shared.answer(&mut message).map(|pass| pass.then_some(message)),
            Err(lost) => Err(lost),
        };
        match judged {
            Ok(Some(message)) => {
                if client.write_all(&message).await.is_err() {
                    break Lost::Ended;
                }
            }
            Ok(None) => {}
            Err(lost) => break lost,
        }
    };
    shared.lose(lost);
    let _ = client.shutdown().await;
}

/// Client to server. Whatever happens, the server hears an Unbind before the end (Q222622).
async fn requests<R, W>(mut client: BufReader<R>, mut server: W, shared: Arc<Shared>)
where
    R: AsyncRead + Unpin,
    W: AsyncWrite + Unpin,
{
    loop {
        let passed = match frame::read(&mut client, LONGEST_REQUEST).await {
            Ok(message) => match shared.request(&message) {
                Ok(()) => send(&mut server, &message).await.map_err(|error| Lost::Broken(error.to_string())),
                Err(violation) => Err(violation.into()),
            },
            Err(lost) => Err(lost),
        };
        match passed {
            Ok(()) => {}
            // The library let go of its end.
            Err(Lost::Closed) => break,
            Err(lost) => {
                shared.lose(lost);
                break;
            }
        }
    }
    if !shared.is_unbound() {
        let _ = send(&mut server, &UNBIND).await;
    }
    let _ = server.shutdown().await;
}

async fn send<W: AsyncWrite + Unpin>(server: &mut W, message: &[u8]) -> io::Result<()> {
    server.write_all(message).await?;
    server.flush().await
}
