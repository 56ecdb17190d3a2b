//! Directory text: mostly UTF-8, sometimes not.

use std::borrow::Cow;

/// Bytes as text: UTF-8 where they are, otherwise one character a byte (ISO 8859-1), so that nothing is lost.
pub fn text_of(bytes: &[u8]) -> String {
    match String::from_utf8_lossy(bytes) {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(_) => bytes.iter().map(|&b| char::from(b)).collect(),
    }
}
