//! How much of a file is held in memory. A file is untrusted, and a line may have any length.

/// The longest value, in bytes: 16 MiB.
pub const VALUE: usize = 16 << 20;
/// The longest text of one record, in bytes: 64 MiB.
pub const RECORD: usize = 64 << 20;
/// The most values one record may hold.
pub const VALUES: usize = 1_000_000;
/// The most different attributes one record may hold: 2048. The time to read a record grows with their square.
pub const ATTRIBUTES: usize = 2048;
/// The longest distinguished name, in bytes of its text: 64 KiB.
pub const DN: usize = 64 << 10;

/// Room on a line for the attribute's name.
const NAME: usize = 1024;

/// The limits a reader works with; tests make them small.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) value: usize,
    pub(super) record: usize,
    pub(super) values: usize,
    pub(super) attributes: usize,
    pub(super) dn: usize,
}

impl Limits {
    /// The longest unfolded line: a name and the longest value in base64, which makes 4 bytes of 3.
    pub(super) fn line(&self) -> usize {
        self.value.div_ceil(3) * 4 + NAME
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { value: VALUE, record: RECORD, values: VALUES, attributes: ATTRIBUTES, dn: DN }
    }
}
