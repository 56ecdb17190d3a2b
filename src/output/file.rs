//! A report into a file, whole or not at all.

use super::OutputError;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Writes a file by way of a temporary one beside it, so that a reader sees the old content or the new, and a failure
/// leaves the old. A link is followed; a device or pipe, which has no content to keep, is written to directly.
///
/// A new file gets the permissions of any new file; one that was there keeps its own.
///
/// # Errors
/// [`OutputError::File`].
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    // A link whose target cannot be found is replaced by the file.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let written = match fs::metadata(&target) {
        Ok(there) if there.is_dir() => Err(io::Error::from(io::ErrorKind::IsADirectory)),
        Ok(there) if !there.is_file() => write_through(&target, bytes),
        Ok(there) => replace(&target, bytes, Some(there.permissions())),
        Err(_) => replace(&target, bytes, None),
    };
    written.map_err(|source| OutputError::File { help: help(&target, &source), path: path.to_owned(), source })
}

fn replace(target: &Path, bytes: &[u8], permissions: Option<fs::Permissions>) -> io::Result<()> {
    let mut file = temporary(&folder(target))?;
    file.write_all(bytes)?;
    file.flush()?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    file.persist(target).map_err(|error| error.error)?;
    Ok(())
}

fn write_through(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(target)?;
    file.write_all(bytes)?;
    file.flush()
}

/// tempfile makes files that only their owner reads; a report is for others too, as far as the umask lets them.
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".exaudit-").suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

fn folder(target: &Path) -> PathBuf {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn help(target: &Path, error: &io::Error) -> String {
    let folder = folder(target);
    match error.kind() {
        io::ErrorKind::NotFound => format!("make the folder {} first, or name another file", folder.display()),
        io::ErrorKind::PermissionDenied => format!("this account may not write in {}: name another file", folder.display()),
        io::ErrorKind::IsADirectory => "it is a folder: name a file in it".to_owned(),
        io::ErrorKind::NotADirectory => format!("{} is not a folder: name another file", folder.display()),
        _ => format!("check the space left in {}, or name another file", folder.display()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn writes_and_replaces_and_leaves_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        for text in ["first, which is longer", "second"] {
            write_atomically(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(names(folder.path()), ["report.json"]);
    }

    #[test]
    fn a_missing_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = write_atomically(&folder.path().join("none/report.json"), b"x").unwrap_err().to_string();
        assert!(error.starts_with("cannot write ") && error.contains("none/report.json: "), "{error}");
        assert!(error.contains("none first, or name another file"), "{error}");
    }

    #[test]
    fn a_folder_is_not_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let error = write_atomically(folder.path(), b"x").unwrap_err().to_string();
        assert!(error.ends_with("it is a folder: name a file in it"), "{error}");
        let file = folder.path().join("file");
        fs::write(&file, "kept").unwrap();
        let error = write_atomically(&file.join("report"), b"x").unwrap_err().to_string();
        assert!(error.ends_with("file is not a folder: name another file"), "{error}");
        assert_eq!(fs::read_to_string(&file).unwrap(), "kept");
    }

    #[test]
    fn a_failure_leaves_the_old_content_and_no_temporary_file() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("report");
        fs::create_dir(&target).unwrap();
        fs::write(target.join("inside"), "kept").unwrap();
        // The last step fails: a file cannot take the place of a folder.
        replace(&target, b"new", None).unwrap_err();
        assert_eq!(names(folder.path()), ["report"]);
        assert_eq!(fs::read_to_string(target.join("inside")).unwrap(), "kept");
    }

    #[cfg(unix)]
    mod unix {
        use super::*;
        use std::os::unix::fs::{PermissionsExt, symlink};

        fn mode(path: &Path) -> u32 {
            fs::metadata(path).unwrap().permissions().mode() & 0o777
        }

        #[test]
        fn permissions_are_those_of_any_new_file_or_of_the_old_one() {
            let folder = tempfile::tempdir().unwrap();
            let [ordinary, new, old] = ["ordinary", "new", "old"].map(|name| folder.path().join(name));
            fs::write(&ordinary, "").unwrap();
            write_atomically(&new, b"x").unwrap();
            assert_eq!(mode(&new), mode(&ordinary));
            fs::write(&old, "").unwrap();
            fs::set_permissions(&old, fs::Permissions::from_mode(0o640)).unwrap();
            write_atomically(&old, b"x").unwrap();
            assert_eq!(mode(&old), 0o640);
        }

        #[test]
        fn a_link_stays_a_link() {
            let folder = tempfile::tempdir().unwrap();
            let [real, link] = ["real", "link"].map(|name| folder.path().join(name));
            fs::write(&real, "old").unwrap();
            symlink(&real, &link).unwrap();
            write_atomically(&link, b"new").unwrap();
            assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
            assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        }

        /// A pipe of its own: with a real device, a fault in the code under test would replace the device of the machine.
        #[test]
        fn a_pipe_is_written_to_and_not_replaced() {
            use std::os::unix::fs::FileTypeExt;
            let folder = tempfile::tempdir().unwrap();
            let pipe = folder.path().join("pipe");
            assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
            // Open for reading and writing, so that nobody waits for the other end.
            let mut end = OpenOptions::new().read(true).write(true).open(&pipe).unwrap();
            write_atomically(&pipe, b"report").unwrap();
            assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
            let mut read = [0; 6];
            io::Read::read_exact(&mut end, &mut read).unwrap();
            assert_eq!(&read, b"report");
        }
    }

    #[test]
    fn a_full_disk_is_said() {
        let help = help(Path::new("/reports/today"), &io::ErrorKind::StorageFull.into());
        assert_eq!(help, "check the space left in /reports, or name another file");
    }
}
