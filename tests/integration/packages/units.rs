//! The systemd units, read by systemd.

use super::{is_content, output, tool};
use std::process::Command;

const UNITS: &str = "docs/examples/systemd";

#[test]
fn systemd_takes_the_units_as_they_are() {
    let Some(analyze) = tool("systemd-analyze", "systemd") else { return };
    let folder = tempfile::tempdir().expect("folder");
    for name in ["exaudit.service", "exaudit.timer"] {
        let text = std::fs::read_to_string(format!("{UNITS}/{name}")).expect(name);
        // the program is not installed here
        let text = text.replace("ExecStart=exaudit ", &format!("ExecStart={} ", env!("CARGO_BIN_EXE_exaudit")));
        assert!(name.ends_with(".timer") || text.contains(env!("CARGO_BIN_EXE_exaudit")), "{text}");
        std::fs::write(folder.path().join(name), text).expect("unit");
    }
    let text = std::fs::read_to_string(format!("{UNITS}/prometheus.conf")).expect("the drop-in");
    let text = text.replace("=+exaudit ", &format!("=+{} ", env!("CARGO_BIN_EXE_exaudit")));
    std::fs::create_dir(folder.path().join("exaudit.service.d")).expect("folder");
    std::fs::write(folder.path().join("exaudit.service.d/prometheus.conf"), text).expect("drop-in");
    is_content(
        Command::new(&analyze).args(["verify", "--man=no", "exaudit.service", "exaudit.timer"]).current_dir(folder.path()),
    );
    // 20 is 2.0 of 10
    let ran = output(
        Command::new(&analyze).args(["security", "--offline=true", "--threshold=20", "exaudit.service"]).current_dir(UNITS),
    );
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    let score = said.split("exaudit.service: ").nth(1).and_then(|rest| rest.split(' ').next()).expect("a score");
    let page = std::fs::read_to_string("docs/scheduling.md").expect("the page");
    assert!(page.contains(&format!("gives it {score}, ")), "docs/scheduling.md has another score than {score}");
}

#[test]
fn the_task_of_windows_is_xml() {
    if let Some(xmllint) = tool("xmllint", "libxml2-utils") {
        is_content(Command::new(xmllint).args(["--noout", "docs/examples/windows/exaudit-task.xml"]));
    }
}
