//! `schedule-at-most`: a schedule has no more runs a week than are good.

use super::{Answer, Judging, Reading, Ruling};
use crate::exchange::questions::{Cause, Object, UntoldReason};
use crate::report::Reason;
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScheduleAtMost {
    /// The attribute that holds the schedule, by LDAP name.
    attribute: String,
    /// How many runs a week are fine.
    most: u32,
}

/// Bytes of a schedule (SDK sch_attr_72at): a week has 672 quarters of an hour, a bit for each, which is inferred.
const LENGTH: usize = 84;
/// How it is used: 0 never, 1 at selected times, 2 always.
const STYLE: &str = "Activation-Style";

impl Reading for ScheduleAtMost {
    fn attributes(&self) -> Vec<&str> {
        vec![STYLE, &self.attribute]
    }

    fn expected(&self) -> String {
        format!("Activation-Style not 2 (always), and at most {} quarters of an hour a week in {}", self.most, self.attribute)
    }
}

impl Judging for ScheduleAtMost {
    fn judge(&self, object: &Object<'_>) -> Answer {
        object.seen().agrees_on(&[STYLE, &self.attribute])?;
        match object.text(STYLE)?.as_deref().map(str::trim) {
            Some("2") => return Ok(Ruling::broken(Reason::NotMet, "it is scheduled Always")),
            Some("1") => {}
            Some(style) => return Ok(Ruling::holds(format!("{STYLE} is {style}"))),
            None => return Ok(Ruling::nothing(format!("has no {STYLE}"))),
        }
        let values = object.seen().values(&self.attribute);
        let Some(bytes) = values.seen().next() else {
            // what is documented is well: it is not always. That it runs no more often than is good is not seen
            return Ok(Ruling::holds("it runs at selected times, which are not shown").inferred());
        };
        let Some(runs) = runs(bytes) else {
            let what = format!("the runs in {}, which is not of the {LENGTH} bytes that are published", self.attribute);
            return Err(object.cause(Cause::Untold { reason: UntoldReason::NotVisible, what }));
        };
        if runs <= self.most {
            return Ok(Ruling::holds(format!("it runs {runs} times a week at selected times")));
        }
        let message = format!("it runs {runs} times a week at selected times; every three hours would be {}", self.most);
        Ok(Ruling::broken(Reason::TooMany, message).inferred())
    }
}

/// How many quarters of an hour are set; none if it is no schedule. An octet string may come as hexadecimal text, two characters a byte.
fn runs(bytes: &[u8]) -> Option<u32> {
    if bytes.len() == LENGTH {
        return Some(bytes.iter().map(|byte| byte.count_ones()).sum());
    }
    let is_text = bytes.len() == 2 * LENGTH;
    is_text.then(|| bytes.iter().map(|byte| char::from(*byte).to_digit(16).map(u32::count_ones)).sum()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bit_is_a_quarter_of_an_hour() {
        assert_eq!(runs(&[0; LENGTH]), Some(0));
        assert_eq!(runs(&[0xFF; LENGTH]), Some(672));
        // a quarter of an hour in each three hours: a bit in twelve
        let default: Vec<u8> = [0x01, 0x00, 0x10].repeat(LENGTH / 3);
        assert_eq!(runs(&default), Some(56));
        assert_eq!(runs("10".repeat(LENGTH).as_bytes()), Some(84));
        assert_eq!(runs("xx".repeat(LENGTH).as_bytes()), None);
        assert_eq!(runs(b"short"), None);
    }
}
