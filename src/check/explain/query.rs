//! What a command line asks about: its words, put together into one query a thing.

use crate::check::article::kb_number;
use crate::check::catalogue::Catalogue;
use crate::check::numbers::{bare, is_announcement, is_number};

/// Words that may stand before the digits of an article's number.
const ARTICLE: [&str; 4] = ["kb", "q", "article", "articles"];

/// The queries that words ask, in their order, each once; quotes make no difference.
///
/// A check's id and an article's number are a query each. An event's id or an error code ends one: the words before it
/// belong to it, so that `event 4071 MSExchangeMTA 178` is two. What is left at the end is one more.
pub fn queries(catalogue: &Catalogue, words: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for word in words.iter().flat_map(|argument| argument.split_whitespace()).map(bare).filter(|word| !word.is_empty()) {
        let article = matches!(open.as_slice(), [only] if ARTICLE.iter().any(|known| known.eq_ignore_ascii_case(only)));
        if article && word.bytes().all(|byte| byte.is_ascii_digit()) {
            open.clear();
            found.push(format!("KB {word}"));
        } else if catalogue.check(word).is_some() || kb_number(word).is_some() || (word.contains('-') && !is_number(word)) {
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
