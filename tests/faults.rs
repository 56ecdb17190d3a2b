//! The program against every fault the lab knows: it ends in time, stays small, never panics, says what was wrong, and
//! says nothing false about what it read before.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr, unreachable_pub)]

#[path = "faults/expected.rs"]
mod expected;
#[path = "faults/judged.rs"]
mod judged;
#[path = "faults/measured.rs"]
mod measured;
#[allow(dead_code)]
#[path = "integration/common/run.rs"]
mod run;
#[path = "faults/suite.rs"]
mod suite;
#[path = "faults/table.rs"]
mod table;
