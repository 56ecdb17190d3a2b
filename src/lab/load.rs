//! Reads the LDIF the lab serves: content records, folding, `::` base64, comments.

use super::LabError;
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::io::{BufRead, Read as _};

/// The whole directory is kept in memory, so the file is bounded.
const MAX_FILE: u64 = 256 << 20;

/// Reads all entries, in the order of the file.
///
/// # Errors
/// [`LabError`] with the line: unreadable, not LDIF content records, or larger than 256 MiB.
pub(super) fn entries(ldif: impl BufRead) -> Result<Vec<Entry>, LabError> {
    let mut bytes = Vec::new();
    ldif.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(LabError::Unreadable)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MAX_FILE {
        return Err(LabError::TooLarge(MAX_FILE >> 20));
    }
    let mut entries = Vec::new();
    let mut current: Option<Entry> = None;
    let mut trailer = false;
    for (number, line) in logical_lines(&bytes) {
        let malformed = |reason| LabError::Malformed { line: number, reason };
        if line.is_empty() {
            entries.extend(current.take());
            trailer = false;
            continue;
        }
        let colon = line.iter().position(|&b| b == b':').ok_or(malformed("a line without `:`"))?;
        let (name, rest) = line.split_at(colon);
        let name = std::str::from_utf8(name).map_err(|_| malformed("an attribute name that is not text"))?;
        let value = match rest {
            [b':', b':', text @ ..] => STANDARD.decode(text.trim_ascii()).map_err(|_| malformed("malformed base64"))?,
            [b':', b'<', ..] => return Err(malformed("a value that is a URL")),
            [_, text @ ..] => text.trim_ascii_start().to_vec(),
            [] => Vec::new(),
        };
        match current.as_mut() {
            Some(_) if name.eq_ignore_ascii_case("dn") => return Err(malformed("two names in one record")),
            Some(_) if name.eq_ignore_ascii_case("changetype") => return Err(malformed("a change record")),
            Some(entry) => entry.add(name, value),
            None if name.eq_ignore_ascii_case("dn") => {
                let dn = Dn::parse(&value).map_err(|_| malformed("a name that is no distinguished name"))?;
                current = Some(Entry::new(dn));
            }
            // `version: 1` opens a file; ldapsearch ends its output with `search:` and `result:`.
            None if trailer || ["version", "search", "result"].iter().any(|n| name.eq_ignore_ascii_case(n)) => {
                trailer = !name.eq_ignore_ascii_case("version");
            }
            None => return Err(malformed("a record that does not begin with `dn:`")),
        }
    }
    entries.extend(current);
    Ok(entries)
}

/// Lines with their continuations joined and comments left out; each with the number of its first physical line.
fn logical_lines(bytes: &[u8]) -> Vec<(usize, Vec<u8>)> {
    let mut lines: Vec<(usize, Vec<u8>)> = Vec::new();
    for (index, line) in bytes.split(|&b| b == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match (line.strip_prefix(b" "), lines.last_mut()) {
            (Some(more), Some((_, last))) if !last.is_empty() => last.extend_from_slice(more),
            _ => lines.push((index + 1, line.to_vec())),
        }
    }
    lines.retain(|(_, line)| !line.starts_with(b"#"));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Entry>, LabError> {
        entries(text.as_bytes())
    }

    #[test]
    fn reads_folding_base64_comments_and_the_trailer_of_ldapsearch() {
        let text = "version: 1\n# a comment\n  that goes on\ndn: o=Exa\n mple\r\no: Example\ncn:: w4XDhA=\n =\n\n\
                    dn:: b3U9TMO8,o=Example\n\nsearch: 2\nresult: 0 Success\n";
        let found = read(&text.replace("b3U9TMO8,o=Example", "b3U9TMO8")).expect("reads");
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].dn.to_string(), "o=Example");
        assert_eq!(found[0].text("cn").as_deref(), Some("ÅÄ"));
        assert_eq!(found[1].dn.to_string(), "ou=Lü");
    }

    #[test]
    fn refuses_the_rest_with_its_line() {
        for (text, line) in [
            ("dn: o=E\no Example\n", 2),
            ("dn: o=E\ncn:: %%%\n", 2),
            ("dn: o=E\ncn:< file:///etc/passwd\n", 2),
            ("dn: o=E\nchangetype: delete\n", 2),
            ("dn: o=E\ndn: o=F\n", 2),
            ("\ncn: x\n", 2),
            ("dn: nonsense\n", 1),
            ("\u{1}\u{2}", 1),
        ] {
            match read(text) {
                Err(LabError::Malformed { line: found, .. }) => assert_eq!(found, line, "{text}"),
                other => panic!("{text}: {other:?}"),
            }
        }
    }
}
