//! Why a text file is refused.

use crate::check::nearest::did_you_mean;
use crate::directory::filter::FilterError;
use crate::directory::input::describe;
use std::io;
use std::path::PathBuf;

/// Why the catalogue could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A text is not what it must be.
    #[error("{file}:{line}: {problem}{}", shown(text.as_deref()))]
    Text {
        /// The file, as it was named or found.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// What stands there; none if that says nothing.
        text: Option<String>,
        /// What is wrong there.
        problem: Box<Problem>,
    },
    /// A file or a folder could not be read.
    #[error("cannot read {}: {}", path.display(), folder_words(error))]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A folder of checks without one.
    #[error("{} holds no check: a check is a file ID.toml right in it (exaudit checks new ID writes one)", path.display())]
    NoCheck {
        /// The folder.
        path: PathBuf,
    },
    /// There is too much of it.
    #[error("{}: {what}", path.display())]
    TooMuch {
        /// The file or folder.
        path: PathBuf,
        /// The bound that was passed.
        what: String,
    },
}

impl LoadError {
    /// Whether something is missing or empty.
    pub(in crate::check) fn is_gap(&self) -> bool {
        match self {
            Self::Text { problem, .. } => match problem.as_ref() {
                Problem::Toml { message } => message.contains("` is missing"),
                Problem::Empty { .. } => true,
                Problem::Kinds { found } => found == "none",
                _ => false,
            },
            _ => false,
        }
    }
}

/// The line, behind what is wrong with it.
fn shown(text: Option<&str>) -> String {
    text.map(|text| format!(" (in: {text})")).unwrap_or_default()
}

/// What a key says, to put behind a message about it.
pub(super) fn about(key: &str) -> String {
    let what = match key {
        "id" => "the name of the check, and of its file",
        "title" => "what holds when the check passes",
        "severity" => "critical, warning or info",
        "versions" => "the versions of Exchange it is for, [\"5.5\"]",
        "confidence" => "documented or inferred",
        "why" => "why it matters",
        "fix" => "what to do, a step each",
        "subject" => "a section [subject] with `each`, the objects it looks at",
        "each" => "the objects it looks at, such as \"mailbox\"",
        "expect" => "a section [expect] with what must hold, such as `filter`",
        "filter" => "an LDAP filter, such as (uid=*)",
        "about" => "what the change does, in a sentence or two",
        "when" => "before, during or after",
        "item" => "a section [[item]] for each thing that must hold or be done",
        _ => return String::new(),
    };
    format!(": {what}")
}

/// What kept a folder of checks from being read.
fn folder_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such folder".into(),
        io::ErrorKind::NotADirectory => "it is not a folder; name the folder that holds the check files".into(),
        _ => describe(error),
    }
}

/// What is wrong in a text file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Not TOML, or a key is unknown, missing, or of the wrong type.
    #[error("{message}")]
    Toml {
        /// What is wrong, in plain words.
        message: String,
    },
    /// A text or a list has nothing in it.
    #[error("`{key}` is empty{}", about(key))]
    Empty {
        /// Its key.
        key: &'static str,
    },
    /// A text holds an escape or another control character.
    #[error("`{key}` holds a control character")]
    Control {
        /// Its key.
        key: &'static str,
    },
    /// A text that is too long for its place.
    #[error("`{key}` is longer than {most} characters")]
    TooLong {
        /// Its key.
        key: &'static str,
        /// As many characters as it may have.
        most: usize,
    },
    /// An id that is not one.
    #[error("`{id}` is not an id: lower-case letters, digits and hyphens, a letter first")]
    Id {
        /// The id.
        id: String,
    },
    /// The id is not the file's name.
    #[error("the id `{id}` differs from the file name `{stem}.toml`; make them equal")]
    IdNotFile {
        /// The id.
        id: String,
        /// The file's name without its ending.
        stem: String,
    },
    /// A name that is taken.
    #[error("`{name}` is already in {other}; choose another")]
    Duplicate {
        /// The id or number.
        name: String,
        /// The file that has it.
        other: String,
    },
    /// Not the number of an article.
    #[error("`{kb}` is not an article number like Q300535")]
    NotKb {
        /// What stands there.
        kb: String,
    },
    /// An article without facts.
    #[error("the article {kb} is not known here; leave it out, or describe it in an articles.toml beside the check{}", did_you_mean(suggestion.as_deref()))]
    UnknownArticle {
        /// The article.
        kb: String,
        /// The article nearest to it.
        suggestion: Option<String>,
    },
    /// Not an error code.
    #[error("`{code}` is not an error code like 0xc002041d, 1067 or DS_E_BUSY")]
    NotErrorCode {
        /// What stands there.
        code: String,
    },
    /// A check that is not there.
    #[error("`{key}` names `{id}`, and there is no such check{}", did_you_mean(suggestion.as_deref()))]
    UnknownCheck {
        /// `needs` or `checks`.
        key: &'static str,
        /// The id.
        id: String,
        /// The check nearest to it.
        suggestion: Option<String>,
    },
    /// Checks that wait for each other.
    #[error("`needs` forms a circle: {}", path.join(" -> "))]
    Cycle {
        /// The checks, the first again at the end.
        path: Vec<String>,
    },
    /// Not a filter.
    #[error("`{key}` is {error}")]
    Filter {
        /// Its key.
        key: &'static str,
        /// What is wrong with it.
        error: FilterError,
    },
    /// A filter that is never decided.
    #[error("`filter` holds an extensible match (`:=`), which is never evaluated; use another comparison")]
    Extensible,
    /// No kind of expectation, or several.
    #[error("[expect] must hold exactly one of filter, set, resolves, rule, manual; it holds {found}")]
    Kinds {
        /// Those found, or `none`.
        found: String,
    },
    /// A rule that is not there.
    #[error("there is no rule `{name}`{}", did_you_mean(suggestion.as_deref()))]
    UnknownRule {
        /// The rule.
        name: String,
        /// The rule nearest to it.
        suggestion: Option<String>,
    },
    /// A rule that cannot take what it is given.
    #[error("the rule `{rule}` cannot take its `parameters`: {message}")]
    Parameters {
        /// The rule.
        rule: &'static str,
        /// What is wrong.
        message: String,
    },
    /// A selection that is not there.
    #[error("there is no selection `{word}`{}", did_you_mean(suggestion.as_deref()))]
    UnknownSelection {
        /// What stands there.
        word: String,
        /// The selection nearest to it.
        suggestion: Option<String>,
    },
    /// Not the name of a reference.
    #[error("`{word}` is not `administrator` and not the LDAP name of an attribute")]
    NotReference {
        /// What stands there.
        word: String,
    },
    /// `set` with an attribute.
    #[error("`set` takes only `administrator`; for an attribute write filter = \"({word}=*)\"")]
    SetAttribute {
        /// The attribute.
        word: String,
    },
    /// The administrator of something else than a service.
    #[error("only `ims` has an administrator")]
    NoAdministrator,
    /// A need that is run on other objects.
    #[error("`needs` names `{id}`, which is run on each `{other}`, and this check on each `{own}`")]
    OtherSubject {
        /// The check that is needed.
        id: String,
        /// What it is run on.
        other: &'static str,
        /// What this one is run on.
        own: &'static str,
    },
    /// A need that is decided only when all recipients are compared.
    #[error("`needs` names `{id}`, which is decided only when all are compared; need a check of a filter instead")]
    LateNeed {
        /// The check that is needed.
        id: String,
    },
    /// Not a release.
    #[error("`{text}` is not a release like 5.5 or 5.5 SP4")]
    NotRelease {
        /// What stands there.
        text: String,
    },
    /// A lesser failure for nothing in particular.
    #[error("a [[lesser]] needs a `filter`, a `from` or a `before`")]
    EmptyLesser,
    /// A key that means nothing here.
    #[error("`{key}` goes only with {with} in [expect]")]
    Misplaced {
        /// The key.
        key: &'static str,
        /// Where it belongs.
        with: &'static str,
    },
    /// An item of a change that nothing answers, or several things.
    #[error("an [[item]] must hold exactly one of checks, facts, rehearse, uses, manual; it holds {found}")]
    Answers {
        /// Those found, or `none`.
        found: String,
    },
    /// An item that comes too late.
    #[error("an item that is due {now} the change comes after one that is due {before}; put them in the order of the work")]
    Order {
        /// When it is due.
        now: String,
        /// When the one before it is due.
        before: String,
    },
    /// Facts that nobody makes.
    #[error("there are no facts `{word}`{}", did_you_mean(suggestion.as_deref()))]
    UnknownFacts {
        /// What stands there.
        word: String,
        /// The word nearest to it.
        suggestion: Option<String>,
    },
    /// An item about what the change names, of a change that names nothing.
    #[error("`{key}` is about the object that is named; say `names = \"object\"` or `names = \"server\"` above")]
    NothingNamed {
        /// The key.
        key: &'static str,
    },
    /// A check of which the answer is a person's.
    #[error("`checks` names `{id}`, which a person answers; write its text as `manual`")]
    ByHand {
        /// The check.
        id: String,
    },
    /// A lesser failure that does not weigh less.
    #[error("a [[lesser]] severity must be less than the check's own, or the same and inferred where that is documented")]
    NotLesser,
}
