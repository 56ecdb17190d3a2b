//! The object that a rule judges, and what it asks besides. It remembers the weakest ground of the answers, so that a rule cannot
//! forget what its ruling rests on.

use super::Questions;
use super::cause::{Cause, Causes};
use super::lookup::Lookup;
use super::population::Population;
use super::seen::{Seen, Values};
use super::truth::{Ground, Truth};
use crate::directory::dn::Dn;
use crate::exchange::address::{Addresses, ProxyAddress, proxy_addresses};
use crate::exchange::selection::Selection;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

/// An object that is judged.
#[derive(Debug)]
pub struct Object<'q> {
    seen: Seen<'q>,
    ground: RefCell<Ground>,
    addresses: Rc<OnceCell<Addresses<'q>>>,
}

impl<'q> Object<'q> {
    /// To judge this one.
    pub fn of(seen: Seen<'q>) -> Self {
        Self { seen, ground: RefCell::default(), addresses: Rc::default() }
    }

    /// The same object, to judge it by another rule. What was read of its addresses is shared.
    #[must_use]
    pub fn again(&self) -> Self {
        Self { seen: self.seen, ground: RefCell::default(), addresses: Rc::clone(&self.addresses) }
    }

    /// What was seen of it.
    pub fn seen(&self) -> Seen<'q> {
        self.seen
    }

    /// Its name.
    pub fn dn(&self) -> Dn {
        self.seen.dn()
    }

    /// Whom to ask about others.
    pub fn questions(&self) -> &'q Questions {
        self.seen.questions()
    }

    /// What the answers so far rest on.
    pub fn ground(&self) -> Ground {
        self.ground.borrow().clone()
    }

    /// Notes what an answer rests on.
    pub fn rests_on(&self, ground: &Ground) {
        if *ground != Ground::documented() {
            let before = self.ground.take();
            *self.ground.borrow_mut() = before.and(ground);
        }
    }

    /// All values of an attribute, as text; none if it is known to be unset.
    ///
    /// # Errors
    /// Why there may be others.
    pub fn texts(&self, attribute: &str) -> Result<Vec<String>, Causes> {
        Ok(self.values(attribute)?.texts().collect())
    }

    /// All values of an attribute; none if it is known to be unset.
    ///
    /// # Errors
    /// Why there may be others.
    pub fn values(&self, attribute: &str) -> Result<Values<'q>, Causes> {
        let values = self.seen.values(attribute);
        match values.whole() {
            Ok(ground) => self.rests_on(ground),
            Err(causes) => return Err(causes.clone()),
        }
        Ok(values)
    }

    /// The values of an attribute that are surely there, as text: those that were seen, and none where records contradict each
    /// other. That there is no other says nothing.
    pub fn seen_texts(&self, attribute: &str) -> impl Iterator<Item = String> + use<'q> {
        let values = self.seen.values(attribute);
        let surely = values.is_set().is_yes();
        values.seen().filter(move |_| surely).map(crate::directory::text::text_of)
    }

    /// The one value of an attribute, as text.
    ///
    /// # Errors
    /// Why that is not known.
    pub fn text(&self, attribute: &str) -> Result<Option<String>, Causes> {
        Ok(self.values(attribute)?.texts().next())
    }

    /// The addresses that it shows, in every place again. That there is no other says nothing: see [`Object::whole_addresses`].
    pub fn addresses(&self) -> &Addresses<'q> {
        self.addresses.get_or_init(|| Addresses::of_entry(self.seen.entry, &self.questions().places))
    }

    /// The addresses that it shows, each once.
    pub fn proxy_addresses(&self) -> Vec<ProxyAddress> {
        proxy_addresses(&self.seen.entry)
    }

    /// Nothing, if the addresses of a type that it shows are all there are: it shows every place in which one may stand, or none is
    /// missing that was asked for.
    ///
    /// # Errors
    /// Why there may be others.
    pub fn whole_addresses(&self, kind: &str) -> Result<(), Causes> {
        // nearly all show every place, in one record
        if self.addresses().in_every_place(kind) && self.seen.shows_whole_addresses() {
            return Ok(());
        }
        self.rests_on(&self.seen.all_addresses(kind)?);
        Ok(())
    }

    /// Whether it has an address of a type.
    ///
    /// # Errors
    /// Why that is not known.
    pub fn has_address(&self, kind: &str) -> Result<bool, Causes> {
        self.decided(self.seen.has_address(kind))
    }

    /// An answer, noted.
    ///
    /// # Errors
    /// Why there is none.
    pub fn decided(&self, truth: Truth) -> Result<bool, Causes> {
        match truth {
            Truth::Yes(ground) => {
                self.rests_on(&ground);
                Ok(true)
            }
            Truth::No(ground) => {
                self.rests_on(&ground);
                Ok(false)
            }
            Truth::Open(causes) => Err(causes),
        }
    }

    /// Where a name leads.
    pub fn look_up(&self, dn: &Dn) -> Lookup<'q> {
        self.questions().object(dn)
    }

    /// All objects of a selection in its own site.
    pub fn of_site(&self, selection: &str) -> Population<'q> {
        match self.seen.site_dn() {
            Some(site) => self.of_that_site(selection, site),
            None => self.everywhere(selection),
        }
    }

    /// All objects of a selection in that site. One that may be deleted is none of them for sure.
    pub fn of_that_site(&self, selection: &str, site: &Dn) -> Population<'q> {
        self.questions().all(selected(selection), Some(site)).living()
    }

    /// All objects of a selection, in all sites. One that may be deleted is none of them for sure.
    pub fn everywhere(&self, selection: &str) -> Population<'q> {
        self.questions().all(selected(selection), None).living()
    }

    /// Nothing, if those seen are all there are; what that rests on is noted.
    ///
    /// # Errors
    /// Why there may be others.
    pub fn is_whole(&self, population: &Population<'_>) -> Result<(), Causes> {
        self.rests_on(&population.whole()?);
        Ok(())
    }

    /// Notes a cause.
    pub fn cause(&self, cause: Cause) -> Causes {
        self.questions().cause(cause)
    }
}

/// The selection of that name; every object, for a name that is none.
fn selected(word: &str) -> &'static Selection {
    Selection::named(word).unwrap_or_else(Selection::every_object)
}
