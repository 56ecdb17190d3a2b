//! Fix plans: what is written is proven again here, with what-if and on a real slapd.

use crate::common::run::{Ran, whole};
use crate::common::slapd::is_installed;
use crate::what_if::real::{Real, Verdicts, names, records};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

const NORTH: &str = "ou=NORTH,o=Healthy";

/// What is broken in the healthy organization, so that each kind of fix has something to do.
fn breaks() -> String {
    let recipient = |name: &str| format!("cn={name},cn=Recipients,{NORTH}");
    let modify = |dn: &str, steps: &str| format!("dn: {dn}\nchangetype: modify\n{steps}\n-\n\n");
    let nobody = recipient("Nobody");
    let configured = |name: &str| format!("{name},cn=Configuration,{NORTH}");
    let mut text = String::new();
    text += &modify(&recipient("Anna"), &format!("replace: Alt-Recipient\nAlt-Recipient: {nobody}"));
    text += &modify(&recipient("Postmaster"), "delete: textEncodedORAddress");
    text += &modify(&recipient("Everyone"), &format!("replace: owner\nowner: {nobody}"));
    text +=
        &modify(&recipient("Everyone"), &format!("replace: Auth-Orig\nAuth-Orig: {}\nAuth-Orig: {nobody}", recipient("Anna")));
    text += &modify(&recipient("Anna"), &format!("replace: Auth-Orig\nAuth-Orig: {nobody}"));
    text += &modify(&recipient("Bruno"), "add: otherMailbox\notherMailbox: smtp$anna@north.example.com");
    let role = configured("cn=GONE,cn=Servers");
    text += &modify(&configured("cn=Site-Addressing"), &format!("replace: Rid-Server\nRid-Server: {role}"));
    text
}

/// Names that are to break the files, each of a mailbox whose alternate recipient is gone.
const HOSTILE: [&str; 6] = ["a%b,\"c\"", "~DEL", "M\u{fc}ller \u{4f1a}", "x\ndn: cn=evil", "c:\\%\\\\", "|`<b>*"];

fn hostile() -> String {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    let mut text = String::new();
    for (at, name) in HOSTILE.iter().enumerate() {
        let dn = |name: &str| {
            exaudit::directory::dn::Dn::of([("cn", name), ("cn", "Recipients"), ("ou", "NORTH"), ("o", "Healthy")]).to_string()
        };
        let (own, gone) = (STANDARD.encode(dn(name)), STANDARD.encode(dn(&format!("gone {name}"))));
        text += &format!(
            "dn:: {own}\nchangetype: add\nobjectClass: organizationalPerson\ncn: Hostile {at}\nuid: hostile{at}\nsn: Hostile{at}\n\
             mail: h{at}@north.healthy.example\nrfc822Mailbox: h{at}@north.healthy.example\n\
             textEncodedORAddress: c=US;a= ;p=Healthy;o=North;s=Hostile{at};\notherMailbox: MS$HEALTHY/NORTH/H{at}\nAlt-Recipient:: {gone}\n\n"
        );
    }
    text
}

/// The organization after these changes, as a file.
fn broken(folder: &Path, change: &str) -> PathBuf {
    let (file, after) = (folder.join("break.ldif"), folder.join("broken.ldif"));
    std::fs::write(&file, change).expect("written");
    let ran = whole([
        "what-if".as_ref(),
        "--demo=healthy".as_ref(),
        "--change".as_ref(),
        file.as_os_str(),
        "--write".as_ref(),
        after.as_os_str(),
    ])
    .run();
    assert!(ran.code < 2 || ran.code == 3, "{}", ran.stderr);
    after
}

fn fix(from: &Path, plans: &Path) -> Ran {
    whole(["fix".as_ref(), "--from".as_ref(), from.as_os_str(), "--plan".as_ref(), plans.as_os_str()]).env("COLUMNS", "80").run()
}

/// The names of the files of a folder that end so.
fn files(folder: &Path, end: &str) -> Vec<String> {
    let all = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").file_name());
    let mut all: Vec<String> = all.map(|name| name.to_string_lossy().into_owned()).filter(|name| name.ends_with(end)).collect();
    all.sort();
    all
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap_or_else(|_| panic!("no {name}"))
}

#[test]
fn each_plan_clears_its_failures_and_nothing_else_breaks() {
    let folder = tempfile::tempdir().expect("a folder");
    let from = broken(folder.path(), &breaks());
    let plans = folder.path().join("plans");
    let ran = fix(&from, &plans);
    assert!(ran.stdout.lines().count() <= 24 && ran.stdout.lines().all(|line| line.chars().count() <= 80), "{}", ran.stdout);
    let next = ran.stdout.split("Next: exaudit ").nth(1).expect("what comes next").replace("\\\n", " ");
    let next: Vec<&str> = next.lines().next().unwrap_or_default().split_whitespace().collect();
    assert!(whole(next.clone()).run().code < 2, "it runs as it stands: {next:?}");
    let planned: u64 = ran
        .stdout
        .lines()
        .filter_map(|line| {
            line.split_once(".ldif").or(line.split_once(".csv"))?.1.split_once(": ")?.1.split(' ').next()?.parse::<u64>().ok()
        })
        .sum();
    assert!(ran.stdout.starts_with(&format!("{planned} of ")), "the counts agree: {planned} {}", ran.stdout);
    let written = files(&plans, ".ldif");
    for check in
        ["alt-recipient-exists", "ims-admin-x400", "restriction-accept-senders", "routing-calc-server", "duplicate-proxy"]
    {
        assert!(
            written.contains(&format!("{check}.ldif")) && written.contains(&format!("{check}.rollback.ldif")),
            "{check}: {written:?} {}",
            ran.stdout
        );
    }
    assert!(files(&plans, ".csv").contains(&"dl-owner.csv".to_owned()) && !written.contains(&"dl-owner.ldif".to_owned()));
    let page = read(&plans, "plan.md");
    assert!(page.contains("no accepted sender would be left"), "{page}");
    for name in files(&plans, "").into_iter().filter(|name| !name.contains("rollback") && name != "plan.md") {
        let check = name.split('.').next().expect("a name");
        let file = plans.join(&name);
        let ran = whole([
            "what-if".as_ref(),
            "--from".as_ref(),
            from.as_os_str(),
            "--change".as_ref(),
            file.as_os_str(),
            "--format".as_ref(),
            "json".as_ref(),
        ])
        .run();
        let what_if: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{name}: {}", ran.stderr));
        assert_eq!((names(&what_if, "breaks"), names(&what_if, "undecided")), Default::default(), "{name}");
        let mends = names(&what_if, "mends").iter().any(|mended| mended.starts_with(&format!("{check} ")));
        // a server makes the addresses that a table of recipients lacks
        assert!(mends || (name == "ims-admin-x400.csv"), "{name}");
    }
}

#[test]
fn on_a_real_server_the_plans_do_what_was_proven_and_lead_back() {
    if !is_installed() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let from = broken(folder.path(), &breaks());
    let plans = folder.path().join("plans");
    fix(&from, &plans);
    let real = Real::start(&records(&std::fs::read_to_string(&from).expect("the directory")));
    let before = (real.audit(), searched(&real));
    let plan: Vec<String> = files(&plans, ".ldif").into_iter().filter(|name| !name.contains("rollback")).collect();
    for name in &plan {
        let check = name.trim_end_matches(".ldif");
        real.modify(&read(&plans, name)).unwrap_or_else(|said| panic!("{name}: {said}"));
        let after = real.audit();
        let fresh: BTreeSet<&String> = after.fail.difference(&before.0.fail).collect();
        assert!(fresh.is_empty(), "{name}: {fresh:?}");
        let of_check = |verdicts: &Verdicts| verdicts.fail.iter().filter(|named| named.starts_with(&format!("{check} "))).count();
        assert!(of_check(&after) < of_check(&before.0), "{name}");
    }
    for name in plan.iter().rev() {
        let back = name.replace(".ldif", ".rollback.ldif");
        real.modify(&read(&plans, &back)).unwrap_or_else(|said| panic!("{back}: {said}"));
    }
    assert_eq!(searched(&real), before.1, "the way back");
    assert_eq!(real.audit(), before.0);
}

/// All entries of a server as ldapsearch shows them, in an order of their own.
fn searched(real: &Real) -> BTreeSet<Vec<String>> {
    use crate::common::slapd::{BIND_DN, PASSWORD};
    let output = Command::new("ldapsearch")
        .args(["-x", "-LLL", "-o", "ldif-wrap=no", "-H", &real.slapd.uri, "-D", BIND_DN, "-w", PASSWORD, "-b", "o=Healthy"])
        .output()
        .expect("ldapsearch runs");
    // slapd writes a name that it is given in a form of its own
    let form = |value: &[u8]| match exaudit::directory::dn::Dn::parse(value) {
        Ok(dn) if dn.depth() > 1 => dn.key().as_str().to_owned(),
        _ => String::from_utf8_lossy(value).into_owned(),
    };
    let all = records(&String::from_utf8_lossy(&output.stdout));
    assert!(all.len() > 10, "{}", String::from_utf8_lossy(&output.stderr));
    let lines = |entry: crate::common::directory::Record| {
        let own = entry.attributes.iter().map(|(name, value)| format!("{name}: {}", form(value)));
        let mut lines: Vec<String> = own.chain([format!("dn: {}", form(entry.dn.as_bytes()))]).collect();
        lines.sort();
        lines
    };
    all.into_iter().map(lines).collect()
}

#[test]
fn hostile_names_break_no_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let from = broken(folder.path(), &hostile());
    let plans = folder.path().join("plans");
    let ran = fix(&from, &plans);
    assert!(ran.code < 2, "{} {}", ran.stderr, ran.stdout);
    let ldif = read(&plans, "alt-recipient-exists.ldif");
    assert!(ldif.is_ascii() && ldif.lines().filter(|line| line.starts_with("changetype")).count() == HOSTILE.len(), "{ldif}");
    let changes = exaudit::directory::ldif::changes(ldif.as_bytes(), "x").expect("LDIF");
    assert_eq!(changes.len(), HOSTILE.len());
    // one is called ~DEL, which a table takes for a keyword: the table does without it
    let table = plans.join("alt-recipient-exists.csv");
    let what_if = ["what-if".as_ref(), "--from".as_ref(), from.as_os_str(), "--change".as_ref(), table.as_os_str()];
    let ran = whole(what_if.into_iter().chain(["--format".as_ref(), "json".as_ref()])).run();
    let what_if: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    let mended = names(&what_if, "mends").into_iter().filter(|named| named.starts_with("alt-recipient-exists ")).count();
    assert_eq!(mended, HOSTILE.len() - 1, "{}", std::fs::read_to_string(&table).unwrap_or_default());
    let page = read(&plans, "plan.md");
    assert!(page.contains("Only the LDIF has 1 of the failures"), "{page}");
    assert!(!page.contains("\ndn: cn=evil") && !page.contains("| <b>"), "{page}");
    if is_installed() {
        let real = Real::start(&records(&std::fs::read_to_string(&from).expect("the directory")));
        let before = searched(&real);
        real.modify(&ldif).unwrap_or_else(|said| panic!("{said}"));
        assert!(searched(&real) != before);
        real.modify(&read(&plans, "alt-recipient-exists.rollback.ldif")).unwrap_or_else(|said| panic!("{said}"));
        let after = searched(&real);
        let differing: Vec<_> = before.symmetric_difference(&after).collect();
        assert!(differing.is_empty(), "{differing:?}");
    }
}

#[test]
fn the_folder_is_new_or_empty() {
    let folder = tempfile::tempdir().expect("a folder");
    let plans = folder.path().join("plans");
    let run = |plans: &Path| whole(["fix".as_ref(), "--demo=healthy".as_ref(), "--plan".as_ref(), plans.as_os_str()]).run();
    let ran = run(&plans);
    assert_eq!((ran.code, plans.exists()), (0, false), "{}{}", ran.stdout, ran.stderr);
    std::fs::write(folder.path().join("other"), "x").expect("written");
    let ran = run(folder.path());
    assert!(ran.code == 2 && ran.stderr.contains("is not empty"), "{}", ran.stderr);
    let ran = run(&folder.path().join("no/such"));
    assert!(ran.code == 2 && ran.stderr.contains("its parent folder does not exist"), "{}", ran.stderr);
}

#[test]
fn the_files_read_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let from = broken(folder.path(), &breaks());
    let plans = folder.path().join("plans");
    fix(&from, &plans);
    let page = read(&plans, "plan.md").replace(&from.display().to_string(), "broken.ldif");
    let page: Vec<&str> = page.lines().filter(|line| !line.starts_with("Directory: ")).collect();
    insta::assert_snapshot!("plan", page.join("\n"));
    insta::assert_snapshot!(
        "ldif",
        read(&plans, "restriction-accept-senders.ldif").replace(&from.display().to_string(), "broken.ldif")
    );
    insta::assert_snapshot!("csv", read(&plans, "dl-owner.csv"));
}
