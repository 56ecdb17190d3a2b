//! `schedule-not-denser`: a schedule runs no more often than is good.

use super::{Answer, Judging, Reading, Ruling};
use crate::exchange::questions::{Cause, Object, UntoldReason};
use crate::report::Reason;
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NotDenser {
    /// The attribute that holds the schedule, by LDAP name.
    attribute: String,
    /// Quarters of an hour from one run to the next that are fine.
    apart: usize,
}

/// Bytes of a schedule (SDK sch_attr_72at): a week has 672 quarters of an hour, a bit for each, which is inferred.
const LENGTH: usize = 84;
const QUARTERS: usize = LENGTH * 8;
/// How it is used: 0 never, 1 at selected times, 2 always.
const STYLE: &str = "Activation-Style";

impl Reading for NotDenser {
    fn attributes(&self) -> Vec<&str> {
        vec![STYLE, &self.attribute]
    }

    fn expected(&self) -> String {
        format!("Activation-Style not 2 (always), and {} quarters of an hour between the runs in {}", self.apart, self.attribute)
    }
}

impl Judging for NotDenser {
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
        let Some(octets) = octets(bytes) else {
            let what = format!("the runs in {}, which is not of the {LENGTH} bytes that are published", self.attribute);
            return Err(object.cause(Cause::Untold { reason: UntoldReason::NotVisible, what }));
        };
        let runs: u32 = octets.iter().map(|octet| octet.count_ones()).sum();
        match closest(&octets) {
            Some(closest) if closest < self.apart => {
                let message = format!("it has {runs} runs a week at selected times, some of them {} apart", time(closest));
                Ok(Ruling::broken(Reason::TooMany, message).inferred())
            }
            _ => Ok(Ruling::holds(format!("it has {runs} runs a week at selected times"))),
        }
    }
}

/// The octets of a schedule; none if it is none. An octet string may come as hexadecimal text, two characters a byte.
fn octets(bytes: &[u8]) -> Option<Vec<u8>> {
    match bytes.len() {
        LENGTH => Some(bytes.to_vec()),
        length if length == 2 * LENGTH => {
            let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            bytes.chunks(2).map(|pair| pair.iter().try_fold(0_u8, |all, byte| Some(all << 4 | digit(byte)?))).collect()
        }
        _ => None,
    }
}

/// How many quarters of an hour the two runs that follow each other most closely are apart; none if there is at most one a week. In
/// which order the bits of an octet stand is not published: of both orders the one counts in which they are further apart.
fn closest(octets: &[u8]) -> Option<usize> {
    let in_order = |is_set: &dyn Fn(u8, usize) -> bool| {
        let runs = octets
            .iter()
            .zip(0..)
            .flat_map(|(octet, at)| (0..8).filter(move |bit| is_set(*octet, *bit)).map(move |bit| at * 8 + bit));
        let runs: Vec<usize> = runs.collect();
        let around = runs.iter().skip(1).copied().chain(runs.first().map(|first| first + QUARTERS));
        runs.iter().zip(around).map(|(run, next)| next - run).min().filter(|_| runs.len() > 1)
    };
    in_order(&|octet, bit| octet & (1 << bit) != 0).max(in_order(&|octet, bit| octet & (0x80 >> bit) != 0))
}

/// Quarters of an hour in words.
fn time(quarters: usize) -> String {
    match (quarters / 4, quarters % 4 * 15) {
        (0, minutes) => format!("{minutes} minutes"),
        (1, 0) => "1 hour".into(),
        (hours, 0) => format!("{hours} hours"),
        (hours, minutes) => format!("{hours}:{minutes:02} hours"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bit_is_a_quarter_of_an_hour() {
        let runs = |bytes: &[u8]| octets(bytes).map(|octets| octets.iter().map(|octet| octet.count_ones()).sum::<u32>());
        assert_eq!(runs(&[0; LENGTH]), Some(0));
        assert_eq!(runs(&[0xFF; LENGTH]), Some(672));
        assert_eq!(runs("10".repeat(LENGTH).as_bytes()), Some(84));
        assert_eq!(octets("1F".repeat(LENGTH).as_bytes()), Some(vec![0x1F; LENGTH]));
        assert_eq!(runs("xx".repeat(LENGTH).as_bytes()), None);
        assert_eq!(runs(b"short"), None);
    }

    #[test]
    fn what_counts_is_how_close_two_runs_are_whatever_the_order_of_bits() {
        let schedule = |octets: &[(usize, u8)]| {
            let mut all = [0; LENGTH];
            octets.iter().for_each(|(at, octet)| *all.get_mut(*at).expect("within a week") = *octet);
            all
        };
        // a quarter of an hour in each three hours, from either end of an octet
        for default in [[0x01, 0x00, 0x10], [0x80, 0x00, 0x08]] {
            assert_eq!(closest(&default.repeat(LENGTH / 3)), Some(12), "{default:?}");
        }
        for (octets, apart) in [
            (schedule(&[(9, 0x0F)]), Some(1)),              // a cell of one hour
            (schedule(&[(9, 0x11), (10, 0x11)]), Some(4)),  // every hour
            (schedule(&[(9, 0x01), (10, 0x01)]), Some(8)),  // every two hours
            (schedule(&[(9, 0x01), (10, 0x80)]), Some(15)), // 1 or 15 quarters, by the order of bits
            (schedule(&[(0, 0x01), (83, 0x01)]), Some(8)),  // around the end of the week
            (schedule(&[(9, 0x01)]), None),
            (schedule(&[]), None),
        ] {
            assert_eq!(closest(&octets), apart, "{octets:?}");
        }
        assert_eq!([1, 4, 8, 9].map(time), ["15 minutes", "1 hour", "2 hours", "2:15 hours"]);
    }
}
