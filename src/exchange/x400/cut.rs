//! Cuts an address into its terms. A pair of `;` is one within a value (F.401, Annex F).

/// A piece of the text between separators.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    /// Where it begins, in bytes.
    pub at: usize,
    /// The text, blanks kept.
    pub text: &'a str,
    /// Where the first pair of `;` in it stands, in bytes of the address.
    pub pair: Option<usize>,
    /// Whether a `;` ends it.
    pub ended: bool,
}

/// The pieces in turn. What follows the last `;` is a piece too, if it is anything.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= bytes.len() {
            return None;
        }
        let mut pair = None;
        let mut end = at;
        let mut ended = false;
        while let Some(byte) = bytes.get(end) {
            if *byte == b';' {
                if bytes.get(end + 1) != Some(&b';') {
                    ended = true;
                    break;
                }
                pair = pair.or(Some(end));
                end += 1;
            }
            end += 1;
        }
        let end = end.min(bytes.len());
        let piece = Piece { at, text: text.get(at..end).unwrap_or_default(), pair, ended };
        at = end + 1;
        Some(piece)
    })
}
