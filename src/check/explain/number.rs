//! What there is to say of an event or an error code.

use super::{Block, Explanation, Section, articles, covered_by};
use crate::check::article::SignKind;
use crate::check::catalogue::Catalogue;
use crate::check::definition::Check;

/// Explains every event and error of that number. None if there is none.
pub(super) fn explain(catalogue: &Catalogue, text: &str) -> Option<Explanation> {
    let signs = catalogue.signs_named(text);
    let heading = signs.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    let mut kbs: Vec<&String> = Vec::new();
    let mut ids: Vec<&String> = Vec::new();
    let mut blocks = Vec::new();
    for sign in &signs {
        match &sign.meaning {
            Some(meaning) if signs.len() == 1 => blocks.push(Block::Text(meaning.clone())),
            Some(meaning) => blocks.push(Block::Item(format!("{sign}: {meaning}"))),
            None => {}
        }
        for (all, more) in [(&mut kbs, &sign.kb), (&mut ids, &sign.checks)] {
            for name in more {
                if !all.contains(&name) {
                    all.push(name);
                }
            }
        }
    }
    let next = next(catalogue, &ids).map(|checks| Block::Code(format!("exaudit audit -H ldap://SERVER --check {checks}")));
    let sections = [Section::new("", blocks), articles(catalogue, kbs), covered_by(catalogue, ids), Section::new("Next", next)];
    let mut sections = Vec::from(sections);
    sections.retain(|section| !section.blocks.is_empty());
    (!signs.is_empty()).then_some(Explanation { heading, sections })
}

/// What to audit because of an event: its checks, or the folders that they are in if they are many. A line is to hold them.
fn next(catalogue: &Catalogue, ids: &[&String]) -> Option<String> {
    const LONGEST: usize = 40;
    let ids: Vec<&str> = ids.iter().map(|id| id.as_str()).collect();
    let is_of = |checks: &[&Check]| checks.iter().any(|check| ids.contains(&check.id.as_str()));
    // what stands before a change is for a person
    let groups = catalogue.groups().into_iter().filter(|group| group.folder != "changes" && is_of(&group.checks));
    let folders: Vec<String> = groups.map(|group| group.folder.clone()).collect();
    [ids.join(","), folders.join(",")].into_iter().find(|checks| (1..=LONGEST).contains(&checks.len()))
}

/// Explains a source of events by what is known of its events. None if it is no such source.
pub(super) fn of_source(catalogue: &Catalogue, text: &str) -> Option<Explanation> {
    let mut signs: Vec<_> = catalogue.signs().iter().filter(|sign| sign.is_of_source(text)).collect();
    signs.sort_by_key(|sign| (sign.code.len(), &sign.code));
    let heading = match signs.first().map(|sign| &sign.kind) {
        Some(SignKind::Event(Some(source))) => format!("{source}, a source of events"),
        _ => return None,
    };
    let items = signs.into_iter().map(|sign| match &sign.meaning {
        Some(meaning) => Block::Item(format!("{}: {meaning}", sign.code)),
        None => Block::Item(format!("{}: see {}", sign.code, sign.kb.join(", "))),
    });
    Some(Explanation { heading, sections: vec![Section::new("Events known here", items)] })
}
