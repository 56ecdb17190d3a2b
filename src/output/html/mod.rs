//! The report as one page of HTML: what a manager opens, prints and hangs on a wall. It asks for nothing beside itself, and text of the
//! directory is text in it, whatever it holds.

mod accepted;
mod by_hand;
mod changes;
mod evidence;
mod failures;
mod filters;
mod foot;
mod group;
mod head;
mod map;
mod outcomes;
pub(super) mod policy;
mod state;
#[cfg(test)]
mod tests;
pub(super) mod text;
mod trend;
mod undecided;

use super::{Format, OutputError};
use crate::report::Report;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// What it looks like.
const STYLE: &str = include_str!("style.css");
/// The filters, the one thing that needs a script. Without it everything is there to be read.
const SCRIPT: &str = include_str!("filter.js");

/// The report as one page.
#[derive(Debug, Clone, Copy)]
pub struct Html;

impl Format for Html {
    fn write(&self, report: &Report) -> Result<Vec<u8>, OutputError> {
        let mut text = page(report).into_string().into_bytes();
        text.push(b'\n');
        Ok(text)
    }
}

fn page(report: &Report) -> Markup {
    let title = head::title(report);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy::of(STYLE, SCRIPT));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (state::shapes())
                a .skip href="#main" { "To the results" }
                (head::head(report))
                main #main {
                    (map::section(report))
                    (changes::section(report))
                    (trend::section(report))
                    (filters::form(report))
                    (failures::section(report))
                    (undecided::section(report))
                    (accepted::section(report))
                    (by_hand::section(report))
                    (outcomes::section(report))
                }
                (foot::foot(report))
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}
