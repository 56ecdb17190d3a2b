//! `exaudit lab`: the Exchange-like server in the foreground.

use super::failure::Failure;
use crate::cli::LabArgs;
use crate::directory::input::describe;
use crate::exit::Exit;
use crate::lab::{self, Ways};
use crate::output::message;
use std::io::BufReader;
use std::sync::Arc;

pub(super) fn run(args: &LabArgs) -> Result<Exit, Failure> {
    let data = match &args.data {
        Some(path) => {
            let file = std::fs::File::open(path).map_err(|error| Failure::opening(path, &error))?;
            lab::load(BufReader::new(file)).map_err(|e| Failure::incomplete(format!("{}: {e}", path.display())))?
        }
        None => args.demo.load().map_err(Failure::incomplete)?,
    };
    let data = data.under(Ways::of(args.service_pack, args.ways.iter().cloned()));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::incomplete)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(args.listen).await.map_err(|e| {
            Failure::incomplete(format!("cannot listen on {}: {}; name a free port with --listen", args.listen, describe(&e)))
        })?;
        let address = listener.local_addr().map_err(Failure::incomplete)?;
        message::notice(&format!(
            "the lab listens on ldap://{address}; bind as '{}' or '{}', password {}; end it with Ctrl-C",
            lab::ACCOUNT_DN,
            lab::ADMIN_DN,
            lab::PASSWORD
        ));
        lab::serve(listener, Arc::new(data), args.fault, Arc::default()).await;
        Ok(Exit::Clean)
    })
}
