//! What can be wrong with an address: a closed list that scripts may rely on. docs/x400.md shows it.
//!
//! An address is broken where it has no form at all, a document tells of harm, or X.411 cannot carry it: that is why a blank
//! entry (Q145585), letters in a number, a fifth domain-defined attribute and the form with slashes are. What can be carried
//! and is merely not what Exchange writes is unusual: a country of three letters, a name without a surname (Q158363 is content
//! with it), Microsoft Mail's spelling, which Exchange takes (Q145585).

use serde::{Serialize, Serializer};
use std::fmt;

/// How bad it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// As Exchange writes it.
    #[default]
    Ok,
    /// It can be read, but is not as Exchange writes it, or is of a form that a mailbox of Exchange cannot have.
    Unusual,
    /// It cannot be read, or harm of it is documented.
    Broken,
}

impl Class {
    /// `ok`, `unusual` or `broken`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Unusual => "unusual",
            Self::Broken => "broken",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident, $word:literal, $class:ident, $about:literal, $source:literal;)*) => {
        /// One thing that can be wrong. A word is never given another meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $about] #[doc = "\n\nSource: "] #[doc = $source] $(#[$doc])* $name,)*
        }

        impl Code {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The word of it.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The class that an address with it has at least.
            pub const fn class(self) -> Class {
                match self { $(Self::$name => Class::$class,)* }
            }

            /// What it means, in a sentence.
            pub const fn about(self) -> &'static str {
                match self { $(Self::$name => $about,)* }
            }

            /// The document that says so.
            pub const fn source(self) -> &'static str {
                match self { $(Self::$name => $source,)* }
            }
        }
    };
}

codes! {
    Empty, "empty", Broken, "There is no text.", "F.401 Annex F";
    SlashForm, "slash-form", Broken, "The text begins with `/`: it is written with slashes, or it is an X.500 name. Exchange keeps X.400 addresses with `;`.", "Q257578, F.401 Annex F";
    NoEquals, "no-equals", Broken, "A term has no `=`.", "F.401 Annex F";
    UnknownKey, "unknown-key", Broken, "Unknown key. `l=` belongs to the identifier of a message, which is not an address.", "X.402, F.401 Annex F, Q118563";
    Twice, "twice", Broken, "A key that can have one value appears twice.", "X.411 (ORAddress)";
    DdaWithoutType, "dda-without-type", Broken, "A domain-defined attribute has no type: it is written `dda:TYPE=value`.", "X.411 (DomainDefinedAttribute)";
    TooManyDda, "too-many-dda", Broken, "There are more than 4 domain-defined attributes.", "X.411 ub-domain-defined-attributes";
    EmptyValue, "empty-value", Broken, "A term other than `a` and `p` has no value: the MTA rejects blank entries.", "Q145585";
    TooLong, "too-long", Broken, "A value, the type of a domain-defined attribute, or the whole address is longer than it may be.", "X.411 Annex B (ub-...), RFC 5280 A.1, Q118563";
    NotPrintable, "not-printable", Broken, "A character is outside PrintableString.", "X.680, Q108732, Q155695, Q155379";
    NotNumeric, "not-numeric", Broken, "An X.121 address or a numeric identifier holds something other than digits and blanks.", "X.411 (NumericString), X.680";
    NoCountry, "no-country", Broken, "There is no country (`c`).", "Q158363, Q263520";
    CountryLength, "country-length", Broken, "The country must have 2 or 3 characters.", "Q145986";
    NoAdmd, "no-admd", Broken, "There is no ADMD (`a`); if there is none to name, write one blank, `a= ;`.", "Q158363, Q263520";
    NoIdentifyingTerm, "no-identifying-term", Broken, "Beside country and ADMD there is none of the terms that identify somebody: `p`, `o`, `ou1` to `ou4`, `s`, `g`, `i`, `cn`.", "Q158363";
    CountryForm, "country-form", Unusual, "The country is neither 2 letters nor 3 digits.", "X.411 ub-country-name-alpha-length, ub-country-name-numeric-length; Q118563";
    EmptyAdmd, "empty-admd", Unusual, "The ADMD is empty (`a=;`); Exchange writes one blank (`a= ;`).", "Q263520, Q145585";
    EmptyPrmd, "empty-prmd", Unusual, "The PRMD is empty: it can be left out.", "Q263520";
    NoSurname, "no-surname", Unusual, "The name has other parts but no surname (`s`).", "X.411 (PersonalName), Q263520; Q158363 is content with one of the parts";
    UpperCaseKey, "upper-case-key", Unusual, "A key is in upper case. Before 5.5 SP4 the Internet Mail Service reads `c`, `a` and `p` of its administrator in lower case only.", "Q253619";
    OtherSpelling, "other-spelling", Unusual, "A key is spelled as Microsoft Mail does: `ADMD`, `PRMD`, `OU`, `X121`, `UA-ID`, or `DDA.TYPE` with `DDA.VALUE`.", "Q118563, Q145585, Q151790";
    BlanksAroundSeparator, "blanks-around-separator", Unusual, "There is a blank next to a `;`, a `=`, or the `:` of a domain-defined attribute.", "Q253619 shows one; F.401 Annex F allows them behind `;`";
    SurplusBlanks, "surplus-blanks", Unusual, "Several blanks follow one another in a value; they count as one.", "Q108732, X.402 clause 18";
    Order, "order", Unusual, "The terms are not in the order in which Exchange writes and looks them up: `c`, `a`, `p`, `o`, `ou1` to `ou4`, `s`, `g`.", "Q257578, Q176148";
    UnsupportedForm, "unsupported-form", Unusual, "An X.121 address, a numeric identifier or a terminal: forms that Exchange does not support as a mailbox's own address.", "Q158363, Q156722, X.402 clause 18";
    NoFinalSemicolon, "no-final-semicolon", Unusual, "There is no `;` at the end.", "Q263520";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// One finding, in bytes and borrowed text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fault<'a> {
    pub code: Code,
    /// Where, in bytes.
    pub at: usize,
    /// The key as written, where there is one.
    pub key: &'a str,
    /// The part of the text that is meant.
    pub text: &'a str,
    /// The bound that is exceeded, and its name.
    pub bound: Option<(usize, &'static str)>,
}

impl Fault<'_> {
    /// A finding at a place.
    pub(super) const fn at(code: Code, at: usize) -> Self {
        Self { code, at, key: "", text: "", bound: None }
    }
}
