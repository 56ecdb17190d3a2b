//! Runs a line as its reader would, in a folder of its own, against a lab that serves the demo organization. Replaced are the host
//! and its port, the account, where the password comes from, and paths outside the folder; nothing else.

use crate::common::export::csv;
use crate::exports::demo::records;
use exaudit::lab::{self, LabHandle};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A folder with the files that the pages take for granted, and a server.
pub struct Desk {
    folder: tempfile::TempDir,
    server: LabHandle,
    /// The lab that the page started, which serves until the page ends.
    started: Option<(Child, String)>,
}

/// How a line ended.
pub struct Ended {
    pub code: i32,
    pub stdout: String,
    pub text: String,
}

impl Desk {
    pub fn new() -> Self {
        let server = lab::start(lab::demo().expect("demo")).expect("lab");
        let desk = Self { folder: tempfile::tempdir().expect("folder"), server, started: None };
        for name in ["password", "password.txt", "oslo.password", "lyon.password", "credentials/password", "etc/password.txt"] {
            desk.write(name, lab::PASSWORD);
        }
        let (recipients, others): (Vec<_>, Vec<_>) =
            records().into_iter().partition(|record| record.dn.contains("cn=Recipients"));
        desk.write("recipients.csv", &csv(&recipients));
        desk.write("connections.csv", &csv(&others));
        desk.write("addresses.txt", "c=NO;a= ;p=Example;o=OSLO;s=kberg;\nX400:c=FR;a= ;p=Example;o=LYON;s=Postmaster;\n");
        let made = desk.run("exaudit collect -H ldap://exchange1 -D 'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W -o org.ldif");
        assert_eq!(made.code, 0, "{}", made.text);
        desk
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file into the folder, with its hosts and accounts replaced.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("folder");
        std::fs::write(&path, self.replaced(text)).expect("file");
        #[cfg(unix)]
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("permissions");
    }

    /// Writes what a person would into a file that is there: the password.
    pub fn edit(&self, file: &str) {
        let file = self.replaced(file);
        assert!(Path::new(&file).exists(), "{file}");
        // a password is made empty; an example is right as it is
        if std::fs::metadata(&file).expect("a file").len() > 0 {
            return;
        }
        std::fs::write(file, format!("{}\n", lab::PASSWORD)).expect("file");
    }

    /// A text with the hosts, accounts and paths of this desk.
    pub fn replaced(&self, text: &str) -> String {
        let server = self.server.uri();
        let started = self.started.as_ref().map_or(server.as_str(), |(_, uri)| uri);
        let folder = self.path().display().to_string();
        let etc = format!("{folder}/etc");
        let var = format!("{folder}/var");
        let report = format!("{folder}/report.json");
        let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/examples").to_owned();
        [
            ("cargo run -- ", "exaudit "),
            ("/usr/local/bin/exaudit", "exaudit"),
            ("/usr/bin/exaudit", "exaudit"),
            (r"C:\exaudit\exaudit.exe", "exaudit"),
            (r"C:\exaudit\password.txt", "etc/password.txt"),
            (r"C:\exaudit\report.json", &report),
            ("/var/lib/prometheus/node-exporter", &var),
            ("/var/lib/exaudit", &var),
            ("/etc/exaudit", &etc),
            ("/etc/nagios4", &etc),
            ("/etc/icinga2", &etc),
            ("/etc/systemd/system", &etc),
            ("/etc/cron.d", &etc),
            ("docs/examples", &examples),
            ("ldap://exchange1.example.com", &server),
            ("ldap://exchange1", &server),
            ("ldap://oslo1", &server),
            ("ldap://lyon1", &server),
            ("ldap://SERVER", &server),
            ("ldap://127.0.0.1:3890", started),
            ("EXCHANGE1=", "LYON1="),
            ("cn=ACCOUNT,cn=DOMAIN,cn=admin", lab::ADMIN_DN),
            ("cn=auditor,cn=DOMAIN,cn=admin", lab::ADMIN_DN),
            ("o=ORGANIZATION", "o=Example"),
        ]
        .iter()
        .fold(text.to_owned(), |text, (written, here)| text.replace(written, here))
    }

    /// Runs a line in the shell.
    pub fn run(&self, line: &str) -> Ended {
        // nobody is there to be asked
        let password =
            if line.starts_with("ldapsearch") { format!(" -w {} ", lab::PASSWORD) } else { " -y password ".to_owned() };
        let line = self.replaced(line).replace(" -W ", &password);
        let output = self.shell(&line).output().expect("sh runs");
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        let text = format!("$ {line}\n{stdout}{}", String::from_utf8_lossy(&output.stderr));
        Ended { code: output.status.code().unwrap_or(-1), stdout, text }
    }

    fn shell(&self, line: &str) -> Command {
        let program = PathBuf::from(env!("CARGO_BIN_EXE_exaudit"));
        let path = format!("{}:{}", program.parent().expect("a folder").display(), std::env::var("PATH").expect("PATH"));
        let mut command = Command::new("sh");
        command.arg("-c").arg(line).current_dir(self.path()).stdin(Stdio::null());
        command.env_clear().env("PATH", path).env("LANG", "C.UTF-8").env("COLUMNS", "80").env("LDAPNOINIT", "1");
        command.env("CREDENTIALS_DIRECTORY", self.path().join("credentials"));
        command
    }

    /// Starts `exaudit lab ...` on a free port, which the lines after it mean with 127.0.0.1:3890.
    pub fn serve(&mut self, line: &str) {
        self.end();
        let line = line.replace(" --listen 127.0.0.1:3890", "");
        let mut child = self
            .shell(&format!("exec {line} --listen 127.0.0.1:0"))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("sh runs");
        // it says where it listens, or why it does not; either is a line
        let mut said = String::new();
        BufReader::new(child.stderr.take().expect("piped")).read_line(&mut said).expect("a line");
        let uri = said.split(['"', ' ', ';']).find(|word| word.starts_with("ldap://")).unwrap_or_default().to_owned();
        self.started = Some((child, uri.clone()));
        assert!(!uri.is_empty(), "{line}: {said}");
    }

    fn end(&mut self) {
        if let Some((mut child, _)) = self.started.take() {
            _ = child.kill();
            _ = child.wait();
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.end();
    }
}
