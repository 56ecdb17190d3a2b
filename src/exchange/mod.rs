//! (to come)
pub mod schema;
