//! An explanation as plain text.

use crate::check::explain::{Block, Explanation};
use crate::output::Style;
use unicode_width::UnicodeWidthStr;

/// The explanation as lines within the style's width, but for words that are longer and text to copy.
pub fn text(explanation: &Explanation, style: &Style) -> String {
    let mut page = Page { text: String::new(), style };
    page.wrap("", "", &explanation.heading);
    for section in &explanation.sections {
        page.text.push('\n');
        let margin = if section.title.is_empty() { "" } else { "  " };
        if !section.title.is_empty() {
            page.wrap("", "", &section.title);
        }
        let mut step = 0_usize;
        for block in &section.blocks {
            let item = |page: &mut Page<'_>, words: &str| page.wrap(&format!("{margin}- "), &format!("{margin}  "), words);
            match block {
                Block::Text(words) => page.wrap(margin, margin, words),
                Block::Item(words) => item(&mut page, words),
                Block::Check { id, title } => item(&mut page, &format!("{id}: {title}")),
                Block::Article { kb, title: Some(title) } => item(&mut page, &format!("{kb} \"{title}\"")),
                Block::Article { kb, title: None } => item(&mut page, &format!("{kb} (not described here)")),
                Block::Step(words) => {
                    step += 1;
                    let first = format!("{margin}{step}. ");
                    page.wrap(&first, &" ".repeat(first.len()), words);
                }
                Block::Code(code) => page.text.push_str(&format!("{margin}  {}\n", style.safe(code))),
            }
        }
    }
    page.text
}

/// Several explanations, a line across the page between them.
pub fn texts(explanations: &[Explanation], style: &Style) -> String {
    explanations.iter().map(|explanation| text(explanation, style)).collect::<Vec<_>>().join(&rule(style))
}

/// What stands between two explanations.
pub fn rule(style: &Style) -> String {
    format!("\n{}\n\n", "-".repeat(style.width))
}

struct Page<'a> {
    text: String,
    style: &'a Style,
}

impl Page<'_> {
    /// Appends the words, the first line after `first`, the others after `rest`.
    fn wrap(&mut self, first: &str, rest: &str, words: &str) {
        let words = self.style.safe(words);
        let mut line = first.to_owned();
        let mut empty = true;
        for word in words.split_whitespace() {
            if !empty && line.width() + 1 + word.width() > self.style.width {
                self.text.push_str(&line);
                self.text.push('\n');
                line = rest.to_owned();
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        self.text.push_str(&line);
        self.text.push('\n');
    }
}
