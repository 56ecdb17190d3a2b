//! The event and error numbers that a text names.

use super::article::{Sign, SignKind};

/// Words that say what kind of number follows, or nothing at all.
const EVENT: [&str; 2] = ["event", "events"];
const ERROR: [&str; 4] = ["error", "errors", "code", "hresult"];
const FILLING: [&str; 6] = ["id", "ids", "no", "number", "source", "in"];

/// The numbers that a text names: `4071`, `MSExchangeIMC 4071`, `IMC 4071`, `event ID 4071`, `0xc002041d`, `C002041D`,
/// `error 1067`. A bare number may be both an event and an error; the events come first.
pub(super) fn named<'a>(signs: &'a [Sign], text: &str) -> Vec<&'a Sign> {
    let mut words: Vec<_> = text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
    let Some(code) = words.pop() else { return Vec::new() };
    let has = |list: &[&str]| words.iter().any(|word| is_one_of(list, word));
    let (event, error) = (has(&EVENT), has(&ERROR));
    let source: Vec<_> = words.into_iter().filter(|word| !is_announcement(word)).collect();
    let source = source.join(" ");
    let wanted = |sign: &&Sign| match &sign.kind {
        SignKind::Event(_) if error && !event => false,
        SignKind::Error if event || !source.is_empty() => false,
        SignKind::Event(Some(own)) => sign.code == code && (source.is_empty() || is_source(own, &source)),
        SignKind::Event(None) => sign.code == code,
        SignKind::Error if is_code_name(code) => sign.code.eq_ignore_ascii_case(code),
        SignKind::Error => code_value(&sign.code).is_some_and(|own| is_code(own, code)),
    };
    let (events, errors): (Vec<_>, Vec<_>) =
        signs.iter().filter(wanted).partition(|sign| matches!(sign.kind, SignKind::Event(_)));
    [events, errors].concat()
}

impl Sign {
    /// Whether it is an event of the source of this name.
    pub(super) fn is_of_source(&self, named: &str) -> bool {
        matches!(&self.kind, SignKind::Event(Some(own)) if is_source(own, named.trim()))
    }
}

/// What to ask to be told of this number and of no other.
pub(super) fn query_for(sign: &Sign) -> String {
    match &sign.kind {
        SignKind::Event(Some(source)) => format!("{source} {}", sign.code),
        SignKind::Event(None) => format!("event {}", sign.code),
        SignKind::Error if sign.code.starts_with("0x") || is_code_name(&sign.code) => sign.code.clone(),
        SignKind::Error => format!("error {}", sign.code),
    }
}

/// A word without the punctuation that a sentence or a form puts around it: `4071,` and `Source:`.
pub(super) fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '.' | '(' | ')' | '"' | '\'' | '#'))
}

/// Whether a word only announces a number: `event`, `error`, `ID`.
pub(super) fn is_announcement(word: &str) -> bool {
    [&EVENT[..], &ERROR, &FILLING].iter().any(|list| is_one_of(list, word))
}

/// Whether a word is written like an event id or an error code: decimal digits, `0x` and hexadecimal ones, eight hexadecimal ones
/// (`c1030b3a`), or the name of an error.
pub(super) fn is_number(word: &str) -> bool {
    decimal(word).is_some() || hexadecimal(word).is_some() || is_code_name(word)
}

/// Whether a word is written like the name of an error: `DS_E_NO_SUCH_OBJECT`, `MAPI_E_NOT_FOUND`, in any case.
pub(super) fn is_code_name(word: &str) -> bool {
    let mut parts = word.split('_');
    let letters = parts.next().is_some_and(|first| first.len() > 1 && first.bytes().all(|b| b.is_ascii_alphabetic()));
    let mut rest = parts.peekable();
    letters && rest.peek().is_some() && rest.all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Whether a word is a code by its form alone, whatever stands beside it: hexadecimal, a negative number as event logs print it, or
/// the name of an error.
pub(super) fn is_plainly_a_code(word: &str) -> bool {
    let negative = word.starts_with('-') && word.len() > 8 && decimal(word).is_some();
    negative || is_code_name(word) || (decimal(word).is_none() && hexadecimal(word).is_some()) || is_padded(word)
}

/// Eight digits with noughts in front, as non-delivery reports print a code: `00010256`.
fn is_padded(word: &str) -> bool {
    word.len() == 8 && word.starts_with("00") && word.bytes().all(|b| b.is_ascii_digit())
}

/// The one spelling of a hexadecimal code, `0xc1030b3a`; none for what is no such code or may be a decimal one.
pub fn hex_spelling(word: &str) -> Option<String> {
    match decimal(word) {
        Some(value) if word.starts_with('-') => Some(format!("{value:#x}")),
        Some(_) if is_padded(word) => hexadecimal(word).map(|value| format!("{value:#x}")),
        Some(_) => None,
        None => hexadecimal(word).map(|value| format!("{value:#x}")),
    }
}

fn is_one_of(list: &[&str], word: &str) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// A source by its name, or by what follows `MSExchange` in it: `IMC` is MSExchangeIMC.
fn is_source(own: &str, named: &str) -> bool {
    let rest = own.get(.."MSExchange".len()).filter(|head| head.eq_ignore_ascii_case("MSExchange"));
    let short = rest.and_then(|head| own.get(head.len()..)).unwrap_or(own);
    own.eq_ignore_ascii_case(named) || short.trim_start().eq_ignore_ascii_case(named)
}

/// The value of a code as our texts spell it.
fn code_value(code: &str) -> Option<u32> {
    if code.starts_with("0x") { hexadecimal(code) } else { decimal(code) }
}

/// Eight decimal digits may be either.
fn is_code(own: u32, named: &str) -> bool {
    decimal(named) == Some(own) || hexadecimal(named) == Some(own)
}

/// Event logs print a code with its highest bit set as a negative number: `-1073609699` is 0xc002041d.
fn decimal(word: &str) -> Option<u32> {
    if word.starts_with('-') {
        return word.parse::<i32>().ok().map(i32::cast_unsigned);
    }
    word.bytes().all(|byte| byte.is_ascii_digit()).then(|| word.parse().ok()).flatten()
}

fn hexadecimal(word: &str) -> Option<u32> {
    let marked = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X"));
    let digits = marked.unwrap_or(word);
    let fits = if marked.is_some() { (1..=8).contains(&digits.len()) } else { digits.len() == 8 };
    (fits && digits.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign(kind: SignKind, code: &str) -> Sign {
        Sign { kind, code: code.to_owned(), meaning: None, kb: Vec::new(), checks: Vec::new() }
    }

    fn signs() -> Vec<Sign> {
        let event = |source: Option<&str>, code| sign(SignKind::Event(source.map(str::to_owned)), code);
        let error = |code| sign(SignKind::Error, code);
        vec![
            error("2140"),
            event(Some("MSExchangeIMC"), "4071"),
            event(Some("MSExchangeMTA"), "178"),
            event(Some("MSExchangeIS Private"), "178"),
            event(None, "2140"),
            error("0xc1030b3a"),
            error("0x80040115"),
            error("1722"),
            error("0x00010256"),
            error("DS_E_BUSY"),
        ]
    }

    #[test]
    fn finds_numbers_by_every_spelling() {
        let signs = signs();
        for (text, expected) in [
            ("4071", "Event MSExchangeIMC 4071"),
            ("msexchangeimc 4071", "Event MSExchangeIMC 4071"),
            ("IMC 4071", "Event MSExchangeIMC 4071"),
            ("event 4071", "Event MSExchangeIMC 4071"),
            ("Event ID: 4071", "Event MSExchangeIMC 4071"),
            ("MSExchangeIMC event 4071.", "Event MSExchangeIMC 4071"),
            ("178", "Event MSExchangeMTA 178; Event MSExchangeIS Private 178"),
            ("MSExchangeMTA 178", "Event MSExchangeMTA 178"),
            ("IS Private 178", "Event MSExchangeIS Private 178"),
            ("2140", "Event 2140; Error 2140"),
            ("event 2140", "Event 2140"),
            ("error code 2140", "Error 2140"),
            ("MSExchangeIMC 2140", "Event 2140"),
            ("c1030b3a", "Error 0xc1030b3a"),
            ("C1030B3A", "Error 0xc1030b3a"),
            ("0xC1030B3A", "Error 0xc1030b3a"),
            ("0XC1030b3a", "Error 0xc1030b3a"),
            ("error 80040115", "Error 0x80040115"),
            ("-1056765126", "Error 0xc1030b3a"),
            ("error -1056765126", "Error 0xc1030b3a"),
            ("00010256", "Error 0x00010256"),
            ("(00010256)", "Error 0x00010256"),
            ("0x10256", "Error 0x00010256"),
            ("ID no: ds_e_busy.", "Error DS_E_BUSY"),
            ("DS_E_BUSY_", ""),
            ("-1", ""),
            ("-99999999999", ""),
            ("0x6ba", "Error 1722"),
            ("Perflib 4071", ""),
            ("error 4071", ""),
            ("event c1030b3a", ""),
            ("0x4071", ""),
            ("c1030b3", ""),
            ("event", ""),
            (" , ", ""),
            ("", ""),
            ("99999999999999999999", ""),
            ("0x", ""),
        ] {
            assert_eq!(named(&signs, text).iter().map(ToString::to_string).collect::<Vec<_>>().join("; "), expected, "{text}");
        }
    }

    #[test]
    fn a_code_has_one_spelling() {
        assert_eq!(hex_spelling("C1030B3A").as_deref(), Some("0xc1030b3a"));
        assert_eq!(hex_spelling("0x6BA").as_deref(), Some("0x6ba"));
        assert_eq!(hex_spelling("-1056765126").as_deref(), Some("0xc1030b3a"));
        for word in ["80040115", "4071", "decade", "", "0xg"] {
            assert_eq!(hex_spelling(word), None, "{word}");
        }
        for sign in signs() {
            assert!(named(&signs(), &query_for(&sign)).contains(&&sign), "{sign}");
        }
        for word in ["c1030b3a", "0x57", "-1056765126", "00010256", "DS_E_NO_SUCH_OBJECT"] {
            assert!(is_plainly_a_code(word), "{word}");
        }
        for word in ["100", "4071", "80040115", "-1", "-100", "c1030b3", "_", "a_b", "DS_", "", "x400", "ims-admin"] {
            assert!(!is_plainly_a_code(word), "{word}");
        }
        assert!(is_number("4071") && is_number("80040115") && is_number("C1030B3A") && !is_number("ims") && !is_number(""));
    }
}
