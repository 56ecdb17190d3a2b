//! What is foretold, beside what comes of it: the same change, rehearsed and then made.

use super::real::{Real, healthy, names};
use crate::common::run::whole;
use crate::common::slapd::is_installed;
use std::collections::BTreeSet;

const NORTH: &str = "ou=NORTH,o=Healthy";

/// A change of some kind, and checks of which at least one must come to fail; none where it harms nothing.
struct Kind {
    what: &'static str,
    change: String,
    breaks: &'static [&'static str],
}

fn modify(name: &str, steps: &str) -> String {
    format!("dn: {name}\nchangetype: modify\n{steps}\n")
}

fn kinds() -> Vec<Kind> {
    let recipient = |name: &str| format!("cn={name},cn=Recipients,{NORTH}");
    let configured = |name: &str| format!("{name},cn=Configuration,{NORTH}");
    let service = configured("cn=Internet Mail Connector (NORTH1),cn=Connections");
    let nobody = recipient("Nobody");
    let delete = |name: &str| format!("dn: {name}\nchangetype: delete\n\n");
    let kind = |what, change, breaks| Kind { what, change, breaks };
    vec![
        kind("the administrator mailbox is deleted", delete(&recipient("Postmaster")), &["ims-admin-exists"]),
        kind(
            "the administrator mailbox loses its X.400 address",
            modify(&recipient("Postmaster"), "delete: textEncodedORAddress\n-"),
            &["ims-admin-x400"],
        ),
        kind(
            "an alternate recipient is set that does not exist",
            modify(&recipient("Anna"), &format!("replace: Alt-Recipient\nAlt-Recipient: {nobody}\n-")),
            &["alt-recipient-exists"],
        ),
        kind(
            "the MTA of a server is deleted",
            delete(&configured("cn=Microsoft MTA,cn=NORTH1,cn=Servers")),
            &["connector-home-mta"],
        ),
        kind(
            "the administrator mailbox gets another directory name",
            format!("dn: {}\nchangetype: modrdn\nnewrdn: cn=Postmaster2\ndeleteoldrdn: 1\n", recipient("Postmaster")),
            &["ims-admin-exists"],
        ),
        kind(
            "a person moves to the other site",
            format!(
                "dn: {}\nchangetype: moddn\nnewrdn: cn=Moved\ndeleteoldrdn: 0\nnewsuperior: cn=Recipients,ou=SOUTH,o=Healthy\n",
                recipient("Bruno")
            ),
            &[],
        ),
        kind(
            "a mailbox is added with the address of another",
            format!(
                "dn: {}\nchangetype: add\nobjectClass: organizationalPerson\ncn: Twin\nuid: Twin\nmail: anna@north.healthy.example\n\
                 rfc822Mailbox: anna@north.healthy.example\ntextEncodedORAddress: c=US;a= ;p=Healthy;o=North;s=Twin;\n",
                recipient("Twin")
            ),
            &[],
        ),
        kind("the service has no address space", modify(&service, "replace: Routing-List\n-"), &[]),
        kind(
            "the postmaster is hidden from the address book",
            modify(&recipient("Postmaster"), "replace: Hide-From-Address-Book\nHide-From-Address-Book: TRUE\n-"),
            &[],
        ),
        kind("the alternate recipient is cleared", modify(&recipient("Bruno"), "replace: Alt-Recipient\n-"), &[]),
        kind("the DirSync server is deleted", delete(&configured("cn=DirSync Server,cn=Connections")), &[]),
        kind(
            "a server becomes one of release 4.0",
            modify(
                &configured("cn=NORTH1,cn=Servers"),
                "replace: serialNumber\nserialNumber: Version 4.0 (Build 837.0: Service Pack 0)\n-",
            ),
            &["proxy-generator-version"],
        ),
        kind(
            "a list takes mail only from somebody who does not exist",
            modify(&recipient("Everyone"), &format!("replace: DL-Mem-Submit-Perms\nDL-Mem-Submit-Perms: {nobody}\n-")),
            &[],
        ),
        kind(
            "the site loses its X.400 address",
            modify(&configured("cn=Site-Addressing"), "replace: Gateway-Proxy\nGateway-Proxy: SMTP:@north.healthy.example\n-"),
            &[],
        ),
        kind(
            "the routing server of the site is one that does not exist",
            modify(
                &configured("cn=Site-Addressing"),
                &format!("replace: Rid-Server\nRid-Server: {}\n-", configured("cn=GONE,cn=Servers")),
            ),
            &["routing-calc-server"],
        ),
        kind("the X.400 connector is deleted", delete(&configured("cn=X400 to SOUTH,cn=Connections")), &[]),
        kind(
            "the mailbox of a person moves to a store that does not exist",
            modify(
                &recipient("Anna"),
                &format!("replace: Home-MDB\nHome-MDB: {}\n-", configured("cn=Microsoft Private MDB,cn=GONE,cn=Servers")),
            ),
            &[],
        ),
        kind(
            "the service is installed on a computer of another name",
            modify(&service, "replace: Computer-Name\nComputer-Name: ELSEWHERE\n-"),
            &[],
        ),
        kind(
            "a person gets an address with a sign that X.400 does not have",
            modify(
                &recipient("Anna"),
                "replace: textEncodedORAddress\ntextEncodedORAddress: c=US;a= ;p=Healthy;o=North;s=An@na;\n-",
            ),
            &[],
        ),
        kind("nothing", String::new(), &[]),
    ]
}

#[test]
fn what_is_foretold_is_what_comes() {
    if !is_installed() {
        return;
    }
    let records = healthy();
    let kinds = kinds();
    assert!(kinds.len() >= 16);
    let next = std::sync::Mutex::new(kinds.iter());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let Some(kind) = next.lock().expect("queue").next() else { return };
                    holds(&Real::start(&records), kind);
                }
            });
        }
    });
}

fn holds(real: &Real, Kind { what, change, breaks }: &Kind) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("change.ldif").display().to_string();
    std::fs::write(&file, change).expect("written");
    let before = real.audit();
    let foretold = real.run("what-if", &["--change", &file]);
    let what_if: serde_json::Value =
        serde_json::from_str(&foretold.stdout).unwrap_or_else(|_| panic!("{what}: {}", foretold.stderr));
    assert_eq!(what_if["unseen"], serde_json::json!([]), "{what}");
    real.modify(change).unwrap_or_else(|said| panic!("{what}: {said}"));
    let after = real.audit();
    let fresh: BTreeSet<String> = after.fail.difference(&before.fail).cloned().collect();
    assert_eq!(names(&what_if, "breaks"), fresh, "{what}: what breaks");
    let ended: BTreeSet<String> = before.fail.difference(&after.fail).cloned().collect();
    let told: BTreeSet<String> = ["mends", "goes"].iter().flat_map(|list| names(&what_if, list)).collect();
    assert_eq!(told, ended, "{what}: what ends");
    let doubtful: BTreeSet<String> = after.unknown.difference(&before.unknown).cloned().collect();
    assert_eq!(names(&what_if, "undecided"), doubtful, "{what}: what is undecided");
    eprintln!("KIND {what}: {fresh:?} UNK {doubtful:?} END {ended:?}");
    for check in *breaks {
        assert!(fresh.iter().any(|named| named.starts_with(&format!("{check} "))), "{what}: {check} is to fail: {fresh:?}");
    }
    let expected = match (fresh.is_empty(), doubtful.is_empty()) {
        (false, _) => 1,
        (true, false) => 3,
        (true, true) => 0,
    };
    assert_eq!(foretold.code, expected, "{what}: {}", foretold.stderr);
}

/// A healthy organization; the mailbox that a service needs; what its deletion does, foretold and true.
#[test]
fn the_story_of_a_mailbox() {
    if !is_installed() {
        return;
    }
    let real = Real::start(&healthy());
    assert!(real.audit().fail.is_empty(), "it is healthy");
    let mailbox = format!("cn=Postmaster,cn=Recipients,{NORTH}");
    let foretold = real.run("what-if", &["--delete", &mailbox]);
    assert_eq!(foretold.code, 1, "{}", foretold.stderr);
    let what_if: serde_json::Value = serde_json::from_str(&foretold.stdout).expect("JSON");
    let first = &what_if["breaks"][0];
    assert_eq!((first["check"].as_str(), first["kb"][0].as_str()), (Some("ims-admin-exists"), Some("Q183178")));
    real.modify(&format!("dn: {mailbox}\nchangetype: delete\n")).expect("deleted");
    assert_eq!(real.audit().fail, names(&what_if, "breaks"));
}

/// Two reports of nothing: what-if of a file without a change says so, and breaks nothing.
#[test]
fn what_if_of_nothing_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("nothing.ldif").display().to_string();
    std::fs::write(&file, "version: 1\n# nothing\n").expect("written");
    let ran = whole(["what-if", "--demo=everything", "--change", &file, "--format", "json"]).run();
    let what_if: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    for list in ["breaks", "mends", "goes", "undecided", "decided"] {
        assert_eq!(what_if[list], serde_json::json!([]), "{list}");
    }
    assert_eq!(what_if["before"], what_if["after"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}
