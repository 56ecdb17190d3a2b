//! The rows of a table by name, in any case. The attributes of every object are looked up here, so nothing
//! allocates.

/// Names told apart at once; a power of two.
const PLACES: usize = 1024;

/// Rows by name.
#[derive(Debug)]
pub(super) struct Index(Vec<Vec<(&'static str, usize)>>);

impl Index {
    /// These rows; of two with one name the later counts.
    pub(super) fn of(names: impl Iterator<Item = (&'static str, usize)>) -> Self {
        let mut places = vec![Vec::new(); PLACES];
        for (name, row) in names {
            let Some(place) = places.get_mut(place(name)) else { continue };
            place.retain(|(known, _): &(&str, usize)| !known.eq_ignore_ascii_case(name));
            place.push((name, row));
        }
        Self(places)
    }

    /// The row of that name.
    pub(super) fn row(&self, name: &str) -> Option<usize> {
        let place = self.0.get(place(name))?;
        place.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, row)| *row)
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }
}

/// Of the length and some of the bytes, with the bit set that tells a capital from a small letter.
fn place(name: &str) -> usize {
    let bytes = name.as_bytes();
    let length = bytes.len();
    let byte = |at: usize| bytes.get(at).map_or(0, |byte| usize::from(byte | 0x20));
    let mixed = length * 37 + byte(0) * 101 + byte(length / 2) * 59 + byte(length / 3) * 17 + byte(length.wrapping_sub(1)) * 7;
    mixed % PLACES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_in_any_case_and_the_later_row_counts() {
        let index = Index::of([("Home-MDB", 1), ("cn", 2), ("HOME-mdb", 3), ("[a]", 4)].into_iter());
        assert_eq!(index.len(), 3);
        for (name, row) in [("home-mdb", Some(3)), ("CN", Some(2)), ("[A]", Some(4)), ("{a}", None), ("", None), ("cn ", None)] {
            assert_eq!(index.row(name), row, "{name}");
        }
    }
}
