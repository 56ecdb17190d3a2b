//! The way back: what undoes changes that take away and add named values.

use crate::directory::change::{Action, Change, Step, What};

/// The changes that undo these, the last first. Makers name every value that goes or comes, so nothing has to be looked up.
pub(super) fn way_back(changes: &[Change]) -> Vec<Change> {
    changes.iter().rev().filter_map(undo).collect()
}

fn undo(change: &Change) -> Option<Change> {
    let What::Modify(steps) = &change.what else { return None };
    let undone = steps.iter().rev().map(|step| {
        let action = match step.action {
            Action::Add => Action::Delete,
            Action::Delete | Action::Replace => Action::Add,
        };
        Step { action, attribute: step.attribute.clone(), values: step.values.clone() }
    });
    Some(Change { dn: change.dn.clone(), what: What::Modify(undone.collect()), from: change.from.clone() })
}
