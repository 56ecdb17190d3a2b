//! The truth table: small directories, each with the verdicts and reasons that the articles and the witness rules demand,
//! written by hand. Each runs on the lab server, on a real slapd and from LDIF, where it can occur there.

pub mod case;
mod documented;
mod hunted;
mod hunted_exports;
mod locators;
mod nothing;
mod unseen;
mod ways;
