//! The names of objects that may have to be told later, in a few large buffers.

use crate::directory::dn::Dn;

/// No name.
const NONE: u32 = u32::MAX;

/// Bytes of a page.
const PAGE: usize = 256 << 10;

/// Where a name ends.
#[derive(Debug, Clone, Copy)]
struct End {
    page: u32,
    /// In bytes.
    end: u32,
}

/// Names by the indexes of their objects.
#[derive(Default)]
pub(super) struct Names {
    elsewhere: bool,
    pages: Vec<Vec<u8>>,
    /// By number: where a name ends. It begins where the one before it ends.
    ends: Vec<End>,
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
        let end = match dn.plain() {
            Some(text) => self.write(text),
            None => self.write(&dn.to_string()),
        };
        self.ends.push(end);
        let at = place(index);
        if at >= self.by_index.len() {
            self.by_index.resize(at.saturating_add(1), NONE);
        }
        self.by_index.get_mut(at).into_iter().for_each(|known| *known = number);
    }

    /// The name of the object with this index, if it was noted.
    pub(super) fn known(&self, index: u32) -> Option<Dn> {
        let at = place(self.number(index)?);
        let End { page, end } = *self.ends.get(at)?;
        let before = at.checked_sub(1).and_then(|before| self.ends.get(before)).filter(|before| before.page == page);
        let start = before.map_or(0, |before| place(before.end));
        Some(Dn::parse_lossy(self.pages.get(place(page))?.get(start..place(end))?))
    }

    /// The same of one that was noted.
    pub(super) fn get(&self, index: u32) -> Dn {
        self.known(index).unwrap_or_default()
    }

    /// Writes a name behind the others. Pages are filled one after the other, for one text that grows would be copied again and
    /// again.
    fn write(&mut self, name: &str) -> End {
        if self.pages.last().is_none_or(|page| page.capacity() - page.len() < name.len()) {
            self.pages.push(Vec::with_capacity(PAGE.max(name.len())));
        }
        let Some(page) = self.pages.last_mut() else { return End { page: 0, end: 0 } };
        page.extend_from_slice(name.as_bytes());
        // no reader lets a name come near 4 GiB
        let end = u32::try_from(page.len()).unwrap_or(NONE);
        End { page: u32::try_from(self.pages.len() - 1).unwrap_or(NONE), end }
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
        // more than a page holds, and a name that is longer than one
        let long = "x".repeat(PAGE + 1);
        let many: Vec<Dn> = (0..20_000).map(|n| Dn::of([("cn", format!("{n}").as_str()), ("o", "Org")])).collect();
        let many: Vec<Dn> = many.into_iter().chain([Dn::of([("cn", long.as_str())])]).collect();
        (20..).zip(&many).for_each(|(index, dn)| names.note(index, dn));
        assert!((20..).zip(&many).all(|(index, dn)| names.get(index).key() == dn.key()));
        assert!(names.pages.len() > 2);
        let mut others = Names::elsewhere();
        others.note(1, &dns[0]);
        assert!(others.known(1).is_none());
    }
}
