//! The containers of a site's configuration: where one is seen, what stands in it is visible.

use super::Questions;
use super::sight::SiteId;
use crate::directory::whole::{EntryId, SourceId};
use crate::exchange::naming;
use crate::exchange::selection::Selection;
use std::collections::{HashMap, HashSet};

/// The names of what stands right below the Configuration container of each site, in lower case, and the sources that show it.
pub(super) type Containers = HashMap<SiteId, HashMap<String, HashSet<SourceId>>>;

impl Questions {
    /// Whether a source shows the container of a selection in a site, or one of its objects: then all of them are visible.
    pub(super) fn sees_container(&self, selection: &'static Selection, id: SiteId, source: SourceId) -> bool {
        let shows_one = |word: &str| self.members_of(word, Some(id)).iter().any(|member| self.is_from(*member, source));
        if shows_one(selection.word()) {
            return true;
        }
        // what another source shows of them, this one does not: who made it did not see them
        if !self.members_of(selection.word(), Some(id)).is_empty() {
            return false;
        }
        if selection.is_of_recipients() {
            return ["recipient", "recipients-container"].into_iter().any(shows_one);
        }
        let is_from = |sources: &HashSet<SourceId>| sources.contains(&source);
        self.containers().get(&id).is_some_and(|names| match selection.container() {
            Some(container) => names.get(container).is_some_and(is_from),
            None => names.values().any(is_from),
        })
    }

    /// Whether a source shows an entry.
    fn is_from(&self, id: EntryId, source: SourceId) -> bool {
        let records = self.directory.get(id).map(|entry| entry.records()).unwrap_or_default();
        records.iter().any(|record| self.directory.run(record.run).is_some_and(|run| run.source == source))
    }

    /// The audited sites of which neither the Connections container nor anything in it was seen.
    pub(super) fn sites_without_connections(&self) -> Vec<String> {
        let unseen = self.sight.all_sites().filter(|(id, site)| {
            naming::is_site(&site.dn)
                && self.is_audited(&site.dn)
                && !self.containers().get(id).is_some_and(|names| names.contains_key("connections"))
        });
        unseen.map(|(_, site)| site.name.clone()).collect()
    }

    /// Whether any object of a site's configuration was seen.
    pub(super) fn sees_configuration(&self) -> bool {
        !self.containers().is_empty()
    }

    fn containers(&self) -> &Containers {
        self.below_configuration.get_or_init(|| self.find_containers())
    }

    fn find_containers(&self) -> Containers {
        let mut containers = Containers::new();
        for group in self.sight.living().filter(|group| !self.sight.is_of_recipients(group)) {
            for seen in group.members.iter().filter_map(|id| self.get(*id)) {
                let dn = seen.dn();
                let (true, Some(site)) = (naming::is_configuration(&dn), seen.site_id()) else { continue };
                let names = containers.entry(site).or_default();
                let runs = seen.entry.records().iter().filter_map(|record| self.directory.run(record.run));
                let below = dn.ancestor(4);
                // the Configuration container itself has no such name
                let name = if below.depth() == 4 { below.leaf().to_lowercase() } else { String::new() };
                names.entry(name).or_default().extend(runs.map(|run| run.source));
            }
        }
        containers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::fake::questions_of;

    const SITE: &str = "dn: ou=S,o=Org\nobjectClass: organizationalUnit\n\n";
    const CONTAINER: &str = "dn: cn=Add-Ins,cn=Configuration,ou=S,o=Org\nobjectClass: Container\n\n";
    const END: &str = "search: 2\nresult: 0 Success\n";

    fn answer(filter: &str, objects: &str) -> String {
        format!("# extended LDIF\n#\n# base <> with scope subtree\n# filter: {filter}\n#\n\n{SITE}{objects}{END}")
    }

    #[test]
    fn one_source_says_nothing_of_what_another_one_would_have_shown() {
        let unread = |one: &str, other: &str| {
            let questions = questions_of(&[("one.ldif", one), ("other.ldif", other)]);
            let extensions = questions.all(Selection::named("extension").expect("known"), None);
            let told = questions.told(extensions.unread());
            told.iter().map(|cause| cause.reason().to_string()).collect::<Vec<_>>().join(" ")
        };
        // one was searched for all, the other shows where they stand
        let (everything, containers) = (answer("(objectClass=*)", ""), answer("(objectClass=Container)", CONTAINER));
        assert_eq!(unread(&everything, &containers), "config-unreadable");
        assert_eq!(unread(&everything, &answer("(objectClass=*)", CONTAINER)), "");
    }

    #[test]
    fn a_source_that_does_not_show_what_another_does_is_no_witness_of_the_container() {
        const ADDRESSING: &str = "dn: cn=Addressing,cn=Configuration,ou=S,o=Org\nobjectClass: Container\n\n";
        const GENERATOR: &str = "dn: cn=SMTP:i386,cn=E,cn=Addressing,cn=Configuration,ou=S,o=Org\nobjectClass: Addr-Type\n\n";
        let unread = |files: &[(&str, &str)]| {
            let questions = questions_of(files);
            questions.all(Selection::named("address-generator").expect("known"), None).unread().is_empty()
        };
        let (blind, seeing) =
            (answer("(objectClass=*)", ADDRESSING), answer("(objectClass=*)", &[ADDRESSING, GENERATOR].concat()));
        let part = answer("(cn=SMTP*)", GENERATOR);
        assert!(unread(&[("one.ldif", &blind)]), "it shows the container above, and none of them");
        assert!(!unread(&[("one.ldif", &blind), ("other.ldif", &part)]), "there is one that it does not show");
        assert!(unread(&[("one.ldif", &seeing), ("other.ldif", &part)]));
    }

    #[test]
    fn an_address_is_visible_in_the_source_that_shows_one() {
        let mailbox = |name: &str, more: &str| {
            format!("dn: cn={name},cn=Recipients,ou=S,o=Org\nobjectClass: organizationalPerson\n{more}\n")
        };
        let header = "# extended LDIF\n#\n# requesting: * otherMailbox textEncodedORAddress Is-Deleted\n#\n\n";
        let shown = [header, &mailbox("a", "textEncodedORAddress: c=US;a= ;p=Org;s=a;\n"), END].concat();
        let kept_back = [header, &mailbox("a", ""), &mailbox("b", ""), END].concat();
        let has_address = |first: &str| {
            let questions = questions_of(&[("one.ldif", first), ("other.ldif", &kept_back)]);
            let all = questions.all(Selection::named("mailbox").expect("known"), None);
            all.seen().find(|seen| seen.dn().leaf() == "b").map(|seen| seen.has_address("X400"))
        };
        assert!(
            matches!(has_address(&shown), Some(crate::exchange::questions::Truth::Open(_))),
            "a is shown by one, b by the other"
        );
    }
}
