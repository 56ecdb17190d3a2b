//! Writing change records as LDIF (RFC 2849), and comments between them.

use super::writer::write_value;
use crate::directory::change::{Action, Change, What};
use std::io::{self, Write};

/// A comment is wrapped at this many columns: a reader would take a folded line for a continued comment, and some tools do not.
const COLUMNS: usize = 76;

/// Writes one change record and the empty line after it. Values that are not plain text come out as base64.
///
/// # Errors
/// What `out` says; [`io::ErrorKind::InvalidInput`] if an attribute has a name that LDIF cannot hold.
pub fn write_change(out: &mut (impl Write + ?Sized), change: &Change) -> io::Result<()> {
    write_value(out, "dn", change.dn.to_string().as_bytes())?;
    match &change.what {
        What::Add(attributes) => {
            out.write_all(b"changetype: add\n")?;
            for (name, values) in attributes {
                write_values(out, name, values)?;
            }
        }
        What::Modify(steps) => {
            out.write_all(b"changetype: modify\n")?;
            for step in steps {
                let action = match step.action {
                    Action::Add => "add",
                    Action::Delete => "delete",
                    Action::Replace => "replace",
                };
                write_value(out, action, named(&step.attribute)?.as_bytes())?;
                write_values(out, &step.attribute, &step.values)?;
                out.write_all(b"-\n")?;
            }
        }
        What::Delete => out.write_all(b"changetype: delete\n")?,
        What::Rename { rdn, deletes_old, superior } => {
            out.write_all(b"changetype: modrdn\n")?;
            let rdn = crate::directory::dn::Dn::new(vec![rdn.clone()]).to_string();
            write_value(out, "newrdn", rdn.as_bytes())?;
            write_value(out, "deleteoldrdn", if *deletes_old { b"1" } else { b"0" })?;
            if let Some(superior) = superior {
                write_value(out, "newsuperior", superior.to_string().as_bytes())?;
            }
        }
    }
    out.write_all(b"\n")
}

fn write_values(out: &mut (impl Write + ?Sized), name: &str, values: &[Vec<u8>]) -> io::Result<()> {
    let name = named(name)?;
    values.iter().try_for_each(|value| write_value(out, name, value))
}

fn named(name: &str) -> io::Result<&str> {
    match super::is_name(name) {
        true => Ok(name),
        false => Err(io::Error::new(io::ErrorKind::InvalidInput, format!("{name:?} is not an attribute name"))),
    }
}

/// Writes a comment of any length. Whatever is not printable ASCII is written out as an escape, so that no text ends its line.
///
/// # Errors
/// What `out` says.
pub fn write_comment(out: &mut (impl Write + ?Sized), text: &str) -> io::Result<()> {
    let mut line = String::from("#");
    for word in text.split(' ') {
        let word: String =
            word.chars().flat_map(|c| if c.is_ascii_graphic() { vec![c] } else { c.escape_unicode().collect() }).collect();
        if line.len() > 1 && line.len() + 1 + word.len() > COLUMNS {
            writeln!(out, "{line}")?;
            line = String::from("#");
        }
        line.push(' ');
        line.push_str(&word);
    }
    writeln!(out, "{}", line.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::change::Step;
    use crate::directory::dn::Dn;

    #[test]
    fn what_is_written_is_read_back_as_the_same_change() {
        let dn = Dn::of([("cn", "M\u{fc} \"x\"\n%~DEL"), ("o", "Org")]);
        let step = |action, values: &[&str]| Step {
            action,
            attribute: "Alt-Recipient".into(),
            values: values.iter().map(|value| value.as_bytes().to_vec()).collect(),
        };
        let steps =
            vec![step(Action::Delete, &[]), step(Action::Add, &[" x", "a\nb", "\u{e9}"]), step(Action::Replace, &["plain"])];
        let rename = What::Rename {
            rdn: crate::directory::dn::Rdn(vec![crate::directory::dn::Ava::new("cn", "a, b")]),
            deletes_old: true,
            superior: Some(Dn::of([("o", "Other")])),
        };
        let add = What::Add(vec![("cn".into(), vec![b"a".to_vec(), b"\0".to_vec()])]);
        for what in [What::Modify(steps), What::Delete, rename, add] {
            let change = Change { dn: dn.clone(), what, from: String::new() };
            let mut text = Vec::new();
            write_comment(&mut text, "evil\ndn: cn=x\n\nchangetype: delete \u{fc} and more").expect("written");
            write_change(&mut text, &change).expect("written");
            assert!(text.is_ascii());
            let read = super::super::changes(&text, "x").expect("LDIF");
            assert_eq!(read.into_iter().map(|read| (read.dn, read.what)).collect::<Vec<_>>(), [(change.dn, change.what)]);
        }
    }
}
