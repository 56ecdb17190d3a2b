//! Several values in one field: joined by `%`, with `\%` for the sign itself and `\\` for a backslash (Exchange 5.5 Books
//! Online, xmt02025; Q190706).

/// The values of a field; empty ones are none.
pub fn split(field: &str, separator: char) -> Vec<String> {
    let mut values = vec![String::new()];
    scan(field, separator, &mut |c| match (c, values.last_mut()) {
        (Some(c), Some(value)) => value.push(c),
        _ => values.push(String::new()),
    });
    values.retain(|value| !value.is_empty());
    values
}

/// The only value of a field: a separator in it is one of its characters, whether it is escaped or not.
pub fn unescape(field: &str, separator: char) -> String {
    let mut value = String::with_capacity(field.len());
    scan(field, separator, &mut |c| value.push(c.unwrap_or(separator)));
    value
}

/// Hands out the characters; none for a separator that is not escaped. A backslash before anything else is one.
fn scan(field: &str, separator: char, each: &mut dyn FnMut(Option<char>)) {
    let mut characters = field.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' => each(Some(characters.next_if(|&next| next == separator || next == '\\').unwrap_or('\\'))),
            c if c == separator => each(None),
            c => each(Some(c)),
        }
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
            assert_eq!(split(field, '%'), expected, "{field}");
        }
        assert_eq!(unescape("50% \\% \\\\", '%'), "50% % \\");
    }
}
