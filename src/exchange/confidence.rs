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
    /// What rests on both: it is no surer than either.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Documented, Self::Documented) => Self::Documented,
            _ => Self::Inferred,
        }
    }
}
