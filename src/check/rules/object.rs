//! The object that a rule judges: absent is not missing here either.

use crate::directory::entry::{Entry, Values};
use crate::directory::text::text_of;
use crate::exchange::organization::Organization;
use std::cell::RefCell;

/// An object under a rule.
pub(in crate::check) struct Object<'a> {
    /// The entry.
    pub(in crate::check) entry: &'a Entry,
    /// What was collected beside it; none while objects stream by.
    pub(in crate::check) organization: Option<&'a Organization>,
    absent: RefCell<&'a mut dyn FnMut(&str) -> bool>,
}

impl<'a> Object<'a> {
    /// `absent` is asked about each attribute that did not come back: may its absence be taken for "not set"?
    pub(in crate::check) fn new(
        entry: &'a Entry,
        organization: Option<&'a Organization>,
        absent: &'a mut dyn FnMut(&str) -> bool,
    ) -> Self {
        Self { entry, organization, absent: RefCell::new(absent) }
    }

    /// The values of an attribute; none if it did not come back and may be set all the same.
    pub(in crate::check) fn values(&self, name: &str) -> Option<Values<'a>> {
        let values = self.entry.values(name);
        // no rule asks from within the answer to such a question, so nobody else holds it
        let unset = || self.absent.try_borrow_mut().is_ok_and(|mut absent| absent(name));
        (!values.is_empty() || unset()).then_some(values)
    }

    /// The values as text; none as of [`Object::values`].
    pub(in crate::check) fn texts(&self, name: &str) -> Option<Vec<String>> {
        self.values(name).map(|values| values.map(text_of).collect())
    }
}
