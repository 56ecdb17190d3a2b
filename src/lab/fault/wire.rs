//! LDAP messages as bytes, well formed or nearly so: what the lab's own encoder would not write.

/// SearchResultEntry.
pub(super) const ENTRY: u8 = 0x64;
/// SearchResultDone.
pub(super) const DONE: u8 = 0x65;
/// BindResponse.
pub(super) const BIND: u8 = 0x61;
/// SearchResultReference.
pub(super) const REFERENCE: u8 = 0x73;
/// ExtendedResponse.
pub(super) const EXTENDED: u8 = 0x78;
/// OCTET STRING.
pub(super) const TEXT: u8 = 0x04;
/// SEQUENCE.
pub(super) const SEQUENCE: u8 = 0x30;
/// SET.
pub(super) const SET: u8 = 0x31;

/// One element; lengths are written in four bytes, as Microsoft's servers do.
pub(super) fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes();
    [&[tag, 0x84], length.as_slice(), content.as_slice()].concat()
}

/// A message.
pub(super) fn message(id: i32, parts: &[&[u8]]) -> Vec<u8> {
    let id = element(0x02, &[&id.to_be_bytes()]);
    element(SEQUENCE, &[&id, &parts.concat()])
}

/// A message with a result.
pub(super) fn result(id: i32, tag: u8, code: u32, text: &str) -> Vec<u8> {
    message(id, &[&outcome(tag, code, text, &[])])
}

/// A result with more behind its text.
pub(super) fn outcome(tag: u8, code: u32, text: &str, more: &[u8]) -> Vec<u8> {
    let code = element(0x0a, &[&code.to_be_bytes()]);
    element(tag, &[&code, &element(TEXT, &[]), &element(TEXT, &[text.as_bytes()]), more])
}

/// The end of a page, with a cookie.
pub(super) fn page(id: i32, cookie: &[u8]) -> Vec<u8> {
    let value = element(SEQUENCE, &[&element(0x02, &[&[0]]), &element(TEXT, &[cookie])]);
    controlled(id, &value)
}

/// The end of a page, with this value of the control.
pub(super) fn controlled(id: i32, value: &[u8]) -> Vec<u8> {
    let oid = element(TEXT, &[super::super::PAGED_RESULTS.as_bytes()]);
    let control = element(SEQUENCE, &[&oid, &element(TEXT, &[value])]);
    message(id, &[&outcome(DONE, 0, "", &[]), &element(0xa0, &[&control])])
}

/// One attribute of an entry.
pub(super) fn attribute(name: &[u8], values: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Vec<u8> {
    let values: Vec<u8> = values.into_iter().flat_map(|value| element(TEXT, &[value.as_ref()])).collect();
    element(SEQUENCE, &[&element(TEXT, &[name]), &element(SET, &[&values])])
}

/// A message with an entry.
pub(super) fn entry(id: i32, dn: &[u8], attributes: &[u8]) -> Vec<u8> {
    message(id, &[&element(ENTRY, &[&element(TEXT, &[dn]), &element(SEQUENCE, &[attributes])])])
}

/// An entry that is a container, with nothing of interest.
pub(super) fn container(id: i32, dn: &[u8]) -> Vec<u8> {
    entry(id, dn, &attribute(b"objectClass", ["Container"]))
}

/// An Internet Mail Service about which nothing can be told: its settings hold no name.
pub(super) fn service(id: i32, dn: &str) -> Vec<u8> {
    let attributes = [attribute(b"objectClass", ["Mail-Gateway"]), attribute(b"Extension-Data", ["no name in here"])];
    entry(id, dn.as_bytes(), &attributes.concat())
}
