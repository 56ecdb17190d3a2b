//! The connectors: where each runs, and what it joins.

use super::Named;
use super::row::Rows;
use crate::directory::dn::Dn;
use crate::exchange::chart::{Chart, Connector, Kind, Sight};
use crate::exchange::questions::Questions;

/// A few rows a connector, site by site.
pub(super) fn rows(questions: &Questions, _: Named<'_>, rows: &mut Rows) {
    let chart = Chart::of(questions);
    for site in &chart.sites {
        for connector in site.services.iter().chain(&site.connectors) {
            one(questions, &site.name, connector, rows);
        }
        match site.seen {
            Sight::Whole => {}
            Sight::InPart => {
                rows.add(&site.name, "connectors", [], Some("there may be others: not all of the site was seen".into()))
            }
            Sight::NotAtAll => {
                rows.add(&site.name, "connectors", [], Some("nothing of this site was seen; others name it".into()))
            }
        }
    }
    if !chart.left_out.is_none() {
        rows.add("Others", "connectors", [], Some(format!("{} more are left out here", chart.left_out.connectors)));
    }
}

fn one(questions: &Questions, site: &str, connector: &Connector, rows: &mut Rows) {
    let about = format!("{site} / {}", connector.name);
    let server = connector.server.as_ref().map(|server| format!(" on {server}"));
    let why = connector.server.is_none().then(|| "its server was not seen".to_owned());
    rows.add(&about, "kind", [format!("{}{}", connector.kind.words(), server.unwrap_or_default())], why);
    if connector.kind == Kind::Replication
        && let Some(seen) = Dn::parse(connector.dn.as_bytes()).ok().and_then(|dn| questions.find(&dn))
    {
        rows.attribute(&about, "local bridgehead", &seen, "Local-Bridge-Head", |text| text);
        rows.attribute(&about, "remote bridgehead", &seen, "Remote-Bridge-Head", |text| text);
    }
    if !connector.joins.is_empty() {
        let joins = connector.joins.iter().map(|join| format!("{} (by {})", join.site, join.by.words()));
        rows.add(&about, "joins site", joins, None);
    }
}
