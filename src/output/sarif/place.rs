//! Where a result is: the object by its name, and the record in a file where there is one.

use super::name;
use crate::report::{Place, Subject};
use serde::Serialize;
use std::fmt::Write;
use std::path::{Component, Path};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    physical_location: Option<Physical>,
    logical_locations: [Logical; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical {
    name: String,
    fully_qualified_name: String,
    kind: &'static str,
}

impl Location {
    /// The object that a result is about.
    pub(super) fn of(subject: &Subject) -> Self {
        let named = Self::named(&subject.dn.leaf(), &subject.dn.to_string());
        Self { physical_location: subject.place.as_ref().map(Physical::of), ..named }
    }

    /// What a result is about that is about no object, or about several: the organization, and the beginning of the file.
    pub(super) fn whole(organization: &str, file: Option<&str>) -> Self {
        let physical =
            file.map(|file| Physical { artifact_location: Artifact { uri: uri(file) }, region: Region { start_line: 1 } });
        Self { physical_location: physical, ..Self::named(organization, organization) }
    }

    /// An object by its name.
    pub(super) fn named(short: &str, dn: &str) -> Self {
        let logical = Logical { name: name(short), fully_qualified_name: name(dn), kind: "object" };
        Self { physical_location: None, logical_locations: [logical] }
    }
}

impl Physical {
    fn of(place: &Place) -> Self {
        Self { artifact_location: Artifact { uri: uri(&place.file) }, region: Region { start_line: place.line } }
    }
}

/// A file as a URI: `file:///...` of one with a root, else relative.
fn uri(file: &str) -> String {
    let path = Path::new(file);
    if let Ok(url) = url::Url::from_file_path(path) {
        return url.into();
    }
    let part = |component: Component<'_>| match component {
        Component::CurDir => None,
        other => Some(encoded(&other.as_os_str().to_string_lossy())),
    };
    path.components().filter_map(part).collect::<Vec<_>>().join("/")
}

/// What may not stand in a part of a relative URI, by its bytes; a colon would make it a scheme.
fn encoded(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            // writing to a string cannot fail
            _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_file_is_a_uri_whatever_its_name() {
        for (file, expected) in [
            ("org.ldif", "org.ldif"),
            ("./exports/M\u{fc}ller 1%.ldif", "exports/M%C3%BCller%201%25.ldif"),
            ("../a:b#c?.ldif", "../a%3Ab%23c%3F.ldif"),
        ] {
            assert_eq!(uri(file), expected);
        }
        if cfg!(unix) {
            assert_eq!(uri("/var/a b.ldif"), "file:///var/a%20b.ldif");
        }
    }
}
