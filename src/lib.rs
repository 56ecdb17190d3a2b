//! Configuration auditor for Microsoft Exchange 5.0 and 5.5.
//!
//! Data walks one corridor, in one direction: a [`directory`] source yields entries, [`exchange`] says what they mean,
//! [`check`] judges them, [`report`] holds the findings, [`output`] writes them. The words that findings are made of stand in
//! [`report`], and [`check`] speaks in them; why something is known or not, and how surely, is [`exchange`]'s to say. [`lab`]
//! is an Exchange-like LDAP server for trying and testing; [`stop`] is what a signal does to all of it.

pub mod check;
pub mod cli;
pub mod clock;
pub mod command;
pub mod directory;
pub mod exchange;
pub mod exit;
pub mod lab;
pub mod news;
pub mod output;
pub mod remedy;
pub mod report;
pub mod settings;
pub mod stop;
