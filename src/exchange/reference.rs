//! Attributes that hold references known to be something else than an IMS administrator.

use super::schema;

/// Names that LDAP servers keep for themselves or that standards define (RFC 4512, 4519), and two that reference B3
/// considered and rejected. A server other than Exchange may show them in an export.
const OTHERS: [&str; 14] = [
    "creatorsName",
    "modifiersName",
    "entryDN",
    "subschemaSubentry",
    "structuralObjectClass",
    "aliasedObjectName",
    "uniqueMember",
    "roleOccupant",
    "secretary",
    "pwdPolicySubentry",
    "namingContexts",
    "ref",
    "Monitoring-Recipients",
    "Role-Occupant",
];

/// Whether a reference in this attribute is known to be something else: it is of the published schema, of the LDAP
/// standards, or a back-link (the schema names those `-BL`; that all such names are back-links is inferred).
pub fn is_known(attribute: &str) -> bool {
    let back_link = attribute.len() > 3 && attribute.to_ascii_lowercase().ends_with("-bl");
    back_link || schema::is_published(attribute) || OTHERS.iter().any(|other| other.eq_ignore_ascii_case(attribute))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_is_something_else() {
        for name in ["Home-MTA", "memberof", "cn", "Can-Create-PF-DL", "Some-New-BL", "modifiersname", "Monitoring-Recipients"] {
            assert!(is_known(name), "{name}");
        }
        for name in ["Admin-Mailbox", "IMS-Administrator", "-BL"] {
            assert!(!is_known(name), "{name}");
        }
    }
}
