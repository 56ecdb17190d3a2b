//! The object that a check starts from.

use crate::directory::dn::Dn;
use crate::exchange::ims::Ims;
use crate::exchange::naming;
use crate::exchange::pointer::Service;
use crate::exchange::questions::Seen;

/// The object that a check starts from: one that was seen, or a service that only the operator knows of.
#[derive(Debug, Clone)]
pub(in crate::check) struct Start<'a> {
    /// What was seen of it.
    pub(in crate::check) seen: Option<Seen<'a>>,
    /// What it is, if it is a service.
    pub(in crate::check) service: Option<&'a Service<'a>>,
}

impl<'a> Start<'a> {
    /// At an object that was seen.
    pub(in crate::check) fn at(seen: Seen<'a>) -> Self {
        Self { seen: Some(seen), service: None }
    }

    /// Its name.
    pub(in crate::check) fn dn(&self) -> Dn {
        match (&self.service, &self.seen) {
            (Some(service), _) => service.ims.dn.clone(),
            (None, Some(seen)) => seen.dn(),
            (None, None) => Dn::default(),
        }
    }

    /// The server whose release counts, by computer name: that which it is of, or that of the message transfer agent of a connector.
    pub(in crate::check) fn counting_server(&self) -> Option<String> {
        let of_agent = || {
            let seen = self.seen.filter(|seen| !seen.kind().is_recipient() && naming::is_configuration(&seen.dn()))?;
            let named = seen.values("Home-MTA").texts().find_map(|text| naming::from_either(&text))?;
            let server = naming::server_of(&named)?;
            let is_own = naming::site_of(&server)?.number() == seen.site_dn()?.number();
            is_own.then(|| server.leaf().into_owned())
        };
        self.server().or_else(of_agent)
    }

    /// The server that it is of, by computer name.
    pub(in crate::check) fn server(&self) -> Option<String> {
        let of_service = self.service.and_then(|service| service.ims.server.clone());
        let of_name = || naming::server_of(&self.dn()).map(|server| server.leaf().into_owned());
        // a rule that compares starts at the object of a service too
        let of_object = || Ims::of(&self.seen.filter(|seen| !seen.kind().is_recipient())?.shown())?.server;
        of_service.or_else(of_name).or_else(of_object)
    }
}
