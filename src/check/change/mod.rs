//! Changes: the checklist of each as text, and how its items are answered. The texts lie in `checks/changes/`; docs/changes.md describes
//! the format.

mod answer;
mod decide;
mod definition;
mod place;
mod rehearsal;
#[cfg(test)]
mod tests;

pub use answer::{Asked, answer, unanswered};
pub use definition::{Asks, Change, Names, Rehearse, Step};
pub use rehearsal::{OnACopy, Rehearsal, Rehearsed};
