//! `exaudit checklist CHANGE`: what a change board reads, its exit codes, and what is refused.

use crate::common::run::{Ran, whole};

const ANNA: &str = "cn=Anna,cn=Recipients,ou=NORTH,o=Healthy";
const POSTMASTER: &str = "cn=Postmaster,cn=Recipients,ou=BERN,o=Trade";
/// Lines of a printed checklist: what people read before they sign.
const MOST_LINES: usize = 175;

/// Two sites, written by hand.
fn two_sites() -> String {
    "src/exchange/facts/two-sites.ldif".to_owned()
}

fn run(args: &[&str]) -> Ran {
    whole(["checklist"].iter().chain(args)).run()
}

/// A checklist without what differs from run to run.
fn lasting(ran: &Ran) -> String {
    let line = |line: &str| {
        let line = line.replace(&two_sites(), "two-sites.ldif");
        let line = match line.split_once("ldap://127.0.0.1:") {
            Some((before, after)) => {
                let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
                format!("{before}ldap://127.0.0.1:PORT{after}")
            }
            None => line,
        };
        match line.find(", exaudit ") {
            Some(at) if line.contains('T') && line.contains('Z') => format!("TIME{}", &line[at..]),
            _ => line,
        }
    };
    ran.stdout.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn table(change: &[&str], source: &[&str]) -> Ran {
    run(&[change, source, &["--format", "table"]].concat())
}

#[test]
fn each_printed_checklist_reads_so() {
    let file = two_sites();
    let sources = [("demo", vec!["--demo=healthy"]), ("two-sites", vec!["--from", &file])];
    for (name, source) in &sources {
        let is_demo = *name == "demo";
        let object = ["delete-mailbox", "--object", if is_demo { ANNA } else { POSTMASTER }];
        let server = ["remove-server", "--server", if is_demo { "NORTH1" } else { "bern2" }];
        for change in [&object[..], &server, &["install-ims"], &["apply-service-pack"]] {
            let ran = table(change, source);
            insta::assert_snapshot!(format!("{name}-{}", change[0]), lasting(&ran));
        }
    }
    insta::assert_snapshot!("list", run(&["--list"]).stdout);
    let markdown = run(&["install-ims", "--from", &file, "--format", "markdown"]);
    insta::assert_snapshot!("markdown", lasting(&markdown));
}

#[test]
fn each_is_short_fits_the_screen_and_decides() {
    let listed = run(&["--list"]).stdout;
    let ids: Vec<&str> = listed.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(ids.len(), 14);
    for id in ids {
        let named: &[&str] = match id {
            "delete-mailbox" | "move-mailbox" => &["--object", ANNA],
            "remove-server" => &["--server", "NORTH1"],
            _ => &[],
        };
        let ran = table(&[&[id], named].concat(), &["--demo=healthy"]);
        assert!(ran.stdout.lines().count() <= MOST_LINES, "{id}: {} lines", ran.stdout.lines().count());
        let wide: Vec<&str> = ran.stdout.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(wide.is_empty(), "{id}: {wide:?}");
        let first = ran.stdout.lines().next().expect("a line");
        match ran.code {
            // the only server of a site holds its roles, and Anna owns a list
            1 => assert!(first.starts_with("NO-GO") && ["remove-server", "delete-mailbox"].contains(&id), "{id}: {first}"),
            0 => {
                assert!(first.starts_with("GO"), "{id}: {first}");
                assert!(!ran.stdout.contains("FAILS"), "{id}: {}", ran.stdout);
            }
            code => panic!("{id}: {code} {first} {}", ran.stderr),
        }
    }
}

#[test]
fn what_fails_before_it_is_a_no_go_and_what_fails_elsewhere_is_not() {
    let text = std::fs::read_to_string(two_sites()).expect("the export");
    let broken = text.replacen("textEncodedORAddress: c=CH;a= ;p=Trade;o=BERN;s=Conti;\n", "", 1);
    assert_ne!(text, broken);
    let on = |change: &str, text: &str| {
        let ran = whole(["checklist", change, "--from", "-", "--format", "json"]).stdin(text).run();
        let list = ran.json();
        (ran.code, list["decision"]["word"].as_str().expect("a word").to_owned(), list["decision"]["failures"].as_u64())
    };
    assert_eq!(on("install-ims", &text), (0, "go-after".into(), Some(0)));
    assert_eq!(on("install-ims", &broken), (1, "no-go".into(), Some(1)));
    // no item of it asks for that
    assert_eq!(on("remove-key-management", &broken), (0, "go-after".into(), Some(0)));
    let never = whole(["checklist", "install-ims", "--from", "-", "--fail-on", "never"]).stdin(broken).run();
    assert_eq!(never.code, 0);
    let open = run(&["apply-service-pack", "--from", &two_sites()]);
    assert_eq!(open.code, 3, "the versions of generators are not in it");
    assert_eq!(run(&["apply-service-pack", "--from", &two_sites(), "--no-fail-on-unknown"]).code, 0);
}

#[test]
fn a_name_that_is_none_is_refused_with_candidates() {
    let file = two_sites();
    for (args, says) in [
        (&["delete-mailbox"][..], "delete-mailbox is about one object: name it with --object"),
        (&["remove-server"], "remove-server is about one server: name it with --server"),
        (
            &["install-ims", "--object", POSTMASTER],
            "install-ims takes no --object: it is about every server and site that is read; leave --object out",
        ),
        (&["delete-mailbox", "--server", "BERN1"], "delete-mailbox is about one object: name it with --object"),
        (&["install-imss"], "did you mean install-ims?"),
        (&["remove-server", "--server", "BERN3"], "seen: BERN1; BERN2; CADIZ1"),
        (&["delete-mailbox", "--object", "carl"], "cn=Carla,cn=Recipients,ou=BERN,o=Trade"),
        (&["delete-mailbox", "--object", "carla"], "\"carla\" is the name of 2 objects"),
        (&["delete-mailbox", "--object", "cn=Nobody,cn=Recipients,ou=BERN,o=Trade"], "was not seen"),
        (
            &["delete-mailbox", "--object", "cn=Dario,cn=Recipients,ou=BARN,o=Trade"],
            "did you mean cn=Dario,cn=Recipients,ou=BERN,o=Trade",
        ),
        (&["--list", "install-ims"], "cannot be used with"),
        (&["install-ims", "--check", "ims"], "cannot be used with"),
        (&["--format", "html"], "html and json are forms of the checklist of one change"),
    ] {
        let source: &[&str] = if args.contains(&"--list") { &[] } else { &["--from", &file] };
        let ran = run(&[args, source].concat());
        assert!(ran.code == 2 && ran.stderr.contains(says) && ran.stdout.is_empty(), "{args:?}: {} {}", ran.code, ran.stderr);
        assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
    }
}

#[test]
fn what_was_not_read_is_undecided_in_a_file_too() {
    let folder = tempfile::tempdir().expect("folder");
    let to = folder.path().join("change.md");
    let ran = run(&["install-ims", "-H", "ldap://127.0.0.1:1", "-o", to.to_str().expect("a path")]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    let text = std::fs::read_to_string(to).expect("written");
    assert!(text.contains("NOT DECIDED: not everything could be read") && !text.contains("[x] **"), "{text}");
}

#[test]
fn the_forms_hold_the_same_items() {
    let file = two_sites();
    let of = |format: &str| run(&["install-ims", "--from", &file, "--format", format]).stdout;
    let list: serde_json::Value = serde_json::from_str(&of("json")).expect("JSON");
    assert_eq!((list["schema"].as_str(), list["target"]["map"].is_null()), (Some("exaudit.checklist/1"), true));
    let (page, markdown, table) = (of("html"), of("markdown"), of("table").replace("\n    ", " "));
    for item in list["items"].as_array().expect("items") {
        let title = item["title"].as_str().expect("a title");
        assert!(page.contains(title) && markdown.contains(title), "{title}");
        let begin: String = title.chars().take(40).collect();
        assert!(table.contains(begin.trim()), "{title}");
    }
    assert!(page.contains("default-src 'none'") && !page.contains("<script") && page.contains("</html>"), "{page}");
}

#[test]
fn text_of_the_directory_is_text_in_every_form() {
    let evil = "evil <b>&amp; [x](http://a.example) `code` \u{1b}[31m\u{202e}";
    let text = std::fs::read_to_string(two_sites()).expect("the export");
    let hostile = text.replacen("Routing-List: SMTP:*;;1", &format!("Routing-List: SMTP:*{evil};;1"), 1);
    for format in ["table", "markdown", "html", "json"] {
        let ran = whole(["checklist", "install-ims", "--from", "-", "--format", format]).stdin(hostile.clone()).run();
        assert!(ran.stdout.contains("evil"), "{format}");
        assert!(!ran.stdout.contains(['\u{1b}', '\u{202e}']), "{format}");
        match format {
            "html" => assert!(ran.stdout.contains("evil &lt;b&gt;&amp;amp;"), "{}", ran.stdout),
            "markdown" => assert!(ran.stdout.contains("`` SMTP:*evil") || ran.stdout.contains("``SMTP:*evil"), "{}", ran.stdout),
            _ => {}
        }
    }
}

#[test]
fn an_operators_own_change_is_linted_and_answered() {
    let folder = tempfile::tempdir().expect("folder");
    let changes = folder.path().join("changes");
    std::fs::create_dir(&changes).expect("folder");
    let own = "id = \"our-change\"\ntitle = \"Ours\"\nabout = \"Ours.\"\n[[item]]\nwhen = \"before\"\ntitle = \"Addresses are whole\"\nchecks = \
               [\"recipient-no-x400\"]\n[[item]]\nwhen = \"during\"\ntitle = \"Do it\"\nmanual = \"Delete the old one.\"\n";
    let file = changes.join("our-change.toml");
    std::fs::write(&file, own).expect("written");
    let dir = folder.path().to_str().expect("a path");
    let lint = whole(["checks", "lint", dir]).run();
    assert!(lint.code == 0 && lint.stdout.contains("our-change.toml:10: this item takes something away"), "{}", lint.stdout);
    assert!(lint.stdout.contains("1 change can be read; 0 errors, 1 warning."), "{}", lint.stdout);
    std::fs::write(&file, own.replace("manual =", "caution = \"Keep it.\"\nmanual =")).expect("written");
    let lint = whole(["checks", "lint", dir]).run();
    let next = format!("1 change, nothing wrong. Next: exaudit checklist our-change --checks {dir} --demo=healthy");
    assert!(lint.code == 0 && lint.stdout.contains(&next), "{}", lint.stdout);
    let ran = run(&["our-change", "--checks", dir, "--demo=healthy", "--format", "json"]);
    assert_eq!((ran.code, ran.json()["decision"]["word"].as_str()), (0, Some("go")));
    assert!(run(&["--list", "--checks", dir]).stdout.contains("our-change"));
    std::fs::write(&file, own.replace("recipient-no-x400", "recipient-no-x40")).expect("written");
    let lint = whole(["checks", "lint", dir]).run();
    assert!(lint.code == 2 && lint.stdout.contains("our-change.toml:7: `checks` names `recipient-no-x40`"), "{}", lint.stdout);
}

#[test]
fn the_page_of_changes_tells_each_and_its_example_works() {
    let page = include_str!("../../../docs/changes.md");
    for line in run(&["--list"]).stdout.lines() {
        let id = line.split_whitespace().next().expect("an id");
        assert!(page.contains(&format!("`{id}`")), "{id}");
    }
    for facts in exaudit::exchange::facts::Facts::all() {
        assert!(page.contains(&format!("| `{}` | {} |", facts.word(), facts.meaning())), "{}", facts.word());
    }
    let example = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let folder = tempfile::tempdir().expect("folder");
    std::fs::create_dir(folder.path().join("changes")).expect("folder");
    std::fs::write(folder.path().join("changes/move-mail-host.toml"), example).expect("written");
    let dir = folder.path().to_str().expect("a path");
    let lint = whole(["checks", "lint", dir]).run();
    assert!(lint.code == 0 && lint.stdout.contains("nothing wrong"), "{}", lint.stdout);
    let ran = run(&["move-mail-host", "--checks", dir, "--demo=healthy"]);
    assert!(ran.code == 0 && ran.stdout.contains("GO after"), "{} {}", ran.stdout, ran.stderr);
}
