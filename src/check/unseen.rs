//! What could not be seen, by cause: one wrong file, one bind that sees too little is one thing to be told and one thing to do,
//! however many results it leaves undecided.

use super::reproduce::{columns_of, table_header};
use crate::directory::source::{Kind, Origin};
use crate::exchange::questions::{Cause, Questions};
use crate::report::{Blind, Finding, Unseen, Verdict};

/// What the causes of several results have in common. The order is the one they are told in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Topic {
    /// The reading ended early, or was refused.
    Cut,
    /// Nobody bound, and the server shows little to nobody.
    Anonymous,
    NoConfiguration,
    Configuration,
    Denied,
    NotAsked,
    NotVisible,
    Sites,
    NotReplicated,
    Hidden,
    Elsewhere,
    InPart,
    Ambiguous,
    /// What a check says by itself, in its own words.
    Own(String),
}

impl Topic {
    fn of(finding: &Finding, anonymous: bool) -> Self {
        match finding.causes.first() {
            Some(cause) => Self::of_cause(cause, anonymous, &finding.message),
            None => Self::Own(finding.message.clone()),
        }
    }

    /// Of a cause, and what is said of it where that is told in its own words.
    fn of_cause(cause: &Cause, anonymous: bool, words: &str) -> Self {
        match cause {
            Cause::Cut { .. } => Self::Cut,
            Cause::NotVisible { .. }
            | Cause::ShownByNobody { .. }
            | Cause::ConfigurationUnseen { .. }
            | Cause::ContainerUnseen { .. }
            | Cause::Hidden { .. }
            | Cause::Denied { .. }
                if anonymous =>
            {
                Self::Anonymous
            }
            Cause::ConfigurationUnseen { sites } if sites.is_empty() => Self::NoConfiguration,
            Cause::ConfigurationUnseen { .. } | Cause::ContainerUnseen { .. } => Self::Configuration,
            Cause::Denied { .. } => Self::Denied,
            Cause::NotAsked { .. } => Self::NotAsked,
            Cause::NotVisible { .. } | Cause::ShownByNobody { .. } => Self::NotVisible,
            Cause::SiteUnseen { .. } => Self::Sites,
            Cause::NotReplicated { .. } => Self::NotReplicated,
            Cause::Hidden { .. } | Cause::Withheld { .. } => Self::Hidden,
            Cause::Referred { .. } => Self::Elsewhere,
            Cause::InPart { .. } => Self::InPart,
            Cause::Ambiguous { .. } => Self::Ambiguous,
            Cause::Unreadable { .. } | Cause::Untold { .. } => Self::Own(words.to_owned()),
        }
    }
}

/// Things that are told apart; what is beyond is told with the last.
const MOST: usize = 200;
/// Names that one sentence tells.
const MOST_NAMES: usize = 5;

/// What could not be seen of one target, the widest first. `told` says that its problems are told, which say why the reading ended early.
pub fn of(findings: &[Finding], questions: &Questions, origin: &Origin, told: bool) -> Vec<Unseen> {
    let mut groups: Vec<(Topic, Vec<&Finding>)> = Vec::new();
    for finding in findings.iter().filter(|finding| finding.verdict == Verdict::Unknown) {
        let topic = Topic::of(finding, origin.is_anonymous());
        let full = groups.len() >= MOST;
        match groups.iter_mut().find(|(known, _)| *known == topic) {
            Some((_, group)) => group.push(finding),
            None if full => groups.last_mut().into_iter().for_each(|(_, group)| group.push(finding)),
            None => groups.push((topic, vec![finding])),
        }
    }
    groups.sort_by(|(one, _), (other, _)| one.cmp(other));
    let telling = Telling::of(questions, origin, told, Asks::Audit);
    groups.iter().map(|(topic, group)| telling.tell(topic, group)).collect()
}

/// What was not seen that may refer to an object, by cause. `told` says that the problems of the reading are told.
pub fn of_causes(causes: &[Cause], questions: &Questions, origin: &Origin, told: bool) -> Vec<Blind> {
    let telling = Telling::of(questions, origin, told, Asks::Uses);
    let mut groups: Vec<(Topic, Vec<&Cause>)> = Vec::new();
    for cause in causes {
        let words = match cause {
            Cause::Unreadable { object, attribute, value } => format!("{object}: its {attribute} {value:?} cannot be read"),
            Cause::Untold { what, .. } => what.clone(),
            _ => String::new(),
        };
        let topic = Topic::of_cause(cause, origin.is_anonymous(), &words);
        let full = groups.len() >= MOST;
        match groups.iter_mut().find(|(known, _)| *known == topic && topic != Topic::Cut) {
            Some((_, group)) => group.push(cause),
            None if full => {}
            None => groups.push((topic, vec![cause])),
        }
    }
    groups.sort_by(|(one, _), (other, _)| one.cmp(other));
    let tell = |(topic, causes): &(Topic, Vec<&Cause>)| {
        let (remedy, paste) = telling.remedy(topic, causes);
        Blind { what: telling.what(topic, causes), remedy, paste, counts: *topic != Topic::NotReplicated }
    };
    let mut all: Vec<Blind> = groups.iter().map(tell).collect();
    all.dedup();
    all
}

/// What was asked, so that it can be asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    Audit,
    Uses,
}

/// Writes about what was not seen in one source.
struct Telling<'a> {
    kind: Kind,
    location: &'a str,
    organization: Option<String>,
    told: bool,
    /// Whether the bind asks for all that an administrator sees.
    is_administrator: bool,
    /// Whether it is a file that this program collected.
    is_collected: bool,
    /// What was asked.
    asks: Asks,
}

/// What to do, and what with.
type Remedy = (Option<String>, Option<String>);

impl<'a> Telling<'a> {
    fn of(questions: &Questions, origin: &'a Origin, told: bool, asks: Asks) -> Self {
        Self {
            kind: origin.kind,
            location: &origin.location,
            organization: questions.organization(),
            told,
            is_administrator: origin.is_administrator(),
            is_collected: origin.kind == Kind::Ldif && questions.proves_endings(),
            asks,
        }
    }

    fn tell(&self, topic: &Topic, group: &[&Finding]) -> Unseen {
        let causes: Vec<&Cause> = group.iter().filter_map(|finding| finding.causes.first()).collect();
        let (remedy, paste) = self.remedy(topic, &causes);
        let mut unseen = Unseen::of(self.what(topic, &causes), remedy, paste);
        group.iter().for_each(|finding| unseen.leaves(finding));
        unseen
    }

    fn what(&self, topic: &Topic, causes: &[&Cause]) -> String {
        let attributes = || listed(causes.iter().filter_map(|cause| cause.attribute()));
        match topic {
            Topic::Cut if self.told => "Not read, because of the problems above".into(),
            Topic::Cut => {
                let how = |cause: &&Cause| match cause {
                    Cause::Cut { how } => Some(how.trim_end_matches('.').to_owned()),
                    _ => None,
                };
                causes.iter().find_map(how).unwrap_or_else(|| "the reading ended early".into())
            }
            Topic::Anonymous => "An anonymous bind sees too little of this directory".into(),
            Topic::NoConfiguration => "The configuration of the sites".into(),
            Topic::Configuration => match containers(causes) {
                names if names.is_empty() => format!("The configuration of {} was not seen", sites(causes)),
                names => {
                    let what = format!("{names} of {}", sites(causes));
                    format!("{what} {} not seen", number(&what, "was", "were"))
                }
            },
            Topic::Denied => {
                let what = causes.iter().filter_map(|cause| match cause {
                    Cause::Denied { what } => Some(what.as_str()),
                    _ => None,
                });
                format!("The server refuses this account (50): {}", listed(what))
            }
            Topic::NotAsked if self.kind == Kind::Csv => {
                format!("The table has no column for {}", listed(self.columns(causes).iter().map(String::as_str)))
            }
            Topic::NotAsked => format!("Nothing shows that the export asked for {}", attributes()),
            // here one object that does not show it is enough: it may be the one that refers
            Topic::NotVisible if self.asks == Asks::Uses => {
                format!("Some objects do not show {}, which may be unset or withheld there", attributes())
            }
            Topic::NotVisible => {
                format!("No object shows {} (unset or withheld)", attributes())
            }
            Topic::Sites => match sites(causes) {
                names if names.is_empty() => "Other sites".into(),
                names => {
                    let (site, of) = (number(&names, "site", "sites"), number(&names, "it", "them"));
                    format!("Names lead to {site} {names}, and nothing of {of} was seen")
                }
            },
            Topic::NotReplicated => format!("Only servers of {} show {}", sites(causes), attributes()),
            Topic::Hidden => match sites(causes) {
                names if names.is_empty() => "Objects that may be hidden from this account".into(),
                names => format!("No hidden object of {} {names} was seen, and one may exist", number(&names, "site", "sites")),
            },
            Topic::Elsewhere => format!("The server refers elsewhere (10), and referrals are not followed: {}", objects(causes)),
            Topic::InPart => format!("Only part of the values of {} was returned", objects(causes)),
            Topic::Ambiguous => format!("Records contradict each other: {}", objects(causes)),
            Topic::Own(words) => words.trim_end_matches('.').to_owned(),
        }
    }

    fn remedy(&self, topic: &Topic, causes: &[&Cause]) -> Remedy {
        match (topic, self.kind) {
            (Topic::Configuration | Topic::Denied | Topic::NoConfiguration, Kind::Live | Kind::Demo) if self.is_administrator => {
                let say = "If the Administrator program shows it, give the account rights on it.";
                (Some(say.into()), None)
            }
            (Topic::Anonymous | Topic::NoConfiguration | Topic::Denied, Kind::Live) => self.bind("Bind as an administrator"),
            (Topic::Configuration, Kind::Live) => self.bind("Bind as an administrator"),
            (Topic::Hidden, Kind::Live) => {
                self.bind("If this account sees hidden objects, say so (--sees-hidden yes). Otherwise bind as an administrator")
            }
            (Topic::NotAsked | Topic::NoConfiguration | Topic::Configuration | Topic::Hidden, Kind::Csv) => self.table(causes),
            (Topic::NotAsked | Topic::NoConfiguration | Topic::Configuration | Topic::Hidden, Kind::Ldif) => {
                collect(self.is_collected, self.asks)
            }
            (Topic::Sites, Kind::Live) => (Some("Ask a server that holds these sites, too (-H, repeatable).".into()), None),
            (Topic::Sites, Kind::Ldif | Kind::Csv) => {
                (Some("Give an export of these sites, too (--from, repeatable).".into()), None)
            }
            (Topic::NotReplicated, Kind::Live) => {
                (Some("Audit a server of each of these sites by itself: it shows them of its own site.".into()), None)
            }
            (Topic::NotReplicated, Kind::Ldif | Kind::Csv) => (
                Some("Audit an export from a server of each of these sites by itself: it shows them of its own site.".into()),
                None,
            ),
            (Topic::Ambiguous, _) => (Some("Give exports that were made at one time.".into()), None),
            _ => (None, None),
        }
    }

    fn bind(&self, say: &str) -> Remedy {
        let plain = if self.location.starts_with("ldaps:") { "" } else { " --allow-plaintext-password" };
        let command = if self.asks == Asks::Uses { "uses OBJECT" } else { "audit" };
        let paste = format!("exaudit {command} -H {} -D 'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W{plain}", self.location);
        (Some(format!("{say}:")), Some(paste))
    }

    /// Another export with the Administrator program.
    fn table(&self, causes: &[&Cause]) -> Remedy {
        let columns = self.columns(causes);
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        let organization = self.organization.as_deref().unwrap_or("ORGANIZATION");
        let say = format!(
            "Export again in raw mode (Basepoint=/o={organization}, ExportObject=All, RawMode=Yes, HiddenObjects=Yes, Subcontainers=Yes) \
             with this header:"
        );
        (Some(say), Some(table_header(&columns)))
    }

    /// The columns that would show what these causes are about.
    fn columns(&self, causes: &[&Cause]) -> Vec<String> {
        let attributes: Vec<&str> = causes.iter().filter_map(|cause| cause.attribute()).collect();
        columns_of(&attributes).into_iter().map(str::to_owned).collect()
    }
}

/// Another export with the program itself, which asks for all that its checks need.
fn collect(again: bool, asks: Asks) -> Remedy {
    let say = match again {
        _ if asks == Asks::Uses => "Collect again with exaudit, with everything that the account may read:",
        true => "Collect again with an account that sees more, if there is one:",
        false => "Collect again with exaudit, which asks for everything that the checks need:",
    };
    let all = if asks == Asks::Uses { " --all" } else { "" };
    let paste = format!(
        "exaudit collect{all} -H ldap://SERVER -D 'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W --allow-plaintext-password -o org.ldif"
    );
    (Some(say.into()), Some(paste))
}

/// The sites that causes are about.
fn sites(causes: &[&Cause]) -> String {
    let of = |cause: &&Cause| -> Vec<String> {
        match cause {
            Cause::ConfigurationUnseen { sites } => sites.clone(),
            Cause::NotReplicated { site, .. } | Cause::Hidden { site } => vec![site.clone()],
            Cause::SiteUnseen { site } => site.iter().cloned().collect(),
            Cause::ContainerUnseen { container } => {
                let dn = crate::directory::dn::Dn::parse_lossy(container.as_bytes());
                crate::exchange::naming::site_name(&dn).into_iter().collect()
            }
            _ => Vec::new(),
        }
    };
    let names: Vec<String> = causes.iter().flat_map(of).collect();
    listed(names.iter().map(String::as_str))
}

/// The word for one name, or for several that are [`listed`].
fn number(names: &str, one: &'static str, many: &'static str) -> &'static str {
    if names.contains(" and ") { many } else { one }
}

/// The containers that causes are about, by their own names.
fn containers(causes: &[&Cause]) -> String {
    let leaf = |cause: &&Cause| match cause {
        Cause::ContainerUnseen { container } => {
            Some(crate::directory::dn::Dn::parse_lossy(container.as_bytes()).leaf().into_owned())
        }
        _ => None,
    };
    let names: Vec<String> = causes.iter().filter_map(leaf).collect();
    listed(names.iter().map(String::as_str))
}

/// The objects that causes are about.
fn objects(causes: &[&Cause]) -> String {
    let of = |cause: &&Cause| match cause {
        Cause::Referred { object } => Some(object.clone()),
        Cause::InPart { object, attribute } => Some(format!("{object} ({attribute})")),
        Cause::Ambiguous { object, attribute } => {
            Some(format!("{object} ({})", attribute.as_deref().unwrap_or("whether it is deleted")))
        }
        _ => None,
    };
    let names: Vec<String> = causes.iter().filter_map(of).collect();
    listed(names.iter().map(String::as_str))
}

/// `A, B and 3 more`, each once.
fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut all: Vec<&str> = names.collect();
    all.sort_unstable();
    all.dedup();
    let more = all.len().saturating_sub(MOST_NAMES);
    let told = all.get(..MOST_NAMES.min(all.len())).unwrap_or_default();
    match (more, told) {
        (0, [others @ .., last]) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        (0, _) => told.join(", "),
        _ => format!("{} and {more} more", told.join(", ")),
    }
}
