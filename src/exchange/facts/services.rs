//! The Internet Mail Services: where each runs, whom it reports to, and which mail it is for.

use super::row::Rows;
use super::{Named, seen, unseen};
use crate::exchange::address_space::AddressSpace;
use crate::exchange::ims::Ims;
use crate::exchange::pointer::{self, State};
use crate::exchange::questions::Questions;
use crate::exchange::selection::Selection;

/// A few rows a service.
pub(super) fn rows(questions: &Questions, named: Named<'_>, rows: &mut Rows) {
    let server = match named {
        Named::Server(dn) => Some(dn),
        _ => None,
    };
    for service in seen(questions, "ims") {
        let Some(ims) = Ims::of(&service.shown()) else { continue };
        // of a server that is named its own services matter, and those that could take over: all of its site
        let site = service.site_dn().map(|dn| dn.number());
        if named.site().is_some_and(|own| server.is_some() && Some(own.number()) != site) {
            continue;
        }
        let about = about(&ims);
        let values = service.values("Computer-Name");
        let why = values.whole().err().map(|causes| unseen::words(questions, causes)).filter(|_| ims.server.is_none());
        rows.add(&about, "server", ims.server.clone(), why);
        let found = pointer::locate(questions, &ims, &service);
        let (values, why): (Vec<String>, Option<String>) = match &found.state {
            State::Leads(names) => (names.iter().map(|dn| format!("{dn}, {}", found.locator.words())).collect(), None),
            State::Unset(_) => (Vec::new(), None),
            State::Undecided(open) | State::Unresolved(open) => {
                let said = open.message.trim_end_matches('.').to_owned();
                let why = if said.is_empty() { unseen::words(questions, &open.causes) } else { said };
                (Vec::new(), Some(why))
            }
        };
        rows.add(&about, "administrator mailbox", values, why);
        rows.attribute(&about, "address spaces", &service, "Routing-List", space);
    }
    if let Some(selection) = Selection::named("ims") {
        rows.may_be_more(questions, "Internet Mail Services", questions.all(selection, None).unread());
    }
}

fn about(ims: &Ims) -> String {
    let site = ims.site.as_deref().unwrap_or("site unknown");
    format!("{site} / {}", ims.dn.leaf())
}

/// An address space as people read it: `SMTP:* (cost 1)`.
pub(super) fn space(text: String) -> String {
    match AddressSpace::parse(&text) {
        Some(AddressSpace { kind, address, cost: Some(cost) }) => format!("{kind}:{address} (cost {cost})"),
        Some(AddressSpace { kind, address, cost: None }) => format!("{kind}:{address}"),
        None => text,
    }
}
