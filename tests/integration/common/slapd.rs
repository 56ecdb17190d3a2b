//! A throw-away slapd on loopback, with the published Exchange schema, ended by its own process id.

use super::directory::Record;
use std::fmt::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The account that may bind.
pub const BIND_DN: &str = "cn=auditor,cn=NTDOM";
/// Its password.
pub const PASSWORD: &str = "slapd-password";

/// A running slapd.
pub struct Slapd {
    child: Child,
    pub uri: String,
    folder: tempfile::TempDir,
}

/// Whether slapd is installed. Tests that need it say so loudly and leave it out, unless EXAUDIT_REQUIRE_SLAPD is set.
pub fn is_installed() -> bool {
    let there = program("slapd").is_some() && program("slapadd").is_some();
    if !there {
        assert!(std::env::var_os("EXAUDIT_REQUIRE_SLAPD").is_none(), "slapd is required and not installed");
        eprintln!("LEFT OUT: everything on a real slapd; install Debian's slapd and ldap-utils to run it");
    }
    there
}

fn program(name: &str) -> Option<PathBuf> {
    ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/sbin"].iter().map(|dir| Path::new(dir).join(name)).find(|path| path.exists())
}

impl Slapd {
    /// Starts a slapd that holds these records. `extra` are lines of slapd.conf that go first.
    pub fn start(records: &[Record], extra: &str) -> Self {
        let folder = tempfile::tempdir().expect("temporary folder");
        let path = folder.path();
        write(path, records, extra);
        // the port is free when asked for; should somebody take it before slapd does, another is tried
        for _ in 0..5 {
            let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("free port").port();
            let uri = format!("ldap://127.0.0.1:{port}");
            let mut child = Command::new(program("slapd").expect("slapd"))
                .args(["-f", "slapd.conf", "-h", &format!("{uri}/"), "-d", "256"])
                .current_dir(path)
                .stdout(Stdio::null())
                .stderr(std::fs::File::create(path.join("slapd.log")).expect("log"))
                .spawn()
                .expect("slapd starts");
            if starts(&mut child, &path.join("slapd.log")) {
                return Self { child, uri, folder };
            }
            _ = child.kill();
            _ = child.wait();
        }
        panic!("slapd does not answer: {}", std::fs::read_to_string(path.join("slapd.log")).unwrap_or_default());
    }

    /// What slapd logged: a line for each operation.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("slapd.log")).unwrap_or_default()
    }
}

impl Drop for Slapd {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// Writes schema, configuration and databases into a folder: `slapd -f slapd.conf` runs from there.
pub fn write(path: &Path, records: &[Record], extra: &str) {
    std::fs::write(path.join("exchange.schema"), schema(records)).expect("schema");
    let root = records.first().expect("records").dn.clone();
    std::fs::write(path.join("slapd.conf"), conf(path, &root, extra)).expect("conf");
    for dir in ["db", "db2"] {
        std::fs::create_dir(path.join(dir)).expect("database folder");
    }
    let ldif: String = records.iter().map(Record::for_slapd).collect();
    load(path, &root, &ldif);
    let account = format!(
        "dn: cn=NTDOM\nobjectClass: Container\ncn: NTDOM\n\ndn: {BIND_DN}\nobjectClass: organizationalPerson\ncn: auditor\n\
         userPassword: {PASSWORD}\n"
    );
    load(path, "cn=NTDOM", &account);
}

/// Waits until this slapd says that it listens. Not until somebody answers on its port: another test's server may have taken
/// that before slapd did.
fn starts(child: &mut Child, log: &Path) -> bool {
    let until = Instant::now() + Duration::from_secs(20);
    while Instant::now() < until {
        if child.try_wait().ok().flatten().is_some() {
            return false;
        }
        if std::fs::read_to_string(log).unwrap_or_default().contains("slapd starting") {
            return true;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    false
}

fn load(path: &Path, suffix: &str, ldif: &str) {
    std::fs::write(path.join("load.ldif"), ldif).expect("ldif");
    let output = Command::new(program("slapadd").expect("slapadd"))
        .args(["-q", "-f", "slapd.conf", "-b", suffix, "-l", "load.ldif"])
        .current_dir(path)
        .output()
        .expect("slapadd runs");
    assert!(output.status.success(), "slapadd: {}", String::from_utf8_lossy(&output.stderr));
}

fn conf(path: &Path, root: &str, extra: &str) -> String {
    let path = path.display();
    format!(
        "include {path}/exchange.schema\nmodulepath /usr/lib/ldap\nmoduleload back_mdb\npidfile {path}/slapd.pid\n\
         argsfile {path}/slapd.args\nallow bind_v2\n\n\
         database mdb\nsuffix \"{root}\"\nrootdn \"cn=root,{root}\"\ndirectory {path}/db\nmaxsize 1073741824\ndbnosync\n\
         index objectClass eq\n{extra}\nlimits * size=unlimited time=unlimited\naccess to * by * read\n\n\
         database mdb\nsuffix \"cn=NTDOM\"\nrootdn \"cn=root,cn=NTDOM\"\ndirectory {path}/db2\nmaxsize 67108864\n\
         access to attrs=userPassword by anonymous auth by * none\naccess to * by * read\n"
    )
}

/// The published schema as slapd takes it. slapd has some of these names already, and reserves Microsoft's OIDs for
/// nobody: each gets one of a placeholder arc. Names that the records hold and the published schema does not have are added.
fn schema(records: &[Record]) -> String {
    const BUILT_IN: [&str; 9] =
        ["cn", "name", "objectClass", "distinguishedName", "uid", "description", "seeAlso", "createTimestamp", "modifyTimestamp"];
    const ARC: &str = "1.3.6.1.4.1.99999";
    let mut text = String::new();
    let mut names = Vec::new();
    let rows = include_str!("../../../src/exchange/schema/attributes.csv")
        .lines()
        .skip(1)
        .map(|line| line.split(',').collect::<Vec<_>>());
    let made = ["mail", "rfc822Mailbox", "textEncodedORAddress", "otherMailbox", "Admin-Mailbox"];
    let mut rows: Vec<(&str, &str, bool)> =
        rows.map(|row| (row[1], row[3], row[4] == "FALSE")).chain(made.map(|name| (name, "String(Teletex)", false))).collect();
    for (name, _) in records.iter().flat_map(|record| &record.attributes) {
        let is_it = |known: &str| known.eq_ignore_ascii_case(name);
        if !rows.iter().any(|(known, ..)| is_it(known)) && !BUILT_IN.into_iter().any(is_it) {
            rows.push((name, "String(Teletex)", false));
        }
    }
    for (number, (name, syntax, is_single)) in rows.into_iter().enumerate() {
        if BUILT_IN.contains(&name) {
            continue;
        }
        let (rule, oid) = match syntax {
            "Object(DS-DN)" | "Object(OR-Name)" => ("EQUALITY distinguishedNameMatch", 12),
            "Boolean" => ("EQUALITY booleanMatch", 7),
            "Integer" | "Enumeration" => ("EQUALITY integerMatch", 27),
            "String(Octet)" => ("EQUALITY octetStringMatch", 40),
            _ => ("EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch", 15),
        };
        let single = if is_single { " SINGLE-VALUE" } else { "" };
        _ = writeln!(
            text,
            "attributetype ( {ARC}.1.{number} NAME '{name}' {rule} SYNTAX 1.3.6.1.4.1.1466.115.121.1.{oid}{single} )"
        );
        names.push(name.to_owned());
    }
    names.extend(["cn", "uid", "description", "seeAlso", "userPassword"].map(str::to_owned));
    // every class may hold every attribute; in parts, because slapd takes no line that long
    let mut above = "top".to_owned();
    for (part, names) in names.chunks(80).enumerate() {
        let may = names.join(" $ ");
        _ = writeln!(text, "objectclass ( {ARC}.3.{part} NAME 'Part-{part}' SUP {above} ABSTRACT MAY ( {may} ) )");
        above = format!("Part-{part}");
    }
    let rows: Vec<Vec<&str>> =
        include_str!("../../../src/exchange/schema/classes.csv").lines().skip(1).map(|line| line.split(',').collect()).collect();
    let ldap_name = |exchange: &str| rows.iter().find(|row| row[0] == exchange).map_or("top", |row| row[1]);
    let mut defined: Vec<&str> = vec!["Top"];
    // a class must stand behind its parent
    while let Some(row) = rows.iter().find(|row| !defined.contains(&row[0]) && defined.contains(&row[3])) {
        let parent = if row[3] == "Top" { &above } else { ldap_name(row[3]) };
        let number = defined.len();
        _ = writeln!(text, "objectclass ( {ARC}.2.{number} NAME '{}' SUP {parent} STRUCTURAL )", row[1]);
        defined.push(row[0]);
    }
    assert_eq!(defined.len(), rows.len(), "every class has a known parent");
    let classes =
        records.iter().flat_map(|record| &record.attributes).filter(|(name, _)| name.eq_ignore_ascii_case("objectClass"));
    let mut known: Vec<String> = rows.iter().map(|row| row[1].to_lowercase()).collect();
    for (_, class) in classes {
        let class = String::from_utf8_lossy(class).into_owned();
        if !known.contains(&class.to_lowercase()) {
            _ = writeln!(text, "objectclass ( {ARC}.4.{} NAME '{class}' SUP {above} STRUCTURAL )", known.len());
            known.push(class.to_lowercase());
        }
    }
    text
}
