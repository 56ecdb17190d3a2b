//! What each fault must come to, written by hand.

use exaudit::lab::fault::Fault;

/// What a fault must come to.
pub(crate) enum Expected {
    /// By right it does no harm: the verdicts and the exit code of the fault-free run.
    Harmless,
    /// The run is not complete, and this is said of it.
    Told(&'static str),
}

use Expected::{Harmless, Told};

/// What the fault must come to.
pub(crate) fn of(fault: &Fault) -> Expected {
    let (name, phase) = (fault.name(), fault.phase().word());
    match (name, phase) {
        _ => Told(""),
    }
}
