//! A report into a file, whole or not at all.

use super::OutputError;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::NamedTempFile;

/// What a killed run left is removed by one that comes so much later.
const OLD: Duration = Duration::from_secs(3600);
const PREFIX: &str = ".exaudit-";
const SUFFIX: &str = ".tmp";

/// Writes a file by way of a temporary one beside it, so that a reader sees the old content or the new, and a failure
/// leaves the old. A link is followed; a device or pipe, which has no content to keep, is written to directly.
///
/// A new file gets the permissions of any new file; one that was there keeps its own, and its owner. Where that cannot be, or
/// the folder takes no new file, it is written in place.
///
/// # Errors
/// [`OutputError::File`].
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    // A link whose target cannot be found is replaced by the file.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let written = match fs::metadata(&target) {
        Ok(there) if there.is_dir() => Err(io::Error::from(io::ErrorKind::IsADirectory)),
        Ok(there) if !there.is_file() => write_through(&target, bytes),
        Ok(there) => replace(&target, bytes, Some(&there)),
        Err(_) => replace(&target, bytes, None),
    };
    written.map_err(|source| OutputError::File { help: help(&target, &source), path: path.to_owned(), source })
}

/// Finds out whether [`write_atomically`] has where to write, and leaves everything as it is.
///
/// # Errors
/// [`OutputError::File`].
pub(super) fn check_writable(path: &Path) -> Result<(), OutputError> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let there = fs::metadata(&target).ok();
    let found = match &there {
        Some(there) if there.is_dir() => Err(io::Error::from(io::ErrorKind::IsADirectory)),
        // opening a pipe waits for its reader
        Some(there) if !there.is_file() => Ok(()),
        Some(_) => temporary(&folder(&target)).map(drop).or_else(|why| {
            // it is written in place where the folder takes no new file
            OpenOptions::new().write(true).open(&target).map(drop).map_err(|_| why)
        }),
        None => temporary(&folder(&target)).map(drop),
    };
    found.map_err(|source| OutputError::File { help: help(&target, &source), path: path.to_owned(), source })
}

fn replace(target: &Path, bytes: &[u8], old: Option<&Metadata>) -> io::Result<()> {
    let folder = folder(target);
    let mut file = match temporary(&folder) {
        Ok(file) => file,
        Err(why) => return instead(why, target, bytes, old),
    };
    remove_old(&folder, &file, old);
    if let Some(old) = old {
        // who cannot make the new file the old one's owner's writes into the old one, or else is the new owner
        if keep_owner(file.as_file(), old).is_err()
            && let Some(written) = in_place(target, bytes, Some(old))
        {
            return written;
        }
        // before it holds anything: the old one may have been for fewer eyes
        file.as_file().set_permissions(old.permissions())?;
    }
    file.write_all(bytes)?;
    file.flush()?;
    file.as_file().sync_all()?;
    match file.persist(target) {
        Ok(_) => Ok(()),
        // a file that is mounted by itself, or another's in a folder where each deletes his own
        Err(error) => instead(error.error, target, bytes, old),
    }
}

/// Writes in place where the folder refuses. A full disk is no refusal: the old content is not risked for it.
fn instead(why: io::Error, target: &Path, bytes: &[u8], old: Option<&Metadata>) -> io::Result<()> {
    use io::ErrorKind::{CrossesDevices, PermissionDenied, ReadOnlyFilesystem, ResourceBusy};
    let refused = matches!(why.kind(), PermissionDenied | ReadOnlyFilesystem | ResourceBusy | CrossesDevices);
    let written = if refused { in_place(target, bytes, old) } else { None };
    written.unwrap_or(Err(why))
}

/// Writes into a file that is there; none if it cannot be opened for that.
fn in_place(target: &Path, bytes: &[u8], old: Option<&Metadata>) -> Option<io::Result<()>> {
    let mut file = old.and_then(|_| OpenOptions::new().write(true).open(target).ok())?;
    let written = file.write_all(bytes).and_then(|()| file.set_len(bytes.len() as u64)).and_then(|()| file.sync_all());
    Some(written.map_err(|error| io::Error::new(error.kind(), format!("{error}, with a part of it written in place"))))
}

#[cfg(unix)]
fn keep_owner(file: &File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let new = file.metadata()?;
    let change = |new: u32, old: u32| (new != old).then_some(old);
    match (change(new.uid(), old.uid()), change(new.gid(), old.gid())) {
        (None, None) => Ok(()),
        (uid, gid) => fchown(file, uid, gid),
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Removes the temporary files of runs that were killed while they wrote: with the name of one, of this account or of the
/// report's owner, and old. What cannot be looked at or removed stays.
fn remove_old(folder: &Path, own: &NamedTempFile, report: Option<&Metadata>) {
    let Ok(own) = own.as_file().metadata() else { return };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Some(found) = entry.file_name().to_str().filter(|name| is_temporary(name)).and_then(|_| entry.metadata().ok()) else {
            continue;
        };
        let age = own.modified().ok().zip(found.modified().ok()).and_then(|(now, then)| now.duration_since(then).ok());
        let is_ours = [Some(&own), report].into_iter().flatten().any(|known| same_owner(known, &found));
        if found.is_file() && is_ours && age.is_some_and(|age| age >= OLD) {
            _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether it is a name that [`temporary`] gives.
fn is_temporary(name: &str) -> bool {
    let middle = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX));
    middle.is_some_and(|middle| middle.len() == 6 && middle.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(unix)]
fn same_owner(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    one.uid() == other.uid()
}

#[cfg(not(unix))]
fn same_owner(_: &Metadata, _: &Metadata) -> bool {
    true
}

fn write_through(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(target)?;
    file.write_all(bytes)?;
    file.flush()
}

/// tempfile makes files that only their owner reads; a report is for others too, as far as the umask lets them.
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
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
        // Windows calls what lies below a file not found
        io::ErrorKind::NotADirectory | io::ErrorKind::NotFound if folder.is_file() => {
            format!("{} is not a folder: name another file", folder.display())
        }
        io::ErrorKind::NotFound => format!("create {} first, or name another file", folder.display()),
        io::ErrorKind::PermissionDenied => format!("this account may not write in {}: name another file", folder.display()),
        io::ErrorKind::IsADirectory => "name a file in it".to_owned(),
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
    fn looking_before_leaves_everything_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        check_writable(&path).unwrap();
        assert_eq!(names(folder.path()), [""; 0]);
        fs::write(&path, "kept").unwrap();
        check_writable(&path).unwrap();
        assert_eq!((names(folder.path()), fs::read_to_string(&path).unwrap()), (vec!["report.json".into()], "kept".into()));
        for wrong in [folder.path().to_owned(), folder.path().join("none/report.json"), path.join("report")] {
            let before = check_writable(&wrong).unwrap_err().to_string();
            assert_eq!(before, write_atomically(&wrong, b"x").unwrap_err().to_string());
        }
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
        assert!(error.ends_with("name a file in it"), "{error}");
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

    #[test]
    fn what_a_killed_run_left_is_removed_when_it_is_old() {
        let folder = tempfile::tempdir().unwrap();
        let make = |name: &str, hours: u64| {
            let file = File::create(folder.path().join(name)).unwrap();
            file.set_modified(std::time::SystemTime::now() - Duration::from_secs(hours * 3600)).unwrap();
        };
        make(".exaudit-aB3xY9.tmp", 2);
        for (name, hours) in [(".exaudit-fresh1.tmp", 0), (".exaudit-tooLong.tmp", 9), (".exaudit-a.b.c1.tmp", 9), ("old.tmp", 9)]
        {
            make(name, hours);
        }
        fs::create_dir(folder.path().join(".exaudit-folder.tmp")).unwrap();
        write_atomically(&folder.path().join("report"), b"x").unwrap();
        let left =
            [".exaudit-a.b.c1.tmp", ".exaudit-folder.tmp", ".exaudit-fresh1.tmp", ".exaudit-tooLong.tmp", "old.tmp", "report"];
        assert_eq!(names(folder.path()), left);
        assert!(is_temporary(temporary(folder.path()).unwrap().path().file_name().unwrap().to_str().unwrap()));
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

        /// Only root can give a file away; for others it is theirs before and after.
        #[test]
        fn the_owner_stays_the_owner() {
            use std::os::unix::fs::{MetadataExt, chown};
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("report");
            fs::write(&path, "a longer old text").unwrap();
            let given = chown(&path, Some(12_345), Some(23_456)).is_ok();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
            let before = fs::metadata(&path).unwrap();
            write_atomically(&path, b"new").unwrap();
            let after = fs::metadata(&path).unwrap();
            assert_eq!((after.uid(), after.gid(), mode(&path)), (before.uid(), before.gid(), 0o640));
            assert_eq!((after.uid() == 12_345, fs::read_to_string(&path).unwrap().as_str()), (given, "new"));
            assert_ne!(before.ino(), after.ino(), "whole or not at all");
        }

        #[test]
        fn what_is_written_in_place_is_cut_to_its_length() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("report");
            assert!(in_place(&path, b"new", None).is_none());
            fs::write(&path, "a longer old text").unwrap();
            in_place(&path, b"new", fs::metadata(&path).ok().as_ref()).unwrap().unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), "new");
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
