//! `extension-installed`: the extensions that an object names are registered in the Add-Ins container of its site.
//!
//! An extension is called `NAME:CPU` there, `SMTP:i386` (Q250907). Which processor the Administrator program runs on is not in
//! the directory, so one for any will do.

use super::founds::Founds;
use super::{Answer, Comparing, Found, Reading, Ruling, site};
use crate::exchange::questions::{Cause, Causes, Object, Population, Seen};
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;
use std::collections::HashMap;

/// The rule and its parameters: the extension, or the attribute whose values name the extensions.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Raw")]
pub(super) struct Extension {
    named: Named,
    library: Option<String>,
}

#[derive(Debug)]
enum Named {
    /// By the check.
    Here(String),
    /// By the values of an attribute.
    By(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    /// The extension, `SMTP`.
    name: Option<String>,
    /// The attribute, by LDAP name; values without an extension are wrong.
    attribute: Option<String>,
    /// The file that the extension must name.
    library: Option<String>,
}

impl TryFrom<Raw> for Extension {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        let named = match (raw.name, raw.attribute) {
            (Some(name), None) => Named::Here(name),
            (None, Some(attribute)) => Named::By(attribute),
            _ => return Err("either `name` or `attribute` is needed".into()),
        };
        Ok(Self { named, library: raw.library })
    }
}

/// The attribute that holds the file of an extension.
const LIBRARY: &str = "Admin-Extension-DLL";

impl Reading for Extension {
    fn attributes(&self) -> Vec<&str> {
        match &self.named {
            Named::Here(_) => vec!["Extension-Name"],
            Named::By(attribute) => vec![attribute],
        }
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        let extension = Selection::named("extension").into_iter();
        extension.map(|selection| (selection, vec![LIBRARY])).collect()
    }

    fn expected(&self) -> String {
        match &self.named {
            Named::Here(name) => format!("an extension {name} in the Add-Ins container of the site"),
            Named::By(_) => "an extension in the Add-Ins container of the site for each value".into(),
        }
    }
}

impl Comparing for Extension {
    fn compare(&self, subjects: &[Seen<'_>], _: &Population<'_>, most: usize) -> Vec<Found> {
        let mut founds = Founds::at_most(most);
        let mut sites = HashMap::new();
        for object in subjects.iter().map(|seen| Object::of(*seen)) {
            let installed = sites.entry(site::key(&object)).or_insert_with(|| Installed::at(&object));
            founds.add(&object, self.one(&object, installed));
        }
        founds.all()
    }
}

/// The extensions that are installed in a site.
struct Installed<'q> {
    all: Population<'q>,
    /// By name, in lower case and without the processor.
    by_name: HashMap<String, Vec<Seen<'q>>>,
}

impl<'q> Installed<'q> {
    /// Those of the site of an object.
    fn at(object: &Object<'q>) -> Self {
        let all = object.of_site("extension");
        let mut by_name: HashMap<String, Vec<Seen<'q>>> = HashMap::new();
        for extension in all.seen() {
            by_name.entry(name_of(&extension.dn().leaf())).or_default().push(extension);
        }
        Self { all, by_name }
    }
}

impl Extension {
    /// What is said of an object.
    fn one(&self, object: &Object<'_>, installed: &Installed<'_>) -> Answer {
        let names: Vec<String> = match &self.named {
            Named::Here(name) => vec![name.clone()],
            Named::By(attribute) => object.seen_texts(attribute).collect(),
        };
        let mut open = Causes::default();
        for name in &names {
            match self.wrong_with(object, name, installed) {
                Ok(None) => {}
                Ok(Some(broken)) => return Ok(broken),
                Err(causes) => open = open.and(&causes),
            }
        }
        if let Named::By(attribute) = &self.named {
            object.values(attribute)?;
        }
        if !open.is_empty() {
            return Err(open);
        }
        Ok(match names.as_slice() {
            [] => Ruling::nothing("it names no extension"),
            names => Ruling::holds(format!("installed: {}", names.join(", "))),
        })
    }

    /// What is wrong with the extension of that name; none if nothing is.
    fn wrong_with(&self, object: &Object<'_>, name: &str, installed: &Installed<'_>) -> Result<Option<Ruling>, Causes> {
        let Some(found) = installed.by_name.get(&name.trim().to_lowercase()) else {
            site::is_whole(object, &installed.all, "Add-Ins")?;
            Selection::named("extension").map_or(Ok(()), |selection| site::was_asked_for(object, selection))?;
            let message = format!("the Add-Ins container of its site has no extension {name}");
            return Ok(Some(Ruling::broken(Reason::NotSet, message)));
        };
        let Some(library) = &self.library else { return Ok(None) };
        let mut open = Causes::default();
        for extension in found {
            match Object::of(*extension).text(LIBRARY) {
                Ok(Some(other)) if other.trim().eq_ignore_ascii_case(library) => {}
                Ok(Some(other)) => {
                    let message = format!("{} names the file {other}, not {library}", extension.dn());
                    return Ok(Some(Ruling::broken(Reason::Mismatch, message)));
                }
                // every extension names a file (mandatory, SDK sch_cont_5vvy): one without was not shown whole
                Ok(None) => {
                    let site = extension.site().map(str::to_owned);
                    open = open.and(&object.cause(Cause::NotVisible { attribute: LIBRARY.into(), site }));
                }
                Err(causes) => open = open.and(&causes),
            }
        }
        if open.is_empty() { Ok(None) } else { Err(open) }
    }
}

/// What an extension is called, in lower case, for whatever processor: `SMTP` of `SMTP:i386`.
fn name_of(own: &str) -> String {
    own.split(':').next().unwrap_or_default().trim().to_lowercase()
}
