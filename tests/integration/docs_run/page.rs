//! What a page of Markdown tells its reader to do, in the order of the page.

/// One thing that stands in a page.
#[derive(Debug, PartialEq)]
pub enum Item {
    /// A line of a block of commands; a line that ends with `\` is joined with the next.
    Line(String),
    /// A file with this name: the block after a paragraph that ends with `` `NAME`: ``.
    File(String, String),
    /// What this command prints: the block after `<!-- shows: COMMAND -->`.
    Shows(String, String),
    /// Code within a sentence.
    Inline(String),
}

/// Everything in a page that is a command, a file, or the output of a command.
pub fn items(page: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut lines = page.lines().peekable();
    // the paragraph before a block, and the comment between them
    let (mut paragraph, mut mark) = (String::new(), String::new());
    while let Some(line) = lines.next() {
        if let Some(kind) = line.strip_prefix("```") {
            inline(&mut items, &paragraph);
            let body: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
            block(&mut items, &body, &paragraph, &mark, !kind.is_empty());
        } else if line.starts_with("    ") && paragraph.ends_with("\n\n") {
            inline(&mut items, &paragraph);
            let mut body = vec![line];
            // blank lines belong to the block if it goes on behind them
            while lines.peek().is_some_and(|next| next.is_empty() || next.starts_with("    ")) {
                body.extend(lines.next());
            }
            let body: Vec<&str> = body.iter().map(|line| line.strip_prefix("    ").unwrap_or_default()).collect();
            block(&mut items, &body, &paragraph, &mark, false);
        } else if line.starts_with("<!--") {
            line.clone_into(&mut mark);
            continue;
        } else {
            if !line.is_empty() && paragraph.ends_with("\n\n") {
                inline(&mut items, &std::mem::take(&mut paragraph));
                mark.clear();
            }
            paragraph += line;
            paragraph += "\n";
            continue;
        }
        paragraph = "\n\n".into();
        mark.clear();
    }
    inline(&mut items, &paragraph);
    items
}

/// A block, after the paragraph that introduces it.
fn block(items: &mut Vec<Item>, body: &[&str], paragraph: &str, mark: &str, other: bool) {
    let name = paragraph.trim_end().strip_suffix("`:").and_then(|text| text.rsplit('`').next());
    let name = name.filter(|name| !name.contains(' '));
    let shown = mark.strip_prefix("<!-- shows: ").and_then(|text| text.strip_suffix(" -->"));
    let text = body.join("\n").trim_end().to_owned() + "\n";
    match (shown, name) {
        (Some(command), _) => items.push(Item::Shows(command.to_owned(), text)),
        (None, Some(name)) => items.push(Item::File(name.to_owned(), text)),
        // output, or a piece of a file, in a language of its own
        (None, None) if other => {}
        (None, None) => items.extend(joined(&text).map(Item::Line)),
    }
}

/// The lines of a text, joined where one ends with `\`.
pub fn joined(text: &str) -> impl Iterator<Item = String> {
    let text = text.replace("\\\n", " ");
    let lines: Vec<String> = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    lines.into_iter()
}

fn inline(items: &mut Vec<Item>, paragraph: &str) {
    let text = paragraph.replace('\n', " ");
    items.extend(text.split('`').skip(1).step_by(2).map(|code| Item::Inline(code.trim().to_owned())));
}

#[test]
fn a_page_is_read_as_its_reader_does() {
    let page = "# `exaudit x`\n\nDo `a\nb` so:\n\n    one \\\n      more\n    two\n\nThen `f.txt`:\n\n    text\n\n    end\n\n\
                - list\n    no block\n\n<!-- shows: exaudit c -->\n```text\nout\n```\n\n```toml\nx\n```\nEnd `e`.\n";
    let text = |text: &str| text.to_owned();
    assert_eq!(
        items(page),
        [
            Item::Inline(text("exaudit x")),
            Item::Inline(text("a b")),
            Item::Line(text("one    more")),
            Item::Line(text("two")),
            Item::Inline(text("f.txt")),
            Item::File(text("f.txt"), text("text\n\nend\n")),
            Item::Shows(text("exaudit c"), text("out\n")),
            Item::Inline(text("e")),
        ]
    );
}
