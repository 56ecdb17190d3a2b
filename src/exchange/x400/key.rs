//! The keys of the terms, in the order in which Exchange writes them.

/// What a term says. The order is the canonical one: up to the given name it is documented (`c;a;p;o;ou1..;s;g`, Q257578,
/// Q263520), behind it inferred: the rest of a person's name stays with it, then comes what Exchange's own address template
/// (X400SCR.C of the Exchange SDK) writes behind `q=`, then the domain-defined attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// `c`: the country.
    Country,
    /// `a`: the administration management domain (ADMD).
    Admd,
    /// `p`: the private management domain (PRMD).
    Prmd,
    /// `o`: the organization.
    Organization,
    /// `ou1`: the first organizational unit.
    Unit1,
    /// `ou2`
    Unit2,
    /// `ou3`
    Unit3,
    /// `ou4`
    Unit4,
    /// `s`: the surname.
    Surname,
    /// `g`: the given name.
    Given,
    /// `i`: initials.
    Initials,
    /// `q`: the generation qualifier.
    Generation,
    /// `cn`: the common name.
    CommonName,
    /// `x.121`: a network address.
    X121,
    /// `n-id`: a numeric user identifier.
    NumericId,
    /// `t-ty`: the type of a terminal.
    TerminalType,
    /// `t-id`: the identifier of a terminal.
    TerminalId,
    /// `dda:TYPE`: a domain-defined attribute.
    DomainDefined,
}

impl Key {
    /// All of them, in canonical order.
    pub const ALL: [Self; 18] = [
        Self::Country,
        Self::Admd,
        Self::Prmd,
        Self::Organization,
        Self::Unit1,
        Self::Unit2,
        Self::Unit3,
        Self::Unit4,
        Self::Surname,
        Self::Given,
        Self::Initials,
        Self::Generation,
        Self::CommonName,
        Self::X121,
        Self::NumericId,
        Self::TerminalType,
        Self::TerminalId,
        Self::DomainDefined,
    ];

    /// As Exchange writes it (X400SCR.C); `dda` stands for `dda:TYPE`.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Country => "c",
            Self::Admd => "a",
            Self::Prmd => "p",
            Self::Organization => "o",
            Self::Unit1 => "ou1",
            Self::Unit2 => "ou2",
            Self::Unit3 => "ou3",
            Self::Unit4 => "ou4",
            Self::Surname => "s",
            Self::Given => "g",
            Self::Initials => "i",
            Self::Generation => "q",
            Self::CommonName => "cn",
            Self::X121 => "x.121",
            Self::NumericId => "n-id",
            Self::TerminalType => "t-ty",
            Self::TerminalId => "t-id",
            Self::DomainDefined => "dda",
        }
    }

    /// The key of a text in any case, and whether that is how Exchange spells it. The other spellings are those of Microsoft
    /// Mail (Q118563), which Exchange reads too: a migrated `ADMD= ;PRMD=..` is a valid address (Q145585).
    pub(super) fn read(text: &str) -> Option<(Self, bool)> {
        // most keys are one letter, and a million addresses have many
        if let [letter] = text.as_bytes() {
            let key = match letter.to_ascii_lowercase() {
                b'c' => Self::Country,
                b'a' => Self::Admd,
                b'p' => Self::Prmd,
                b'o' => Self::Organization,
                b's' => Self::Surname,
                b'g' => Self::Given,
                b'i' => Self::Initials,
                b'q' => Self::Generation,
                _ => return None,
            };
            return Some((key, true));
        }
        let is = |known: &str| text.eq_ignore_ascii_case(known);
        if let Some(key) = Self::ALL.into_iter().find(|key| *key != Self::DomainDefined && is(key.text())) {
            return Some((key, true));
        }
        let others =
            [("admd", Self::Admd), ("prmd", Self::Prmd), ("ou", Self::Unit1), ("x121", Self::X121), ("ua-id", Self::NumericId)];
        others.into_iter().find(|(known, _)| is(known)).map(|(_, key)| (key, false))
    }

    /// Its place in the documented order; none for a key whose place no document gives.
    pub(super) fn rank(self) -> Option<u32> {
        (self <= Self::Given).then_some(self as u32)
    }

    /// Whether a term of this key is enough beside country and ADMD: those that Q158363 lists, and those that carry the forms
    /// which it says Exchange does not support.
    pub(super) fn identifies(self) -> bool {
        !matches!(self, Self::Country | Self::Admd | Self::Generation | Self::TerminalType | Self::DomainDefined)
    }

    /// Whether it belongs to the numeric or terminal form, or gives a mnemonic address an X.121 number; Exchange supports the
    /// mnemonic form alone (Q158363), and has lost the X.121 term of an address (Q156722).
    pub(super) fn is_of_other_form(self) -> bool {
        matches!(self, Self::X121 | Self::NumericId | Self::TerminalType | Self::TerminalId)
    }
}

/// What follows `dda`, if that is what a key is: nothing, `:TYPE`, `.type` or `.value`.
pub(super) fn strip_dda(name: &str) -> Option<&str> {
    let (dda, rest) = name.split_at_checked(3)?;
    let known =
        rest.is_empty() || rest.starts_with(':') || rest.eq_ignore_ascii_case(".type") || rest.eq_ignore_ascii_case(".value");
    (dda.eq_ignore_ascii_case("dda") && known).then_some(rest)
}
