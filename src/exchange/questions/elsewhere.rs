//! What names lead to and of which nothing was seen: sites, replicated here late, not exported, or gone; containers of recipients in sites
//! that were seen, kept back or gone.

use super::sight::Sight;
use crate::directory::dn::Dn;
use crate::directory::whole::{Directory, EntryId, Name};
use crate::exchange::naming;
use crate::exchange::schema::Attribute;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Objects that one thread looks at before it looks for more.
const LOT: usize = 4096;
/// A file that leads to any number of sites or containers is told of a few.
const MOST: usize = 50;

/// What names lead to and was not seen.
#[derive(Debug, Default)]
pub(super) struct Elsewhere {
    /// The names of sites.
    pub(super) sites: BTreeSet<String>,
    /// Containers of recipients right below their sites, by their names as they compare.
    pub(super) containers: BTreeMap<u128, Dn>,
}

impl Elsewhere {
    /// What the names in living objects lead to.
    pub(super) fn of(directory: &Directory, sight: &Sight) -> Self {
        let holds_names = |name: &Name| sight.attribute(*name).known.is_some_and(Attribute::holds_names);
        let names: Vec<Name> = directory.names().filter(holds_names).collect();
        let lots: Vec<&[EntryId]> = sight.living().flat_map(|group| group.members.chunks(LOT)).collect();
        let of_lots: Vec<Self> = lots.into_par_iter().map(|lot| Self::of_lot(directory, sight, lot, &names)).collect();
        let mut all = Self::default();
        for Self { sites, containers } in of_lots {
            all.sites.extend(sites.into_iter().take(MOST));
            all.containers.extend(containers.into_iter().take(MOST));
        }
        while all.sites.len() > MOST {
            all.sites.pop_last();
        }
        while all.containers.len() > MOST {
            all.containers.pop_last();
        }
        all.leave_out_those_with_recipients(directory);
        all
    }

    fn of_lot(directory: &Directory, sight: &Sight, lot: &[EntryId], names: &[Name]) -> Self {
        let mut unseen = Self::default();
        // what a name stands in tells all that is asked here, and most stand in few places
        let mut seen: HashSet<&[u8]> = HashSet::new();
        for entry in lot.iter().filter_map(|id| directory.get(*id)) {
            let shown = entry.shown();
            for value in names.iter().filter(|name| shown.has(**name)).flat_map(|name| entry.held(*name)) {
                let above = above(value);
                if above.is_some_and(|above| seen.contains(above)) {
                    continue;
                }
                let text = String::from_utf8_lossy(value);
                let Some(dn) = naming::from_either(&text) else { continue };
                let Some(site) = naming::real_site_of(&dn) else { continue };
                if directory.was_taken(&site) {
                    continue;
                }
                if sight.find_site(&site).is_none() {
                    unseen.sites.insert(naming::site_name(&site).unwrap_or_default());
                    continue;
                }
                seen.extend(above);
                let container = dn.parent();
                let is_of_recipients = dn.depth() == naming::SITE_DEPTH + 2 && !naming::is_configuration(&dn);
                if is_of_recipients && directory.find(&container).is_none() && !directory.was_taken(&container) {
                    unseen.containers.insert(container.number(), container);
                }
            }
        }
        unseen
    }

    /// A container need not be shown where what stands in it is: a table lists recipients alone.
    fn leave_out_those_with_recipients(&mut self, directory: &Directory) {
        if self.containers.is_empty() {
            return;
        }
        for entry in directory.entries() {
            self.containers.remove(&entry.dn().parent().number());
        }
    }
}

/// What a name stands in, as it is written: what follows its first RDN.
fn above(name: &[u8]) -> Option<&[u8]> {
    let is_end = |at: &usize| at.checked_sub(1).is_none_or(|before| name.get(before) != Some(&b'\\'));
    memchr::memchr_iter(b',', name).find(is_end).and_then(|comma| name.get(comma + 1..))
}
