//! Exports: what they say agrees with the server, and what they cannot say is unknown.

mod collected;
pub mod demo;
mod encodings;
mod files;
mod foreign;
mod healthy;
mod ldifde;
mod tables;
