//! Several values in one field: joined by `%`, with `\%` for the sign itself and `\\` for a backslash (Exchange 5.5 Books
//! Online, xmt02025; Q190706).

use std::iter::Peekable;
use std::str::Chars;

/// The values of a field, one after the other; empty ones are none.
pub fn split(field: &str, separator: char) -> impl Iterator<Item = String> + '_ {
    let mut characters = Characters { rest: field.chars().peekable(), separator };
    std::iter::from_fn(move || {
        let mut value = String::new();
        loop {
            match characters.next() {
                Some(Some(c)) => value.push(c),
                Some(None) if value.is_empty() => {}
                None if value.is_empty() => return None,
                _ => return Some(value),
            }
        }
    })
}

/// The only value of a field: a separator in it is one of its characters, whether it is escaped or not.
pub fn unescape(field: &str, separator: char) -> String {
    Characters { rest: field.chars().peekable(), separator }.map(|c| c.unwrap_or(separator)).collect()
}

/// The characters of a field; none for a separator that is not escaped. A backslash before anything else is one.
struct Characters<'a> {
    rest: Peekable<Chars<'a>>,
    separator: char,
}

impl Iterator for Characters<'_> {
    type Item = Option<char>;

    fn next(&mut self) -> Option<Self::Item> {
        let separator = self.separator;
        Some(match self.rest.next()? {
            '\\' => Some(self.rest.next_if(|&next| next == separator || next == '\\').unwrap_or('\\')),
            c => (c != separator).then_some(c),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_and_unescapes() {
        for (field, expected) in [
            ("", &[][..]),
            ("a", &["a"]),
            ("SMTP:a@x%X400:c=US;a= ;%", &["SMTP:a@x", "X400:c=US;a= ;"]),
            ("50\\% off%b", &["50% off", "b"]),
            ("a\\\\%b", &["a\\", "b"]),
            ("a\\\\\\%b", &["a\\%b"]),
            ("\\Oslo\\Plan", &["\\Oslo\\Plan"]),
            ("a\\", &["a\\"]),
            ("%%", &[]),
        ] {
            assert_eq!(split(field, '%').collect::<Vec<_>>(), expected, "{field}");
        }
        assert_eq!(unescape("50% \\% \\\\", '%'), "50% % \\");
    }
}
