//! How something is, by the worst that is said of it: a colour, a shape and a word, so that no one of them carries it alone.

use crate::report::{Finding, Severity, Verdict};
use maud::{Markup, html};

/// How something is, the worst last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum State {
    /// Nothing that was checked is wrong.
    #[default]
    Fine,
    /// Something is worth knowing.
    Info,
    /// Something could not be decided.
    Undecided,
    /// A warning.
    Warning,
    /// Something critical fails.
    Critical,
}

impl State {
    /// All of them, the worst first.
    pub(super) const ALL: [Self; 5] = [Self::Critical, Self::Warning, Self::Undecided, Self::Info, Self::Fine];

    /// What a result says of its subject.
    pub(super) fn of(finding: &Finding) -> Self {
        match finding.verdict {
            Verdict::Fail if finding.waiver.is_none() => finding.severity.into(),
            Verdict::Unknown => Self::Undecided,
            _ => Self::Fine,
        }
    }

    /// The word of it, for the style and for names.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Info => "info",
            Self::Undecided => "undecided",
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }

    /// The same for people.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Fine => "nothing wrong found",
            Self::Info => "worth knowing",
            Self::Undecided => "undecided",
            Self::Warning => "warning",
            Self::Critical => "critical failure",
        }
    }

    /// Its shape, for text.
    pub(super) fn glyph(self) -> Markup {
        html! { svg .glyph.(self.word()) viewBox="0 0 16 16" aria-hidden="true" { use href={ "#g-" (self.word()) } {} } }
    }

    /// Its shape in a drawing, with its middle there.
    pub(super) fn mark(self, x: f64, y: f64, size: f64) -> Markup {
        let (left, top) = (x - size / 2.0, y - size / 2.0);
        html! {
            use .glyph.(self.word()) href={ "#g-" (self.word()) } x=(left) y=(top) width=(size) height=(size) {}
        }
    }
}

impl From<Severity> for State {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Critical => Self::Critical,
            Severity::Warning => Self::Warning,
            Severity::Info => Self::Info,
        }
    }
}

/// The shapes, once for the whole page: an octagon, a triangle, a circle with a question, a square, a circle with a tick.
pub(super) fn shapes() -> Markup {
    html! {
        svg .shapes width="0" height="0" aria-hidden="true" {
            symbol #g-critical viewBox="0 0 16 16" {
                path .shape d="M5 .5h6L15.5 5v6L11 15.5H5L.5 11V5z" {}
                path .sign d="M8 3.6v5.2M8 11.4v1.2" {}
            }
            symbol #g-warning viewBox="0 0 16 16" {
                path .shape d="M8 .8 15.6 15H.4z" {}
                path .sign d="M8 5.6v4.2M8 12v1" {}
            }
            symbol #g-undecided viewBox="0 0 16 16" {
                circle .hollow cx="8" cy="8" r="7" {}
                path .line d="M5.7 6.2c0-3.3 4.8-3 4.6-.2C10.2 7.6 8 7.7 8 9.6M8 11.6v1.1" {}
            }
            symbol #g-info viewBox="0 0 16 16" {
                rect .shape x="1" y="1" width="14" height="14" rx="2.5" {}
                path .sign d="M8 7v5.5M8 3.8V5" {}
            }
            symbol #g-fine viewBox="0 0 16 16" {
                circle .shape cx="8" cy="8" r="7.5" {}
                path .sign d="m4.6 8.4 2.3 2.4 4.5-5" {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::fixture::{finding, waiver};

    #[test]
    fn what_is_accepted_or_passed_is_fine() {
        let of = |verdict, severity| State::of(&finding("a", verdict, severity));
        assert_eq!(of(Verdict::Fail, Severity::Critical), State::Critical);
        assert_eq!(of(Verdict::Fail, Severity::Info), State::Info);
        assert_eq!(of(Verdict::Unknown, Severity::Critical), State::Undecided);
        assert_eq!(of(Verdict::Manual, Severity::Critical), State::Fine);
        let mut accepted = finding("a", Verdict::Fail, Severity::Critical);
        accepted.waiver = Some(waiver());
        assert_eq!(State::of(&accepted), State::Fine);
        assert!(State::ALL.windows(2).all(|pair| pair[0] > pair[1]));
    }
}
