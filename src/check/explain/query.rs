//! What a command line asks about: its words, put together into one query a thing.

use super::word::is_word;
use crate::check::article::kb_number;
use crate::check::catalogue::Catalogue;
use crate::check::numbers::{bare, is_announcement, is_number};

/// Words that may stand before the digits of an article's number.
const ARTICLE: [&str; 4] = ["kb", "q", "article", "articles"];

/// The queries that words ask, in their order, each once; quotes make no difference.
///
/// A check's id and an article's number are a query each. An event's id or an error code ends one: the words before it
/// belong to it, so that `event 4071 MSExchangeMTA 178` is two. What is left at the end is one more.
///
/// Words of the report are a query each if there is nothing else.
pub fn queries(catalogue: &Catalogue, words: &[String]) -> Vec<String> {
    let pieces = || words.iter().flat_map(|argument| argument.split_whitespace()).map(bare).filter(|word| !word.is_empty());
    let is_known = |word: &str| is_word(word) || catalogue.check(word).is_some() || kb_number(word).is_some();
    let each_is_known = pieces().all(is_known);
    let mut found: Vec<String> = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for word in pieces() {
        let article = matches!(open.as_slice(), [only] if ARTICLE.iter().any(|known| known.eq_ignore_ascii_case(only)));
        if article && word.bytes().all(|byte| byte.is_ascii_digit()) {
            open.clear();
            found.push(format!("KB {word}"));
        } else if each_is_known
            || catalogue.check(word).is_some()
            || kb_number(word).is_some()
            || (word.contains('-') && !is_number(word))
        {
            found.extend(joined(&mut open));
            found.push(word.to_owned());
        } else {
            open.push(word);
            if is_number(word) {
                found.extend(joined(&mut open));
            }
        }
    }
    found.extend(joined(&mut open));
    let mut once: Vec<String> = Vec::new();
    for query in found {
        if !once.iter().any(|known| known.eq_ignore_ascii_case(&query)) {
            once.push(query);
        }
    }
    once
}

/// Whether what was asked is a text rather than names: three words or more of it are neither a check, an article or a number nor
/// announce one, and not all are words of the report.
pub fn is_text(catalogue: &Catalogue, words: &[String]) -> bool {
    let pieces: Vec<&str> = words.iter().flat_map(|argument| argument.split_whitespace()).map(bare).collect();
    let is_known = |word: &str| catalogue.check(word).is_some() || kb_number(word).is_some();
    let says = |word: &&&str| {
        let is_source = word.to_ascii_lowercase().starts_with("msexchange");
        let is_article = ARTICLE.iter().any(|known| known.eq_ignore_ascii_case(word));
        word.chars().any(char::is_alphabetic)
            && !is_known(word)
            && !is_number(word)
            && !is_announcement(word)
            && !is_source
            && !is_article
    };
    let are_words = pieces.iter().filter(|word| !word.is_empty()).all(|word| is_known(word) || is_word(word));
    !are_words && pieces.iter().filter(says).count() > 2
}

/// Whether a query that nothing is known of describes something, rather than names it: it has two words or more that are neither a
/// number nor announce one.
pub fn is_sentence(query: &str) -> bool {
    let says = |word: &&str| !is_number(word) && !is_announcement(word) && word.chars().any(char::is_alphabetic);
    query.split_whitespace().map(bare).filter(says).count() > 1
}

fn joined(words: &mut Vec<&str>) -> Option<String> {
    let query = words.join(" ");
    words.clear();
    (!query.is_empty()).then_some(query)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_has_words() {
        for query in ["IMS will not start", "service stops 2140", "mail loops"] {
            assert!(is_sentence(query), "{query}");
        }
        for query in
            ["", "quagmire", "Perflib 4071", "event 9999", "Q999999", "error code 0xdeadbeef", "-- --", "DS_E_BUSY error"]
        {
            assert!(!is_sentence(query), "{query}");
        }
    }

    #[test]
    fn a_text_is_more_than_names() {
        let catalogue = Catalogue::embedded().expect("embedded");
        let is_text = |text: &str| is_text(&catalogue, &[text.to_owned()]);
        for text in [
            "IMS will not start",
            "a loop of non-delivery reports",
            "100 people cannot print",
            "Setup stops: ID no c1030b3a at the end",
        ] {
            assert!(is_text(text), "{text}");
        }
        for text in [
            "",
            "ims-admin-set Q300535 4071",
            "unknown blocked inferred critical",
            "event 4071 MSExchangeIS Private 1010 KB 300535",
        ] {
            assert!(!is_text(text), "{text}");
        }
    }

    #[test]
    fn one_query_a_thing() {
        let catalogue = Catalogue::embedded().expect("embedded");
        for (words, expected) in [
            (&["Q300535", "4071"][..], "Q300535|4071"),
            (&["Q300535 4071"], "Q300535|4071"),
            (&["4071", "4072", "ims-admin-set"], "4071|4072|ims-admin-set"),
            (&["MSExchangeMTA", "178"], "MSExchangeMTA 178"),
            (&["MSExchangeMTA 178"], "MSExchangeMTA 178"),
            (
                &["event", "4071", "MSExchangeIS", "Private", "1010", "KB", "300535"],
                "event 4071|MSExchangeIS Private 1010|KB 300535",
            ),
            (&["Event ID: 4071,", "error", "1067"], "Event ID 4071|error 1067"),
            (&["c1030b3a", "0xC1030B3A", "C1030B3A"], "c1030b3a|0xC1030B3A"),
            (&["ims-admin-x4000", "Q300535"], "ims-admin-x4000|Q300535"),
            (&["ID no: DS_E_BUSY", "4071"], "ID no DS_E_BUSY|4071"),
            (&["error", "-1073609699", "4071"], "error -1073609699|4071"),
            (&["unknown", "blocked", "Extension-Data"], "unknown|blocked|Extension-Data"),
            (&["ims-admin-set", "unknown"], "ims-admin-set|unknown"),
            (&["mail", "is", "blocked"], "mail is blocked"),
            (&["routing", "Q300535"], "routing|Q300535"),
            (&["4071", "routing"], "4071|routing"),
            (&["300535", "Q300535", "q300535"], "300535|Q300535"),
            (&["", " ", ","], ""),
        ] {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(queries(&catalogue, &words).join("|"), expected, "{words:?}");
        }
    }
}
