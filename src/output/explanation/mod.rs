//! An explanation for people: as text for a terminal, and as Markdown for a page.

mod markdown;
mod text;

pub(super) use markdown::link;
pub use markdown::{Links, markdown};
pub use text::{rule, text, texts};
