//! `--report FORMAT=FILE`: a report beside the one on the screen.

use super::ChecklistFormat;
use crate::output::FormatName;
use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use std::path::PathBuf;

/// One report of several: in what form, and where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted<F> {
    /// The form.
    pub format: F,
    /// The file.
    pub file: PathBuf,
}

/// Forms that have names.
pub trait Named: Sized + Clone + Send + Sync + 'static {
    /// The names.
    fn names() -> Vec<PossibleValue>;
    /// The form of that name.
    fn named(name: &str) -> Option<Self>;
}

impl Named for FormatName {
    fn names() -> Vec<PossibleValue> {
        values::<Self>()
    }

    fn named(name: &str) -> Option<Self> {
        Self::from_str(name, false).ok()
    }
}

impl Named for ChecklistFormat {
    fn names() -> Vec<PossibleValue> {
        values::<Self>()
    }

    fn named(name: &str) -> Option<Self> {
        Self::from_str(name, false).ok()
    }
}

/// A table.
impl Default for Rendered {
    fn default() -> Self {
        Self::Report(FormatName::Table)
    }
}

/// What a saved report can be made into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rendered {
    /// A form of the report.
    Report(FormatName),
    /// The checklist.
    Checklist(ChecklistFormat),
}

impl Named for Rendered {
    fn names() -> Vec<PossibleValue> {
        let checklist = [
            PossibleValue::new("checklist").help("The checklist, as Markdown"),
            PossibleValue::new("checklist-table").help("The checklist, for a terminal"),
        ];
        values::<FormatName>().into_iter().chain(checklist).collect()
    }

    fn named(name: &str) -> Option<Self> {
        match name {
            "checklist" => Some(Self::Checklist(ChecklistFormat::Markdown)),
            "checklist-table" => Some(Self::Checklist(ChecklistFormat::Table)),
            name => FormatName::named(name).map(Self::Report),
        }
    }
}

fn values<V: ValueEnum>() -> Vec<PossibleValue> {
    V::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect()
}

/// Takes the name of a form.
pub(super) fn form<F: Named>() -> impl TypedValueParser<Value = F> {
    PossibleValuesParser::new(F::names()).try_map(|name| F::named(&name).ok_or("there is no such format"))
}

/// Takes `FORMAT=FILE`.
pub(super) fn wanted<F: Named>(text: &str) -> Result<Wanted<F>, String> {
    let names: Vec<String> = F::names().iter().map(|value| value.get_name().to_owned()).collect();
    let Some((name, file)) = text.split_once('=') else {
        return Err(format!("it must be FORMAT=FILE, such as {}", example::<F>(text)));
    };
    let Some(format) = F::named(name) else {
        return Err(format!("the format must be one of {}", names.join(", ")));
    };
    match file {
        "" => Err("the name of the file is missing".into()),
        "-" => Err(format!("a report goes into a file; --format {name} is for the screen")),
        file => Ok(Wanted { format, file: file.into() }),
    }
}

/// Endings of files that are not the name of their format.
const ENDINGS: [(&str, &str); 3] = [("md", "markdown"), ("xml", "junit"), ("prom", "prometheus")];

/// What was probably meant by a format or a file alone.
fn example<F: Named>(text: &str) -> String {
    if F::named(text).is_some() {
        return format!("{text}=FILE");
    }
    let ending = text.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let format = ENDINGS.iter().find(|(own, _)| *own == ending).map_or(ending.as_str(), |(_, format)| format);
    match F::named(format) {
        Some(_) => format!("{format}={text}"),
        None => "markdown=FILE".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_a_format_and_a_file() {
        let of = wanted::<FormatName>;
        assert_eq!(of("json=a=b.json"), Ok(Wanted { format: FormatName::Json, file: "a=b.json".into() }));
        assert_eq!(of("json").unwrap_err(), "it must be FORMAT=FILE, such as json=FILE");
        assert_eq!(of("report.pdf").unwrap_err(), "it must be FORMAT=FILE, such as markdown=FILE");
        assert_eq!(of("out/a.HTML").unwrap_err(), "it must be FORMAT=FILE, such as html=out/a.HTML");
        assert_eq!(of("ticket.md").unwrap_err(), "it must be FORMAT=FILE, such as markdown=ticket.md");
        assert!(of("pdf=a.pdf").unwrap_err().starts_with("the format must be one of table, list, json, "));
        assert!(of("checklist=a.md").is_err(), "a checklist is made from a saved report");
        assert_eq!(of("csv=").unwrap_err(), "the name of the file is missing");
        assert!(of("csv=-").unwrap_err().ends_with("--format csv is for the screen"));
        assert!(wanted::<ChecklistFormat>("csv=a").unwrap_err().ends_with("markdown, table, html, json"));
    }

    #[test]
    fn each_name_is_that_of_a_form() {
        let names = Rendered::names();
        assert!(names.len() > FormatName::names().len());
        for value in &names {
            assert!(Rendered::named(value.get_name()).is_some(), "{value:?}");
        }
        assert_eq!(Rendered::named("checklist"), Some(Rendered::Checklist(ChecklistFormat::Markdown)));
        assert_eq!(Rendered::named("markdown"), Some(Rendered::Report(FormatName::Markdown)));
    }
}
