//! `exaudit completions`.

use clap::Args;
use clap_complete::Shell;

/// `exaudit completions`.
#[derive(Debug, Args)]
#[command(after_help = super::examples::COMPLETIONS)]
pub struct CompletionsArgs {
    /// The shell: bash, elvish, fish, powershell or zsh
    #[arg(value_enum, value_name = "SHELL", hide_possible_values = true)]
    pub shell: Shell,
}
