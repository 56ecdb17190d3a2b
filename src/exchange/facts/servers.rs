//! The servers: what each runs, and which roles it holds.

use super::roles::{ROLES, server};
use super::row::Rows;
use super::{Named, seen};
use crate::directory::dn::Dn;
use crate::exchange::questions::{Questions, Seen};
use crate::exchange::selection::Selection;
use crate::exchange::version::Version;
use std::collections::HashMap;

/// A few rows a server; of a change to one server, those of its site.
pub(super) fn rows(questions: &Questions, named: Named<'_>, rows: &mut Rows) {
    let own = named.site().map(|site| site.number());
    let (held, stores) = (Held::of(questions), Stores::of(questions));
    for one in seen(questions, "server") {
        let site = one.site_dn().map(|dn| dn.number());
        if own.is_some() && own != site {
            continue;
        }
        let name = one.dn().leaf().into_owned();
        let about = format!("{} / {name}", one.site().unwrap_or("site unknown"));
        rows.attribute(&about, "release", &one, "serialNumber", release);
        rows.add(&about, "information stores", stores.of_server(&one), None);
        rows.add(&about, "roles", held.by(&one), None);
    }
    if let Some(selection) = Selection::named("server") {
        rows.may_be_more(questions, "Servers", questions.all(selection, None).unread());
    }
}

/// A release in a few words, with the build.
fn release(text: String) -> String {
    match Version::parse(&text) {
        Some(version) => match version.build {
            Some(build) => format!("{} (build {build})", version.name),
            None => version.name,
        },
        None => text,
    }
}

/// The kinds of stores, by the server that each is of.
struct Stores(HashMap<u128, Vec<&'static str>>);

impl Stores {
    fn of(questions: &Questions) -> Self {
        let mut all: HashMap<u128, Vec<&'static str>> = HashMap::new();
        for (word, name) in [("private-store", "private"), ("public-store", "public")] {
            for server in seen(questions, word).iter().filter_map(Seen::server) {
                all.entry(server.number()).or_default().push(name);
            }
        }
        Self(all)
    }

    fn of_server(&self, server: &Seen<'_>) -> Vec<String> {
        self.0.get(&server.dn().number()).into_iter().flatten().map(|name| (*name).to_owned()).collect()
    }
}

/// The roles that objects of a site give to a server of that name.
struct Held(HashMap<(Option<u128>, String), Vec<&'static str>>);

impl Held {
    fn of(questions: &Questions) -> Self {
        let mut all: HashMap<(Option<u128>, String), Vec<&'static str>> = HashMap::new();
        for role in &ROLES {
            for holder in seen(questions, role.holder) {
                let site = holder.site_dn().map(Dn::number);
                for server in holder.values(role.attribute).texts().filter_map(|text| server(&text)) {
                    let roles = all.entry((site, server.to_lowercase())).or_default();
                    if !roles.contains(&role.name) {
                        roles.push(role.name);
                    }
                }
            }
        }
        Self(all)
    }

    fn by(&self, server: &Seen<'_>) -> Vec<String> {
        let key = (server.site_dn().map(Dn::number), server.dn().leaf().to_lowercase());
        self.0.get(&key).into_iter().flatten().map(|name| (*name).to_owned()).collect()
    }
}
