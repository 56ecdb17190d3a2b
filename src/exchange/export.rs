//! Exports in files: LDIF or tables, told apart by what they hold.

use super::admin_export::{CsvOptions, CsvSource};
use super::class::name_classes;
use crate::directory::dn::Dn;
use crate::directory::files::FilesSource;
use crate::directory::input::{Input, OpenError};
use crate::directory::ldif::LdifSource;
use crate::directory::source::Source;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// How much of a file is looked at to tell what it is.
const HEAD: u64 = 64 << 10;

/// Opens files, `-` for standard input, as one source.
///
/// # Errors
/// [`OpenError`] of the first that cannot be opened.
pub fn open(paths: &[PathBuf], options: &CsvOptions) -> Result<FilesSource, OpenError> {
    let mut files: Vec<Box<dyn Source>> = Vec::new();
    let mut bases = Vec::new();
    for path in paths {
        let (name, input) = open_one(path)?;
        let again = paths.iter().filter(|other| *other == path).count() > 1;
        if again && path.as_os_str() == "-" {
            let source = io::Error::new(io::ErrorKind::InvalidInput, "it can be given only once");
            return Err(OpenError::Unreadable { name, source });
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

fn file(name: &str, mut input: Input, options: &CsvOptions) -> Result<(Box<dyn Source>, Option<Dn>), OpenError> {
    let mut head = Vec::new();
    let unreadable = |source| OpenError::Unreadable { name: name.to_owned(), source };
    input.rewound().and_then(|reader| reader.take(HEAD).read_to_end(&mut head)).map_err(unreadable)?;
    if is_table(&head, options) {
        return Ok((Box::new(CsvSource::of(name, input, options.clone())), None));
    }
    let ldif = LdifSource::of(name, input).prepared(name_classes);
    let base = ldif.base().cloned();
    Ok((Box::new(ldif), base))
}

/// Whether a file is a table: its first line that holds anything has a separator, and no colon in the first field, as an
/// attribute of LDIF has. LDIF is never UTF-16.
fn is_table(head: &[u8], options: &CsvOptions) -> bool {
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return true;
    }
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let text = options.encoding.map_or_else(|| String::from_utf8_lossy(start).into_owned(), |encoding| encoding.lossy(start));
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let first = line.split(options.separators.column).next().unwrap_or_default();
    let is_name = |c: char| c.is_alphanumeric() || " -_()".contains(c) || c == options.separators.quote;
    line.contains(options.separators.column) && !first.is_empty() && first.chars().all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_a_table_from_ldif_by_what_it_holds() {
        for (head, expected) in [
            (&b"Obj-Class,Obj-Dist-Name\r\n"[..], true),
            (b"\r\n\n\"Obj-Class\",\"Directory Name\"\r\n", true),
            (b"\xef\xbb\xbfObj-Class,x\n", true),
            (b"\xff\xfeO\0", true),
            (b"Klasse,M\xfcller\n", true),
            (b"dn: cn=a,o=Org\n", false),
            (b"\n# a, b\ndn: o=Org\n", false),
            (b"version: 1\n", false),
            (b"dn:: abc,d\n", false),
            (b"", false),
            (b"\0\x01\x02,\n", false),
            (b"just words\n", false),
        ] {
            assert_eq!(is_table(head, &CsvOptions::default()), expected, "{:?}", String::from_utf8_lossy(head));
        }
        let options = CsvOptions { separators: "; \" %".parse().expect("separators"), ..CsvOptions::default() };
        let wide = CsvOptions { encoding: "utf-16le".parse().ok(), ..CsvOptions::default() };
        assert!(is_table(b"O\0b\0j\0,\0x\0\n\0", &wide) && !is_table(b"dn: o=Org\n", &wide));
        assert!(is_table(b"Obj-Class;Obj-Dist-Name\n", &options) && !is_table(b"Obj-Class,Obj-Dist-Name\n", &options));
    }
}
