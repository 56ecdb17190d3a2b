//! When the run was, whether it read everything, and what could not be seen.

use super::{Message, level, message};
use crate::output::words::counted;
use crate::report::{Report, Target};
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation {
    execution_successful: bool,
    start_time_utc: String,
    end_time_utc: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notice>,
}

#[derive(Serialize)]
struct Notice {
    descriptor: Descriptor,
    level: &'static str,
    message: Message,
}

#[derive(Serialize)]
struct Descriptor {
    id: &'static str,
    index: usize,
}

impl Invocation {
    pub(super) fn of(report: &Report) -> Self {
        let several = report.targets.len() > 1;
        let notices = |target: &Target| {
            let label = if several { format!("{}: ", target.label()) } else { String::new() };
            let problem = |text: &String| Notice {
                descriptor: Descriptor { id: "problem", index: 0 },
                // what keeps it from being complete, or only a remark
                level: if target.complete { "warning" } else { "error" },
                message: message(&format!("{label}{text}")),
            };
            let unseen = target.unseen.iter().map(|unseen| {
                let remedy = unseen.remedy.iter().chain(&unseen.paste).map(|text| format!(" {text}")).collect::<String>();
                let count = counted(unseen.results, "result", "results");
                Notice {
                    descriptor: Descriptor { id: "not-seen", index: 1 },
                    // a failure there would be that bad; nothing went wrong in the run
                    level: if level(unseen.severity) == "note" { "note" } else { "warning" },
                    message: message(&format!("{label}Not seen: {}: {count} undecided.{remedy}", unseen.what)),
                }
            });
            target.problems.iter().map(problem).chain(unseen).collect::<Vec<_>>()
        };
        Self {
            execution_successful: report.complete,
            start_time_utc: report.started.clone(),
            end_time_utc: report.finished.clone(),
            tool_execution_notifications: report.targets.iter().flat_map(notices).collect(),
        }
    }
}
