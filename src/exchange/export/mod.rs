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

/// What standard input is called where files are named.
pub const STANDARD_INPUT: &str = "standard input";

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
    #[error("it contains no objects{0}; was the export written?")]
    NoEntry(String),
    /// LDIF of another directory.
    #[error("it holds no Exchange object, only objects of {0}; export o=ORGANIZATION (docs/exports.md)")]
    Other(String),
    /// UTF-16 that is not whole.
    #[error("{0}; was the file cut? Save it as UTF-8, or export it again")]
    NotText(NotText),
    /// What another tool shows.
    #[error("{0}")]
    Tool(&'static str),
    /// A workbook of Excel.
    #[error("it is an Excel workbook: save it as CSV")]
    Workbook,
    /// Bytes that no text has.
    #[error("it is not a text file; name an LDIF file or a table of the Administrator program (docs/exports.md)")]
    Binary,
    /// A table that is no export, or none that can be read.
    #[error(transparent)]
    Table(ExportError),
    /// A table whose columns are separated by another sign.
    #[error("its columns seem to be separated by {sign:?}; say --columns '{code} 34 37', where 34 is the quote and 37 separates values", code = u32::from(*.sign))]
    Separator {
        /// The sign.
        sign: char,
    },
    /// Neither LDIF nor a table.
    #[error("it is neither LDIF nor a table of the Administrator program (docs/exports.md): {0}")]
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
    let (mut bases, mut notes, mut times, mut collected) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
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
        times.extend(loaded.time);
        collected.push(loaded.collected);
    }
    let base = bases.first().cloned().flatten();
    let agree = bases.iter().all(|other| other.as_ref().map(Dn::number) == base.as_ref().map(Dn::number));
    let directory = builder.finish();
    notes.extend(contradictions(&directory));
    let locations: Vec<&str> = directory.sources().iter().map(|source| source.location.as_str()).collect();
    let all_tables = directory.sources().iter().all(|source| source.is_table());
    let kind = if all_tables { Kind::Csv } else { Kind::Ldif };
    let taken = if times.len() == locations.len() { times.into_iter().min() } else { None };
    let first = collected.first().cloned().flatten();
    let collected = first.filter(|first| collected.iter().all(|other| other.as_ref() == Some(first)));
    let origin = Origin { kind, location: locations.join(", "), bind_dn: None, taken, collected: collected.map(Box::new) };
    Ok(Export { directory, base: base.filter(|_| agree), origin, notes })
}

fn input(path: &Path, most: usize) -> Result<Input, OpenError> {
    match path.as_os_str() == "-" {
        true => Input::of_stream(STANDARD_INPUT, io::stdin().lock(), most),
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
            told.push("More records contradict each other than are listed.".to_owned());
            break;
        }
        let names = entry.names().into_iter().filter(|name| entry.contradicted().has(*name));
        let names: Vec<&str> = names.take(5).map(|name| directory.spelled(name)).collect();
        let what = match entry.is_life_contradicted() {
            true => "in whether it is deleted".to_owned(),
            false => format!("in {}", names.join(", ")),
        };
        told.push(format!("Several records of {} contradict each other {what}, so it was not used.", entry.dn()));
    }
    told
}

fn file(builder: &mut Builder, input: Input, options: &CsvOptions) -> Result<Loaded, FileError> {
    let Input { name, bytes, cut } = input;
    let none = |why| FileError::NoExport { name: name.clone(), why };
    let head = bytes.get(..HEAD.min(bytes.len())).unwrap_or_default();
    let encoding = options.encoding.or_else(|| Encoding::shown_by(head));
    if let Some(why) = form::binary(head, encoding.is_some()) {
        return Err(none(why));
    }
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
    if let Some(of) = another(builder.so_far()) {
        return Err(none(NoExport::Other(of)));
    }
    Ok(loaded)
}

/// The directory that is read, if it is another: names of Exchange end in an organization, and none in a domain.
fn another(directory: &Directory) -> Option<String> {
    let is_of_domain = |dn: &Dn| dn.rdns().last().is_some_and(|rdn| rdn.is("dc"));
    let mut names = directory.entries().map(|entry| entry.dn());
    let first = names.next().filter(is_of_domain)?;
    names.all(|dn| is_of_domain(&dn)).then(|| {
        let domain: Vec<String> =
            first.rdns().iter().filter(|rdn| rdn.is("dc")).map(|rdn| format!("dc={}", rdn.text())).collect();
        domain.join(",")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// Reads files of these names and texts.
    fn of(files: &[(&str, &str)]) -> Result<Export, FileError> {
        let folder = tempfile::tempdir().expect("a folder");
        let paths = files.iter().map(|(name, text)| {
            let path = folder.path().join(name);
            fs::write(&path, text).expect("written");
            path
        });
        read(&paths.collect::<Vec<_>>(), &CsvOptions::default(), 1 << 20)
    }

    const LDIF: &str = "dn: cn=a,ou=S,o=Org\nobjectClass: organizationalPerson\ncn: A\n\n";
    const TABLE: &str = "Obj-Class,Obj-Dist-Name,Display Name\nMailbox,/o=Org/ou=S/cn=a,A\nMailbox,/o=Org/ou=S/cn=b,B\n";

    #[test]
    fn files_of_either_kind_are_one_directory() {
        for (files, kind, entries) in [
            (&[("a.txt", LDIF)][..], Kind::Ldif, 1),
            (&[("a.txt", TABLE)], Kind::Csv, 2),
            (&[("a.txt", TABLE), ("b.txt", LDIF)], Kind::Ldif, 2),
        ] {
            let export = of(files).expect("read");
            assert_eq!((export.origin.kind, export.directory.len()), (kind, entries), "{files:?}");
            assert_eq!(export.directory.sources().len(), files.len());
            assert_eq!(export.origin.location.matches(".txt").count(), files.len());
        }
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(LDIF.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let input = Input { name: "export".into(), bytes: utf16, cut: None };
        let mut builder = Builder::default();
        file(&mut builder, input, &CsvOptions::default()).expect("read");
        assert_eq!(builder.finish().len(), 1);
    }

    #[test]
    fn what_records_are_at_odds_about_is_told() {
        let other = "dn: cn=a,ou=S,o=Org\nobjectClass: organizationalPerson\ncn: Another\n\n";
        let notes = of(&[("a.ldif", LDIF), ("b.ldif", other)]).expect("read").notes;
        assert_eq!(notes, ["Several records of cn=a,ou=S,o=Org contradict each other in cn, so it was not used."]);
        let many = |value: &str| (0..30).map(|n| format!("dn: cn={n},o=Org\ncn: {value}\n\n")).collect::<String>();
        let notes = of(&[("a.ldif", &many("x")), ("b.ldif", &many("y"))]).expect("read").notes;
        assert_eq!(notes.len(), 21);
        assert_eq!(notes.last().map(String::as_str), Some("More records contradict each other than are listed."));
    }

    #[test]
    fn a_base_is_that_of_all_collected_files_or_none() {
        let collected = |base: &str| {
            format!(
                "#: exaudit collect, form 2\n#: base: {base}\n#: attributes 1: cn\n#: search 1: sub {base}\n#:   filter: (cn=*)\n\
                 #:   attributes: 1\n#:   ended: complete\n\n#: asked 1\ndn: cn=a,{base}\ncn: a\n\n#: end, entries: 1\n"
            )
        };
        let base = |files: &[(&str, &str)]| of(files).expect("read").base.map(|base| base.to_string());
        let (one, other) = (collected("o=Org"), collected("o=Other"));
        assert_eq!(base(&[("a", &one)]).as_deref(), Some("o=Org"));
        assert_eq!(base(&[("a", &one), ("b", &one)]).as_deref(), Some("o=Org"));
        assert_eq!(base(&[("a", &one), ("b", &other)]), None);
        assert_eq!(base(&[("a", &one), ("b", LDIF)]), None);
        assert_eq!(base(&[("a", LDIF)]), None);
    }

    #[test]
    fn the_first_file_that_is_no_export_is_named() {
        let error = of(&[("a.ldif", LDIF), ("b.txt", "just words\n")]).expect_err("no export").to_string();
        assert!(
            error.contains("b.txt: it is neither LDIF nor a table") && error.contains("line 1: no `name: value` here"),
            "{error}"
        );
        let error = of(&[("a.ldif", "# nothing\n")]).expect_err("empty").to_string();
        assert!(error.contains("a.ldif: it contains no objects"), "{error}");
    }
}
