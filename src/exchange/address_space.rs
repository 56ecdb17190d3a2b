//! Address spaces, the values of `Routing-List`: type, address and cost, `X400:c=US;a=X400admd;p=X400prmd;o=X400org;;1`
//! (Q199412). How the scope is written, which 5.5 brought, is not published: it is not looked for.

/// An address space of a connector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressSpace {
    /// The type, in upper case: `X400`, `SMTP`, `LOCAL`.
    pub kind: String,
    /// The address, without the semicolons that end it.
    pub address: String,
}

impl AddressSpace {
    /// Reads a value; none if it has no type.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        let kind = kind.trim();
        if kind.is_empty() {
            return None;
        }
        let is_cost = |cost: &str| !cost.is_empty() && cost.bytes().all(|byte| byte.is_ascii_digit());
        let address = match rest.trim().rsplit_once(';') {
            Some((address, cost)) if is_cost(cost) => address,
            _ => rest,
        };
        Some(Self { kind: kind.to_uppercase(), address: address.trim().trim_end_matches(';').trim_end().to_owned() })
    }

    /// Whether both are for the same mail: types and addresses compare without case.
    pub fn is_same(&self, other: &Self) -> bool {
        self.kind == other.kind && self.address.to_lowercase() == other.address.to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_type_and_address() {
        for (text, kind, address) in [
            ("X400:c=US;a=X400admd;p=X400prmd;o=X400org;;1", "X400", "c=US;a=X400admd;p=X400prmd;o=X400org"),
            ("SMTP:*;;1", "SMTP", "*"),
            ("smtp:;;1", "SMTP", ""),
            ("LOCAL:X400:c=XX;a=VOID;;1", "LOCAL", "X400:c=XX;a=VOID"),
            ("LOCAL:X400:c=DE,a= ,p=Org,;;100", "LOCAL", "X400:c=DE,a= ,p=Org,"),
            ("FAX:/O=SAMPLEORG/OU=SAMPLESITE;;1", "FAX", "/O=SAMPLEORG/OU=SAMPLESITE"),
            ("MS:NET/PO", "MS", "NET/PO"),
        ] {
            let space = AddressSpace::parse(text).expect(text);
            assert_eq!((space.kind.as_str(), space.address.as_str()), (kind, address), "{text}");
        }
        assert_eq!(AddressSpace::parse("no type"), None);
        assert_eq!(AddressSpace::parse(":x;;1"), None);
    }

    #[test]
    fn costs_and_case_do_not_matter() {
        let space = |text| AddressSpace::parse(text).expect(text);
        assert!(space("MS:Net/Po;;1").is_same(&space("ms:NET/PO;;7")));
        assert!(!space("MS:NET/PO;;1").is_same(&space("MS:NET/PO2;;1")) && !space("MS:*;;1").is_same(&space("SMTP:*;;1")));
    }
}
