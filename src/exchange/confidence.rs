//! How sure something is.

use serde::Serialize;

/// What a verdict rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// On what a Microsoft document says.
    Documented,
    /// On an inference, which the message names.
    Inferred,
}
