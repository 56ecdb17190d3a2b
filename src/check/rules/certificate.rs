//! `certificate-subject`: the name of a mailbox fits into the certificate that a Key Management server has made for it.

use super::{Answer, Judging, Reading, Ruling, site};
use crate::exchange::questions::Object;
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CertificateSubject {
    /// As many characters as the parts of a name may have together.
    most: usize,
}

/// The Site Encryption Configurations that name a Key Management server.
const SERVERS: &str = "key-management";

impl Reading for CertificateSubject {
    fn attributes(&self) -> Vec<&str> {
        vec!["objectClass"]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        site::beside(SERVERS, &["KM-Server"]).into_iter().collect()
    }

    fn expected(&self) -> String {
        format!("at most {} characters in all parts of the name together", self.most)
    }
}

impl Judging for CertificateSubject {
    fn judge(&self, object: &Object<'_>) -> Answer {
        // as it is written a name is longer than its parts, and nearly all are short
        if object.seen().dn_text().len() <= self.most {
            return Ok(Ruling::holds(""));
        }
        let length: usize = object.dn().rdns().iter().map(|rdn| rdn.text().chars().count()).sum();
        if length <= self.most {
            return Ok(Ruling::holds(""));
        }
        let all = object.of_site(SERVERS);
        if all.count() == 0 {
            object.is_whole(&all)?;
            if let Some(selection) = Selection::named(SERVERS) {
                site::was_asked_for(object, selection)?;
            }
            return Ok(Ruling::nothing("its site names no Key Management server"));
        }
        let message = format!("the parts of its name total {length} characters; the limit is {}", self.most);
        Ok(Ruling::broken(Reason::TooMany, message))
    }
}
