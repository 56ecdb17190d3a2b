//! Exports in files: LDIF or tables, told apart by what they hold.

mod form;

use super::admin_export::{CsvOptions, ExportError, Table, separators};
use crate::directory::dn::Dn;
use crate::directory::encoding::{Encoding, NotText, to_utf8};
use crate::directory::input::{Input, OpenError};
use crate::directory::ldif::{self, LdifError, Loaded};
use crate::directory::source::{Kind, Origin};
use crate::directory::whole::{Builder, Directory};
use std::io;
use std::path::{Path, PathBuf};

/// How much of a file is looked at to tell what it is.
const HEAD: usize = 64 << 10;

/// Why a file is not read as an export.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It is none.
    #[error("{name}: {why}")]
    NoExport {
        /// The name as given.
        name: String,
        /// What it is instead.
        why: NoExport,
    },
}

/// What a file is that is no export.
#[derive(Debug, thiserror::Error)]
pub enum NoExport {
    /// Nothing is in it.
    #[error("it is empty; was the export written?")]
    Empty,
    /// LDIF without an entry.
    #[error("it holds no object{0}; was the export written?")]
    NoEntry(String),
    /// Someone writes to it.
    #[error("{0}")]
    Changed(String),
    /// UTF-16 that is not whole.
    #[error("{0}; was the file cut? Save it as UTF-8, or export it again")]
    NotText(NotText),
    /// What another tool shows.
    #[error("{0}")]
    Tool(&'static str),
    /// A table that is no export, or none that can be read.
    #[error(transparent)]
    Table(ExportError),
    /// A table whose columns are separated by another sign.
    #[error("its columns seem to be separated by {sign:?}; say --columns '{code} 34 37', where 34 is the quote and 37 stands between values", code = u32::from(*.sign))]
    Separator {
        /// The sign.
        sign: char,
    },
    /// Neither LDIF nor a table.
    #[error("{0}; it is neither LDIF nor a table of the Administrator program (docs/exports.md)")]
    Ldif(LdifError),
}

/// What files hold, as one directory.
#[derive(Debug)]
pub struct Export {
    /// Everything they hold.
    pub directory: Directory,
    /// Where the collections started that wrote them, if they agree.
    pub base: Option<Dn>,
    /// What kind of files they are, and their names.
    pub origin: Origin,
    /// What a reader of the report should know, in sentences.
    pub notes: Vec<String>,
}

/// Reads files, `-` for standard input, into one directory of at most so many bytes.
///
/// # Errors
/// [`FileError`] of the first that cannot be read, or is no export.
pub fn read(paths: &[PathBuf], options: &CsvOptions, most: usize) -> Result<Export, FileError> {
    let mut builder = Builder::within(most);
    let (mut bases, mut notes) = (Vec::new(), Vec::new());
    for path in paths {
        let input = input(path, most)?;
        let again = paths.iter().filter(|other| *other == path).count() > 1;
        if again && path.as_os_str() == "-" {
            let source = io::Error::new(io::ErrorKind::InvalidInput, "it can be given only once");
            return Err(OpenError::Unreadable { name: input.name, source }.into());
        }
        let loaded = file(&mut builder, input, options)?;
        bases.push(loaded.base);
        notes.extend(loaded.notes);
    }
    let base = bases.first().cloned().flatten();
    let agree = bases.iter().all(|other| other.as_ref().map(Dn::number) == base.as_ref().map(Dn::number));
    let directory = builder.finish();
    notes.extend(contradictions(&directory));
    let locations: Vec<&str> = directory.sources().iter().map(|source| source.location.as_str()).collect();
    let all_tables = directory.sources().iter().all(|source| source.is_table());
    let kind = if all_tables { Kind::Csv } else { Kind::Ldif };
    let origin = Origin { kind, location: locations.join(", "), bind_dn: None };
    Ok(Export { directory, base: base.filter(|_| agree), origin, notes })
}

fn input(path: &Path, most: usize) -> Result<Input, OpenError> {
    match path.as_os_str() == "-" {
        true => Input::of_stream("standard input", io::stdin().lock(), most),
        false => Input::read(path, most),
    }
}

/// Says of which objects the records contradict each other.
fn contradictions(directory: &Directory) -> Vec<String> {
    const MOST: usize = 20;
    let mut told = Vec::new();
    let all = directory.entries().filter(|entry| entry.is_life_contradicted() || !entry.contradicted().is_empty());
    for (number, entry) in all.enumerate() {
        if number == MOST {
            told.push("There are more records that contradict each other than are told here.".to_owned());
            break;
        }
        let names = entry.names().into_iter().filter(|name| entry.contradicted().has(*name));
        let names: Vec<&str> = names.take(5).map(|name| directory.spelled(name)).collect();
        let what = match entry.is_life_contradicted() {
            true => "in whether it is deleted".to_owned(),
            false => format!("in {}", names.join(", ")),
        };
        told.push(format!("Several records of {} contradict each other {what}; nothing is decided by that.", entry.dn()));
    }
    told
}

fn file(builder: &mut Builder, input: Input, options: &CsvOptions) -> Result<Loaded, FileError> {
    let Input { name, bytes, cut } = input;
    let none = |why| FileError::NoExport { name: name.clone(), why };
    let head = bytes.get(..HEAD.min(bytes.len())).unwrap_or_default();
    let encoding = options.encoding.or_else(|| Encoding::shown_by(head));
    let text = encoding.map_or_else(|| String::from_utf8_lossy(head).into_owned(), |encoding| encoding.lossy(head));
    if separators(&text, options.separators).is_some() {
        let table = Table::read(bytes, options).map_err(|error| none(NoExport::Table(error)))?;
        return Ok(table.load(builder, &name, cut));
    }
    if let Some(why) = form::foreign(&text) {
        return Err(none(why));
    }
    let bytes = match Encoding::is_wide(head) {
        true => to_utf8(bytes).map_err(|error| none(NoExport::NotText(error)))?,
        false => bytes,
    };
    let before = builder.so_far().len();
    let loaded = ldif::load(builder, &name, bytes, cut).map_err(|error| none(NoExport::Ldif(error)))?;
    // a collected file may tell that there was nothing to be seen
    if builder.so_far().len() == before && loaded.base.is_none() && !loaded.holds_entries {
        let ended = loaded.ended.map(|ended| format!(": the search that made it ended with result {ended}")).unwrap_or_default();
        return Err(none(NoExport::NoEntry(ended)));
    }
    Ok(loaded)
}
