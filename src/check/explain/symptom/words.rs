//! The words of a text by which it is compared with another.
//!
//! Both the operator's text and ours go through [`words`], so that two ways to say a thing become one key: endings are cut
//! (`starting` is `start`), names of several words become their abbreviation (`Internet Mail Service` is `ims`), and a number is a code
//! only where it looks like one. Any other number is a count, unless it is part of a name (`Exchange 2000`).

use crate::check::numbers::{hex_spelling, is_code_name, is_plainly_a_code};

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// What is compared: lower case, without its ending. A code has `#` in front.
    pub(super) key: String,
    /// How it was written.
    pub(super) shown: String,
}

impl Word {
    /// A number that counts something, as in `100 people`: which number it is tells nothing of what is wrong.
    pub(super) fn is_count(&self) -> bool {
        self.key.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// More words than any message has; what follows is not looked at.
const MOST_WORDS: usize = 2000;
/// Longer words are cut: none of ours is as long.
const MOST_LETTERS: usize = 40;

/// Words that say nothing of what happened, in alphabetical order.
#[rustfmt::skip]
const STOP_WORDS: &[&str] = &[
    "about", "after", "again", "all", "also", "although", "always", "am", "an", "and", "another", "any", "anybody", "anyone",
    "anything", "anywhere", "are", "as", "at", "be", "because", "been", "before", "being", "but", "by", "can", "cannot", "come",
    "comes", "could", "did", "do", "does", "doing", "don", "down", "dr", "each", "either", "else", "even", "every", "everybody",
    "everyone", "everything", "everywhere", "for", "from", "get", "gets", "give", "given", "gives", "go", "goes", "got", "had",
    "has", "have", "having", "he", "her", "here", "his", "how", "if", "in", "instead", "into", "is", "isn", "it", "its", "itself",
    "just", "like", "made", "make", "makes", "may", "maybe", "me", "might", "more", "most", "much", "must", "my", "need",
    "needed", "needs", "neither", "new", "no", "nobody", "none", "nor", "not", "nothing", "now", "nowhere", "of", "off", "old",
    "on", "one", "only", "or", "other", "others", "our", "out", "own", "per", "perhaps", "please", "put", "require", "required",
    "requires", "say", "says", "see", "seem", "seems", "shall", "she", "should", "since", "so", "some", "somebody", "someone",
    "something", "sometimes", "somewhere", "still", "such", "than", "that", "the", "their", "them", "themselves", "then", "there",
    "these", "they", "this", "those", "though", "through", "to", "too", "two", "under", "until", "up", "upon", "us", "use",
    "used", "using", "very", "want", "wants", "was", "we", "were", "what", "whatever", "when", "where", "whether", "which",
    "while", "who", "whose", "why", "will", "with", "within", "without", "won", "would", "yet", "you", "your",
];

/// Names of several words, and the one key for them.
const NAMES: &[(&[&str], &str)] = &[
    (&["access", "violation"], "crash"),
    (&["active", "directory", "connector"], "adc"),
    (&["ad", "connector"], "adc"),
    (&["at", "each", "other"], "loop"),
    (&["back", "and", "forth"], "loop"),
    (&["bounce", "between"], "loop"),
    (&["bounced", "between"], "loop"),
    (&["bounces", "between"], "loop"),
    (&["bouncing", "between"], "loop"),
    (&["come", "up"], "start"),
    (&["comes", "up"], "start"),
    (&["distribution", "list"], "dl"),
    (&["distribution", "lists"], "dl"),
    (&["dr", "watson"], "crash"),
    (&["exchange", "2000"], "exchange2000"),
    (&["gateway", "address", "routing", "table"], "gwart"),
    (&["global", "address", "list"], "gal"),
    (&["in", "circles"], "loop"),
    (&["information", "store"], "store"),
    (&["internet", "connector"], "ims"),
    (&["internet", "gateway"], "ims"),
    (&["internet", "mail", "connector"], "ims"),
    (&["internet", "mail", "service"], "ims"),
    (&["internet", "mail", "services"], "ims"),
    (&["internet", "mail", "wizard"], "imswizard"),
    (&["message", "transfer", "agent"], "mta"),
    (&["microsoft", "mail"], "msmail"),
    (&["ms", "mail"], "msmail"),
    (&["non", "delivery", "report"], "ndr"),
    (&["non", "delivery", "reports"], "ndr"),
    (&["offline", "address", "book"], "oab"),
    (&["open", "relay"], "relay"),
    (&["out", "of", "office"], "outofoffice"),
    (&["ping", "pong"], "loop"),
    (&["routing", "table"], "gwart"),
    (&["service", "pack"], "sp"),
    (&["smtp", "connector"], "ims"),
    (&["smtp", "gateway"], "ims"),
    (&["unsolicited", "commercial", "e"], "spam"),
    (&["windows", "2000"], "windows2000"),
    (&["windows", "messaging"], "mapi"),
];

/// Words that announce a code, and those that may stand between the announcement and the code.
const ANNOUNCING: [&str; 11] = ["code", "codes", "err", "error", "errors", "event", "eventid", "events", "hresult", "id", "ids"];
const BETWEEN: [&str; 7] = ["and", "in", "is", "no", "number", "or", "source"];

/// A piece of a text between blanks and punctuation, and what stood around it.
struct Piece<'a> {
    text: &'a str,
    /// Punctuation, or the beginning or end of the text.
    edge_before: bool,
    edge_after: bool,
}

/// The words of a text in their order, without those that say nothing, single letters and version numbers.
pub(super) fn words(text: &str) -> Vec<Word> {
    let pieces = pieces(text);
    let mut tokens: Vec<(String, bool)> = Vec::new();
    // whether a number that comes next is a code, by what stands before it
    let mut announced = false;
    for (at, piece) in pieces.iter().enumerate() {
        if is_plainly_a_code(piece.text) {
            tokens.push((piece.text.to_owned(), true));
            // the parts of a name are words too: an attribute or value exists
            if is_code_name(piece.text) {
                tokens.extend(piece.text.split('_').map(|part| (part.to_owned(), false)));
            }
            announced = true;
            continue;
        }
        let is_number = !piece.text.is_empty() && piece.text.bytes().all(|byte| byte.is_ascii_digit());
        if is_number {
            let next = pieces.get(at + 1);
            let before_announcing = next.is_some_and(|next| is_announcing(next.text)) && !piece.edge_after;
            let code = announced || before_announcing || stands_alone(&pieces, at);
            announced = code;
            tokens.push((piece.text.to_owned(), code));
            continue;
        }
        // the ending that a second object of the same name gets
        if piece.text == "-1" || piece.text.ends_with("-1") {
            tokens.push(("-1".to_owned(), false));
        }
        let lower = piece.text.to_lowercase();
        announced = is_announcing(&lower) || (announced && BETWEEN.contains(&lower.as_str()));
        let split = piece.text.split(|c: char| !c.is_alphanumeric() && c != '.').map(|part| part.trim_matches('.'));
        tokens.extend(split.flat_map(parts).map(|part| (part, false)));
    }
    named(&tokens)
}

/// Cuts a text at blanks and punctuation; what is inside of a name or number (`X.400`, `-1073609699`, `0x57`) stays.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let is_edge =
        |c: char| matches!(c, ',' | ';' | '(' | ')' | '[' | ']' | '<' | '>' | '"' | '\'' | '!' | '?' | '/' | '=' | '\\' | '|');
    let mut found: Vec<Piece<'_>> = Vec::new();
    let mut edge = true;
    let mut rest = text;
    while !rest.is_empty() && found.len() < MOST_WORDS {
        let end = rest.find(|c: char| c.is_whitespace() || is_edge(c)).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        let bare = piece.trim_end_matches(['.', ':', '-', '#']).trim_start_matches(['.', ':', '#', '@', '$', '*']);
        if !bare.is_empty() {
            let edge_before = edge || piece.starts_with(['#', ':']);
            let edge_after = piece.ends_with(['.', ':']);
            found.push(Piece { text: bare, edge_before, edge_after });
            edge = edge_after;
        }
        let mut cut = after.chars();
        if let Some(c) = cut.next() {
            let is_edge = is_edge(c);
            edge |= is_edge;
            if let Some(last) = found.last_mut().filter(|_| is_edge) {
                last.edge_after = true;
            }
        }
        rest = cut.as_str();
    }
    if let Some(last) = found.last_mut() {
        last.edge_after = true;
    }
    found
}

/// A word that announces a code: `event`, `MSExchangeMTA`.
fn is_announcing(word: &str) -> bool {
    let lower = word.to_lowercase();
    ANNOUNCING.contains(&lower.as_str()) || lower.starts_with("msexchange") || matches!(lower.as_str(), "perflib" | "drwatson")
}

/// Whether a number counts nothing: it stands between punctuation (`..., 3150, we think`), or it has four digits or more, is no
/// year, and no word follows but another such number (`with 4032 and 4057`).
fn stands_alone(pieces: &[Piece<'_>], at: usize) -> bool {
    let Some(piece) = pieces.get(at) else { return false };
    let is_long = |text: &str| {
        let is_year = text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
        text.len() >= 4 && !is_year && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let followed = |at: usize| match (pieces.get(at + 1), pieces.get(at + 2)) {
        (Some(and), Some(number)) => matches!(and.text, "and" | "or" | "&") && is_long(number.text) && number.edge_after,
        _ => false,
    };
    (piece.edge_before && piece.edge_after) || (is_long(piece.text) && (piece.edge_after || followed(at)))
}

/// Puts names of several words together, and drops what says nothing.
fn named(tokens: &[(String, bool)]) -> Vec<Word> {
    let lower: Vec<String> = tokens.iter().map(|(token, _)| token.to_lowercase()).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((shown, code)) = tokens.get(at) {
        let rest = lower.get(at..).unwrap_or_default();
        let name = NAMES.iter().find(|(name, _)| rest.len() >= name.len() && name.iter().zip(rest).all(|(a, b)| a == b));
        if let Some((name, key)) = name {
            let shown = tokens.iter().skip(at).take(name.len()).map(|(token, _)| token.as_str()).collect::<Vec<_>>().join(" ");
            found.push(Word { key: (*key).to_owned(), shown });
            at += name.len();
            continue;
        }
        found.extend(if *code { Some(code_word(shown)) } else { word(shown) });
        at += 1;
    }
    found.truncate(MOST_WORDS);
    found
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

/// A code, in the one spelling of its value.
fn code_word(shown: &str) -> Word {
    let spelling = hex_spelling(shown).unwrap_or_else(|| shown.to_lowercase());
    Word { key: format!("#{spelling}"), shown: shown.to_owned() }
}

fn word(shown: &str) -> Option<Word> {
    let lower: String = shown.to_lowercase().chars().take(MOST_LETTERS).collect();
    if lower.chars().count() < 2 || STOP_WORDS.binary_search(&lower.as_str()).is_ok() {
        return None;
    }
    Some(Word { key: key(&lower), shown: shown.to_owned() })
}

/// A word without its ending, and one word for several of the same meaning.
fn key(word: &str) -> String {
    // MSExchangeMTA is the MTA
    let word = word.strip_prefix("msexchange").filter(|rest| rest.len() > 1).unwrap_or(word);
    if let Some(same) = same(word) {
        return same.to_owned();
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

/// The key of words of which operators use one and articles another.
fn same(word: &str) -> Option<&'static str> {
    Some(match word {
        // the connector of version 4.0 is the service of 5.0
        "imc" | "ims" | "msexcimc" => "ims",
        "drwatson" | "watson" | "crash" | "crashes" | "crashed" | "dies" | "died" => "crash",
        "ndr" | "ndrs" | "bounce" | "bounces" | "bounced" | "bouncing" | "returned" | "undeliverable" | "undelivered" => "ndr",
        "mail" | "mails" | "message" | "messages" | "email" | "emails" => "mail",
        "list" | "lists" | "dl" | "dls" => "dl",
        "delete" | "deletes" | "deleted" | "deleting" | "remove" | "removes" | "removed" | "removing" | "rid" | "gone" => "delet",
        "user" | "users" | "person" | "people" | "mailbox" | "mailboxes" => "mailbox",
        "startup" => "start",
        "loop" | "loops" | "looping" | "circle" | "endless" | "endlessly" => "loop",
        "answer" | "answers" | "answered" | "answering" | "reply" | "replies" | "replied" | "replying" => "reply",
        "oof" | "ooa" => "outofoffice",
        "spam" | "spammer" | "spammers" | "spamming" | "junk" | "uce" => "spam",
        _ => return None,
    })
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
            ("msexcimc.exe", "ims exe"),
            ("MSExchangeMTA MTA MSExchange", "mta mta msexchang"),
            ("IMC ims DrWatson Dr. Watson", "ims ims crash crash"),
            ("the Internet Mail Service and a Distribution List", "ims dl"),
            ("bounced, NDR, non-delivery report", "ndr ndr ndr"),
            ("the internet connector, an SMTP gateway", "ims ims"),
            ("loops, back and forth, bounces between", "loop loop loop"),
            ("Out of Office replies; OOF answered", "outofoffice reply outofoffice reply"),
            ("Exchange 2000 on Windows 2000", "exchange2000 windows2000"),
            ("everyone everywhere", ""),
            ("a I 5 . ,, --", ""),
            ("M\u{fc}ller\u{1b}[31m", "m\u{fc}ller 31m"),
        ] {
            assert_eq!(keys(text), expected, "{text}");
        }
        assert_eq!(words(&"abc ".repeat(100_000)).len(), MOST_WORDS);
        assert_eq!(keys(&"\u{e9}".repeat(100_000)).chars().count(), MOST_LETTERS);
    }

    #[test]
    fn a_number_is_a_code_where_it_looks_like_one() {
        for (text, expected) in [
            ("error 0xC002041D or C002041d", "error #0xc002041d #0xc002041d"),
            ("Event ID: 4071 (MSExchangeIMC)", "event id #4071 ims"),
            ("Event=4003 error=11004", "event #4003 error #11004"),
            ("MSExchangeMTA 178", "mta #178"),
            ("events 254, 142 and 290", "event #254 #142 #290"),
            ("the 4071 event, and 10048 errors", "#4071 event #10048 error"),
            ("290", "#290"),
            ("it is slow, 3150, we think", "slow #3150 think"),
            ("dies with 4032 and 4057", "crash #4032 #4057"),
            ("0 (000C05A6) Unknown", "#0 #0xc05a6 unknown"),
            ("0 (00010256) Too many", "#0 #0x10256 many"),
            ("-1073609699", "#0xc002041d"),
            ("code -1073609699.", "cod #0xc002041d"),
            ("DS_E_BUSY", "#ds_e_busy ds busy"),
            ("100 people cannot print", "100 mailbox print"),
            ("we have about 290 in the office", "290 offic"),
            ("error with 100 users", "error 100 mailbox"),
            ("since 1998", "1998"),
            ("550 relaying", "550 relay"),
            ("-100 and -1", "100 -1"),
            ("Smith-1", "-1 smith"),
        ] {
            assert_eq!(keys(text), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in ".{0,200}") {
            proptest::prop_assert!(words(&text).iter().all(|word| !word.key.is_empty()));
        }
    }
}
