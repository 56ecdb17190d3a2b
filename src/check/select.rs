//! Which checks to run.

use super::article::kb_number;
use super::catalogue::Catalogue;
use super::definition::Check;
use super::nearest::{did_you_mean, nearest};
use crate::report::Severity;

/// Why no selection could be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SelectError {
    /// There is no such check.
    #[error("there is no check or folder of checks `{id}`{} (see exaudit list)", did_you_mean(suggestion.as_deref()))]
    UnknownCheck {
        /// The id asked for.
        id: String,
        /// The id nearest to it.
        suggestion: Option<String>,
    },
    /// There is no such article.
    #[error("there is no article `{kb}` here{} (see exaudit list --articles)", did_you_mean(suggestion.as_deref()))]
    UnknownArticle {
        /// The article asked for.
        kb: String,
        /// The article nearest to it.
        suggestion: Option<String>,
    },
    /// The article is known, and nothing checks for it.
    #[error("no check covers {kb} \"{title}\"; exaudit explain {kb} says more")]
    Uncovered {
        /// The article asked for.
        kb: String,
        /// Its title.
        title: String,
    },
    /// Everything chosen was taken out again.
    #[error("every check was skipped; skip fewer")]
    Nothing,
    /// None of the checks weighs so much.
    #[error("none of the chosen checks is {}; lower --severity, or choose others", at_least(*least))]
    Lesser {
        /// The least severity asked for.
        least: Severity,
    },
}

fn at_least(severity: Severity) -> String {
    match severity {
        Severity::Critical => severity.word().to_owned(),
        _ => format!("{} or worse", severity.word()),
    }
}

impl Catalogue {
    /// The checks to run, in the catalogue's order: those named and those that cite a named article, or all if neither is
    /// given; less those to skip.
    ///
    /// # Errors
    /// [`SelectError`] for a name that is not known, an article that no check covers, or an empty selection.
    pub fn select(&self, ids: &[String], skip: &[String], kbs: &[String]) -> Result<Vec<&Check>, SelectError> {
        let mut wanted = self.named(ids)?;
        for kb in kbs {
            wanted.extend(self.covering(kb)?);
        }
        let skipped = self.named(skip)?;
        let all = ids.is_empty() && kbs.is_empty();
        let is = |list: &[&Check], check: &Check| list.iter().any(|listed| listed.id == check.id);
        let chosen: Vec<_> = self.checks().iter().filter(|check| (all || is(&wanted, check)) && !is(&skipped, check)).collect();
        if chosen.is_empty() { Err(SelectError::Nothing) } else { Ok(chosen) }
    }

    /// The checks of a choice that have at least this severity; all of them without one.
    ///
    /// # Errors
    /// [`SelectError::Lesser`] if that leaves none.
    pub fn at_least(chosen: Vec<&Check>, least: Option<Severity>) -> Result<Vec<&Check>, SelectError> {
        let Some(least) = least else { return Ok(chosen) };
        let chosen: Vec<_> = chosen.into_iter().filter(|check| check.severity >= least).collect();
        if chosen.is_empty() { Err(SelectError::Lesser { least }) } else { Ok(chosen) }
    }

    /// The checks given and all that they need, directly or not, in the catalogue's order.
    pub fn with_needs(&self, chosen: &[&Check]) -> Vec<&Check> {
        let mut ids: Vec<&str> = chosen.iter().map(|check| check.id.as_str()).collect();
        // What a check needs stands before it, so one walk from the end finds them all.
        for check in self.checks().iter().rev() {
            if ids.contains(&check.id.as_str()) {
                ids.extend(check.needs.iter().map(String::as_str));
            }
        }
        self.checks().iter().filter(|check| ids.contains(&check.id.as_str())).collect()
    }

    /// The checks of these ids and folders.
    fn named(&self, words: &[String]) -> Result<Vec<&Check>, SelectError> {
        let mut named = Vec::new();
        // a comma too many names nothing
        for word in words.iter().filter(|word| words.len() == 1 || !word.trim().is_empty()) {
            match self.check(word) {
                Some(check) => named.push(check),
                None => {
                    let is_in = |check: &&Check| check.folder().is_some_and(|folder| folder.eq_ignore_ascii_case(word.trim()));
                    let before = named.len();
                    named.extend(self.checks().iter().filter(is_in));
                    if named.len() == before {
                        let folders: Vec<&str> = self.checks().iter().filter_map(Check::folder).collect();
                        let known = self.checks().iter().map(|check| check.id.as_str()).chain(folders);
                        let suggestion = nearest(word, known).map(str::to_owned);
                        return Err(SelectError::UnknownCheck { id: word.clone(), suggestion });
                    }
                }
            }
        }
        Ok(named)
    }

    fn covering(&self, kb: &str) -> Result<Vec<&Check>, SelectError> {
        let article = self.article(kb).ok_or_else(|| {
            let number = kb_number(kb).unwrap_or_else(|| kb.to_owned());
            let suggestion = nearest(&number, self.articles().iter().map(|article| article.kb.as_str()));
            SelectError::UnknownArticle { kb: kb.to_owned(), suggestion: suggestion.map(str::to_owned) }
        })?;
        let checks = self.citing(&article.kb);
        if checks.is_empty() {
            return Err(SelectError::Uncovered { kb: article.kb.clone(), title: article.title.clone() });
        }
        Ok(checks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn select(ids: &[&str], skip: &[&str], kbs: &[&str]) -> Result<Vec<String>, String> {
        let own = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let catalogue = Catalogue::embedded().expect("embedded");
        let chosen = catalogue.select(&own(ids), &own(skip), &own(kbs));
        chosen.map(|checks| checks.iter().map(|check| check.id.clone()).collect()).map_err(|error| error.to_string())
    }

    #[test]
    fn selects_in_the_order_of_the_catalogue() {
        let all = Catalogue::embedded().expect("embedded").checks().len();
        assert_eq!(select(&[], &[], &[]).expect("all").len(), all);
        let folder = select(&["ims"], &[], &[]).expect("a folder");
        assert!(folder.len() >= 5 && folder.iter().all(|id| id.starts_with("ims-") || id == "smtp-open-relay"), "{folder:?}");
        assert!(!select(&[], &["ims"], &[]).expect("without").iter().any(|id| folder.contains(id)));
        assert_eq!(select(&["ims-admin-x400", "IMS-Admin-Set", ""], &[], &[]).expect("two"), ["ims-admin-set", "ims-admin-x400"]);
        let citing = ["ims-admin-recipient", "ims-admin-x400", "pre-ims-install", "pre-admin-mailbox-change"];
        assert_eq!(select(&[], &[], &["300535"]).expect("kb"), citing);
        assert_eq!(select(&[], &["ims-admin-x400", "changes"], &["Q300535"]).expect("skip"), ["ims-admin-recipient"]);
        let both = select(&["ims-admin-set"], &[], &["Q149542"]).expect("either");
        assert_eq!(both, ["ims-admin-set", "ims-admin-x400"]);
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for (ids, skip, kbs, message) in [
            (
                &["ims-admin-x40"][..],
                &[][..],
                &[][..],
                "there is no check or folder of checks `ims-admin-x40`; did you mean `ims-admin-x400`? (see exaudit list)",
            ),
            (
                &["conectors"],
                &[],
                &[],
                "there is no check or folder of checks `conectors`; did you mean `connectors`? (see exaudit list)",
            ),
            (&[""], &[], &[], "there is no check or folder of checks `` (see exaudit list)"),
            (&[], &["quagmire"], &[], "there is no check or folder of checks `quagmire` (see exaudit list)"),
            (&[], &[], &["Q300553"], "there is no article `Q300553` here; did you mean `Q300535`? (see exaudit list --articles)"),
            (&[], &[], &["mail"], "there is no article `mail` here (see exaudit list --articles)"),
            (
                &[],
                &[],
                &["Q193926"],
                "no check covers Q193926 \"XFOR: TURFDIR Must Be Manually Created for Message Filtering\"; exaudit explain Q193926 says more",
            ),
            (&["ims-admin-set"], &["ims-admin-set"], &[], "every check was skipped; skip fewer"),
        ] {
            assert_eq!(select(ids, skip, kbs).expect_err(message), message);
        }
    }

    #[test]
    fn a_severity_chooses_those_that_weigh_as_much() {
        let catalogue = Catalogue::embedded().expect("embedded");
        let all = || catalogue.select(&[], &[], &[]).expect("all");
        let of = |least| Catalogue::at_least(all(), least).expect("some");
        assert_eq!([of(None).len(), of(Some(Severity::Info)).len()], [all().len(); 2]);
        assert!(of(Some(Severity::Critical)).iter().all(|check| check.severity == Severity::Critical));
        assert!(of(Some(Severity::Warning)).len() > of(Some(Severity::Critical)).len());
        let lesser = all().into_iter().filter(|check| check.severity == Severity::Info).collect();
        let error = Catalogue::at_least(lesser, Some(Severity::Warning)).expect_err("none");
        assert_eq!(error.to_string(), "none of the chosen checks is warning or worse; lower --severity, or choose others");
    }

    #[test]
    fn finds_what_is_needed_directly_or_not() {
        let catalogue = Catalogue::embedded().expect("embedded");
        let x400 = catalogue.check("ims-admin-x400").expect("check");
        let ids: Vec<_> = catalogue.with_needs(&[x400]).iter().map(|check| check.id.as_str()).collect();
        assert_eq!(ids, ["ims-admin-set", "ims-admin-exists", "ims-admin-recipient", "ims-admin-x400"]);
    }
}
