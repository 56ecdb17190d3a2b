//! What could not be seen, by cause: one wrong file, one bind that sees too little is one thing to be told and one thing to do,
//! however many results it leaves undecided.

use super::reproduce::{columns_of, table_header};
use crate::directory::dn::Dn;
use crate::directory::ldapsearch::quote;
use crate::directory::source::{Collected, Kind, Origin};
use crate::exchange::naming;
use crate::exchange::questions::{Cause, Questions};
use crate::report::{Blind, Finding, Unseen, Verdict};

/// What the causes of several results have in common. The order is the one they are told in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Topic {
    /// The reading ended early, or was refused.
    Cut,
    /// Nobody bound, and the server shows little to nobody.
    Anonymous,
    /// It lies outside the name from which the audit starts.
    Base,
    /// A table does not hold it: another export, with more columns, decides all of that.
    Table,
    NoConfiguration,
    Configuration,
    Denied,
    NotAsked,
    NotVisible,
    Sites,
    /// A site of which something was seen, and not all.
    SiteInPart,
    NotReplicated,
    Hidden,
    Elsewhere,
    InPart,
    Ambiguous,
    /// What a check says by itself, in its own words.
    Own(String),
}

/// Who saw the directory, as far as that is known: it decides what helps to see more.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Reader {
    /// A file does not tell who read the directory, unless this program collected it.
    Unknown,
    Anonymous,
    /// An account that did not ask for what an administrator sees; its name, where that is known.
    Account(Option<Dn>),
    Administrator,
}

impl Reader {
    fn of(origin: &Origin) -> Self {
        let bind = match &origin.collected {
            Some(collected) if collected.bind == "anonymous" => None,
            Some(collected) => Some(collected.bind.as_str()),
            None if origin.is_file() => return Self::Unknown,
            None => origin.bind_dn.as_deref(),
        };
        match bind {
            None => Self::Anonymous,
            Some(dn) if dn.to_ascii_lowercase().ends_with(",cn=admin") => Self::Administrator,
            Some(_) => Self::Account(origin.bind_dn.as_ref().and_then(|dn| Dn::parse(dn.as_bytes()).ok())),
        }
    }
}

impl Telling<'_> {
    fn topic(&self, finding: &Finding) -> Topic {
        match finding.causes.first() {
            Some(cause) => self.topic_of(cause, &finding.message),
            None => Topic::Own(finding.message.clone()),
        }
    }

    /// Of a cause, and what is said of it where that is told in its own words.
    fn topic_of(&self, cause: &Cause, words: &str) -> Topic {
        match cause {
            // whoever binds is told what else is in the way
            Cause::NotVisible { .. }
            | Cause::ShownByNobody { .. }
            | Cause::NotReplicated { .. }
            | Cause::ConfigurationUnseen { .. }
            | Cause::ContainerUnseen { .. }
            | Cause::SiteUnseen { .. }
            | Cause::Hidden { .. }
            | Cause::Withheld { .. }
            | Cause::Denied { .. }
                if self.reader == Reader::Anonymous =>
            {
                Topic::Anonymous
            }
            cause if self.is_outside_base(cause) => Topic::Base,
            Cause::Cut { .. } => Topic::Cut,
            Cause::ConfigurationUnseen { .. }
            | Cause::ContainerUnseen { .. }
            | Cause::SiteUnseen { .. }
            | Cause::Hidden { .. }
            | Cause::NotAsked { .. }
                if self.kind == Kind::Csv =>
            {
                Topic::Table
            }
            Cause::ConfigurationUnseen { sites } if sites.is_empty() => Topic::NoConfiguration,
            Cause::ConfigurationUnseen { .. } | Cause::ContainerUnseen { .. } => Topic::Configuration,
            Cause::Denied { .. } => Topic::Denied,
            Cause::NotAsked { .. } => Topic::NotAsked,
            Cause::NotVisible { .. } | Cause::ShownByNobody { .. } => Topic::NotVisible,
            Cause::SiteUnseen { site: Some(site) } if self.sites.contains(site) => Topic::SiteInPart,
            Cause::SiteUnseen { .. } => Topic::Sites,
            Cause::NotReplicated { .. } => Topic::NotReplicated,
            Cause::Hidden { .. } | Cause::Withheld { .. } => Topic::Hidden,
            Cause::Referred { .. } => Topic::Elsewhere,
            Cause::InPart { .. } => Topic::InPart,
            Cause::Ambiguous { .. } => Topic::Ambiguous,
            Cause::Unreadable { .. } | Cause::Untold { .. } => Topic::Own(words.to_owned()),
        }
    }

    /// Whether it was not seen because the audit starts below the organization.
    fn is_outside_base(&self, cause: &Cause) -> bool {
        let is_narrow = self.base.depth() >= naming::SITE_DEPTH;
        let is_of_site = self.base.depth() == naming::SITE_DEPTH;
        is_narrow
            && match cause {
                Cause::SiteUnseen { .. } => true,
                Cause::ContainerUnseen { container } => !Dn::parse_lossy(container.as_bytes()).is_within(&self.base),
                Cause::ConfigurationUnseen { sites } if is_of_site => {
                    !sites.is_empty() && !sites.iter().any(|site| naming::site_name(&self.base).as_ref() == Some(site))
                }
                Cause::ConfigurationUnseen { .. } => true,
                cause => cause.is_of_no_look(),
            }
    }
}

/// Things that are told apart; what is beyond is told with the last.
const MOST: usize = 200;
/// Names that one sentence tells.
const MOST_NAMES: usize = 5;

/// What could not be seen of one target, the widest first. `told` says that its problems are told, which say why the reading ended early.
pub fn of(findings: &[Finding], questions: &Questions, origin: &Origin, told: bool) -> Vec<Unseen> {
    let telling = Telling::of(questions, origin, told, Asks::Audit);
    let mut groups: Vec<(Topic, Vec<&Finding>)> = Vec::new();
    for finding in findings.iter().filter(|finding| finding.verdict == Verdict::Unknown) {
        let topic = telling.topic(finding);
        let full = groups.len() >= MOST;
        match groups.iter_mut().find(|(known, _)| *known == topic) {
            Some((_, group)) => group.push(finding),
            None if full => groups.last_mut().into_iter().for_each(|(_, group)| group.push(finding)),
            None => groups.push((topic, vec![finding])),
        }
    }
    groups.sort_by(|(one, _), (other, _)| one.cmp(other));
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
        let topic = telling.topic_of(cause, &words);
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
    /// Who saw the directory.
    reader: Reader,
    /// How it was collected, if it is a file of this program.
    collected: Option<&'a Collected>,
    /// Where the audit starts.
    base: Dn,
    /// The sites of which anything was seen.
    sites: Vec<String>,
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
            reader: Reader::of(origin),
            collected: origin.collected.as_deref(),
            base: questions.base().clone(),
            sites: questions.sites_and_hidden().into_iter().map(|(site, _)| site).collect(),
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
            Topic::Base => format!("What lies outside {} was not looked at", self.base),
            Topic::Table => {
                let columns = listed(self.columns(causes).iter().map(String::as_str));
                match (causes.iter().all(|cause| matches!(cause, Cause::NotAsked { .. })), columns.is_empty()) {
                    (true, _) => format!("The table has no column for {columns}"),
                    (false, true) => "The table does not hold all objects of the organization".into(),
                    (false, false) => format!("The table does not hold all objects, and has no column for {columns}"),
                }
            }
            Topic::NoConfiguration => "The configuration of the sites was not seen".into(),
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
            Topic::NotAsked => format!("Nothing shows that the export asked for {}", attributes()),
            // here one object that does not show it is enough: it may be the one that refers
            Topic::NotVisible if self.asks == Asks::Uses => {
                format!("Some objects do not show {}, which may be unset or withheld there", attributes())
            }
            Topic::NotVisible => {
                let names = attributes();
                format!("No object shows {names}, and {} may be withheld", number(&names, "it", "they"))
            }
            Topic::Sites => match sites(causes) {
                names if names.is_empty() => "Other sites were not looked at".into(),
                names => {
                    let (site, of) = (number(&names, "site", "sites"), number(&names, "it", "them"));
                    format!("Names lead to {site} {names}, and nothing of {of} was seen")
                }
            },
            Topic::SiteInPart => format!("Only a part of {} was seen", sites(causes)),
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
        let say = |text: &str| (Some(text.to_owned()), None);
        match (topic, self.kind) {
            (Topic::Anonymous, _) => self.as_administrator(),
            (Topic::Base, _) => say(&self.start_at_the_organization()),
            (Topic::Table, _) => self.table(causes),
            (Topic::Configuration | Topic::SiteInPart | Topic::Denied | Topic::NoConfiguration, _)
                if self.reader == Reader::Administrator =>
            {
                let again = if self.collected.is_some() { " and collect again" } else { "" };
                say(&format!("If the Administrator program shows it, give the account rights on it{again}."))
            }
            // what a bind without this ending does not see is no proof (Q185475)
            (Topic::Hidden, _) if self.reader == Reader::Administrator => {
                say("The account shows none there in spite of ,cn=admin (Q185475). If there is none, say so: --sees-hidden yes.")
            }
            (Topic::Configuration | Topic::SiteInPart | Topic::Denied | Topic::NoConfiguration | Topic::Hidden, _)
                if self.reader != Reader::Unknown =>
            {
                self.as_administrator()
            }
            (Topic::NotAsked | Topic::NoConfiguration | Topic::Configuration | Topic::SiteInPart | Topic::Hidden, Kind::Ldif) => {
                let what = if self.asks == Asks::Uses {
                    "everything that the account may read"
                } else {
                    "everything that the checks need"
                };
                self.command("collect", &format!("Collect again with exaudit, which asks for {what}"))
            }
            (Topic::NotVisible, _) if self.asks == Asks::Uses => (None, None),
            (Topic::NotVisible, _) if matches!(self.reader, Reader::Account(_)) => self.as_administrator(),
            (Topic::NotVisible, _) => say("Look in the Administrator program whether any object has a value there."),
            (Topic::Sites, Kind::Live) => say("Ask a server that holds these sites, too (-H, repeatable)."),
            (Topic::Sites, Kind::Ldif) => say("Give an export of these sites, too (--from, repeatable)."),
            (Topic::NotReplicated, Kind::Live | Kind::Ldif | Kind::Csv) => say(&self.one_server_each(causes)),
            (Topic::Ambiguous, _) => say("Give exports that were made at one time."),
            _ => (None, None),
        }
    }

    /// What to do where the audit starts below the organization.
    fn start_at_the_organization(&self) -> String {
        let organization = self.organization.as_deref().map(|name| quote(&Dn::of([("o", name)]).to_string()));
        let base = organization.unwrap_or_else(|| "'o=ORGANIZATION'".into());
        let export = match self.kind {
            Kind::Ldif | Kind::Csv => " An export that starts lower must be made again.",
            Kind::Live | Kind::Demo => "",
        };
        format!("Start at the organization: -b {base}.{export}")
    }

    /// What to do where only servers of the same site show an attribute.
    fn one_server_each(&self, causes: &[&Cause]) -> String {
        let sites = sites(causes);
        let is_of_one = self.base.depth() >= naming::SITE_DEPTH || self.sites.len() == 1;
        if is_of_one {
            return format!("If a server of {sites} was asked, it is probably unset there: look in the Administrator program.");
        }
        let server = if self.kind == Kind::Live { "one server" } else { "an export from one server" };
        let of = number(&sites, "of this site", "of each of these sites");
        format!("Audit {server} {of} in a run of its own: only it shows this.")
    }

    /// The same again, as somebody who sees all: what a bind without `,cn=admin` does not show may be there (Q185475).
    fn as_administrator(&self) -> Remedy {
        match self.kind {
            Kind::Ldif => self.command("collect", "Collect again as an administrator"),
            _ if self.asks == Asks::Uses => self.command("uses OBJECT", "Bind as an administrator"),
            _ => self.command("audit", "Bind as an administrator"),
        }
    }

    /// A line that runs a command against the server, as an administrator.
    fn command(&self, command: &str, say: &str) -> Remedy {
        let server = match (self.kind, self.collected) {
            (Kind::Live | Kind::Demo, _) => self.location,
            (_, Some(collected)) => &collected.server,
            (_, None) => "ldap://SERVER",
        };
        let (account, instead) = match &self.reader {
            Reader::Account(Some(dn)) => (quote(&format!("{dn},cn=admin")), ""),
            _ => ("'cn=ACCOUNT,cn=DOMAIN,cn=admin'".into(), ", with your account and NT domain in place of ACCOUNT and DOMAIN"),
        };
        let plain = if server.starts_with("ldaps:") { "" } else { " --allow-plaintext-password" };
        let (all, to) = match command {
            "collect" => (if self.asks == Asks::Uses { " --all" } else { "" }, format!(" -o {}", self.new_file())),
            _ => ("", String::new()),
        };
        (Some(format!("{say}{instead}:")), Some(format!("exaudit {command}{all} -H {server} -D {account} -W{plain}{to}")))
    }

    /// A name for a collected file that is not the name of one that was read.
    fn new_file(&self) -> &'static str {
        let names = ["org.ldif", "org-new.ldif", "org-newer.ldif"];
        names.into_iter().find(|name| !self.location.contains(name)).unwrap_or("FILE")
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

/// The sites that causes are about.
fn sites(causes: &[&Cause]) -> String {
    let of = |cause: &&Cause| -> Vec<String> {
        match cause {
            Cause::ConfigurationUnseen { sites } => sites.clone(),
            Cause::NotReplicated { site, .. } | Cause::Hidden { site } => vec![site.clone()],
            Cause::SiteUnseen { site } => site.iter().cloned().collect(),
            Cause::ContainerUnseen { container } => {
                let dn = Dn::parse_lossy(container.as_bytes());
                naming::site_name(&dn).into_iter().collect()
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
        Cause::ContainerUnseen { container } => Some(Dn::parse_lossy(container.as_bytes()).leaf().into_owned()),
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
