//! An operator's own folder of checks.

use super::LoadError;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// More than any such text needs; a file beyond it is something else.
const MAX_BYTES: u64 = 1 << 20;
/// More than any operator writes.
const MAX_FILES: usize = 1000;

/// The `.toml` files right in a folder, by name: path and text each.
pub(in crate::check) fn read(folder: &Path) -> Result<Vec<(PathBuf, String)>, LoadError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error: io::Error| LoadError::Read { path, error }
    };
    let mut paths = Vec::new();
    for found in std::fs::read_dir(folder).map_err(failed(folder))? {
        let path = found.map_err(failed(folder))?.path();
        // Only files: opening a pipe would wait for ever.
        if path.extension().is_some_and(|ending| ending == "toml") && path.is_file() {
            paths.push(path);
        }
        if paths.len() > MAX_FILES {
            return Err(LoadError::TooMuch { path: folder.to_owned(), what: format!("holds more than {MAX_FILES} files") });
        }
    }
    paths.sort();
    paths.into_iter().map(|path| text(&path).map_err(failed(&path))?.map(|text| (path, text))).collect()
}

/// The same, and those of the folder `changes` in it, if there is one.
pub(in crate::check) fn read_with_changes(folder: &Path) -> Result<Vec<(PathBuf, String)>, LoadError> {
    let mut files = read(folder)?;
    let changes = folder.join("changes");
    if changes.is_dir() {
        files.extend(read(&changes)?);
    }
    Ok(files)
}

/// The same of a folder and of the folders right in it: first the files of the folder itself, then folder by folder.
pub(in crate::check) fn read_deep(folder: &Path) -> Result<Vec<(PathBuf, String)>, LoadError> {
    let mut files = read(folder)?;
    let failed = |error: io::Error| LoadError::Read { path: folder.to_owned(), error };
    let mut folders = Vec::new();
    for found in std::fs::read_dir(folder).map_err(failed)? {
        let path = found.map_err(failed)?.path();
        if path.is_dir() {
            folders.push(path);
        }
    }
    folders.sort();
    for path in folders {
        files.extend(read(&path)?);
    }
    Ok(files)
}

fn text(path: &Path) -> io::Result<Result<String, LoadError>> {
    let mut text = String::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MAX_BYTES {
        return Ok(Err(LoadError::TooMuch { path: path.to_owned(), what: format!("is longer than {MAX_BYTES} bytes") }));
    }
    Ok(Ok(text))
}
