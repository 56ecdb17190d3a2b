//! The forms of records: which names follow one another. A file has few, so most of a line is known before it is read.

use crate::directory::entry::Layout;
use std::sync::Arc;

/// Steps that are remembered; records of further forms are read name by name.
const MOST: usize = 8192;
/// Lines of a record that are remembered.
const LONGEST: u32 = 256;

/// The forms that were met: a tree, of which each step down is one more value.
#[derive(Debug)]
pub(super) struct Forms {
    steps: Vec<Step>,
}

/// The first values of some records.
#[derive(Debug, Default)]
struct Step {
    /// What stands in front of the last of them: `cn: `.
    start: Box<[u8]>,
    /// The length of its name without options.
    base: usize,
    before: usize,
    depth: u32,
    /// What did follow last, or [`Forms::START`].
    likely: usize,
    /// What may follow.
    after: Vec<usize>,
    /// What a record of no more than these shows.
    layout: Option<Arc<Layout>>,
}

impl Default for Forms {
    fn default() -> Self {
        Self { steps: vec![Step::default()] }
    }
}

impl Forms {
    /// Before the first value.
    pub(super) const START: usize = 0;

    /// The step that a line takes and where its value stands, if it is one that was taken here before.
    #[inline]
    pub(super) fn known(&mut self, at: usize, line: &[u8]) -> Option<(usize, usize)> {
        let likely = self.steps.get(at)?.likely;
        match self.steps.get(likely) {
            Some(step) if line.starts_with(&step.start) && likely != Self::START => Some((likely, step.start.len())),
            _ => self.other(at, line),
        }
    }

    #[inline(never)]
    fn other(&mut self, at: usize, line: &[u8]) -> Option<(usize, usize)> {
        let after = &self.steps.get(at)?.after;
        let is_it = |step: &usize| self.steps.get(*step).is_some_and(|step| line.starts_with(&step.start));
        let place = after.iter().position(is_it)?;
        let step = *after.get(place)?;
        let here = self.steps.get_mut(at)?;
        here.after.swap(0, place);
        here.likely = step;
        Some((step, self.steps.get(step)?.start.len()))
    }

    /// The step to a value of this name, of which the first `base` bytes are without options; none if it is not remembered.
    pub(super) fn step(&mut self, at: usize, name: &str, base: usize) -> Option<usize> {
        let start: Box<[u8]> = [name.as_bytes(), b": "].concat().into();
        let known = self.steps.get(at)?;
        if let Some(step) = known.after.iter().find(|step| self.steps.get(**step).is_some_and(|step| step.start == start)) {
            return Some(*step);
        }
        let (step, depth) = (self.steps.len(), known.depth + 1);
        if step >= MOST || depth > LONGEST {
            return None;
        }
        self.steps.push(Step { start, base, before: at, depth, ..Step::default() });
        self.steps.get_mut(at)?.after.push(step);
        Some(step)
    }

    /// What a record of the values up to this step shows. If it is that of a spare, which nobody needs any more, that one is
    /// given: two threads that count who shares a layout wait for each other.
    pub(super) fn layout(&mut self, at: usize, spare: Option<Arc<Layout>>) -> Arc<Layout> {
        if let Some(layout) = self.steps.get(at).and_then(|step| step.layout.as_ref()) {
            return spare.filter(|spare| Arc::ptr_eq(spare, layout)).unwrap_or_else(|| Arc::clone(layout));
        }
        let layout = Arc::new(self.copy(at).shared());
        self.steps.get_mut(at).into_iter().for_each(|step| step.layout = Some(Arc::clone(&layout)));
        layout
    }

    /// The same, not to be shared.
    pub(super) fn copy(&self, at: usize) -> Layout {
        let mut path = Vec::new();
        let mut at = at;
        while let Some(step) = self.steps.get(at).filter(|step| step.depth > 0) {
            path.push(step);
            at = step.before;
        }
        let mut layout = Layout::default();
        for step in path.into_iter().rev() {
            let base = step.start.get(..step.base).and_then(|base| std::str::from_utf8(base).ok());
            layout.push(base.unwrap_or_default());
        }
        layout
    }
}
