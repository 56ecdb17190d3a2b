//! Who holds which address.
//!
//! Each address of each object is noted by a keyed hash, so that nobody can choose addresses that meet. Sorted, those of the same hash
//! stand side by side. The few objects that are found so are looked at once more, with the texts. What is told does not depend on
//! the order in which objects came, nor on how their names are spelled.

use super::text::Text;
use crate::directory::dn::DnKey;
use crate::exchange::address::Written;
use rayon::prelude::*;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::ops::Range;

/// Objects with addresses, by number.
pub(super) trait Objects: Sync {
    /// How many there are.
    fn count(&self) -> usize;

    /// What one is called.
    fn name(&self, object: usize) -> DnKey;

    /// Whether it is judged; others only show who holds an address too.
    fn is_judged(&self, object: usize) -> bool;

    /// Looks at each of its addresses.
    fn each_address(&self, object: usize, look: &mut dyn FnMut(&Written<'_>));
}

/// Addresses that the same objects hold.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shared {
    /// The objects, those that are judged first, each in the order of their names: the first is judged.
    pub(super) holders: Vec<usize>,
    /// Whether two of them show each of the addresses written alike.
    pub(super) same: bool,
    /// The addresses, in the form in which the same are equal.
    pub(super) forms: Vec<Vec<u8>>,
}

/// All that several hold.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Shares {
    /// As many as are told, in the order of the names of their holders.
    pub(super) told: Vec<Shared>,
    /// How many addresses there are besides.
    pub(super) left: usize,
}

/// That an object holds an address: 16 bytes, which is less than the address takes in the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Held {
    /// A keyed hash of its form.
    key: u64,
    /// The object.
    object: u32,
}

/// That an object holds an address that others hold too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Holding {
    /// The address.
    address: u32,
    /// The place of the object in the order of names.
    holder: u32,
    /// A keyed hash of how it is written there.
    written: u64,
}

/// One address that several hold: its holders among all of them.
#[derive(Debug)]
struct Share {
    holders: Range<usize>,
    same: bool,
    form: Vec<u8>,
}

/// Objects that one thread looks at before it looks for more.
const LOT: usize = 4096;

/// The addresses that several objects hold, those of the same holders together: at most `most` times.
pub(super) fn shared(objects: &(impl Objects + ?Sized), most: usize) -> Shares {
    let keys = RandomState::new();
    let held = held(objects, &keys);
    let (mut met, mut suspects) = (Vec::new(), Vec::new());
    for same in held.chunk_by(|one, other| one.key == other.key) {
        if let [first, _, ..] = same {
            met.push(first.key);
            suspects.extend(same.iter().map(|held| held.object));
        }
    }
    drop(held);
    suspects.sort_unstable();
    suspects.dedup();
    let suspects = suspects.into_iter().map(|object| object as usize);
    let mut named: Vec<(bool, DnKey, usize)> =
        suspects.map(|object| (!objects.is_judged(object), objects.name(object), object)).collect();
    named.sort();
    let judged = named.iter().take_while(|(is_other, ..)| !is_other).count();
    let order: Vec<usize> = named.into_iter().map(|(.., object)| object).collect();
    let (holdings, forms) = holdings(objects, &keys, &met, &order);
    together(&holdings, forms, &order, judged, most)
}

/// All addresses of all objects, each once for an object, those of the same hash side by side.
fn held(objects: &(impl Objects + ?Sized), keys: &RandomState) -> Vec<Held> {
    let of_lot = |start: usize| {
        let (mut held, mut text) = (Vec::new(), Text::default());
        for object in start..objects.count().min(start + LOT) {
            let number = u32::try_from(object).unwrap_or(u32::MAX);
            objects.each_address(object, &mut |written| {
                if text.take(written) {
                    held.push(Held { key: hash(keys, text.form()), object: number });
                }
            });
        }
        held
    };
    let lots: Vec<usize> = (0..objects.count()).step_by(LOT).collect();
    let mut held: Vec<Held> = lots.into_par_iter().with_max_len(1).flat_map_iter(of_lot).collect();
    held.par_sort_unstable();
    held.dedup();
    held
}

/// Who of these objects holds which address of which the hash was met on several, and the form of each such address.
fn holdings(objects: &(impl Objects + ?Sized), keys: &RandomState, met: &[u64], order: &[usize]) -> (Vec<Holding>, Vec<Vec<u8>>) {
    let (mut holdings, mut text) = (Vec::new(), Text::default());
    let mut forms: Vec<Vec<u8>> = vec![Vec::new(); met.len()];
    for (holder, object) in (0..).zip(order) {
        objects.each_address(*object, &mut |written| {
            if !text.take(written) {
                return;
            }
            let Ok(address) = met.binary_search(&hash(keys, text.form())) else { return };
            let Some(form) = forms.get_mut(address) else { return };
            if form.is_empty() {
                form.extend_from_slice(text.form());
            }
            // two of the same hash are the same only if their texts are
            if form == text.form() {
                let address = u32::try_from(address).unwrap_or(u32::MAX);
                holdings.push(Holding { address, holder, written: hash(keys, text.written()) });
            }
        });
    }
    holdings.sort_unstable();
    holdings.dedup();
    (holdings, forms)
}

/// Puts those addresses together that the same objects hold, one of which is among the first `judged` in the order.
fn together(holdings: &[Holding], mut forms: Vec<Vec<u8>>, order: &[usize], judged: usize, most: usize) -> Shares {
    let (mut holders, mut shares): (Vec<u32>, Vec<Share>) = (Vec::new(), Vec::new());
    for same in holdings.chunk_by(|one, other| one.address == other.address) {
        let start = holders.len();
        holders.extend(same.chunk_by(|one, other| one.holder == other.holder).filter_map(|of_one| Some(of_one.first()?.holder)));
        let is_judged = holders.get(start).is_some_and(|first| (*first as usize) < judged);
        if holders.len() < start + 2 || !is_judged {
            holders.truncate(start);
            continue;
        }
        let form = same.first().and_then(|first| forms.get_mut(first.address as usize)).map(std::mem::take).unwrap_or_default();
        shares.push(Share { holders: start..holders.len(), same: is_alike(same), form });
    }
    let of = |share: &Share| holders.get(share.holders.clone()).unwrap_or_default();
    shares.sort_unstable_by(|one, other| (of(one), !one.same, &one.form).cmp(&(of(other), !other.same, &other.form)));
    let mut found = Shares::default();
    for same in shares.chunk_by_mut(|one, other| of(one) == of(other) && one.same == other.same) {
        let Some(first) = same.first().filter(|_| found.told.len() < most) else {
            found.left += same.len();
            continue;
        };
        let named = of(first).iter().filter_map(|place| order.get(*place as usize).copied());
        let (holders, same_written) = (named.collect(), first.same);
        let forms = same.iter_mut().map(|share| std::mem::take(&mut share.form)).collect();
        found.told.push(Shared { holders, same: same_written, forms });
    }
    found
}

/// Whether two of the holders of an address show it written alike.
fn is_alike(same: &[Holding]) -> bool {
    let mut written: Vec<(u64, u32)> = same.iter().map(|holding| (holding.written, holding.holder)).collect();
    written.sort_unstable();
    // each holder is there once for each way in which it is written
    written.windows(2).any(|pair| matches!(pair, [(one, _), (other, _)] if one == other))
}

/// The hash of one text, which needs no end.
fn hash(keys: &RandomState, text: &[u8]) -> u64 {
    let mut hasher = keys.build_hasher();
    hasher.write(text);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::dn::Dn;
    use crate::exchange::address::split;

    /// Objects by name, with addresses as `otherMailbox` shows them.
    struct Fake(Vec<(String, Vec<String>)>);

    impl Objects for Fake {
        fn count(&self) -> usize {
            self.0.len()
        }

        fn name(&self, object: usize) -> DnKey {
            Dn::of([("cn", self.0.get(object).expect("there").0.as_str())]).key()
        }

        fn is_judged(&self, object: usize) -> bool {
            !self.0.get(object).expect("there").0.starts_with("system")
        }

        fn each_address(&self, object: usize, look: &mut dyn FnMut(&Written<'_>)) {
            for value in &self.0.get(object).expect("there").1 {
                let (kind, address) = split(value.as_bytes(), b'$').expect("typed");
                let is_x400 = kind.eq_ignore_ascii_case(b"X400");
                look(&Written { kind, address, is_x400 });
            }
        }
    }

    fn fake(objects: &[(&str, &[&str])]) -> Fake {
        Fake(
            objects
                .iter()
                .map(|(name, values)| ((*name).to_owned(), values.iter().map(|&value| value.to_owned()).collect()))
                .collect(),
        )
    }

    /// The names of the holders, whether they show it written alike, and the addresses.
    fn told(objects: &Fake, most: usize) -> (Vec<(String, bool, String)>, usize) {
        let shares = shared(objects, most);
        let name = |holder: &usize| objects.0.get(*holder).expect("there").0.to_lowercase();
        let words = |shared: &Shared| {
            let forms: Vec<_> = shared.forms.iter().map(|form| String::from_utf8_lossy(form).into_owned()).collect();
            (shared.holders.iter().map(name).collect::<Vec<_>>().join(" "), shared.same, forms.join(" "))
        };
        (shares.told.iter().map(words).collect(), shares.left)
    }

    #[test]
    fn the_same_holders_are_told_once_whatever_the_order_and_spelling() {
        let a: (&str, &[&str]) = ("Anna", &["SMTP$a@b", "MS$O/S/A", "x400$c=US;s=A"]);
        let b: (&str, &[&str]) = ("BRUNO", &["smtp$A@B", "MS$o/s/a", "X400$s=A;c=US;", "SMTP$b@b"]);
        let c: (&str, &[&str]) = ("carla", &["SMTP$b@b", "smtp$B@b"]);
        let expected = [
            ("anna bruno".to_owned(), true, "ms:o/s/a smtp:a@b".to_owned()),
            ("anna bruno".to_owned(), false, "x400:c=us;s=a;".to_owned()),
            ("bruno carla".to_owned(), true, "smtp:b@b".to_owned()),
        ];
        for objects in [[a, b, c], [c, b, a], [b, a, c], [("ANNA", a.1), ("bruno", b.1), ("Carla", c.1)]] {
            assert_eq!(told(&fake(&objects), 9), (expected.to_vec(), 0));
        }
        assert_eq!(told(&fake(&[a, b, c]), 2), (expected.iter().take(2).cloned().collect(), 1));
        assert_eq!(told(&fake(&[("a", &["SMTP$a@b", "smtp$A@b"]), ("b", &[])]), 9), (vec![], 0), "one object alone");
    }

    #[test]
    fn what_nobody_who_is_judged_holds_is_not_told_and_the_judged_come_first() {
        let (a, s1, s2) =
            (("zoe", &["SMTP$a@b"][..]), ("system 1", &["SMTP$a@b", "SMTP$s@b"][..]), ("system 2", &["SMTP$s@b"][..]));
        assert_eq!(told(&fake(&[s1, a, s2]), 9), (vec![("zoe system 1".to_owned(), true, "smtp:a@b".to_owned())], 0));
    }

    #[test]
    fn very_many_holders_and_addresses_cost_no_more_than_they_are() {
        let all = |n: usize| (0..20).map(|address| format!("SMTP${address}@all")).chain([format!("SMTP${n}@own")]).collect();
        let many = Fake((0..5_000).map(|n| (format!("n{n:06}"), all(n))).collect());
        let shares = shared(&many, 10);
        let counts: Vec<_> = shares.told.iter().map(|shared| (shared.holders.len(), shared.forms.len())).collect();
        assert_eq!((counts, shares.left), (vec![(5_000, 20)], 0));
    }
}
