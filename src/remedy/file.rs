//! The LDIF files of a plan: change records, with what a reader must know as comments.

use super::planner::Plan;
use super::proof::all;
use super::way_back::way_back;
use crate::check::Catalogue;
use crate::directory::bounded;
use crate::directory::change::Change;
use crate::directory::ldif::{write_change, write_comment};
use std::io;

/// Characters of a text in a comment.
const LONGEST: usize = 1000;

/// The changes of a plan.
///
/// # Errors
/// [`io::ErrorKind::InvalidInput`] if LDIF cannot hold them.
pub fn change_file(plan: &Plan, catalogue: &Catalogue) -> io::Result<Vec<u8>> {
    let mut out = head(plan, catalogue, "Plan")?;
    for remedy in &plan.remedies {
        comment(&mut out, &remedy.finding.message)?;
        comment(&mut out, &remedy.does)?;
        for change in &remedy.changes {
            write_change(&mut out, change)?;
        }
    }
    Ok(out)
}

/// What undoes them.
///
/// # Errors
/// [`io::ErrorKind::InvalidInput`] if LDIF cannot hold it.
pub fn way_back_file(plan: &Plan, catalogue: &Catalogue) -> io::Result<Vec<u8>> {
    let mut out = head(plan, catalogue, "The way back")?;
    let back: Vec<Change> = way_back(&all(&plan.remedies));
    back.iter().try_for_each(|change| write_change(&mut out, change))?;
    Ok(out)
}

fn head(plan: &Plan, catalogue: &Catalogue, what: &str) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let check = catalogue.check(&plan.check);
    let headline = plan.remedies.first().map(|remedy| remedy.finding.headline()).unwrap_or_default();
    comment(&mut out, &format!("{what} for {}: {headline}", plan.check))?;
    if let Some(kb) = check.and_then(|check| check.kb.first()) {
        let title = catalogue.article(kb).map(|article| article.title.as_str()).unwrap_or_default();
        comment(&mut out, &format!("Article: {kb} {title}"))?;
    }
    comment(&mut out, "exaudit never applies this. Read plan.md, back up the directory, apply it yourself, audit again.")?;
    if let Some(caution) = check.and_then(|check| check.fix.caution.as_deref()) {
        comment(&mut out, &format!("Caution: {caution}"))?;
    }
    if let Some(remedy) = plan.remedies.first() {
        comment(&mut out, &format!("This form is {}.", remedy.forms.ldif.words()))?;
        for inferred in &remedy.inferred {
            comment(&mut out, &format!("Inferred: {inferred}"))?;
        }
    }
    out.extend_from_slice(b"version: 1\n\n");
    Ok(out)
}

fn comment(out: &mut Vec<u8>, text: &str) -> io::Result<()> {
    write_comment(out, &bounded::text(text, LONGEST))
}
