//! `has-site-type`: a recipient has an address of a type that its site makes for everybody.

use super::{Answer, Judging, Reading, Ruling, site};
use crate::exchange::address::ATTRIBUTES;
use crate::exchange::questions::Object;
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HasSiteType {
    /// The type, `SMTP`.
    r#type: String,
}

/// The attributes that hold the site addresses, and the address types that are disabled.
const ADDRESSES: &str = "Gateway-Proxy";
const DISABLED: &str = "Disabled-Gateway-Proxy";

impl Reading for HasSiteType {
    fn attributes(&self) -> Vec<&str> {
        ATTRIBUTES.to_vec()
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        site::beside("site-addressing", &[ADDRESSES, DISABLED]).into_iter().collect()
    }

    fn expected(&self) -> String {
        format!("an address of type {}, as its site makes them", self.r#type)
    }
}

impl Judging for HasSiteType {
    fn judge(&self, object: &Object<'_>) -> Answer {
        if object.has_address(&self.r#type)? {
            return Ok(Ruling::holds(""));
        }
        // one without any address is another check's
        if object.addresses().is_empty() {
            return Ok(Ruling::nothing("has no address at all"));
        }
        let Some(of) = object.seen().site_dn() else { return Ok(Ruling::nothing("belongs to no site")) };
        let addressing = site::addressing(object, of)?;
        let is_type = |text: &str| text.split(':').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(&self.r#type));
        if addressing.seen_texts(DISABLED).any(|text| is_type(&text)) {
            return Ok(Ruling::nothing(format!("its site makes no {} addresses", self.r#type)));
        }
        let is_made = addressing.seen_texts(ADDRESSES).find(|text| is_type(text));
        let Some(made) = is_made else {
            addressing.values(ADDRESSES)?;
            object.rests_on(&addressing.ground());
            return Ok(Ruling::nothing(format!("its site makes no {} addresses", self.r#type)));
        };
        addressing.values(DISABLED)?;
        object.rests_on(&addressing.ground());
        Ok(Ruling::broken(Reason::NotSet, format!("has no {} address, though its site makes them ({made})", self.r#type)))
    }
}
