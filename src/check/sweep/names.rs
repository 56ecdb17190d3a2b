//! The names of objects that may have to be told later, all in one buffer.

use crate::directory::dn::Dn;

/// No name.
const NONE: u32 = u32::MAX;

/// Names by the indexes of their objects.
#[derive(Default)]
pub(super) struct Names {
    elsewhere: bool,
    text: Vec<u8>,
    ends: Vec<usize>,
    /// The number of a name, by the index of its object: those are given one after the other, so that a list is shorter and faster
    /// than a table.
    by_index: Vec<u32>,
}

impl Names {
    /// Where all names are noted elsewhere.
    pub(super) fn elsewhere() -> Self {
        Self { elsewhere: true, ..Self::default() }
    }

    /// Notes the name of the object with this index.
    pub(super) fn note(&mut self, index: u32, dn: &Dn) {
        if self.elsewhere || self.number(index).is_some() {
            return;
        }
        let number = u32::try_from(self.ends.len()).unwrap_or(NONE);
        match dn.plain() {
            Some(text) => self.text.extend_from_slice(text.as_bytes()),
            None => self.text.extend_from_slice(dn.to_string().as_bytes()),
        }
        self.ends.push(self.text.len());
        let at = place(index);
        if at >= self.by_index.len() {
            self.by_index.resize(at.saturating_add(1), NONE);
        }
        self.by_index.get_mut(at).into_iter().for_each(|known| *known = number);
    }

    /// The name of the object with this index, if it was noted.
    pub(super) fn known(&self, index: u32) -> Option<Dn> {
        let at = place(self.number(index)?);
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        Some(Dn::parse_lossy(self.text.get(start..*self.ends.get(at)?)?))
    }

    /// The same of one that was noted.
    pub(super) fn get(&self, index: u32) -> Dn {
        self.known(index).unwrap_or_default()
    }

    fn number(&self, index: u32) -> Option<u32> {
        self.by_index.get(place(index)).copied().filter(|number| *number != NONE)
    }
}

fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_comes_back_as_it_was() {
        let mut names = Names::default();
        let dns = ["cn=Berg\\, Kari,ou=S,o=O", "cn=a\\00b,o=O", "cn=x,o=O"].map(|text| Dn::parse(text.as_bytes()).expect(text));
        for (index, dn) in (7..).zip(&dns) {
            names.note(index, dn);
            names.note(index, &Dn::default());
        }
        for (index, dn) in (7..).zip(&dns) {
            assert_eq!(names.get(index).key(), dn.key());
        }
        assert!(names.known(6).is_none() && names.known(10).is_none());
        let mut others = Names::elsewhere();
        others.note(1, &dns[0]);
        assert!(others.known(1).is_none());
    }
}
