//! Which checks to run.

use super::article::kb_number;
use super::catalogue::Catalogue;
use super::definition::Check;
use super::nearest::{did_you_mean, nearest};

/// Why no selection could be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SelectError {
    /// There is no such check.
    #[error("there is no check `{id}`{}", did_you_mean(suggestion.as_deref()))]
    UnknownCheck {
        /// The id asked for.
        id: String,
        /// The id nearest to it.
        suggestion: Option<String>,
    },
    /// There is no such article.
    #[error("no article `{kb}` is known here{}", did_you_mean(suggestion.as_deref()))]
    UnknownArticle {
        /// The article asked for.
        kb: String,
        /// The article nearest to it.
        suggestion: Option<String>,
    },
    /// The article is known, and nothing checks for it.
    #[error("no check covers {kb} \"{title}\"")]
    Uncovered {
        /// The article asked for.
        kb: String,
        /// Its title.
        title: String,
    },
    /// Everything chosen was taken out again.
    #[error("no check is left to run; skip fewer")]
    Nothing,
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
        for word in words {
            match self.check(word) {
                Some(check) => named.push(check),
                None => {
                    let is_in = |check: &&Check| check.folder().is_some_and(|folder| folder.eq_ignore_ascii_case(word.trim()));
                    let before = named.len();
                    named.extend(self.checks().iter().filter(is_in));
                    if named.len() == before {
                        let suggestion = self.suggest(word).map(str::to_owned);
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
        assert_eq!(select(&["ims-admin-x400", "IMS-Admin-Set"], &[], &[]).expect("two"), ["ims-admin-set", "ims-admin-x400"]);
        let citing = ["ims-admin-recipient", "ims-admin-x400", "pre-ims-install", "pre-admin-mailbox-change"];
        assert_eq!(select(&[], &[], &["300535"]).expect("kb"), citing);
        assert_eq!(select(&[], &["ims-admin-x400", "changes"], &["Q300535"]).expect("skip"), ["ims-admin-recipient"]);
        let both = select(&["ims-admin-set"], &[], &["Q149542"]).expect("either");
        assert_eq!(both, ["ims-admin-set", "ims-admin-x400"]);
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for (ids, skip, kbs, message) in [
            (&["ims-admin-x40"][..], &[][..], &[][..], "there is no check `ims-admin-x40`; did you mean `ims-admin-x400`?"),
            (&[], &["quagmire"], &[], "there is no check `quagmire`"),
            (&[], &[], &["Q300553"], "no article `Q300553` is known here; did you mean `Q300535`?"),
            (&[], &[], &["mail"], "no article `mail` is known here"),
            (&[], &[], &["Q193926"], "no check covers Q193926 \"XFOR: TURFDIR Must Be Manually Created for Message Filtering\""),
            (&["ims-admin-set"], &["ims-admin-set"], &[], "no check is left to run; skip fewer"),
        ] {
            assert_eq!(select(ids, skip, kbs).expect_err(message), message);
        }
    }

    #[test]
    fn finds_what_is_needed_directly_or_not() {
        let catalogue = Catalogue::embedded().expect("embedded");
        let x400 = catalogue.check("ims-admin-x400").expect("check");
        let ids: Vec<_> = catalogue.with_needs(&[x400]).iter().map(|check| check.id.as_str()).collect();
        assert_eq!(ids, ["ims-admin-set", "ims-admin-exists", "ims-admin-recipient", "ims-admin-x400"]);
    }
}
