//! Shared by all modules: running the program in a scrubbed environment, and the throw-away servers.

pub mod directory;
pub mod export;
pub mod lab;
pub mod ldapsearch;
pub mod refusing;
pub mod run;
pub mod slapd;
