//! The names of objects that may have to be told later, all in one buffer.

use crate::directory::dn::Dn;

/// No name.
const NONE: u32 = u32::MAX;

/// Names by number.
#[derive(Default)]
pub(super) struct Names {
    text: Vec<u8>,
    ends: Vec<usize>,
    /// The number of a name, by the index of its object: those are given one after the other, so that a list is shorter and faster
    /// than a table.
    by_index: Vec<u32>,
}

impl Names {
    /// The number of the name of the object with this index.
    pub(super) fn of(&mut self, index: u32, dn: &Dn) -> u32 {
        if let Some(number) = self.known(index) {
            return number;
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
        number
    }

    /// The name with this number.
    pub(super) fn get(&self, number: u32) -> Dn {
        let at = place(number);
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let text = self.ends.get(at).and_then(|end| self.text.get(start..*end)).unwrap_or_default();
        Dn::parse_lossy(text)
    }

    /// The number of the name of the object with this index, if it has one.
    pub(super) fn known(&self, index: u32) -> Option<u32> {
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
        let numbers: Vec<u32> = (7..).zip(&dns).map(|(index, dn)| names.of(index, dn)).collect();
        assert_eq!(numbers, [0, 1, 2]);
        for (number, dn) in numbers.iter().zip(&dns) {
            assert_eq!(names.get(*number).key(), dn.key());
        }
        assert_eq!((names.of(8, &dns[0]), names.known(9), names.known(10)), (1, Some(2), None));
    }
}
