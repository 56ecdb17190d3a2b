//! The known word nearest to one that is not known.

/// Longer words are not compared: nobody mistypes them by a letter.
const MAX_WORD: usize = 100;

/// The candidate that differs from `word` in no more than a third of its letters, or else contains it; the nearest one.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.trim().to_lowercase();
    let letters = word.chars().count();
    if !(2..=MAX_WORD).contains(&letters) {
        return None;
    }
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= (letters / 3).max(1) || (letters > 3 && candidate.contains(&word)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// `; did you mean ...?` or nothing, to put after a message.
pub(crate) fn did_you_mean(suggestion: Option<&str>) -> String {
    suggestion.map(|word| format!("; did you mean `{word}`?")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant_and_nothing_else() {
        let known = ["ims-admin-set", "ims-admin-x400", "Q300535"];
        for (word, expected) in [
            ("ims-admin-x40", Some("ims-admin-x400")),
            ("IMS-ADMIN-SETT", Some("ims-admin-set")),
            ("x400", Some("ims-admin-x400")),
            ("q300553", Some("Q300535")),
            ("routing", None),
            ("", None),
            ("-", None),
        ] {
            assert_eq!(nearest(word, known), expected, "{word}");
        }
        assert_eq!(nearest(&"x".repeat(100_000), known), None);
    }
}
