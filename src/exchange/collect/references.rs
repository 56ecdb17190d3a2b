//! What references lead to: the administrators of the services, and what checks follow.

use super::{Collector, MOST_READS, MOST_ROUNDS, in_order};
use crate::directory::dn::Dn;
use crate::directory::source::{Ended, Search};
use crate::directory::whole::{EntryRef, Record};
use crate::exchange::class::{Kind, has_class};
use crate::exchange::declaration::Recipient;
use crate::exchange::{naming, pointer, requests};
use std::collections::{BTreeMap, HashSet};

impl Collector<'_> {
    /// The objects that the services may refer to, and the recipients that the operator declared by name.
    pub(super) fn administrators(&mut self) {
        self.named_by_services();
        let names: Vec<_> = self.hints.declared.iter().filter_map(|declaration| declaration.recipient.filter()).collect();
        if !names.is_empty() {
            let search = requests::declared(self.base, names, &self.wanted.referred);
            let ended = self.search(&[search]).pop().unwrap_or(Ended::Complete);
            self.note(&ended, "the declared recipients");
        }
        // declared of a service that is not shown
        let declared = self.hints.declared.iter().filter_map(|declaration| match &declaration.recipient {
            Recipient::Dn(dn) => Some(dn.clone()),
            _ => None,
        });
        let directory = self.builder.so_far();
        let unknown = declared.filter(|dn| directory.find(dn).is_none()).map(|dn| (dn.number(), dn));
        let to_read = |(_, dn): &(&u128, &Dn)| directory.find(dn).is_none_or(|known| !self.is_asked_in_full(known));
        let named = self.named_by_services.iter().filter(to_read).map(|(number, dn)| (*number, dn.clone()));
        let wanted: BTreeMap<u128, Dn> = named.chain(unknown).collect();
        if wanted.len() > MOST_READS {
            let text = format!("The services name more than {MOST_READS} objects; the others were not looked up.");
            self.incomplete(text);
        }
        self.read(
            in_order(wanted.into_values()).take(MOST_READS).map(|dn| requests::recipient(&dn, &self.wanted.referred)).collect(),
        );
    }

    /// Finds the objects that the services may refer to, once: there may be many services with much in them.
    fn named_by_services(&mut self) {
        let directory = self.builder.so_far();
        let services = directory.entries().filter(|entry| has_class(entry, "Mail-Gateway") && !entry.is_deleted());
        for entry in services {
            self.named_by_services.extend(pointer::wanted(self.hints, entry).into_iter().map(|dn| (dn.number(), dn)));
            if self.named_by_services.len() > MOST_READS {
                break;
            }
        }
    }

    /// The other objects that references name, and those that these name again: of the administrators, and of what checks follow.
    pub(super) fn references(&mut self) {
        let mut left = MOST_READS;
        let mut seen: HashSet<u128> = HashSet::new();
        let mut named = self.named_by_services.clone();
        named.extend(self.referred());
        for _ in 0..MOST_ROUNDS {
            let directory = self.builder.so_far();
            named.retain(|number, _| seen.insert(*number));
            let is_known = |known: EntryRef<'_>| !known.is_deleted() && self.is_asked_in_full(known);
            let unknown = |dn: &&Dn| !directory.find(dn).is_some_and(is_known) && !self.was_read.contains(&dn.number());
            let unknown: Vec<Dn> = in_order(named.values().filter(unknown).cloned()).collect();
            if unknown.len() > left {
                let text = format!("References name more than {MOST_READS} objects; the others were not looked up.");
                self.incomplete(text);
            }
            let reads: Vec<Search> = unknown.iter().take(left).map(|dn| requests::recipient(dn, &self.wanted.referred)).collect();
            left -= reads.len();
            self.read(reads);
            named = self.referred_on(named.values());
        }
    }

    /// Whether everything was asked of an object that is asked of one that a reference leads to. Objects of the configuration come
    /// with what checks need of them.
    fn is_asked_in_full(&self, known: EntryRef<'_>) -> bool {
        let directory = self.builder.so_far();
        let names = || requests::RECIPIENT.into_iter().chain(self.wanted.referred.iter().map(String::as_str));
        let is_full = |record: &Record| {
            let asked = directory.asked(record.asked);
            asked.is_none_or(|asked| names().all(|name| directory.name(name).is_some_and(|name| asked.names(name))))
        };
        !Kind::of(&known).is_recipient() || known.records().iter().any(is_full)
    }

    /// The objects that the followed attributes name.
    fn referred(&self) -> BTreeMap<u128, Dn> {
        let directory = self.builder.so_far();
        let mut named = BTreeMap::new();
        for followed in &self.wanted.followed {
            let Some(name) = directory.name(&followed.attribute) else { continue };
            // most values of one attribute are the same few
            let mut met: HashSet<&[u8]> = HashSet::new();
            for entry in directory.entries().filter(|entry| entry.shown().has(name)) {
                for value in entry.held(name) {
                    // an object that is not meant must not hide the one that is
                    if met.contains(value) || !followed.may_be_of(&entry) {
                        continue;
                    }
                    met.insert(value);
                    if let Some(dn) = naming::from_either(&String::from_utf8_lossy(value)) {
                        named.insert(dn.number(), dn);
                    }
                }
            }
        }
        named
    }

    /// The objects that those name again.
    fn referred_on<'d>(&self, from: impl Iterator<Item = &'d Dn>) -> BTreeMap<u128, Dn> {
        let directory = self.builder.so_far();
        let mut named = BTreeMap::new();
        for entry in from.filter_map(|dn| directory.find(dn)) {
            for value in self.wanted.followed_on.iter().flat_map(|name| entry.values(name)) {
                if let Some(dn) = naming::from_either(&String::from_utf8_lossy(value)) {
                    named.insert(dn.number(), dn);
                }
            }
        }
        named
    }
}
