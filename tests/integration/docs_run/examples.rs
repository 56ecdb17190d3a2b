//! The example files: what each starts is run as it stands there.

use super::page::joined;
use super::run;
use super::shell::Desk;
use crate::packages::tool;
use exaudit::lab;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

/// What the timer starts each night, with the files that the page makes.
#[test]
fn the_service_does_what_it_says() {
    let mut desk = Desk::new();
    let unit = std::fs::read_to_string("docs/examples/systemd/exaudit.service").expect("the unit");
    let lines: Vec<String> = joined(&unit).collect();
    let settings = |key: &str| lines.iter().filter_map(|line| line.strip_prefix(key)).collect::<Vec<_>>();
    let page = std::fs::read_to_string("docs/scheduling.md").expect("the page");
    for credential in settings("LoadCredential=") {
        let (name, file) = credential.split_once(':').expect("NAME:FILE");
        assert!(page.contains(&format!("    editor {file}\n")), "{file} is made by no step");
        if name.ends_with(".toml") {
            let text = std::fs::read_to_string(format!("docs/examples/{name}")).expect("the example");
            desk.write(&format!("credentials/{name}"), &text);
            assert!(text.contains("\ncredential = \"password\"\n"), "{text}");
        } else {
            assert_eq!(name, "password", "that is what the example asks for");
        }
    }
    let [start] = settings("ExecStart=")[..] else { panic!("{lines:?}") };
    // systemd makes it
    assert_eq!(settings("StateDirectory="), ["exaudit"]);
    std::fs::create_dir(desk.path().join("var")).expect("a folder");
    run(&mut desk, "exaudit.service", start);
    let file = |name: &str| std::fs::read_to_string(desk.path().join("var").join(name)).expect(name);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&file("report.json")).expect("JSON")["complete"], true);
    // the second night is as the first, and nothing is told
    let again = desk.run(start);
    assert_eq!((again.code, again.text.lines().count()), (1, 1), "{}", again.text);

    let metrics = std::fs::read_to_string("docs/examples/systemd/prometheus.conf").expect("the drop-in");
    let (_, command) = metrics.split_once("\nExecStopPost=+").expect("what root runs");
    let made = page.lines().find(|line| line.ends_with("/exaudit.prom")).expect("the page makes the file");
    for line in [made, command] {
        assert_eq!(desk.run(line.trim()).code, 0, "{line}");
    }
    assert!(file("exaudit.prom").contains("\nexaudit_complete 1\n"), "{}", file("exaudit.prom"));
    let mode = |name: &str| std::fs::metadata(desk.path().join("var").join(name)).expect(name).permissions().mode() & 0o777;
    assert_eq!(mode("exaudit.prom"), 0o644, "the collector reads it");
}

/// The jobs of a file of cron, each with its account.
fn jobs(text: &str) -> Vec<(String, String)> {
    assert!(text.ends_with('\n') && !text.contains('%'), "cron leaves out a last line without an end, and takes % for one");
    let is_setting = |line: &&str| line.split_once('=').is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_uppercase()));
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#') && !is_setting(line));
    let job = |line: &str| {
        let mut rest = line;
        let mut fields = Vec::new();
        for _ in 0..6 {
            let (field, more) = rest.trim_start().split_once(' ').expect("five times, an account and a job");
            fields.push(field);
            rest = more;
        }
        (fields[5].to_owned(), rest.trim().to_owned())
    };
    lines.map(job).collect()
}

/// The account reads the password and writes its folder, made as the page says; what it would mail is news.
#[test]
fn the_job_of_cron_does_what_it_says() {
    let desk = Desk::new();
    let text = std::fs::read_to_string("docs/examples/cron/exaudit").expect("the file");
    let [(account, job)] = &jobs(&text)[..] else { panic!("{text}") };
    let page = std::fs::read_to_string("docs/scheduling.md").expect("the page");
    let (first, section) = page.split_once("\n## cron\n").expect("the section");
    let (section, _) = section.split_once("\n## ").expect("its end");
    let steps = |text: &str, start: &str| -> Vec<String> {
        text.lines()
            .filter_map(|line| line.strip_prefix("    "))
            .filter(|line| line.starts_with(start))
            .map(str::to_owned)
            .collect()
    };
    let made = steps(section, "useradd ");
    assert!(
        matches!(&made[..], [one] if one.ends_with(&format!("--home-dir /var/lib/exaudit --shell /usr/sbin/nologin {account}")))
    );

    let as_root = Command::new("id").arg("-u").output().expect("id").stdout == b"0\n";
    let mut lines = steps(first, "install -d");
    lines.extend(steps(first, "install -m 600"));
    assert_eq!(lines.len(), 3, "{lines:?}");
    if as_root {
        let for_another = |line: String| line.replace(&format!(" -o {account} -g {account} "), " -o nobody -g nogroup ");
        lines.extend(steps(section, "install -d").into_iter().map(for_another));
        lines.extend(steps(section, "chown ").iter().map(|line| line.replace(&format!(" {account}:"), " nobody:nogroup")));
        assert_eq!(lines.len(), 5, "{lines:?}");
    } else {
        eprintln!("LEFT OUT: whether the account of cron can read the password; run as root");
        std::fs::create_dir(desk.path().join("var")).expect("a folder");
    }
    for line in lines.iter().filter(|line| !line.contains("audit.toml")) {
        let ended = desk.run(line);
        assert_eq!(ended.code, 0, "{}", ended.text);
    }
    desk.edit("/etc/exaudit/password");

    // the folder that holds all this, and the program, are open to the account, as the machine's own are
    std::fs::set_permissions(desk.path(), std::fs::Permissions::from_mode(0o755)).expect("permissions");
    std::fs::copy(env!("CARGO_BIN_EXE_exaudit"), desk.path().join("exaudit")).expect("the program");
    let job =
        format!("cd {0} && HOME={0} PATH={1}:/usr/bin:/bin && {job}", desk.replaced("/var/lib/exaudit"), desk.path().display());
    let line = if as_root {
        format!("setpriv --reuid=nobody --regid=nogroup --clear-groups /bin/sh -c '{}'", desk.replaced(&job))
    } else {
        job
    };
    let first = desk.run(&line);
    assert_eq!(first.code, 1, "{}", first.text);
    assert!(first.stdout.contains("read completely") && first.stdout.contains("CRITICAL"), "{}", first.text);
    std::fs::remove_file(desk.path().join("var/report.json")).expect("a report");
    let second = desk.run(&line);
    assert_eq!((second.code, second.text.lines().count()), (1, 1), "a mail without news: {}", second.text);
    assert!(desk.path().join("var/report.json").exists(), "--quiet is about the screen");
    // nobody else reads any of it
    let mode = |name: &str| std::fs::metadata(desk.path().join(name)).expect(name).permissions().mode() & 0o077;
    assert_eq!((mode("etc"), mode("etc/password"), mode("var") & 0o022), (0, 0, 0));
}

/// A plugin: its code and its first line, of a directory with critical failures, of a sound one, and of none.
fn is_a_plugin(command: impl Fn(&str) -> String) {
    let mut desk = Desk::new();
    desk.write("etc/exaudit.password", lab::PASSWORD);
    desk.serve("exaudit lab --demo healthy");
    for (host, code, state) in [("exchange1", 2, "CRITICAL"), ("127.0.0.1:3890", 0, "OK"), ("127.0.0.1:1", 3, "UNKNOWN")] {
        let command = command(host);
        assert!(command.contains(" -y /etc/") && !command.contains(" -w"), "{command}");
        let ended = desk.run(&command);
        assert_eq!(ended.code, code, "{}", ended.text);
        assert!(ended.stdout.starts_with(&format!("EXAUDIT {state}: ")), "{}", ended.text);
    }
}

#[test]
fn the_command_of_nagios_does_what_it_says() {
    let text = std::fs::read_to_string("docs/examples/nagios/exaudit.cfg").expect("the file");
    let value = |key: &str| {
        let found = text.lines().find_map(|line| line.trim().strip_prefix(key)?.strip_prefix(' '));
        found.expect(key).trim().to_owned()
    };
    let check = value("check_command");
    let (name, account) = check.split_once('!').expect("a command and its argument");
    assert_eq!(name, value("command_name"));
    is_a_plugin(|host| value("command_line").replace("$HOSTADDRESS$", host).replace("$ARG1$", account));
}

/// As Icinga makes it of `command` and `arguments`.
#[test]
fn the_command_of_icinga_does_what_it_says() {
    let text = std::fs::read_to_string("docs/examples/icinga/exaudit.conf").expect("the file");
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.starts_with("//")).collect();
    let strings = |line: &str| line.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let variable = |name: &str| {
        let start = format!("vars.{name} = ");
        let found = lines.iter().find_map(|line| line.strip_prefix(&start));
        found.unwrap_or_else(|| panic!("{name} is set nowhere")).trim_matches('"').to_owned()
    };
    let command = lines.iter().find(|line| line.starts_with("command = [")).expect("a command");
    let (_, rest) = text.split_once("  arguments = {\n").expect("arguments");
    let (arguments, _) = rest.split_once("\n  }\n").expect("their end");
    is_a_plugin(|host| {
        let mut words = strings(command);
        for line in arguments.lines() {
            let [option, value] = &strings(line)[..] else { panic!("{line}") };
            let value = value.replace("$address$", host);
            let value = value.strip_prefix('$').and_then(|name| name.strip_suffix('$')).map_or(value.clone(), &variable);
            words.push(option.clone());
            match line.contains("set_if") {
                true => assert_eq!(value, "true", "{line}"),
                false => words.push(value),
            }
        }
        words.join(" ")
    });
}

/// logrotate keeps the report of the night before, and leaves it where it is.
#[test]
fn logrotate_keeps_reports() {
    let Some(logrotate) = tool("logrotate", "logrotate") else { return };
    let desk = Desk::new();
    desk.write("logrotate", &std::fs::read_to_string("docs/examples/logrotate/exaudit").expect("the file"));
    std::fs::set_permissions(desk.path().join("logrotate"), std::fs::Permissions::from_mode(0o644)).expect("permissions");
    std::fs::create_dir(desk.path().join("var")).expect("a folder");
    assert_eq!(desk.run("exaudit audit --demo --quiet --report json=var/report.json").code, 1);
    let ended = desk.run(&format!("{} --force --state rotated logrotate", logrotate.display()));
    assert_eq!((ended.code, ended.text.lines().count()), (0, 1), "{}", ended.text);
    let names = std::fs::read_dir(desk.path().join("var")).expect("folder").map(|entry| entry.expect("entry").file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().expect("text")).collect();
    names.sort();
    let [kept, current] = &names[..] else { panic!("{names:?}") };
    assert_eq!(current, "report.json");
    let day = kept.strip_prefix("report-").and_then(|rest| rest.strip_suffix(".json")).expect("a day");
    assert!(day.len() == 8 && day.chars().all(|digit| digit.is_ascii_digit()), "{kept}");
    let ended = desk.run(&format!("exaudit diff var/{kept} var/report.json"));
    assert_eq!(ended.code, 0, "{}", ended.text);
}

/// What the task of Windows starts.
#[test]
fn the_task_of_windows_does_what_it_says() {
    let file = std::fs::read("docs/examples/windows/exaudit-task.xml").expect("the task");
    let (mark, text) = file.split_at(2);
    assert_eq!(mark, [0xff, 0xfe], "UTF-16 with its mark, as schtasks wants it");
    let units: Vec<u16> = text.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let text = String::from_utf16(&units).expect("UTF-16");
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n"), "{text}");
    let element = |name: &str| {
        let (_, rest) = text.split_once(&format!("<{name}>")).expect(name);
        rest.split_once(&format!("</{name}>")).expect(name).0.to_owned()
    };
    // SYSTEM, in every language
    assert_eq!(element("UserId"), "S-1-5-18");
    run(&mut Desk::new(), "exaudit-task.xml", &format!("{} {}", element("Command"), element("Arguments")));
}
