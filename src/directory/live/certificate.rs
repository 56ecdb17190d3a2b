//! What a certificate says of itself (RFC 5280 section 4.1), as far as it is asked here: until when, for whom, and whether
//! somebody else signed it.

use super::ber::{Element, Elements, SEQUENCE};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

const VERSION: u8 = 0xa0;
const EXTENSIONS: u8 = 0xa3;
const OBJECT_IDENTIFIER: u8 = 0x06;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
/// 2.5.4.3
const COMMON_NAME: [u8; 3] = [0x55, 0x04, 0x03];
/// 2.5.29.17
const SUBJECT_ALT_NAME: [u8; 3] = [0x55, 0x1d, 0x11];

/// What a certificate says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Certificate {
    /// From when it holds, seconds since 1970.
    pub(super) not_before: i64,
    /// Until when.
    pub(super) not_after: i64,
    /// The common name of its subject, the last if it has several.
    pub(super) common_name: Option<String>,
    /// Whether it names hosts where today's certificates do; the common name counts no more then (RFC 6125 section 6.4.4).
    pub(super) names_hosts: bool,
    /// Whether its issuer is its subject.
    pub(super) is_self_issued: bool,
}

impl Certificate {
    /// Reads one in DER; none if it is malformed.
    pub(super) fn read(der: &[u8]) -> Option<Self> {
        let whole = of(Elements::all(der).next(), SEQUENCE)?;
        let about = of(whole.inside(der).next(), SEQUENCE)?;
        let mut parts = about.inside(der).filter_map(Result::ok).skip_while(|part| part.tag == VERSION);
        let (_serial, _algorithm, issuer, validity, subject) =
            (parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let mut times = validity.inside(der).filter_map(|time| seconds(&time.ok()?, der));
        Some(Self {
            not_before: times.next()?,
            not_after: times.next()?,
            common_name: common_name(&subject, der),
            names_hosts: parts.find(|part| part.tag == EXTENSIONS).is_some_and(|all| has_alt_name(&all, der)),
            is_self_issued: issuer.of(der) == subject.of(der),
        })
    }
}

fn of(element: Option<Result<Element, super::Violation>>, tag: u8) -> Option<Element> {
    element?.ok().filter(|element| element.tag == tag)
}

/// A time in seconds since 1970: `YYMMDDHHMMSSZ` of 1950 to 2049, or with four digits of the year.
fn seconds(time: &Element, der: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(time.of(der)).ok()?.strip_suffix('Z')?;
    let (year, rest) = text.split_at_checked(match time.tag {
        UTC_TIME => 2,
        GENERALIZED_TIME => 4,
        _ => return None,
    })?;
    let year: i16 = year.parse().ok()?;
    let century = if time.tag == GENERALIZED_TIME { 0 } else { 1900 + 100 * i16::from(year < 50) };
    let pairs: Vec<i8> =
        rest.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok()?.parse().ok()).collect::<Option<_>>()?;
    let [month, day, hour, minute, second] = pairs.as_slice() else { return None };
    let date = DateTime::new(year.checked_add(century)?, *month, *day, *hour, *minute, *second, 0).ok()?;
    Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second())
}

fn common_name(subject: &Element, der: &[u8]) -> Option<String> {
    let rdns = subject.inside(der).filter_map(Result::ok);
    let pairs = rdns.flat_map(|rdn| rdn.inside(der).filter_map(Result::ok).collect::<Vec<_>>());
    let named = pairs.filter_map(|pair| {
        let mut parts = pair.inside(der);
        let kind = of(parts.next(), OBJECT_IDENTIFIER)?;
        let value = parts.next()?.ok()?;
        (kind.of(der) == COMMON_NAME).then(|| String::from_utf8(value.of(der).to_vec()).ok())?
    });
    named.last()
}

fn has_alt_name(extensions: &Element, der: &[u8]) -> bool {
    let Some(list) = of(extensions.inside(der).next(), SEQUENCE) else { return false };
    let mut kinds = list.inside(der).filter_map(Result::ok).filter_map(|one| of(one.inside(der).next(), OBJECT_IDENTIFIER));
    kinds.any(|kind| kind.of(der) == SUBJECT_ALT_NAME)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rcgen::{CertificateParams, DnType, KeyPair, date_time_ymd};

    fn made(names: &[&str], change: impl FnOnce(&mut CertificateParams)) -> Vec<u8> {
        let mut params = CertificateParams::new(names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>()).expect("names");
        change(&mut params);
        params.self_signed(&KeyPair::generate().expect("key")).expect("signed").der().to_vec()
    }

    #[test]
    fn reads_what_it_says_of_itself() {
        let der = made(&[], |params| {
            params.distinguished_name.push(DnType::CommonName, "exchange1");
            // the first is written with two digits of the year, the second with four
            params.not_before = date_time_ymd(1998, 2, 3);
            params.not_after = date_time_ymd(2051, 1, 1);
        });
        let expected = Certificate {
            not_before: 886_464_000,
            not_after: 2_556_144_000,
            common_name: Some("exchange1".into()),
            names_hosts: false,
            is_self_issued: true,
        };
        assert_eq!(Certificate::read(&der), Some(expected));
        let named = Certificate::read(&made(&["exchange1"], |_| {})).expect("a certificate");
        assert!(named.names_hosts);
        assert_eq!(Certificate::read(b""), None);
    }

    proptest! {
        #[test]
        fn survives_damage(at in 0..400_usize, byte: u8, cut in 0..400_usize) {
            let mut der = made(&["exchange1"], |_| {});
            if let Some(target) = der.get_mut(at) {
                *target = byte;
            }
            der.truncate(cut.max(9));
            let _ = Certificate::read(&der);
        }
    }
}
