//! Several files in one audit: each answers every search, and together they are one source.

use super::dn::Dn;
use super::entry::Entry;
use super::source::{Ended, Kind, Origin, Scope, Search, Source};

/// Files read as one source. Entries of one name are joined by whoever keeps them; each says which file it is from.
pub struct FilesSource {
    files: Vec<Box<dyn Source>>,
    base: Option<Dn>,
}

impl FilesSource {
    /// These files; `base` is where the collections that wrote them started, if they agree.
    pub fn of(files: Vec<Box<dyn Source>>, base: Option<Dn>) -> Self {
        Self { files, base }
    }

    /// Where to start, if the files say it.
    pub fn base(&self) -> Option<Dn> {
        self.base.clone()
    }
}

impl Source for FilesSource {
    fn origin(&self) -> Origin {
        let origins: Vec<Origin> = self.files.iter().map(|file| file.origin()).collect();
        let all_tables = origins.iter().all(|origin| origin.kind == Kind::Csv);
        let location = origins.iter().map(|origin| origin.location.as_str()).collect::<Vec<_>>().join(", ");
        Origin { kind: if all_tables { Kind::Csv } else { Kind::Ldif }, location, bind_dn: None }
    }

    fn search_all(&mut self, searches: &[Search], each: &mut dyn FnMut(usize, Entry)) -> Vec<Ended> {
        let mut together: Option<Vec<Ended>> = None;
        for (number, file) in self.files.iter_mut().enumerate() {
            let ended = file.search_all(searches, &mut |index, mut entry| {
                entry.is_from(number);
                each(index, entry);
            });
            together = Some(match together {
                None => ended,
                Some(before) => {
                    let pairs = searches.iter().zip(before.into_iter().zip(ended));
                    pairs.map(|(search, (one, other))| both(search, one, other)).collect()
                }
            });
        }
        together.unwrap_or_default()
    }

    fn files(&self) -> usize {
        self.files.len()
    }

    fn proves_endings(&self) -> bool {
        self.files.iter().all(|file| file.proves_endings())
    }

    fn notes(&self) -> Vec<String> {
        self.files.iter().flat_map(|file| file.notes()).collect()
    }
}

/// How a search of two files ended. What one of them could not tell is not told, unless an object was found.
fn both(search: &Search, one: Ended, other: Ended) -> Ended {
    let rank = |ended: &Ended| match ended {
        // an object that one file holds was found
        Ended::Complete if search.scope == Scope::Base => 6,
        Ended::Cut(_) => 5,
        Ended::Refused(_) => 4,
        Ended::Referral => 3,
        Ended::Denied => 2,
        Ended::OwnLimit | Ended::Complete => 1,
        Ended::NoSuchObject => 0,
    };
    if rank(&other) > rank(&one) { other } else { one }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::filter::Filter;

    #[test]
    fn the_worse_ending_counts_unless_an_object_was_found() {
        let read = Search::read(Dn::default(), &[]);
        let below = Search::below(Dn::default(), Filter::present("cn"), &[]);
        let cut = || Ended::Cut("x".into());
        for (search, one, other, expected) in [
            (&read, Ended::NoSuchObject, Ended::Complete, Ended::Complete),
            (&read, cut(), Ended::Complete, Ended::Complete),
            (&read, Ended::NoSuchObject, cut(), cut()),
            (&read, Ended::NoSuchObject, Ended::Denied, Ended::Denied),
            (&read, Ended::NoSuchObject, Ended::NoSuchObject, Ended::NoSuchObject),
            (&below, Ended::Complete, cut(), cut()),
            (&below, Ended::NoSuchObject, Ended::Complete, Ended::Complete),
            (&below, Ended::Refused("no".into()), Ended::Complete, Ended::Refused("no".into())),
        ] {
            assert_eq!(both(search, one.clone(), other.clone()), expected);
            assert_eq!(both(search, other, one), expected);
        }
    }
}
