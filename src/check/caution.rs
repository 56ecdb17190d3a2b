//! What takes something away, so that an operator is warned before it.

/// How words begin that take something away.
const TAKES_AWAY: [&str; 9] = ["delet", "clear", "remov", "restor", "reinstal", "uninstal", "shorten", "overwrit", "replace"];

/// What is said before the advice of an article, which stands here as it is.
pub(super) const OF_ARTICLES: &str = "Caution (ours): before a step that takes something away, back up the directory and note what was there; to undo it you need both.";

/// Whether a text speaks of taking something away.
pub(super) fn takes_away(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
    words.into_iter().any(|word| TAKES_AWAY.iter().any(|begin| word.starts_with(begin)))
}

/// Whether a text tells somebody to take something away: `delete it`, and not `what was deleted`.
pub(super) fn asks_to_take_away(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
    words.into_iter().any(|word| {
        takes_away(&word) && !word.ends_with("ed") && !word.ends_with("ion") && !word.ends_with("ions") && !word.ends_with("al")
    })
}

/// Whether a sentence of an article says what to do, and that takes something away.
pub(super) fn advises_harm(sentence: &str) -> bool {
    ["Resolution", "Workaround"].iter().any(|word| sentence.contains(word)) && takes_away(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_takes_away() {
        for (text, expected) in [
            ("Delete the service.", true),
            ("Resolution: remove the value.", true),
            ("Choose another mailbox.", false),
            ("Service Pack 4 corrects it.", false),
        ] {
            assert_eq!(takes_away(text), expected, "{text}");
        }
        assert!(asks_to_take_away("First delete it.") && !asks_to_take_away("It was deleted; removal, deletions."));
        assert!(advises_harm("Workaround: clear the field.") && !advises_harm("A server was removed."));
    }
}
