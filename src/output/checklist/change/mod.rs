//! The checklist of one change, in each of its forms.

mod items;
mod page;

use super::markdown::told;
use super::section::Mark;
use super::text::Page;
use super::{FIELDS, Layout};
use crate::output::sanitize::markdown as safe;
use crate::output::{Json, OutputError, Style, frame, words};
use crate::report::checklist::Checklist;

/// How the checklist of a change is written.
#[derive(Debug, Clone, Copy)]
pub enum ChangeForm {
    /// For people, as Markdown or plain text.
    Told(Layout, Style),
    /// One page for a browser, to be printed.
    Page,
    /// One JSON object (docs/changes.md).
    Json,
}

impl ChangeForm {
    /// The checklist in this form, ending with a newline.
    ///
    /// # Errors
    /// [`OutputError`] where it has no such form.
    pub fn write(&self, list: &Checklist) -> Result<Vec<u8>, OutputError> {
        match self {
            Self::Told(Layout::Text, style) => Ok(text(list, style).into_bytes()),
            Self::Told(Layout::Markdown, _) => Ok(markdown(list).into_bytes()),
            Self::Page => Ok((page::page(list).into_string() + "\n").into_bytes()),
            Self::Json => Json::bytes(list),
        }
    }
}

/// What stands above the items, beside the decision and the fields: the change, what it is about, what was read.
fn head(list: &Checklist) -> Vec<String> {
    let change = &list.change;
    let mut lines = vec![change.about.clone()];
    lines.extend(change.object.iter().map(|dn| format!("Object: {dn}")));
    lines.extend(change.server.iter().map(|dn| format!("Server: {dn}")));
    lines.push(words::directory(&list.target));
    lines.extend(list.target.problems.iter().map(|problem| format!("Problem: {problem}")));
    if !change.kb.is_empty() {
        lines.push(format!("Articles: {}", change.kb.join(", ")));
    }
    lines
}

/// When it was read, and with what.
fn read_at(list: &Checklist) -> String {
    format!("{}, {} {}", list.started, list.tool.name, list.tool.version)
}

fn text(list: &Checklist, style: &Style) -> String {
    let mut page = Page::of(style);
    page.bold(&list.decision.text);
    page.bold(&format!("Change: {} ({})", list.change.title, list.change.id));
    page.fields();
    head(list).iter().for_each(|line| page.line("", line));
    page.line("", &read_at(list));
    page.line("", &format!("{} to do, {} holds", Mark::Open.text(), Mark::Ticked.text()));
    page.sections(&items::sections(list));
    page.end(&list.decision.text)
}

fn markdown(list: &Checklist) -> String {
    let title = format!("# Change: {}", safe(&list.change.title));
    let mut lines = vec![title, String::new(), format!("**{}**", safe(&list.decision.text)), String::new()];
    lines.extend(FIELDS.iter().map(|(field, _)| format!("- {field}: ____________________")));
    lines.extend(head(list).iter().map(|line| format!("- {}", safe(line))));
    lines.push(format!("- Read: {}", safe(&read_at(list))));
    lines.extend([String::new(), format!("`{}` to do, `{}` holds", Mark::Open.text(), Mark::Ticked.text())]);
    lines.extend(told(&items::sections(list), true));
    lines.extend([String::new(), safe(frame::NOT_CHECKED)]);
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    /// docs/checklist.schema.json is made from the types, so it tells what is written.
    #[test]
    fn the_schema_in_docs_is_that_of_the_types() {
        let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
        let schema = settings.into_generator().into_root_schema_for::<Checklist>();
        let text = String::from_utf8(Json::bytes(&schema).expect("JSON")).expect("text");
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/checklist.schema.json");
        if std::env::var_os("EXAUDIT_WRITE_DOCS").is_some() {
            std::fs::write(path, &text).expect("written");
        }
        assert_eq!(std::fs::read_to_string(path).expect("the schema"), text, "write it with EXAUDIT_WRITE_DOCS=1");
    }
}
