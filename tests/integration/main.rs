//! What users see and what the verdicts are, from the built program.

mod bad_input;
mod common;
mod truth;
