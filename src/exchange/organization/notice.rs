//! Taking note of what entries show, without keeping them: of their sites, of who shows which attribute, and where X.400 addresses
//! stand.

use super::{Organization, Witnesses};
use crate::directory::entry::Entry;
use crate::exchange::address::shows_type;
use crate::exchange::class::Kind;
use crate::exchange::ims::{Ims, has_ims_name};
use crate::exchange::shapes::{Shape, is_deleted};
use crate::exchange::{naming, schema};

/// Where a recipient may show an X.400 address.
const X400_PLACES: [&str; 3] = ["textEncodedORAddress", "otherMailbox", "Proxy-Addresses"];

impl Organization {
    /// Takes note of an entry without keeping it: which site it is of, what it shows.
    pub(in crate::exchange) fn notice(&mut self, entry: &Entry, shape: Option<Shape>) {
        let deleted = is_deleted(entry, shape);
        let file = entry.parts().next().map_or(0, |part| part.file);
        self.notice_site(entry, file, deleted);
        if self.name.is_none() {
            self.name = naming::organization_name(&entry.dn);
        }
        if deleted {
            return; // a deleted object is no witness
        }
        self.unclassed_ims |= has_ims_name(&entry.dn) && Ims::of(entry).is_none();
        if !shape.is_some_and(|shape| self.settled.holds_shape(shape)) {
            self.notice_attributes(entry, file, shape);
        }
        self.notice_x400(entry, file, shape);
    }

    /// Takes note of where a living recipient shows an X.400 address.
    fn notice_x400(&mut self, entry: &Entry, file: usize, shape: Option<Shape>) {
        let open = shape.and_then(|shape| self.settled.open(shape)).unwrap_or_else(|| {
            let is_open = |place: &&str| !self.x400_shown.contains(&(file, *place)) && entry.has(place);
            let is_recipient = Kind::of(entry).is_recipient();
            let open = X400_PLACES.map(|place| is_recipient && is_open(&place));
            shape.into_iter().for_each(|shape| self.settled.note_open(shape, open));
            open
        });
        for (place, _) in X400_PLACES.into_iter().zip(open).filter(|(place, open)| *open && shows_type(entry, place, "X400")) {
            self.x400_shown.insert((file, place));
            self.settled.forget_open();
        }
    }

    /// Takes note of the attributes that a living entry shows.
    fn notice_attributes(&mut self, entry: &Entry, file: usize, shape: Option<Shape>) {
        let (mut local, mut settled) = (false, true);
        for attribute in entry.attributes() {
            if self.settled.holds(file, attribute.name) {
                continue;
            }
            settled = false;
            let noted = (file, attribute.name.to_ascii_lowercase());
            if !self.shown.contains_key(&noted) && !self.bound.takes_name(self.shown.len()) {
                break;
            }
            let key = entry.dn.key();
            let is_local = || schema::attribute(attribute.name).is_some_and(schema::Attribute::local_to_site);
            let shown = self.shown.entry(noted).or_insert_with(|| Witnesses { objects: Vec::new(), local: is_local() });
            // two are enough: one of them is another object than the one in question
            if shown.objects.len() < 2 && !shown.objects.contains(&key) {
                shown.objects.push(key);
            }
            // one that is not replicated between sites speaks for the site of each object that shows it
            local |= shown.local;
            if shown.objects.len() == 2 && !shown.local {
                self.settled.note(file, attribute.name);
            }
        }
        // an attribute that is not replicated between sites came back: a server of that site answered
        if let Some(site) = naming::site_of(&entry.dn).filter(|_| local) {
            self.local.insert((file, site.key()));
        }
        if let Some(shape) = shape.filter(|_| settled) {
            self.settled.note_shape(shape);
        }
    }

    /// Takes note of the site of an entry, and whether hidden and deleted objects of it come back.
    fn notice_site(&mut self, entry: &Entry, file: usize, deleted: bool) {
        let hidden = entry.flag("Hide-From-Address-Book");
        if entry.dn.plain_ancestor(2).is_some_and(|site| self.site_before.tells(file, site, hidden, deleted)) {
            return;
        }
        if let Some(site) = naming::site_of(&entry.dn)
            && (self.sites.contains_key(&site.key()) || self.bound.takes_site(self.sites.len()))
        {
            let key = site.key();
            if deleted {
                self.deleted.insert((file, key.clone()));
            }
            if hidden {
                self.hiding.insert((file, key.clone()));
            }
            if let Some(text) = entry.dn.plain_ancestor(2) {
                self.site_before.note(file, text, hidden, deleted);
            }
            self.sites.entry(key).or_insert(site);
        }
    }
}
