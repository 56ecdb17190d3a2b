//! What the colours, shapes and lines of the map mean: those that it has.

use super::figure::Figure;
use super::{draw, row};
use crate::exchange::chart::{Kind, Sight};
use crate::output::html::state::State;
use crate::output::words::counted;
use maud::{Markup, html};

/// The legend.
pub(super) fn legend(figure: &Figure<'_>) -> Markup {
    let is_unseen = figure.sites.iter().any(|(site, _)| site.seen == Sight::NotAtAll);
    let is_in_part = figure.sites.iter().any(|(site, _)| site.seen == Sight::InPart);
    let is_open = figure.sites.len() <= row::MOST;
    let states = figure.states(is_open);
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| figure.ties.iter().any(|tie| tie.kind == *kind)).collect();
    html! {
        ul .legend {
            @for state in State::ALL.iter().filter(|state| states.contains(state)) { li { (state.glyph()) " " (state.words()) } }
            @if is_in_part { li { (swatch("part")) " seen in part" } }
            @if is_unseen { li { (swatch("unseen")) " not seen: only named by others" } }
            @for kind in kinds {
                li { svg .sample viewBox="0 0 40 10" aria-hidden="true" { g .stroke.(draw::kind(kind)) { path d="M0 5H40" {} } } " " (kind.words()) }
            }
            @if !is_open && !figure.ways.is_empty() { li { (swatch("tagged")) " addresses outside of the organization" } }
        }
        @if figure.undrawn > 0 { p { (counted(figure.undrawn as u64, "more connection has", "more connections have")) " no line: the list names them." } }
        p .small {
            "The colour of a part is that of its worst result. Undecided checks of severity info are ignored."
            @if figure.ties.iter().any(|tie| !tie.is_documented) {
                " Where a connector leads is inferred where it does not name the site itself: from its connected sites, or from an "
                "address space that is that site's address."
            }
        }
    }
}

fn swatch(class: &str) -> Markup {
    html! {
        svg .swatch.(class) viewBox="0 0 26 16" aria-hidden="true" {
            rect x="1" y="1" width="24" height="14" rx="3" {}
            path .hatching d="M3 14 12 2M10 14 19 2M17 14 23 6" {}
        }
    }
}
