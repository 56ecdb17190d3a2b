//! Reads the LDIF the lab serves.

use super::LabError;
use crate::directory::entry::Entry;
use crate::directory::ldif::{self, Record};
use std::io::{BufRead, Read};

/// The whole directory is kept in memory, so the file is bounded.
const MAX_FILE: u64 = 256 << 20;

/// Reads all entries, in the order of the file.
///
/// # Errors
/// [`LabError`]: not LDIF content records (with the line), or larger than 256 MiB.
pub(super) fn entries(ldif: impl BufRead) -> Result<Vec<Entry>, LabError> {
    let mut text = Vec::new();
    ldif.take(MAX_FILE + 1).read_to_end(&mut text)?;
    if text.len() as u64 > MAX_FILE {
        return Err(LabError::TooLarge(MAX_FILE >> 20));
    }
    let mut entries = Vec::new();
    for record in ldif::entries(&text) {
        if let Record::Entry(entry) = record? {
            entries.push(entry);
        }
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_content_records_and_says_where_others_stand() {
        let found = entries("dn: o=E\no: E\n\ndn: ou=S,o=E\n\nsearch: 2\nresult: 0 Success\n".as_bytes()).expect("reads");
        assert_eq!(found.iter().map(|e| e.dn.to_string()).collect::<Vec<_>>(), ["o=E", "ou=S,o=E"]);
        let error = entries("dn: o=E\nchangetype: delete\n".as_bytes()).expect_err("a change record");
        assert!(error.to_string().contains("line 2"), "{error}");
    }
}
