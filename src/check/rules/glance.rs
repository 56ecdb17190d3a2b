//! An object that streams by, and what several rules ask of it: found once.

use crate::directory::entry::Entry;
use crate::exchange::address::{Addresses, Places};
use std::cell::OnceCell;

/// An object that streams by.
pub(in crate::check) struct Glance<'a> {
    /// The entry.
    pub(in crate::check) entry: &'a Entry,
    /// Where its addresses stand, if that is known already.
    places: Option<Places>,
    addresses: OnceCell<Addresses<'a>>,
}

impl<'a> Glance<'a> {
    /// At this object.
    pub(in crate::check) fn of(entry: &'a Entry) -> Self {
        Self { entry, places: None, addresses: OnceCell::new() }
    }

    /// At this object, whose addresses stand there.
    pub(in crate::check) fn at(entry: &'a Entry, places: Places) -> Self {
        Self { entry, places: Some(places), addresses: OnceCell::new() }
    }

    /// Its e-mail addresses.
    pub(in crate::check) fn addresses(&self) -> &Addresses<'a> {
        let found = || match &self.places {
            Some(places) => Addresses::at(self.entry, places),
            None => Addresses::of(self.entry),
        };
        self.addresses.get_or_init(found)
    }
}
