//! What ldapsearch (OpenLDAP) writes around the entries when it is run without `-LLL`, as comments and as blocks.
//!
//! Seen with 2.5: a header of comments that starts with `# extended LDIF` and tells base, scope, filter and what was asked for, a
//! block of `search:` and `result:` after the entries of each page, and with `-E pr=N` a line that asks for the next page.

use super::error::excerpt;
use crate::directory::dn::Dn;
use crate::directory::filter::Filter;
use crate::directory::source::Scope;

/// What the header of an export says was searched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// Where, and how far below; none where it is not told or not understood.
    pub(super) base: Option<(Dn, Scope)>,
    /// For what.
    pub(super) filter: Option<Filter>,
    /// The attributes that were asked for; `*` for all that need not be named.
    pub(super) requesting: Option<Vec<String>>,
}

impl Header {
    /// Takes in a line of it.
    pub(super) fn line(&mut self, comment: &[u8]) {
        let text = String::from_utf8_lossy(comment);
        let text = text.trim_end();
        if let Some((base, scope)) = text.strip_prefix("# base <").and_then(|rest| rest.rsplit_once(" with scope "))
            // the base that was taken because none was given is told too
            && let Some(base) = base.strip_suffix("> (default)").or_else(|| base.strip_suffix('>'))
        {
            let scope = match scope {
                "baseObject" => Scope::Base,
                "oneLevel" => Scope::One,
                "subtree" => Scope::Sub,
                _ => return,
            };
            self.base = Dn::parse(base.as_bytes()).ok().map(|dn| (dn, scope));
        } else if let Some(filter) = text.strip_prefix("# filter: ") {
            self.filter = Filter::parse(filter).ok();
        } else if let Some(names) = text.strip_prefix("# requesting: ") {
            let names: Vec<String> = names.split_ascii_whitespace().take(MOST_NAMES).map(str::to_owned).collect();
            self.requesting = Some(if names == ["ALL"] { vec!["*".into()] } else { names });
        }
    }
}

/// Names of a request that are read.
const MOST_NAMES: usize = 4096;

/// The comment that begins a header.
pub(super) const HEADER: &[u8] = b"# extended LDIF";

/// Whether a comment may say how the file came to be; nearly all only repeat the name of the entry that follows.
pub(super) fn tells(comment: &[u8]) -> bool {
    const STARTS: [&[u8]; 6] = [HEADER, b"#: ", b"# base <", b"# filter: ", b"# requesting: ", b"# pagedresults:"];
    STARTS.iter().any(|start| comment.starts_with(start))
}

/// Whether a page had a cookie: there was another page. `estimate=N cookie=BASE64`, the estimate only if there is one, the cookie
/// empty on the last page.
pub(super) fn has_cookie(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    text.split_ascii_whitespace().find_map(|word| word.strip_prefix("cookie=")).is_some_and(|cookie| !cookie.is_empty())
}

/// `4 Size limit exceeded`.
pub(super) fn result(value: &[u8]) -> Option<(u32, String)> {
    let digits = value.iter().take_while(|b| b.is_ascii_digit()).count();
    let (code, text) = value.split_at(digits);
    Some((std::str::from_utf8(code).ok()?.parse().ok()?, excerpt(text.trim_ascii())))
}

/// Whether a line is what ldapsearch prints between pages when it is to ask for each (`-E pr=N` without `/noprompt`).
pub(super) fn is_prompt(line: &[u8]) -> bool {
    let number = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    let prompt = line.strip_prefix(b"Press [size] Enter for the next {").and_then(|l| l.strip_suffix(b"|size} entries."));
    prompt.or_else(|| line.strip_prefix(b"Estimate entries: ")).is_some_and(number)
}

/// What the text around the entries tells about searches that have not ended.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// A header was seen, and no result after it.
    begun: Option<u64>,
    /// The last page had a cookie: there was another page.
    more_pages: Option<u64>,
    /// A search before the present one that never ended.
    lost: Option<u64>,
}

impl Marks {
    /// A header begins.
    pub(super) fn header(&mut self, line: u64) {
        self.lost = self.lost.or(self.begun);
        self.begun = Some(line);
        self.more_pages = None;
    }

    /// A search ended; with `more`, another page follows.
    pub(super) fn result(&mut self, line: u64, more: bool) {
        self.begun = None;
        self.page(line, more);
    }

    /// A page ended.
    pub(super) fn page(&mut self, line: u64, more: bool) {
        self.more_pages = more.then_some(line);
    }

    /// Whether another page of the same search follows.
    pub(super) fn has_more(&self) -> bool {
        self.more_pages.is_some()
    }

    /// Where a search shows that never ended.
    pub(super) fn unfinished(&self) -> Option<u64> {
        self.lost.or(self.begun).or(self.more_pages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_a_header_says_was_searched() {
        let mut header = Header::default();
        for line in ["# base <o=Org> with scope subtree", "# filter: (objectClass=*)", "# requesting: * Home-MDB "] {
            header.line(line.as_bytes());
        }
        assert_eq!(header.base, Some((Dn::of([("o", "Org")]), Scope::Sub)));
        assert_eq!(header.filter, Some(Filter::present("objectClass")));
        assert_eq!(header.requesting, Some(vec!["*".to_owned(), "Home-MDB".to_owned()]));
        header.line(b"# requesting: ALL");
        assert_eq!(header.requesting, Some(vec!["*".to_owned()]));
        for (line, base) in [
            ("# base <o=Org> (default) with scope oneLevel", Some((Dn::of([("o", "Org")]), Scope::One))),
            ("# base <> (default) with scope subtree", Some((Dn::default(), Scope::Sub))),
            ("# base <o=Org> with scope children", None),
            ("# base o=Org with scope subtree", None),
        ] {
            let mut header = Header::default();
            header.line(line.as_bytes());
            assert_eq!(header.base, base, "{line}");
        }
    }
}
