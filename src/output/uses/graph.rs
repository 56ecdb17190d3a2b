//! The graph that both drawings show: who refers to the object, or to what lies below it.

use crate::output::words::counted;
use crate::report::{Confidence, Severity, Use, Uses};

/// References that are drawn: more would be no picture.
const MOST: usize = 40;
/// Things not seen that are drawn.
const MOST_UNSEEN: usize = 8;

/// What is drawn.
pub(super) struct Graph<'a> {
    /// The object, and what lies below it and is referred to.
    pub(super) ends: Vec<End>,
    /// Who refers to them.
    pub(super) arrows: Vec<Arrow<'a>>,
    /// References that are not drawn.
    pub(super) undrawn: usize,
    /// What was not seen.
    pub(super) unseen: Vec<&'a str>,
}

/// What is referred to.
pub(super) struct End {
    /// Its own name.
    pub(super) name: String,
    /// What it is, or where.
    pub(super) words: String,
    /// Its whole name.
    pub(super) dn: String,
}

/// References of one kind.
pub(super) struct Arrow<'a> {
    /// Which of the ends they lead to.
    pub(super) end: usize,
    /// Who refers.
    pub(super) whom: &'a str,
    /// What the object is to them.
    pub(super) role: &'a str,
    /// What tells so, and by whom.
    pub(super) told: String,
    /// What would fail.
    pub(super) fails: Option<String>,
    /// How bad that is.
    pub(super) severity: Option<Severity>,
    /// Whether it is inferred.
    pub(super) is_inferred: bool,
}

impl<'a> Graph<'a> {
    pub(super) fn of(uses: &'a Uses) -> Self {
        let object = &uses.object;
        let words = object.kind.clone().unwrap_or_else(|| "not seen".into());
        let mut ends = vec![End { name: object.dn.leaf().into_owned(), words, dn: object.dn.to_string() }];
        let mut numbers = vec![object.dn.number()];
        let arrow = |one: &'a Use| {
            let number = one.to.number();
            let end = numbers.iter().position(|known| *known == number).unwrap_or_else(|| {
                numbers.push(number);
                let words = format!("below {}", one.to.parent().leaf());
                ends.push(End { name: one.to.leaf().into_owned(), words, dn: one.to.to_string() });
                numbers.len() - 1
            });
            let more = one.count.saturating_sub(1);
            let more = if more > 0 { format!(" and {}", counted(more as u64, "other", "others")) } else { String::new() };
            let first = one.by.first().map(String::as_str).unwrap_or_default();
            let failing = one.checks.first();
            Arrow {
                end,
                whom: &one.parts.1,
                role: &one.parts.0,
                told: format!("{} of {first}{more}", one.attribute),
                fails: failing.map(|failing| {
                    [Some(failing.check.as_str()), failing.kb.as_deref()].map(Option::unwrap_or_default).join(" ")
                }),
                severity: one.severity(),
                is_inferred: one.confidence == Confidence::Inferred,
            }
        };
        let arrows = uses.references.iter().take(MOST).map(arrow).collect();
        let unseen = uses.unseen.iter().filter(|blind| blind.counts).take(MOST_UNSEEN).map(|blind| blind.what.as_str()).collect();
        Self { ends, arrows, undrawn: uses.references.len().saturating_sub(MOST), unseen }
    }
}
