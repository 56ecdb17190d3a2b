//! The object that a change is about.

use super::roles::server;
use super::row::Rows;
use super::{Named, unseen};
use crate::directory::dn::Dn;
use crate::exchange::address::proxy_addresses;
use crate::exchange::ims::Ims;
use crate::exchange::naming;
use crate::exchange::pointer::{self, State};
use crate::exchange::questions::{Lookup, Object, Questions, Truth};

/// A few rows.
pub(super) fn rows(questions: &Questions, named: Named<'_>, rows: &mut Rows) {
    let Some(dn) = named.dn() else { return };
    let about = dn.to_string();
    let Some(seen) = questions.find(dn) else {
        let why = match questions.object(dn) {
            Lookup::Open(causes) => unseen::words(questions, &causes),
            Lookup::Gone(..) => "it does not exist".into(),
            Lookup::Deleted(_) => "it is deleted".into(),
            Lookup::There(_) => "it was not looked at".into(),
        };
        rows.add(&about, "object", [], Some(why));
        return;
    };
    rows.add(&about, "kind", [seen.kind().words()], None);
    rows.add(&about, "name in /o= form", [naming::to_legacy(dn)], None);
    if matches!(named, Named::Server(_)) {
        return;
    }
    rows.attribute(&about, "display name", &seen, "cn", |text| text);
    rows.attribute(&about, "alias", &seen, "uid", |text| text);
    rows.attribute(&about, "home server (Home-MDB)", &seen, "Home-MDB", |text| server(&text).unwrap_or(text));
    rows.attribute(&about, "alternate recipient", &seen, "Alt-Recipient", |text| text);
    rows.flag(&about, "hidden from the address book", &seen, "Hide-From-Address-Book");
    let object = Object::of(seen);
    let whole = ["SMTP", "X400"].iter().find_map(|kind| object.whole_addresses(kind).err());
    let addresses = proxy_addresses(&seen.shown()).into_iter().map(|one| {
        let mark = if one.primary { " (primary)" } else { "" };
        format!("{}:{}{mark}", one.kind, one.value)
    });
    rows.add(&about, "addresses", addresses, whole.map(|causes| unseen::words(questions, &causes)));
    let (services, open) = services_of(questions, dn);
    rows.add(&about, "administrator of", services, open);
    if !matches!(seen.lives(), Truth::Yes(_)) {
        rows.add(&about, "life", [], Some("whether it is deleted was not seen".into()));
    }
}

/// The services that report to it, and why there may be others.
fn services_of(questions: &Questions, dn: &Dn) -> (Vec<String>, Option<String>) {
    let (mut own, mut open) = (Vec::new(), None);
    for service in super::seen(questions, "ims") {
        let Some(ims) = Ims::of(&service.shown()) else { continue };
        let found = pointer::locate(questions, &ims, &service);
        let name = format!("{} / {}", service.site().unwrap_or("site unknown"), ims.dn.leaf());
        match found.state {
            State::Leads(names) if names.iter().any(|name| name.number() == dn.number()) => {
                own.push(format!("{name}, {}", found.locator.words()));
            }
            State::Leads(_) | State::Unset(_) => {}
            State::Undecided(_) | State::Unresolved(_) => open = Some(format!("whom {name} reports to is not known")),
        }
    }
    (own, open)
}
