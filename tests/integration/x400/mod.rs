//! X.400 addresses: what the articles print, and what the command says.

mod articles;
mod command;
