//! What there is to say of a check.

use super::{Block, Explanation, Section, articles, checks};
use crate::check::catalogue::Catalogue;
use crate::check::definition::{Check, Expect, Reference};
use crate::check::judge::releases;
use crate::report::{Confidence, Fix};

pub(super) fn explain(catalogue: &Catalogue, check: &Check) -> Explanation {
    let basis = match check.confidence {
        Confidence::Documented => "the condition is documented",
        Confidence::Inferred => "the condition is inferred",
    };
    let about = format!(
        "Severity {}; {}; {basis}; Exchange {}.",
        check.severity.word(),
        if check.kind() == "manual" { "a person must look" } else { "decided by the audit" },
        check.versions.join(", ").replace(" SP0", " without a service pack"),
    );
    let headline = check.fails.iter().map(|fails| Block::Text(format!("When it fails: {fails}.")));
    let mut sections = vec![
        Section::new("", [Block::Text(about)].into_iter().chain(headline)),
        Section::new("What it looks at", looks_at(check)),
        Section::new("Why", [Block::Text(check.why.clone())]),
        Section::new("What you may see", check.symptoms.iter().cloned().map(Block::Item)),
        Section::new("What to do", what_to_do(&check.fix)),
        articles(catalogue, &check.kb),
        Section::new("Links", check.links.iter().cloned().map(Block::Item)),
        Section::new("Events and errors", numbers(catalogue, &check.id)),
        checks(catalogue, "Needs", &check.needs),
        checks(catalogue, "Needed by", needing(catalogue, &check.id)),
    ];
    sections.retain(|section| !section.blocks.is_empty());
    Explanation { heading: format!("{}: {}", check.id, check.title), sections }
}

fn what_to_do(fix: &Fix) -> impl Iterator<Item = Block> {
    let caution = fix.caution.iter().map(|caution| Block::Text(format!("Caution: {caution}")));
    let has_ours = fix.texts().any(|text| text.contains("(ours)"));
    let ours = has_ours.then(|| Block::Text("(ours): no article says so; it is our advice.".into()));
    caution.chain(fix.steps.iter().cloned().map(Block::Step)).chain(ours)
}

fn numbers(catalogue: &Catalogue, id: &str) -> impl Iterator<Item = Block> {
    let signs = catalogue.signs().iter().filter(move |sign| sign.checks.iter().any(|check| check == id));
    signs.map(|sign| Block::Item(sign.to_string()))
}

fn needing<'a>(catalogue: &'a Catalogue, id: &str) -> impl Iterator<Item = &'a String> {
    catalogue.checks().iter().filter(move |check| check.needs.iter().any(|needed| needed == id)).map(|check| &check.id)
}

fn looks_at(check: &Check) -> Vec<Block> {
    let each = check.subject.each.meaning();
    let judged = match &check.subject.follow {
        Some(reference) => format!("For {each}: {}", reference.meaning()),
        None => format!("Looks at {each}. It"),
    };
    let mut blocks = match &check.expect {
        Expect::Filter { filter, .. } => {
            vec![Block::Text(format!("{judged} must match this filter:")), Block::Code(filter.to_string())]
        }
        Expect::Set(reference) => vec![Block::Text(format!("For {each}: {} must be set.", reference.meaning()))],
        Expect::Resolves { reference, to, own_site, unset } => {
            let mut blocks =
                vec![Block::Text(format!("For {each}: {} must be an object that can be read.", reference.meaning()))];
            if let Some(to) = to {
                blocks.push(Block::Text("It must match this filter:".into()));
                blocks.push(Block::Code(to.to_string()));
            }
            if *own_site {
                blocks.push(Block::Text("It must be in the same site.".into()));
            }
            blocks.extend(unset.iter().map(|step| Block::Text(format!("Where it has no value, a person must look: {step}"))));
            blocks
        }
        Expect::Rule(rule) => {
            vec![Block::Text(format!("{judged} is judged by the rule `{}`: {}.", rule.name(), rule.expected()))]
        }
        Expect::Manual(text) => vec![Block::Text(text.clone())],
    };
    if let Some(only) = &check.subject.only {
        blocks.push(Block::Text("Only those that match this filter:".into()));
        blocks.push(Block::Code(only.to_string()));
    }
    let reference = match check.expect {
        Expect::Manual(_) => None,
        _ => check.expect.reference().or(check.subject.follow.as_ref()),
    };
    blocks.extend(reference.and_then(Reference::caveat).map(|caveat| Block::Text(caveat.to_owned())));
    for lesser in &check.lesser {
        let severity = lesser.severity.word();
        let from = releases(lesser).map(|releases| format!(" on {releases}")).unwrap_or_default();
        match &lesser.filter {
            Some(filter) => {
                blocks.push(Block::Text(format!("A failure that matches the next filter is only of severity {severity}{from}:")));
                blocks.push(Block::Code(filter.to_string()));
            }
            None => blocks.push(Block::Text(format!("A failure is only of severity {severity}{from}:"))),
        }
        blocks.push(Block::Text(lesser.message.clone()));
        blocks.extend(lesser.fix.iter().flat_map(what_to_do));
    }
    blocks
}
