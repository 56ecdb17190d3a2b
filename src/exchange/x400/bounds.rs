//! How long a value may be: the upper bounds of ITU-T X.411, Annex B (MTSUpperBounds), which RFC 5280, Appendix A.1, repeats.
//!
//! For a country, ADMD, PRMD, the other terms of a name and domain-defined attributes Q118563 gives the same numbers. Exchange
//! itself cuts what it generates to them (Q155840). Whether it refuses a longer one is not documented.

use super::key::Key;

/// What a proxy address holds at most: `Proxy-Addresses` has 1 to 1123 characters (Exchange SDK, schema).
pub(super) const ADDRESS: usize = 1123;
/// ub-domain-defined-attribute-type-length
pub(super) const DDA_TYPE: usize = 8;
/// ub-domain-defined-attributes
pub(super) const DDA_COUNT: usize = 4;

/// The bound of a term's value and its name in X.411; none for what is no text there (the type of a terminal), and for the
/// country, which has a rule of its own.
pub(super) const fn of(key: Key) -> Option<(usize, &'static str)> {
    match key {
        Key::Country | Key::TerminalType => None,
        Key::Admd | Key::Prmd => Some((16, "ub-domain-name-length")),
        Key::Organization => Some((64, "ub-organization-name-length")),
        Key::Unit1 | Key::Unit2 | Key::Unit3 | Key::Unit4 => Some((32, "ub-organizational-unit-name-length")),
        Key::Surname => Some((40, "ub-surname-length")),
        Key::Given => Some((16, "ub-given-name-length")),
        Key::Initials => Some((5, "ub-initials-length")),
        Key::Generation => Some((3, "ub-generation-qualifier-length")),
        Key::CommonName => Some((64, "ub-common-name-length")),
        Key::X121 => Some((16, "ub-x121-address-length")),
        Key::NumericId => Some((32, "ub-numeric-user-id-length")),
        Key::TerminalId => Some((24, "ub-terminal-id-length")),
        Key::DomainDefined => Some((128, "ub-domain-defined-attribute-value-length")),
    }
}
