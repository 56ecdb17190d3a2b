//! The addresses that Exchange writes for nearly every recipient, told at one look: in their order, each term once, nothing in
//! them that could be wrong. Of any other address this says nothing.

use super::bounds;
use super::key::Key;
use super::value::{is_country, is_printable};

/// Whether an address is surely [`super::Class::Ok`], and the only way to write it so, but for the case of letters.
pub fn is_canonical(text: &[u8]) -> bool {
    let (mut rest, mut last, mut keys) = (text, None, 0_u32);
    while let [name, b'=', value @ ..] = rest {
        let Some(key) = key(*name).filter(|key| Some(*key) > last) else { return false };
        let Some(length) = plain(key, value) else { return false };
        last = Some(key);
        keys |= bit(key);
        rest = value.get(length + 1..).unwrap_or_default();
    }
    let has = |some: &[Key]| some.iter().any(|key| keys & bit(*key) != 0);
    let named = has(&[Key::Given, Key::Initials, Key::Generation]);
    let identified = has(&[Key::Prmd, Key::Organization, Key::Surname, Key::Given, Key::Initials]);
    let whole = has(&[Key::Country]) && has(&[Key::Admd]) && identified && (has(&[Key::Surname]) || !named);
    rest.is_empty() && whole && text.len() <= bounds::ADDRESS
}

/// The key of a letter as Exchange writes it.
fn key(letter: u8) -> Option<Key> {
    Some(match letter {
        b'c' => Key::Country,
        b'a' => Key::Admd,
        b'p' => Key::Prmd,
        b'o' => Key::Organization,
        b's' => Key::Surname,
        b'g' => Key::Given,
        b'i' => Key::Initials,
        b'q' => Key::Generation,
        _ => return None,
    })
}

fn bit(key: Key) -> u32 {
    1 << key as u32
}

/// The length of the value in front of the next semicolon; none if anything could be wrong with it, or none follows.
fn plain(key: Key, text: &[u8]) -> Option<usize> {
    if key == Key::Admd && text.starts_with(b" ;") {
        return Some(1);
    }
    // it must not begin with a blank, nor end with one, nor hold two side by side
    let mut before = b' ';
    let mut length = 0;
    loop {
        match *text.get(length)? {
            b';' => break,
            b' ' if before == b' ' => return None,
            byte if !is_printable(byte) => return None,
            byte => before = byte,
        }
        length += 1;
    }
    let value = text.get(..length)?;
    let fits = match key {
        Key::Country => is_country(std::str::from_utf8(value).ok()?),
        key => bounds::of(key).is_none_or(|(bound, _)| length <= bound),
    };
    (before != b' ' && fits).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::super::Class;
    use super::super::examine::judged_class;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_exchange_writes_is_told_at_one_look() {
        for text in [
            "c=US;a= ;p=Org;o=North;s=Berg;g=Ana;i=12;",
            "c=DE;a=BUND400;p=Org;o=Site;s=Lee;",
            "c=310;a= ;p=Org;o=A B;",
            "c=US;a= ;s=Lee;g=Ann;i=AB;q=Jr;",
        ] {
            assert!(is_canonical(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "c=US;a= ;",
            "c=US;a= ;g=Ana;",
            "c=US;a= ;s=Lee",
            "c=US;a= ;s=Lee;;",
            "c=US;a= ;s=Lee; ",
            "a= ;c=US;s=Lee;",
            "c=US;a= ;s=Lee;s=Lee;",
            "c=US;a= ;s=;",
            "c=US;a=  ;s=Lee;",
            "c=US;a= ;s=Lee ;",
            "c=USA;a= ;s=Lee;",
            "C=US;a= ;s=Lee;",
        ] {
            assert!(!is_canonical(text.as_bytes()), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn what_is_told_at_one_look_is_well(
            start in prop_oneof![4 => Just("c=US;a= ;"), 1 => Just("c=us;a=X;p=Org;"), 1 => Just("a= ;c=U1;"), 1 => Just("/c=US;")],
            terms in proptest::collection::vec(("[caposgiqCP]|ou1|cn| s", "[A-Ca-c0-9 ]{0,6}|[A-Z]{15,18}|;|é|=", ";|;|;|;;| ;|"), 0..5),
        ) {
            let terms: String = terms.into_iter().map(|(key, value, end)| format!("{key}={value}{end}")).collect();
            let text = format!("{start}{terms}");
            prop_assert!(!is_canonical(text.as_bytes()) || judged_class(&text) == Class::Ok, "{text}");
        }
    }
}
