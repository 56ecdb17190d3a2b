use super::*;
use crate::check::catalogue::Catalogue;
use crate::directory::source::Kind;
use crate::exchange::fake::questions_of;

const SITES: &str = "\
dn: ou=S,o=Org
objectClass: organizationalUnit

dn: cn=SRV,cn=Servers,cn=Configuration,ou=S,o=Org
objectClass: Computer

dn: cn=Microsoft Private MDB,cn=SRV,cn=Servers,cn=Configuration,ou=S,o=Org
objectClass: MHS-Message-Store
Home-MTA: cn=Microsoft MTA,cn=SRV,cn=Servers,cn=Configuration,ou=S,o=Org

dn: cn=Site-Addressing,cn=Configuration,ou=S,o=Org
objectClass: Site-Addressing
Rid-Server: cn=Microsoft MTA,cn=SRV,cn=Servers,cn=Configuration,ou=S,o=Org

dn: cn=Encryption,cn=Configuration,ou=S,o=Org
objectClass: Encryption-Cfg
KM-Server: SRV

dn: cn=Internet Mail Connector (SRV),cn=Connections,cn=Configuration,ou=S,o=Org
objectClass: Mail-Gateway
Computer-Name: SRV
Extension-Data: x/o=Org/ou=S/cn=Recipients/cn=pm

dn: cn=Recipients,ou=S,o=Org
objectClass: Container

dn: cn=pm,cn=Recipients,ou=S,o=Org
objectClass: organizationalPerson
Home-MDB: cn=Microsoft Private MDB,cn=SRV,cn=Servers,cn=Configuration,ou=S,o=Org
Home-MTA: cn=Microsoft MTA,cn=SRV,cn=Servers,cn=Configuration,ou=S,o=Org

dn: cn=a,cn=Recipients,ou=S,o=Org
objectClass: organizationalPerson
Alt-Recipient: cn=pm,cn=Recipients,ou=S,o=Org
Home-MDB: cn=Microsoft Private MDB,cn=SRV,cn=Servers,cn=Configuration,ou=S,o=Org
Hide-From-Address-Book: TRUE

dn: cn=l,cn=Recipients,ou=T,o=Org
objectClass: groupOfNames
member: cn=pm,cn=Recipients,ou=S,o=Org
owner: cn=pm,cn=Recipients,ou=S,o=Org
DL-Mem-Submit-Perms: cn=l,cn=Recipients,ou=T,o=Org

dn: cn=m,cn=Recipients,ou=T,o=Org
objectClass: groupOfNames
member: cn=pm,cn=Recipients,ou=S,o=Org
DL-Mem-Submit-Perms: cn=l,cn=Recipients,ou=T,o=Org
Alt-Recipient: cn=x,cn=Recipients,ou=UNSEEN,o=Org
";

fn uses(ldif: &str, name: &str) -> Uses {
    let catalogue = Catalogue::embedded().expect("checks");
    let checks = catalogue.select(&[], &[], &[]).expect("checks");
    let questions = questions_of(&[("export.ldif", ldif)]);
    let origin = Origin { kind: Kind::Ldif, location: "export.ldif".into(), bind_dn: None, taken: None, collected: None };
    let target = Target::at(Kind::Ldif, "export.ldif".into());
    of(&checks, &questions, &Dn::parse(name.as_bytes()).expect(name), &origin, target)
}

fn told(ldif: &str, name: &str) -> Vec<String> {
    let uses = uses(ldif, name);
    let own = uses.object.dn.number();
    let one = |one: &Use| {
        let below = if one.to.number() == own { String::new() } else { format!("{}: ", one.to.leaf()) };
        let checks: Vec<String> =
            one.checks.iter().map(|check| format!("{} {}", check.check, check.kb.clone().unwrap_or_default())).collect();
        let inferred = if one.confidence == crate::report::Confidence::Inferred { "?" } else { "" };
        format!("{below}{}{inferred} [{}]", one.what, checks.join(", "))
    };
    uses.references.iter().map(one).collect()
}

#[test]
fn an_administrator_mailbox_is_told_with_all_that_would_miss_it() {
    assert_eq!(
        told(SITES, "cn=pm,cn=Recipients,ou=S,o=Org"),
        [
            "administrator mailbox of the Internet Mail Service on SRV? [ims-admin-exists Q183178]",
            "alternate recipient of the mailbox a [alt-recipient-exists Q182558]",
            "owner of the distribution list l [dl-owner Q230665]",
            "member of 2 distribution lists []",
        ]
    );
    assert_eq!(
        told(SITES, "cn=l,cn=Recipients,ou=T,o=Org"),
        ["list whose members may send to the distribution list m [restriction-accept-lists Q151784]"]
    );
}

#[test]
fn of_a_server_what_names_it_and_what_names_that_which_lies_below() {
    assert_eq!(
        told(SITES, "cn=SRV,cn=Servers,cn=Configuration,ou=S,o=Org"),
        [
            "server of the Internet Mail Service on SRV? [ims-server-missing Q189286]",
            "Key Management server of site S? [km-server Q196161]",
            "Microsoft Private MDB: home store of 2 mailboxes [mailbox-home-mdb Q284199]",
            "Microsoft MTA: home MTA of the mailbox pm [ims-admin-home-mta Q183178]",
            "Microsoft MTA: routing calculation server of site S [routing-calc-server Q152960]",
        ]
    );
    assert_eq!(uses(SITES, "cn=SRV,cn=Servers,cn=Configuration,ou=S,o=Org").object.below, 1);
}

#[test]
fn what_was_not_seen_is_told_and_what_to_do() {
    let all = uses(SITES, "cn=nobody,cn=Recipients,ou=S,o=Org");
    assert_eq!((all.count, all.is_whole(), all.object.state), (0, false, Presence::Gone));
    let what: Vec<&str> = all.unseen.iter().map(|blind| blind.what.as_str()).collect();
    let all_text = what.join("\n");
    for expected in
        ["Names lead to site UNSEEN, and nothing of it was seen", "No hidden object of site T was seen", "export asked for"]
    {
        assert!(all_text.contains(expected), "{expected}\n{all_text}");
    }
    assert!(
        all.unseen.iter().any(|blind| blind.paste.as_deref().is_some_and(|paste| paste.starts_with("exaudit collect --all")))
    );
}

#[test]
fn a_name_of_any_length_makes_words_that_can_be_read() {
    let long = "x".repeat(5_000);
    let person = format!("dn: cn={long},cn=Recipients,ou=S,o=Org\nobjectClass: organizationalPerson\n");
    let ldif = format!("{SITES}\n{person}manager: cn=pm,cn=Recipients,ou=S,o=Org\n");
    let all = uses(&ldif, "cn=pm,cn=Recipients,ou=S,o=Org");
    assert!(all.references.iter().any(|one| one.what.starts_with("manager of the mailbox xx")));
    let size: usize = all.references.iter().map(|one| one.what.len() + one.attribute.len() + one.by.join("").len()).sum();
    assert!(size < 10_000, "{size}");
}
