//! The checklist as one of the forms of a report.

use super::{Checklist, Layout};
use crate::exit::FailOn;
use crate::output::{Format, OutputError, Style};
use crate::report::Report;

/// The checklist, as a form of a report.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// How it is laid out.
    pub layout: Layout,
    /// What hinders a go.
    pub fail_on: FailOn,
    /// Whether each pass is told, not only how many.
    pub passes: bool,
    /// How it may look.
    pub style: Style,
}

impl Format for Form {
    fn write(&self, report: &Report) -> Result<Vec<u8>, OutputError> {
        Ok(Checklist::of(report, self.fail_on, self.layout, self.passes, &self.style).text.into_bytes())
    }
}
