//! The order of the checks: what a check needs comes before it, and otherwise they stay as they were read.

use super::definition::Check;
use super::load::Problem;
use super::load::checks::ReadCheck;
use super::nearest::nearest;

/// What is wrong with the needs, in which of the checks given, and on which line.
pub(super) struct Broken {
    pub(super) file: String,
    pub(super) line: usize,
    pub(super) problem: Problem,
}

/// Puts the checks in order.
pub(super) fn order(mut left: Vec<ReadCheck>) -> Result<Vec<Check>, Broken> {
    unknown_needs(&left)?;
    unfit_needs(&left)?;
    let mut ordered: Vec<Check> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let ready = left.iter().position(|read| read.check.needs.iter().all(|id| ordered.iter().any(|check| check.id == *id)));
        match ready {
            Some(at) => ordered.push(left.remove(at).check),
            None => return Err(circle(&left)),
        }
    }
    Ok(ordered)
}

/// Every need that is unknown or unfit.
pub(super) fn broken_needs(checks: &[ReadCheck]) -> Vec<Broken> {
    let alone = |read: &ReadCheck| {
        let found = unknown_of(read, checks).and_then(|()| unfit_of(read, checks));
        found.err()
    };
    checks.iter().filter_map(alone).collect()
}

fn unknown_needs(checks: &[ReadCheck]) -> Result<(), Broken> {
    checks.iter().try_for_each(|read| unknown_of(read, checks))
}

fn unknown_of(read: &ReadCheck, checks: &[ReadCheck]) -> Result<(), Broken> {
    let ids = || checks.iter().map(|read| read.check.id.as_str());
    for (id, line) in read.check.needs.iter().zip(&read.need_lines) {
        if !ids().any(|known| known == id) {
            let problem =
                Problem::UnknownCheck { key: "needs", id: id.clone(), suggestion: nearest(id, ids()).map(str::to_owned) };
            return Err(Broken { file: read.check.origin.clone(), line: *line, problem });
        }
    }
    Ok(())
}

/// A check can need only one that is run on the same objects. Of recipients, which are many and judged one after the other, it
/// must also judge each by itself.
fn unfit_needs(checks: &[ReadCheck]) -> Result<(), Broken> {
    checks.iter().try_for_each(|read| unfit_of(read, checks))
}

fn unfit_of(read: &ReadCheck, checks: &[ReadCheck]) -> Result<(), Broken> {
    for (id, line) in read.check.needs.iter().zip(&read.need_lines) {
        let Some(need) = checks.iter().map(|other| &other.check).find(|other| other.id == *id) else { continue };
        let (own, other) = (read.check.subject.each, need.subject.each);
        let problem = if own != other {
            Problem::OtherSubject { id: id.clone(), other: other.word(), own: own.word() }
        } else if own.is_of_recipients() && need.is_decided_late() {
            Problem::LateNeed { id: id.clone() }
        } else {
            continue;
        };
        return Err(Broken { file: read.check.origin.clone(), line: *line, problem });
    }
    Ok(())
}

/// Each of these checks needs another of them: walk from need to need until one comes back.
fn circle(left: &[ReadCheck]) -> Broken {
    let mut path: Vec<&str> = Vec::new();
    let mut at = left.first();
    let mut last = (String::new(), 1);
    while let Some(read) = at {
        if let Some(start) = path.iter().position(|id| *id == read.check.id) {
            path.drain(..start);
            path.push(&read.check.id);
            break;
        }
        path.push(&read.check.id);
        let find = |id: &String| left.iter().find(|other| other.check.id == *id);
        let next = read.check.needs.iter().zip(&read.need_lines).find_map(|(id, line)| find(id).map(|next| (next, *line)));
        at = next.map(|(next, line)| {
            last = (read.check.origin.clone(), line);
            next
        });
    }
    let path = path.into_iter().map(str::to_owned).collect();
    Broken { file: last.0, line: last.1, problem: Problem::Cycle { path } }
}
