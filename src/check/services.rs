//! The Internet Mail Services: those that were seen, and those that the operator declares where the source shows recipients only.

use crate::directory::dn::Dn;
use crate::exchange::declaration::{Declaration, Server};
use crate::exchange::ims::Ims;
use crate::exchange::naming;
use crate::exchange::pointer::{self, Service, State};
use crate::exchange::questions::{MOST_SERVICES, Population, Questions, Seen};

/// The services, in a stable order, each with its administrator.
pub(super) fn of<'q>(questions: &'q Questions, population: &Population<'q>) -> Vec<Service<'q>> {
    let mut seen: Vec<(Ims, Seen<'q>)> =
        population.seen().filter_map(|seen| Ims::of(&seen.shown()).map(|ims| (ims, seen))).collect();
    seen.sort_by_cached_key(|(ims, _)| ims.dn.key());
    if seen.is_empty() && !population.unread().is_empty() {
        return questions.hints().declared.iter().filter_map(|declaration| declared(questions, declaration)).collect();
    }
    let service = |(ims, seen): (Ims, Seen<'q>)| {
        let pointer = pointer::locate(questions, &ims, &seen);
        Service { ims, seen: Some(seen), pointer }
    };
    seen.into_iter().take(MOST_SERVICES).map(service).collect()
}

/// A service that the operator declares and the source does not show. Its name follows from that of its server (Q306308) and from the
/// site of its administrator, which is inferred.
fn declared<'q>(questions: &'q Questions, declaration: &Declaration) -> Option<Service<'q>> {
    let (dn, server) = match &declaration.server {
        Server::Dn(dn) => (dn.clone(), None),
        Server::Name(name) => {
            let nowhere = Dn::default();
            let site = match pointer::by_operator(questions, &nowhere, declaration).state {
                State::Leads(leads) => leads.first().and_then(naming::site_of),
                _ => None,
            };
            let site = site.or_else(|| questions.only_site())?;
            let name_of = format!("Internet Mail Connector ({name})");
            let above = Dn::of([("cn", name_of.as_str()), ("cn", "Connections"), ("cn", "Configuration")]);
            (Dn::new(above.rdns().iter().chain(site.rdns()).cloned().collect()), Some(name.clone()))
        }
    };
    let pointer = pointer::by_operator(questions, &dn, declaration);
    let ims = Ims { site: naming::site_name(&dn), server_names: server.iter().cloned().collect(), server, dn };
    Some(Service { ims, seen: None, pointer })
}
