//! The shape of responses (RFC 4511 section 4), checked so strictly that the client library, which takes it for granted,
//! is never surprised. The server's texts are named: the library demands most of them in UTF-8, and a server of 1997 may
//! answer in Latin-1.

use super::ber::{self, CONSTRUCTED, Element, Elements, INTEGER, OCTET_STRING, SEQUENCE};
use super::violation::Violation;
use crate::directory::result_code::ResultCode;
use std::ops::Range;

/// BindResponse.
pub(super) const BIND_RESPONSE: u8 = 0x61;
/// SearchResultEntry.
pub(super) const ENTRY: u8 = 0x64;
/// SearchResultDone.
pub(super) const SEARCH_DONE: u8 = 0x65;
/// SearchResultReference.
pub(super) const REFERENCE: u8 = 0x73;
/// ExtendedResponse.
pub(super) const EXTENDED_RESPONSE: u8 = 0x78;
/// IntermediateResponse.
pub(super) const INTERMEDIATE: u8 = 0x79;

const BOOLEAN: u8 = 0x01;
const ENUMERATED: u8 = 0x0a;
const SET: u8 = 0x31;
const CONTROLS: u8 = 0xa0;
const RESPONSE_NAME: u8 = 0x8a;
/// An entry has at most so many attributes; the published Exchange schema knows fewer than 1500. The time to take an entry
/// apart grows with their square.
const MAX_ATTRIBUTES: usize = 2048;

/// What every message has.
#[derive(Debug)]
pub(super) struct Envelope {
    /// The message id.
    pub(super) id: u32,
    /// The operation.
    pub(super) op: Element,
    controls: Option<Element>,
    /// An element Active Directory puts behind a Notice of Disconnection, where controls belong.
    misplaced_name: bool,
}

/// Takes a message apart. Works for requests and responses.
pub(super) fn envelope(bytes: &[u8]) -> Result<Envelope, Violation> {
    let mut outer = Elements::all(bytes);
    let message = next(&mut outer, SEQUENCE, "it is not a sequence")?;
    let mut parts = message.inside(bytes);
    let id = next(&mut parts, INTEGER, "the message id is missing")?;
    let id = ber::unsigned(id.of(bytes)).and_then(|id| u32::try_from(id).ok()).filter(|&id| id <= i32::MAX as u32);
    let id = id.ok_or(Violation::Shape("the message id is out of range"))?;
    let op = parts.next().ok_or(Violation::Shape("the operation is missing"))??;
    let mut envelope = Envelope { id, op, controls: None, misplaced_name: false };
    match parts.next().transpose()? {
        Some(part) if part.tag == CONTROLS => envelope.controls = Some(part),
        Some(part) if part.tag == RESPONSE_NAME => envelope.misplaced_name = true,
        Some(_) => return Err(Violation::Shape("something other than controls follows the operation")),
        None => {}
    }
    match (parts.next(), outer.next()) {
        (None, None) => Ok(envelope),
        _ => Err(Violation::Shape("something follows its end")),
    }
}

/// Checks a response and returns where the server's own texts lie: what it says, as against what the directory holds.
pub(super) fn texts(bytes: &[u8], envelope: &Envelope) -> Result<Vec<Range<usize>>, Violation> {
    let mut texts = Vec::new();
    if envelope.misplaced_name {
        return Err(Violation::Shape("something other than controls follows the operation"));
    }
    if let Some(controls) = &envelope.controls {
        check_controls(bytes, controls, &mut texts)?;
    }
    let op = &envelope.op;
    match op.tag {
        BIND_RESPONSE | SEARCH_DONE | EXTENDED_RESPONSE => {
            result(bytes, op, &mut texts)?;
        }
        ENTRY => check_entry(bytes, op)?,
        REFERENCE => {
            for uri in op.inside(bytes) {
                let uri = uri?;
                if uri.tag != OCTET_STRING {
                    return Err(Violation::Shape("a referral is not text"));
                }
                texts.push(uri.content);
            }
        }
        INTERMEDIATE => {}
        other => return Err(Violation::Operation(other)),
    }
    Ok(texts)
}

/// The result of an operation (LDAPResult).
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    /// The result code.
    pub(super) code: ResultCode,
    /// The server's text, as sent.
    pub(super) text: Vec<u8>,
    /// The name of an extended response.
    pub(super) name: Option<Vec<u8>>,
}

/// Reads the result in an operation; its texts are added to `texts`.
pub(super) fn result(bytes: &[u8], op: &Element, texts: &mut Vec<Range<usize>>) -> Result<Outcome, Violation> {
    let mut parts = op.inside(bytes);
    let code = next(&mut parts, ENUMERATED, "the result code is missing")?;
    let code = ber::unsigned(code.of(bytes)).and_then(|code| u32::try_from(code).ok());
    let code = code.map(ResultCode::of).ok_or(Violation::Shape("the result code is out of range"))?;
    let matched = next(&mut parts, OCTET_STRING, "the matched name of the result is missing")?;
    let text = next(&mut parts, OCTET_STRING, "the text of the result is missing")?;
    texts.extend([matched.content.clone(), text.content.clone()]);
    let mut name = None;
    for part in parts {
        let part = part?;
        match part.tag {
            0xa3 => {
                if part.content.is_empty() {
                    return Err(Violation::Shape("a referral leads nowhere"));
                }
                for uri in part.inside(bytes) {
                    let uri = uri?;
                    if uri.tag & CONSTRUCTED != 0 {
                        return Err(Violation::Shape("a referral is not text"));
                    }
                    texts.push(uri.content);
                }
            }
            RESPONSE_NAME => {
                name = Some(part.of(bytes).to_vec());
                texts.push(part.content);
            }
            0x87 | 0x8b => {}
            // The library looks at the number only, so another class or form of these would confuse it.
            other if matches!(other & 0x1f, 3 | 7 | 10 | 11) => {
                return Err(Violation::Shape("a part of the result has a wrong type"));
            }
            _ => {}
        }
    }
    Ok(Outcome { code, text: text.of(bytes).to_vec(), name })
}

/// SearchResultEntry: a name, and attributes of a type and a set of values.
fn check_entry(bytes: &[u8], op: &Element) -> Result<(), Violation> {
    let mut parts = op.inside(bytes);
    next(&mut parts, OCTET_STRING, "an entry has no name")?;
    let attributes = next(&mut parts, SEQUENCE, "an entry has no attribute list")?;
    if parts.next().is_some() {
        return Err(Violation::Shape("something follows the attributes of an entry"));
    }
    for (index, attribute) in attributes.inside(bytes).enumerate() {
        let attribute = attribute?;
        if index == MAX_ATTRIBUTES {
            return Err(Violation::TooManyAttributes(MAX_ATTRIBUTES));
        }
        if attribute.tag != SEQUENCE {
            return Err(Violation::Shape("an attribute is not a sequence"));
        }
        let mut parts = attribute.inside(bytes);
        next(&mut parts, OCTET_STRING, "an attribute has no type")?;
        let values = next(&mut parts, SET, "an attribute has no set of values")?;
        check_all(values.inside(bytes), "a value is not an octet string")?;
    }
    Ok(())
}

/// Controls: sequences of an OID, perhaps a Boolean, perhaps a value.
fn check_controls(bytes: &[u8], controls: &Element, texts: &mut Vec<Range<usize>>) -> Result<(), Violation> {
    let wrong = Violation::Shape("a control is malformed");
    for control in controls.inside(bytes) {
        let control = control?;
        if control.tag != SEQUENCE {
            return Err(wrong);
        }
        let parts: Vec<Element> = control.inside(bytes).take(4).collect::<Result<_, _>>()?;
        let (oid, rest) = parts.split_first().ok_or(wrong.clone())?;
        let rest: Vec<(u8, usize)> = rest.iter().map(|part| (part.tag, part.content.len())).collect();
        if oid.tag != OCTET_STRING
            || !matches!(rest.as_slice(), [] | [(BOOLEAN, 1)] | [(OCTET_STRING, _)] | [(BOOLEAN, 1), (OCTET_STRING, _)])
        {
            return Err(wrong);
        }
        texts.push(oid.content.clone());
    }
    Ok(())
}

fn check_all(elements: Elements<'_>, wrong: &'static str) -> Result<(), Violation> {
    for element in elements {
        if element?.tag != OCTET_STRING {
            return Err(Violation::Shape(wrong));
        }
    }
    Ok(())
}

fn next(elements: &mut Elements<'_>, tag: u8, missing: &'static str) -> Result<Element, Violation> {
    match elements.next().transpose()? {
        Some(element) if element.tag == tag => Ok(element),
        _ => Err(Violation::Shape(missing)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ber::write;

    fn message(op: &[u8], more: &[u8]) -> Vec<u8> {
        write(SEQUENCE, &[&[INTEGER, 1, 9], op, more].concat())
    }

    fn check(bytes: &[u8]) -> Result<usize, Violation> {
        texts(bytes, &envelope(bytes)?).map(|texts| texts.len())
    }

    #[test]
    fn takes_results_apart() {
        let bytes = message(&[SEARCH_DONE, 9, 10, 1, 4, 4, 0, 4, 2, b'h', b'i'], &[]);
        let found = envelope(&bytes).expect("envelope");
        let outcome = result(&bytes, &found.op, &mut Vec::new()).expect("result");
        assert_eq!((found.id, outcome), (9, Outcome { code: ResultCode::SizeLimitExceeded, text: b"hi".to_vec(), name: None }));
        for (op, wrong) in [
            (&[SEARCH_DONE, 6, 10, 0, 4, 0, 4, 0][..], "the result code is out of range"),
            (&[SEARCH_DONE, 7, 2, 1, 0, 4, 0, 4, 0], "the result code is missing"),
            (&[SEARCH_DONE, 5, 10, 1, 0, 4, 0], "the text of the result is missing"),
            (&[SEARCH_DONE, 9, 10, 1, 0, 4, 0, 4, 0, 0x83, 0], "a part of the result has a wrong type"),
            (&[SEARCH_DONE, 11, 10, 1, 0, 4, 0, 4, 0, 0xa3, 2, 0x24, 0], "a referral is not text"),
        ] {
            assert_eq!(check(&message(op, &[])), Err(Violation::Shape(wrong)), "{op:02x?}");
        }
    }

    #[test]
    fn checks_entries() {
        let entry = |attributes: &[u8]| message(&write(ENTRY, &[&[4, 0][..], &write(SEQUENCE, attributes)].concat()), &[]);
        assert_eq!(check(&entry(&[SEQUENCE, 7, 4, 1, b'a', SET, 2, 4, 0])), Ok(0));
        assert_eq!(check(&entry(&[])), Ok(0));
        for (attributes, wrong) in [
            (&[4, 0][..], "an attribute is not a sequence"),
            (&[SEQUENCE, 2, 4, 0], "an attribute has no set of values"),
            (&[SEQUENCE, 6, 4, 0, SET, 2, 2, 0], "a value is not an octet string"),
        ] {
            assert_eq!(check(&entry(attributes)), Err(Violation::Shape(wrong)));
        }
        assert_eq!(check(&message(&[ENTRY, 2, SEQUENCE, 0], &[])), Err(Violation::Shape("an entry has no name")));
        let many = [SEQUENCE, 4, 4, 0, SET, 0].repeat(MAX_ATTRIBUTES + 1);
        assert_eq!(check(&entry(&many)), Err(Violation::TooManyAttributes(MAX_ATTRIBUTES)));
    }

    #[test]
    fn checks_controls_and_envelope() {
        let done = [SEARCH_DONE, 7, 10, 1, 0, 4, 0, 4, 0];
        let control = |parts: &[u8]| message(&done, &write(CONTROLS, &write(SEQUENCE, parts)));
        for parts in [&[4, 1, b'1'][..], &[4, 0, 1, 1, 255], &[4, 0, 4, 0], &[4, 0, 1, 1, 0, 4, 0]] {
            assert_eq!(check(&control(parts)), Ok(3), "{parts:?}");
        }
        for parts in [&[][..], &[2, 0], &[4, 0, 1, 0], &[4, 0, 2, 0], &[4, 0, 4, 0, 4, 0]] {
            assert_eq!(check(&control(parts)), Err(Violation::Shape("a control is malformed")), "{parts:?}");
        }
        assert!(check(&message(&done, &[0xa1, 0])).is_err());
        assert!(check(&message(&done, &[RESPONSE_NAME, 0])).is_err());
        assert!(check(&message(&done, &[CONTROLS, 0, CONTROLS, 0])).is_err());
        assert_eq!(check(&message(&[0x63, 0], &[])), Err(Violation::Operation(0x63)));
        assert_eq!(check(&[SEQUENCE, 3, INTEGER, 1, 9]), Err(Violation::Shape("the operation is missing")));
        assert_eq!(check(&[SEQUENCE, 3, INTEGER, 1, 0xff]), Err(Violation::Shape("the message id is out of range")));
        assert!(check(&[SEQUENCE, 0]).is_err());
    }
}
