//! What is wrong in a TOML text, in plain words: the reader's own are for programmers.

use super::nearest::{did_you_mean, nearest};

/// A line is shown up to so many characters.
const LONGEST_LINE: usize = 100;

/// The line, counted from 1, on which a byte stands.
pub(crate) fn line_number(text: &str, at: usize) -> usize {
    text.as_bytes().get(..at).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count() + 1
}

/// A line of a text, without blanks around it, and no longer than can be read at a glance; none if nothing is on it.
pub(crate) fn line_text(text: &str, line: usize) -> Option<String> {
    let line = text.lines().nth(line.checked_sub(1)?)?.trim();
    let short: String = line.chars().take(LONGEST_LINE).collect();
    let mark = if short.len() < line.len() { "..." } else { "" };
    (!line.is_empty()).then(|| format!("{short}{mark}"))
}

/// Reads a text; otherwise the line of what is wrong in it, from 1, and what that is.
pub(crate) fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, (usize, String)> {
    toml::from_str(text).map_err(|error| {
        let line = line_number(text, error.span().unwrap_or_default().start);
        (line, plain(error.message(), &line_text(text, line).unwrap_or_default()))
    })
}

/// What the TOML reader says of a line, in plain words. No value is repeated: one of the wrong type may be a password.
pub(crate) fn plain(message: &str, line: &str) -> String {
    let message = message.trim_end();
    let first = message.lines().next().unwrap_or_default();
    let value = line.split_once('=').map_or("", |(_, value)| value.trim());
    if line.starts_with("[[targets") {
        return "each target is a section with a name of its own: write [targets.NAME] in place of [[targets]]".to_owned();
    }
    if let Some(text) = of_keys(first) {
        return text;
    }
    if first.starts_with("invalid type: ") || first.starts_with("invalid value: ") {
        return of_types(first);
    }
    let text = match first {
        _ if first.starts_with("key with no value") => "an equals sign is missing between a key and its value",
        _ if first.starts_with("duplicate key") => "this key or section appears twice; keep one",
        _ if first.starts_with("missing comma") => "a comma, or the bracket ] that ends the list, is missing",
        _ if first.starts_with("unclosed table") => "the bracket ] that ends the name of the section is missing",
        _ if first.starts_with("unclosed array") => "the bracket ] that ends the list is missing",
        _ if first.starts_with("missing escaped value") => {
            "a backslash begins an escape here; write two (\\\\), or put the text into single quotation marks"
        }
        _ if first.starts_with("unexpected key or value") => "nothing but a comment (#) may follow a value on its line",
        _ if value.starts_with(['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}']) => {
            "these are typographic quotation marks; write the plain ones, \""
        }
        _ if first.starts_with("invalid basic string, expected `\"`")
            || first.starts_with("invalid literal string, expected `'`") =>
        {
            "the quotation mark that ends the text is missing"
        }
        _ if line.contains('=') && value.is_empty() => "the value is missing",
        _ if value.starts_with(char::is_alphabetic) => "a text needs quotation marks",
        _ => return message.replace('\n', ", "),
    };
    text.to_owned()
}

/// What is said of a key or a word that is unknown or missing. The reader puts it in backquotes, and behind it those known.
fn of_keys(message: &str) -> Option<String> {
    let mut words = message.split('`').skip(1).step_by(2);
    let word = words.next()?;
    let known: Vec<&str> = words.collect();
    let hint = nearest(word, known.iter().copied());
    if message.starts_with("missing field") {
        return Some(format!("`{word}` is missing"));
    }
    if message.starts_with("unknown field") {
        return Some(match hint {
            Some(_) => format!("there is no key `{word}`{}", did_you_mean(hint)),
            None => format!("there is no key `{word}`; the keys here are {}", known.join(", ")),
        });
    }
    if message.starts_with("unknown variant") {
        let either = match known.as_slice() {
            [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
            _ => known.join(", "),
        };
        return Some(format!("`{word}` is not known here; it must be {either}{}", did_you_mean(hint)));
    }
    None
}

/// What is said of a value of the wrong type.
fn of_types(message: &str) -> String {
    let expected = message.rsplit_once(", expected ").map_or("", |(_, expected)| expected);
    let number = ["u8", "u16", "u32", "u64", "usize", "i64"].contains(&expected);
    let text = match expected {
        _ if number && message.starts_with("invalid value") => "this number is too small or too large",
        _ if number => "a whole number is expected, without quotation marks",
        "f64" => "a number is expected, without quotation marks",
        "a string" | "path string" => "a text is expected, in quotation marks",
        "a sequence" => "a list is expected: put [ ] around it",
        "a boolean" => "true or false is expected, without quotation marks",
        _ if expected.ends_with("datetime") => "a day is expected, such as 2027-03-31, without quotation marks",
        "a map" => "a table is expected, such as { NAME = \"TEXT\" }",
        _ if expected.starts_with("struct") => "a section is expected, with keys of its own",
        other => return format!("a value of another type is expected: {other}"),
    };
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a text that is no check.
    fn said(text: &str) -> String {
        #[derive(serde::Deserialize, Debug)]
        #[serde(deny_unknown_fields)]
        #[allow(dead_code, reason = "only read")]
        struct File {
            title: String,
            fix: Option<Vec<String>>,
            count: Option<u8>,
            pace: Option<f64>,
            plain: Option<bool>,
            names: Option<std::collections::BTreeMap<String, String>>,
        }
        let error = toml::from_str::<File>(text).expect_err(text);
        let line = line_number(text, error.span().unwrap_or_default().start);
        plain(error.message(), &line_text(text, line).unwrap_or_default())
    }

    #[test]
    fn mistakes_are_told_in_plain_words() {
        for (text, expected) in [
            ("title = ims", "a text needs quotation marks"),
            ("title = true north", "a text needs quotation marks"),
            ("title = \"T\" fix = 1", "nothing but a comment (#) may follow a value on its line"),
            ("title = T\n", "a text needs quotation marks"),
            ("title =", "the value is missing"),
            ("title \"T\"", "an equals sign is missing between a key and its value"),
            ("title: T", "an equals sign is missing between a key and its value"),
            ("title = \"T", "the quotation mark that ends the text is missing"),
            ("title = 'T", "the quotation mark that ends the text is missing"),
            ("title = \u{201c}T\u{201d}", "these are typographic quotation marks; write the plain ones, \""),
            (
                "title = \"C:\\Windows\"",
                "a backslash begins an escape here; write two (\\\\), or put the text into single quotation marks",
            ),
            ("title = 5", "a text is expected, in quotation marks"),
            ("title = \"T\"\ntitle = \"T\"", "this key or section appears twice; keep one"),
            ("title = \"T\" # c\nfix = \"F\"", "a list is expected: put [ ] around it"),
            ("fix = [\"F\"\ntitle = \"T\"", "a comma, or the bracket ] that ends the list, is missing"),
            ("fix = [\"F\"]", "`title` is missing"),
            ("titel = \"T\"", "there is no key `titel`; did you mean `title`?"),
            ("colour = \"T\"", "there is no key `colour`; the keys here are title, fix, count, pace, plain, names"),
            ("title = \"T\"\ncount = \"5\"", "a whole number is expected, without quotation marks"),
            ("title = \"T\"\ncount = 300", "this number is too small or too large"),
            ("title = \"T\"\npace = \"5\"", "a number is expected, without quotation marks"),
            ("title = \"T\"\nplain = \"yes\"", "true or false is expected, without quotation marks"),
            ("title = \"T\"\nnames = \"yes\"", "a table is expected, such as { NAME = \"TEXT\" }"),
            ("[title", "the bracket ] that ends the name of the section is missing"),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }

    #[test]
    fn a_line_is_found_and_bounded() {
        assert_eq!([0, 3, 4].map(|at| line_number("one\ntwo", at)), [1, 1, 2]);
        assert_eq!(line_text("one\n  two \n\n", 2).as_deref(), Some("two"));
        assert_eq!([0, 3, 9].map(|line| line_text("one\ntwo\n\n", line)), [None, None, None]);
        let long = line_text(&"\u{e9}".repeat(1000), 1).expect("a line");
        assert_eq!((long.chars().count(), long.ends_with("...")), (103, true));
    }
}
