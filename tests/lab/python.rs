//! The Python module `ldap3` (Debian package `python3-ldap3`).

use super::child::run;
use super::{demo, generated};
use exaudit::lab::{ACCOUNT_DN, ADMIN_DN, PASSWORD};
use std::path::Path;
use std::process::Command;

#[test]
fn python_ldap3_agrees() {
    if run(Command::new("python3").args(["-c", "import ldap3"])).is_none_or(|ran| ran.code != 0) {
        eprintln!("SKIPPED: python3 with the module ldap3 is not installed (Debian package python3-ldap3)");
        return;
    }
    let (lab, big) = (demo(), generated(250));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lab/client.py");
    let ports = [lab.address().port(), big.address().port()].map(|port| port.to_string());
    let mut command = Command::new("python3");
    command.arg(script).args(&ports).args([ACCOUNT_DN, ADMIN_DN, PASSWORD]);
    let ran = run(&mut command).unwrap();
    assert_eq!((ran.code, ran.out.trim()), (0, "all agreed"), "{}", ran.err);
    assert_eq!(lab.log().count("abandon"), 1);
}
