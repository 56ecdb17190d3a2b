//! What-if: what it foretells is what an audit finds once the same change was made for real, with ldapmodify on a slapd.

mod foretold;
mod page;
mod random;
pub mod real;
mod refused;
mod table;
