//! The words of a text by which it is compared with another.

use crate::check::numbers::hex_spelling;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// What is compared: lower case, without its ending.
    pub(super) key: String,
    /// How it was written.
    pub(super) shown: String,
}

/// More words than any message has; what follows is not looked at.
const MOST_WORDS: usize = 2000;
/// Longer words are cut: none of ours is as long.
const MOST_LETTERS: usize = 40;

/// Words that say nothing of what happened, in alphabetical order.
#[rustfmt::skip]
const STOP_WORDS: &[&str] = &[
    "about", "after", "again", "all", "also", "although", "always", "am", "an", "and", "another", "any", "are", "as", "at",
    "be", "because", "been", "before", "being", "but", "by", "can", "cannot", "come", "comes", "could", "did", "do", "does",
    "doing", "don", "down", "dr", "each", "either", "else", "even", "every", "for", "from", "get", "gets", "give", "given",
    "gives", "go", "goes", "got", "had", "has", "have", "having", "here", "how", "if", "in", "instead", "into", "is", "isn",
    "it", "its", "itself", "just", "like", "made", "make", "makes", "may", "maybe", "me", "might", "more", "most", "much",
    "must", "my", "need", "needed", "needs", "neither", "no", "none", "nor", "not", "nothing", "now", "of", "off", "on",
    "one", "only", "or", "other", "others", "our", "out", "own", "per", "perhaps", "please", "require", "required",
    "requires", "say", "says", "see", "seem", "seems", "shall", "should", "since", "so", "some", "sometimes", "still", "such",
    "than", "that", "the", "their", "them", "themselves", "then", "there", "these", "they", "this", "those", "though",
    "through", "to", "too", "two", "under", "until", "up", "upon", "us", "use", "used", "using", "very", "want", "wants",
    "was", "we", "were", "what", "when", "where", "whether", "which", "while", "who", "whose", "why", "will", "with",
    "within", "without", "won", "would", "yet", "you", "your",
];

/// The words of a text in their order, without those that say nothing, single letters, digits and version numbers.
pub(super) fn words(text: &str) -> Vec<Word> {
    let pieces = text.split(|c: char| !c.is_alphanumeric() && c != '.').map(|piece| piece.trim_matches('.'));
    pieces.flat_map(parts).filter_map(word).take(MOST_WORDS).collect()
}

/// `X.400` is a word, `5.5` is none, `msexcimc.exe` is two, and so is `one.Two`.
fn parts(piece: &str) -> Vec<String> {
    if !piece.contains('.') {
        return vec![piece.to_owned()];
    }
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match piece.split_once('.') {
        Some((letter, number)) if letter.chars().count() == 1 && !digits(letter) && digits(number) => {
            vec![format!("{letter}{number}")]
        }
        _ if piece.split('.').all(digits) => Vec::new(),
        _ => piece.split('.').map(str::to_owned).collect(),
    }
}

fn word(shown: String) -> Option<Word> {
    if let Some(code) = hex_spelling(&shown) {
        return Some(Word { key: code, shown });
    }
    let lower: String = shown.to_lowercase().chars().take(MOST_LETTERS).collect();
    if lower.chars().count() < 2 || STOP_WORDS.binary_search(&lower.as_str()).is_ok() {
        return None;
    }
    Some(Word { key: key(&lower), shown })
}

/// A word without its ending, and one word for two of the same meaning.
fn key(word: &str) -> String {
    // MSExchangeMTA is the MTA
    let word = word.strip_prefix("msexchange").filter(|rest| rest.len() > 1).unwrap_or(word);
    match word {
        // the connector of version 4.0 is the service of 5.0
        "imc" => return "ims".to_owned(),
        "drwatson" => return "watson".to_owned(),
        _ => {}
    }
    if !word.is_ascii() || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return word.to_owned();
    }
    let rest = without_ending(word);
    let rest = rest.strip_suffix('e').filter(|rest| rest.len() >= 3).unwrap_or(&rest);
    let mut letters = rest.bytes().rev();
    match (letters.next(), letters.next()) {
        (Some(last), Some(before)) if last == before && rest.len() > 3 => rest.get(..rest.len() - 1).unwrap_or(rest).to_owned(),
        _ => rest.to_owned(),
    }
}

fn without_ending(word: &str) -> String {
    let strip = |ending: &str, least: usize| word.strip_suffix(ending).filter(|rest| rest.len() >= least);
    if let Some(rest) = strip("ies", 3).or_else(|| strip("ied", 3)) {
        return format!("{rest}y");
    }
    let sibilant = |rest: &&str| ["s", "x", "z", "ch", "sh"].iter().any(|end| rest.ends_with(end));
    let plural = strip("es", 3).filter(sibilant).or_else(|| strip("s", 3).filter(|rest| !rest.ends_with(['s', 'u', 'i'])));
    let word = plural.unwrap_or(word);
    let strip = |ending: &str, least: usize| word.strip_suffix(ending).filter(|rest| rest.len() >= least);
    strip("ation", 5).or_else(|| strip("ing", 4)).or_else(|| strip("ed", 3)).unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> String {
        words(text).into_iter().map(|word| word.key).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_stop_words_are_in_order() {
        assert!(STOP_WORDS.is_sorted());
    }

    #[test]
    fn words_are_compared_without_their_dress() {
        for (text, expected) in [
            ("The service did NOT start.", "servic start"),
            ("starting starts started", "start start start"),
            ("stopped, stops; stop", "stop stop stop"),
            ("addresses address", "addres addres"),
            ("initialization initialized initialize", "initializ initializ initializ"),
            ("configured configuration", "configur configur"),
            ("replies reply", "reply reply"),
            ("status virus", "status virus"),
            ("X.400 x400", "x400 x400"),
            ("Exchange 5.5 on 10.1.2.3", "exchang"),
            ("msexcimc.exe", "msexcimc exe"),
            ("error 0xC002041D or C002041d", "error 0xc002041d 0xc002041d"),
            ("Event ID: 4071 (MSExchangeIMC)", "event id 4071 ims"),
            ("MSExchangeMTA MTA MSExchange", "mta mta msexchang"),
            ("IMC ims DrWatson Dr. Watson", "ims ims watson watson"),
            ("a I 5 . ,, --", ""),
            ("M\u{fc}ller\u{1b}[31m", "m\u{fc}ller 31m"),
        ] {
            assert_eq!(keys(text), expected, "{text}");
        }
        assert_eq!(words(&"abc ".repeat(100_000)).len(), MOST_WORDS);
        assert_eq!(keys(&"\u{e9}".repeat(100_000)).chars().count(), MOST_LETTERS);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in ".{0,200}") {
            proptest::prop_assert!(words(&text).iter().all(|word| !word.key.is_empty()));
        }
    }
}
