//! Several targets in one run, the configuration file, the environment, and the plan.

use crate::common::directory::ldif;
use crate::common::refusing::Refusing;
use crate::common::run::{Ran, exaudit, whole};
use crate::truth::case::{ADMIN, Case, GONE, ims, verdicts};
use exaudit::exchange::declaration::Hints;
use exaudit::exchange::plan;
use exaudit::lab::{self, LabHandle};
use std::net::TcpListener;

fn lab_of(case: &Case) -> LabHandle {
    lab::start(lab::load(ldif(&case.records).as_bytes()).expect("the lab takes the directory")).expect("the lab starts")
}

fn healthy() -> LabHandle {
    lab_of(&Case::with([ims(ADMIN)]))
}

fn broken() -> LabHandle {
    lab_of(&Case::with([ims(GONE)]))
}

fn audit(uris: &[&str], more: &[&str]) -> Ran {
    let uris = uris.iter().flat_map(|uri| ["-H", uri]);
    let args = ["audit", "--format", "json", "-D", lab::ADMIN_DN].into_iter().chain(uris).chain(more.iter().copied());
    exaudit(args).env("EXAUDIT_PASSWORD", lab::PASSWORD).run()
}

#[test]
fn each_target_is_complete_or_not_on_its_own() {
    let (good, bad, refusing) = (healthy(), broken(), Refusing::new());
    let gone = refusing.uri();
    let ran = audit(&[&good.uri(), &gone, &bad.uri()], &[]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let report = ran.json();
    let targets = report["targets"].as_array().expect("targets");
    let complete: Vec<_> = targets.iter().map(|target| target["complete"].as_bool().expect("complete")).collect();
    assert_eq!(complete, [true, false, true]);
    assert_eq!(targets[1]["location"], gone);
    assert!(targets[1]["problems"][0].as_str().expect("a problem").contains("cannot connect"), "{}", targets[1]);
    assert_eq!(report["complete"], false);
    let of = |index: usize, check: &str| {
        let results = report["results"].as_array().expect("results");
        let result = results.iter().find(|r| r["target"] == index && r["check"] == check).expect("a result");
        format!("{}:{}", result["verdict"], result["reason"]).replace('"', "")
    };
    assert_eq!([of(0, "ims-admin-exists"), of(2, "ims-admin-exists")], ["pass:met", "fail:dangling"]);
    assert!(report["results"].as_array().expect("results").iter().all(|result| result["target"] != 1));
    // what the others prove does not hide that one was not read
    assert_eq!(audit(&[&good.uri(), &gone], &[]).code, 3);
    assert_eq!(audit(&[&good.uri(), &healthy().uri()], &[]).code, 0);
}

#[test]
fn a_slow_target_does_not_hold_up_the_others() {
    let silent = TcpListener::bind("127.0.0.1:0").expect("port");
    let uri = format!("ldap://{}", silent.local_addr().expect("address"));
    let good = healthy();
    let uris = [uri.as_str(), &uri, &uri, &good.uri()];
    let ran = audit(&uris, &["--timeout", "2"]);
    assert_eq!(ran.code, 3);
    assert!(ran.took.as_secs() < 5, "side by side, not {:?}", ran.took);
    assert_eq!(ran.json()["targets"][3]["complete"], true);
}

#[test]
fn a_report_names_its_targets() {
    let (good, bad) = (healthy(), broken());
    let args = ["audit", "-H", &good.uri(), "-H", &bad.uri(), "-D", lab::ADMIN_DN];
    let ran = exaudit(args).env("EXAUDIT_PASSWORD", lab::PASSWORD).env("COLUMNS", "200").run();
    for text in
        [format!("{}: read completely", good.uri()), format!("{}: read completely", bad.uri()), format!(" {}: S /", bad.uri())]
    {
        assert!(ran.stdout.contains(&text), "{text}: {}", ran.stdout);
    }
    let all = exaudit(args.into_iter().chain(["--all"])).env("EXAUDIT_PASSWORD", lab::PASSWORD).env("COLUMNS", "200").run();
    for uri in [good.uri(), bad.uri()] {
        assert!(all.stdout.matches(&uri).count() > 1, "named in its head and in its rows: {uri}: {}", all.stdout);
    }
}

#[test]
fn a_file_of_targets() {
    let (good, bad) = (healthy(), broken());
    let folder = tempfile::tempdir().expect("folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("file");
        path.display().to_string()
    };
    write("pw", lab::PASSWORD);
    write("org.ldif", &ldif(&Case::with([ims("nothing")]).records));
    let config = write(
        "audit.toml",
        &format!(
            "[targets.north]\nuri = \"{}\"\nbind-dn = \"{admin}\"\npassword-file = \"pw\"\n\n[targets.south]\nuri = \"{}\"\n\
             bind-dn = \"{admin}\"\ncredential = \"south\"\n\n[targets.old]\nfrom = \"org.ldif\"\nims-admin = {{ SRV = \"Admin\" }}\n",
            good.uri(),
            bad.uri(),
            admin = lab::ADMIN_DN
        ),
    );
    let run = |more: &[&str]| {
        let args = ["audit", "--format", "json", "--config", &config].into_iter().chain(more.iter().copied());
        let credentials = folder.path().join("credentials");
        std::fs::create_dir_all(&credentials).expect("folder");
        std::fs::write(credentials.join("south"), lab::PASSWORD).expect("file");
        exaudit(args).env("CREDENTIALS_DIRECTORY", &credentials.display().to_string()).run()
    };
    let ran = run(&[]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let report = ran.json();
    let names: Vec<_> =
        report["targets"].as_array().expect("targets").iter().map(|t| t["name"].as_str().expect("name")).collect();
    assert_eq!(names, ["north", "old", "south"]);
    assert_eq!(run(&["--target", "north"]).code, 0);
    let old = run(&["--target", "old"]);
    assert_eq!(verdicts(&old), ["pass", "pass", "pass", "pass"], "the declaration of its section counts");
    let ran = run(&["--target", "nowhere"]);
    assert!(ran.code == 2 && ran.stderr.contains("[targets.nowhere]"), "{}", ran.stderr);
    // a password that is not there concerns its own target
    std::fs::remove_file(folder.path().join("pw")).expect("removed");
    let ran = run(&[]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let report = ran.json();
    assert!(
        report["targets"][0]["problems"][0].as_str().expect("a problem").contains("cannot read the password file"),
        "{report}"
    );
    assert_eq!((&report["targets"][0]["complete"], &report["targets"][2]["complete"]), (&false.into(), &true.into()));
    write("audit.toml", "[targets.north]\nuri = \"ldap://127.0.0.1\"\npagesize = 3\n");
    let ran = run(&[]);
    assert!(ran.code == 2 && ran.stderr.contains("audit.toml:3: there is no key `pagesize`"), "{}", ran.stderr);
    assert!(ran.stderr.contains("did you mean `page-size`?"), "{}", ran.stderr);
    let ran = exaudit(["audit", "--config", "no-such.toml"]).run();
    assert!(ran.code == 2 && ran.stderr.contains("cannot read no-such.toml"), "{}", ran.stderr);
}

#[test]
fn the_environment_of_openldap_is_honoured() {
    let good = healthy();
    let run = |pairs: &[(&str, &str)]| {
        let args = ["audit", "--format", "json", "-D", lab::ADMIN_DN];
        pairs.iter().fold(exaudit(args), |run, (name, value)| run.env(name, value)).env("EXAUDIT_PASSWORD", lab::PASSWORD).run()
    };
    assert_eq!(run(&[("LDAPURI", &good.uri())]).code, 0);
    let elsewhere = run(&[("LDAPURI", &good.uri()), ("LDAPBASE", "o=Elsewhere")]);
    assert_eq!(elsewhere.code, 3);
    assert!(elsewhere.stderr.contains("o=Elsewhere"), "{}", elsewhere.stderr);
    let off = run(&[("LDAPURI", &good.uri()), ("LDAPNOINIT", "1")]);
    assert!(off.code == 2 && off.stderr.contains("-H URI"), "{}", off.stderr);
    let two = run(&[("LDAPURI", "ldap://a ldap://b")]);
    assert!(two.code == 2 && two.stderr.contains("LDAPURI"), "{}", two.stderr);
    let ca = run(&[("LDAPURI", "ldaps://127.0.0.1:1"), ("LDAPTLS_CACERT", "no-such-ca.pem")]);
    assert!(ca.code == 2 && ca.stderr.contains("no-such-ca.pem"), "{}", ca.stderr);
    // what the command line says counts more
    let nowhere = audit(&[&Refusing::new().uri()], &[]);
    assert_eq!(nowhere.code, 3);
    let with_base = exaudit(["audit", "--format", "json", "-H", &good.uri(), "-D", lab::ADMIN_DN, "-b", "o=Org"])
        .env("LDAPBASE", "o=Elsewhere")
        .env("LDAPURI", "ldap://nowhere.invalid")
        .env("EXAUDIT_PASSWORD", lab::PASSWORD)
        .run();
    assert_eq!(with_base.code, 0, "{}", with_base.stderr);
}

#[test]
fn arguments_that_do_not_go_together() {
    for (args, word) in [
        (&["audit"][..], "-H URI"),
        (&["audit", "--demo", "-D", "cn=a"], "-D cannot be used with --demo"),
        (&["audit", "-H", "ldap://a", "--pace", "1", "--pipeline", "2"], "--pace"),
        (&["audit", "-H", "ldap://a", "-H", "ldap://b", "--ims-admin", "A=B"], "--config FILE"),
        (&["audit", "-H", "ldap://a", "--config", "x"], "cannot be used with"),
        (&["audit", "-H", "ldap://a", "--pipeline", "65"], "65"),
        (&["audit", "-H", "ldap://a", "--target", "north"], "--config FILE"),
        (&["audit", "-H", "ldap://a", "-D", ""], "-D is empty"),
        (&["audit", "-H", "ldap://a", "--pace", "never"], "not a number of seconds"),
    ] {
        let ran = exaudit(args).run();
        assert!(ran.code == 2 && ran.stderr.contains(word), "{args:?}: {}", ran.stderr);
    }
}

/// What the lab was asked, without its bases: `sub (filter) attributes`.
fn asked(handle: &LabHandle) -> Vec<String> {
    let requests = handle.log().requests();
    let searches = requests.iter().filter_map(|request| request.strip_prefix("search "));
    searches
        .map(|search| {
            let (scope, rest) = search.split_once(" \"").expect("a base");
            let (_, rest) = rest.split_once("\" ").expect("a filter");
            format!("{scope} {rest}")
        })
        .collect()
}

#[test]
fn the_plan_names_every_search_that_is_sent_and_sends_none() {
    for case in [Case::with([ims(ADMIN)]), Case::with([ims(GONE)]).but("cn=Hidden,cn=Recipients,ou=S,o=Org")] {
        let handle = lab_of(&case);
        let uri = handle.uri();
        let args = ["audit", "-H", &uri, "-D", lab::ADMIN_DN, "--explain-plan"];
        let planned = whole(args).env("EXAUDIT_PASSWORD", lab::PASSWORD).run();
        assert_eq!((planned.code, planned.stderr.as_str()), (0, ""));
        assert!(planned.stdout.starts_with(&format!("# {uri}: one connection, a bind, one request at a time, an unbind; ")));
        assert!(handle.log().requests().is_empty(), "nothing is sent");
        assert!(!planned.stdout.contains(lab::PASSWORD));
        let sent = ["audit", "-H", &uri, "-D", lab::ADMIN_DN];
        _ = whole(sent).env("EXAUDIT_PASSWORD", lab::PASSWORD).run();
        let catalogue = exaudit::check::Catalogue::embedded().expect("catalogue");
        let checks: Vec<_> = catalogue.checks().iter().collect();
        let wanted = exaudit::check::wants::of(&checks);
        let steps: Vec<String> = plan::audit(None, &Hints::default(), &wanted)
            .iter()
            .map(|step| format!("{} {} {}", step.search.scope.word(), step.search.filter, step.search.attributes.join(",")))
            .collect();
        let asked = asked(&handle);
        assert!(asked.len() >= 4, "{asked:?}");
        for search in asked {
            // the log of the lab cuts what is very long
            let planned = |step: &String| *step == search || (search.len() > 800 && step.starts_with(&search));
            assert!(steps.iter().any(planned), "not in the plan: {search}\n{steps:#?}");
        }
        // and the text has them all, as lines a shell takes
        assert_eq!(planned.stdout.lines().filter(|line| line.starts_with("ldapsearch -x ")).count(), steps.len());
        assert!(planned.stdout.lines().all(|line| line.is_empty() || line.starts_with('#') || line.starts_with("ldapsearch ")));
    }
}

#[test]
fn pipelined_and_paced_runs_say_the_same() {
    let handle = broken();
    let run = |more: &[&str]| verdicts(&audit(&[&handle.uri()], more));
    let plain = run(&[]);
    assert_eq!(plain, ["pass", "fail:dangling", "blocked", "blocked"]);
    assert_eq!(run(&["--pipeline", "16"]), plain);
    assert_eq!(run(&["--pace", "0.02"]), plain);
}
