//! `exaudit lab`.

use crate::lab::fault::Fault;
use crate::lab::{Demo, ServicePack, WAYS, Way};
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;

/// `exaudit lab`.
#[derive(Debug, Args)]
#[command(after_help = ways())]
pub struct LabArgs {
    /// The loopback address to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:3890")]
    pub listen: SocketAddr,
    /// Serve this LDIF file instead of the demo organization.
    #[arg(long, value_name = "FILE")]
    pub data: Option<PathBuf>,
    /// Serve this organization: example, healthy, everything.
    #[arg(long, value_name = "NAME", value_enum, default_value_t, hide_possible_values = true, conflicts_with = "data")]
    pub demo: Demo,
    /// Behave as this release, and write its version into the servers; without, as sp4 with the versions of the data.
    #[arg(long, value_enum, value_name = "RELEASE")]
    pub service_pack: Option<ServicePack>,
    /// A way that some servers have; may be given several times. The list is below.
    #[arg(long = "way", value_name = "NAME")]
    pub ways: Vec<Way>,
    /// Misbehave on purpose; --help lists the faults.
    #[arg(long, value_name = "NAME[@PHASE]", long_help = Fault::help())]
    pub fault: Option<Fault>,
}

/// The list of ways for the help.
fn ways() -> String {
    let width = WAYS.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let lines: Vec<String> = WAYS.iter().map(|(name, what)| format!("  {name:width$}  {what}")).collect();
    format!("Ways:\n{}", lines.join("\n"))
}
