//! Searches as lines for OpenLDAP's `ldapsearch`. Never a credential: the password is asked for (`-W`).

use super::dn::Dn;
use super::source::{Scope, Search};

/// The line that runs a search, but for its base: the same for searches that differ in nothing else.
#[derive(Debug, Clone)]
pub struct Line {
    before: String,
    behind: String,
}

impl Line {
    /// Of a search. `connection` is the part that names server and bind, quoted; 0 asks without paging.
    pub fn of(connection: &str, search: &Search, page_size: u32) -> Self {
        let paged = search.scope != Scope::Base && search.size_limit == 0 && page_size > 0;
        let page = if paged { format!(" -E pr={page_size}/noprompt") } else { String::new() };
        let limit = if search.size_limit > 0 { format!(" -z {}", search.size_limit) } else { String::new() };
        let attributes: String = search.attributes.iter().map(|name| format!(" {}", quote(name))).collect();
        let filter = quote(&search.filter.to_string());
        Self {
            before: format!("ldapsearch -x -LLL {connection}{page}{limit} -b "),
            behind: format!(" -s {} {filter}{attributes}", search.scope.word()),
        }
    }

    /// The line that starts there.
    pub fn at(&self, base: &Dn) -> String {
        [self.before.as_str(), &quote(&base.to_string()), &self.behind].concat()
    }
}

/// The line that runs a search (see [`Line`]).
pub fn line(connection: &str, search: &Search, page_size: u32) -> String {
    Line::of(connection, search, page_size).at(&search.base)
}

/// Server and bind for [`line()`].
pub fn connection(uri: &str, bind_dn: Option<&str>) -> String {
    let bind = bind_dn.map(|dn| format!(" -D {} -W", quote(dn))).unwrap_or_default();
    format!("-H {}{bind}", quote(uri))
}

/// Quotes for a POSIX shell.
pub fn quote(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./:=@%+".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::filter::Filter;

    #[test]
    fn writes_lines_that_a_shell_takes() {
        let connection = connection("ldap://host:389", Some("cn=a'b,cn=DOMAIN"));
        let read = Search::read(Dn::of([("cn", "x y\u{1b}"), ("o", "Org")]), &["cn", "mail"]);
        assert_eq!(
            line(&connection, &read, 99),
            r"ldapsearch -x -LLL -H ldap://host:389 -D 'cn=a'\''b,cn=DOMAIN' -W -b 'cn=x y\1B,o=Org' -s base '(objectClass=*)' cn mail"
        );
        let below = Search::below(Dn::default(), Filter::equal("cn", "it's"), &["*"]);
        assert_eq!(line("-H x", &below, 99), r"ldapsearch -x -LLL -H x -E pr=99/noprompt -b '' -s sub '(cn=it'\''s)' '*'");
        assert_eq!(line("-H x", &below.at_most(3), 99), r"ldapsearch -x -LLL -H x -z 3 -b '' -s sub '(cn=it'\''s)' '*'");
    }
}
