//! The map in words: the same facts, for those who do not see it, and for those who search it.

use super::worst::Worst;
use crate::exchange::chart::{Chart, Connector, Sight, Site};
use crate::output::html::state::State;
use crate::output::html::text;
use crate::report::Confidence;
use maud::{Markup, html};

/// Every site with what stands in it.
pub(super) fn list(chart: &Chart, worst: &Worst) -> Markup {
    html! { ul .tree { @for site in &chart.sites { li { (self::site(site, worst)) } } } }
}

fn site(site: &Site, worst: &Worst) -> Markup {
    let seen = match site.seen {
        Sight::Whole => "",
        Sight::InPart => ", seen in part: there may be more",
        Sight::NotAtAll => ", not seen: others name it",
    };
    html! {
        @if site.seen != Sight::NotAtAll { (worst.site(&site.name).glyph()) " " }
        "Site " strong { (text::own(&site.name)) }
        @if site.seen != Sight::NotAtAll { ": " (worst.site(&site.name).words()) }
        (seen)
        @if !(site.servers.is_empty() && site.services.is_empty() && site.connectors.is_empty()) {
            ul {
                @for server in &site.servers {
                    li {
                        "Server " (text::own(&server.name))
                        @if let Some(version) = &server.version { ", " (text::own(version)) }
                        (said(worst.object(&server.dn)))
                    }
                }
                @for link in site.services.iter().chain(&site.connectors) { li { (connector(link, worst)) } }
            }
        }
    }
}

fn connector(link: &Connector, worst: &Worst) -> Markup {
    html! {
        (capital(link.kind.words())) " " (text::own(&link.name))
        @if let Some(server) = &link.server { " on " (text::own(server)) }
        @for (place, join) in link.joins.iter().enumerate() {
            @if place == 0 { ", leads to " } @else { " and " }
            "site " (text::own(&join.site)) " (by " (join.by.words())
            @if join.confidence == Confidence::Inferred { ", inferred" }
            ")"
        }
        @for (place, space) in link.spaces.iter().enumerate() {
            @if place == 0 { ", for " } @else { ", " }
            (text::code(space))
        }
        (said(worst.object(&link.dn)))
    }
}

fn said(state: State) -> Markup {
    html! { @if state > State::Fine { ": " (state.glyph()) " " (state.words()) } }
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
