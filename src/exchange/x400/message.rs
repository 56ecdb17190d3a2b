//! Findings in words: what is wrong with this address, and what to write instead.

use super::fault::{Code, Fault};

/// Characters of a text that a message repeats.
const SHOWN: usize = 40;

/// A finding as a sentence.
pub(super) fn of(fault: &Fault<'_>) -> String {
    let key = fault.key;
    let text = shown(fault.text);
    match fault.code {
        Code::SlashForm => "Written with slashes, or an X.500 name; Exchange writes `c=..;a=..;` (Q257578).".into(),
        Code::NoEquals if text.is_empty() => "Nothing before this `;`; a term is KEY=VALUE.".into(),
        Code::NoEquals => format!("`{text}` has no `=`; a term is KEY=VALUE."),
        Code::UnknownKey if key.is_empty() => "A key is missing before this `=`.".into(),
        Code::UnknownKey if key.eq_ignore_ascii_case("l") => {
            "`l` is part of a message's identifier (MTS-ID), which is not an address.".into()
        }
        Code::UnknownKey => format!("`{}` is not an X.400 key.", shown(key)),
        Code::Twice => format!("`{key}` appears twice; an address can have it only once."),
        Code::DdaWithoutType if !text.is_empty() => format!("The type `{text}` has a `=` in it."),
        Code::EmptyValue => format!("`{key}` has no value; leave the term out (Q145585)."),
        Code::TooLong => match fault.bound {
            Some((bound, "Proxy-Addresses")) => {
                format!("The address has more than {bound} characters, the limit of Proxy-Addresses.")
            }
            Some((bound, name)) => format!("`{key}` has more than {bound} characters (X.411 {name})."),
            None => fault.code.about().into(),
        },
        Code::NotPrintable if text == ";" => "Two `;` are one within a value (F.401), and `;` is not in PrintableString.".into(),
        Code::NotPrintable => match encoded(&text) {
            Some(instead) if key == "dda" => {
                format!("`{text}` is not in PrintableString; gateways write `{instead}` (Q155379).")
            }
            _ => format!("`{text}` in `{key}` is not in PrintableString (Q108732)."),
        },
        Code::NotNumeric => format!("`{text}` in `{key}` is neither a digit nor a blank."),
        Code::CountryLength if text.is_empty() => "The country is empty; it has 2 letters or 3 digits (Q145986).".into(),
        Code::CountryLength => format!("The country `{text}` must have 2 or 3 characters (Q145986)."),
        Code::CountryForm => format!("The country `{text}` is neither 2 letters nor 3 digits (X.411)."),
        Code::UpperCaseKey => format!("`{key}` is not in lower case; before 5.5 SP4 `c`, `a` and `p` must be (Q253619)."),
        Code::OtherSpelling => format!("`{key}` is Microsoft Mail's spelling (Q118563)."),
        Code::Order => format!("`{key}` comes earlier in an address that Exchange writes (Q257578)."),
        Code::UnsupportedForm => format!("Exchange does not support `{key}` in an address of its own (Q158363, Q156722)."),
        Code::NoSurname => "The name has no surname (`s`) (X.411, Q263520).".into(),
        Code::NoFinalSemicolon => "There is no `;` at the end (Q263520).".into(),
        Code::NoCountry => "There is no country, `c=` (Q158363).".into(),
        Code::NoAdmd => "There is no ADMD, `a=`; if there is none to name, write `a= ;` (Q158363, Q263520).".into(),
        Code::NoIdentifyingTerm => "There is none of p, o, ou1 to ou4, s, g, i, cn: nobody is named (Q158363).".into(),
        Code::EmptyAdmd => "The ADMD is empty; Exchange writes one blank, `a= ;` (Q263520).".into(),
        Code::BlanksAroundSeparator => "Blank next to `;` or `=`.".into(),
        Code::SurplusBlanks => "Several blanks follow one another; they count as one (X.402).".into(),
        code => code.about().into(),
    }
}

/// What RFC 1327 writes for a character that PrintableString lacks (Q155379).
fn encoded(text: &str) -> Option<&'static str> {
    match text {
        "@" => Some("(a)"),
        "%" => Some("(p)"),
        "!" => Some("(b)"),
        "\"" => Some("(q)"),
        "_" => Some("(u)"),
        _ => None,
    }
}

fn shown(text: &str) -> String {
    let mut out: String = text.chars().take(SHOWN).collect();
    if text.chars().nth(SHOWN).is_some() {
        out.push_str("...");
    }
    out
}
