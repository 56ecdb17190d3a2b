//! Entries whose classes are named: a server may give a class as an OID (SDK sch_cont_7x9s).

use crate::directory::dn::Dn;
use crate::directory::filter::Shows;
use crate::directory::whole::{EntryRef, Held};
use crate::exchange::schema;

/// An entry of which each class that is given as an OID is shown under its name too.
#[derive(Clone, Copy)]
pub(super) struct Named<'a>(pub(super) EntryRef<'a>);

impl Shows for Named<'_> {
    fn name(&self) -> Dn {
        self.0.dn()
    }

    fn values_of<'s>(&'s self, name: &str) -> impl Iterator<Item = &'s [u8]> {
        let is_class = name.eq_ignore_ascii_case("objectClass");
        let named = self.0.values("objectClass").filter(move |_| is_class);
        let named = named.filter_map(|value| name_of(value).map(|name| -> &'s [u8] { name }));
        // the names first: the last class says what an object is that is of no known kind
        let values: Held<'s> = self.0.values(name);
        named.chain(values)
    }
}

/// The name of a class that is given as an OID.
pub(super) fn name_of(value: &[u8]) -> Option<&'static [u8]> {
    value.first().filter(|byte| byte.is_ascii_digit())?;
    schema::class_name_of_oid(std::str::from_utf8(value).ok()?).map(str::as_bytes)
}
