//! From a URI to an open connection: TCP, then TLS or StartTLS where wanted.

use super::answer::words;
use super::echo::Echo;
use super::error::{LiveError, Lost};
use super::guard::{Guard, Limits, Verdict};
use super::settings::{Settings, StartTls, Target};
use super::time::{Limit, within};
use super::violation::Violation;
use super::{Peer, frame, shape, tls};
use crate::directory::input::describe;
use crate::directory::result_code::ResultCode;
use crate::directory::text::text_of;
use std::net::SocketAddr;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// A connection of any kind.
pub(super) trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Wire for T {}

/// An open connection.
pub(super) struct Connected {
    pub(super) wire: Box<dyn Wire>,
    pub(super) peer: Peer,
    pub(super) notes: Vec<String>,
}

/// Opens the connection.
pub(super) async fn open(settings: &Settings, target: &Target, limits: Limits) -> Result<Connected, LiveError> {
    let limit = Limit::of(settings);
    let wants_tls = target.tls || settings.start_tls != StartTls::No;
    // Certificates are read first: a fault there is found without troubling the server.
    let connector = if wants_tls { Some(tls::connector(settings)?) } else { None };
    let (mut stream, address) = connect(settings, target, limit).await?;
    let secret = settings.bind.as_ref().map(|bind| &bind.password);
    let mut notes = Vec::new();
    let Some(connector) = connector else {
        return Ok(Connected { wire: Box::new(stream), peer: Peer { address, tls: None, certificate: None }, notes });
    };
    let timeout = |what| LiveError::Timeout { host: target.name(), what, limit: limit.words() };
    if !target.tls {
        let asked = within(limit, start_tls(&mut stream, Guard::new(limits).hiding(secret))).await;
        let refused = asked.ok_or(timeout("StartTLS"))?.map_err(|lost| LiveError::Lost { host: target.name(), lost })?;
        if let Some(answer) = refused {
            if settings.start_tls == StartTls::Require || settings.bind.is_some() {
                let _ = within(limit, async { stream.write_all(&UNBIND).await.is_ok() && stream.shutdown().await.is_ok() }).await;
                return Err(LiveError::StartTls { answer });
            }
            notes.push(format!(
                "the server refused StartTLS ({answer}); the connection is not encrypted, and no password travels"
            ));
            return Ok(Connected { wire: Box::new(stream), peer: Peer { address, tls: None, certificate: None }, notes });
        }
    }
    let secured =
        within(limit, tls::wrap(&connector, target, stream, &Echo::of(secret))).await.ok_or(timeout("the TLS handshake"))??;
    let peer = Peer { address, tls: Some(tls::version(&secured)), certificate: tls::facts(&secured, target) };
    Ok(Connected { wire: Box::new(secured), peer, notes })
}

/// Tries every address of the host; the time is shared out among them.
async fn connect(settings: &Settings, target: &Target, limit: Limit) -> Result<(TcpStream, SocketAddr), LiveError> {
    let host = target.name();
    let unresolved = |reason: String| LiveError::Resolve { host: target.host.clone(), reason };
    let found = within(limit, tokio::net::lookup_host((target.host.as_str(), target.port))).await;
    let found = found.ok_or(unresolved("the name service did not answer in time".into()))?;
    let addresses: Vec<SocketAddr> = found.map_err(|error| unresolved(no_address(&error)))?.collect();
    if addresses.is_empty() {
        return Err(unresolved("it has none".into()));
    }
    let mut attempts = Vec::new();
    for (index, &address) in addresses.iter().enumerate() {
        settings.check_plaintext(target, address)?;
        let share = limit.share(addresses.len() - index, settings.deadline);
        match within(share, TcpStream::connect(address)).await {
            Some(Ok(stream)) => {
                // Small requests would wait for acknowledgements otherwise (Nagle).
                stream.set_nodelay(true).map_err(|error| LiveError::Client(error.to_string()))?;
                return Ok((stream, address));
            }
            Some(Err(error)) => attempts.push((address, describe(&error))),
            None => attempts.push((address, format!("no answer within {}", share.words()))),
        }
    }
    let told = |(address, why): &(SocketAddr, String)| match address.to_string() == host {
        true => why.clone(),
        false => format!("{address}: {why}"),
    };
    Err(LiveError::Connect { attempts: attempts.iter().map(told).collect::<Vec<_>>().join("; "), host })
}

/// What the resolver said, without what every such message begins with.
fn no_address(error: &std::io::Error) -> String {
    let text = describe(error);
    text.strip_prefix("failed to lookup address information: ").unwrap_or(&text).to_owned()
}

/// ExtendedRequest 1.3.6.1.4.1.1466.20037 with message id 1 (RFC 4511 section 4.14), before the library counts its own.
const START_TLS: [u8; 31] = *b"\x30\x1d\x02\x01\x01\x77\x18\x80\x161.3.6.1.4.1.1466.20037";
/// UnbindRequest with the last message id there is.
pub(super) const UNBIND: [u8; 10] = [0x30, 0x08, 0x02, 0x04, 0x7f, 0xff, 0xff, 0xff, 0x42, 0x00];

/// Asks for StartTLS. The answer, if the server refuses.
async fn start_tls(stream: &mut TcpStream, mut guard: Guard) -> Result<Option<String>, Lost> {
    let broken = |error: std::io::Error| Lost::Broken(error.to_string());
    stream.write_all(&START_TLS).await.map_err(broken)?;
    guard.expect_extended(1);
    let mut reader = BufReader::new(stream);
    loop {
        let mut message = frame::read(&mut reader, guard.limits().message).await.map_err(|lost| guard.without_echo(lost))?;
        match guard.answer(&mut message)? {
            Verdict::Disconnect(text) => return Err(Lost::Disconnected(text)),
            Verdict::Drop => continue,
            Verdict::Pass | Verdict::PassPart => {}
        }
        let envelope = shape::envelope(&message)?;
        let outcome = shape::result(&message, &envelope.op, &mut Vec::new())?;
        if outcome.code != ResultCode::Success {
            return Ok(Some(words(outcome.code, &text_of(&outcome.text))));
        }
        // What came in clear behind the answer must not be taken for protected.
        return if reader.buffer().is_empty() { Ok(None) } else { Err(Violation::AfterStartTls.into()) };
    }
}

#[cfg(test)]
mod tests {
    use super::super::ber;
    use super::*;

    #[test]
    fn own_requests_are_well_formed() {
        for (bytes, id, tag) in [(&START_TLS[..], 1, 0x77), (&UNBIND, 0x7fff_ffff, 0x42)] {
            ber::check(bytes, 9, 9).expect("structure");
            let envelope = shape::envelope(bytes).expect("envelope");
            assert_eq!((envelope.id, envelope.op.tag), (id, tag));
        }
    }
}
