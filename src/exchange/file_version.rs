//! `File-Version`: the version of the file that makes e-mail addresses (class Addr-Type) or that adds pages to the
//! Administrator program (class Admin-Extension), as the directory states it.
//!
//! Eight octets, four little-endian words: revision, build, minor, major; `17005D0A05000500` is 5.5.2653.23 (the raw values
//! and the versions in the table of Q158336). Whether LDAP shows the octets or the hexadecimal digits that raw mode shows is
//! not published: both are read.

use std::fmt;

/// The version of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileVersion {
    /// `5` of 5.5.2653.23.
    pub major: u16,
    /// `5`.
    pub minor: u16,
    /// `2653`.
    pub build: u16,
    /// `23`.
    pub revision: u16,
}

impl FileVersion {
    /// A version by its numbers.
    pub const fn new(major: u16, minor: u16, build: u16, revision: u16) -> Self {
        Self { major, minor, build, revision }
    }

    /// Reads a value of the attribute; none if it has neither form.
    pub fn decode(value: &[u8]) -> Option<Self> {
        let octets: [u8; 8] = match value.trim_ascii() {
            digits if digits.len() == 16 => from_digits(digits)?,
            // text, and no version: a number above 8000 in each place
            text if text.iter().all(u8::is_ascii_graphic) => return None,
            _ => value.try_into().ok()?,
        };
        let [a, b, c, d, e, f, g, h] = octets;
        let word = u16::from_le_bytes;
        Some(Self { revision: word([a, b]), build: word([c, d]), minor: word([e, f]), major: word([g, h]) })
    }
}

impl fmt::Display for FileVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}.{}", self.major, self.minor, self.build, self.revision)
    }
}

impl std::str::FromStr for FileVersion {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let numbers: Vec<u16> = text.split('.').map(|part| part.parse::<u16>().map_err(|_| ())).collect::<Result<_, _>>()?;
        match numbers.as_slice() {
            &[major, minor, build, revision] => Ok(Self { major, minor, build, revision }),
            _ => Err(()),
        }
    }
}

fn from_digits(digits: &[u8]) -> Option<[u8; 8]> {
    let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let mut octets = [0; 8];
    for (octet, pair) in octets.iter_mut().zip(digits.chunks_exact(2)) {
        let &[high, low] = pair else { return None };
        *octet = digit(high)? << 4 | digit(low)?;
    }
    Some(octets)
}

/// What a release ships of one address generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipped {
    /// The release, `5.5`.
    pub release: &'static str,
    /// The service pack, 0 for none.
    pub service_pack: u32,
    /// The version of the file.
    pub version: FileVersion,
}

/// The files of the table, in the order of its columns.
const LIBRARIES: [&str; 3] = ["inproxy.dll", "pcproxy.dll", "x400prox.dll"];

/// Release, service pack, and build and revision of the three files.
type Row = (&'static str, u32, [(u16, u16); 3]);

/// What each release ships (Q158336). For 4.0 the raw values that the article
/// prints are sometimes not those of the versions beside them (SP1, and X400prox.dll of SP5): there the raw values stand,
/// which are what the directory holds, and [`ALSO`] has the others.
const TABLE: [Row; 14] = [
    ("4.0", 0, [(837, 3), (837, 10), (837, 10)]),
    ("4.0", 1, [(837, 3), (837, 10), (837, 10)]),
    ("4.0", 2, [(993, 5), (993, 4), (993, 4)]),
    ("4.0", 3, [(994, 63), (993, 4), (993, 4)]),
    ("4.0", 4, [(995, 52), (993, 4), (993, 4)]),
    ("4.0", 5, [(996, 62), (996, 72), (996, 72)]),
    ("5.0", 0, [(1457, 3); 3]),
    ("5.0", 1, [(1457, 3); 3]),
    ("5.0", 2, [(1460, 8); 3]),
    ("5.5", 0, [(1960, 5); 3]),
    ("5.5", 1, [(1960, 5); 3]),
    ("5.5", 2, [(2448, 8); 3]),
    ("5.5", 3, [(2650, 24); 3]),
    ("5.5", 4, [(2653, 23); 3]),
];

/// Versions that the article prints beside other raw values.
const ALSO: [Row; 2] = [("4.0", 1, [(838, 15); 3]), ("4.0", 5, [(996, 62), (996, 72), (996, 62)])];

/// What each release ships of an address generator, by the name of its file; nothing for a file that is not in the table.
pub fn shipped(library: &str) -> impl Iterator<Item = Shipped> {
    let at = LIBRARIES.iter().position(|known| known.eq_ignore_ascii_case(library.trim()));
    TABLE.iter().chain(&ALSO).filter_map(move |(release, service_pack, builds)| {
        let &(build, revision) = builds.get(at?)?;
        let (major, minor) = release.split_once('.')?;
        let version = FileVersion::new(major.parse().ok()?, minor.parse().ok()?, build, revision);
        Some(Shipped { release, service_pack: *service_pack, version })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every row of the table of Q158336, by hand: release, service pack, file, the version of the raw value, the raw value.
    const ROWS: [(&str, u32, &str, &str, &str); 42] = [
        ("4.0", 0, "Inproxy.dll", "4.0.837.3", "0300450300000400"),
        ("4.0", 0, "Pcproxy.dll", "4.0.837.10", "0A00450300000400"),
        ("4.0", 0, "X400prox.dll", "4.0.837.10", "0A00450300000400"),
        // printed beside 4.0.838.15
        ("4.0", 1, "Inproxy.dll", "4.0.837.3", "0300450300000400"),
        ("4.0", 1, "Pcproxy.dll", "4.0.837.10", "0A00450300000400"),
        ("4.0", 1, "X400prox.dll", "4.0.837.10", "0A00450300000400"),
        ("4.0", 2, "Inproxy.dll", "4.0.993.5", "0500E10300000400"),
        ("4.0", 2, "Pcproxy.dll", "4.0.993.4", "0400E10300000400"),
        ("4.0", 2, "X400prox.dll", "4.0.993.4", "0400E10300000400"),
        ("4.0", 3, "Inproxy.dll", "4.0.994.63", "3F00E20300000400"),
        ("4.0", 3, "Pcproxy.dll", "4.0.993.4", "0400E10300000400"),
        ("4.0", 3, "X400prox.dll", "4.0.993.4", "0400E10300000400"),
        ("4.0", 4, "Inproxy.dll", "4.0.995.52", "3400E30300000400"),
        ("4.0", 4, "Pcproxy.dll", "4.0.993.4", "0400E10300000400"),
        ("4.0", 4, "X400prox.dll", "4.0.993.4", "0400E10300000400"),
        ("4.0", 5, "Inproxy.dll", "4.0.996.62", "3E00E40300000400"),
        ("4.0", 5, "Pcproxy.dll", "4.0.996.72", "4800E40300000400"),
        // printed beside 4.0.996.62
        ("4.0", 5, "X400prox.dll", "4.0.996.72", "4800E40300000400"),
        ("5.0", 0, "Inproxy.dll", "5.0.1457.3", "0300B10500000500"),
        ("5.0", 0, "Pcproxy.dll", "5.0.1457.3", "0300B10500000500"),
        ("5.0", 0, "X400prox.dll", "5.0.1457.3", "0300B10500000500"),
        ("5.0", 1, "Inproxy.dll", "5.0.1457.3", "0300B10500000500"),
        ("5.0", 1, "Pcproxy.dll", "5.0.1457.3", "0300B10500000500"),
        ("5.0", 1, "X400prox.dll", "5.0.1457.3", "0300B10500000500"),
        ("5.0", 2, "Inproxy.dll", "5.0.1460.8", "0800B40500000500"),
        ("5.0", 2, "Pcproxy.dll", "5.0.1460.8", "0800B40500000500"),
        ("5.0", 2, "X400prox.dll", "5.0.1460.8", "0800B40500000500"),
        ("5.5", 0, "Inproxy.dll", "5.5.1960.5", "0500A80705000500"),
        ("5.5", 0, "Pcproxy.dll", "5.5.1960.5", "0500A80705000500"),
        ("5.5", 0, "X400prox.dll", "5.5.1960.5", "0500A80705000500"),
        ("5.5", 1, "Inproxy.dll", "5.5.1960.5", "0500A80705000500"),
        ("5.5", 1, "Pcproxy.dll", "5.5.1960.5", "0500A80705000500"),
        ("5.5", 1, "X400prox.dll", "5.5.1960.5", "0500A80705000500"),
        ("5.5", 2, "Inproxy.dll", "5.5.2448.8", "0800900905000500"),
        ("5.5", 2, "Pcproxy.dll", "5.5.2448.8", "0800900905000500"),
        ("5.5", 2, "X400prox.dll", "5.5.2448.8", "0800900905000500"),
        ("5.5", 3, "Inproxy.dll", "5.5.2650.24", "18005A0A05000500"),
        ("5.5", 3, "Pcproxy.dll", "5.5.2650.24", "18005A0A05000500"),
        ("5.5", 3, "X400prox.dll", "5.5.2650.24", "18005A0A05000500"),
        ("5.5", 4, "Inproxy.dll", "5.5.2653.23", "17005D0A05000500"),
        ("5.5", 4, "Pcproxy.dll", "5.5.2653.23", "17005D0A05000500"),
        ("5.5", 4, "X400prox.dll", "5.5.2653.23", "17005D0A05000500"),
    ];

    fn octets(hex: &str) -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex")).collect()
    }

    #[test]
    fn every_row_of_the_article_is_read_in_both_forms_and_is_shipped() {
        for (release, service_pack, file, text, raw) in ROWS {
            let version: FileVersion = text.parse().expect(text);
            assert_eq!(version.to_string(), text);
            assert_eq!(FileVersion::decode(&octets(raw)), Some(version), "{raw}");
            assert_eq!(FileVersion::decode(raw.as_bytes()), Some(version), "{raw}");
            assert_eq!(FileVersion::decode(raw.to_lowercase().as_bytes()), Some(version), "{raw}");
            let expected = Shipped { release, service_pack, version };
            assert!(shipped(file).any(|shipped| shipped == expected), "{release} SP{service_pack} {file}");
        }
        let printed = FileVersion::new(4, 0, 838, 15);
        assert!(shipped("PCPROXY.DLL").any(|shipped| shipped.version == printed && shipped.service_pack == 1));
        assert_eq!(LIBRARIES.iter().map(|library| shipped(library).count()).sum::<usize>(), 48, "nothing more is shipped");
        assert_eq!(shipped("imcadmin.dll").count(), 0, "it is not in the table");
    }

    #[test]
    fn versions_are_in_order_and_what_is_none_is_none() {
        let version = |text: &str| text.parse::<FileVersion>().expect(text);
        assert!(version("5.0.1460.8") < version("5.5.1960.5") && version("5.5.2424.0") < version("5.5.2448.8"));
        for value in [
            "",
            "5.5",
            "5.5.2653",
            "17005D0A",
            "17005D0A0500050",
            "17005D0A0500050G",
            "17005D0A0500050017",
            "\u{17}\0]\n\u{5}\0\u{5}",
        ] {
            assert_eq!(FileVersion::decode(value.as_bytes()), None, "{value:?}");
        }
        for text in ["", "5.5", "5.5.2653.23.1", "5.5.x.1", "5.5.99999.1"] {
            assert_eq!(text.parse::<FileVersion>(), Err(()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_octets_are_taken_and_eight_that_are_no_text_are_read(value in proptest::collection::vec(any::<u8>(), 0..40)) {
            let read = FileVersion::decode(&value);
            prop_assert!(value.len() != 8 || read.is_some() || value.trim_ascii().iter().all(u8::is_ascii_graphic));
        }
    }
}
