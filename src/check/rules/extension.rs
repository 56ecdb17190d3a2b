//! `extension-installed`: the extensions that an object names are registered in the Add-Ins container of its site.
//!
//! An extension is called `NAME:CPU` there, `SMTP:i386` (Q250907). Which processor the Administrator program runs on is not in
//! the directory, so one for any will do.

use super::beside::{of_site, unseen};
use super::{Judging, Object, Ruling};
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::exchange::naming;
use crate::exchange::organization::Organization;
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;

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

impl Judging for Extension {
    fn attributes(&self) -> Vec<&str> {
        match &self.named {
            Named::Here(_) => vec!["Extension-Name"],
            Named::By(attribute) => vec![attribute],
        }
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        let extension = Selection::named("extension").into_iter();
        extension.map(|selection| (selection, vec!["Admin-Extension-DLL"])).collect()
    }

    fn expected(&self) -> String {
        match &self.named {
            Named::Here(name) => format!("an extension {name} in the Add-Ins container of the site"),
            Named::By(_) => "an extension in the Add-Ins container of the site for each value".into(),
        }
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let organization = object.organization?;
        let names: Vec<String> = match &self.named {
            Named::Here(name) => vec![name.clone()],
            Named::By(attribute) => object.texts(attribute)?,
        };
        if names.is_empty() {
            return Some(Ruling::nothing("it names no extension"));
        }
        let installed = of_site(organization, "extension", &object.entry.dn);
        for name in &names {
            let found: Vec<_> = installed.iter().filter(|entry| is_called(entry, name.trim())).collect();
            if found.is_empty() {
                return Some(match not_all_seen(organization, &object.entry.dn, !installed.is_empty()) {
                    Some((reason, why)) => Ruling::unknown(reason, format!("no extension {name} was seen, but {why}")),
                    None => Ruling::broken(Reason::NotSet, format!("the Add-Ins container of its site has no extension {name}")),
                });
            }
            let Some(library) = &self.library else { continue };
            for entry in found {
                // every extension names a file (mandatory, SDK sch_cont_5vvy): one without was not shown whole
                let Some(other) = entry.text("Admin-Extension-DLL") else {
                    let message = format!("{} shows no Admin-Extension-DLL", entry.dn);
                    return Some(Ruling::unknown(Reason::NotVisible, message));
                };
                if !other.trim().eq_ignore_ascii_case(library) {
                    let message = format!("{} names the file {other}, not {library}", entry.dn);
                    return Some(Ruling::broken(Reason::Mismatch, message));
                }
            }
        }
        Some(Ruling::holds(format!("installed: {}", names.join(", "))))
    }
}

/// Why it is not known that every extension of a site was seen; none if it is. The Add-Ins container or something in it shows
/// that it can be read.
fn not_all_seen(organization: &Organization, dn: &Dn, some: bool) -> Option<(Reason, String)> {
    let site = naming::site_of(dn).map(|site| site.key());
    let is_add_ins = |entry: &Entry| {
        let name = entry.dn.rdn().is_some_and(|rdn| rdn.text().eq_ignore_ascii_case("Add-Ins"));
        name && naming::is_configuration(&entry.dn) && naming::site_of(&entry.dn).map(|site| site.key()) == site
    };
    if !some && !organization.living().any(is_add_ins) {
        let message = format!("{} does not show the Add-Ins container of its site", organization.asked());
        return Some((Reason::ContainerUnreadable, message));
    }
    unseen(organization, "extension", dn)
}

/// Whether an extension has that name, for whatever processor.
fn is_called(entry: &Entry, name: &str) -> bool {
    let own = entry.dn.rdn().map(|rdn| rdn.text()).unwrap_or_default();
    own.split(':').next().is_some_and(|own| own.trim().eq_ignore_ascii_case(name))
}
