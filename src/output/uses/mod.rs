//! Who refers to an object, in the forms of `exaudit uses`: for people, for programs, and as a graph.

mod dot;
mod graph;
mod svg;
mod table;
#[cfg(test)]
mod tests;

use super::{Json, OutputError, Style};
use crate::report::Uses;

/// The forms by name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum UsesFormat {
    /// For people
    #[default]
    Table,
    /// For programs
    Json,
    /// A graph for Graphviz
    Dot,
    /// A graph for a browser or a document
    Svg,
}

/// Who refers to an object, in this form.
///
/// # Errors
/// [`OutputError`], if there is no such form of it.
pub fn write(uses: &Uses, format: UsesFormat, style: &Style) -> Result<Vec<u8>, OutputError> {
    Ok(match format {
        UsesFormat::Table => table::page(uses, style).into_bytes(),
        UsesFormat::Json => Json::bytes(uses)?,
        UsesFormat::Dot => dot::graph(uses).into_bytes(),
        UsesFormat::Svg => svg::drawing(uses).into_bytes(),
    })
}
