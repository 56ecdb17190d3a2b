//! The attribute names of a file: few, and the same in each record. What was found out about one is kept.

use super::reader::keyword;
use crate::directory::entry::{base_name, is_partial_range};

/// Names that are remembered at a time.
const PLACES: usize = 128;
/// Longer names are not remembered.
const LONGEST: usize = 64;

/// What is known of names.
#[derive(Debug)]
pub(super) struct Names {
    known: Vec<Known>,
}

#[derive(Debug, Clone, Default)]
struct Known {
    name: Vec<u8>,
    base: Option<usize>,
}

impl Default for Names {
    fn default() -> Self {
        Self { known: vec![Known::default(); PLACES] }
    }
}

impl Names {
    /// The length of the name without its options, if it is that of an attribute: no keyword and not `dn`.
    #[inline]
    pub(super) fn base(&mut self, name: &[u8]) -> Option<usize> {
        let byte = |at: usize| name.get(at).map_or(0, |&byte| usize::from(byte));
        let length = name.len();
        let place = length ^ byte(0) << 1 ^ byte(length / 2) << 3 ^ byte(length.wrapping_sub(1)) << 2;
        match self.known.get_mut(place % PLACES) {
            Some(known) if known.name == name => known.base,
            Some(known) if length <= LONGEST => {
                *known = Known { name: name.to_vec(), base: base(name) };
                known.base
            }
            _ => base(name),
        }
    }
}

fn base(name: &[u8]) -> Option<usize> {
    let name = std::str::from_utf8(name).ok().filter(|name| name.bytes().all(|byte| byte.is_ascii_graphic()))?;
    let base = base_name(name);
    let is_attribute = !base.is_empty() && !base.eq_ignore_ascii_case("dn") && keyword(name).is_none();
    // what is said of its values besides is for the reader of single lines
    let is_attribute = is_attribute && !is_partial_range(name);
    (is_attribute && !name.starts_with('#')).then_some(base.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_names_of_attributes() {
        let mut names = Names::default();
        for _ in 0..2 {
            for (name, expected) in [
                ("cn", Some(2)),
                ("cn;lang-de", Some(2)),
                ("cn;range=0-*", Some(2)),
                ("cn;range=0-0", None),
                ("Home-MDB", Some(8)),
                ("dn", None),
                ("DN;x", None),
                ("add", None),
                ("changetype", None),
                ("Control;x", None),
                ("#cn", None),
                ("", None),
                (";x", None),
                ("a b", None),
                ("é", None),
            ] {
                assert_eq!(names.base(name.as_bytes()), expected, "{name}");
            }
            let long = "x".repeat(1000);
            assert_eq!(names.base(long.as_bytes()), Some(1000));
        }
    }
}
