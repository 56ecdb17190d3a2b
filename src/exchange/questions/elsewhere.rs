//! Sites that names lead to and of which nothing was seen: replicated here late, not exported, or gone.

use super::sight::Sight;
use crate::directory::whole::{Directory, EntryId, Name};
use crate::exchange::naming;
use crate::exchange::schema::Attribute;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashSet};

/// Objects that one thread looks at before it looks for more.
const LOT: usize = 4096;
/// A file that leads to any number of sites is told of a few.
const MOST: usize = 50;
/// Bytes at the end of a name in which its site nearly always stands.
const TAIL: usize = 48;

/// The sites that names in living objects lead to and of which nothing was seen.
pub(super) fn unseen_sites(directory: &Directory, sight: &Sight) -> Vec<String> {
    let holds_names = |name: &Name| sight.attribute(*name).known.is_some_and(Attribute::holds_names);
    let names: Vec<Name> = directory.names().filter(holds_names).collect();
    let lots: Vec<&[EntryId]> = sight.living().flat_map(|group| group.members.chunks(LOT)).collect();
    let of_lots: Vec<BTreeSet<String>> = lots.into_par_iter().map(|lot| of_lot(directory, sight, lot, &names)).collect();
    of_lots.into_iter().flatten().collect::<BTreeSet<_>>().into_iter().take(MOST).collect()
}

fn of_lot(directory: &Directory, sight: &Sight, lot: &[EntryId], names: &[Name]) -> BTreeSet<String> {
    let mut unseen = BTreeSet::new();
    // the end of a name tells its site, and most end alike
    let mut seen: HashSet<&[u8]> = HashSet::new();
    for entry in lot.iter().filter_map(|id| directory.get(*id)) {
        let shown = entry.shown();
        for value in names.iter().filter(|name| shown.has(**name)).flat_map(|name| entry.held(*name)) {
            let tail = value.get(value.len().saturating_sub(TAIL)..).unwrap_or_default();
            let tail = memchr::memrchr_iter(b',', tail).nth(1).and_then(|comma| tail.get(comma..));
            if tail.is_some_and(|tail| seen.contains(tail)) {
                continue;
            }
            let text = String::from_utf8_lossy(value);
            let Some(site) = naming::from_either(&text).and_then(|dn| naming::real_site_of(&dn)) else { continue };
            match sight.find_site(&site) {
                None => _ = unseen.insert(naming::site_name(&site).unwrap_or_default()),
                Some(_) => seen.extend(tail),
            }
        }
    }
    unseen
}
