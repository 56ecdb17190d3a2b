//! What users see and what the verdicts are, from the built program.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]
#![allow(unreachable_pub)]

mod bad_input;
mod catalogue;
mod changes;
mod cli;
mod common;
mod demos;
#[cfg(unix)]
mod docs_run;
mod doctor;
mod explain;
mod exports;
mod fix;
mod fixed;
mod formats;
mod mistakes;
mod month;
mod news;
mod own_checks;
#[cfg(unix)]
mod packages;
mod reading;
mod scale;
mod screen;
mod secrets;
mod sweeps;
mod symptoms;
#[cfg(target_os = "linux")]
mod system;
mod targets;
mod truth;
mod uses;
mod what_if;
mod x400;
