//! Objects that were seen, but not well enough to say whether they are of a selection: one that came without its class, one that does
//! not show the attribute that makes it one.

use super::Questions;
use super::cause::{Cause, Causes};
use super::named::Named;
use super::seen::Seen;
use super::sight::{Group, SiteId};
use crate::exchange::naming;
use crate::exchange::selection::Selection;

impl Questions {
    /// Why objects of a site, or of all, may be of a selection that do not show it.
    pub(super) fn doubts(&self, selection: &'static Selection, site: Option<SiteId>) -> Causes {
        match selection.held() {
            Some(attribute) => self.may_hold(attribute, site),
            None if selection.classes().is_empty() => Causes::default(),
            None => self.may_be_of_class(selection, site),
        }
    }

    /// The groups of what lives in a site, or anywhere.
    fn living_in(&self, site: Option<SiteId>) -> impl Iterator<Item = &Group> {
        let everywhere = site.is_none().then(|| self.sight.living()).into_iter().flatten();
        let here = site.map(|site| self.sight.living_of_site(Some(site))).into_iter().flatten();
        everywhere.chain(here)
    }

    /// Objects without a class, where those of the selection stand.
    fn may_be_of_class(&self, selection: &'static Selection, site: Option<SiteId>) -> Causes {
        let shows_none = |example| self.get(example).is_some_and(|seen| seen.entry.values("objectClass").next().is_none());
        let unclassed: Vec<bool> = self.sight.kinds.iter().map(|kind| shows_none(kind.example)).collect();
        let groups = self.living_in(site).filter(|group| unclassed.get(group.kind.index()).is_some_and(|none| *none));
        let all = groups.flat_map(|group| &group.members).filter_map(|id| self.get(*id));
        let mut here = all.filter(|seen| is_place_of(selection, seen));
        here.next().map(|seen| seen.values("objectClass")).and_then(|values| values.whole().err().cloned()).unwrap_or_default()
    }

    /// That configuration objects may hold an attribute, where nothing shows that anybody asked for it: of none of them by its name,
    /// and the server for none that holds it.
    fn may_hold(&self, attribute: &str, site: Option<SiteId>) -> Causes {
        let Some(name) = self.directory.name(attribute) else { return Causes::default() };
        let mut searches = self.directory.sources().iter().flat_map(|source| &source.searches);
        if searches.any(|answered| answered.search.filter.attributes().contains(&attribute)) {
            return Causes::default();
        }
        let others = self.living_in(site).filter(|group| !self.sight.is_of_recipients(group));
        let all = others.flat_map(|group| &group.members).filter_map(|id| self.get(*id));
        let mut here = all.filter(|seen| naming::is_configuration(&seen.dn())).peekable();
        let is_unasked = |seen: Seen<'_>| {
            let mut records = seen.entry.records().iter();
            !seen.entry.shown().has(name)
                && records.all(|record| self.was_asked(record, name) != Some(true) && !self.sight.run_shows(record.run, name))
        };
        match here.peek().is_some() && here.all(is_unasked) {
            true => self.cause(Cause::NotAsked { attribute: attribute.to_owned() }),
            false => Causes::default(),
        }
    }
}

/// Whether an object stands where those of a selection do.
fn is_place_of(selection: &Selection, seen: &Seen<'_>) -> bool {
    let dn = seen.dn();
    if !selection.is_by_class() {
        return selection.takes_name(&Named(seen.entry));
    }
    if !selection.is_configuration() {
        return naming::site_of(&dn).is_some() && !naming::is_configuration(&dn) && dn.depth() > naming::SITE_DEPTH + 1;
    }
    let below = dn.ancestor(naming::SITE_DEPTH + 2).leaf().to_lowercase();
    naming::is_configuration(&dn) && selection.container().is_none_or(|container| container == below)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::dn::Dn;
    use crate::exchange::declaration::Hints;
    use crate::exchange::fake::directory;

    const SITE: &str = "dn: ou=S,o=Org\nobjectClass: organizationalUnit\n\n";
    const SERVER: &str = "dn: cn=SRV,cn=Servers,cn=Configuration,ou=S,o=Org\nobjectClass: Computer\n\n";
    const AGENT: &str = "dn: cn=Microsoft MTA,cn=SRV,cn=Servers,cn=Configuration,ou=S,o=Org\nrdn: Microsoft MTA\n\n";
    const RECIPIENT: &str = "dn: cn=a,cn=Recipients,ou=S,o=Org\nuid: a\n\n";

    const END: &str = "search: 2\nresult: 0 Success\n";

    /// The attributes that were not asked for, of the causes why not all objects of the selections are seen.
    fn unasked(text: &str, selections: &[&str]) -> Vec<String> {
        let directory = directory(&[("export.ldif", text)]);
        let questions = Questions::of(directory, Dn::default(), Hints::default(), ["KM-Server".to_owned()]);
        let all = selections.iter().map(|word| questions.all(Selection::named(word).expect(word), None));
        let told = all.map(|all| {
            let causes = questions.told(all.unread());
            causes.iter().map(|cause| cause.attribute().unwrap_or("?").to_owned()).collect::<Vec<_>>().join(" ")
        });
        told.collect()
    }

    #[test]
    fn an_object_without_its_class_may_be_of_any_that_stands_there() {
        let selections = ["server", "mta", "connector", "extension", "directory-configuration", "mailbox", "site"];
        let seen = |more: &str| unasked(&[SITE, SERVER, more].concat(), &selections);
        // of sites and containers that are not seen there are other causes, and they are the same with and without it
        let (plain, with_agent, with_recipient) = (seen(""), seen(AGENT), seen(RECIPIENT));
        let more = |with: &[String]| -> Vec<&str> {
            let pairs = selections.iter().zip(plain.iter().zip(with));
            pairs.filter(|(_, (before, after))| before != after).map(|(word, _)| *word).collect()
        };
        assert_eq!(more(&with_agent), ["mta", "directory-configuration"]);
        assert_eq!(more(&with_recipient), ["mailbox"]);
        assert!(with_agent.get(1).is_some_and(|told| told.contains("objectClass")), "{with_agent:?}");
    }

    #[test]
    fn what_nobody_asked_for_makes_no_object_one_that_does_not_hold_it() {
        let with = |head: &str, more: &str| unasked(&[head, SITE, SERVER, more, END].concat(), &["key-management"]);
        let header = |asked: &str| format!("# extended LDIF\n#\n# requesting: {asked}\n#\n\n");
        let holder = "dn: cn=Encryption,cn=Configuration,ou=S,o=Org\nobjectClass: Encryption-Cfg\nKM-Server: cn=SRV\n\n";
        assert_eq!(with(&header("objectClass cn"), ""), ["KM-Server"]);
        assert_eq!(with(&header("objectClass KM-Server"), ""), [""]);
        assert_eq!(with(&header("objectClass KM-Server"), holder), [""]);
        assert_eq!(unasked(&[SITE, SERVER].concat(), &["key-management"]), ["KM-Server"], "nobody says that it was asked for");
    }
}
