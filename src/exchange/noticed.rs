//! What was noticed of the entries before, so that an entry like them costs next to nothing.

use super::shapes::Shape;

/// Attribute names that are remembered at a time.
const PLACES: usize = 256;

/// Attribute names of which enough was seen. It forgets; then the longer way leads to the same.
#[derive(Debug, Clone)]
pub(super) struct Settled {
    names: Vec<Option<(usize, String)>>,
    /// The shapes of objects of all whose attributes enough was seen.
    shapes: Vec<bool>,
    /// By shape: which of three places its objects have that are still to be looked at.
    open: Vec<Option<[bool; 3]>>,
}

impl Default for Settled {
    fn default() -> Self {
        Self { names: vec![None; PLACES], shapes: Vec::new(), open: Vec::new() }
    }
}

impl Settled {
    /// Whether that name, so spelled, was noted for the file.
    pub(super) fn holds(&self, file: usize, name: &str) -> bool {
        matches!(self.names.get(place(name)), Some(Some((of, known))) if known == name && *of == file)
    }

    /// Whether that shape was noted.
    pub(super) fn holds_shape(&self, shape: Shape) -> bool {
        self.shapes.get(shape.index()).is_some_and(|settled| *settled)
    }

    pub(super) fn note_shape(&mut self, shape: Shape) {
        if shape.index() >= self.shapes.len() {
            self.shapes.resize(shape.index() + 1, false);
        }
        self.shapes.get_mut(shape.index()).into_iter().for_each(|settled| *settled = true);
    }

    /// Which places are still to be looked at; none if that is not known.
    pub(super) fn open(&self, shape: Shape) -> Option<[bool; 3]> {
        self.open.get(shape.index()).copied().flatten()
    }

    pub(super) fn note_open(&mut self, shape: Shape, open: [bool; 3]) {
        self.open.resize(self.open.len().max(shape.index() + 1), None);
        self.open.get_mut(shape.index()).into_iter().for_each(|known| *known = Some(open));
    }

    /// Less is to be looked at now.
    pub(super) fn forget_open(&mut self) {
        self.open.clear();
    }

    pub(super) fn note(&mut self, file: usize, name: &str) {
        if let Some(place) = self.names.get_mut(place(name)) {
            *place = Some((file, name.to_owned()));
        }
    }
}

fn place(name: &str) -> usize {
    let bytes = name.as_bytes();
    let byte = |at: usize| bytes.get(at).map_or(0, |&byte| usize::from(byte));
    let length = bytes.len();
    (length ^ byte(0) << 1 ^ byte(length / 2) << 3 ^ byte(length.wrapping_sub(1)) << 2) % PLACES
}

/// The site of the entry before, as its name was written, and what is noted of it.
#[derive(Debug, Clone, Default)]
pub(super) struct SiteBefore {
    file: usize,
    site: String,
    hidden: bool,
    deleted: bool,
}

impl SiteBefore {
    /// Whether an entry of this site tells nothing new.
    pub(super) fn tells(&self, file: usize, site: &str, hidden: bool, deleted: bool) -> bool {
        self.file == file && !site.is_empty() && self.site == site && self.hidden >= hidden && self.deleted >= deleted
    }

    /// Notes what an entry of this site told.
    pub(super) fn note(&mut self, file: usize, site: &str, hidden: bool, deleted: bool) {
        if self.file != file || self.site != site {
            *self = Self { file, site: site.to_owned(), hidden: false, deleted: false };
        }
        self.hidden |= hidden;
        self.deleted |= deleted;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_settled_for_its_file_and_spelling_alone() {
        let mut settled = Settled::default();
        settled.note(0, "mail");
        assert!(settled.holds(0, "mail"));
        assert!(!settled.holds(1, "mail") && !settled.holds(0, "Mail") && !settled.holds(0, "mbil"));
    }

    #[test]
    fn a_site_tells_something_new_once() {
        let mut before = SiteBefore::default();
        assert!(!before.tells(0, "", false, false) && !before.tells(0, "ou=S,o=O", false, false));
        before.note(0, "ou=S,o=O", false, false);
        assert!(before.tells(0, "ou=S,o=O", false, false) && !before.tells(0, "ou=S,o=O", true, false));
        before.note(0, "ou=S,o=O", true, false);
        assert!(before.tells(0, "ou=S,o=O", true, false) && !before.tells(0, "ou=S,o=O", false, true));
        assert!(!before.tells(1, "ou=S,o=O", false, false));
        before.note(0, "ou=T,o=O", false, true);
        assert!(!before.tells(0, "ou=T,o=O", true, false) && !before.tells(0, "ou=S,o=O", false, false));
    }
}
