//! What was searched to its end.

use super::*;

#[test]
fn an_object_is_gone_only_where_it_was_looked_for_to_the_end() {
    let asked = "* Hide-From-Address-Book Is-Deleted";
    let text = objects(&[RECIPIENTS, HIDDEN]);
    let read = |ended| (Search::read(dn("z"), &["objectClass"]), ended);
    let services = || (Search::below(dn("o=Org"), Filter::equal("objectClass", "Mail-Gateway"), &["*"]), Ended::Complete);
    let z = dn("z").to_string();
    for (searches, expected) in [
        (vec![read(Ended::NoSuchObject)], "gone, documented, readable in ldap://x".to_owned()),
        (vec![everything(Ended::Complete)], "gone, inferred, readable in ldap://x".into()),
        (vec![everything(Ended::Complete), read(Ended::NoSuchObject)], "gone, documented, readable in ldap://x".into()),
        (vec![read(Ended::Denied)], format!("open: denied {z}")),
        (vec![read(Ended::Referral)], format!("open: referred {z}")),
        (vec![read(Ended::Complete)], format!("open: withheld {z}")),
        (vec![read(Ended::Cut("time".into()))], format!("open: cut {z} could not be looked up: time")),
        (vec![read(Ended::NoSuchObject), read(Ended::Cut("time".into()))], format!("open: cut {z} could not be looked up: time")),
        (vec![everything(Ended::Cut("time".into()))], "open: cut the search for recipients did not complete: time".into()),
        (vec![services()], format!("open: cut {z} was not looked up")),
        (vec![(everything(Ended::Complete).0.at_most(5), Ended::Complete)], format!("open: cut {z} was not looked up")),
    ] {
        assert_eq!(leads(&live_with(&[(asked, &text)], &searches, Hints::default()), "z"), expected, "{searches:?}");
    }
    assert_eq!(leads(&live(&[(asked, &text)]), "h"), "there: h");
}

#[test]
fn a_file_proves_no_absence_but_lets_one_be_inferred_and_names_itself() {
    let text = objects(&[RECIPIENTS, HIDDEN]);
    assert_eq!(leads(&questions(&text), "z"), "gone, inferred, readable in export.ldif");
    assert_eq!(
        leads(
            &table(
                "Obj-Class,Obj-Dist-Name,Hide-From-Address-Book\nContainer,/o=Org/ou=S/cn=Recipients,\nMailbox,/o=Org/ou=S/cn=Recipients/cn=h,1\n"
            ),
            "z"
        ),
        "gone, inferred, readable in export.csv"
    );
    let z = dn("z");
    for (text, expected) in [
        (
            format!("{text}\nsearch: 2\nresult: 4 Size limit exceeded\n"),
            "open: cut export.ldif: line 9: the search that made this file was cut",
        ),
        (
            format!("# extended LDIF\n# base <ou=T,o=Org> with scope subtree\n\n{text}search: 2\nresult: 0 Success\n"),
            "was not looked up",
        ),
        (
            format!("# extended LDIF\n# base <o=Org> with scope oneLevel\n\n{text}search: 2\nresult: 0 Success\n"),
            "was not looked up",
        ),
        (
            format!(
                "# extended LDIF\n# base <o=Org> with scope subtree\n# filter: (cn=*)\n\n{text}search: 2\nresult: 0 Success\n"
            ),
            "was not looked up",
        ),
        (
            format!(
                "# extended LDIF\n# base <o=Org> with scope subtree\n# filter: (objectClass=*)\n\n{text}search: 2\nresult: 0 Success\n"
            ),
            "gone, inferred, readable in export.ldif",
        ),
    ] {
        let said = leads(&questions(&text), "z");
        assert!(said.contains(expected), "{z} {text}: {said}");
    }
    // one file that was cut may hold it, whatever the other shows
    let cut = format!("{}\nno colon\n", object("y", &[]));
    let two = questions_of(&[("one.ldif", &text), ("two.ldif", &cut)]);
    assert!(leads(&two, "z").starts_with("open: cut two.ldif: "), "{}", leads(&two, "z"));
}

#[test]
fn a_population_is_whole_where_its_search_ended_and_its_container_was_seen() {
    let asked = "* Is-Deleted";
    let site = ("organizationalUnit:ou=S", &[] as &[&str]);
    let server = ("Computer:cn=SRV,cn=Servers,cn=Configuration,ou=S", &[] as &[&str]);
    let add_ins = ("Container:cn=Add-Ins,cn=Configuration,ou=S", &[] as &[&str]);
    let cut = |how: &str| vec![everything(Ended::Cut(how.into()))];
    let of_class = |class: &str| (Search::below(dn("o=Org"), Filter::equal("objectClass", class), &["*"]), Ended::Complete);
    let complete = || vec![everything(Ended::Complete)];
    for (text, searches, selection, expected) in [
        (objects(&[site, server]), complete(), "server", "1, documented"),
        (objects(&[site, server]), complete(), "mta", "0, documented"),
        (objects(&[site, add_ins]), complete(), "extension", "0, documented"),
        (objects(&[site, add_ins]), complete(), "server", "0, open: configuration-unseen S"),
        (objects(&[site]), complete(), "server", "0, open: configuration-unseen S"),
        (objects(&[site, server]), vec![of_class("Computer")], "server", "1, documented"),
        (objects(&[site, server]), vec![of_class("MTA")], "server", "1, open: cut nobody searched for all servers here"),
        (
            objects(&[site, server]),
            vec![(of_class("Computer").0.at_most(9), Ended::Complete)],
            "server",
            "1, open: cut nobody searched for all servers here",
        ),
        (objects(&[site, server]), cut("time"), "server", "1, open: cut the search for servers did not complete: time"),
        (objects(&[site, server]), vec![everything(Ended::Denied)], "server", "1, open: denied the search for servers"),
        (
            objects(&[site, server]),
            vec![(Search::below(dn("ou=S"), Filter::present("objectClass"), &[]), Ended::Complete)],
            "server",
            "1, open: cut nobody searched for all servers here",
        ),
    ] {
        let live = live_with(&[(asked, &text)], &searches, Hints::default());
        assert_eq!(all(&live, selection, None), expected, "{searches:?} {text}");
    }
    // within one site that is searched by itself
    let one = live_with(
        &[(asked, &objects(&[site, server]))],
        &[(Search::below(dn("ou=S"), Filter::present("objectClass"), &[]), Ended::Complete)],
        Hints::default(),
    );
    assert_eq!(all(&one, "server", Some("ou=S")), "1, documented");
    assert_eq!(all(&one, "server", Some("ou=T")), "0, open: site-unseen T");
    assert_eq!(all(&questions(&objects(&[site, server])), "server", None), "1, inferred");
}

#[test]
fn sites_are_whole_where_no_name_leads_to_an_unseen_one() {
    let site = |name: &str| (format!("organizationalUnit:ou={name}"), vec![]);
    let refers = |to: &str| ("a".to_owned(), vec![format!("Alt-Recipient: cn=x,cn=Recipients,ou={to},o=Org")]);
    let legacy = ("a".to_owned(), vec!["Home-MTA: /o=Org/ou=T/cn=Configuration/cn=x".to_owned()]);
    let deleted = ("a".to_owned(), vec!["Is-Deleted: TRUE".into(), "Alt-Recipient: cn=x,ou=T,o=Org".into()]);
    for (all_of_them, expected) in [
        (vec![site("S")], "1, documented"),
        (vec![site("S"), refers("S")], "1, documented"),
        (vec![site("S"), refers("T")], "1, open: site-unseen T"),
        (vec![site("S"), legacy], "1, open: site-unseen T"),
        (vec![site("S"), deleted], "1, documented"),
        (vec![site("S"), site("T"), refers("T")], "2, documented"),
        // an object of a site shows that there is one, but not the site
        (vec![refers("S")], "0, open: site-unseen S"),
    ] {
        let text: String =
            all_of_them.iter().map(|(name, lines)| object(name, &lines.iter().map(String::as_str).collect::<Vec<_>>())).collect();
        assert_eq!(all(&live(&[("* Is-Deleted Alt-Recipient", &text)]), "site", None), expected, "{text}");
    }
    // who starts at a site does not know whether there are others
    let one = directory(&[("export.ldif", &object("organizationalUnit:ou=S", &[]))]);
    let one = Questions::of(one, dn("ou=S"), Hints::default(), []);
    assert_eq!(all(&one, "site", None), "1, open: site-unseen");
}

/// A container of recipients that a name leads into may hold others, where it was not seen.
#[test]
fn a_container_that_a_name_leads_into_is_seen_or_leaves_open_who_else_there_is() {
    let asked = "* Hide-From-Address-Book Is-Deleted";
    let leading = object("a", &["manager: cn=b,cn=Others,ou=S,o=Org"]);
    let of = |more: &str| {
        let text = [&objects(&[RECIPIENTS, HIDDEN, ("organizationalUnit:ou=S", &[])]), &leading, more].concat();
        let questions = live(&[(asked, &text)]);
        (all(&questions, "mailbox", Some("ou=S")), all(&questions, "mailbox", None))
    };
    let open = "2, open: container-unseen cn=Others,ou=S,o=Org".to_owned();
    assert_eq!(of(""), (open.clone(), open));
    for more in [object("Container:cn=Others,ou=S", &[]), object("Remote-Address:cn=c,cn=Others,ou=S", &[])] {
        assert_eq!(of(&more), ("2, documented".into(), "2, documented".into()), "{more}");
    }
}
