//! Where the reports of a run go: the one of `--format`, and those of `--report`.

use super::failure::Failure;
use crate::cli::Wanted;
use crate::output::{Destination, message};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Where the reports of a run go.
pub(super) struct Outputs<'a, F> {
    /// Where that of `--format` goes.
    pub(super) main: Destination,
    /// The others.
    more: &'a [Wanted<F>],
}

impl<'a, F: Copy> Outputs<'a, F> {
    /// Finds out, before any work, whether each can be written.
    ///
    /// # Errors
    /// Usage if two would go to one file, or one to a file that is read; that one cannot be written.
    pub(super) fn of(main: Option<&Path>, more: &'a [Wanted<F>], read: &[&Path]) -> Result<Self, Failure> {
        let main = Destination::of(main);
        let mut known = HashSet::new();
        refuse(main.path().into_iter().chain(more.iter().map(|wanted| wanted.file.as_path())), read)?;
        let files = more.iter().map(|wanted| wanted.file.as_path());
        for file in main.path().into_iter().chain(files.clone()) {
            if !known.insert(place(file)) {
                return Err(Failure::usage(format!("two reports would go to {}: give each its own file", file.display())));
            }
        }
        main.check().map_err(Failure::incomplete)?;
        for file in files {
            Destination::File(file.to_owned()).check().map_err(Failure::incomplete)?;
        }
        Ok(Self { main, more })
    }

    /// Writes every report. One that cannot be written keeps none of the others from being.
    ///
    /// # Errors
    /// The last of what went wrong; what went wrong before it was told.
    pub(super) fn write(
        &self,
        main: Option<F>,
        report: impl Fn(F, &Destination) -> Result<Vec<u8>, Failure>,
    ) -> Result<(), Failure> {
        let more = self.more.iter().map(|wanted| (wanted.format, Destination::File(wanted.file.clone())));
        let all = main.map(|format| (format, self.main.clone())).into_iter().chain(more);
        let mut failed: Option<Failure> = None;
        for (format, destination) in all {
            let written = report(format, &destination).and_then(|bytes| destination.write(&bytes).map_err(Failure::incomplete));
            if let Err(failure) = written
                && let Some(before) = failed.replace(failure)
            {
                message::error(&before.to_string());
            }
        }
        failed.map_or(Ok(()), Err)
    }
}

/// Refuses to write over what is read.
///
/// # Errors
/// Usage.
pub(super) fn refuse<'p>(written: impl Iterator<Item = &'p Path>, read: &[&Path]) -> Result<(), Failure> {
    let read: HashSet<PathBuf> = read.iter().filter(|path| path.as_os_str() != "-").map(|path| place(path)).collect();
    for file in written {
        if read.contains(&place(file)) {
            return Err(Failure::usage(format!(
                "{} is read, and would be overwritten: give the report another file",
                file.display()
            )));
        }
    }
    Ok(())
}

/// A file, whichever way it is named, whether it is there or not.
fn place(file: &Path) -> PathBuf {
    file.canonicalize().unwrap_or_else(|_| {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        file.file_name().map_or_else(|| file.to_owned(), |name| folder.join(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(file: PathBuf) -> Wanted<u8> {
        Wanted { format: 1, file }
    }

    #[test]
    fn two_reports_never_go_to_one_file() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a"), folder.path().join("b"));
        let same = folder.path().join(".").join("a");
        let of = |main: Option<&Path>, more: &[Wanted<u8>]| match Outputs::of(main, more, &[]) {
            Ok(_) => "fine".to_owned(),
            Err(failure) => failure.exit().code().to_string(),
        };
        assert_eq!(of(Some(&a), &[wanted(b.clone())]), "fine");
        assert_eq!(of(Some(&a), &[wanted(same.clone())]), "2");
        assert_eq!(of(None, &[wanted(a.clone()), wanted(b.clone()), wanted(same)]), "2");
        std::fs::write(&a, "").unwrap();
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&a, &b).unwrap();
            assert_eq!(of(Some(&a), &[wanted(b)]), "2", "a link leads there");
        }
        assert_eq!(of(None, &[wanted(a.join("x"))]), "3", "no folder");
        let over = Outputs::of(None, &[wanted(a.clone())], &[&folder.path().join(".").join("a")]).map(|_| ());
        assert_eq!(over.unwrap_err().exit().code(), 2, "it is read");
    }

    #[test]
    fn one_that_cannot_be_made_keeps_no_other_from_being_written() {
        let folder = tempfile::tempdir().unwrap();
        let files: Vec<PathBuf> = ["a", "b", "c"].iter().map(|name| folder.path().join(name)).collect();
        let more: Vec<Wanted<u8>> = (1..).zip(&files).map(|(format, file)| Wanted { format, file: file.clone() }).collect();
        let outputs = Outputs::of(None, &more, &[]).unwrap();
        let failed = outputs.write(None, |format, _| match format {
            2 => Err(Failure::incomplete("no form")),
            format => Ok(vec![b'0' + format]),
        });
        assert_eq!(failed.unwrap_err().exit().code(), 3);
        let written: Vec<Option<Vec<u8>>> = files.iter().map(|file| std::fs::read(file).ok()).collect();
        assert_eq!(written, [Some(b"1".to_vec()), None, Some(b"3".to_vec())]);
    }
}
