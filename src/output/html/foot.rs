//! The bottom of the page: how it was made, and what no directory shows.

use super::text;
use crate::output::frame::NOT_CHECKED;
use crate::report::Report;
use maud::{Markup, html};

/// The bottom of the page.
pub(super) fn foot(report: &Report) -> Markup {
    html! {
        footer {
            p { (NOT_CHECKED) }
            p {
                "Made by " (text::own(&report.tool.name)) " " (text::own(&report.tool.version)) " from " (text::code(&report.schema))
                ", begun " (text::time(&report.started)) ", ended " (text::time(&report.finished))
                ". It only read the directory. This page is one file: it loads nothing, and sends nothing."
            }
        }
    }
}
