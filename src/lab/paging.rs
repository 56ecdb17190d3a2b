//! Paged searches under way on one connection (RFC 2696).

use std::collections::VecDeque;

/// Paged searches one connection may leave open; the oldest is forgotten.
const MAX_OPEN: usize = 8;

/// A paged search whose next page has not been asked for yet.
#[derive(Debug)]
pub(super) struct Open {
    cookie: Vec<u8>,
    /// The request it belongs to; a cookie is good for the same search only.
    request: String,
    /// The objects not sent yet.
    pub(super) rest: Vec<usize>,
    /// How many were sent: the client's size limit counts over all pages.
    pub(super) sent: usize,
}

/// The paged searches of one connection. A cookie names the connection and a number, and is good once, on this
/// connection only: what Exchange puts into its cookies is not documented.
#[derive(Debug)]
pub(super) struct Pages {
    connection: u64,
    next: u64,
    open: VecDeque<Open>,
}

impl Pages {
    pub(super) fn new(connection: u64) -> Self {
        Self { connection, next: 1, open: VecDeque::new() }
    }

    /// Keeps what is left of a search and returns the cookie of the next page.
    pub(super) fn keep(&mut self, request: &str, rest: Vec<usize>, sent: usize) -> Vec<u8> {
        let cookie = [self.connection.to_be_bytes(), self.next.to_be_bytes()].concat();
        self.next += 1;
        if self.open.len() >= MAX_OPEN {
            self.open.pop_front();
        }
        self.open.push_back(Open { cookie: cookie.clone(), request: request.to_owned(), rest, sent });
        cookie
    }

    /// Takes the search a cookie stands for; none if the cookie is not of this connection, was used, or belongs to
    /// another request.
    pub(super) fn take(&mut self, cookie: &[u8], request: &str) -> Option<Open> {
        let index = self.open.iter().position(|open| open.cookie == cookie && open.request == request)?;
        self.open.remove(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_good_once_here_and_for_the_same_search() {
        let mut pages = Pages::new(1);
        let mut others = Pages::new(2);
        let cookie = pages.keep("a", vec![3, 4], 2);
        let foreign = others.keep("a", vec![5], 0);
        assert!(pages.take(&foreign, "a").is_none());
        assert!(pages.take(b"", "a").is_none());
        assert!(pages.take(&cookie, "b").is_none());
        assert_eq!(pages.take(&cookie, "a").expect("open").rest, [3, 4]);
        assert!(pages.take(&cookie, "a").is_none());
    }

    #[test]
    fn forgets_the_oldest() {
        let mut pages = Pages::new(1);
        let first = pages.keep("a", vec![1], 0);
        for _ in 0..MAX_OPEN {
            pages.keep("a", vec![1], 0);
        }
        assert!(pages.take(&first, "a").is_none());
        assert_eq!(pages.open.len(), MAX_OPEN);
    }
}
