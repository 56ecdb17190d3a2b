//! The report in a terminal: what an operator sees of it without scrolling, and how long it is.

use crate::common::run::{Ran, whole};
use exaudit::lab::{self, Ways};

/// A run in a terminal of so many columns.
fn screen(args: &[&str], columns: &str) -> Ran {
    whole(args.iter().copied()).env("LANG", "C.UTF-8").env("COLUMNS", columns).env("EXAUDIT_PASSWORD", lab::PASSWORD).run()
}

/// Lines of a terminal.
const SCREEN: usize = 24;
const ANSWER: &str = "3 of 5 Internet Mail Services will not start: LYON2, OSLO1 and OSLO2.";

#[test]
fn the_demo_is_answered_on_the_first_screen_and_again_on_the_last() {
    let text = screen(&["audit", "--demo"], "80").stdout;
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines.len() <= 40, "{} lines\n{text}", lines.len());
    let first = lines[..SCREEN].join("\n");
    for expected in [ANSWER, "LYON / LYON2", "OSLO / OSLO1", "OSLO / OSLO2", "Q183178", "Q300535", "tab, New > X.400"] {
        assert!(first.contains(expected), "{expected} is not on the first screen:\n{text}");
    }
    assert!(text.contains("Add-Ins of KYOTO was not seen"), "what was not seen has a name: {text}");
    assert!(
        text.contains("If the Administrator program shows it"),
        "who is bound as an administrator need not bind again: {text}"
    );
    let last = lines[lines.len() - SCREEN..].join("\n");
    assert!(last.contains("7 failures (4 critical, 3 warning)") && last.ends_with(ANSWER), "{text}");
}

/// Who is bound as an administrator is told something else than to bind so; who is not, is told that.
#[test]
fn nobody_is_told_to_do_what_was_just_done() {
    let handle = lab::start(lab::demo().expect("demo")).expect("lab");
    let uri = handle.uri();
    let of = |more: &[&str]| screen(&[&["audit", "-H", &uri], more].concat(), "80").stdout;
    let (bound, anonymous) = (of(&["-D", lab::ADMIN_DN]), of(&[]));
    assert!(bound.contains("If the Administrator program shows it") && !bound.contains("Bind as an administrator"), "{bound}");
    assert!(anonymous.contains("Bind as an administrator"), "{anonymous}");
}

/// A run of some checks says nothing of what the others would find.
#[test]
fn what_was_not_chosen_is_not_said_to_be_well() {
    let not_all = "Not all checks of the Internet Mail Service were run: this does not say whether it starts.";
    let one = ["--check", "ims-no-address-space"];
    let of = |command: &[&str], more: &[&str]| screen(&[command, &["--demo"], more].concat(), "120").stdout;
    let audit = |more: &[&str]| of(&["audit"], more);
    assert!(audit(&one).contains(not_all), "{}", audit(&one));
    for chosen in [&one[..], &["--check", "connectors"], &["--kb", "Q155104"], &["--skip", "ims"]] {
        for form in ["table", "html", "nagios"] {
            let text = audit(&[chosen, &["--format", form]].concat());
            assert!(!text.contains("none has a critical fault"), "{chosen:?} {form}: {text}");
        }
    }
    let x400 = audit(&["--check", "ims-admin-x400"]);
    assert!(x400.contains("At least 1 of 5 Internet Mail Services will not start: OSLO2."), "{x400}");
    assert!(audit(&[&one[..], &["--format", "html"]].concat()).contains(not_all));
    let nagios = audit(&[&one[..], &["--format", "nagios"]].concat());
    assert!(nagios.starts_with("EXAUDIT OK: 0 failures in the 1 check that was chosen | "), "{nagios}");
    let checklist = of(&["checklist"], &one);
    assert_eq!(checklist.lines().nth(2), Some("**GO for the 1 check that was chosen**"), "{checklist}");
}

#[test]
fn each_width_shows_the_same_in_its_own_form() {
    for columns in ["60", "80", "120", "200"] {
        let text = screen(&["audit", "--demo"], columns).stdout;
        let widest = text.lines().map(|line| line.chars().count()).max().expect("text");
        assert!(widest <= columns.parse().expect("a number"), "{widest} > {columns}\n{text}");
        assert!(text.contains("CRITICAL: 4 failures") && text.contains("OSLO / OSLO2"), "{text}");
        let ascii = whole(["audit", "--demo"]).env("COLUMNS", columns).run().stdout;
        assert!(!ascii.contains('─'), "no lines of UTF-8 without a UTF-8 locale: {ascii}");
    }
    let wide = screen(&["audit", "--demo"], "200").stdout.lines().count();
    assert!(wide < 32, "a wide terminal uses its width: {wide} lines");
}

/// Rows are what a reader pays with: so many at most, at each width.
#[test]
fn a_report_has_no_more_rows_than_it_needs() {
    for (columns, demo, everything) in [("60", 58, 240), ("80", 40, 240), ("120", 36, 200), ("200", 32, 180)] {
        for (name, most) in [("example", demo), ("everything", everything)] {
            let run = |more: &[&str]| whole([&["audit", &format!("--demo={name}")], more].concat()).env("COLUMNS", columns);
            let looks = [run(&[]).env("LANG", "C.UTF-8"), run(&["--color", "always"]).env("LANG", "C.UTF-8"), run(&[])];
            for look in looks {
                let text = look.run().stdout;
                assert!(text.lines().count() <= most, "{name} at {columns}: {} rows\n{text}", text.lines().count());
            }
        }
    }
}

/// Results that are skipped are told why, where what they need was not chosen.
#[test]
fn what_is_skipped_says_why() {
    let text = screen(&["audit", "--demo", "--check", "ims-admin-x400-malformed"], "120").stdout;
    assert!(text.contains("3 skipped: ims-admin-x400 did not pass there. To see why, add --check ims-admin-x400."), "{text}");
    let whole = screen(&["audit", "--demo"], "120").stdout;
    assert!(!whole.contains("did not pass there"), "what was chosen is told above: {whole}");
}

#[test]
fn detail_begins_and_ends_as_the_report_does() {
    for view in ["--detail", "--all"] {
        let text = screen(&["audit", "--demo", view], "80").stdout;
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!((lines[1], lines[lines.len() - 1]), (ANSWER, ANSWER), "{view}");
        assert!(flat(&text).contains("7 failures (4 critical, 3 warning), 6 undecided, 20 skipped, "), "{view}");
    }
}

#[test]
fn a_large_organization_is_told_in_few_screens() {
    let text = screen(&["audit", "--demo=everything"], "80").stdout;
    assert!(text.lines().count() <= 240, "{} lines", text.lines().count());
    let everything = screen(&["audit", "--demo=everything", "--detail"], "80").stdout;
    for id in ["ims-admin-set", "connector-home-mta", "site-name-characters"] {
        assert!(everything.contains(id), "{id} is not in --detail");
    }
}

/// What was not seen, as the report tells it: the rows from its title on.
fn not_seen(text: &str) -> String {
    let (_, from) = text.split_once("NOT SEEN").unwrap_or_else(|| panic!("all was seen: {text}"));
    from.split("\n\n").next().unwrap_or_default().to_owned()
}

/// What a paragraph says, whatever the width that it was wrapped to.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const ANONYMOUS: &str = "An anonymous bind sees too little of this directory.";

#[test]
fn what_was_not_seen_is_one_cause_and_one_thing_to_do() {
    let lab = lab::start(lab::Demo::Healthy.load().expect("demo")).expect("lab");
    let uri = lab.uri();
    for columns in ["60", "80", "120", "200"] {
        let of = |more: &[&str]| screen(&[&["audit", "-H", &uri], more].concat(), columns);
        let bound = |more: &[&str]| of(&[&["-D", lab::ADMIN_DN], more].concat());
        for anonymous in [of(&[]), of(&["--check", "ims"])] {
            let text = anonymous.stdout;
            assert!(text.lines().count() <= 15, "{columns}: {text}");
            assert_eq!(flat(&not_seen(&text)).matches(" results: ").count(), 1, "{text}");
            assert!(flat(&text).contains(ANONYMOUS) && text.contains("cn=admin' -W"), "{text}");
            assert!(!text.contains("There is no Internet Mail Service"), "{text}");
        }
        // what lies outside the base is its cause, whatever it is
        for base in ["ou=NORTH,o=Healthy", "cn=Recipients,ou=NORTH,o=Healthy"] {
            let text = bound(&["-b", base]).stdout;
            assert!(text.lines().count() <= 15, "{columns}: {text}");
            let told = flat(&not_seen(&text));
            assert_eq!(told.matches(" results: ").count(), 1, "{text}");
            assert!(told.contains("Start at the organization: -b o=Healthy."), "{text}");
        }
        let wrong = bound(&["-b", "o=Wrong"]);
        assert!(wrong.stdout.lines().count() <= 15, "{}", wrong.stdout);
        assert_eq!(wrong.stderr.matches("o=Wrong").count(), 1, "{}", wrong.stderr);
        let well = bound(&[]).stdout;
        assert!(well.lines().count() <= 15 && !well.contains("NOT SEEN"), "{well}");
    }
}

/// A site of which recipients were seen is not called one of which nothing was.
#[test]
fn a_site_is_unseen_only_where_nothing_of_it_was_seen() {
    let lab = lab::start(lab::demo().expect("demo")).expect("lab");
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("org.ldif").display().to_string();
    assert_eq!(screen(&["collect", "-H", &lab.uri(), "-o", &file], "80").code, 0);
    for text in [screen(&["audit", "-H", &lab.uri()], "80").stdout, screen(&["audit", "--from", &file], "80").stdout] {
        assert!(text.contains("KYOTO / jbureau") && text.contains(ANONYMOUS), "{text}");
        assert!(!text.contains("nothing of it was seen") && !text.contains("As above"), "{text}");
    }
    let table = "Obj-Class,Obj-Dist-Name,Home-MDB\r\n\
                 Mailbox,/o=Example/ou=OSLO/cn=Recipients/cn=a,/o=Example/ou=OSLO/cn=Configuration/cn=Servers/cn=S/cn=Microsoft Private MDB\r\n";
    let table = whole(["audit", "--from", "-"]).stdin(table).env("COLUMNS", "200").run().stdout;
    assert!(!table.contains("Names lead to"), "{table}");
}

/// A collected file says who read what: the same is told of it as of the server, and it is not to be overwritten.
#[test]
fn a_collected_file_is_told_what_its_server_was() {
    let lab = lab::start(lab::demo().expect("demo")).expect("lab");
    let uri = lab.uri();
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("org.ldif").display().to_string();
    let of = |bind: &[&str]| {
        assert_eq!(screen(&[&["collect", "-H", &uri, "-o", &file], bind].concat(), "80").code, 0);
        flat(&not_seen(&screen(&["audit", "--from", &file], "80").stdout))
    };
    let administrator = of(&["-D", lab::ADMIN_DN]);
    let rights = "If the Administrator program shows it, give the account rights on it and collect again.";
    assert!(administrator.contains(rights) && !administrator.contains("exaudit collect"), "{administrator}");
    let anonymous = of(&[]);
    let paste =
        format!("exaudit collect -H {uri} -D 'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W --allow-plaintext-password -o org-new.ldif");
    assert!(anonymous.contains(&paste) && anonymous.contains("in place of ACCOUNT and DOMAIN:"), "{anonymous}");
}

/// Who bound as an administrator and sees nothing hidden is told so; who bound otherwise, with which name to bind.
#[test]
fn the_remedy_fits_the_account() {
    let start = |ways: &[&str]| {
        let ways = Ways::of(None, ways.iter().map(|way| way.parse().expect(way)));
        lab::start_as(lab::demo().expect("demo"), ways).expect("lab")
    };
    let of = |lab: &lab::LabHandle, dn: &str| not_seen(&screen(&["audit", "-H", &lab.uri(), "-D", dn], "200").stdout);
    let blind = of(&start(&["blind-admin"]), lab::ADMIN_DN);
    assert!(blind.contains("in spite of ,cn=admin (Q185475)") && !blind.contains("exaudit audit"), "{blind}");
    let account = of(&start(&[]), "cn=auditor,cn=LAB");
    assert_eq!(account.matches("-D 'cn=auditor,cn=LAB,cn=admin' -W").count(), 1, "{account}");
}

/// What the remedy says is followed, once: what it says it decides is decided then.
#[test]
fn following_the_remedy_decides_what_it_says() {
    let lab = lab::start(lab::demo().expect("demo")).expect("lab");
    let undecided = |ran: Ran| {
        let report = ran.json();
        let unseen = report["targets"][0]["unseen"].as_array().expect("unseen").clone();
        (report["summary"]["unknown"].as_u64().expect("a count"), unseen)
    };
    let (before, unseen) = undecided(screen(&["audit", "-H", &lab.uri(), "--format", "json"], "80"));
    assert!(unseen.iter().any(|one| one["what"] == "An anonymous bind sees too little of this directory"), "{unseen:?}");
    let paste = unseen.iter().find_map(|one| one["paste"].as_str()).expect("a line to paste");
    // the account is the operator's; the rest is taken as it is told
    let line = paste.replace("'cn=ACCOUNT,cn=DOMAIN,cn=admin'", lab::ADMIN_DN).replace(" -W", "");
    let words: Vec<&str> = line.split(' ').skip(1).chain(["--format", "json"]).collect();
    let (after, unseen) = undecided(screen(&words, "80"));
    assert!(after < before / 5, "{before} undecided before, {after} after: {unseen:?}");
    assert!(unseen.iter().all(|one| one["what"] != "An anonymous bind sees too little of this directory"), "{unseen:?}");
}

#[test]
fn detail_shows_evidence_every_step_and_the_line_that_shows_it_again() {
    let text = screen(&["audit", "--demo", "--check", "ims-admin-x400", "--detail"], "80").stdout;
    for expected in [
        "critical fail inferred: The administrator mailbox has no X.400 address",
        "OSLO / OSLO2",
        "Q300535, Q281743",
        "MS$EXAMPLE/OSLO/KBERG; CCMAIL$Berg, Kari at OSLO; expected:",
        "  1. Give it one: open that mailbox or list, E-mail Addresses tab, New > X.400.",
        "\n  ldapsearch -x",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
}

#[test]
fn a_checklist_is_few_pages_and_counts_as_the_audit_does() {
    let markdown = screen(&["checklist", "--demo"], "80");
    let text = &markdown.stdout;
    assert!(text.lines().count() <= 200, "{} lines", text.lines().count());
    assert_eq!((markdown.code, text.lines().nth(2)), (1, Some("**NO-GO: 7 failures, and 6 undecided**")));
    let summary = screen(&["audit", "--demo", "--format", "json"], "80").json()["summary"].clone();
    let of = |verdict: &str| summary[verdict].as_u64().expect("a count");
    let counts = [
        ("undecided", of("unknown")),
        ("skipped", of("blocked")),
        ("by hand", of("manual")),
        ("passed", of("pass")),
        ("not applicable", of("not-applicable")),
    ];
    let others: String = counts.iter().map(|(word, count)| format!(", {count} {word}")).collect();
    let expected = format!("- Results: {} failures (4 critical, 3 warning){others}\n", of("fail"));
    assert!(text.contains(&expected), "{expected}{text}");
    let section = |name: &str| {
        let (_, after) = text.split_once(&format!("\n## {name}: ")).unwrap_or_else(|| panic!("{name}: {text}"));
        after.split_once("\n## ").map_or(after, |(own, _)| own).to_owned()
    };
    let first = |name: &str| section(name).split(' ').next().and_then(|count| count.parse::<u64>().ok()).expect("a count");
    assert_eq!(first("Critical") + first("Warning"), of("fail"));
    assert_eq!([first("Not seen"), first("Skipped"), first("Passed")], [of("unknown"), of("blocked"), of("pass")]);
    // what is behind the counts adds up too
    let told = |name: &str, before: &str| -> u64 {
        let numbers = section(name);
        let numbers = numbers.lines().filter_map(|line| line.strip_prefix(before)?.split(' ').next()?.parse::<u64>().ok());
        numbers.sum()
    };
    assert_eq!([told("Not seen", "- [ ] **"), told("Skipped", "- [ ] **")], [of("unknown"), of("blocked")]);
    // several objects that the same is to be looked at for have one line
    let by_hand = section("By hand");
    let to_sign = by_hand.matches("Done by: ____").count();
    assert!(by_hand.starts_with(&format!("31 checks, {to_sign} lines to sign")) && to_sign as u64 <= of("manual"), "{by_hand}");
}

#[test]
fn a_checklist_tells_on_the_first_screen_what_fails_and_what_to_do() {
    let text = screen(&["checklist", "--demo", "--format", "table"], "80").stdout;
    let lines: Vec<&str> = text.lines().collect();
    let first = lines[..SCREEN].join("\n");
    for expected in
        ["Change: ____", "Approver: ____", "[ ] to do, [x] passed", "LYON / LYON2", "OSLO / OSLO1", "OSLO / OSLO2", "1. "]
    {
        assert!(first.contains(expected), "{expected} is not on the first screen:\n{first}");
    }
    assert_eq!(
        (lines.first(), lines.last()),
        (Some(&"NO-GO: 7 failures, and 6 undecided"), Some(&"NO-GO: 7 failures, and 6 undecided"))
    );
    let widest = lines.iter().map(|line| line.chars().count()).max().expect("text");
    assert!(widest <= 80, "{widest}\n{text}");
    let passes = screen(&["checklist", "--demo", "--passes"], "80").stdout;
    assert!(passes.lines().filter(|line| line.starts_with("- [x] ")).count() > 100, "{passes}");
}
