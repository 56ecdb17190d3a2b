//! What mail is routed by: the address spaces of connectors, and what each site keeps for itself.

use super::row::Rows;
use super::services::space;
use super::{Named, seen};
use crate::exchange::questions::Questions;
use crate::exchange::selection::Selection;

/// A row a connector, and a few a site.
pub(super) fn rows(questions: &Questions, _: Named<'_>, rows: &mut Rows) {
    for connector in seen(questions, "connector") {
        let about = format!("{} / {}", connector.site().unwrap_or("site unknown"), connector.dn().leaf());
        rows.attribute(&about, "address spaces", &connector, "Routing-List", space);
    }
    for object in seen(questions, "site-addressing") {
        let about = object.site().unwrap_or("site unknown").to_owned();
        rows.attribute(&about, "own addresses (Site-Proxy-Space)", &object, "Site-Proxy-Space", |text| text);
        rows.attribute(&about, "routing table made", &object, "GWART-Last-Modified", |text| text);
    }
    if let Some(selection) = Selection::named("connector") {
        rows.may_be_more(questions, "Connectors", questions.all(selection, None).unread());
    }
}
