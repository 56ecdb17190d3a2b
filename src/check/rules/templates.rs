//! `templates-in-each-language`: no language container of the templates is empty. It looks at every object.

use super::founds::Founds;
use super::{Answer, Comparing, Found, Reading, Ruling};
use crate::directory::dn::Dn;
use crate::exchange::naming;
use crate::exchange::questions::{Cause, Causes, Object, Population, Seen, UntoldReason};
use crate::report::Reason;
use serde::Deserialize;
use std::collections::HashSet;

/// The containers below Addressing that hold a container for each language: those of one-off address templates (Q152436) and
/// of details templates (inferred: the name that Exchange 2000 keeps them under), by directory name or by what the
/// Administrator program shows.
const KINDS: [&str; 4] = ["Address-Templates", "Display-Templates", "One-Off Address Templates", "Details Templates"];

/// The depth of a language container below the root: `cn=409,cn=Address-Templates,cn=Addressing,cn=Configuration,ou=,o=`.
const DEPTH: usize = 6;

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Templates {}

impl Reading for Templates {
    fn attributes(&self) -> Vec<&str> {
        Vec::new()
    }

    fn expected(&self) -> String {
        "a template in each language container".into()
    }
}

impl Comparing for Templates {
    fn compare(&self, subjects: &[Seen<'_>], all: &Population<'_>, most: usize) -> Vec<Found> {
        let languages = Languages::among(subjects);
        let mut founds = Founds::at_most(most);
        for container in languages.containers.iter().map(|seen| Object::of(*seen)) {
            founds.add(&container, languages.judge(&container, all));
        }
        let missing = why_others(subjects, all);
        if missing.is_empty() && languages.containers.is_empty() {
            founds.add_of_all(Ruling::nothing("No template language container is visible."));
        }
        founds.add_unseen(missing);
        founds.all()
    }
}

/// The language containers, and what lies in them.
#[derive(Default)]
struct Languages<'q> {
    containers: Vec<Seen<'q>>,
    /// Those that something lies in, and the containers of their kind.
    filled: HashSet<u128>,
    kinds: HashSet<u128>,
}

impl<'q> Languages<'q> {
    fn among(subjects: &[Seen<'q>]) -> Self {
        let mut languages = Self::default();
        for seen in subjects.iter().filter(|seen| !seen.kind().is_recipient()) {
            let dn = seen.dn();
            let depth = dn.depth();
            if depth != DEPTH && depth != DEPTH + 1 {
                continue;
            }
            let language = dn.ancestor(DEPTH);
            if !is_language(&language) {
                continue;
            }
            if depth == DEPTH {
                languages.containers.push(*seen);
            } else {
                languages.filled.insert(language.number());
                languages.kinds.insert(language.parent().number());
            }
        }
        languages
    }

    /// What is said of a language container.
    fn judge(&self, container: &Object<'_>, all: &Population<'_>) -> Answer {
        let dn = container.dn();
        if self.filled.contains(&dn.number()) {
            return Ok(Ruling::holds(""));
        }
        container.rests_on(&all.read()?);
        // templates of another language are seen beside it: those of this one would be
        if self.kinds.contains(&dn.parent().number()) {
            return Ok(Ruling::broken(Reason::NotSet, "the language container holds no template"));
        }
        let what = format!("which templates {} should hold, where none of any language is seen,", dn.parent());
        Err(container.cause(Cause::Untold { reason: UntoldReason::NotVisible, what }))
    }
}

fn is_language(dn: &Dn) -> bool {
    let kind = dn.parent();
    let leaf = kind.leaf();
    KINDS.iter().any(|kind| kind.eq_ignore_ascii_case(&leaf))
        && kind.parent().leaf().eq_ignore_ascii_case("Addressing")
        && naming::is_configuration(dn)
}

/// Why there may be other language containers; nothing if there are none.
fn why_others(subjects: &[Seen<'_>], all: &Population<'_>) -> Causes {
    let mut causes = all.unread().clone();
    // e-mail address generators lie below Addressing too: where they are whole, Addressing is readable
    let generators = subjects.first().map(|seen| Object::of(*seen).everywhere("address-generator").whole());
    if let Some(Err(unseen)) = generators {
        causes = causes.and(&unseen);
    }
    causes
}
