//! The administrator of an IMS: an ordered list of locators, each of which says what it is sure of.
//!
//! No public source names the attribute that stores it (reference B3). So, in this order: what the operator declares,
//! an attribute the operator names, an attribute that the published schema does not know and that leads to a recipient,
//! names inside `Extension-Data`, and at last an `Extension-Data` that is visible and empty.

use super::class::Kind;
use super::confidence::Confidence;
use super::declaration::{Declaration, Recipient};
use super::extension_data::{self, MAX_CANDIDATES};
use super::ims::Ims;
use super::naming;
use super::organization::{Destination, Organization};
use super::reason::Reason;
use super::reference;
use super::visibility;
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::directory::text::text_of;

/// Which locator answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Locator {
    /// The operator declared it.
    Declared,
    /// The attribute that the operator named.
    Named(String),
    /// An attribute outside the published schema that leads to a recipient.
    Attribute(String),
    /// Names inside Extension-Data, or its absence.
    ExtensionData,
}

/// What the locators found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// There is no administrator; why that is known.
    Unset(Reason),
    /// Whether there is one cannot be told.
    Undecided(Reason, String),
    /// There is one, but who it is cannot be told.
    Unresolved(Reason, String),
    /// It leads here; several if nothing tells them apart.
    Leads(Vec<Dn>),
}

/// The administrator reference of one IMS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pointer {
    /// Which locator answered.
    pub locator: Locator,
    /// What it found.
    pub state: State,
}

impl Locator {
    /// The attribute looked at, for evidence.
    pub fn attribute(&self) -> &str {
        match self {
            Self::Declared => "Administrator's Mailbox (declared)",
            Self::Named(name) | Self::Attribute(name) => name,
            Self::ExtensionData => "Extension-Data",
        }
    }

    /// The attribute to ask a server for.
    pub fn attribute_name(&self) -> &str {
        match self {
            Self::Declared | Self::ExtensionData => "Extension-Data",
            Self::Named(name) | Self::Attribute(name) => name,
        }
    }

    /// Where the name was found, in words.
    pub fn words(&self) -> String {
        match self {
            Self::Declared => "declared by the operator".into(),
            Self::Named(name) => format!("named by {name}, the attribute the operator points to"),
            Self::Attribute(name) => format!("named by {name}, an attribute outside the published schema (inferred)"),
            Self::ExtensionData => "found in Extension-Data (inferred)".into(),
        }
    }

    /// What a verdict reached through this locator rests on.
    pub fn confidence(&self) -> Confidence {
        match self {
            Self::Declared | Self::Named(_) => Confidence::Documented,
            Self::Attribute(_) | Self::ExtensionData => Confidence::Inferred,
        }
    }
}

/// The names that must be looked up before [`locate`] can answer for this IMS.
pub fn wanted(organization: &Organization, ims: &Ims) -> Vec<Dn> {
    if let Some(declaration) = declared(organization, ims) {
        return match &declaration.recipient {
            Recipient::Dn(dn) => vec![dn.clone()],
            _ => Vec::new(),
        };
    }
    let Some(entry) = organization.object(&ims.dn) else { return Vec::new() };
    let named = organization.hints.admin_attribute.as_deref().map(|name| names_in(entry, name));
    let unknown = unknown_references(entry).into_iter().flat_map(|(_, names)| names);
    let scanned = extension_data::candidates(entry).into_iter().take(MAX_CANDIDATES).map(|c| c.dn);
    named.into_iter().flatten().chain(unknown).chain(scanned).collect()
}

/// Finds the administrator of an IMS among what was collected.
pub fn locate(organization: &Organization, ims: &Ims) -> Pointer {
    if let Some(declaration) = declared(organization, ims) {
        return Pointer { locator: Locator::Declared, state: by_declaration(organization, ims, &declaration.recipient) };
    }
    let Some(entry) = organization.object(&ims.dn) else {
        let state = State::Undecided(Reason::Truncated, "The service was not read.".into());
        return Pointer { locator: Locator::ExtensionData, state };
    };
    by_named_attribute(organization, entry)
        .or_else(|| by_unknown_attribute(organization, entry))
        .unwrap_or_else(|| Pointer { locator: Locator::ExtensionData, state: by_extension_data(organization, entry) })
}

fn declared<'a>(organization: &'a Organization, ims: &Ims) -> Option<&'a Declaration> {
    organization.hints.declared.iter().find(|declaration| declaration.is_for(ims))
}

/// Locator 1. A name may fit several recipients: those of the service's own site win.
fn by_declaration(organization: &Organization, ims: &Ims, recipient: &Recipient) -> State {
    let filter = match recipient {
        Recipient::Empty => return State::Unset(Reason::DeclaredEmpty),
        Recipient::Dn(dn) => return State::Leads(vec![dn.clone()]),
        Recipient::Smtp(_) | Recipient::Name(_) => recipient.filter(),
    };
    let own_site = naming::site_of(&ims.dn).map(|site| site.key());
    let is_own = |entry: &&Entry| own_site.is_some() && naming::site_of(&entry.dn).map(|site| site.key()) == own_site;
    let matches = |entry: &&Entry| Kind::of(entry).is_recipient() && filter.as_ref().is_some_and(|f| f.matches(entry));
    let (dead, living): (Vec<&Entry>, Vec<&Entry>) =
        organization.objects.values().filter(matches).partition(|entry| entry.flag("Is-Deleted"));
    let name = recipient.text();
    let cut = organization.names_search.trouble();
    let own: Vec<&Entry> = living.iter().copied().filter(|e| is_own(e)).collect();
    let hits = if own.is_empty() { living } else { own };
    match (hits.as_slice(), cut) {
        // what a cut look-up did not return might fit too
        (_, Some(how)) => State::Unresolved(Reason::Truncated, format!("The look-up of {name:?} was cut: {how}.")),
        // who has that display name is seen, who has that alias is not
        ([one], None) if matches!(recipient, Recipient::Name(_)) && !one.has("uid") => State::Unresolved(
            visibility::why_not_shown(one, "uid"),
            format!(
                "{name:?} is the display name of {}, but no alias (uid) is shown, and another recipient may have it for an alias. \
                 Declare it by its DN.",
                one.dn
            ),
        ),
        // and the other way round: the Administrator program shows display names
        ([one], None) if matches!(recipient, Recipient::Name(_)) && !one.has("cn") && lacks_names(one) => State::Unresolved(
            Reason::NotRequested,
            format!(
                "{name:?} is the alias of {}, but display names were not asked for, and another recipient may be called so. Declare \
                 it by its DN.",
                one.dn
            ),
        ),
        ([one], None) => State::Leads(vec![one.dn.clone()]),
        ([], None) => match dead.into_iter().filter(is_own).collect::<Vec<_>>().as_slice() {
            [one] => State::Leads(vec![one.dn.clone()]),
            _ => State::Unresolved(
                Reason::DeclaredNotFound,
                format!("No recipient that this source shows is called {name:?}: it may be hidden, or of a site not seen here."),
            ),
        },
        (several, None) => {
            let names: Vec<String> = several.iter().take(5).map(|entry| entry.dn.to_string()).collect();
            State::Unresolved(
                Reason::Ambiguous,
                format!("{name:?} fits {} recipients: {}. Declare it by its DN.", several.len(), names.join("; ")),
            )
        }
    }
}

/// Whether display names were not asked for where this recipient was shown.
fn lacks_names(entry: &Entry) -> bool {
    entry.parts().all(|part| part.asked_for("cn") == Some(false))
}

/// Locator 2.
fn by_named_attribute(organization: &Organization, entry: &Entry) -> Option<Pointer> {
    let name = organization.hints.admin_attribute.as_deref().filter(|name| entry.has(name))?;
    let names = names_in(entry, name);
    let state = match names.is_empty() {
        true => State::Undecided(Reason::NoPointer, format!("{name} holds no distinguished name.")),
        false => State::Leads(names),
    };
    Some(Pointer { locator: Locator::Named(name.to_owned()), state })
}

/// Locator 3.
fn by_unknown_attribute(organization: &Organization, entry: &Entry) -> Option<Pointer> {
    unknown_references(entry).into_iter().find_map(|(name, names)| {
        let leads: Vec<Dn> = names
            .into_iter()
            .filter(|dn| matches!(organization.follow(dn), Destination::Living(e) if Kind::of(e).is_recipient()))
            .collect();
        (!leads.is_empty()).then_some(Pointer { locator: Locator::Attribute(name), state: State::Leads(leads) })
    })
}

/// Locators 4 and 5.
fn by_extension_data(organization: &Organization, entry: &Entry) -> State {
    if !entry.has("Extension-Data") {
        return match visibility::proven_unset(organization, entry, "Extension-Data") {
            Ok(()) => State::Unset(Reason::NotConfigured),
            Err(reason) => State::Undecided(reason, String::new()),
        };
    }
    let candidates = extension_data::candidates(entry);
    // what each leads to, looked up once: there may be many services with many names
    let kind = |dn: &Dn| match organization.follow(dn) {
        Destination::Living(entry) => Some(Kind::of(entry)),
        _ => None,
    };
    let followed: Vec<_> = candidates.iter().take(MAX_CANDIDATES).map(|candidate| (candidate, kind(&candidate.dn))).collect();
    let is_mailbox = |kind: &Option<Kind>| kind.as_ref().is_some_and(Kind::is_mailbox_or_list);
    let mailboxes: Vec<Dn> = followed.iter().filter(|(_, kind)| is_mailbox(kind)).map(|(c, _)| c.dn.clone()).collect();
    if !mailboxes.is_empty() {
        return State::Leads(mailboxes);
    }
    if candidates.is_empty() {
        let message = "Extension-Data is there, but no distinguished name was recognized in it: where the service keeps its \
                       administrator is not published. Declare it with --ims-admin.";
        return State::Undecided(Reason::NoPointer, message.into());
    }
    // an object that is no recipient (a server, an MTA...) is not taken for the administrator
    let is_other = |dn: &Dn, kind: &Option<Kind>| match kind {
        Some(kind) => !kind.is_recipient() && *kind != Kind::Unknown,
        None => naming::is_configuration(dn),
    };
    let rest: Vec<_> = followed.iter().filter(|(c, kind)| !is_other(&c.dn, kind)).collect();
    let alone = candidates.len() == 1;
    match rest.as_slice() {
        [(one, _)] if alone && one.certain => State::Leads(vec![one.dn.clone()]),
        [(one, Some(_))] if candidates.len() <= MAX_CANDIDATES => State::Leads(vec![one.dn.clone()]),
        [] if alone => State::Undecided(
            Reason::NoPointer,
            "The only name in Extension-Data is that of an object that is no recipient. Declare the administrator with --ims-admin."
                .into(),
        ),
        [_] if alone => State::Undecided(
            Reason::NoPointer,
            "The only name in Extension-Data leads nowhere, and its characters or its end are not certain. Declare the \
             administrator with --ims-admin."
                .into(),
        ),
        _ => State::Undecided(
            Reason::AmbiguousCandidates,
            format!(
                "Extension-Data holds {}{} names, and none leads to a mailbox or distribution list. Declare the administrator \
                 with --ims-admin.",
                if candidates.len() > MAX_CANDIDATES { "more than " } else { "" },
                followed.len()
            ),
        ),
    }
}

/// The attributes outside the published schema whose values are distinguished names; every reference inside it is known
/// to be something else.
fn unknown_references(entry: &Entry) -> Vec<(String, Vec<Dn>)> {
    let unknown = entry.attributes().iter().filter(|attribute| !reference::is_known(attribute.name));
    unknown.map(|attribute| (attribute.name.to_owned(), names_in(entry, attribute.name))).filter(|(_, n)| !n.is_empty()).collect()
}

/// The values that are distinguished names, in either form, down to an organization; each once, bounded.
fn names_in(entry: &Entry, attribute: &str) -> Vec<Dn> {
    let mut names: Vec<Dn> = Vec::new();
    for dn in entry.values(attribute).iter().take(MAX_CANDIDATES).filter_map(|value| naming::from_either(text_of(value).trim())) {
        let ends_in_organization = dn.rdns().len() > 1 && dn.rdns().last().is_some_and(|rdn| rdn.is("o"));
        if ends_in_organization && !names.iter().any(|known| known.key() == dn.key()) {
            names.push(dn);
        }
    }
    names
}
