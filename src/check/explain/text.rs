//! An explanation as plain text.

use super::{Block, Explanation};
use unicode_width::UnicodeWidthStr;

/// Narrower than this nothing can be read.
const MIN_WIDTH: usize = 20;

impl Explanation {
    /// The explanation as lines of at most `width` columns, but for words that are longer and text to copy.
    pub fn to_text(&self, width: usize) -> String {
        let width = width.max(MIN_WIDTH);
        let mut text = String::new();
        wrap(&mut text, width, "", "", &self.heading);
        for section in &self.sections {
            text.push('\n');
            let margin = if section.title.is_empty() { "" } else { "  " };
            if !section.title.is_empty() {
                wrap(&mut text, width, "", "", &section.title);
            }
            let mut step = 0_usize;
            for block in &section.blocks {
                match block {
                    Block::Text(words) => wrap(&mut text, width, margin, margin, words),
                    Block::Item(words) => wrap(&mut text, width, &format!("{margin}- "), &format!("{margin}  "), words),
                    Block::Step(words) => {
                        step += 1;
                        let first = format!("{margin}{step}. ");
                        wrap(&mut text, width, &first, &" ".repeat(first.len()), words);
                    }
                    Block::Code(code) => text.push_str(&format!("{margin}  {code}\n")),
                }
            }
        }
        text
    }
}

/// Appends the words, the first line after `first`, the others after `rest`.
fn wrap(text: &mut String, width: usize, first: &str, rest: &str, words: &str) {
    let mut line = first.to_owned();
    let mut empty = true;
    for word in words.split_whitespace() {
        if !empty && line.width() + 1 + word.width() > width {
            text.push_str(&line);
            text.push('\n');
            line = rest.to_owned();
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    text.push_str(&line);
    text.push('\n');
}
