//! The administrator of an IMS: an ordered list of locators, each of which says what it is sure of.
//!
//! No public source names the attribute that stores it (reference B3). So, in this order: what the operator declares,
//! an attribute the operator names, an attribute that the published schema does not know and that leads to a recipient,
//! names inside `Extension-Data`, and at last an `Extension-Data` that is visible and empty.

use super::class::Kind;
use super::confidence::Confidence;
use super::declaration::{Declaration, Hints, Recipient};
use super::extension_data::{self, MAX_CANDIDATES};
use super::ims::Ims;
use super::naming;
use super::questions::{Cause, Causes, Lookup, Questions, Seen, Truth};
use super::reason::Reason;
use super::reference;
use crate::directory::dn::Dn;
use crate::directory::text::text_of;
use crate::directory::whole::EntryRef;

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
    Undecided(Open),
    /// There is one, but who it is cannot be told.
    Unresolved(Open),
    /// It leads here; several if nothing tells them apart.
    Leads(Vec<Dn>),
}

/// Why something cannot be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// From the closed list.
    pub reason: Reason,
    /// In words; empty where the causes say all.
    pub message: String,
    /// What stood in the way.
    pub causes: Causes,
}

/// The administrator reference of one IMS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pointer {
    /// Which locator answered.
    pub locator: Locator,
    /// What it found.
    pub state: State,
}

/// An Internet Mail Service, and where it keeps its administrator.
#[derive(Debug)]
pub struct Service<'q> {
    /// What it is.
    pub ims: Ims,
    /// What was seen of it; none where the operator declares one that the source does not show.
    pub seen: Option<Seen<'q>>,
    /// Its administrator.
    pub pointer: Pointer,
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

/// The names that must be looked up before an administrator can be found.
pub fn wanted(hints: &Hints, entry: EntryRef<'_>) -> Vec<Dn> {
    let Some(ims) = Ims::of(&entry) else { return Vec::new() };
    if let Some(declaration) = declared(hints, &ims) {
        return match &declaration.recipient {
            Recipient::Dn(dn) => vec![dn.clone()],
            _ => Vec::new(),
        };
    }
    let named = hints.admin_attribute.as_deref().map(|name| names_in(entry.values(name)));
    let unknown = unknown_references(entry).into_iter().flat_map(|(_, names)| names);
    let scanned = extension_data::candidates(&entry).into_iter().take(MAX_CANDIDATES).map(|c| c.dn);
    named.into_iter().flatten().chain(unknown).chain(scanned).collect()
}

/// Finds the administrator of a service that was seen.
pub fn locate(questions: &Questions, ims: &Ims, seen: &Seen<'_>) -> Pointer {
    if let Some(declaration) = declared(questions.hints(), ims) {
        return by_operator(questions, &ims.dn, declaration);
    }
    by_named_attribute(questions, seen)
        .or_else(|| by_unknown_attribute(questions, seen))
        .unwrap_or_else(|| Pointer { locator: Locator::ExtensionData, state: by_extension_data(questions, seen) })
}

/// The administrator that the operator declares of a service of that name.
pub fn by_operator(questions: &Questions, service: &Dn, declaration: &Declaration) -> Pointer {
    Pointer { locator: Locator::Declared, state: by_declaration(questions, service, &declaration.recipient) }
}

/// What the operator declares of a service.
pub fn declared<'a>(hints: &'a Hints, ims: &Ims) -> Option<&'a Declaration> {
    hints.declared.iter().find(|declaration| declaration.is_for(ims))
}

/// Locator 1. A name may fit several recipients: those of the service's own site win.
fn by_declaration(questions: &Questions, service: &Dn, recipient: &Recipient) -> State {
    let filter = match recipient {
        Recipient::Empty => return State::Unset(Reason::DeclaredEmpty),
        Recipient::Dn(dn) => return State::Leads(vec![dn.clone()]),
        Recipient::Smtp(_) | Recipient::Name(_) => recipient.filter(),
    };
    let Some(filter) = filter else { return State::Leads(Vec::new()) };
    let unresolved = |reason, message: String| {
        let causes = questions.cause(Cause::cut(message.clone()));
        State::Unresolved(Open { reason, message, causes })
    };
    let name = recipient.text();
    // what a cut look-up did not return might fit too
    if let Some(how) = questions.trouble_of(&filter) {
        return unresolved(Reason::Truncated, format!("The look-up of {name:?} was cut: {how}."));
    }
    if !questions.was_searched_for(&filter) {
        return unresolved(Reason::Truncated, format!("Nobody looked for a recipient called {name:?}: it may exist."));
    }
    let own_site = naming::site_of(service).map(|site| site.number());
    let is_own = |seen: &Seen<'_>| own_site.is_some() && seen.site_dn().map(Dn::number) == own_site;
    let (dead, living) = questions.recipients_that_match(&filter);
    let own: Vec<Seen<'_>> = living.iter().copied().filter(|seen| is_own(seen)).collect();
    let hits = if own.is_empty() { living } else { own };
    match hits.as_slice() {
        // who has that display name is seen, who has that alias is not
        [one] if matches!(recipient, Recipient::Name(_)) && !one.values("uid").is_set().is_yes() => {
            let causes = one.values("uid").whole().err().cloned().unwrap_or_default();
            let reason = questions.told(&causes).first().map_or(Reason::NotRequested, Cause::reason);
            let message = format!(
                "{name:?} is the display name of {}, but no alias (uid) is shown, and another recipient may have it for an alias. \
                 Declare it by its DN.",
                one.dn()
            );
            State::Unresolved(Open { reason, message, causes })
        }
        // and the other way round: the Administrator program shows display names
        [one] if matches!(recipient, Recipient::Name(_)) && lacks_names(questions, one) => unresolved(
            Reason::NotRequested,
            format!(
                "{name:?} is the alias of {}, but display names were not asked for, and another recipient may be called so. Declare \
                 it by its DN.",
                one.dn()
            ),
        ),
        [one] => State::Leads(vec![one.dn()]),
        [] => match dead.into_iter().filter(is_own).collect::<Vec<_>>().as_slice() {
            [one] => State::Leads(vec![one.dn()]),
            _ => unresolved(
                Reason::DeclaredNotFound,
                format!("No recipient that this source shows is called {name:?}: it may be hidden, or of a site not seen here."),
            ),
        },
        several => {
            let names: Vec<String> = several.iter().take(5).map(|seen| seen.dn().to_string()).collect();
            unresolved(
                Reason::Ambiguous,
                format!("{name:?} fits {} recipients: {}. Declare it by its DN.", several.len(), names.join("; ")),
            )
        }
    }
}

/// Whether display names were not asked for where this recipient was shown.
fn lacks_names(questions: &Questions, seen: &Seen<'_>) -> bool {
    let names = seen.values("cn");
    names.seen().next().is_none()
        && names.whole().err().is_some_and(|causes| {
            questions
                .told(causes)
                .iter()
                .any(|cause| matches!(cause, Cause::NotAsked { attribute } if attribute.eq_ignore_ascii_case("cn")))
                && !questions.is_asked_of_nobody_known(seen)
        })
}

/// Locator 2.
fn by_named_attribute(questions: &Questions, seen: &Seen<'_>) -> Option<Pointer> {
    let name = questions.hints().admin_attribute.as_deref()?;
    let values = seen.values(name);
    values.seen().next()?;
    let names = names_in(values.seen());
    let state = match (values.whole(), names.is_empty()) {
        (Err(causes), _) => undecided(questions, causes.clone(), String::new()),
        (Ok(_), true) => no_pointer(questions, format!("{name} does not contain a distinguished name.")),
        (Ok(_), false) => State::Leads(names),
    };
    Some(Pointer { locator: Locator::Named(name.to_owned()), state })
}

/// Locator 3. A name whose target was not seen leaves the pointer open.
fn by_unknown_attribute(questions: &Questions, seen: &Seen<'_>) -> Option<Pointer> {
    let mut open: Option<Pointer> = None;
    for (name, names) in seen.references_outside_schema(unknown_references) {
        let (mut leads, mut causes) = (Vec::new(), Causes::default());
        for dn in names {
            match questions.object(&dn) {
                Lookup::There(target) if target.kind().is_recipient() => leads.push(dn),
                // whether it lives is for the check of that to say
                Lookup::Open(_) if questions.find(&dn).is_some_and(|target| target.kind().is_recipient()) => leads.push(dn),
                Lookup::Open(open) => causes = causes.and(&open),
                Lookup::There(_) | Lookup::Deleted(_) | Lookup::Gone(..) => {}
            }
        }
        if !leads.is_empty() {
            return Some(Pointer { locator: Locator::Attribute(name), state: State::Leads(leads) });
        }
        if !causes.is_empty() {
            let message = format!("{name}, an attribute outside the published schema, names an object that was not seen.");
            open.get_or_insert_with(|| Pointer {
                locator: Locator::Attribute(name),
                state: undecided(questions, causes, message),
            });
        }
    }
    // what the settings name is better than what cannot be told
    open.filter(|_| !matches!(by_extension_data(questions, seen), State::Leads(_)))
}

/// Locators 4 and 5.
fn by_extension_data(questions: &Questions, seen: &Seen<'_>) -> State {
    let values = seen.values("Extension-Data");
    if values.seen().next().is_none() {
        // the one place where nobody else need show it: a service that was never configured keeps none
        return match values.whole() {
            Ok(_) => State::Unset(Reason::NotConfigured),
            Err(causes) => undecided(questions, causes.clone(), String::new()),
        };
    }
    if let Err(causes) = values.whole() {
        return undecided(questions, causes.clone(), String::new());
    }
    let candidates = extension_data::candidates(&seen.shown());
    // what each leads to, looked up once: there may be many services with many names
    let kind = |dn: &Dn| {
        let target = questions.find(dn).filter(|target| !matches!(target.lives(), Truth::No(_)))?;
        Some(target.kind().clone())
    };
    let followed: Vec<_> = candidates.iter().take(MAX_CANDIDATES).map(|candidate| (candidate, kind(&candidate.dn))).collect();
    let is_mailbox = |kind: &Option<Kind>| kind.as_ref().is_some_and(Kind::is_mailbox_or_list);
    let mailboxes: Vec<Dn> = followed.iter().filter(|(_, kind)| is_mailbox(kind)).map(|(c, _)| c.dn.clone()).collect();
    if !mailboxes.is_empty() {
        return State::Leads(mailboxes);
    }
    if candidates.is_empty() {
        let message = "Extension-Data exists, but no distinguished name was recognized in it: where the service keeps its \
                       administrator is not published. Declare it with --ims-admin.";
        return no_pointer(questions, message.into());
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
        [] if alone => no_pointer(
            questions,
            "The only name in Extension-Data is not a recipient. Declare the administrator with --ims-admin.".into(),
        ),
        [_] if alone => no_pointer(
            questions,
            "The only name in Extension-Data leads nowhere, and its characters or its end are not certain. Declare the \
             administrator with --ims-admin."
                .into(),
        ),
        _ => {
            let message = format!(
                "Extension-Data holds {}{} names, and none leads to a mailbox or distribution list. Declare the administrator \
                 with --ims-admin.",
                if candidates.len() > MAX_CANDIDATES { "more than " } else { "" },
                followed.len()
            );
            let causes = questions.cause(Cause::cut(message.clone()));
            State::Undecided(Open { reason: Reason::AmbiguousCandidates, message, causes })
        }
    }
}

fn undecided(questions: &Questions, causes: Causes, message: String) -> State {
    let reason = questions.told(&causes).first().map_or(Reason::NotVisible, Cause::reason);
    State::Undecided(Open { reason, message, causes })
}

fn no_pointer(questions: &Questions, message: String) -> State {
    let causes = questions.cause(Cause::cut(message.clone()));
    State::Undecided(Open { reason: Reason::NoPointer, message, causes })
}

/// The attributes outside the published schema whose values are distinguished names; every reference inside it is known
/// to be something else.
fn unknown_references(entry: EntryRef<'_>) -> Vec<(String, Vec<Dn>)> {
    let names = entry.attribute_names().into_iter().filter(|name| !reference::is_known(name));
    names.map(|name| (name.to_owned(), names_in(entry.values(name)))).filter(|(_, names)| !names.is_empty()).collect()
}

/// The values that are distinguished names, in either form, down to an organization; each once, bounded.
fn names_in<'a>(values: impl Iterator<Item = &'a [u8]>) -> Vec<Dn> {
    let mut names: Vec<Dn> = Vec::new();
    for dn in values.take(MAX_CANDIDATES).filter_map(|value| naming::object_named(&text_of(value))) {
        if !names.iter().any(|known| known.number() == dn.number()) {
            names.push(dn);
        }
    }
    names
}
