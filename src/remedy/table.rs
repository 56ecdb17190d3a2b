//! Changes as a table that the Administrator program imports (Q146304): quoted as its documents have it, CRLF at the end of a line.
//!
//! `~DEL` clears an attribute (Q152854), `~DEL<value>` takes one value away (Q184536, which needs the later Dapi.dll).

use crate::directory::change::{Action, Change, Step, What};
use crate::directory::dn::Dn;
use crate::directory::text::text_of;
use crate::exchange::admin_export::{Imported, columns_of};
use crate::exchange::naming::to_legacy;
use crate::exchange::questions::{Questions, Seen};
use crate::exchange::schema;

/// Takes everything of an attribute away.
const CLEAR: &str = "~DEL";

/// One row: which object, and its cells by column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    class: &'static str,
    dn: Dn,
    cells: Vec<(String, String)>,
}

impl Row {
    /// A row that names an object, and asks for nothing.
    ///
    /// # Errors
    /// That no table can modify an object of its class.
    pub(super) fn naming(seen: &Seen<'_>) -> Result<Self, String> {
        // Q146304 knows these three
        let classes = [("organizationalPerson", "Mailbox"), ("groupOfNames", "DL"), ("Remote-Address", "Remote")];
        let class = classes.into_iter().find(|(class, _)| seen.has_class(class)).map(|(_, word)| word);
        let class = class.ok_or("a table modifies mailboxes, distribution lists and custom recipients only (Q146304)")?;
        Ok(Self { class, dn: seen.dn(), cells: Vec::new() })
    }

    /// The same row, asking for nothing.
    pub(super) fn bare(&self) -> Self {
        Self { cells: Vec::new(), ..self.clone() }
    }

    /// That the row, written and read, is about its object: a name of a table can be taken for another.
    ///
    /// # Errors
    /// Why it is not.
    pub(super) fn is_read_back(&self, base: &Dn) -> Result<(), String> {
        let imported = Imported::read(table(std::slice::from_ref(self)), "the table").map_err(|error| error.to_string());
        let rows = imported.and_then(|imported| imported.rows(base).map_err(|error| error.to_string()));
        match rows.as_deref() {
            Ok([row]) if row.dn.number() == self.dn.number() => Ok(()),
            _ => Err("a table cannot hold the name of the object, or the value".into()),
        }
    }

    /// The row that asks for a change.
    ///
    /// # Errors
    /// Why no table can ask for it.
    pub(super) fn of(change: &Change, questions: &Questions) -> Result<Self, String> {
        let What::Modify(steps) = &change.what else { return Err("a table of these rows only modifies".into()) };
        let seen = questions.find(&change.dn).ok_or("the object was not seen")?;
        let mut row = Self::naming(&seen)?;
        for step in steps {
            let (column, cell) = cell(step)?;
            // the primary address of a type takes the place of the one that there is; of others a cell asks for one thing (Q184536)
            match row.cells.iter_mut().find(|(known, _)| *known == column) {
                Some((known, before)) if known == "E-mail Addresses" && !cell.starts_with(CLEAR) => *before = cell,
                Some(_) => return Err("a cell cannot both remove and add (Q184536)".into()),
                None => row.cells.push((column, cell)),
            }
        }
        Ok(row)
    }
}

/// Column and cell of a step.
fn cell(step: &Step) -> Result<(String, String), String> {
    let attribute = step.attribute.as_str();
    let texts: Vec<String> = step.values.iter().map(|value| text_of(value)).collect();
    let (column, values): (String, Vec<String>) = match attribute {
        "textEncodedORAddress" => ("E-mail Addresses".into(), texts.iter().map(|text| format!("X400:{text}")).collect()),
        "otherMailbox" => ("Secondary-Proxy-Addresses".into(), texts.iter().map(|text| text.replacen('$', ":", 1)).collect()),
        _ => (column_of(attribute)?, texts.into_iter().map(|text| named(attribute, text)).collect()),
    };
    let escaped = values.iter().map(|value| escape(value));
    // addresses of all types share a column: a bare ~DEL would clear them all
    let is_address = crate::exchange::address::ATTRIBUTES.contains(&attribute);
    let is_multi = is_address || schema::attribute(attribute).is_none_or(|known| known.multi);
    let cell = match step.action {
        Action::Delete if !is_multi => CLEAR.to_owned(),
        Action::Delete => escaped.map(|value| format!("{CLEAR}<{value}>")).collect::<Vec<_>>().join("%"),
        Action::Add | Action::Replace => escaped.collect::<Vec<_>>().join("%"),
    };
    if values.is_empty() && is_multi || cell.is_empty() {
        return Err("the change names no value".into());
    }
    Ok((column, cell))
}

/// A backslash and the sign between values, as Exchange escapes them (Books Online xmt02025).
fn escape(value: &str) -> String {
    value.replace('\\', "\\\\").replace('%', "\\%")
}

/// The column of an attribute.
fn column_of(attribute: &str) -> Result<String, String> {
    match attribute {
        // the headers that Q151784 names
        "Auth-Orig" => Ok("Accept From".into()),
        "DL-Mem-Submit-Perms" => Ok("Accept From DL".into()),
        _ => {
            columns_of(attribute).first().map(|column| (*column).to_owned()).ok_or_else(|| format!("no column holds {attribute}"))
        }
    }
}

/// A value as a table has it: names in their legacy form.
fn named(attribute: &str, text: String) -> String {
    let is_name = schema::attribute(attribute).is_some_and(schema::Attribute::holds_names);
    let dn = Dn::parse(text.as_bytes()).ok().filter(|dn| is_name && !dn.is_empty());
    dn.map(|dn| to_legacy(&dn)).unwrap_or(text)
}

/// The table of these rows, as bytes: plain where all of it is ASCII, else Unicode with a mark, as the Administrator program writes it
/// where Unicode is chosen (reference G1; that an import takes it so is inferred).
pub(super) fn table(rows: &[Row]) -> Vec<u8> {
    let mut columns: Vec<&str> = Vec::new();
    for (column, _) in rows.iter().flat_map(|row| &row.cells) {
        if !columns.contains(&column.as_str()) {
            columns.push(column);
        }
    }
    let mut text = line(["Obj-Class", "Mode", "Obj-Container", "Directory Name"].into_iter().chain(columns.iter().copied()));
    for row in rows {
        let container = escape(&to_legacy(&row.dn.parent()));
        let name = escape(&row.dn.leaf());
        let own = |column: &str| row.cells.iter().find(|(known, _)| known == column).map_or("", |(_, cell)| cell.as_str());
        let fixed = [row.class, "Modify", &container, &name];
        text.push_str(&line(fixed.into_iter().chain(columns.iter().map(|column| own(column)))));
    }
    if text.is_ascii() {
        return text.into_bytes();
    }
    [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

fn line<'c>(fields: impl Iterator<Item = &'c str>) -> String {
    let quoted = fields.map(|field| match field.contains([',', '"', ';', '\r', '\n', '\t']) || field.starts_with(' ') {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field.to_owned(),
    });
    quoted.collect::<Vec<_>>().join(",") + "\r\n"
}
