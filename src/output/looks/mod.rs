//! What people see, character by character.

use super::fixture::{self, STYLE};
use super::{Style, sanitize, wrap};

mod checklist;
mod digest;
mod table;

const ASCII: Style = Style { unicode: false, ..STYLE };
