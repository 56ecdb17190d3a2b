//! What there is to say of an event or an error code.

use super::{Block, Explanation, Section, articles, covered_by};
use crate::check::catalogue::Catalogue;

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
    let mut sections = vec![Section::new("", blocks), articles(catalogue, kbs), covered_by(catalogue, ids)];
    sections.retain(|section| !section.blocks.is_empty());
    (!signs.is_empty()).then_some(Explanation { heading, sections })
}
