//! `exaudit lab`.

use crate::lab::fault::Fault;
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;

/// `exaudit lab`.
#[derive(Debug, Args)]
pub struct LabArgs {
    /// The loopback address to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:3890")]
    pub listen: SocketAddr,
    /// Serve this LDIF file instead of the demo organization.
    #[arg(long, value_name = "FILE")]
    pub data: Option<PathBuf>,
    /// Misbehave on purpose; --help lists the faults.
    #[arg(long, value_name = "NAME[@PHASE]", long_help = Fault::help())]
    pub fault: Option<Fault>,
}
