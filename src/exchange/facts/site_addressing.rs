//! The addresses that each site generates.

use super::row::Rows;
use super::{Named, seen};
use crate::exchange::questions::Questions;
use crate::exchange::selection::Selection;

/// A few rows a site.
pub(super) fn rows(questions: &Questions, _: Named<'_>, rows: &mut Rows) {
    for object in seen(questions, "site-addressing") {
        let about = object.site().unwrap_or("site unknown").to_owned();
        rows.attribute(&about, "generated addresses", &object, "Gateway-Proxy", |text| text);
        rows.attribute(&about, "disabled types", &object, "Disabled-Gateway-Proxy", |text| text);
        rows.attribute(&about, "routing is calculated", &object, "Activation-Style", style);
    }
    if let Some(selection) = Selection::named("site-addressing") {
        rows.may_be_more(questions, "Site Addressing", questions.all(selection, None).unread());
    }
}

/// How often, as the property pages call it (Q199412).
fn style(text: String) -> String {
    match text.trim() {
        "0" => "Never (0)".into(),
        "1" => "Selected times (1)".into(),
        "2" => "Always (2)".into(),
        _ => text,
    }
}
