//! What a package is made of: completions, manual pages, units, and the list of files. Each is read by the tool that it is for.

mod completions;
mod crates;
mod man;
mod scripts;
mod units;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A tool, if it is installed. A test that needs one says so loudly and leaves that part out, unless EXAUDIT_REQUIRE_TOOLS is set.
pub fn tool(name: &str, package: &str) -> Option<PathBuf> {
    let places = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/bin"];
    let found = places.iter().map(|place| Path::new(place).join(name)).find(|path| path.exists());
    if found.is_none() {
        assert!(std::env::var_os("EXAUDIT_REQUIRE_TOOLS").is_none(), "{name} is required and not installed");
        eprintln!("LEFT OUT: what {name} says; install Debian's {package} to run it");
    }
    found
}

/// Runs a tool, which must be content: exit code 0, and not a word.
fn is_content(command: &mut Command) {
    let ran = output(command);
    let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success() && said.is_empty(), "{command:?}: {}\n{said}", ran.status);
}

fn output(command: &mut Command) -> Output {
    command.env("LC_ALL", "C.UTF-8").output().unwrap_or_else(|error| panic!("{command:?}: {error}"))
}
