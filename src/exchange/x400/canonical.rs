//! The addresses that Exchange writes for nearly every recipient, told at one look: in their order, each term once, nothing in
//! them that could be wrong. Of any other address this says nothing.

use super::bounds;
use super::key::Key;
use super::value::{is_country, is_printable};

/// Whether an address is surely [`super::Class::Ok`].
pub(super) fn is_canonical(text: &str) -> bool {
    if text.len() > bounds::ADDRESS {
        return false;
    }
    let (mut seen, mut rank, mut identified) = (0_u32, 0, false);
    let Some(terms) = text.strip_suffix(';') else { return false };
    for term in terms.split(';') {
        let Some((name, value)) = term.split_once('=').filter(|(name, _)| name.len() == 1) else { return false };
        let Some((key, _)) = Key::read(name).filter(|_| !name.as_bytes().iter().any(u8::is_ascii_uppercase)) else {
            return false;
        };
        let bit = 1 << key as u32;
        let own = key.rank().unwrap_or(rank);
        if seen & bit != 0 || own < rank || !is_plain(key, value) {
            return false;
        }
        seen |= bit;
        rank = own;
        identified |= key.identifies();
    }
    let has = |key: Key| seen & (1 << key as u32) != 0;
    let named = [Key::Given, Key::Initials, Key::Generation].into_iter().any(has);
    has(Key::Country) && has(Key::Admd) && identified && (has(Key::Surname) || !named)
}

/// Whether nothing can be wrong with a value.
fn is_plain(key: Key, value: &str) -> bool {
    if key == Key::Admd && value == " " {
        return true;
    }
    let mut before = b' ';
    for byte in value.bytes() {
        if !is_printable(byte) || (byte == b' ' && before == b' ') {
            return false;
        }
        before = byte;
    }
    let fits = bounds::of(key).is_none_or(|(bound, _)| value.len() <= bound);
    // an empty value ends as it began, with a blank
    before != b' ' && fits && (key != Key::Country || is_country(value))
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
            "c=US;a= ;s=Lee;i=AB;g=Ann;q=Jr;",
        ] {
            assert!(is_canonical(text), "{text}");
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
            prop_assert!(!is_canonical(&text) || judged_class(&text) == Class::Ok, "{text}");
        }
    }
}
