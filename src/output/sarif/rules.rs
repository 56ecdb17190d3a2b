//! The checks that were run, as rules, whether they failed or not.

use super::{Message, level, message};
use crate::report::{Finding, Report, Severity};
use serde::Serialize;
use std::collections::HashMap;

/// The program and its rules.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Driver<'a> {
    name: &'a str,
    full_name: String,
    version: &'a str,
    semantic_version: &'a str,
    short_description: Message,
    rules: Vec<Rule<'a>>,
    notifications: Vec<Notification>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    name: String,
    short_description: Message,
    full_description: Message,
    help: Message,
    default_configuration: Configuration,
    properties: RuleProperties<'a>,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct RuleProperties<'a> {
    tags: &'a [String],
    severity: &'static str,
}

/// A kind of notification.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Notification {
    id: &'static str,
    name: &'static str,
    short_description: Message,
    full_description: Message,
    help: Message,
}

impl Notification {
    fn of(id: &'static str, name: &'static str, text: &str) -> Self {
        Self { id, name, short_description: message(text), full_description: message(text), help: message(text) }
    }
}

/// The rules, and where each stands.
pub(super) struct Rules<'a> {
    rules: Vec<Rule<'a>>,
    places: HashMap<&'a str, usize>,
}

impl<'a> Rules<'a> {
    /// Every check that was run, then those that only results or what ended tell of.
    pub(super) fn of(report: &'a Report) -> Self {
        let mut rules = Self { rules: Vec::new(), places: HashMap::new() };
        for check in &report.checks {
            rules.add(&check.id, check.headline(), &check.title, &check.why, &check.kb, check.severity);
        }
        for Finding { check, title, fails, kb, severity, .. } in &report.results {
            rules.add(check, fails.as_deref().unwrap_or(title), title, title, kb, *severity);
        }
        for ended in report.comparison.iter().flat_map(|comparison| &comparison.ended) {
            rules.add(&ended.check, &ended.title, &ended.title, &ended.title, &[], ended.severity);
        }
        rules
    }

    fn add(&mut self, id: &'a str, headline: &str, title: &str, why: &str, kb: &'a [String], severity: Severity) {
        if self.places.contains_key(id) {
            return;
        }
        self.places.insert(id, self.rules.len());
        let articles = if kb.is_empty() { String::new() } else { format!(" Articles: {}.", kb.join(", ")) };
        self.rules.push(Rule {
            id,
            name: pascal(id),
            short_description: sentence(title),
            full_description: sentence(why),
            help: message(&format!("{} {} More: exaudit explain {id}.{articles}", sentence(headline).text, sentence(why).text)),
            default_configuration: Configuration { level: level(severity) },
            properties: RuleProperties { tags: kb, severity: severity.word() },
        });
    }

    /// Where the rule of a check stands.
    pub(super) fn place(&self, check: &str) -> Option<usize> {
        self.places.get(check).copied()
    }
}

impl<'a> Driver<'a> {
    pub(super) fn of(report: &'a Report, rules: Rules<'a>) -> Self {
        let (name, version) = (&*report.tool.name, &*report.tool.version);
        Self {
            name,
            full_name: format!("{name} {version}"),
            version,
            semantic_version: version,
            short_description: message("Audits the configuration of Microsoft Exchange 5.5."),
            rules: rules.rules,
            notifications: vec![
                Notification::of(
                    "problem",
                    "ReadingProblem",
                    "Something went wrong, or was noticed, while a directory was read.",
                ),
                Notification::of("not-seen", "ThingNotSeen", "Something could not be seen, and leaves results undecided."),
            ],
        }
    }
}

/// `ImsAdminX400`, as names of rules are written.
fn pascal(id: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    id.split(|c: char| !c.is_ascii_alphanumeric()).map(word).collect()
}

/// A text with a full stop, which readers of the format ask for.
fn sentence(text: &str) -> Message {
    let text = text.trim();
    message(&if text.ends_with(['.', '?', '!']) { text.to_owned() } else { format!("{text}.") })
}
