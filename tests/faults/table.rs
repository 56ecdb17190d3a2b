//! The table in docs/faults.md: written when EXAUDIT_WRITE_DOCS is set, otherwise compared with what was observed.

use std::time::Duration;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/faults.md");
const BEGIN: &str = "<!-- table: made by tests/faults.rs with EXAUDIT_WRITE_DOCS=1 -->\n";
const END: &str = "<!-- end of table -->\n";

/// One fault at one phase, and what came of it.
pub(crate) struct Row {
    pub(crate) fault: &'static str,
    pub(crate) phase: &'static str,
    pub(crate) says: &'static str,
    pub(crate) verdicts: String,
    pub(crate) code: i32,
    pub(crate) took: Duration,
    pub(crate) peak: Option<u64>,
}

impl Row {
    /// What is the same in every run.
    fn stable(&self) -> String {
        format!("| `{}` | {} | {} | {} | {} |", self.fault, self.phase, self.says, self.verdicts, self.code)
    }

    fn line(&self) -> String {
        let peak = self.peak.map_or("-".into(), |peak| peak.to_string());
        format!("{} {:.1} | {peak} |", self.stable(), self.took.as_secs_f64())
    }
}

/// Writes the table into the page, or says how the page differs.
pub(crate) fn settle(rows: &[Row]) -> Result<(), String> {
    let page = std::fs::read_to_string(PAGE).map_err(|error| format!("docs/faults.md: {error}"))?;
    let (before, rest) = page.split_once(BEGIN).ok_or("docs/faults.md: no place for the table")?;
    let (table, after) = rest.split_once(END).ok_or("docs/faults.md: no end of the table")?;
    if std::env::var_os("EXAUDIT_WRITE_DOCS").is_some() {
        let head = "| Fault | Phase | The server | Verdicts | Exit code | Seconds | Peak MiB |\n|---|---|---|---|---|---|---|\n";
        let lines: String = rows.iter().map(|row| row.line() + "\n").collect();
        return std::fs::write(PAGE, format!("{before}{BEGIN}{head}{lines}{END}{after}")).map_err(|error| error.to_string());
    }
    let written: Vec<&str> = table.lines().skip(2).collect();
    let differs: Vec<String> = rows.iter().map(Row::stable).filter(|row| !written.iter().any(|l| l.starts_with(row))).collect();
    if differs.is_empty() && written.len() == rows.len() {
        return Ok(());
    }
    Err(format!(
        "docs/faults.md has {} rows for {} faults; not there:\n{}\nIf that is right, run with EXAUDIT_WRITE_DOCS=1.",
        written.len(),
        rows.len(),
        differs.join("\n")
    ))
}
