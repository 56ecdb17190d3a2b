//! The proof of a plan, by the code of what-if: its failures are gone, nothing breaks or becomes undecided, and the way back leads to
//! the same directory. A table must do what the LDIF does.

use super::table::{Row, table};
use super::way_back::way_back;
use super::{Remedy, Table};
use crate::check::rehearse::{Rehearsal, Rehearsed};
use crate::directory::change::Change;
use crate::directory::whole::Directory;
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
    /// The tables, or why there are none.
    pub(super) tables: Result<Tables, String>,
}

/// The tables of a plan.
#[derive(Debug)]
pub struct Tables {
    /// What is imported.
    pub there: Vec<u8>,
    /// What undoes it.
    pub back: Vec<u8>,
    /// Fixes that no table can hold, which only the LDIF has.
    pub left_out: usize,
    /// Why, of one of them.
    pub why: String,
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
        let tables = self.tables(remedies);
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

    /// The tables there and back, of those fixes that a table can hold.
    fn tables(&self, remedies: &[Remedy]) -> Result<Tables, String> {
        let (mut held, mut left_out, mut why) = (Vec::new(), 0, String::new());
        for remedy in remedies {
            match self.rows(remedy) {
                Ok(rows) => held.push((remedy, rows)),
                Err(reason) => (left_out, why) = (left_out + 1, reason),
            }
        }
        if held.is_empty() {
            return Err(why);
        }
        let changes: Vec<Change> = held.iter().flat_map(|(remedy, _)| remedy.changes.iter().cloned()).collect();
        let rows = |back: bool| -> Vec<Row> {
            held.iter().flat_map(|(_, (there, way))| if back { way } else { there }).cloned().collect()
        };
        let (there, back) = (table(&rows(false)), table(&rows(true)));
        let made = rehearse(self.questions, &changes).map_err(|error| error.to_string())?;
        let named = self.imports(&there, self.questions)?;
        match remedies.iter().any(|remedy| matches!(remedy.forms.table, Table::Names(_))) {
            // a server makes what the rows lack: that cannot be rehearsed, but they must ask for nothing else
            true if !named.is_empty() => return Err("the table would change more than it should".into()),
            true => {}
            false => {
                let imported =
                    rehearse(self.questions, &named).map_err(|error| format!("the table could not be rehearsed: {error}"))?;
                let then = self.asked(made.directory.clone());
                if let Some(dn) = difference(&then, &imported.directory) {
                    return Err(format!("read back, the table does not do the same to {dn}"));
                }
            }
        }
        let then = self.asked(made.directory);
        self.leads_back(&then, &self.imports(&back, &then)?)?;
        Ok(Tables { there, back, left_out, why })
    }

    /// The rows of one fix there and back, if a table can hold them: read back, each names its object.
    fn rows(&self, remedy: &Remedy) -> Result<(Vec<Row>, Vec<Row>), String> {
        let rows = |changes: &[Change]| {
            changes.iter().map(|change| Row::of(change, self.questions)).collect::<Result<Vec<Row>, String>>()
        };
        let back = rows(&way_back(&remedy.changes))?;
        let there = match &remedy.forms.table {
            Table::Withheld(why) => return Err(why.clone()),
            Table::Says(_) => rows(&remedy.changes)?,
            Table::Names(_) => back.iter().map(Row::bare).collect(),
        };
        for row in there.iter().chain(&back) {
            row.is_read_back(self.questions.base())?;
        }
        Ok((there, back))
    }

    fn asked(&self, directory: Directory) -> Questions {
        let questions = self.questions;
        Questions::of(directory, questions.base().clone(), questions.hints().clone(), self.attributes.clone())
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
