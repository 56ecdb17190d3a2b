//! Address spaces, the values of `Routing-List`: type, address and cost, `X400:c=US;a=X400admd;p=X400prmd;o=X400org;;1`
//! (Q199412). How the scope is written, which 5.5 brought, is not published: it is not looked for.

/// Which addresses an address space is for. It is compared with the whole address of a recipient, and a domain alone is no part of
/// one that counts (Q229961).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Every address of the type, for want of one: it is blank. Any other address space that matches goes first (Q229961, Q152471).
    Blank,
    /// Every address of the type: `*`.
    All,
    /// Some: those that a wildcard matches, one address, or what is part of one, such as `userz@com`.
    Some,
    /// None: an SMTP one with a domain and no name before it, `example.com` or `@example.com`.
    None,
}

impl Reach {
    /// Which addresses of a type an address space matches.
    pub fn of(kind: &str, address: &str) -> Self {
        match address.trim() {
            "" => Self::Blank,
            "*" => Self::All,
            address if !kind.eq_ignore_ascii_case("SMTP") || address.contains('*') => Self::Some,
            address => match address.split_once('@') {
                None | Some(("", _)) => Self::None,
                Some(_) => Self::Some,
            },
        }
    }
}

/// An address space of a connector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressSpace {
    /// The type, in upper case: `X400`, `SMTP`, `LOCAL`.
    pub kind: String,
    /// The address, without the semicolons that end it.
    pub address: String,
    /// The cost; none if it states none.
    pub cost: Option<u32>,
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
        let (address, cost) = match rest.trim().rsplit_once(';') {
            Some((address, cost)) if is_cost(cost) => (address, cost.parse().ok()),
            _ => (rest, None),
        };
        Some(Self { kind: kind.to_uppercase(), address: address.trim().trim_end_matches(';').trim_end().to_owned(), cost })
    }

    /// What is equal for address spaces of the same mail: type and address, without case. A blank one and `*` are for the same
    /// (Q146299), and so are `a= ;` and `a=;`, which articles print both (Q230497, Q305203; inferred).
    pub fn key(&self) -> (String, String) {
        let address = match Reach::of(&self.kind, &self.address) {
            Reach::Blank => "*".to_owned(),
            Reach::All | Reach::Some | Reach::None if self.address.contains('=') => {
                let terms = self.address.split(';').map(|term| match term.split_once('=') {
                    Some((key, value)) => format!("{}={}", key.trim(), value.trim()),
                    None => term.trim().to_owned(),
                });
                terms.collect::<Vec<_>>().join(";").to_lowercase()
            }
            Reach::All | Reach::Some | Reach::None => self.address.to_lowercase(),
        };
        (self.kind.clone(), address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_type_and_address() {
        for (text, kind, address, cost) in [
            ("X400:c=US;a=X400admd;p=X400prmd;o=X400org;;1", "X400", "c=US;a=X400admd;p=X400prmd;o=X400org", Some(1)),
            ("SMTP:*;;1", "SMTP", "*", Some(1)),
            ("smtp:;;1", "SMTP", "", Some(1)),
            ("LOCAL:X400:c=XX;a=VOID;;1", "LOCAL", "X400:c=XX;a=VOID", Some(1)),
            ("LOCAL:X400:c=DE,a= ,p=Org,;;100", "LOCAL", "X400:c=DE,a= ,p=Org,", Some(100)),
            ("FAX:/O=SAMPLEORG/OU=SAMPLESITE;;1", "FAX", "/O=SAMPLEORG/OU=SAMPLESITE", Some(1)),
            ("MS:NET/PO", "MS", "NET/PO", None),
        ] {
            let space = AddressSpace::parse(text).expect(text);
            assert_eq!((space.kind.as_str(), space.address.as_str(), space.cost), (kind, address, cost), "{text}");
        }
        assert_eq!(AddressSpace::parse("no type"), None);
        assert_eq!(AddressSpace::parse(":x;;1"), None);
    }

    #[test]
    fn costs_and_case_do_not_matter() {
        let space = |text| AddressSpace::parse(text).expect(text);
        assert_eq!(space("MS:Net/Po;;1").key(), space("ms:NET/PO;;7").key());
        assert_eq!(space("SMTP:;;1").key(), space("SMTP:*;;7").key());
        assert_eq!(space("X400:c=US;a= ;p=A;;1").key(), space("X400:C=us; a=;p=A;;2").key());
        assert_ne!(space("X400:c=US;a= ;p=A;;1").key(), space("X400:c=US;a=B;p=A;;1").key());
        assert_ne!(space("MS:NET/PO;;1").key(), space("MS:NET/PO2;;1").key());
        assert_ne!(space("MS:*;;1").key(), space("SMTP:*;;1").key());
    }

    #[test]
    fn a_domain_alone_matches_nobody() {
        for (kind, address, reach) in [
            ("SMTP", "", Reach::Blank),
            ("SMTP", " ", Reach::Blank),
            ("smtp", "*", Reach::All),
            ("SMTP", "*@example.com", Reach::Some),
            ("SMTP", "*.example.com", Reach::Some),
            ("SMTP", "anna@example.com", Reach::Some),
            ("SMTP", "userz@com", Reach::Some),
            ("SMTP", "example.com", Reach::None),
            ("SMTP", "@example.com", Reach::None),
            ("MS", "NET/PO", Reach::Some),
            ("X400", "", Reach::Blank),
        ] {
            assert_eq!(Reach::of(kind, address), reach, "{kind}:{address}");
        }
    }
}
