//! `exaudit x400`.

use crate::output::{ColorChoice, FormatName};
use clap::Args;

/// `exaudit x400`.
#[derive(Debug, Args)]
pub struct X400Args {
    /// An address, as in 'c=US;a= ;p=Org;o=Site;s=Surname;', with or without `X400:` before it; `-` reads one a line.
    #[arg(required = true, num_args = 1.., value_name = "ADDRESS")]
    pub addresses: Vec<String>,
    /// The form of what it says.
    #[arg(long, value_enum, default_value_t = FormatName::Table)]
    pub format: FormatName,
    /// Colour on a terminal.
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto)]
    pub color: ColorChoice,
}
