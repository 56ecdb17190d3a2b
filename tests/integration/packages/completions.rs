//! `exaudit completions`, read by the shells.

use super::{is_content, output, tool};
use crate::common::run::exaudit;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The script for a shell, in a file.
fn script(folder: &Path, shell: &str) -> PathBuf {
    let ran = exaudit(["completions", shell]).run();
    assert!(ran.code == 0 && ran.stderr.is_empty() && ran.stdout.contains("allow-plaintext-password"), "{shell}: {}", ran.stderr);
    let path = folder.join(shell);
    std::fs::write(&path, ran.stdout).expect("file");
    path
}

#[test]
fn each_shell_reads_its_script() {
    let folder = tempfile::tempdir().expect("folder");
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let path = script(folder.path(), shell);
        if shell != "powershell"
            && let Some(shell) = tool(shell, shell)
        {
            is_content(Command::new(shell).arg("-n").arg(path));
        }
    }
    let other = exaudit(["completions", "csh"]).run();
    assert!(other.code == 2 && other.stderr.contains("powershell"), "{}", other.stderr);
}

/// What bash offers behind these words, as Tab asks for it.
fn offered(bash: &Path, script: &Path, words: &[&str]) -> Vec<String> {
    const ASK: &str = r#"source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        set -- $(complete -p exaudit); while [ "$1" != -F ]; do shift; done
        "$2" exaudit "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"; printf '%s\n' "${COMPREPLY[@]}""#;
    let ran = output(Command::new(bash).args(["--norc", "-c", ASK, "ask"]).arg(script).args(words));
    assert!(ran.status.success() && ran.stderr.is_empty(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8_lossy(&ran.stdout).lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_commands_options_and_values() {
    let folder = tempfile::tempdir().expect("folder");
    let Some(bash) = tool("bash", "bash") else { return };
    let script = script(folder.path(), "bash");
    let offered = |words: &[&str]| offered(&bash, &script, words);
    assert_eq!(offered(&["exaudit", "aud"]), ["audit"]);
    assert_eq!(offered(&["exaudit", "checks", "l"]), ["lint"]);
    assert_eq!(offered(&["exaudit", "audit", "--form"]), ["--format"]);
    assert_eq!(offered(&["exaudit", "audit", "--fail-on", "c"]), ["critical"]);
    let options = offered(&["exaudit", "audit", "-"]);
    assert!(options.iter().any(|option| option == "-W"), "{options:?}");
    // refused on purpose, and therefore not offered
    assert!(!options.iter().any(|option| option == "-w"), "{options:?}");
}
