//! A plain table of texts, for lists that are not reports.

use super::Style;
use super::wrap::{width, wrap};
use comfy_table::ContentArrangement;
use comfy_table::presets::{ASCII_FULL_CONDENSED, UTF8_FULL_CONDENSED};

/// Draws rows under a header. Where they do not fit the style's width, the widest columns give way first; the
/// first column, which holds the name to copy, never does.
pub fn table<const N: usize>(header: [&str; N], rows: impl Iterator<Item = [String; N]>, style: &Style) -> String {
    let rows: Vec<[String; N]> = rows.map(|row| row.map(|cell| style.safe(&cell))).collect();
    let mut widths: Vec<usize> = header.iter().map(|cell| width(cell)).collect();
    for row in &rows {
        for (known, cell) in widths.iter_mut().zip(row) {
            *known = (*known).max(width(cell));
        }
    }
    let room = style.width.saturating_sub(3 * N + 1);
    while widths.iter().sum::<usize>() > room {
        let Some(widest) = widths.iter_mut().skip(1).max() else { break };
        if *widest <= 8 {
            break;
        }
        *widest -= 1;
    }
    let mut table = comfy_table::Table::new();
    table
        .load_style(if style.unicode { UTF8_FULL_CONDENSED } else { ASCII_FULL_CONDENSED })
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(header);
    for row in &rows {
        table.add_row(row.iter().zip(&widths).map(|(cell, &columns)| wrap(cell, columns).join("\n")));
    }
    let mut text: String = table.lines().map(|line| line + "\n").collect();
    if rows.is_empty() {
        text.clear();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fits_the_width() {
        let style = Style { width: 40, colour: false, unicode: false, interactive: false };
        let rows = [["ims-admin-x400".to_owned(), "A title that is longer than what is left".to_owned()]];
        let text = table(["Check", "Title"], rows.into_iter(), &style);
        assert!(text.lines().all(|line| width(line) <= 40), "{text}");
        assert!(text.contains("ims-admin-x400"), "{text}");
    }
}
