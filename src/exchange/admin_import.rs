//! What importing a table would do, as changes to the directory.
//!
//! That a value is added to those of an attribute which may hold several, and that a primary address takes the place of the one of its type,
//! is inferred: the articles show tables and not each effect.

use super::address::{ATTRIBUTES, ProxyAddress, proxy_addresses};
use super::admin_export::{Asks, Cell, ImportError, ImportRow, Imported, Mode};
use super::questions::Questions;
use super::rehearse::spelled;
use crate::directory::change::{Action, Change, Step, What};
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::directory::filter::Shows;
use std::collections::HashMap;

/// Why a row cannot be rehearsed.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {why}")]
pub struct RowError {
    /// The file.
    name: String,
    /// What is wrong.
    why: Wrong,
}

#[derive(Debug, thiserror::Error)]
enum Wrong {
    #[error(transparent)]
    Table(#[from] ImportError),
    #[error("line {line}: {dn}: ~DEL is for objects that exist (Q184532)")]
    New { line: u64, dn: Dn },
    #[error("line {line}: {dn}: a mailbox is created with its Home-Server (Q146304); add the column")]
    Homeless { line: u64, dn: Dn },
}

/// The changes that the rows of a table ask for.
///
/// # Errors
/// [`RowError`] with the line.
pub fn changes(table: &Imported, questions: &Questions) -> Result<Vec<Change>, RowError> {
    let wrong = |why: Wrong| RowError { name: table.name().to_owned(), why };
    let rows = table.rows(questions.base()).map_err(|error| wrong(error.into()))?;
    // what the rows before made or took away
    let mut made: HashMap<u128, bool> = HashMap::new();
    let mut changes = Vec::new();
    for row in rows {
        let seen = || questions.find(&row.dn).is_some_and(|seen| seen.lives().is_yes());
        let exists = made.get(&row.dn.number()).copied().unwrap_or_else(seen);
        let from = format!("{}: line {}", table.name(), row.line);
        let what = match row.mode {
            Mode::Delete => What::Delete,
            Mode::Modify => modify(&row, questions),
            Mode::Update if exists => modify(&row, questions),
            Mode::Create | Mode::Update => create(&row).map_err(wrong)?,
        };
        made.insert(row.dn.number(), what != What::Delete);
        if !matches!(&what, What::Modify(steps) if steps.is_empty()) {
            changes.push(Change { dn: row.dn, what, from });
        }
    }
    Ok(changes)
}

fn create(row: &ImportRow) -> Result<What, Wrong> {
    let mut entry = Entry::new(row.dn.clone());
    let mut addresses = Vec::new();
    for cell in &row.cells {
        let Asks::Gives(values) = &cell.asks else { return Err(Wrong::New { line: row.line, dn: row.dn.clone() }) };
        for value in values {
            if cell.attribute == "Proxy-Addresses" {
                addresses.extend(address(value));
            } else if !entry.values(&cell.attribute).any(|own| own == value.as_slice()) {
                entry.add(&cell.attribute, value);
            }
        }
    }
    let is_mailbox = entry.texts("objectClass").any(|class| class.eq_ignore_ascii_case("organizationalPerson"));
    if is_mailbox && !["Home-Server", "Home-MDB", "Home-MTA"].iter().any(|home| entry.has(home)) {
        return Err(Wrong::Homeless { line: row.line, dn: row.dn.clone() });
    }
    for place in ATTRIBUTES {
        for text in addresses.iter().filter_map(|address| spelled(address, place)) {
            if !entry.values(place).any(|own| own == text.as_slice()) {
                entry.add(place, text);
            }
        }
    }
    Ok(What::Add(entry.attributes().map(|one| (one.name.to_owned(), one.values.map(<[u8]>::to_vec).collect())).collect()))
}

fn modify(row: &ImportRow, questions: &Questions) -> What {
    let seen = questions.find(&row.dn);
    let mut steps = Vec::new();
    let is_of_addresses = |cell: &&Cell| cell.attribute == "Proxy-Addresses";
    // of what class it is, and what it is called, are no changes
    let is_its_name = |cell: &&Cell| ["objectClass", "rdn", "distinguishedName"].contains(&cell.attribute.as_str());
    for cell in row.cells.iter().filter(|cell| !is_of_addresses(cell) && !is_its_name(cell)) {
        let holds =
            |value: &Vec<u8>| seen.as_ref().is_some_and(|seen| seen.values(&cell.attribute).seen().any(|own| own == value));
        let (action, values) = match &cell.asks {
            Asks::Gives(values) if cell.multi => (Action::Add, values.iter().filter(|value| !holds(value)).cloned().collect()),
            Asks::Gives(values) => (Action::Replace, values.clone()),
            Asks::Clears { .. } => (Action::Replace, Vec::new()),
            Asks::Takes(values) => (Action::Delete, values.clone()),
        };
        if !(values.is_empty() && action == Action::Add) {
            steps.push(Step { action, attribute: cell.attribute.clone(), values });
        }
    }
    let cells: Vec<&Cell> = row.cells.iter().filter(is_of_addresses).collect();
    if let Some(seen) = seen.filter(|_| !cells.is_empty()) {
        let shown = seen.shown();
        let mut all = proxy_addresses(&shown);
        cells.iter().for_each(|cell| apply(&mut all, &cell.asks));
        let shows = |place: &str| shown.values_of(place).next().is_some();
        let shows_none = !ATTRIBUTES.into_iter().any(shows);
        for place in ATTRIBUTES {
            let values: Vec<Vec<u8>> = all.iter().filter_map(|address| spelled(address, place)).collect();
            let is_own = match place {
                "Proxy-Addresses" | "rfc822Mailbox" => shows(place) || shows_none,
                _ => shows(place) || !values.is_empty(),
            };
            if is_own {
                steps.push(Step { action: Action::Replace, attribute: place.to_owned(), values });
            }
        }
    }
    What::Modify(steps)
}

/// What a cell makes of the addresses of an object.
fn apply(all: &mut Vec<ProxyAddress>, asks: &Asks) {
    match asks {
        Asks::Gives(values) => {
            for given in values.iter().filter_map(|value| address(value)) {
                let is_it = |known: &ProxyAddress| known.kind == given.kind && known.value.eq_ignore_ascii_case(&given.value);
                // the primary of a type is one
                let gives_way = |known: &ProxyAddress| given.primary && known.primary && known.kind == given.kind;
                all.retain(|known| !is_it(known) && !gives_way(known));
                all.push(given);
            }
        }
        Asks::Clears { secondary } => all.retain(|known| known.primary == *secondary),
        Asks::Takes(values) => {
            for taken in values {
                let text = String::from_utf8_lossy(taken);
                let (kind, value) = text.split_once(':').unwrap_or((&text, ""));
                let is_kind = |known: &ProxyAddress| known.kind.eq_ignore_ascii_case(kind.trim());
                all.retain(|known| !is_kind(known) || !(value.is_empty() || known.value.eq_ignore_ascii_case(value)));
            }
        }
    }
}

fn address(text: &[u8]) -> Option<ProxyAddress> {
    let mut entry = Entry::new(Dn::default());
    entry.add("Proxy-Addresses", text);
    proxy_addresses(&entry).into_iter().next()
}
