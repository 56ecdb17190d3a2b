//! Hidden objects, deleted ones, and containers that were not seen.

use super::*;

#[test]
fn not_there_needs_a_witness_that_hidden_objects_are_seen() {
    let asked = "* Hide-From-Address-Book Is-Deleted";
    let deleted: &[&str] = &["Is-Deleted: TRUE"];
    let of = |extra: &[(&str, &[&str])], name: &str, hints: Hints| {
        let text = objects(&[&[RECIPIENTS, ("Container:cn=Connections,cn=Configuration,ou=S", &[])], extra].concat());
        leads(&live_with(&[(asked, &text)], &[everything(Ended::Complete)], hints), name)
    };
    let gone = "gone, inferred, readable in ldap://x";
    let connector = "cn=z,cn=Connections,cn=Configuration,ou=S";
    let (hidden_connector, site_t) =
        (("MTA:cn=y,cn=Connections,cn=Configuration,ou=S", deleted), ("cn=h,cn=Recipients,ou=T", HIDDEN.1));
    for (extra, recipient, configuration) in [
        (vec![], "open: hidden S", "open: hidden S"),
        (vec![HIDDEN], gone, gone),
        (vec![("h", deleted)], gone, gone),
        // a deleted configuration object vouches for configuration only
        (vec![hidden_connector], "open: hidden S", gone),
        // each site by itself, and a flag that is not set shows nothing
        (vec![site_t], "open: hidden S", "open: hidden S"),
        (vec![("h", &["Hide-From-Address-Book: FALSE"] as &[&str])], "open: hidden S", "open: hidden S"),
    ] {
        assert_eq!(of(&extra, "z", Hints::default()), recipient, "{extra:?}");
        assert_eq!(of(&extra, connector, Hints::default()), configuration, "{extra:?}");
    }
    let says = |sees| Hints { sees_hidden: Some(sees), ..Hints::default() };
    assert_eq!(of(&[], "z", says(true)), gone);
    assert_eq!(of(&[HIDDEN], "z", says(false)), "open: hidden S");
}

#[test]
fn a_container_that_was_not_seen_may_hold_it() {
    let asked = "* Hide-From-Address-Book Is-Deleted";
    let text = objects(&[RECIPIENTS, HIDDEN]);
    let live = live(&[(asked, &text)]);
    // what lies below something that is gone is gone
    assert_eq!(leads(&live, "cn=z,cn=y,cn=Recipients,ou=S"), "gone, inferred, above: cn=y,cn=Recipients,ou=S,o=Org");
    assert_eq!(leads(&live, "cn=z,cn=Other,ou=S"), "open: container-unseen cn=Other,ou=S,o=Org");
    assert_eq!(leads(&live, "cn=z,cn=Recipients,ou=T"), "open: site-unseen T");
    let dead = objects(&[("Container:cn=Recipients,ou=S", &["Is-Deleted: TRUE"]), HIDDEN]);
    let live = self::live(&[(asked, &dead)]);
    assert_eq!(leads(&live, "z"), "open: container-unseen cn=Recipients,ou=S,o=Org", "a deleted container shows nothing in it");
}

#[test]
fn a_server_cannot_be_hidden_and_one_beside_it_suffices() {
    let asked = "* Is-Deleted";
    let server = |name: &str| format!("Computer:cn={name},cn=Servers,cn=Configuration,ou=S");
    let lost = "cn=B,cn=Servers,cn=Configuration,ou=S";
    let servers = "Container:cn=Servers,cn=Configuration,ou=S";
    assert_eq!(leads(&live(&[(asked, &object(&server("A"), &[]))]), lost), "gone, inferred, siblings in ldap://x");
    let container = live(&[(asked, &object(servers, &[]))]);
    assert_eq!(leads(&container, lost), "open: container-unseen cn=Servers,cn=Configuration,ou=S,o=Org");
    let dead = live(&[(asked, &(object(servers, &[]) + &object(&server("A"), &["Is-Deleted: TRUE"])))]);
    assert_eq!(leads(&dead, lost), "open: container-unseen cn=Servers,cn=Configuration,ou=S,o=Org");
    // what stands below a server is no server
    let below = format!("cn=Microsoft Private MDB,{lost}");
    assert_eq!(leads(&live(&[(asked, &object(&server("A"), &[]))]), &below), format!("gone, inferred, above: {lost},o=Org"));
}

#[test]
fn recipients_are_all_there_only_where_hidden_ones_are_seen() {
    let asked = "* Hide-From-Address-Book Is-Deleted";
    let a = ("a", &[] as &[&str]);
    assert_eq!(all(&live(&[(asked, &objects(&[RECIPIENTS, a]))]), "mailbox", None), "1, open: hidden S");
    assert_eq!(all(&live(&[(asked, &objects(&[RECIPIENTS, a, HIDDEN]))]), "mailbox", None), "2, documented");
    assert_eq!(all(&live(&[(asked, &objects(&[RECIPIENTS, a, HIDDEN]))]), "mailbox", Some("ou=S")), "2, documented");
    assert_eq!(all(&live(&[(asked, &objects(&[RECIPIENTS, a]))]), "mailbox", Some("ou=S")), "1, open: hidden S");
    // whether those that are not hidden were all read is another question
    let read = |questions: &Questions| match questions.all(Selection::named("mailbox").expect("known"), None).read() {
        Ok(of) => ground(questions, &of),
        Err(causes) => format!("open: {}", words(questions, &causes)),
    };
    let text = objects(&[RECIPIENTS, a]);
    assert_eq!(read(&live(&[(asked, &text)])), "documented");
    assert_eq!(read(&questions(&text)), "inferred");
    let cut = live_with(&[(asked, &text)], &[everything(Ended::Cut("time".into()))], Hints::default());
    assert_eq!(read(&cut), "open: cut the search for mailboxes did not complete: time");
    // of configuration it is not asked
    let server = ("Computer:cn=SRV,cn=Servers,cn=Configuration,ou=S", &[] as &[&str]);
    assert_eq!(all(&live(&[(asked, &objects(&[server]))]), "server", None), "1, documented");
}

#[test]
fn deleted_objects_are_no_subject_no_target_and_no_witness() {
    let asked = "* Home-MDB Object-Version Hide-From-Address-Book Is-Deleted";
    let dead = object("d", &[STORE, VERSION, X400, "Is-Deleted: TRUE"]);
    let text = format!("{dead}{}", objects(&[RECIPIENTS, ("a", &[VERSION])]));
    let live = live(&[(asked, &text)]);
    assert_eq!(leads(&live, "d"), "deleted");
    assert_eq!(all(&live, "mailbox", None), "1, documented", "but it shows that such objects are seen");
    assert_eq!(lives(&live, "d"), "no, documented");
    assert_eq!(is_set(&live, "a", "Home-MDB"), "open: not-visible Home-MDB S");
    // nor does it show, of a plain file, what was asked for
    assert_eq!(is_set(&questions(&text), "a", "Home-MDB"), "open: not-asked Home-MDB");
    // the rest of a file that was cut may hold a newer object of the name
    let cut = questions(&format!("{text}\nno colon\n"));
    assert!(leads(&cut, "d").starts_with("open: cut export.ldif: "), "{}", leads(&cut, "d"));
}
