//! Judges an address term by term. Allocates nothing: what is found goes to two functions, in the order of the text, and what
//! is missing behind it.

use super::bounds;
use super::cut::{Piece, pieces};
use super::fault::{Code, Fault};
use super::key::{Key, strip_dda};
use super::value;

/// A term that was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'a> {
    pub key: Key,
    /// The type of a domain-defined attribute, else nothing.
    pub kind: &'a str,
    /// The value without blanks around it; one blank for an ADMD of blanks.
    pub value: &'a str,
}

/// Judges an address.
pub(super) fn judge<'a>(text: &'a str, term: impl FnMut(Found<'a>), mut fault: impl FnMut(Fault<'a>)) {
    if value::trimmed(text).is_empty() {
        return fault(Fault::at(Code::Empty, 0));
    }
    // nothing is looked at beyond, so that no text takes long
    if text.len() > bounds::ADDRESS
        && let Some((at, _)) = text.char_indices().nth(bounds::ADDRESS)
    {
        return fault(Fault { bound: Some((bounds::ADDRESS, "Proxy-Addresses")), ..Fault::at(Code::TooLong, at) });
    }
    if text.starts_with('/') {
        return fault(Fault::at(Code::SlashForm, 0));
    }
    // without a single key nothing more can be said of it
    if !text.contains('=') {
        let at = text.len() - text.trim_start_matches(' ').len();
        return fault(Fault { text: value::trimmed(text), ..Fault::at(Code::NoEquals, at) });
    }
    let mut judge =
        Judge { term, fault, seen: 0, told: 0, identified: false, rank: 0, attributes: 0, waiting: None, named: None };
    let mut ended = false;
    for piece in pieces(text) {
        judge.piece(piece);
        ended = piece.ended || is_blank(piece.text);
    }
    judge.missing();
    if !ended {
        let last = text.char_indices().next_back().map_or(0, |(at, _)| at);
        (judge.fault)(Fault::at(Code::NoFinalSemicolon, last));
    }
}

struct Judge<'a, T, F> {
    term: T,
    fault: F,
    /// The keys that were there, a bit each.
    seen: u32,
    /// The codes that were told and are told once, a bit each.
    told: u32,
    identified: bool,
    /// The place of the last term that stood in order.
    rank: u32,
    /// How many domain-defined attributes there were.
    attributes: usize,
    /// A type in Microsoft Mail's spelling whose value has not come: itself and where it stands.
    waiting: Option<(&'a str, usize)>,
    /// Where the first part of a name stands that is not the surname.
    named: Option<usize>,
}

impl<'a, T: FnMut(Found<'a>), F: FnMut(Fault<'a>)> Judge<'a, T, F> {
    fn piece(&mut self, piece: Piece<'a>) {
        let Piece { at, text, pair, ended } = piece;
        if !ended && is_blank(text) {
            return self.once(Fault::at(Code::BlanksAroundSeparator, at));
        }
        let start = text.trim_start_matches(' ');
        if start.is_empty() {
            return (self.fault)(Fault::at(Code::NoEquals, at));
        }
        let at_key = at + (text.len() - start.len());
        if at_key > at {
            self.once(Fault::at(Code::BlanksAroundSeparator, at));
        }
        let Some((key, raw)) = start.split_once('=') else {
            return (self.fault)(Fault { text: value::trimmed(start), ..Fault::at(Code::NoEquals, at_key) });
        };
        let at_raw = at_key + key.len() + 1;
        let name = value::trimmed(key);
        if name.len() < key.len() {
            self.once(Fault::at(Code::BlanksAroundSeparator, at_key + name.len()));
        }
        let place = Place { name, at: at_key, raw, at_raw, pair };
        match strip_dda(name) {
            Some(rest) => self.attribute(place, rest),
            None => self.standard(place),
        }
    }

    /// A term with a key of its own.
    fn standard(&mut self, place: Place<'a>) {
        let Some((key, own)) = Key::read(place.name) else {
            return (self.fault)(Fault { key: place.name, ..Fault::at(Code::UnknownKey, place.at) });
        };
        self.spelling(place, place.name, own);
        if self.seen & (1 << key as u32) != 0 {
            return (self.fault)(Fault { key: key.text(), ..Fault::at(Code::Twice, place.at) });
        }
        self.seen |= 1 << key as u32;
        match key.rank() {
            Some(rank) if rank < self.rank => self.once(Fault { key: key.text(), ..Fault::at(Code::Order, place.at) }),
            Some(rank) => self.rank = rank,
            None => {}
        }
        if key.is_of_other_form() {
            self.once(Fault { key: key.text(), ..Fault::at(Code::UnsupportedForm, place.at) });
        }
        if matches!(key, Key::Given | Key::Initials | Key::Generation) {
            self.named = self.named.or(Some(place.at));
        }
        self.value(key, "", place);
    }

    /// A term whose key begins with `dda`: `rest` is what follows.
    fn attribute(&mut self, place: Place<'a>, rest: &'a str) {
        let at_rest = place.at + (place.name.len() - rest.len());
        if rest.eq_ignore_ascii_case(".type") {
            self.spelling(place, place.name, false);
            let raw = value::trimmed(place.raw);
            if let Some((_, at)) = self.waiting.replace((raw, place.at)) {
                (self.fault)(Fault { key: "dda.type", ..Fault::at(Code::EmptyValue, at) });
            }
        } else if rest.eq_ignore_ascii_case(".value") {
            self.spelling(place, place.name, false);
            let (kind, at) = self.waiting.take().unwrap_or(("", place.at));
            self.defined(kind, at, place);
        } else {
            let kind = rest.strip_prefix(':').unwrap_or(rest);
            if kind.starts_with(' ') {
                self.once(Fault::at(Code::BlanksAroundSeparator, at_rest + 1));
            }
            self.spelling(place, place.name.get(..3).unwrap_or_default(), true);
            self.defined(value::trimmed(kind), place.at, place);
        }
    }

    /// A domain-defined attribute.
    fn defined(&mut self, kind: &'a str, at: usize, place: Place<'a>) {
        self.attributes += 1;
        if self.attributes == bounds::DDA_COUNT + 1 {
            (self.fault)(Fault::at(Code::TooManyDda, place.at));
        }
        // a type with `=` cannot be told from its value
        if kind.is_empty() || kind.contains('=') {
            (self.fault)(Fault { text: kind, ..Fault::at(Code::DdaWithoutType, at) });
        } else if let Some(found) = value::not_printable(kind) {
            (self.fault)(Fault { key: "dda", text: value::character(kind, found), ..Fault::at(Code::NotPrintable, at) });
        } else if value::beyond(kind, bounds::DDA_TYPE).is_some() {
            let bound = Some((bounds::DDA_TYPE, "ub-domain-defined-attribute-type-length"));
            (self.fault)(Fault { key: "type of dda", bound, ..Fault::at(Code::TooLong, at) });
        }
        self.value(Key::DomainDefined, kind, place);
    }

    fn value(&mut self, key: Key, kind: &'a str, place: Place<'a>) {
        let Place { raw, at_raw, pair, .. } = place;
        if let Some(pair) = pair {
            // what else such a value is matters little: most often one `;` of two is a slip
            self.identified |= key.identifies();
            return (self.fault)(Fault { key: key.text(), text: ";", ..Fault::at(Code::NotPrintable, pair) });
        }
        let value = value::trimmed(raw);
        if value.is_empty() {
            return self.no_value(key, kind, place);
        }
        self.identified |= key.identifies();
        if let Some(blank) = value::outer_blank(raw) {
            self.once(Fault::at(Code::BlanksAroundSeparator, at_raw + blank));
        }
        let at_value = at_raw + (raw.len() - raw.trim_start_matches(' ').len());
        if let Some(blank) = value::surplus_blank(value) {
            self.once(Fault::at(Code::SurplusBlanks, at_value + blank));
        }
        let fault = |code, at| Fault { key: key.text(), ..Fault::at(code, at) };
        let odd = value::not_printable(value);
        if let Some(odd) = odd {
            (self.fault)(Fault { text: value::character(value, odd), ..fault(Code::NotPrintable, at_value + odd) });
        } else if matches!(key, Key::X121 | Key::NumericId)
            && let Some(letter) = value::not_numeric(value)
        {
            (self.fault)(Fault { text: value::character(value, letter), ..fault(Code::NotNumeric, at_value + letter) });
        }
        if key == Key::Country {
            if !matches!(value.chars().count(), 2 | 3) {
                (self.fault)(Fault { text: value, ..fault(Code::CountryLength, at_value) });
            } else if odd.is_none() && !value::is_country(value) {
                (self.fault)(Fault { text: value, ..fault(Code::CountryForm, at_value) });
            }
        }
        if let Some(bound) = bounds::of(key)
            && let Some(beyond) = value::beyond(value, bound.0)
        {
            (self.fault)(Fault { bound: Some(bound), ..fault(Code::TooLong, at_value + beyond) });
        }
        (self.term)(Found { key, kind, value });
    }

    /// A term that ends behind its `=`, or has blanks there.
    fn no_value(&mut self, key: Key, kind: &'a str, place: Place<'a>) {
        let mut value = "";
        let code = match key {
            Key::Admd if place.raw == " " => None,
            Key::Admd if place.raw.is_empty() => Some(Code::EmptyAdmd),
            Key::Admd => Some(Code::SurplusBlanks),
            Key::Prmd => Some(Code::EmptyPrmd),
            Key::Country => Some(Code::CountryLength),
            _ => Some(Code::EmptyValue),
        };
        if key == Key::Admd && !place.raw.is_empty() {
            value = " ";
        }
        if let Some(code) = code {
            // what Microsoft Mail migrates has many of these, and each is a fault; blanks are told where they are first seen
            let fault = Fault { key: key.text(), ..Fault::at(code, place.at) };
            if code == Code::SurplusBlanks { self.once(fault) } else { (self.fault)(fault) }
        }
        (self.term)(Found { key, kind, value });
    }

    /// What a whole address lacks.
    fn missing(&mut self) {
        if let Some((_, at)) = self.waiting.take() {
            (self.fault)(Fault { key: "dda.type", ..Fault::at(Code::EmptyValue, at) });
        }
        if self.seen & (1 << Key::Country as u32) == 0 {
            (self.fault)(Fault::at(Code::NoCountry, 0));
        }
        if self.seen & (1 << Key::Admd as u32) == 0 {
            (self.fault)(Fault::at(Code::NoAdmd, 0));
        }
        if !self.identified {
            (self.fault)(Fault::at(Code::NoIdentifyingTerm, 0));
        }
        if self.seen & (1 << Key::Surname as u32) == 0
            && let Some(at) = self.named
        {
            (self.fault)(Fault::at(Code::NoSurname, at));
        }
    }

    /// How a key is written.
    fn spelling(&mut self, place: Place<'a>, name: &'a str, own: bool) {
        if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            self.once(Fault { key: name, ..Fault::at(Code::UpperCaseKey, place.at) });
        }
        if !own {
            self.once(Fault { key: name, ..Fault::at(Code::OtherSpelling, place.at) });
        }
    }

    /// What concerns the way an address is written is told where it is first seen.
    fn once(&mut self, fault: Fault<'a>) {
        let bit = 1 << fault.code as u32;
        if self.told & bit == 0 {
            self.told |= bit;
            (self.fault)(fault);
        }
    }
}

/// A term as it stands in the text; places in bytes.
#[derive(Debug, Clone, Copy)]
struct Place<'a> {
    /// The key as written.
    name: &'a str,
    at: usize,
    /// The value as written.
    raw: &'a str,
    at_raw: usize,
    pair: Option<usize>,
}

fn is_blank(text: &str) -> bool {
    value::trimmed(text).is_empty()
}
