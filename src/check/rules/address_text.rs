//! `address-without`: no address of a type holds a text that it must not hold.

use super::{Answer, Judging, Reading, Ruling};
use crate::directory::text::text_of;
use crate::exchange::address::{ATTRIBUTES, is_type};
use crate::exchange::questions::Object;
use crate::report::Reason;
use memchr::memmem;
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Raw")]
pub(super) struct AddressWithout {
    kind: String,
    text: Vec<u8>,
    ending: Option<Vec<u8>>,
    beginning: Option<Vec<u8>>,
    also: Option<Vec<u8>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    /// The type of the addresses, `SMTP`.
    r#type: String,
    /// What none of them may hold.
    text: String,
    /// What none of them may end with; a failure by that alone is inferred.
    ending: Option<String>,
    /// What none of them may begin with; inferred likewise.
    beginning: Option<String>,
    /// What none of them may hold either; inferred likewise.
    also: Option<String>,
}

impl TryFrom<Raw> for AddressWithout {
    type Error = &'static str;

    fn try_from(raw: Raw) -> Result<Self, Self::Error> {
        let others = [&raw.ending, &raw.beginning, &raw.also];
        if raw.r#type.is_empty() || raw.text.is_empty() || others.into_iter().flatten().any(String::is_empty) {
            return Err("`type`, `text`, `ending`, `beginning` and `also` must not be empty");
        }
        if !is_type(raw.r#type.as_bytes()) {
            return Err("`type` has a character that no address type has");
        }
        let [ending, beginning, also] = [raw.ending, raw.beginning, raw.also].map(|text| text.map(String::into_bytes));
        Ok(Self { kind: raw.r#type, text: raw.text.into_bytes(), ending, beginning, also })
    }
}

impl Reading for AddressWithout {
    fn attributes(&self) -> Vec<&str> {
        ATTRIBUTES.to_vec()
    }

    fn expected(&self) -> String {
        format!("{} addresses without {:?}", self.kind, String::from_utf8_lossy(&self.text))
    }
}

impl Judging for AddressWithout {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let of_type = object.addresses().iter().filter(|written| written.kind.eq_ignore_ascii_case(self.kind.as_bytes()));
        let mut faults = of_type.filter_map(|written| Some((written.address, self.fault(written.address)?)));
        let Some((bad, is_inferred)) = faults.next() else {
            object.whole_addresses(&self.kind)?;
            return Ok(Ruling::holds(""));
        };
        object.seen().agrees_on(&ATTRIBUTES)?;
        let ruling = Ruling::broken(Reason::Malformed, format!("its {} address is {:?}", self.kind, text_of(bad)));
        // what an address begins or ends with is no article's condition
        Ok(if is_inferred { ruling.inferred() } else { ruling })
    }
}

impl AddressWithout {
    /// Whether the text stands in an address.
    fn is_in(&self, address: &[u8]) -> bool {
        let [first, second, others @ ..] = self.text.as_slice() else {
            return self.text.first().is_none_or(|byte| address.contains(byte));
        };
        // to look at all pairs is faster than to stop at the first: so many are looked at together
        let pairs = address.iter().zip(address.get(1..).unwrap_or_default());
        let is_pair = pairs.fold(false, |found, (one, other)| found | (one == first) & (other == second));
        is_pair && (others.is_empty() || memmem::find(address, &self.text).is_some())
    }

    /// Whether an address is at fault, and if so, whether only for what is inferred.
    fn fault(&self, address: &[u8]) -> Option<bool> {
        if self.is_in(address) {
            return Some(false);
        }
        let is = |text: &Option<Vec<u8>>, holds: fn(&[u8], &[u8]) -> bool| text.as_ref().is_some_and(|text| holds(address, text));
        let holds = |address: &[u8], text: &[u8]| memmem::find(address, text).is_some();
        (is(&self.ending, |address, text| address.ends_with(text))
            || is(&self.beginning, |address, text| address.starts_with(text))
            || is(&self.also, holds))
        .then_some(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_a_text_wherever_it_stands(address in "[.a@]{0,12}", text in "[.a@]{1,4}") {
            let rule = AddressWithout { kind: "SMTP".into(), text: text.clone().into_bytes(), ending: None, beginning: None, also: None };
            prop_assert_eq!(rule.is_in(address.as_bytes()), address.contains(&text));
        }
    }
}
