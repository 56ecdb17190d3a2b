//! Directory text made safe to show: what is invisible, or steers a terminal, is written out as an escape.

/// Shows control, bidirectional and invisible characters as `\u{1b}`. Newline and tab too: one value stays on one line.
pub fn visible(text: &str) -> String {
    escape(text, is_hidden)
}

/// The same, and everything outside ASCII too: for terminals of another character set.
pub fn ascii(text: &str) -> String {
    escape(text, |c| is_hidden(c) || !c.is_ascii())
}

/// Text for Markdown: hidden characters shown, and nothing in it read as markup, HTML, a table cell's end or a link. A
/// backslash keeps a URL from becoming one (GFM, "autolinks"); mail addresses and names behind an at sign are looked for when
/// backslashes are gone, so these are written as code.
pub fn markdown(text: &str) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text.as_str();
    // A list or heading can only begin where a line does: after leading blanks, and after digits for `1.` and `1)`.
    let mut opening = true;
    let mut digits = false;
    let mut within = false;
    while let Some(c) = rest.chars().next() {
        if let Some((address, after)) = Some(rest).filter(|_| !within).and_then(address) {
            out.extend(["`", address, "`"]);
            rest = after;
            opening = false;
            continue;
        }
        within = is_of_word(c);
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

/// The mail address at the beginning of a text, or the name behind an at sign, and the text after it. `mailto:` and `xmpp:`
/// make no link of what is none without them.
fn address(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c| !is_of_word(c)).unwrap_or(text.len());
    let word = text.get(..end).filter(|word| names_somebody(word))?;
    text.split_at_checked(word.trim_end_matches(['.', '-', '+', '_', '@']).len())
}

/// Whether an at sign is followed by a name.
fn names_somebody(word: &str) -> bool {
    word.split('@').skip(1).any(|name| name.starts_with(char::is_alphanumeric))
}

/// Whether it may stand in a mail address. None of these is markup in code.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '+' | '_' | '@')
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

    /// The renderings were looked at in cmark-gfm, remark-gfm, micromark, marked and markdown-it: none has a link to somebody.
    #[test]
    fn no_address_becomes_a_link_by_itself() {
        for (text, expected) in [
            ("SMTP:john.doe@example.com", "SMTP:`john.doe@example.com`"),
            ("xmpp:a@b.example/x, mailto:a@b.example.", "xmpp:`a@b.example`/x, mailto:`a@b.example`."),
            ("<a_b+c-d@e.example>", "\\<`a_b+c-d@e.example`\\>"),
            ("`a@b.example`", "\\``a@b.example`\\`"),
            ("a@b.example|c@d.example", "`a@b.example`\\|`c@d.example`"),
            ("M\u{fc}ller@example.com_ x", "`M\u{fc}ller@example.com`\\_ x"),
            ("@everyone and postmaster@ the domain, @", "`@everyone` and postmaster@ the domain, @"),
            ("HTTPS://host.example/a@b.example?c_d", "HTTPS\\://host.example/`a@b.example`?c\\_d"),
            ("x.www.example@host", "`x.www.example@host`"),
            ("-a@b.example", "`-a@b.example`"),
            ("1. a@b.example", "1\\. `a@b.example`"),
            ("a%b@c.example", "a%`b@c.example`"),
            ("a b. c_d", "a b. c\\_d"),
        ] {
            assert_eq!(markdown(text), expected, "{text:?}");
        }
    }
}
