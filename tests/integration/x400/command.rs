//! `exaudit x400`: what it prints, in both forms, and what it ends with.

use crate::common::run::exaudit;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

const GOOD: &str = "c=US;a= ;p=Org;o=Site;s=Doe;g=John;";

#[test]
fn exit_codes() {
    for (args, code) in [
        (&[GOOD][..], 0),
        (&["C=US;A= ;S=Doe"], 0),
        (&[GOOD, "c=US"], 1),
        (&["c=US", GOOD, "--format", "json"], 1),
        (&[""], 1),
        (&[], 2),
        (&["--format", "csv", GOOD], 2),
    ] {
        let ran = exaudit(["x400"].into_iter().chain(args.iter().copied())).run();
        assert_eq!(ran.code, code, "{args:?}: {}{}", ran.stdout, ran.stderr);
    }
}

#[test]
fn text() {
    let ran = exaudit(["x400", GOOD, "X400:C=US;A= ;P=Org;S=Doe", "c=U;a= ;p=Org;"]).env("COLUMNS", "110").run();
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    insta::assert_snapshot!(ran.stdout);
}

#[test]
fn json() {
    let ran = exaudit(["x400", "--format", "json", GOOD, "X400$c=U;a= ;p=Org;"]).run();
    assert_eq!(ran.code, 1);
    let rows = ran.json();
    assert_eq!(
        rows,
        serde_json::json!([
            {"address": GOOD, "class": "ok", "problems": [], "normalized": GOOD},
            {
                "address": "X400$c=U;a= ;p=Org;",
                "class": "broken",
                "problems": [{
                    "code": "country-length",
                    "position": 8,
                    "message": "The country `U` must have 2 or 3 characters (Q145986)."
                }],
                "normalized": null
            }
        ])
    );
    let order = ["\"address\"", "\"class\"", "\"problems\"", "\"code\"", "\"position\"", "\"message\"", "\"normalized\": null"];
    let places: Vec<_> = order.iter().map(|key| ran.stdout.rfind(key).expect(key)).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn one_a_line_from_standard_input() {
    let input = format!("{GOOD}\r\n\n  \nc=US\n{GOOD}");
    let ran = exaudit(["x400", "-", "--format", "json"]).stdin(input).run();
    assert_eq!(ran.code, 1);
    let rows = ran.json();
    let seen: Vec<_> = rows.as_array().expect("rows").iter().map(|row| (row["address"].clone(), row["class"].clone())).collect();
    assert_eq!(serde_json::json!(seen), serde_json::json!([[GOOD, "ok"], ["  ", "broken"], ["c=US", "broken"], [GOOD, "ok"]]));
    let nothing = exaudit(["x400", "-", "--format", "json"]).stdin("").run();
    assert_eq!((nothing.code, nothing.stdout.as_str()), (0, "[]\n"));
    let nothing = exaudit(["x400", "-"]).stdin("\n").run();
    assert_eq!((nothing.code, nothing.stdout.as_str()), (0, ""));
}

#[test]
fn hostile_input_is_escaped_and_bounded() {
    let mut input = b"c=US;a= ;s=\x1b[31m\xe2\x80\xae;\n\xff\xfe\x00\n".to_vec();
    input.extend(std::iter::repeat_n(b'x', 5_000_000));
    input.extend(b"\n");
    input.extend(GOOD.as_bytes());
    for format in ["table", "json"] {
        let ran = exaudit(["x400", "-", "--format", format]).stdin(input.clone()).run();
        assert_eq!(ran.code, 1, "{}", ran.stderr);
        assert!(!ran.stdout.contains(['\u{1b}', '\u{202e}', '\0']), "{:?}", ran.stdout);
        assert!(ran.stdout.len() < 30_000, "{}", ran.stdout.len());
        assert!(ran.stdout.contains(GOOD) && ran.stdout.contains("too-long"));
    }
}

/// It goes through a list as it comes, and ends when its reader does.
#[test]
fn a_list_without_end_stops_with_its_reader() {
    let mut child = exaudit(["x400", "-"])
        .command()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    let mut stdin = child.stdin.take().expect("piped");
    let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
    let feeding = std::thread::spawn(move || {
        let lines = format!("{GOOD}\n").repeat(1000);
        // far more than what a pipe and the program keep; it ends when nobody takes it any more
        (0..100_000).take_while(|_| stdin.write_all(lines.as_bytes()).is_ok()).count()
    });
    let mut first = String::new();
    stdout.read_line(&mut first).expect("a line");
    assert_eq!(first, format!("ok       {GOOD}\n"));
    drop(stdout);
    assert!(feeding.join().expect("feeding") < 100_000, "it went on without a reader");
    child.wait().expect("ends");
}
