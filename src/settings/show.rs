//! The settings of a run, each with where it is from.

use super::given::Given;
use crate::output::Style;
use crate::output::listing::table;

/// A table of them, for `--show-config`. The password is not among them: that there is one is said.
pub fn show(given: &[Given], variable: impl Fn(&str) -> Option<String>, style: &Style) -> String {
    let mut rows: Vec<[String; 3]> =
        given.iter().map(|given| [given.key.clone(), given.values.join(", "), given.origin.words()]).collect();
    let names_a_source = rows.iter().any(|[key, ..]| ["uri", "from", "demo", "config"].contains(&key.as_str()));
    for (name, key) in [("LDAPURI", "uri"), ("LDAPBASE", "base"), ("LDAPTLS_CACERT", "tls-ca")] {
        let is_given = rows.iter().any(|[own, ..]| own == key);
        if let Some(value) = variable(name).filter(|_| !is_given && !names_a_source && variable("LDAPNOINIT").is_none()) {
            rows.push([key.to_owned(), value, name.to_owned()]);
        }
    }
    if variable("EXAUDIT_PASSWORD").is_some() {
        rows.push(["password".into(), "(set, and not shown)".into(), "EXAUDIT_PASSWORD".into()]);
    }
    rows.sort();
    table(["Setting", "Value", "From"], rows.into_iter(), style)
}
