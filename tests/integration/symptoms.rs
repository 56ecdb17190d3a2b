//! Whether a symptom leads to its article: tests/symptoms/operators.tsv.

use exaudit::check::Catalogue;
use exaudit::check::explain::symptom::{Kind, rank};

struct Row {
    part: &'static str,
    right: Vec<&'static str>,
    says: &'static str,
}

fn rows() -> Vec<Row> {
    let lines = include_str!("../symptoms/operators.tsv").lines().filter(|line| !line.starts_with('#'));
    let row = |line: &'static str| match line.split('\t').collect::<Vec<_>>()[..] {
        [part, right, says] => Row { part, right: right.split(' ').collect(), says },
        _ => panic!("part, right answers, description: {line:?}"),
    };
    lines.map(row).collect()
}

/// The place of the first right answer among the matches, from 1.
fn place(catalogue: &Catalogue, row: &Row) -> Option<usize> {
    let found = rank(catalogue, row.says);
    let is_right = |kind: Kind, name: &str| matches!(kind, Kind::Check | Kind::Article) && row.right.contains(&name);
    found.iter().position(|found| is_right(found.kind, &found.name)).map(|index| index + 1)
}

/// The part of the rows of which a right answer is among the first three, and what is said of the others.
fn recall(part: &str) -> (f64, String) {
    let catalogue = Catalogue::embedded().expect("embedded");
    let rows: Vec<Row> = rows().into_iter().filter(|row| row.part == part).collect();
    let mut missed = String::new();
    let mut hits = 0;
    for row in &rows {
        let place = place(&catalogue, row);
        if place.is_some_and(|place| place <= 3) {
            hits += 1;
            continue;
        }
        let found: Vec<String> = rank(&catalogue, row.says).into_iter().map(|found| found.name).collect();
        missed.push_str(&format!("{place:?} {:?}: {}\n    {}\n", row.right, row.says, found.join(", ")));
    }
    (f64::from(hits) / rows.len() as f64, missed)
}

#[test]
fn what_operators_say_leads_to_the_article() {
    let (recall, missed) = recall("tuned");
    eprintln!("recall@3 of the tuned rows: {recall:.2}\n{missed}");
    assert!(recall >= 0.9, "recall@3 is {recall:.2}:\n{missed}");
}

/// Only counted: `cargo test --test integration symptoms:: -- --ignored --nocapture`.
#[test]
#[ignore = "counts, and judges nothing"]
fn what_the_search_was_not_tuned_on() {
    let (recall, missed) = recall("held");
    eprintln!("recall@3 of the held rows: {recall:.2}\n{missed}");
}

#[test]
fn every_right_answer_is_known() {
    let catalogue = Catalogue::embedded().expect("embedded");
    let rows = rows();
    for part in ["tuned", "held"] {
        assert!(rows.iter().filter(|row| row.part == part).count() >= 40, "{part}");
    }
    for row in rows {
        for name in row.right {
            assert!(catalogue.article(name).is_some() || catalogue.check(name).is_some(), "{name}: {}", row.says);
        }
    }
}
