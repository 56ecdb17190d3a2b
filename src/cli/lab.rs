//! `exaudit lab`.

use crate::lab::fault::Fault;
use crate::lab::{Demo, ServicePack, WAYS, Way};
use clap::Args;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

/// `exaudit lab`.
#[derive(Debug, Args)]
#[command(after_help = super::examples::MORE, after_long_help = ways())]
pub struct LabArgs {
    /// Address, or only a port, of this machine; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:3890", value_parser = loopback)]
    pub listen: SocketAddr,
    /// Serve this LDIF file instead of a demo
    #[arg(long, value_name = "FILE")]
    pub data: Option<PathBuf>,
    /// Serve this demo: example, healthy or everything
    #[arg(long, value_name = "NAME", value_enum, default_value_t, hide_possible_values = true, conflicts_with = "data")]
    pub demo: Demo,
    /// Behave as this release: 5.0, rtm, sp1, sp2, sp3 or sp4
    ///
    /// Its version is written into the servers. Without it: as sp4, with the versions of the data.
    #[arg(long, value_enum, value_name = "RELEASE", hide_possible_values = true)]
    pub service_pack: Option<ServicePack>,
    /// Behave as some servers do (repeatable); --help lists the ways
    #[arg(long = "way", value_name = "NAME")]
    pub ways: Vec<Way>,
    /// Misbehave on purpose; --help lists the faults
    #[arg(long, value_name = "NAME[@PHASE]", long_help = Fault::help())]
    pub fault: Option<Fault>,
}

/// A port on this machine: `3890`, `localhost:3890`, `127.0.0.1:3890` or `[::1]:3890`.
fn loopback(text: &str) -> Result<SocketAddr, String> {
    let text = text.trim();
    let (host, port) = text.rsplit_once(':').unwrap_or(("", text));
    let ip = match host {
        "" | "localhost" => Some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        host => host.trim_start_matches('[').trim_end_matches(']').parse().ok(),
    };
    match (ip, port.parse()) {
        (Some(ip), Ok(port)) if ip.is_loopback() => Ok(SocketAddr::new(ip, port)),
        (Some(ip), Ok(_)) => Err(format!("the lab serves this machine only, and {ip} is not; give 127.0.0.1:PORT")),
        _ => Err("not a PORT from 0 to 65535, or 127.0.0.1:PORT".into()),
    }
}

const EXAMPLES: &str = "Examples:
  exaudit lab
  exaudit lab --listen 3895 --demo=healthy --service-pack sp1
  exaudit lab --data org.ldif --way blind-admin";

/// The examples and the list of ways for the help.
fn ways() -> String {
    let width = WAYS.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let lines: Vec<String> = WAYS.iter().map(|(name, what)| format!("  {name:width$}  {what}")).collect();
    format!("{EXAMPLES}\n\nWays:\n{}", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listens_on_this_machine_only() {
        for (text, expected) in [
            ("3895", "127.0.0.1:3895"),
            ("localhost:3895", "127.0.0.1:3895"),
            (":3895", "127.0.0.1:3895"),
            ("127.0.0.2:0", "127.0.0.2:0"),
            ("[::1]:3895", "[::1]:3895"),
        ] {
            assert_eq!(loopback(text).map(|address| address.to_string()).as_deref(), Ok(expected), "{text}");
        }
        for text in ["", "x", "70000", "localhost", "exchange1:389", "0.0.0.0:3890", "192.0.2.1:389", "127.0.0.1", "[::1]"] {
            assert!(loopback(text).is_err(), "{text}");
        }
    }
}
