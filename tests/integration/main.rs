//! What users see and what the verdicts are, from the built program.

mod common;
mod truth;
