//! LDAP result codes in words (RFC 4511 appendix A.2).

use super::error::tame;

/// The name of a result code.
fn name(code: u32) -> &'static str {
    match code {
        0 => "success",
        1 => "operations error",
        2 => "protocol error",
        3 => "time limit exceeded",
        4 => "size limit exceeded",
        7 => "authentication method not supported",
        8 => "stronger authentication required",
        10 => "referral",
        11 => "administrative limit exceeded",
        12 => "unavailable critical extension",
        13 => "confidentiality required",
        14 => "SASL bind in progress",
        16 => "no such attribute",
        17 => "undefined attribute type",
        18 => "inappropriate matching",
        21 => "invalid attribute syntax",
        32 => "no such object",
        33 => "alias problem",
        34 => "invalid DN syntax",
        36 => "alias dereferencing problem",
        48 => "inappropriate authentication",
        49 => "invalid credentials",
        50 => "insufficient access rights",
        51 => "busy",
        52 => "unavailable",
        53 => "unwilling to perform",
        54 => "loop detected",
        64 => "naming violation",
        71 => "affects multiple servers",
        80 => "other error",
        _ => "unknown result",
    }
}

/// Name, number and the server's own text: `size limit exceeded (4): text`.
pub(super) fn words(code: u32, text: &str) -> String {
    let text = tame(text);
    let colon = if text.is_empty() { "" } else { ": " };
    format!("{} ({code}){colon}{text}", name(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers() {
        assert_eq!(words(4, ""), "size limit exceeded (4)");
        assert_eq!(words(80, " bad\nthing "), "other error (80): bad thing");
        assert_eq!(words(9999, ""), "unknown result (9999)");
    }
}
