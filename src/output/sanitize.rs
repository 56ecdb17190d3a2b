//! Directory text made safe to show: what is invisible, or steers a terminal, is written out as an escape.

/// Shows control, bidirectional and invisible characters as `\u{1b}`. Newline and tab too: one value stays on one line.
pub fn visible(text: &str) -> String {
    escape(text, is_hidden)
}

/// The same, and everything outside ASCII too: for terminals of another character set.
pub fn ascii(text: &str) -> String {
    escape(text, |c| is_hidden(c) || !c.is_ascii())
}

/// The same of text that may have any length: at most about so many characters of it are shown.
pub fn bounded(text: &str, most: usize) -> String {
    visible(&crate::directory::bounded::text(text, most))
}

/// Text for XML 1.0, which has no form at all for some characters (2.2); the writer of XML escapes the rest.
pub fn xml(text: &str) -> String {
    escape(text, |c| is_hidden(c) || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

/// Text for Markdown: hidden characters shown, and nothing in it read as markup, HTML or a link, whatever our own text around it
/// is. A backslash stands only before what would be markup where it is (GFM). It keeps a URL from becoming a link (GFM,
/// "autolinks"); mail addresses and names behind an at sign are looked for when backslashes are gone, so these are written as
/// code. In a table: [`cell`].
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
        let before = text.get(..text.len() - rest.len()).unwrap_or_default();
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        let number = opening && digits && matches!(c, '.' | ')') && ends_or(after, |next| next == ' ');
        if is_markup(before, c, after) || number || (opening && !digits && begins_block(c, after)) {
            out.push('\\');
        }
        out.push(c);
        digits = opening && c.is_ascii_digit();
        opening &= c == ' ' || digits;
        rest = after;
    }
    out
}

/// The same for a cell of a table.
pub fn cell(text: &str) -> String {
    markdown(text).replace('|', "\\|")
}

/// Whether a character would be markup within a line. What ends the text may be followed by anything.
fn is_markup(before: &str, c: char, after: &str) -> bool {
    let is_blank = |c: Option<char>| c == Some(' ');
    match c {
        '`' | '$' => true,
        // an address is written between punctuation
        '\\' => ends_or(after, |next| next.is_ascii_punctuation()) || address(after).is_some(),
        // a run of them can mark where something touches it
        '*' | '~' => !(is_blank(before.chars().next_back()) && is_blank(after.chars().next())),
        // and this one not inside a word
        '_' => {
            let ends = (before.trim_end_matches('_').chars().next_back(), after.trim_start_matches('_').chars().next());
            let in_word = matches!(ends, (Some(one), Some(other)) if one.is_alphanumeric() && other.is_alphanumeric());
            let apart = is_blank(ends.0) && is_blank(ends.1);
            !in_word && !apart
        }
        // a footnote
        '[' => ends_or(after, |next| next == '^'),
        // where none of these follows, no bracket before it begins a link, an image or a definition; and cmark-gfm ticks the box
        // of a line that has [x] anywhere
        ']' => ends_or(after, |next| matches!(next, '(' | '[' | ':')) || ends_with(before, "[x"),
        '<' => ends_or(after, |next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
        '&' => ends_or(after.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#'), |next| next == ';'),
        ':' => after.starts_with("//") && ["http", "https", "ftp"].iter().any(|scheme| ends_with(before, scheme)),
        '.' => ends_with(before, "www"),
        _ => false,
    }
}

/// Whether a character that opens a line would begin a block there: a heading, a list, a box, a quotation, a rule.
fn begins_block(c: char, after: &str) -> bool {
    match c {
        '#' | '=' | ':' | '>' | '[' | '*' | '~' | '_' => true,
        '-' | '+' => ends_or(after, |next| next == ' ') || after.chars().all(|c| matches!(c, '-' | ' ' | '|' | ':')),
        _ => false,
    }
}

/// Whether nothing follows, or a character of these.
fn ends_or(after: &str, is: impl Fn(char) -> bool) -> bool {
    after.chars().next().is_none_or(is)
}

/// Text for Markdown as code, in which nothing is markup: values and names, whose backslashes stay as they are.
pub fn code(text: &str) -> String {
    let text = visible(text);
    if text.is_empty() {
        return "(empty)".into();
    }
    let fence = "`".repeat(text.split(|c| c != '`').map(str::len).max().unwrap_or_default() + 1);
    // one blank at either end belongs to the code span, not to the text
    let has_blanks = text.starts_with(' ') && text.ends_with(' ') && !text.trim().is_empty();
    let blank = if has_blanks || text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}

/// A sentence for Markdown: what stands between backticks is code there too, everything else is text.
pub fn prose(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let is_paired = parts.len() % 2 == 1 && parts.iter().skip(1).step_by(2).all(|part| !part.trim().is_empty());
    if !is_paired {
        return markdown(text);
    }
    parts.iter().enumerate().map(|(at, part)| if at % 2 == 1 { code(part) } else { markdown(part) }).collect()
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

/// Whether a text ends so, in capitals or not.
fn ends_with(text: &str, end: &str) -> bool {
    text.len().checked_sub(end.len()).and_then(|at| text.get(at..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
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
            ("a|b`c`*d*_e_~f~", "a|b\\`c\\`\\*d\\*\\_e\\_\\~f\\~"),
            ("[x](javascript:1)", "\\[x\\](javascript:1)"),
            ("![i](u)", "![i\\](u)"),
            ("a [b][c] [^1] [d]: e [f]", "a [b\\][c] \\[^1] [d\\]: e [f\\]"),
            ("ticks [x] and [X]", "ticks [x\\] and [X\\]"),
            ("<b>&lt; &#65;</b><!--", "\\<b>\\&lt; \\&#65;\\</b>\\<!--"),
            ("> quoted", "\\> quoted"),
            ("# title", "\\# title"),
            ("  - item", "  \\- item"),
            ("---", "\\---"),
            ("1. one, 2. two", "1\\. one, 2. two"),
            ("12) twelve", "12\\) twelve"),
            ("back\\, slash\\", "back\\\\, slash\\\\"),
            ("C:\\a@b.example", "C:\\\\`a@b.example`"),
            ("http://srv www.example", "http\\://srv www\\.example"),
            ("a\n# b", "a\\u{a}# b"),
        ] {
            assert_eq!(markdown(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_stands_between_backticks_is_code() {
        for (text, expected) in [
            ("contains `x` in `a_b*`, *not* more", "contains `x` in `a_b*`, \\*not\\* more"),
            ("one ` alone", "one \\` alone"),
            ("``", "\\`\\`"),
            ("<b>`<i>`</b>", "\\<b>`<i>`\\</b>"),
        ] {
            assert_eq!(prose(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_markup_has_no_backslash() {
        for text in [
            "a - b # c, 1.5 GB, 2 * 3 ~ 4 _ 5",
            "Tools > Directory Export > OK",
            "HKLM\\Software\\Exchange",
            "ldap://srv:389, ldaps://srv",
            "snake_case_name and AT&T, R & D",
            "a < b, x <= y, (|(a=b)(c=d))",
            "Look! [see below] or [not] (so)",
            "--passes lists them",
            "-b 'ou=SITE'",
        ] {
            assert_eq!(markdown(text), text);
        }
        assert_eq!(cell("a|b"), "a\\|b");
    }

    #[test]
    fn code_is_shown_as_it_is() {
        for (text, expected) in [
            ("cn=A\\, B", "`cn=A\\, B`"),
            ("a`b", "``a`b``"),
            ("``", "``` `` ```"),
            (" a ", "`  a  `"),
            (" ", "` `"),
            ("", "(empty)"),
            ("a\nb", "`a\\u{a}b`"),
        ] {
            assert_eq!(code(text), expected, "{text:?}");
        }
    }

    /// The renderings were looked at in cmark-gfm, remark-gfm, micromark, marked and markdown-it: none has a link to somebody.
    #[test]
    fn no_address_becomes_a_link_by_itself() {
        for (text, expected) in [
            ("SMTP:john.doe@example.com", "SMTP:`john.doe@example.com`"),
            ("xmpp:a@b.example/x, mailto:a@b.example.", "xmpp:`a@b.example`/x, mailto:`a@b.example`."),
            ("<a_b+c-d@e.example>", "\\<`a_b+c-d@e.example`>"),
            ("`a@b.example`", "\\``a@b.example`\\`"),
            ("a@b.example|c@d.example", "`a@b.example`|`c@d.example`"),
            ("M\u{fc}ller@example.com_ x", "`M\u{fc}ller@example.com`\\_ x"),
            ("@everyone and postmaster@ the domain, @", "`@everyone` and postmaster@ the domain, @"),
            ("HTTPS://host.example/a@b.example?c_d", "HTTPS\\://host.example/`a@b.example`?c_d"),
            ("x.www.example@host", "`x.www.example@host`"),
            ("-a@b.example", "`-a@b.example`"),
            ("1. a@b.example", "1\\. `a@b.example`"),
            ("a%b@c.example", "a%`b@c.example`"),
            ("a b. c_d", "a b. c_d"),
        ] {
            assert_eq!(markdown(text), expected, "{text:?}");
        }
    }
}
