//! The names that services look for in the registry of their server: articles say that these must be those of the directory, letter for
//! letter. The registry itself is not read; the form in which a value is written is the article's business, so only names are told.

use super::row::Rows;
use super::{Named, seen};
use crate::exchange::ims::Ims;
use crate::exchange::naming;
use crate::exchange::questions::Questions;
use crate::exchange::selection::Selection;

/// A few rows a server.
pub(super) fn rows(questions: &Questions, named: Named<'_>, rows: &mut Rows) {
    let services: Vec<Ims> = questions.services();
    for server in seen(questions, "server") {
        if matches!(named, Named::Server(dn) if !server.is(dn)) {
            continue;
        }
        let dn = server.dn();
        let name = dn.leaf().into_owned();
        let (site, organization) = (naming::site_name(&dn), naming::organization_name(&dn));
        let about = format!("{} / {name}", site.as_deref().unwrap_or("site unknown"));
        let names = [("Enterprise", organization), ("Site", site), ("Server", Some(name.clone()))];
        let values = names.into_iter().filter_map(|(key, value)| value.map(|value| format!("{key} = {value}")));
        rows.add(&about, "MSExchangeSA\\Parameters (Q201164)", values, None);
        rows.add(&about, "MSExchangeMTA\\Parameters, X500 DN: names (Q155027)", [naming::to_legacy(&dn)], None);
        if services.iter().any(|ims| ims.is_on(&name) && ims.site == naming::site_name(&dn)) {
            rows.add(&about, "MSExchangeIMC\\Parameters, SiteDN: names (Q298565)", [naming::to_legacy(&dn)], None);
        }
    }
    if let Some(selection) = Selection::named("server") {
        rows.may_be_more(questions, "Servers", questions.all(selection, None).unread());
    }
}
