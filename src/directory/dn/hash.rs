//! Short stand-ins for names, for tables of very many.

use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};
use std::sync::LazyLock;

/// Makes numbers of 128 bits of names and texts: equal ones for names of the same object, and different ones for others as
/// far as anybody can tell.
///
/// Two of the keyed hashes of the standard library (SipHash 1-3), each with a random key that is made anew in each process:
/// who writes a file cannot know the keys, so he cannot choose names that collide, and of a billion names that nobody chose
/// two collide with a probability below 10^-20. The numbers mean nothing outside this process.
#[derive(Debug, Clone, Default)]
pub(super) struct KeyHasher {
    one: RandomState,
    other: RandomState,
}

/// The one of this process.
pub(super) static KEYS: LazyLock<KeyHasher> = LazyLock::new(KeyHasher::default);

impl KeyHasher {
    /// The number of a text without the case of its ASCII letters.
    pub(super) fn without_case(&self, text: &[u8]) -> u128 {
        self.hash(text, |byte| byte.to_ascii_lowercase())
    }

    /// The number of bytes as they are.
    pub(super) fn exact(&self, bytes: &[u8]) -> u128 {
        self.hash(bytes, |byte| byte)
    }

    fn hash(&self, text: &[u8], fold: impl Fn(u8) -> u8) -> u128 {
        let (mut one, mut other) = (self.one.build_hasher(), self.other.build_hasher());
        let mut folded = [0; 64];
        for chunk in text.chunks(folded.len()) {
            folded.iter_mut().zip(chunk).for_each(|(to, from)| *to = fold(*from));
            let part = folded.get(..chunk.len()).unwrap_or_default();
            one.write(part);
            other.write(part);
        }
        u128::from(one.finish()) << 64 | u128::from(other.finish())
    }
}

/// For tables by numbers that are keyed hashes already: nothing is gained by hashing them again.
pub type Hashed = BuildHasherDefault<Known>;

/// Takes what is a hash already.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known(u64);

impl Hasher for Known {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u32(&mut self, number: u32) {
        // one that nobody chose, of which the table needs high bits too
        self.0 = u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn write_u128(&mut self, hash: u128) {
        self.0 = (hash >> 64) as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::super::Dn;
    use super::*;

    #[test]
    fn names_of_one_object_have_one_number() {
        let of = |text: &str| Dn::parse(text.as_bytes()).expect("a name").number();
        let plain = of("cn=Ann Lee,cn=Recipients,ou=A site with a long name,o=An organization with a longer name");
        for same in [
            "CN=ann lee,cn=recipients,ou=a site with a long name,o=an organization with a longer name",
            "2.5.4.3=Ann Lee, cn=\"Recipients\"; OU=A site with a long name,o=An organization with a longer n\\61me",
        ] {
            assert_eq!(of(same), plain, "{same}");
        }
        assert_ne!(of("cn=Ann Lee,cn=Recipients,ou=A site with a long name,o=An organization with a longer nam"), plain);
        assert_ne!(of("cn=a,cn=b,o=c"), of("cn=a\\,cn=b,o=c"));
        assert_ne!(KeyHasher::default().exact(b"o=x"), KEYS.exact(b"o=x"), "keys are random");
    }
}
