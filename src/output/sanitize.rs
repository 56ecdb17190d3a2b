//! Directory text made safe to show: what is invisible, or steers a terminal, is written out as an escape.

/// Shows control, bidirectional and invisible characters as `\u{1b}`. Newline and tab too: one value stays on one line.
pub fn visible(text: &str) -> String {
    escape(text, is_hidden)
}

/// The same, and everything outside ASCII too: for terminals of another character set.
pub fn ascii(text: &str) -> String {
    escape(text, |c| is_hidden(c) || !c.is_ascii())
}

/// Text for Markdown: hidden characters shown, and nothing in it read as markup, HTML, a table cell's end or a link.
pub fn markdown(text: &str) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text.as_str();
    // A list or heading can only begin where a line does: after leading blanks, and after digits for `1.` and `1)`.
    let mut opening = true;
    let mut digits = false;
    while let Some(c) = rest.chars().next() {
        let always = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' | '!');
        let block = opening && !digits && matches!(c, '#' | '-' | '+' | '=' | ':');
        let number = opening && digits && matches!(c, '.' | ')');
        let link = rest.starts_with("://") || (c == '.' && ends_with_www(&out));
        if always || block || number || link {
            out.push('\\');
        }
        out.push(c);
        digits = opening && c.is_ascii_digit();
        opening &= c == ' ' || digits;
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    out
}

/// Whether a character shows nothing of itself, or changes how other text is shown. Variation selectors may stay.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}')
}

fn escape(text: &str, hidden: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if hidden(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

fn ends_with_www(text: &str) -> bool {
    text.len().checked_sub(3).and_then(|at| text.get(at..)).is_some_and(|tail| tail.eq_ignore_ascii_case("www"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_or_hides_is_shown() {
        for (text, expected) in [
            ("plain, M\u{fc}ller \u{4f1a}", "plain, M\u{fc}ller \u{4f1a}"),
            ("\u{1b}[31mred\u{7}", "\\u{1b}[31mred\\u{7}"),
            ("a\nb\tc\r\0", "a\\u{a}b\\u{9}c\\u{d}\\u{0}"),
            ("\u{7f}\u{80}\u{9b}", "\\u{7f}\\u{80}\\u{9b}"),
            ("\u{202e}exe\u{2066}\u{2069}", "\\u{202e}exe\\u{2066}\\u{2069}"),
            ("\u{200b}\u{200f}\u{feff}\u{ad}", "\\u{200b}\\u{200f}\\u{feff}\\u{ad}"),
            ("\u{2028}\u{2029}\u{2060}\u{2064}", "\\u{2028}\\u{2029}\\u{2060}\\u{2064}"),
            ("\u{e0041}\u{e007f}", "\\u{e0041}\\u{e007f}"),
            ("\u{2764}\u{fe0f}", "\u{2764}\u{fe0f}"),
        ] {
            assert_eq!(visible(text), expected, "{text:?}");
        }
    }

    #[test]
    fn every_hidden_character_is_escaped() {
        let all: String = (0..=0x10_ffff_u32).filter_map(char::from_u32).collect();
        assert!(!visible(&all).chars().any(is_hidden));
        assert!(ascii(&all).bytes().all(|byte| (0x20..0x7f).contains(&byte)));
    }

    #[test]
    fn ascii_escapes_letters_too() {
        assert_eq!(ascii("M\u{fc}ller"), "M\\u{fc}ller");
    }

    #[test]
    fn markup_stays_text() {
        for (text, expected) in [
            ("cn=A (B),o=C", "cn=A (B),o=C"),
            ("a|b`c`*d*_e_~f~", "a\\|b\\`c\\`\\*d\\*\\_e\\_\\~f\\~"),
            ("[x](javascript:1)", "\\[x\\](javascript:1)"),
            ("![i](u)", "\\!\\[i\\](u)"),
            ("<b>&lt;", "\\<b\\>\\&lt;"),
            ("# title", "\\# title"),
            ("  - item", "  \\- item"),
            ("1. one, 2. two", "1\\. one, 2. two"),
            ("12) twelve", "12\\) twelve"),
            ("a - b # c", "a - b # c"),
            ("back\\slash", "back\\\\slash"),
            ("ldap://srv www.example", "ldap\\://srv www\\.example"),
            ("a\n# b", "a\\\\u{a}# b"),
        ] {
            assert_eq!(markdown(text), expected, "{text:?}");
        }
    }
}
