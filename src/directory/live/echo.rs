//! A server that repeats the password in what it says: in the text of a refusal, a name, a place to go on.
//!
//! Every text of a server's is searched before it goes anywhere. One that holds the password, however it is spelled, is not
//! shown at all: where a part of it stood would tell of the rest. What stands in the entries is the directory, not the server
//! speaking, and stays as it is.

use super::secret::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use memchr::memmem;
use std::fmt;

/// What is shown in place of a text that holds the password.
pub(super) const WITHHELD: &str = "***";
/// A longer text is not searched and not shown either: only its beginning would be.
const LONGEST: usize = 1 << 16;
/// Fewer characters of base64 say nothing.
const SHORTEST_BASE64: usize = 3;

/// Finds one password in texts.
#[derive(Clone, Default)]
pub(super) struct Echo {
    /// As bytes of each character set, both ways round, in lower case.
    plain: Vec<Vec<u8>>,
    /// The same, in hexadecimal.
    hex: Vec<Vec<u8>>,
    /// The same, in base64: with nothing, one or two bytes before it.
    base64: Vec<Vec<u8>>,
    /// As numbers.
    bytes: Vec<Vec<u8>>,
}

/// It holds the password.
impl fmt::Debug for Echo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Echo {
    /// Finds this password; none is found nowhere.
    pub(super) fn of(secret: Option<&Secret>) -> Self {
        let Some(password) = secret.map(Secret::reveal).filter(|password| !password.is_empty()) else { return Self::default() };
        let reversed: String = password.chars().rev().collect();
        let latin: Option<Vec<u8>> = password.chars().map(|c| u8::try_from(c).ok()).collect();
        let wide = |bytes: fn(u16) -> [u8; 2]| password.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let mut spelled = vec![password.as_bytes().to_vec(), wide(u16::to_le_bytes), wide(u16::to_be_bytes)];
        spelled.extend(latin);
        let lower = |bytes: &Vec<u8>| bytes.to_ascii_lowercase();
        let alone = spelled.iter().map(|bytes| STANDARD.encode(bytes).into_bytes());
        Self {
            plain: spelled.iter().map(lower).chain([reversed.to_ascii_lowercase().into_bytes()]).collect(),
            hex: spelled.iter().map(|bytes| bytes.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect()).collect(),
            base64: alone
                .chain(spelled.iter().flat_map(|bytes| (0..3).filter_map(|before| inside_base64(bytes, before))))
                .collect(),
            bytes: spelled,
        }
    }

    /// Whether the text holds the password, or is too long to tell.
    pub(super) fn is_in(&self, text: &[u8]) -> bool {
        if self.bytes.is_empty() {
            return false;
        }
        if text.len() > LONGEST {
            return true;
        }
        let found = |needles: &[Vec<u8>], text: &[u8]| needles.iter().any(|needle| memmem::find(text, needle).is_some());
        let lower = text.to_ascii_lowercase();
        let without_nuls: Vec<u8> = lower.iter().copied().filter(|byte| *byte != 0).collect();
        found(&self.plain, &lower)
            || found(&self.plain, &without_nuls)
            || found(&self.plain, &percent_decoded(text).to_ascii_lowercase())
            || found(&self.hex, &hex_digits(&lower))
            || found(&self.base64, &base64_digits(text))
            || [10, 16].iter().any(|&radix| found(&self.bytes, &numbers(&lower, radix)))
    }

    /// Whether a conversation that begins with these bytes may be the password's: a few of them are shown.
    pub(super) fn is_begun_by(&self, bytes: &[u8]) -> bool {
        let begins = |spelled: &Vec<u8>| bytes.get(..4).is_some_and(|four| spelled.starts_with(four));
        self.is_in(bytes) || self.bytes.iter().any(begins)
    }

    /// The text, or what stands in its place.
    pub(super) fn withheld(&self, text: String) -> String {
        if self.is_in(text.as_bytes()) { WITHHELD.to_owned() } else { text }
    }

    /// Writes over a text that holds the password, without changing its length: it stands in a message.
    pub(super) fn write_over(&self, text: &mut [u8]) {
        if self.is_in(text) {
            text.fill(b' ');
            text.iter_mut().zip(WITHHELD.bytes()).for_each(|(byte, star)| *byte = star);
        }
    }
}

/// What the bytes become in base64 behind so many others, without the digits at both ends that depend on what is around.
fn inside_base64(bytes: &[u8], before: usize) -> Option<Vec<u8>> {
    let all = [&vec![0; before], bytes].concat();
    let digits = STANDARD_NO_PAD.encode(&all).into_bytes();
    let end = digits.len() - usize::from(!all.len().is_multiple_of(3));
    let start = [0, 2, 3].get(before).copied().unwrap_or(0);
    digits.get(start..end).filter(|digits| digits.len() >= SHORTEST_BASE64).map(<[u8]>::to_vec)
}

/// The digits of base64, of both alphabets, wherever lines were broken.
fn base64_digits(text: &[u8]) -> Vec<u8> {
    let digits = text.iter().filter(|byte| !byte.is_ascii_whitespace());
    digits
        .map(|byte| {
            if *byte == b'-' {
                b'+'
            } else if *byte == b'_' {
                b'/'
            } else {
                *byte
            }
        })
        .collect()
}

/// The hexadecimal digits, whatever is between the bytes: `68 75`, `68:75`, `0x68, 0x75`, `\x68\x75`.
fn hex_digits(text: &[u8]) -> Vec<u8> {
    let mut digits: Vec<u8> = Vec::with_capacity(text.len());
    for &byte in text {
        if byte == b'x' {
            digits.pop_if(|last| *last == b'0');
        }
        digits.extend(Some(byte).filter(u8::is_ascii_hexdigit));
    }
    digits
}

/// The numbers in a text that are bytes: `104, 117`.
fn numbers(text: &[u8], radix: u32) -> Vec<u8> {
    let words = text.split(|byte| !char::from(*byte).is_digit(radix));
    words.filter_map(|word| u8::from_str_radix(std::str::from_utf8(word).ok()?, radix).ok()).collect()
}

/// The text with `%68` as the byte that it stands for (RFC 3986 section 2.1).
pub(super) fn percent_decoded(text: &[u8]) -> Vec<u8> {
    let mut rest = text;
    let mut decoded = Vec::with_capacity(rest.len());
    while let [byte, after @ ..] = rest {
        let digits = after.get(..2).filter(|_| *byte == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        let octet = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(octet.unwrap_or(*byte));
        rest = after.get(if octet.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::URL_SAFE;
    use proptest::prelude::*;

    fn echo(password: &str) -> Echo {
        Echo::of(Some(&Secret::new(password)))
    }

    /// In each spelling, as bytes.
    fn spellings(password: &str) -> Vec<Vec<u8>> {
        let bytes = password.as_bytes();
        let list = |join: &str, format: fn(&u8) -> String| bytes.iter().map(format).collect::<Vec<_>>().join(join);
        let wide: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let texts = [
            password.to_owned(),
            password.to_ascii_uppercase(),
            password.chars().rev().collect(),
            STANDARD.encode(bytes),
            STANDARD.encode([b"0\x0c\x02\x01\x01", bytes, b" and more"].concat()),
            URL_SAFE.encode([b"a", bytes, b"b"].concat()),
            STANDARD.encode(&wide),
            list("", |byte| format!("{byte:02x}")),
            list("", |byte| format!("{byte:02X}")),
            list(" ", |byte| format!("{byte:02x}")),
            list(":", |byte| format!("{byte:02x}")),
            list(", ", |byte| format!("{byte:#x}")),
            list("", |byte| format!("\\x{byte:02x}")),
            list("", |byte| format!("\\{byte:02X}")),
            list("", |byte| format!("%{byte:02x}")),
            list("", |byte| format!("&#{byte};")),
            list(", ", u8::to_string),
            wide.iter().map(|byte| format!("{byte:02x}")).collect(),
        ];
        texts.into_iter().map(String::into_bytes).chain([wide]).collect()
    }

    #[test]
    fn finds_every_spelling_wherever_it_stands() {
        for password in ["hunter2", "Tr0ub4dor&3-x", "pa ss/w+rd?>", "Grüße-9", "a1b"] {
            for spelling in spellings(password) {
                for around in [["", ""], ["refused: [", "] for cn=a"], ["=", "="]] {
                    let text = [around[0].as_bytes(), &spelling, around[1].as_bytes()].concat();
                    assert!(echo(password).is_in(&text), "{password}: {}", String::from_utf8_lossy(&text));
                }
            }
        }
        assert!(echo("Grüße").is_in(b"text in Latin-1: Gr\xfc\xdfe"));
        assert!(echo("a b%c").is_in(b"ldap://a%20b%25c@host"));
    }

    #[test]
    fn other_texts_stay() {
        for text in ["unwilling to perform", "the store is being repaired", "bind as cn=auditor,cn=LAB", "", "0x35 35 104, 117"] {
            assert!(!echo("lab-password").is_in(text.as_bytes()), "{text}");
            assert!(!Echo::of(None).is_in(text.as_bytes()) && !echo("").is_in(text.as_bytes()));
        }
        assert_eq!(echo("pw").withheld("your pw?".into()), "***");
        assert_eq!(echo("pw").withheld("yours".into()), "yours");
        let over = |text: &str| {
            let mut bytes = text.as_bytes().to_vec();
            echo("pw").write_over(&mut bytes);
            String::from_utf8(bytes).expect("text")
        };
        assert_eq!([over("bad pw"), over("pw"), over("fine")], ["***   ", "**", "fine"]);
        assert_eq!(format!("{:?}", echo("pw")), "***");
    }

    proptest! {
        #[test]
        fn survives_any_text(text in proptest::collection::vec(any::<u8>(), 0..80), password in ".{0,9}") {
            let _ = echo(&password).is_in(&text);
        }
    }
}
