//! Exports: what they say agrees with the server, and what they cannot say is unknown.

mod collected;
mod demo;
mod files;
mod ldifde;
mod tables;
