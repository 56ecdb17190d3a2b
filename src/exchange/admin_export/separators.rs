//! The header line of a table: whether a text begins with one, and what separates its columns.

use super::column::Column;
use crate::directory::csv::Separators;

/// What separates columns where nobody says: Admin.exe's default, what Excel writes where the comma is the decimal mark, a tab.
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// What separates the columns, values and quotes of a table that begins with this text; none if it begins with no header.
///
/// The first line that holds anything is a header if its first field is a name, which has no colon as an attribute of LDIF has,
/// and if there are others, or Exchange has a column of that name.
pub fn separators(text: &str, given: Option<Separators>) -> Option<Separators> {
    let line = text.lines().find(|line| !line.trim().is_empty())?;
    let candidates = match given {
        Some(given) => vec![given],
        None => SEPARATORS.map(|column| Separators { column, ..Separators::default() }).to_vec(),
    };
    let headers = candidates.into_iter().filter(|separators| is_header(line, *separators));
    // of several that do not know a name the first
    headers.rev().max_by_key(|separators| known(line, *separators))
}

/// What seems to separate the columns of a text that does not begin with such a header: the sign between names that Exchange has,
/// other than the colon of LDIF.
pub fn other_separator(text: &str) -> Option<char> {
    let line = text.lines().find(|line| !line.trim().is_empty())?;
    let mut signs: Vec<char> =
        line.chars().take(1000).filter(|c| c.is_ascii() && !c.is_alphanumeric() && !" -:\"'".contains(*c)).collect();
    signs.sort_unstable();
    signs.dedup();
    let of = |column: char| known(line, Separators { column, ..Separators::default() });
    signs.into_iter().filter(|sign| of(*sign) > 1).max_by_key(|sign| of(*sign))
}

fn is_header(line: &str, separators: Separators) -> bool {
    let first = line.split(separators.column).next().unwrap_or_default();
    let is_name = |c: char| c.is_alphanumeric() || " -_()".contains(c) || c == separators.quote;
    let is_named = !first.trim().is_empty() && first.chars().all(is_name);
    is_named && (line.contains(separators.column) || known(line, separators) > 0)
}

/// How many of the columns Exchange has, among the first of them.
fn known(line: &str, separators: Separators) -> usize {
    line.split(separators.column).take(100).filter_map(Column::of).filter(Column::is_known).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_separates_the_columns() {
        let given = |text: &str| Some(text.parse().expect("separators"));
        for (text, given, expected) in [
            ("Obj-Class,Obj-Dist-Name\r\n", None, Some(',')),
            ("\r\n\n\"Obj-Class\",\"Directory Name\"\r\n", None, Some(',')),
            ("Obj-Class;Obj-Dist-Name;\"Display, Name\"\r\n", None, Some(';')),
            ("Obj-Class\tObj-Dist-Name\r\n", None, Some('\t')),
            ("Obj-Class;Obj-Dist-Name\n", given("; \" %"), Some(';')),
            ("Obj-Class,Obj-Dist-Name\n", given("; \" %"), None),
            ("Obj-Class|Obj-Dist-Name\n", given("124 34 37"), Some('|')),
            ("Obj-Class|Obj-Dist-Name\n", None, None),
            ("Obj-Dist-Name\n/o=Org/ou=S/cn=a\n", None, Some(',')),
            ("Klasse,Müller;x\n", None, Some(',')),
            ("dn: cn=a,o=Org\n", None, None),
            ("\n# a, b\ndn: o=Org\n", None, None),
            ("# see, info\n", None, None),
            ("version: 1\n", None, None),
            ("dn:: abc,d\n", None, None),
            ("cn=a,o=Org\n", None, None),
            ("", None, None),
            ("\0\u{1}\u{2},\n", None, None),
            ("just words\n", None, None),
            ("{\"a\": 1, \"b\": 2}\n", None, None),
        ] {
            assert_eq!(separators(text, given).map(|found| found.column), expected, "{text:?}");
        }
    }

    #[test]
    fn names_a_sign_that_nobody_named() {
        for (text, expected) in [
            ("Obj-Class|Obj-Dist-Name|Home-MTA\n", Some('|')),
            ("Obj-Class,Obj-Dist-Name\n", Some(',')),
            ("foo|bar\n", None),
            ("dn: o\n", None),
            ("root:x:0:0:root:/root:/bin/bash\n", None),
            ("{\"schema\": 1,\n", None),
            ("", None),
        ] {
            assert_eq!(other_separator(text), expected, "{text:?}");
        }
    }
}
