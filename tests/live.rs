//! The live source against servers that answer well, oddly, or with malice. Each server is a script on a loopback socket.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "live/answers.rs"]
mod answers;
#[path = "live/client.rs"]
mod client;
#[path = "live/hostile.rs"]
mod hostile;
#[path = "live/pace.rs"]
mod pace;
#[path = "live/pages.rs"]
mod pages;
#[path = "integration/common/refusing.rs"]
mod refusing;
#[path = "live/server.rs"]
mod server;
#[path = "live/tls.rs"]
mod tls;
