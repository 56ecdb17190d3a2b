//! What a server answered, in words.

use super::error::tame;
use crate::directory::result_code::ResultCode;

/// Words, number and the server's own text: `size limit exceeded (4): text`.
pub(super) fn words(code: ResultCode, text: &str) -> String {
    let text = tame(text);
    let colon = if text.is_empty() { "" } else { ": " };
    format!("{code}{colon}{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_text_follows_the_code() {
        assert_eq!(words(ResultCode::SizeLimitExceeded, ""), "size limit exceeded (4)");
        assert_eq!(words(ResultCode::Other, " bad\nthing "), "other error (80): bad thing");
    }
}
