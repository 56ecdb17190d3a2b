//! What the page may load: nothing but its own style and its own script, each known by its hash.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The Content-Security-Policy of the page.
pub(super) fn of(style: &str, script: &str) -> String {
    format!("{}; script-src 'sha256-{}'; img-src data:", of_style(style), hash(script))
}

/// That of a page without a script, and without a picture.
pub(in crate::output) fn of_style(style: &str) -> String {
    format!("default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'", hash(style))
}

fn hash(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}
