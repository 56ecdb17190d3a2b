//! The map: the organization drawn, the worst that is said of each part on it, and the same in words.

mod card;
mod draw;
mod figure;
mod legend;
mod list;
mod place;
mod ring;
mod row;
mod worst;

use super::text;
use crate::exchange::chart::{Chart, LeftOut};
use crate::output::words::counted;
use crate::report::{Report, Target};
use figure::Figure;
use maud::{Markup, html};
use worst::Worst;

/// Organizations that are drawn; of more there is only the list.
const MOST_DRAWN: usize = 12;

/// The maps of a report; nothing where no target has one.
pub(super) fn section(report: &Report) -> Markup {
    let charts = report.targets.iter().enumerate().filter_map(|(index, target)| Some((index, target, target.map.as_ref()?)));
    let charts: Vec<(usize, &Target, &Chart)> = charts.filter(|(_, _, chart)| !chart.sites.is_empty()).collect();
    html! {
        @if !charts.is_empty() {
            section #map aria-labelledby="map-title" {
                h2 #map-title { "The organization" }
                @for (index, target, chart) in &charts {
                    @let several = charts.len() > 1;
                    (one(*index, target, chart, report, several))
                }
            }
        }
    }
}

fn one(index: usize, target: &Target, chart: &Chart, report: &Report, several: bool) -> Markup {
    let worst = Worst::of(report, index);
    let figure = Figure::of(chart, &worst);
    html! {
        @if several { h3 { (text::own(target.label())) } }
        @if index < MOST_DRAWN {
            figure .map {
                div .scroll.sheet tabindex="0" role="group" aria-label="Map" { (draw::drawing(&figure, index, target)) }
                figcaption { (legend::legend(&figure)) }
            }
        }
        @if !chart.left_out.is_none() { p .aside { (left_out(&chart.left_out)) } }
        details .part open[index >= MOST_DRAWN] { summary { "The same as a list" } (list::list(chart, &worst)) }
    }
}

fn left_out(left_out: &LeftOut) -> String {
    let counts = [
        (left_out.sites, "site", "sites"),
        (left_out.servers, "server", "servers"),
        (left_out.connectors, "connector", "connectors"),
    ];
    let told: Vec<String> =
        counts.iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| counted(*count as u64, one, many)).collect();
    format!("There was no room for {}.", told.join(" and "))
}
