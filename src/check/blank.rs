//! The file of a new check, to be filled in.

use super::catalogue::Catalogue;
use super::load::Problem;

/// The text of a new check's file. What is empty in it is what its author must say: `checks lint` asks for it.
///
/// # Errors
/// [`Problem`]: the id is none, or one of the program's checks has it.
pub fn blank(catalogue: &Catalogue, id: &str) -> Result<String, Problem> {
    if !is_id(id) {
        return Err(Problem::Id { id: id.to_owned() });
    }
    match catalogue.check(id) {
        Some(known) => Err(Problem::Duplicate { name: id.to_owned(), other: known.origin.clone() }),
        None => Ok(TEXT.replace("ID", id)),
    }
}

/// Whether a text may be the id of a check, whatever else it may look like.
pub(super) fn is_id(text: &str) -> bool {
    let letters = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    letters && text.starts_with(|first: char| first.is_ascii_lowercase()) && super::article::kb_number(text).is_none()
}

const TEXT: &str = r#"# The format: checks/README.md of exaudit, docs/own-checks.md step by step. Fill in what is empty, then
#   exaudit checks lint DIR
#   exaudit checks test DIR --demo=healthy
# where DIR is the folder of this file.

id = "ID"
# What holds when the check passes, without a full stop.
title = ""
# critical (mail stops or is lost), warning (works now, or in part) or info
severity = "warning"
# Articles and pages that say more, if there are any:
# kb = ["Q300535"]
# links = ["https://..."]
versions = ["5.5"]
# documented or inferred
confidence = "documented"
# Why it matters, and whose rule it is.
why = ""
# What to do, a step each.
fix = [""]

[subject]
# The objects it looks at, one by one: mailbox, server, ims, ...
each = "mailbox"
# Only those that match this LDAP filter:
# only = "(Alt-Recipient=*)"

[expect]
# What must match where everything is well.
filter = ""
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filled_in_file_is_a_check() {
        let catalogue = Catalogue::embedded().expect("embedded");
        let text = blank(&catalogue, "mail-stays-here").expect("a text");
        let error = Catalogue::with_text("mail-stays-here.toml", &text).expect_err("nothing is filled in").to_string();
        assert!(error.contains("` is empty: "), "{error}");
        let filled = text.replace("filter = \"\"", "filter = \"(uid=*)\"").replace("\"\"", "\"Said.\"");
        let catalogue = Catalogue::with_text("mail-stays-here.toml", &filled).expect("a check");
        let check = catalogue.check("mail-stays-here").expect("there");
        assert!(check.kb.is_empty() && check.links.is_empty());
    }

    #[test]
    fn an_id_that_is_none_or_taken_is_refused() {
        let catalogue = Catalogue::embedded().expect("embedded");
        for id in ["", "Mail", "a/b", "../a", "a.toml", "1a", "q300535", "ims-admin-set"] {
            assert!(blank(&catalogue, id).is_err(), "{id}");
        }
    }
}
