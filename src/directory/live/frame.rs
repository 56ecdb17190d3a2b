//! Cuts the server's bytes into messages, before anything looks inside. Memory grows as bytes arrive, not as announced.

use super::ber::{self, SEQUENCE};
use super::error::Lost;
use super::violation::Violation;
use tokio::io::{AsyncBufRead, AsyncBufReadExt};

/// Reads one whole message, of at most `limit` bytes.
///
/// # Errors
/// How the connection ended, or what is wrong with the bytes; after that no more may be read.
pub async fn read<R: AsyncBufRead + Unpin>(reader: &mut R, limit: usize) -> Result<Vec<u8>, Lost> {
    let mut message = Vec::new();
    let mut wanted = None;
    loop {
        let available = reader.fill_buf().await.map_err(|error| Lost::Broken(error.to_string()))?;
        if available.is_empty() {
            return Err(if message.is_empty() { Lost::Closed } else { Violation::Unfinished(message.len()).into() });
        }
        let taken = match wanted {
            // Up to the end of the message, and no byte of what follows.
            Some(total) => available.get(..total - message.len()).unwrap_or(available),
            // Byte by byte until the length is known: a header is at most ten.
            None => available.get(..1).unwrap_or(available),
        };
        if message.is_empty() && taken != [SEQUENCE] {
            return Err(Violation::NotLdap(available.iter().take(16).copied().collect()).into());
        }
        message.extend_from_slice(taken);
        let count = taken.len();
        reader.consume(count);
        if wanted.is_none() {
            wanted = total(&message, limit)?;
        }
        if wanted.is_some_and(|total| message.len() >= total) {
            return Ok(message);
        }
    }
}

/// The length of the whole message, once its header is there.
fn total(message: &[u8], limit: usize) -> Result<Option<usize>, Violation> {
    let Some(header) = ber::header(message, 0)? else { return Ok(None) };
    match usize::try_from(header.length) {
        Ok(0) => Err(Violation::Shape("it is empty")),
        Ok(length) if length <= limit => Ok(Some(header.bytes + length)),
        _ => Err(Violation::TooLong { length: header.length, limit }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(mut bytes: &[u8]) -> Vec<Result<Vec<u8>, Lost>> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("runtime");
        runtime.block_on(async {
            let mut found = Vec::new();
            loop {
                let one = read(&mut bytes, 300).await;
                let end = one.is_err();
                found.push(one);
                if end {
                    return found;
                }
            }
        })
    }

    #[test]
    fn cuts_messages_and_stops_at_the_first_fault() {
        let long = ber::write(SEQUENCE, &[5; 200]);
        let mut stream = vec![0x30, 0x01, 0x07];
        stream.extend(&long);
        assert_eq!(read_all(&stream), [Ok(vec![0x30, 0x01, 0x07]), Ok(long.clone()), Err(Lost::Closed)]);
        assert_eq!(read_all(b"HTTP/1.1"), [Err(Violation::NotLdap(b"HTTP/1.1".to_vec()).into())]);
        assert_eq!(read_all(&[0x30, 0x00]), [Err(Violation::Shape("it is empty").into())]);
        assert_eq!(read_all(&[0x30, 0x05, 0x02]), [Err(Violation::Unfinished(3).into())]);
        let huge = Violation::TooLong { length: 1 << 31, limit: 300 };
        assert_eq!(read_all(&[0x30, 0x84, 0x80, 0, 0, 0]), [Err(huge.into())]);
        assert_eq!(read_all(&[0x30, 0x80]), [Err(Violation::Length(0).into())]);
    }
}
