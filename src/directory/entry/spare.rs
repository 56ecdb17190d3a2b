//! The memory of entries that nobody needs any more, for those that are read next.
//!
//! One thread reads entries and another lets go of them, which is what allocators are worst at: a sixth of the time of an audit
//! went into that. So what an entry held is put aside by the thread that lets go of it, and handed over in lots.

use super::fields::Piece;
use super::layout::Layout;
use std::cell::RefCell;
use std::mem::replace;
use std::sync::{Arc, Mutex};

/// Spares of a lot.
const LOT: usize = 64;
/// Lots between threads; what is beyond them goes back to the system.
const LOTS: usize = 16;
/// Bytes that a spare may take; larger ones go back to the system too. All together take no more than 4 MiB, and mostly a
/// fifth of that.
const LARGEST: usize = 4096;

/// What an entry held, and holds no more.
#[derive(Debug, Default)]
pub(in crate::directory) struct Spare {
    /// For the name; empty, with room, as the others.
    pub(in crate::directory) name: String,
    /// For the values.
    pub(in crate::directory) text: Vec<u8>,
    /// For where they stand.
    pub(in crate::directory) values: Vec<Piece>,
    /// What it showed: often what the next one shows, which then need not be shared once more.
    pub(in crate::directory) layout: Option<Arc<Layout>>,
}

thread_local! {
    /// Those of this thread.
    static HERE: RefCell<Vec<Spare>> = const { RefCell::new(Vec::new()) };
}

/// Full lots on their way from threads that let go to threads that read.
static BETWEEN: Mutex<Vec<Vec<Spare>>> = Mutex::new(Vec::new());

impl Spare {
    /// One that was put aside, or one without room.
    pub(in crate::directory) fn take() -> Self {
        let taken = HERE.try_with(|here| {
            let mut here = here.try_borrow_mut().ok()?;
            if here.is_empty() {
                *here = BETWEEN.lock().ok()?.pop()?;
            }
            here.pop()
        });
        taken.ok().flatten().unwrap_or_default()
    }

    /// Puts it aside.
    pub(super) fn give(mut self) {
        let bytes = self.name.capacity() + self.text.capacity() + self.values.capacity() * size_of::<Piece>();
        if bytes == 0 || bytes > LARGEST {
            return;
        }
        self.name.clear();
        self.text.clear();
        self.values.clear();
        // a layout that is not shared is of this entry alone
        self.layout = self.layout.filter(|layout| layout.number().is_some());
        // where a thread ends nothing is put aside
        _ = HERE.try_with(|here| {
            let Ok(mut here) = here.try_borrow_mut() else { return };
            if here.len() >= LOT {
                let lot = replace(&mut *here, Vec::with_capacity(LOT));
                if let Ok(mut between) = BETWEEN.lock()
                    && between.len() < LOTS
                {
                    between.push(lot);
                }
            }
            here.push(self);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(bytes: usize) -> Spare {
        let mut spare =
            Spare { name: "x".into(), text: Vec::with_capacity(bytes), values: vec![Piece::of(0, 1).unwrap()], layout: None };
        spare.text.push(b'x');
        spare
    }

    #[test]
    fn what_is_put_aside_comes_back_empty_and_nothing_large_does() {
        let mut alone = Layout::default();
        alone.push("cn");
        let shared = Arc::new(alone.clone().shared());
        for (layout, kept) in [(Arc::new(alone), None), (Arc::clone(&shared), Some(shared))] {
            Spare { layout: Some(layout), ..used(1000) }.give();
            let spare = Spare::take();
            assert!(spare.name.is_empty() && spare.text.is_empty() && spare.values.is_empty());
            assert_eq!(spare.text.capacity(), 1000);
            assert_eq!(spare.layout.as_ref().map(Arc::as_ptr), kept.as_ref().map(Arc::as_ptr));
        }
        used(LARGEST).give();
        assert!(Spare::take().text.capacity() < LARGEST);
    }

    #[test]
    fn a_thread_that_reads_is_given_what_another_let_go() {
        const ROOM: usize = 3003;
        // other tests may have filled the way between threads: it is emptied then
        let is_given = || {
            let giving = std::thread::spawn(|| (0..=LOT).for_each(|_| used(ROOM).give()));
            giving.join().expect("gives");
            (0..LOT * (LOTS + 1)).any(|_| Spare::take().text.capacity() == ROOM)
        };
        assert!((0..1000).any(|_| is_given()));
    }
}
