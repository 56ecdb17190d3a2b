//! Searches as lines for OpenLDAP's `ldapsearch`. Never a credential: the password is asked for (`-W`).

use super::source::{Scope, Search};

/// The line that runs a search. `connection` is the part that names server and bind, quoted; 0 asks without paging.
pub fn line(connection: &str, search: &Search, page_size: u32) -> String {
    let paged = search.scope != Scope::Base && search.size_limit == 0 && page_size > 0;
    let page = if paged { format!(" -E pr={page_size}/noprompt") } else { String::new() };
    let limit = if search.size_limit > 0 { format!(" -z {}", search.size_limit) } else { String::new() };
    let base = quote(&search.base.to_string());
    let attributes: String = search.attributes.iter().map(|name| format!(" {}", quote(name))).collect();
    let filter = quote(&search.filter.to_string());
    format!("ldapsearch -x -LLL {connection}{page}{limit} -b {base} -s {} {filter}{attributes}", search.scope.word())
}

/// Server and bind for [`line()`].
pub fn connection(uri: &str, bind_dn: Option<&str>) -> String {
    let bind = bind_dn.map(|dn| format!(" -D {} -W", quote(dn))).unwrap_or_default();
    format!("-H {}{bind}", quote(uri))
}

/// Quotes for a POSIX shell.
pub fn quote(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./:=@%+".contains(c);
    if !text.is_empty() && text.chars().all(plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::dn::Dn;
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
