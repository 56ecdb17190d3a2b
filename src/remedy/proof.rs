//! The proof of a plan, by the code of what-if: its failures are gone, nothing breaks or becomes undecided, and the way back leads to
//! the same directory. A table must do what the LDIF does.

use super::table::{Row, table};
use super::way_back::way_back;
use super::{Remedy, Table};
use crate::check::rehearse::{Rehearsal, Rehearsed};
use crate::directory::change::Change;
use crate::exchange::admin_export::Imported;
use crate::exchange::admin_import;
use crate::exchange::questions::Questions;
use crate::exchange::rehearse::{difference, rehearse};

/// What plans are proven on.
pub(super) struct Bench<'a> {
    pub(super) rehearsal: &'a Rehearsal<'a>,
    pub(super) questions: &'a Questions,
    pub(super) attributes: Vec<String>,
}

/// A plan that is proven.
pub(super) struct Proof {
    /// What else it mends: check and object.
    pub(super) mends: Vec<(String, u128)>,
    /// The tables there and back, or why there are none.
    pub(super) tables: Result<(Vec<u8>, Vec<u8>), String>,
}

impl Bench<'_> {
    /// Proves that these fixes together do what they are to do, and no harm.
    ///
    /// # Errors
    /// What speaks against it.
    pub(super) fn prove(&self, remedies: &[Remedy]) -> Result<Proof, String> {
        let changes = all(remedies);
        let rehearsed = self
            .rehearsal
            .run(self.questions, &changes, self.questions.hints().clone(), self.attributes.clone())
            .map_err(|error| format!("the change could not be rehearsed: {error}"))?;
        let Rehearsed { shifts, unseen, then, .. } = rehearsed;
        let named = |finding: &crate::report::Finding| {
            let at = finding.subject.as_ref().map(|subject| format!(" of {}", subject.dn)).unwrap_or_default();
            format!("{}{at}", finding.check)
        };
        if let Some(broken) = shifts.breaks.first() {
            return Err(format!("rehearsed, it makes {} fail", named(broken)));
        }
        if let Some(open) = shifts.undecided.first() {
            return Err(format!("rehearsed, it leaves {} undecided", named(open)));
        }
        if let Some(unseen) = unseen.first() {
            return Err(format!("rehearsed, it touches what was not seen: {}", unseen.what));
        }
        let mends: Vec<(String, u128)> =
            shifts.mends.iter().filter_map(|finding| Some((finding.check.clone(), number(finding)?))).collect();
        let is_mended = |remedy: &Remedy| {
            number(&remedy.finding)
                .is_some_and(|own| mends.iter().any(|(check, at)| *check == remedy.finding.check && *at == own))
        };
        if let Some(still) = remedies.iter().find(|remedy| !is_mended(remedy)) {
            return Err(format!("rehearsed, {} still fails", named(&still.finding)));
        }
        self.leads_back(&then, &way_back(&changes))?;
        let tables = self.tables(remedies, &changes, &then);
        Ok(Proof { mends, tables })
    }

    /// That changes made to what there is then give what there is now.
    fn leads_back(&self, then: &Questions, back: &[Change]) -> Result<(), String> {
        let back = rehearse(then, back).map_err(|error| format!("the way back could not be rehearsed: {error}"))?;
        match difference(self.questions, &back.directory) {
            Some(dn) => Err(format!("the way back does not give the same {dn}")),
            None => Ok(()),
        }
    }

    fn tables(&self, remedies: &[Remedy], changes: &[Change], then: &Questions) -> Result<(Vec<u8>, Vec<u8>), String> {
        if let Some(remedy) = remedies.iter().find(|remedy| !remedy.forms.table.is_written()) {
            return Err(remedy.forms.table.words().to_owned());
        }
        let by_server = remedies.iter().all(|remedy| matches!(remedy.forms.table, Table::Names(_)));
        let rows =
            |changes: &[Change]| changes.iter().map(|change| Row::of(change, self.questions)).collect::<Result<Vec<Row>, _>>();
        let there = match by_server {
            true => changes
                .iter()
                .filter_map(|change| self.questions.find(&change.dn))
                .map(|seen| Row::naming(&seen))
                .collect::<Result<_, _>>()?,
            false => rows(changes)?,
        };
        let (there, back) = (table(&there), table(&rows(&way_back(changes))?));
        let named = self.imports(&there, self.questions)?;
        match by_server {
            // a server makes what the rows lack: that cannot be rehearsed, but they must ask for nothing else
            true if !named.is_empty() => return Err("the table would change more than it is to".into()),
            true => {}
            false => {
                let imported =
                    rehearse(self.questions, &named).map_err(|error| format!("the table could not be rehearsed: {error}"))?;
                if let Some(dn) = difference(then, &imported.directory) {
                    return Err(format!("read back, the table does not do the same to {dn}"));
                }
            }
        }
        let back_again = self.imports(&back, then)?;
        self.leads_back(then, &back_again)?;
        Ok((there, back))
    }

    fn imports(&self, table: &[u8], questions: &Questions) -> Result<Vec<Change>, String> {
        let imported =
            Imported::read(table.to_vec(), "the table").map_err(|error| format!("the table cannot hold it: {error}"))?;
        admin_import::changes(&imported, questions).map_err(|error| format!("the table cannot hold it: {error}"))
    }
}

/// All changes of these fixes, one after the other.
pub(super) fn all(remedies: &[Remedy]) -> Vec<Change> {
    remedies.iter().flat_map(|remedy| remedy.changes.iter().cloned()).collect()
}

/// The number of the object that a failure is of.
pub(super) fn number(finding: &crate::report::Finding) -> Option<u128> {
    finding.subject.as_ref().map(|subject| subject.dn.number())
}
