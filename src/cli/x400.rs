//! `exaudit x400`.

use crate::output::{ColorChoice, ListFormat};
use clap::Args;

/// `exaudit x400`.
#[derive(Debug, Args)]
#[command(after_help = super::examples::X400)]
pub struct X400Args {
    /// An address, with or without X400: before it; - reads one per line
    #[arg(required = true, num_args = 1.., value_name = "ADDRESS")]
    pub addresses: Vec<String>,
    /// table or json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ListFormat::Table, hide_possible_values = true)]
    pub format: ListFormat,
    /// When to use colour: auto, always or never
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto, hide_possible_values = true)]
    pub color: ColorChoice,
}
