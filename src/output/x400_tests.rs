//! How addresses are shown.

use super::*;
use crate::exchange::x400::examine;
use crate::output::fixture::STYLE;
use crate::output::sanitize::is_hidden;

fn shown(address: &str, columns: usize) -> String {
    let style = Style { width: columns, ..STYLE };
    let text = text(address, &examine(address), &style);
    assert!(text.lines().all(|line| width(line) <= columns.max(LABEL + 10)), "{text}");
    text
}

#[test]
fn a_good_address_is_one_line() {
    assert_eq!(shown("c=US;a= ;p=Org;o=Site;s=Doe;", 80), "ok       c=US;a= ;p=Org;o=Site;s=Doe;\n");
}

#[test]
fn marks_stand_under_their_places() {
    insta::assert_snapshot!(shown("C=US; A=ADMD; P=PRMD; S=Administrator", 100));
}

#[test]
fn a_narrow_terminal_breaks_the_address_and_keeps_marks_under_it() {
    insta::assert_snapshot!(shown("c=U;a= ;p=Ferguson and Bardell;o=LONDON;s=M\u{fc}ller;g=", 40));
}

#[test]
fn nothing_hidden_is_written() {
    for hostile in ["c=US;a= ;s=\u{1b}[31m\u{202e};", "\u{1b}]0;x\u{7}", "\u{9b}2J=\u{e0041};c=\r\n", "", " "] {
        for columns in [20, 80] {
            let text = shown(hostile, columns);
            assert!(!text.chars().any(|c| c != '\n' && is_hidden(c)), "{text:?}");
            assert!(text.contains('^'));
        }
    }
}

#[test]
fn what_is_far_too_long_is_cut() {
    let long = format!("c=US;a= ;s={};", "x".repeat(5000));
    let text = shown(&long, 80);
    assert!(text.contains("...\n") && text.contains("too-long") && text.len() < 2000, "{text}");
}

#[test]
fn the_class_has_a_colour() {
    let style = Style { colour: true, ..STYLE };
    let address = "c=US;a= ;p=Org";
    let text = text(address, &examine(address), &style);
    assert!(text.starts_with("\u{1b}[33munusual\u{1b}[0m  c=US"), "{text:?}");
}

proptest::proptest! {
    #[test]
    fn every_problem_is_shown_once_and_within_the_width(address in "(c=|a=|[ ;=xXd\u{4f1a}\u{1b}]){0,60}", columns in 30_usize..120) {
        let text = shown(&address, columns);
        proptest::prop_assert_eq!(text.matches('^').count(), examine(&address).problems.len());
    }
}
