//! Proxy-Addresses and its four LDAP spellings are one attribute of the directory (SDK directry_6fub): who writes one of them alters
//! the others. That a server takes a write to each of them so is inferred.

use super::Stage;
use super::modify::Held;
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::directory::whole::EntryId;
use crate::exchange::address::{ATTRIBUTES, ProxyAddress, proxy_addresses};

impl Stage<'_> {
    /// Has the other spellings follow where a change altered one.
    pub(super) fn keep_addresses_in_step(&mut self, id: EntryId, held: &[Held]) {
        let is_place = |held: &&Held| ATTRIBUTES.iter().any(|place| place.eq_ignore_ascii_case(&held.attribute));
        let touched: Vec<&Held> = held.iter().filter(is_place).collect();
        if touched.is_empty() {
            return;
        }
        // all of them are known where they were before, or where the one that holds all is set anew
        let was_whole =
            self.questions.get(id).is_none_or(|seen| ["X400", "SMTP"].iter().all(|kind| seen.all_addresses(kind).is_ok()));
        let is_set = |held: &&&Held| held.attribute.eq_ignore_ascii_case("Proxy-Addresses") && held.missing.is_none();
        let is_whole = was_whole || touched.iter().any(|held| is_set(&held));
        let holds_all = |name: &str| name.eq_ignore_ascii_case("Proxy-Addresses");
        let comes_from_all = touched.iter().any(|held| holds_all(&held.attribute));
        for place in ATTRIBUTES {
            let is_own = |held: &&&Held| held.attribute.eq_ignore_ascii_case(place);
            // what was written to the others
            let (mut gone, mut fresh) = (Vec::new(), Vec::new());
            for held in touched.iter().filter(|held| !is_own(held)) {
                let (before, after) = (addresses(held, &held.before), addresses(held, &held.values));
                // one that is only written in another case comes in the place of the other
                gone.extend(before.iter().filter(|address| !after.contains(address)).cloned());
                fresh.extend(after.iter().filter(|address| !before.contains(address)).cloned());
            }
            let is_written = touched.iter().any(|held| is_own(&held));
            if is_written && gone.is_empty() && fresh.is_empty() {
                continue;
            }
            let mut held = self.held(id, place);
            let own = addresses(&held, &held.values);
            let stays = own.iter().map(|address| !gone.iter().any(|gone| is_same(gone, address)));
            let mut stays: Vec<bool> = stays.collect();
            let was_shown = !held.values.is_empty();
            held.values.retain(|_| if stays.is_empty() { true } else { stays.remove(0) });
            let kept: Vec<&ProxyAddress> = own.iter().filter(|own| !gone.iter().any(|gone| is_same(gone, own))).collect();
            let missing = fresh.iter().filter(|address| !kept.iter().any(|own| is_same(own, address)));
            // a place that is not shown here holds none, unless all of them were written
            let is_filled = was_shown || (is_whole && comes_from_all);
            let spelled = missing.filter(|_| is_filled).filter_map(|address| spelled(address, place));
            held.values.extend(spelled);
            if was_shown || is_whole || is_written {
                self.edit.set(id, place, &held.values, is_whole);
            }
        }
    }
}

impl Stage<'_> {
    /// What an object holds of an attribute that is to be modified. Where Proxy-Addresses itself is not shown, the others tell it.
    pub(super) fn held_to_modify(&self, id: EntryId, attribute: &str) -> Held {
        let held = self.held(id, attribute);
        if !attribute.eq_ignore_ascii_case("Proxy-Addresses") || !held.values.is_empty() {
            return held;
        }
        let all = self.edit.get(id).map(|entry| proxy_addresses(&entry)).unwrap_or_default();
        let values: Vec<Vec<u8>> = all.iter().filter_map(|address| spelled(address, "Proxy-Addresses")).collect();
        let seen = self.questions.get(id);
        let missing = seen.and_then(|seen| ["X400", "SMTP"].iter().find_map(|kind| seen.all_addresses(kind).err()));
        Held { attribute: attribute.to_owned(), before: values.clone(), values, missing }
    }
}

/// The addresses that these values of an attribute are, one for each.
fn addresses(held: &Held, values: &[Vec<u8>]) -> Vec<ProxyAddress> {
    let one = |value: &Vec<u8>| {
        let mut entry = Entry::new(Dn::default());
        entry.add(&held.attribute, value);
        proxy_addresses(&entry).into_iter().next()
    };
    let none = || ProxyAddress { kind: String::new(), value: String::new(), primary: false };
    values.iter().map(|value| one(value).unwrap_or_else(none)).collect()
}

fn is_same(one: &ProxyAddress, other: &ProxyAddress) -> bool {
    one.kind == other.kind && one.value.eq_ignore_ascii_case(&other.value)
}

/// An address as it stands in one of the places; none where it does not belong there.
pub(in crate::exchange) fn spelled(address: &ProxyAddress, place: &str) -> Option<Vec<u8>> {
    let ProxyAddress { kind, value, primary } = address;
    let written = if *primary { kind.clone() } else { kind.to_ascii_lowercase() };
    let has_own_place = *primary && matches!(kind.as_str(), "SMTP" | "X400");
    let text = match place {
        "mail" | "rfc822Mailbox" if *primary && kind == "SMTP" => value.clone(),
        "textEncodedORAddress" if *primary && kind == "X400" => value.clone(),
        "otherMailbox" if !has_own_place => format!("{written}${value}"),
        "Proxy-Addresses" => format!("{written}:{value}"),
        _ => return None,
    };
    Some(text.into_bytes())
}
