//! What is said where a check has no subject, or not all of its objects were read.

use super::Run;
use crate::check::judge::{Compiled, Outcome};
use crate::exchange::questions::{Cause, Ground, Population};
use crate::report::{Reason, Verdict};

impl Run<'_> {
    /// Why not all objects of a selection were read.
    pub(super) fn unread(&self, plural: &str, population: &Population<'_>) -> (Reason, String) {
        let location = self.bench.questions.location();
        let told = self.bench.words.told(population.unread());
        let reason = told.first().map_or(Reason::Truncated, Cause::reason);
        let message = match told.first() {
            Some(Cause::Denied { what }) => format!("{location} refuses this account {what} (50)."),
            Some(Cause::Cut { how }) if how.starts_with("the search") => {
                let mut text = how.clone();
                text.get_mut(..1).into_iter().for_each(str::make_ascii_uppercase);
                format!("{text}.")
            }
            Some(Cause::Cut { how }) => format!("Not all {plural} were read: {how}."),
            _ => self.bench.words.missing(plural, population.unread()).1,
        };
        (reason, message)
    }

    /// The one result of a check that nothing was a subject of.
    pub(super) fn no_subject(&self, compiled: &Compiled<'_>, population: &Population<'_>, of: u64, surely: bool) -> Outcome {
        let (check, location) = (compiled.check, self.bench.questions.location());
        let selection = check.subject.each;
        let plural = selection.plural();
        let told = self.bench.words.told(population.unread());
        let is_service = selection.word() == "ims";
        let mut outcome = match (told.first(), compiled.check.needs.first()) {
            (Some(_), Some(need)) if is_service => Outcome::blocked(need),
            (Some(Cause::ConfigurationUnseen { sites }), _) => {
                let causes = population.unread().clone();
                let message = self.configuration_unseen(plural, sites, of);
                Outcome { reason: Reason::ConfigUnreadable, message, causes, ..Outcome::default() }
            }
            (Some(_), _) => {
                let (reason, message) = self.unread(plural, population);
                Outcome { reason, message, causes: population.unread().clone(), ..Outcome::default() }
            }
            (None, _) => {
                let message = match (is_service, of, &check.subject.only) {
                    (true, 0, _) => format!("{location} shows the Connections container, and no Internet Mail Service in it."),
                    (_, 0, _) => format!("{location} shows no {plural}."),
                    (_, of, _) if !check.is_for_every_release() => {
                        let versions = check.versions.join(", ");
                        format!("This check applies to none of the {plural} ({of} seen; it is for Exchange {versions}).")
                    }
                    (_, of, _) => format!("This check applies to none of the {plural} ({of} seen)."),
                };
                let whole = population.whole();
                let documented = surely && matches!(&whole, Ok(ground) if *ground == Ground::documented());
                Outcome {
                    verdict: Verdict::NotApplicable,
                    reason: if is_service && of == 0 { Reason::NoIms } else { Reason::NoneSeen },
                    message,
                    ground: if documented { Ground::documented() } else { Ground::inferred() },
                    ..Outcome::default()
                }
            }
        };
        if is_service && of == 0 {
            outcome.reproduce = self.bench.reproduce.services(self.bench.questions.organization().as_deref());
        }
        outcome
    }

    fn configuration_unseen(&self, plural: &str, sites: &[String], of: u64) -> String {
        let location = self.bench.questions.location();
        let organization = self.bench.questions.organization();
        if !sites.is_empty() && (of > 0 || self.bench.questions.sees_any_configuration()) {
            let shown = sites.iter().take(5).cloned().collect::<Vec<_>>().join(", site ");
            return format!(
                "{location} shows no {plural} that this check applies to, but not the configuration of site {shown} either.\nTo decide \
                 it, bind with more rights there, ask a server of that site, or start at one site: -b 'ou=SITE,o=ORGANIZATION'."
            );
        }
        let seen = format!("{location} shows no {plural}, nor the containers that would hold them");
        match (self.bench.questions.is_of_files().0, self.anonymous) {
            (true, _) => format!(
                "{seen}: an export contains only what was requested.\n{}",
                self.bench.reproduce.whole_export_hint(organization.as_deref())
            ),
            (false, true) => format!(
                "{seen}: an anonymous bind sees recipients only (Q156063).\nTo decide it, bind as an administrator: \
                 -D 'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W."
            ),
            (false, false) => {
                format!(
                    "{seen}, to this account.\nTo decide it, bind with more rights, or start at the organization: -b 'o=ORGANIZATION'."
                )
            }
        }
    }
}
