//! Several reads of single objects under way at a time, on the one connection.

use super::session::Session;
use crate::directory::entry::Entry;
use crate::directory::source::{Ended, Scope, Search};
use futures_util::stream::{self, StreamExt as _};
use std::cell::RefCell;

impl Session {
    /// Runs the searches in order. Where the settings allow it, neighbouring reads of single objects go out together: they
    /// do not wait for each other, and each answer is small.
    pub(super) async fn search_all(&self, searches: &[Search], each: &mut dyn FnMut(usize, Entry)) -> Vec<Ended> {
        let mut ended = Vec::with_capacity(searches.len());
        let alone = |search: &Search| self.pipeline < 2 || search.scope != Scope::Base;
        while let Some(search) = searches.get(ended.len()) {
            let from = ended.len();
            if alone(search) {
                ended.push(self.search(search, &mut |entry| each(from, entry)).await);
                continue;
            }
            let rest = searches.get(from..).unwrap_or_default();
            let count = rest.iter().position(alone).unwrap_or(rest.len());
            let reads = rest.get(..count).unwrap_or_default();
            ended.extend(self.read_together(reads, &mut |index, entry| each(from + index, entry)).await);
        }
        ended
    }

    async fn read_together(&self, reads: &[Search], each: &mut dyn FnMut(usize, Entry)) -> Vec<Ended> {
        // the bytes of all answers count together
        self.shared.begin();
        let each = RefCell::new(each);
        let each = &each;
        let under_way = reads.iter().enumerate().map(|(index, read)| async move {
            // one thread runs them all, and nothing waits while an entry is handed on
            let mut hand_on = |entry| (each.borrow_mut())(index, entry);
            match self.ask_within(self.limit(), read, None, &mut hand_on).await {
                Ok(page) => self.whole(read, &page),
                Err(how) => Ended::Cut(how),
            }
        });
        stream::iter(under_way).buffered(self.pipeline).collect().await
    }
}
