//! What separates columns and values, as the `[Export]` options of the Administrator program name it.

/// The separators of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Separators {
    /// Between two columns.
    pub column: char,
    /// Around a field that holds separators.
    pub quote: char,
    /// Between two values of one field.
    pub values: char,
}

/// Why a text names no separators.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "not three different separators (columns, quotes, values), each a character or its ASCII code, such as '44 34 37' or '; \" %'"
)]
pub struct SeparatorsError;

impl Default for Separators {
    fn default() -> Self {
        Self { column: ',', quote: '"', values: '%' }
    }
}

/// `44 34 37` or `; " %`: column separator, quote, multi-value separator, in the order of the `[Export]` section.
impl std::str::FromStr for Separators {
    type Err = SeparatorsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let all: Option<Vec<char>> = text.split_ascii_whitespace().map(one).collect();
        match all.as_deref() {
            Some(&[column, quote, values]) if column != quote && quote != values && column != values => {
                Ok(Self { column, quote, values })
            }
            _ => Err(SeparatorsError),
        }
    }
}

fn one(text: &str) -> Option<char> {
    let mut characters = text.chars();
    let first = characters.next()?;
    let c = if characters.next().is_none() && !first.is_ascii_digit() { first } else { char::from(text.parse::<u8>().ok()?) };
    // what separates lines, and what escapes, separates nothing else
    (!matches!(c, '\r' | '\n' | '\0' | '\\')).then_some(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_characters_and_codes() {
        for (text, expected) in [("44 34 37", (',', '"', '%')), ("; ' |", (';', '\'', '|')), ("9 34 167", ('\t', '"', '§'))] {
            let read: Separators = text.parse().expect(text);
            assert_eq!((read.column, read.quote, read.values), expected, "{text}");
        }
        for text in ["", ",", ", \" % x", ", , %", "300 34 37", "10 34 37", "ab \" %", "0 1 2", "\\ \" %"] {
            assert!(text.parse::<Separators>().is_err(), "{text}");
        }
    }
}
