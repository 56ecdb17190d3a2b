//! The makers of fixes, one file a kind, and which check each serves.

mod address_case;
mod clear;
mod duplicate;
mod missing_x400;
mod restriction;
mod site_address;
mod site_role;

use super::context::Maker;

/// The makers, by the check whose failures they mend.
const MAKERS: [(&str, Maker); 18] = [
    ("ims-admin-x400", missing_x400::of_administrator),
    ("ims-admin-x400-uppercase", address_case::of_administrator),
    ("gateway-proxy-ms", site_address::missing_ms),
    ("smtp-template-dots", site_address::dots),
    ("routing-calc-server", site_role::routing),
    ("oab-server", site_role::address_book),
    ("private-store-public-server", site_role::public_store),
    ("site-folder-server", site_role::folders),
    ("recipient-no-x400", missing_x400::of_recipient),
    ("dl-no-x400", missing_x400::of_recipient),
    ("recipient-x400-malformed", address_case::of_recipient),
    ("alt-recipient-exists", clear::alternate),
    ("dl-owner", clear::owner),
    ("restriction-accept-lists", restriction::accept_lists),
    ("restriction-accept-senders", restriction::accept_senders),
    ("restriction-reject-lists", restriction::reject_lists),
    ("restriction-reject-senders", restriction::reject_senders),
    ("duplicate-proxy", duplicate::secondary),
];

/// Checks whose fix looks like data and is not, and why.
const NOT_DATA: [(&str, &str); 4] = [
    ("gateway-proxy-x400", "no article gives the value: its form is inferred, so take it from a site that has it"),
    ("gateway-proxy-smtp", "the directory does not say which domain the site has, or whether it is to have none"),
    ("ims-admin-x400-malformed", "the directory does not say what the address was meant to be"),
    ("smtp-address-dots", "no article says what the address is to be; correct the template first (smtp-template-dots)"),
];

/// Why a check has no maker that nothing else is said of.
pub(super) const CHOICE: &str = "its fix is a choice, or is outside the directory";

/// The maker for a check.
///
/// # Errors
/// Why there is none.
pub(super) fn of(check: &str) -> Result<Maker, &'static str> {
    let why = NOT_DATA.iter().find(|(id, _)| *id == check).map_or(CHOICE, |(_, why)| why);
    MAKERS.iter().find(|(id, _)| *id == check).map(|(_, maker)| *maker).ok_or(why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Catalogue;

    #[test]
    fn every_check_that_is_named_is_in_the_catalogue() {
        let catalogue = Catalogue::embedded().expect("the catalogue");
        for id in MAKERS.iter().map(|(id, _)| id).chain(NOT_DATA.iter().map(|(id, _)| id)) {
            assert!(catalogue.check(id).is_some(), "{id}");
        }
    }
}
