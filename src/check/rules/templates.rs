//! `templates-in-each-language`: no language container of the templates is empty. It looks at every object that streams by.

use super::{Gather, Glance, Judging, Object, Ruling};
use crate::directory::dn::{Dn, DnKey};
use crate::exchange::naming;
use crate::exchange::organization::Organization;
use crate::report::Reason;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The containers below Addressing that hold a container for each language: those of one-off address templates (Q152436) and
/// of details templates (inferred: the name that Exchange 2000 keeps them under), by directory name or by what the
/// Administrator program shows.
const KINDS: [&str; 4] = ["Address-Templates", "Display-Templates", "One-Off Address Templates", "Details Templates"];

/// The depth of a language container below the root: `cn=409,cn=Address-Templates,cn=Addressing,cn=Configuration,ou=,o=`.
const DEPTH: usize = 6;

/// Language containers that are noted.
const MOST: usize = 10_000;

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Templates {}

impl Judging for Templates {
    fn attributes(&self) -> Vec<&str> {
        Vec::new()
    }

    fn expected(&self) -> String {
        "a template in each language container".into()
    }

    fn judge(&self, _: &Object<'_>) -> Option<Ruling> {
        None
    }

    fn gather(&self) -> Option<Box<dyn Gather>> {
        Some(Box::new(Languages::default()))
    }
}

#[derive(Default)]
struct Languages {
    /// The language containers, and the container of their kind.
    containers: BTreeMap<DnKey, (u32, Dn)>,
    /// Those that something lies in.
    filled: BTreeSet<DnKey>,
    full: bool,
}

impl Gather for Languages {
    fn see(&mut self, glance: &Glance<'_>, index: u32) {
        let entry = glance.entry;
        let depth = entry.dn.depth();
        if depth != DEPTH && depth != DEPTH + 1 {
            return;
        }
        let language = entry.dn.ancestor(DEPTH);
        if !is_language(&language) {
            return;
        }
        if self.containers.len() + self.filled.len() >= MOST {
            self.full = true;
        } else if depth == DEPTH {
            self.containers.insert(language.key(), (index, language.parent()));
        } else {
            self.filled.insert(language.key());
        }
    }

    fn finish(&self, organization: &Organization, _: &dyn Fn(u32) -> String, most: usize) -> Vec<(Vec<u32>, Ruling)> {
        if self.containers.is_empty() {
            return vec![(Vec::new(), none(organization))];
        }
        let kinds: BTreeSet<DnKey> = self
            .containers
            .iter()
            .filter(|(language, _)| self.filled.contains(language))
            .map(|(_, (_, kind))| kind.key())
            .collect();
        let ended = organization.sweep.ended.as_ref().and_then(|ended| ended.trouble());
        let empty = self.containers.iter().filter(|(language, _)| !self.filled.contains(language)).take(most);
        let mut found: Vec<(Vec<u32>, Ruling)> = Vec::new();
        for (_, (index, kind)) in empty {
            let ruling = match ended {
                Some(how) => Ruling::unknown(Reason::Truncated, format!("no template in it came, and the search was cut: {how}")),
                // templates of another language are seen beside it: those of this one would be
                None if kinds.contains(&kind.key()) => {
                    let broken = Ruling::broken(Reason::NotSet, "the language container holds no template");
                    if organization.proves_endings { broken } else { broken.inferred() }
                }
                None => Ruling::unknown(Reason::NotVisible, format!("no template of any language in {kind} is seen here")),
            };
            found.push((vec![*index], ruling));
        }
        if self.full {
            found.push((Vec::new(), Ruling::unknown(Reason::Truncated, "There are more templates than are noted.")));
        }
        found
    }
}

fn is_language(dn: &Dn) -> bool {
    let kind = dn.parent();
    let is_kind = |name: &str| KINDS.iter().any(|kind| kind.eq_ignore_ascii_case(name));
    naming::is_configuration(dn)
        && kind.rdn().is_some_and(|rdn| is_kind(&rdn.text()))
        && kind.parent().rdn().is_some_and(|rdn| rdn.text().eq_ignore_ascii_case("Addressing"))
}

/// What to say where no language container came.
fn none(organization: &Organization) -> Ruling {
    if organization.reads_configuration() {
        return Ruling::nothing("No language container of the templates is seen here.");
    }
    Ruling::unknown(Reason::ConfigUnreadable, "No configuration is seen here, and so no templates either.")
}
