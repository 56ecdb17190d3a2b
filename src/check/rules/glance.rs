//! An object that streams by, and what several rules ask of it: found once.

use crate::directory::entry::Entry;
use crate::exchange::address::Addresses;
use std::cell::OnceCell;

/// An object that streams by.
pub(in crate::check) struct Glance<'a> {
    /// The entry.
    pub(in crate::check) entry: &'a Entry,
    addresses: OnceCell<Addresses<'a>>,
}

impl<'a> Glance<'a> {
    /// At this object.
    pub(in crate::check) fn of(entry: &'a Entry) -> Self {
        Self { entry, addresses: OnceCell::new() }
    }

    /// Its e-mail addresses.
    pub(in crate::check) fn addresses(&self) -> &Addresses<'a> {
        self.addresses.get_or_init(|| Addresses::of(self.entry))
    }
}
