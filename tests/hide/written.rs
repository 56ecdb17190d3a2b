//! A view of a directory, written in the form of a source.

use super::conceal::View;
use super::object::{ORGANIZATION, Object};
use super::table::table;
use std::fmt::Write as _;

/// The form of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A collected file: it says what was asked and how that ended.
    Collected,
    /// The output of ldapsearch, with its header and result.
    Headed,
    /// LDIF that says nothing of itself.
    Plain,
    /// An export of the Administrator program: recipients only, from the directory itself.
    Table,
}

/// The text of a view.
pub fn written(view: &View, form: Form) -> String {
    match form {
        Form::Collected => collected(view),
        Form::Headed => headed(view),
        Form::Table => table(view),
        Form::Plain => {
            let mut text = String::from("version: 1\n\n");
            view.objects.iter().for_each(|object| object.write(&mut text));
            text
        }
    }
}

fn collected(view: &View) -> String {
    let mut text =
        format!("version: 1\n#: exaudit collect, form 2\n#: base: {ORGANIZATION}\n#: attributes 1: {}\n", view.asked.join(" "));
    for (number, search) in view.searches.iter().enumerate() {
        let ended = if view.is_cut { "cut: the server ended the answer (size limit exceeded, 4)" } else { "complete" };
        let number = number + 1;
        _ = write!(
            text,
            "#: search {number}: sub {}\n#:   filter: {}\n#:   attributes: 1\n#:   ended: {ended}\n",
            search.base, search.filter
        );
    }
    text.push('\n');
    for object in &view.objects {
        text += "#: asked 1\n";
        object.write(&mut text);
    }
    _ = writeln!(text, "#: end, entries: {}", view.objects.len());
    text
}

/// One answer after the other, as a shell appends them to a file.
fn headed(view: &View) -> String {
    let mut text = String::new();
    for search in &view.searches {
        let found: Vec<&Object> = view.objects.iter().filter(|object| search.finds(object)).collect();
        _ = write!(
            text,
            "# extended LDIF\n#\n# LDAPv3\n# base <{}> with scope subtree\n# filter: {}\n# requesting: {}\n#\n\n",
            search.base,
            search.filter,
            view.asked.join(" ")
        );
        found.iter().for_each(|object| object.write(&mut text));
        let result = if view.is_cut { "4 Size limit exceeded" } else { "0 Success" };
        _ = write!(
            text,
            "# search result\nsearch: 2\nresult: {result}\n\n# numResponses: {}\n# numEntries: {}\n\n",
            found.len() + 1,
            found.len()
        );
    }
    text
}
