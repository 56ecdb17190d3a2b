//! An explanation as Markdown. Our texts stay text: nothing in them is read as markup, and the names of checks and articles
//! that have a page become links.

use crate::check::explain::{Block, Explanation};
use crate::output::sanitize;

/// Where the page of a thing lies, seen from the page that is written.
pub trait Links {
    /// The page of a check.
    fn check(&self, id: &str) -> Option<String>;
    /// The page of an article.
    fn article(&self, kb: &str) -> Option<String>;
}

/// The explanation as a page: its heading, and a heading for each part.
pub fn markdown(explanation: &Explanation, links: &dyn Links) -> String {
    let mut page = format!("# {}\n", sanitize::markdown(&explanation.heading));
    for section in &explanation.sections {
        if !section.title.is_empty() {
            page.push_str(&format!("\n## {}\n", sanitize::markdown(&section.title)));
        }
        let mut step = 0_usize;
        let mut listed = false;
        for block in &section.blocks {
            let lists = !matches!(block, Block::Text(_) | Block::Code(_));
            // items follow each other; anything else stands apart
            if !(lists && listed) {
                page.push('\n');
            }
            listed = lists;
            let line = match block {
                Block::Text(words) => linked(words, links),
                Block::Item(words) => format!("- {}", linked(words, links)),
                Block::Step(words) => {
                    step += 1;
                    format!("{step}. {}", linked(words, links))
                }
                Block::Code(code) => fenced(code),
                Block::Check { id, title } => format!("- {}: {}", link(id, links.check(id)), linked(title, links)),
                Block::Article { kb, title: Some(title) } => {
                    format!("- {} \"{}\"", link(kb, links.article(kb)), sanitize::markdown(title))
                }
                Block::Article { kb, title: None } => format!("- {} (not described here)", link(kb, links.article(kb))),
            };
            page.push_str(&line);
            page.push('\n');
        }
    }
    page
}

/// A name, as a link to its page where it has one.
pub(in crate::output) fn link(name: &str, page: Option<String>) -> String {
    let name = sanitize::markdown(name);
    page.map_or(name.clone(), |page| format!("[{name}]({page})"))
}

/// Sentences in which the numbers of articles are links.
fn linked(words: &str, links: &dyn Links) -> String {
    let safe = sanitize::markdown(words);
    let mut out = String::with_capacity(safe.len());
    let mut rest = safe.as_str();
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        match links.article(word).filter(|_| word.starts_with('Q')) {
            Some(page) => out.push_str(&format!("[{word}]({page})")),
            None => out.push_str(word),
        }
        let next = after.find(|c: char| c.is_ascii_alphanumeric()).unwrap_or(after.len());
        let (between, after) = after.split_at(next);
        out.push_str(between);
        rest = after;
    }
    out
}

/// Text to copy, between fences longer than any in it.
fn fenced(code: &str) -> String {
    let code = sanitize::visible(code);
    let mut fence = "```".to_owned();
    while code.contains(&fence) {
        fence.push('`');
    }
    format!("{fence}text\n{code}\n{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::explain::Section;

    struct Known;

    impl Links for Known {
        fn check(&self, id: &str) -> Option<String> {
            (id == "a-check").then(|| "../checks/a-check.md".to_owned())
        }

        fn article(&self, kb: &str) -> Option<String> {
            (kb == "Q123456").then(|| "Q123456.md".to_owned())
        }
    }

    #[test]
    fn text_stays_text_and_names_become_links() {
        let own = |text: &str| text.to_owned();
        let section = |title: &str, blocks: Vec<Block>| Section { title: own(title), blocks };
        let explanation = Explanation {
            heading: own("a-check: <b>*bold*"),
            sections: vec![
                section("", vec![Block::Text(own("See (Q123456) and Q654321, XQ123456.\u{202e}"))]),
                section(
                    "Lists",
                    vec![
                        Block::Item(own("# no heading")),
                        Block::Item(own("[x](javascript:1) | `y`")),
                        Block::Check { id: own("a-check"), title: own("T") },
                        Block::Check { id: own("b-check"), title: own("T_T") },
                        Block::Article { kb: own("Q123456"), title: Some(own("A *title*")) },
                        Block::Article { kb: own("Q654321"), title: None },
                    ],
                ),
                section("Steps", vec![Block::Step(own("One.")), Block::Step(own("2. Two.")), Block::Code(own("(a=```)"))]),
            ],
        };
        insta::assert_snapshot!("markdown", markdown(&explanation, &Known));
    }
}
