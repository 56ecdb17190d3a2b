//! How sure something is.

use serde::Serialize;

/// What a verdict rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// On what a Microsoft document says.
    Documented,
    /// On an inference, which the message names.
    Inferred,
}

impl Confidence {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Documented, Self::Inferred];

    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Inferred => "inferred",
        }
    }

    /// What it rests on, in a sentence or two.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Documented => "It rests on what a Microsoft document says; the check names it.",
            Self::Inferred => {
                "It rests on an inference: it follows from documents, or from what was seen beside it, and no document states it. The message says \
                 which. With --strict an inferred failure is not counted."
            }
        }
    }

    /// What rests on both: it is no surer than either.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Documented, Self::Documented) => Self::Documented,
            _ => Self::Inferred,
        }
    }
}
