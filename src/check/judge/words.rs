//! What is said of what cannot be told: the causes in sentences, and what to do about them. One place for all checks.

use super::Outcome;
use super::start::Start;
use crate::check::definition::Check;
use crate::check::reproduce::Reproduce;
use crate::directory::dn::Dn;
use crate::exchange::naming;
use crate::exchange::questions::{Cause, Causes, Questions};
use crate::report::{Reason, Verdict};

/// Writes about the answers of one directory.
#[derive(Debug)]
pub(in crate::check) struct Words<'a> {
    questions: &'a Questions,
    reproduce: Reproduce,
    organization: Option<String>,
    location: String,
}

/// What the operator may do where an attribute is withheld.
const WITHHELD: &str = "The attribute may be withheld (DS Site Configuration, Attributes page): bind with more rights, or look in \
                        Admin.exe.";
/// Names that one sentence tells.
const MOST_NAMES: usize = 5;

impl<'a> Words<'a> {
    pub(in crate::check) fn of(questions: &'a Questions, reproduce: Reproduce) -> Self {
        Self { questions, reproduce, organization: questions.organization(), location: questions.location() }
    }

    /// The causes, the one that is told first at the start.
    pub(in crate::check) fn told(&self, causes: &Causes) -> Vec<Cause> {
        self.questions.told(causes)
    }

    /// An outcome with its reason.
    fn reasoned(&self, outcome: Outcome) -> (Outcome, Vec<Cause>) {
        let told = self.told(&outcome.causes);
        let reason = told.first().map_or(Reason::NotVisible, Cause::reason);
        (Outcome { verdict: Verdict::Unknown, reason, ..outcome }, told)
    }

    /// It cannot be told whether a check is for an object.
    pub(in crate::check) fn undecided_subject(&self, start: &Start<'_>, outcome: Outcome) -> Outcome {
        let (outcome, told) = self.reasoned(outcome);
        let message = format!(
            "{}: {}, so it is not known whether this check applies.{}",
            start.dn(),
            sentence(&told, "it"),
            self.advice(&told, false)
        );
        Outcome { message, ..outcome }
    }

    /// A check fails that may not be for what the servers run.
    pub(in crate::check) fn undecided_release(&self, check: &Check, message: &str, outcome: Outcome) -> Outcome {
        let (outcome, told) = self.reasoned(outcome);
        let versions = check.versions.join(", ");
        let message = format!(
            "{message} This is a fault of Exchange {versions}, and {}.{}",
            sentence(&told, "it"),
            self.advice(&told, false)
        );
        Outcome { message, ..outcome }
    }

    /// What an object shows does not decide a check. An administrator can be declared.
    pub(in crate::check) fn undecided(&self, dn: &Dn, outcome: Outcome, declarable: bool) -> Outcome {
        let (outcome, told) = self.reasoned(outcome);
        let message = format!("{dn}: {}.{}", sentence(&told, "it"), self.advice(&told, declarable));
        Outcome { message, ..outcome }
    }

    /// What an object shows does not decide a filter.
    pub(super) fn undecided_filter(&self, dn: &Dn, outcome: Outcome, reason: &Reason, declarable: bool) -> Outcome {
        let (outcome, told) = self.reasoned(outcome);
        let said = match (reason, told.first()) {
            (Reason::NoX400, Some(Cause::NotVisible { attribute, .. })) if attribute == "X.400 address" => {
                "shows an X.400 address inside another value: its values were not split.\nTo decide it, name what separates them \
                 with --columns, or export again with the separators of docs/exports.md"
                    .to_owned()
            }
            (Reason::NoX400, Some(Cause::NotVisible { .. })) => {
                format!("shows no X.400 address, and no other object of its site shows one.{}", self.advice(&told, declarable))
            }
            _ => format!("{}.{}", sentence(&told, "it"), self.advice(&told, declarable)),
        };
        let separator = if said.starts_with("shows") { " " } else { ": " };
        let end = if said.ends_with('.') || said.contains('\n') { "" } else { "." };
        Outcome { message: format!("{dn}{separator}{said}{end}"), ..outcome }
    }

    /// An object is shown, but not whether it is deleted.
    pub(super) fn undecided_life(&self, dn: &Dn, outcome: Outcome, declarable: bool) -> Outcome {
        let (outcome, told) = self.reasoned(outcome);
        let message = match told.first() {
            Some(Cause::Ambiguous { .. }) => {
                format!("{dn}: one record shows it deleted, another live; which is newer is not known.")
            }
            _ => format!(
                "{} shows {dn}, but not whether it is deleted: Is-Deleted was not asked for.{}",
                self.location,
                self.advice(&told, declarable)
            ),
        };
        Outcome { message, ..outcome }
    }

    /// Whether an object is there cannot be told.
    pub(super) fn undecided_object(&self, dn: &Dn, outcome: Outcome) -> Outcome {
        let (outcome, told) = self.reasoned(outcome);
        let asked = &self.location;
        let site = naming::site_name(dn).unwrap_or_else(|| "of that name".into());
        let message = match told.first() {
            Some(Cause::Denied { what }) => format!("{asked} refuses this account {what} (50)."),
            Some(Cause::Referred { object }) => {
                format!("{asked} refers elsewhere for {object} (10); referrals are not followed.")
            }
            Some(Cause::Cut { how }) => format!("{asked} does not show {dn}; it may still exist: {}.", how.trim_end_matches('.')),
            Some(Cause::Withheld { object }) => {
                format!(
                    "{asked} answers the read of {object} with success but without the object: it withholds it from this account."
                )
            }
            Some(Cause::SiteUnseen { .. }) => format!("{asked} shows neither {dn} nor anything else of site {site}."),
            Some(Cause::ContainerUnseen { container }) => {
                format!("{asked} shows neither {dn} nor its container {container}.{}", self.advice(&told, false))
            }
            Some(Cause::Hidden { .. }) => format!(
                "{asked} does not show {dn}, nor any hidden object of site {site}, so it may be hidden.\nTo decide it, {}, or say \
                 --sees-hidden yes if hidden objects are seen and site {site} has none.",
                self.reproduce.hidden_hint()
            ),
            _ => format!("{asked} does not show {dn}: {}.{}", sentence(&told, "it"), self.advice(&told, false)),
        };
        Outcome { message, ..outcome }
    }

    /// Why it cannot be told whether a service has an administrator; none where the pointer says it itself.
    pub(super) fn undecided_administrator(&self, reason: &Reason, lives: bool) -> Option<String> {
        let hint = |names: &[&str]| self.reproduce.export_hint(self.organization.as_deref(), names);
        match reason {
            Reason::NotRequested if !lives => Some(format!(
                "{} does not show whether the service is deleted: Is-Deleted was not asked for, so the missing Extension-Data \
                 proves nothing.\n{}",
                self.location,
                hint(&["Is-Deleted", "Extension-Data"])
            )),
            Reason::NotRequested => Some(format!(
                "{} does not show whether Extension-Data was requested, so its absence proves nothing.\n{}",
                self.location,
                hint(&["Extension-Data"])
            )),
            Reason::NotVisible => Some(
                "This bind sees no operational attribute of the service, and Extension-Data is one.\nTo decide it, bind as an \
                 administrator (-D 'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W), or declare the mailbox with --ims-admin \
                 'SERVER=MAILBOX'."
                    .into(),
            ),
            _ => None,
        }
    }

    /// A failure that rests on what nobody shows.
    pub(super) fn would_fail(&self, message: &str, told: &[Cause]) -> String {
        let said = message.split('\n').next().unwrap_or_default().trim_end_matches('.');
        format!("{said}, as far as can be seen; but {}.{}", sentence(told, "it"), self.advice(told, false))
    }

    /// What cannot be told of several objects together.
    pub(in crate::check) fn undecided_of(&self, count: u64, plural: &str, causes: &Causes) -> (Reason, String) {
        let told = self.told(causes);
        let reason = told.first().map_or(Reason::NotVisible, Cause::reason);
        let (who, they) = match count {
            1 => (format!("1 of the {plural}"), "it"),
            _ => (format!("{count} {plural}"), "they"),
        };
        let said = match told.first() {
            Some(cause) if cause.attribute().is_some() => {
                // the attribute may be another object's, such as that of the site's addressing
                let why = why_not_shown(cause).replacen(" does,", " shows it,", 1);
                format!("{who} cannot be judged without {}: {why}.", cause.attribute().unwrap_or_default())
            }
            _ => format!("{who} cannot be judged: {}.", sentence(&told, they)),
        };
        (reason, format!("{said}{}", self.advice(&told, false)))
    }

    /// What may be missing of the objects of a check, in a sentence.
    pub(in crate::check) fn missing(&self, plural: &str, causes: &Causes) -> (Reason, String) {
        let told = self.told(causes);
        let reason = told.first().map_or(Reason::NotVisible, Cause::reason);
        (reason, format!("There may be other {plural}: {}.{}", sentence(&told, "they"), self.advice(&told, false)))
    }

    /// Why something is not known, in a sentence.
    pub(in crate::check) fn why(&self, causes: &Causes) -> String {
        let text = sentence(&self.told(causes), "it");
        let mut letters = text.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
        format!("{first}{}.", letters.as_str())
    }

    /// What to do to have it decided, behind a line break; nothing where nothing is known to help.
    pub(in crate::check) fn advice(&self, told: &[Cause], declarable: bool) -> String {
        let organization = self.organization.as_deref();
        let attributes: Vec<&str> = told.iter().filter_map(|cause| cause.attribute()).take(MOST_NAMES).collect();
        let text = match told.first() {
            Some(Cause::NotAsked { .. }) if declarable => self.reproduce.export_hint(organization, &attributes),
            Some(Cause::NotAsked { .. }) => self.reproduce.attribute_hint(organization, &attributes),
            Some(Cause::NotVisible { .. } | Cause::ShownByNobody { .. }) => WITHHELD.into(),
            Some(Cause::NotReplicated { site, .. }) => {
                format!("To decide it, ask a server of site {site}: the attribute is not replicated between sites.")
            }
            Some(Cause::ContainerUnseen { .. }) => self.reproduce.whole_export_hint(organization),
            Some(Cause::ConfigurationUnseen { sites }) if sites.is_empty() => self.reproduce.configuration_hint(organization),
            Some(Cause::ConfigurationUnseen { .. }) => self.reproduce.site_hint(organization),
            Some(Cause::Hidden { .. }) => format!(
                "To decide it, {}, or say --sees-hidden yes if hidden objects are seen and there are none.",
                self.reproduce.hidden_hint()
            ),
            Some(Cause::SiteUnseen { .. }) if self.questions.base().depth() >= naming::SITE_DEPTH => {
                format!("To decide it, start at the organization: -b 'o={}'.", organization.unwrap_or("ORGANIZATION"))
            }
            Some(Cause::SiteUnseen { .. }) => self.reproduce.other_site_hint().into(),
            _ => return String::new(),
        };
        format!("\n{text}")
    }
}

/// Why an attribute was not shown.
fn why_not_shown(cause: &Cause) -> String {
    match cause {
        Cause::NotAsked { .. } => "nothing shows that it was asked for".into(),
        Cause::ShownByNobody { site: Some(site), .. } => format!("no object of site {site} does, and it may be withheld"),
        Cause::ShownByNobody { .. } => "no object does, and it may be withheld".into(),
        Cause::NotReplicated { site, .. } => format!("only a server of site {site} can show it"),
        _ => "this account may not see it".into(),
    }
}

/// The first cause in a sentence without its end, and how many others there are of another kind.
fn sentence(told: &[Cause], who: &str) -> String {
    let Some(first) = told.first() else { return "what would decide it was not shown".into() };
    let verb = if who == "they" { "show" } else { "shows" };
    match first {
        Cause::NotAsked { attribute }
        | Cause::NotVisible { attribute, .. }
        | Cause::ShownByNobody { attribute, .. }
        | Cause::NotReplicated { attribute, .. } => format!("{who} {verb} no {attribute}, and {}", why_not_shown(first)),
        Cause::InPart { object, attribute } => format!("only part of {attribute} of {object} was returned"),
        Cause::Ambiguous { object, attribute: Some(attribute) } => {
            format!("several records of {object} contradict each other in {attribute}")
        }
        Cause::Ambiguous { object, attribute: None } => {
            format!("several records of {object} contradict each other in whether it is deleted")
        }
        Cause::Hidden { .. } => {
            let sites = names(told, |cause| match cause {
                Cause::Hidden { site } => Some(site),
                _ => None,
            });
            format!("no hidden object of site {sites} was seen, and a hidden one may decide it")
        }
        Cause::Withheld { object } => format!("the server withholds {object} from this account"),
        Cause::ContainerUnseen { container } => format!("{container} was not seen"),
        Cause::SiteUnseen { site: Some(_) } => {
            let sites = names(told, |cause| match cause {
                Cause::SiteUnseen { site } => site.as_ref(),
                _ => None,
            });
            format!("nothing decisive of site {sites} was seen")
        }
        Cause::SiteUnseen { site: None } => "other sites were not looked at".into(),
        Cause::ConfigurationUnseen { sites } if sites.is_empty() => "no configuration was seen".into(),
        Cause::ConfigurationUnseen { sites } => {
            format!("the configuration of site {} was not seen", listed(sites.iter().map(String::as_str)))
        }
        Cause::Denied { what } => format!("the server refuses this account {what} (50)"),
        Cause::Referred { object } => format!("the server refers elsewhere for {object} (10), and referrals are not followed"),
        Cause::Cut { how } => how.trim_end_matches('.').to_owned(),
        Cause::Unreadable { object, attribute, value } => {
            format!("{attribute} of {object} holds {value:?}, which cannot be read as the name of an object")
        }
        Cause::Untold { what, .. } => format!("{} is not known", what.trim_end_matches('.')),
    }
}

fn names<'c>(told: &'c [Cause], name: impl Fn(&'c Cause) -> Option<&'c String>) -> String {
    listed(told.iter().filter_map(name).map(String::as_str))
}

/// `A, B and 3 more`.
fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let all: Vec<&str> = names.collect();
    let head = all.iter().take(MOST_NAMES).copied().collect::<Vec<_>>().join(", ");
    match all.len().saturating_sub(MOST_NAMES) {
        0 => head,
        more => format!("{head} and {more} more"),
    }
}
