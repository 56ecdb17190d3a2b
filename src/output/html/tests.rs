//! The page as a whole: what it holds, what it does not, and that it is the same each time.

use super::*;
use crate::exchange::chart::Chart;
use crate::exchange::fake::questions;
use crate::output::fixture;
use crate::report::{Change, Comparison, Ended, How, Reason, Severity, Summary, Unseen, Verdict};

/// Names that would do something if they were not text.
const NASTY: &str = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\u{202e}";

const SITES: &str = "
dn: ou=LONDON,o=Example Corp
objectClass: organizationalUnit

dn: cn=EXCH01,cn=Servers,cn=Configuration,ou=LONDON,o=Example Corp
objectClass: Computer
serialNumber: Version 5.5 (Build 2653.23: Service Pack 4)

dn: cn=Internet Mail Service (EXCH01),cn=Connections,cn=Configuration,ou=LONDON,o=Example Corp
objectClass: Mail-Gateway
Routing-List: SMTP:*;;1

dn: cn=Replication,cn=Connections,cn=Configuration,ou=LONDON,o=Example Corp
objectClass: Replication-Connector
Local-Bridge-Head: EXCH01
Remote-Site: ou=TOKYO,o=Example Corp
";

fn written(report: &Report) -> String {
    String::from_utf8(Html.write(report).expect("a page")).expect("UTF-8")
}

/// The report of the fixture with all that a page can show.
fn full() -> Report {
    let mut report = fixture::full();
    let remedy = Some("Bind as an administrator:".to_owned());
    let mut unseen = Unseen::of("No hidden object was seen".into(), remedy, Some("exaudit audit -H ldap://exch01".into()));
    report.results.iter().filter(|finding| finding.verdict == Verdict::Unknown).for_each(|finding| unseen.leaves(finding));
    report.targets[0].unseen = vec![unseen];
    report.targets[0].map = Some(Chart::of(&questions(SITES)));
    report.results[1].waiver = Some(fixture::waiver());
    report.results[2].change = Some(Change::New);
    report.results[2].fix.as_mut().expect("a fix").caution = Some("Note the address first.".into());
    report.summary = Summary::of(&report.results);
    report.comparison = Some(Comparison {
        with: "last.json".into(),
        started: Some("2025-12-01T00:00:00Z".into()),
        notes: Vec::new(),
        ended: vec![Ended {
            how: How::Fixed,
            check: "ims-admin-set".into(),
            title: "No administrator mailbox is set".into(),
            severity: Severity::Critical,
            reason: Reason::NotMet,
            target: "ldap://exch01:389".into(),
            subject: None,
            server: Some("OSL01".into()),
            site: Some("OSLO".into()),
            since: "2025-11-01T00:00:00Z".into(),
        }],
    });
    report
}

/// The same, with every text of the directory a hostile one.
fn hostile() -> Report {
    let mut report = full();
    for finding in &mut report.results {
        finding.message = NASTY.into();
        finding.fails = Some(NASTY.into());
        finding.reproduce = Some(NASTY.into());
        let subject = finding.subject.as_mut().expect("a subject");
        (subject.site, subject.server) = (Some(NASTY.into()), Some(NASTY.into()));
    }
    let target = &mut report.targets[0];
    (target.organization, target.location, target.problems) = (Some(NASTY.into()), NASTY.into(), vec![NASTY.into()]);
    target.unseen[0].what = NASTY.into();
    target.unseen[0].paste = Some(NASTY.into());
    for site in &mut target.map.as_mut().expect("a map").sites {
        site.name = NASTY.into();
        site.servers.iter_mut().for_each(|server| server.name = NASTY.into());
        for link in site.services.iter_mut().chain(&mut site.connectors) {
            (link.name, link.spaces) = (NASTY.into(), vec![format!("{NASTY}:{NASTY}")]);
            link.joins.iter_mut().for_each(|join| join.site = NASTY.into());
        }
    }
    report
}

#[test]
fn the_page_of_the_fixture() {
    let page = written(&full());
    assert_eq!(page, written(&full()));
    // for those who look at it: no audit of this version makes all of it
    if let Some(folder) = std::env::var_os("EXAUDIT_WRITE_PAGES") {
        let folder = std::path::Path::new(&folder);
        std::fs::write(folder.join("fixture.html"), &page).expect("to write");
        std::fs::write(folder.join("fixture-hostile.html"), written(&hostile())).expect("to write");
    }
    // its style and script stand beside the templates, and their hashes change with each of them
    let short = page.replace(STYLE, "STYLE").replace(SCRIPT, "SCRIPT").replace(&policy::of(STYLE, SCRIPT), "POLICY");
    assert_eq!(short.matches("POLICY").count() + short.matches(">STYLE<").count() + short.matches(">SCRIPT<").count(), 3);
    insta::assert_snapshot!(short.replace("><", ">\n<"));
}

#[test]
fn every_site_stands_on_the_map_and_in_the_list_however_many_there_are() {
    for count in [1, 5, 6, 40, 200] {
        let link = "objectClass: Replication-Connector\nRemote-Site: ou=S000,o=O\n";
        let site = |n: usize| {
            let connector = format!("dn: cn=R,cn=Connections,cn=Configuration,ou=S{n:03},o=O\n{link}");
            format!("dn: ou=S{n:03},o=O\nobjectClass: organizationalUnit\n\n{connector}\n")
        };
        let mut report = fixture::report(Vec::new());
        report.targets[0].map = Some(Chart::of(&questions(&(0..count).map(site).collect::<String>())));
        let page = written(&report);
        let (drawn, listed) = page.split_once("The same as a list").expect("both");
        for n in 0..count {
            assert!(drawn.contains(&format!(">S{n:03}</text>")), "{n} of {count} is not drawn");
            assert!(listed.contains(&format!("<bdi>S{n:03}</bdi></strong>")), "{n} of {count} is not listed");
        }
        // each line once, and once more for each of its ends
        assert_eq!(
            drawn.matches("<g class=\"stroke k-replication").count(),
            count - 1 + usize::from(count > 1),
            "{count} with the legend"
        );
        assert_eq!(drawn.matches("<svg role=\"img\"").count(), 1);
    }
}

#[test]
fn a_page_without_anything_says_so() {
    let page = written(&fixture::report(Vec::new()));
    for words in ["Nothing was checked", "Nothing fails in what was checked.", "Every check was decided."] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("id=\"map\"") && !page.contains("<form") && !page.contains("id=\"changes\""));
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    let page = written(&hostile());
    let markup = page.to_lowercase();
    for loads in ["<link", "<img", "<iframe", "<object", "<embed", "@import", "<base", "http-equiv=\"refresh\"", "<meta property"]
    {
        assert!(!markup.contains(loads), "{loads}");
    }
    let attributes = |name: &str| -> Vec<String> {
        let begins = markup.match_indices(name).map(|(at, _)| markup[at + name.len()..].chars().take(40).collect());
        begins.collect()
    };
    assert!(attributes(" src=\"").is_empty(), "{:?}", attributes(" src=\""));
    assert!(attributes(" href=\"").iter().all(|to| to.starts_with('#')), "{:?}", attributes(" href=\""));
    assert!(attributes("url(").iter().all(|to| to.starts_with('#')), "{:?}", attributes("url("));
    assert!(!attributes("url(").is_empty());
    // attributes that the policy would not let work
    assert!(!markup.contains(" style=\"") && !markup.contains(" onclick="));
}

#[test]
fn hostile_text_is_text() {
    let page = written(&hostile());
    assert_eq!((page.matches("<script").count(), page.matches("</script").count()), (1, 1));
    assert_eq!(page.matches("<style").count(), 1);
    assert!(!page.contains("<img") && page.contains("&lt;img src=x onerror=alert(1)&gt;"));
    assert!(!page.chars().any(|c| c != '\n' && crate::output::sanitize::is_hidden(c)), "a hidden character");
    assert!(page.contains("\\u{202e}"));
    // a saved report is no more to be trusted
    let text = crate::output::Json.write(&hostile()).expect("JSON");
    let saved: Report = serde_json::from_slice(&text).expect("a report");
    assert_eq!(written(&saved).matches("<script").count(), 1);
}

#[test]
fn the_policy_knows_the_one_style_and_the_one_script() {
    let of = policy::of("a{}", "1");
    assert!(of.starts_with("default-src 'none'; style-src 'sha256-") && of.contains("; script-src 'sha256-"), "{of}");
    assert_ne!(of, policy::of("b{}", "1"));
    assert_ne!(of, policy::of("a{}", "2"));
    assert!(!of.contains("unsafe"));
    // what ends the element would end the policy's hold on it
    assert!(!STYLE.contains("</") && !SCRIPT.contains("</"));
}

#[test]
fn of_many_failures_a_few_are_told_at_once_and_none_is_lost() {
    let fail = || fixture::finding("a-check", Verdict::Fail, Severity::Warning);
    let page = written(&fixture::report((0..500).map(|_| fail()).collect()));
    assert_eq!(page.matches("data-verdict=\"fail\"").count(), 500);
    assert_eq!(page.matches("<li class=\"item\"").count(), 53);
    assert_eq!(page.matches("Open the mailbox in the Admin program.").count(), 1);
}
