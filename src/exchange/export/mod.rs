//! Exports in files: LDIF or tables, told apart by what they hold.

mod form;

use super::admin_export::{CsvOptions, CsvSource, ExportError, Table, separators};
use super::class::name_classes;
use crate::directory::dn::Dn;
use crate::directory::encoding::{Encoding, NotText, to_utf8};
use crate::directory::files::FilesSource;
use crate::directory::input::{Input, OpenError};
use crate::directory::ldif::{self, LdifError, LdifSource, Record};
use crate::directory::source::Source;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// How much of a file is looked at to tell what it is.
const HEAD: u64 = 64 << 10;

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

/// Opens files, `-` for standard input, as one source.
///
/// # Errors
/// [`FileError`] of the first that cannot be opened, or is no export.
pub fn open(paths: &[PathBuf], options: &CsvOptions) -> Result<FilesSource, FileError> {
    let mut files: Vec<Box<dyn Source>> = Vec::new();
    let mut bases = Vec::new();
    for path in paths {
        let (name, input) = open_one(path)?;
        let again = paths.iter().filter(|other| *other == path).count() > 1;
        if again && path.as_os_str() == "-" {
            let source = io::Error::new(io::ErrorKind::InvalidInput, "it can be given only once");
            return Err(OpenError::Unreadable { name, source }.into());
        }
        let (file, base) = file(&name, input, options)?;
        files.push(file);
        bases.push(base);
    }
    let base = bases.first().cloned().flatten();
    let agree = bases.iter().all(|other| other.as_ref().map(|dn| dn.key()) == base.as_ref().map(|dn| dn.key()));
    Ok(FilesSource::of(files, base.filter(|_| agree)))
}

fn open_one(path: &Path) -> Result<(String, Input), OpenError> {
    if path.as_os_str() == "-" {
        let name = "standard input".to_owned();
        let input = Input::spool(&name, io::stdin().lock())?;
        return Ok((name, input));
    }
    Ok((path.display().to_string(), Input::open(path)?))
}

fn file(name: &str, mut input: Input, options: &CsvOptions) -> Result<(Box<dyn Source>, Option<Dn>), FileError> {
    let none = |why| FileError::NoExport { name: name.to_owned(), why };
    let head = bytes(name, &mut input, HEAD)?;
    let encoding = options.encoding.or_else(|| Encoding::shown_by(&head));
    let text = encoding.map_or_else(|| String::from_utf8_lossy(&head).into_owned(), |encoding| encoding.lossy(&head));
    if separators(&text, options.separators).is_some() {
        let table = Table::read(whole(name, &mut input)?, options).map_err(|error| none(NoExport::Table(error)))?;
        return Ok((Box::new(CsvSource::of(name, table)), None));
    }
    if let Some(why) = form::foreign(&text) {
        return Err(none(why));
    }
    if Encoding::is_wide(&head) {
        let utf8 = to_utf8(whole(name, &mut input)?).map_err(|error| none(NoExport::NotText(error)))?;
        input = Input::Bytes(utf8);
    }
    let nothing = form::nothing_in(ldif::entries(begin(name, &mut input)?));
    let ldif = LdifSource::of(name, input).prepared(name_classes);
    // a collected file may tell that there was nothing to be seen
    if let Some(why) = nothing.filter(|_| ldif.record().is_none()) {
        return Err(none(why));
    }
    let base = ldif.base().cloned();
    Ok((Box::new(ldif), base))
}

fn begin<'a>(name: &str, input: &'a mut Input) -> Result<Box<dyn io::BufRead + Send + 'a>, FileError> {
    input.rewound().map_err(|source| OpenError::Unreadable { name: name.to_owned(), source }.into())
}

/// The bytes of a file, so many at most.
fn bytes(name: &str, input: &mut Input, at_most: u64) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    let read = begin(name, input)?.take(at_most).read_to_end(&mut bytes);
    read.map_err(|source| OpenError::Unreadable { name: name.to_owned(), source })?;
    Ok(bytes)
}

/// All bytes of a file that nobody writes to meanwhile.
fn whole(name: &str, input: &mut Input) -> Result<Vec<u8>, FileError> {
    let bytes = bytes(name, input, u64::MAX)?;
    match input.changed() {
        Some(how) => Err(FileError::NoExport { name: name.to_owned(), why: NoExport::Changed(how) }),
        None => Ok(bytes),
    }
}
