//! An operator's own checks: the page that makes one is right, word for word.

use crate::common::run::whole;

const PAGE: &str = include_str!("../../docs/own-checks.md");

/// The block of the page that follows a mark.
fn block(mark: &str) -> &'static str {
    let after = PAGE.split(&format!("<!-- {mark} -->\n")).nth(1).expect(mark);
    let (_, body) = after.split_once('\n').expect("a fence");
    body.split("```").next().expect("an end")
}

fn folder(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("folder");
    std::fs::create_dir(folder.path().join("our-checks")).expect("folder");
    std::fs::write(folder.path().join("our-checks/mail-stays-here.toml"), text).expect("check");
    folder
}

fn run(folder: &tempfile::TempDir, args: &[&str]) -> (i32, String) {
    let mut command = whole(args).command();
    let output = command.current_dir(folder.path()).output().expect("runs");
    let text = String::from_utf8(output.stdout).expect("text") + &String::from_utf8(output.stderr).expect("text");
    (output.status.code().expect("a code"), text)
}

#[test]
fn the_page_makes_a_check_that_works() {
    let folder = folder(block("own check"));
    let (code, text) = run(&folder, &["checks", "lint", "our-checks"]);
    assert!(code == 0 && text.contains("nothing wrong"), "{text}");
    let (code, text) = run(&folder, &["checks", "test", "our-checks", "--demo=healthy"]);
    let port = text.lines().next().and_then(|line| line.rsplit(':').next()).expect("a port").to_owned();
    assert_eq!((code, text.replace(&port, "PORT")), (0, block("own test").to_owned()));
    std::fs::write(folder.path().join("wrong.ldif"), block("own export")).expect("export");
    let (code, text) = run(&folder, &["checks", "test", "our-checks", "--from", "wrong.ldif"]);
    assert!(code == 1 && text.contains("fail not-met") && text.contains("a custom recipient"), "{text}");
    let (code, text) = run(&folder, &["explain", "mail-stays-here", "--checks", "our-checks"]);
    assert!(code == 0 && text.contains("Company rule 12"), "{text}");
    let (code, text) =
        run(&folder, &["audit", "--demo=healthy", "--checks", "our-checks", "--check", "mail-stays-here", "--all"]);
    assert!(code == 0 && text.contains("mail-stays-here"), "{text}");
}

#[test]
fn the_page_shows_what_lint_says() {
    let folder = folder(&block("own check").replace("\"mailbox\"", "\"mailbx\""));
    let (code, text) = run(&folder, &["checks", "lint", "our-checks"]);
    let line = text.lines().next().expect("a line");
    assert!(code == 2 && PAGE.contains(line), "{text}");
}

#[test]
fn the_schema_is_the_one_in_docs_and_names_every_selection_and_rule() {
    let (code, text) = run(&folder(""), &["checks", "schema"]);
    assert_eq!(code, 0);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/check.schema.json");
    if std::env::var_os("EXAUDIT_WRITE_DOCS").is_some() {
        std::fs::write(path, &text).expect("written");
    }
    assert_eq!(std::fs::read_to_string(path).expect("the schema"), text, "write it with EXAUDIT_WRITE_DOCS=1");
    for each in exaudit::exchange::selection::Selection::all() {
        assert!(text.contains(&format!("\"const\": \"{}\"", each.word())), "{}", each.word());
    }
    for (rule, _) in exaudit::check::rules::all() {
        assert!(text.contains(&format!("\"const\": \"{rule}\"")), "{rule}");
    }
}

/// The list between two marks of checks/README.md, as it must be.
fn listed(mark: &str, rows: &[String]) -> (String, String) {
    listed_in("checks/README.md", mark, rows)
}

/// The list between two marks of a page, as it must be.
fn listed_in(page: &str, mark: &str, rows: &[String]) -> (String, String) {
    let path = &format!("{}/{page}", env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(path).expect("the page");
    let start = page.find(&format!("<!-- {mark} -->\n")).expect(mark) + mark.len() + "<!--  -->\n".len();
    let end = start + page[start..].find("<!-- end -->").expect("an end");
    let text = rows.concat();
    if std::env::var_os("EXAUDIT_WRITE_DOCS").is_some() {
        std::fs::write(path, format!("{}{text}{}", &page[..start], &page[end..])).expect("written");
        return (text.clone(), text);
    }
    (page[start..end].to_owned(), text)
}

#[test]
fn the_page_of_the_format_lists_every_selection_and_rule() {
    let counted = |counted: bool| if counted { " Counted." } else { "" };
    let selections: Vec<String> = exaudit::exchange::selection::Selection::all()
        .map(|each| {
            let classes = each.classes().iter().map(|class| format!("`{class}`")).collect::<Vec<_>>().join(", ");
            let classes = if classes.is_empty() { String::new() } else { format!(" (objectClass {classes})") };
            format!("- `{}`: {}{classes}.{}\n", each.word(), each.meaning(), counted(each.is_of_recipients()))
        })
        .collect();
    let (found, expected) = listed("selections", &selections);
    assert_eq!(found, expected, "write it with EXAUDIT_WRITE_DOCS=1");
    let rules: Vec<String> = exaudit::check::rules::all().map(|(rule, about)| format!("- `{rule}`: {about}.\n")).collect();
    let (found, expected) = listed("rules", &rules);
    assert_eq!(found, expected, "write it with EXAUDIT_WRITE_DOCS=1");
}

/// docs/reasons.md and `exaudit explain` tell the same words.
#[test]
fn the_page_of_reasons_lists_every_verdict_and_reason() {
    use exaudit::report::Verdict;
    let head = |last: &str| format!("| Verdict |{last}\n|---|{}\n", "---|".repeat(last.matches('|').count()));
    let verdicts = Verdict::ALL.map(|verdict| format!("| {} | {} |\n", verdict.word(), verdict.meaning()));
    let verdicts: Vec<String> = [head(" What it says |")].into_iter().chain(verdicts).collect();
    let (found, expected) = listed_in("docs/reasons.md", "verdicts", &verdicts);
    assert_eq!(found, expected, "write it with EXAUDIT_WRITE_DOCS=1");
    let reasons =
        exaudit::exchange::reason::WORDS.map(|told| format!("| {} | `{}` | {} |\n", told.verdict, told.word, told.seen));
    let reasons: Vec<String> = [head(" Reason | What was seen |")].into_iter().chain(reasons).collect();
    let (found, expected) = listed_in("docs/reasons.md", "reasons", &reasons);
    assert_eq!(found, expected, "write it with EXAUDIT_WRITE_DOCS=1");
}

/// Of many connectors that are fine, a tenth of --max-results is told one by one: there is always room for those that fail.
#[test]
fn what_fails_is_told_however_many_are_fine_before_it() {
    let check = "id = \"mail-stays-here\"\ntitle = \"T\"\nseverity = \"warning\"\nversions = [\"4.0\", \"5.0\", \"5.5\"]\n\
                 confidence = \"inferred\"\nwhy = \"W.\"\nfix = [\"F.\"]\n[subject]\neach = \"msmail-connector\"\n[expect]\n\
                 filter = \"(Computer-Name=GOOD)\"\n";
    let folder = folder(check);
    let connector = |n: usize| {
        let server = if n < 99 { "GOOD" } else { "BAD" };
        format!(
            "dn: cn=M{n:03},cn=Connections,cn=Configuration,ou=S,o=Org\nobjectClass: Mail-Connector\nComputer-Name: {server}\n\n"
        )
    };
    std::fs::write(folder.path().join("org.ldif"), (0..100).map(connector).collect::<String>()).expect("file");
    let args = ["audit", "--from", "org.ldif", "--only-checks", "our-checks", "--max-results", "20", "--format", "json"];
    let output = whole(args).command().current_dir(folder.path()).output().expect("runs");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a report");
    let of = |verdict: &str| -> Vec<(String, u64)> {
        let results = report["results"].as_array().expect("results").iter().filter(|result| result["verdict"] == verdict);
        results
            .map(|r| (r["subject"]["dn"].as_str().unwrap_or_default().to_owned(), r["count"].as_u64().expect("a count")))
            .collect()
    };
    assert_eq!(of("fail"), [("cn=M099,cn=Connections,cn=Configuration,ou=S,o=Org".to_owned(), 1)]);
    assert_eq!(of("pass").iter().map(|(_, count)| count).sum::<u64>(), 99);
    assert_eq!(of("pass").iter().filter(|(dn, _)| !dn.is_empty()).count(), 2, "a tenth");
}
