//! The graph for Graphviz.

use super::graph::Graph;
use crate::output::sanitize;
use crate::report::{Severity, Uses};
use std::fmt::Write;

/// Characters of a text in the graph.
const LONGEST: usize = 120;

/// The graph: a node for each kind of referrer, an arrow to what it refers to. Inferred ones are dashed, what was not seen is dotted.
pub(super) fn graph(uses: &Uses) -> String {
    let graph = Graph::of(uses);
    let mut text = String::from(
        "digraph uses {\n  rankdir=LR;\n  node [shape=box, style=rounded, fontname=\"sans-serif\", fontsize=11];\n  \
         edge [fontname=\"sans-serif\", fontsize=10];\n",
    );
    // writing to a text cannot fail
    for (number, end) in graph.ends.iter().enumerate() {
        let bold = if number == 0 { ", penwidth=2" } else { "" };
        let label = label(&[&end.name, &end.words]);
        _ = writeln!(text, "  end{number} [label={label}, tooltip={}{bold}];", quoted(&end.dn));
    }
    for number in 1..graph.ends.len() {
        _ = writeln!(text, "  end{number} -> end0 [label=\"below\", arrowhead=none, color=gray];");
    }
    for (number, arrow) in graph.arrows.iter().enumerate() {
        let style = if arrow.is_inferred { ", style=dashed" } else { "" };
        let colour = match arrow.severity {
            Some(Severity::Critical) => ", color=\"#a81e1e\"",
            Some(Severity::Warning) => ", color=\"#7f4d00\"",
            Some(Severity::Info) => ", color=\"#1f5f8b\"",
            None => "",
        };
        let role = label(&[arrow.role, arrow.fails.as_deref().unwrap_or_default()]);
        _ = writeln!(text, "  use{number} [label={}, tooltip={}];", label(&[arrow.whom]), quoted(&arrow.told));
        _ = writeln!(text, "  use{number} -> end{} [label={role}{style}{colour}];", arrow.end);
    }
    for (number, what) in graph.unseen.iter().enumerate() {
        _ = writeln!(text, "  unseen{number} [label={}, style=\"rounded,dotted\"];", label(&[what]));
        _ = writeln!(text, "  unseen{number} -> end0 [label=\"not seen: may refer to it\", style=dotted];");
    }
    if graph.undrawn > 0 {
        _ = writeln!(text, "  more [label=\"{} more kinds of reference\", shape=plaintext];", graph.undrawn);
    }
    text.push_str("}\n");
    text
}

/// Lines of a label.
fn label(lines: &[&str]) -> String {
    let lines: Vec<String> = lines.iter().filter(|line| !line.is_empty()).map(|line| escaped(line)).collect();
    format!("\"{}\"", lines.join("\\n"))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// Text between quotes: a backslash there begins an escape, and an ampersand an entity of HTML.
fn escaped(text: &str) -> String {
    let text = sanitize::bounded(text, LONGEST);
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
