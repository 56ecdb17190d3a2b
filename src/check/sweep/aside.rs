//! Lets the checks look at what streams by in a thread of their own, while the source reads on.

use super::lot::Lot;
use crate::directory::entry::Entry;
use crate::exchange::shapes::Shape;
use crate::exchange::sweep::Seen;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread::{Builder, Scope, ScopedJoinHandle};

/// Batches under way.
const BATCHES: usize = 3;
/// Objects of a batch.
const OBJECTS: usize = 128;
/// A batch of so many bytes goes out.
const BYTES: usize = 256 << 10;
/// A batch of more is waited for, so that no two large objects are held at a time.
const LARGE: usize = 1 << 20;

type Batch = Vec<(Entry, Seen, Option<Shape>)>;

/// Checks in a thread of their own.
pub(super) struct Aside<'scope, 'a> {
    thread: ScopedJoinHandle<'scope, Lot<'a>>,
    to_look_at: SyncSender<Batch>,
    looked_at: Receiver<Batch>,
    filling: Batch,
    bytes: usize,
    under_way: usize,
}

impl<'scope, 'a: 'scope> Aside<'scope, 'a> {
    /// Starts the thread, which takes the checks; if no thread is to be had, they stay where they are.
    pub(super) fn start<'env>(scope: &'scope Scope<'scope, 'env>, lot: &mut Lot<'a>, each: bool) -> Option<Self> {
        let (to_look_at, to_see) = sync_channel::<Batch>(BATCHES);
        let (seen, looked_at) = channel();
        let (hand_over, handed_over) = channel::<Lot<'a>>();
        let looking = move || {
            let mut lot = handed_over.recv().unwrap_or_default();
            for mut batch in to_see {
                batch.drain(..).for_each(|(entry, at, shape)| lot.see(&entry, at, shape, each));
                // nobody takes it where all was seen
                _ = seen.send(batch);
            }
            lot.settle();
            lot
        };
        let thread = Builder::new().name("checks".into()).spawn_scoped(scope, looking).ok()?;
        // it waits for this
        _ = hand_over.send(std::mem::take(lot));
        Some(Self { thread, to_look_at, looked_at, filling: Vec::with_capacity(OBJECTS), bytes: 0, under_way: 0 })
    }

    /// Hands an object over.
    pub(super) fn see(&mut self, entry: Entry, seen: Seen, shape: Option<Shape>) {
        self.bytes += entry.weight();
        self.filling.push((entry, seen, shape));
        if self.filling.len() >= OBJECTS || self.bytes >= BYTES {
            self.send();
        }
    }

    /// All was handed over: waits until all was looked at, and gives the checks back.
    pub(super) fn finish(mut self) -> Lot<'a> {
        self.send();
        drop(self.to_look_at);
        // a panic there is one here
        self.thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }

    fn send(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        // that it looks no more shows itself at the end
        _ = self.to_look_at.send(std::mem::take(&mut self.filling));
        self.under_way += 1;
        while self.under_way >= BATCHES || (bytes > LARGE && self.under_way > 0) {
            let Ok(batch) = self.looked_at.recv() else { break };
            self.under_way -= 1;
            self.filling = batch;
        }
        if self.filling.capacity() == 0 {
            self.filling.reserve(OBJECTS);
        }
    }
}
