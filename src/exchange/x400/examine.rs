//! The three ways to ask: all that is wrong, the class alone, or the address.

use super::address::{Address, Term};
use super::canonical::is_canonical;
use super::fault::{Class, Code, Fault};
use super::judge::judge;
use super::message;
use serde::Serialize;

/// What is known of an address. The order of the fields is the order of the keys in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Examination {
    /// The worst of the problems.
    pub class: Class,
    /// What is wrong, in the order of the text.
    pub problems: Vec<Problem>,
    /// The address as Exchange would write it; none if it is broken, or if something must be added that is not known: a surname.
    pub normalized: Option<String>,
}

/// One thing that is wrong with an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What it is.
    pub code: Code,
    /// The character at which it shows, counted from 1; what is missing shows at the first. Within the text, unless it is empty.
    pub position: usize,
    /// The same as a sentence about this address.
    pub message: String,
    /// How bad it is.
    #[serde(skip)]
    pub class: Class,
}

/// Examines an address, without a type before it (`X400:`).
pub fn examine(text: &str) -> Examination {
    let (terms, problems) = read(text);
    let class = problems.iter().map(|problem| problem.class).max().unwrap_or_default();
    let lacks = problems.iter().any(|problem| problem.code == Code::NoSurname);
    let normalized = (class != Class::Broken && !lacks).then(|| Address::from_terms(terms).to_string());
    Examination { class, problems, normalized }
}

/// The class alone: what [`examine`] says, without the cost of words.
pub fn class_of(text: &str) -> Class {
    if is_canonical(text.as_bytes()) { Class::Ok } else { judged_class(text) }
}

/// The same, term by term.
pub(super) fn judged_class(text: &str) -> Class {
    let mut class = Class::Ok;
    judge(text, |_| {}, |fault| class = class.max(fault.code.class()));
    class
}

/// Reads an address.
///
/// # Errors
/// All problems of an address that is broken.
pub fn parse(text: &str) -> Result<Address, Vec<Problem>> {
    let (terms, problems) = read(text);
    if problems.iter().any(|problem| problem.class == Class::Broken) { Err(problems) } else { Ok(Address::from_terms(terms)) }
}

fn read(text: &str) -> (Vec<Term>, Vec<Problem>) {
    let mut terms = Vec::new();
    let mut problems = Vec::new();
    judge(text, |found| terms.push(Term::of(&found)), |fault| problems.push(Problem::of(text, &fault)));
    problems.sort_by_key(|problem| (problem.position, std::cmp::Reverse(problem.class)));
    (terms, problems)
}

impl Problem {
    fn of(text: &str, fault: &Fault<'_>) -> Self {
        let position = text.get(..fault.at).map_or(1, |before| before.chars().count() + 1);
        Self { code: fault.code, position, message: message::of(fault), class: fault.code.class() }
    }
}
