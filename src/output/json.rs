//! One JSON object with every result (schema `exaudit.report/2`, docs/json.md).

use super::sanitize::is_hidden;
use super::{Format, OutputError};
use crate::report::Report;
use memchr::memchr;
use serde::Serialize;
use std::fmt::Write;

/// JSON, indented, its keys in the order of the report's fields.
#[derive(Debug, Clone, Copy)]
pub struct Json;

impl Format for Json {
    fn write(&self, report: &Report) -> Result<Vec<u8>, OutputError> {
        // about what each result takes: a text of many megabytes that grows would be copied again and again
        Self::written(report, report.results.len() << 11)
    }
}

impl Json {
    /// Any value in the form of the reports.
    ///
    /// # Errors
    /// [`OutputError::Json`].
    pub fn bytes(value: &impl Serialize) -> Result<Vec<u8>, OutputError> {
        Self::written(value, 0)
    }

    /// The same, with room for so many bytes.
    fn written(value: &impl Serialize, room: usize) -> Result<Vec<u8>, OutputError> {
        let mut text = Vec::with_capacity(room);
        serde_json::to_writer_pretty(&mut text, value)?;
        text.push(b'\n');
        Ok(escape(text))
    }
}

/// Hidden characters as `\uXXXX`, which means the same to a parser and nothing to a terminal. Those of ASCII are escaped
/// within strings already; beyond ASCII there is nothing outside strings.
pub(super) fn escape(json: Vec<u8>) -> Vec<u8> {
    // most reports have no such character at all
    if json.is_ascii() && memchr(0x7f, &json).is_none() {
        return json;
    }
    let mut out = String::with_capacity(json.len());
    for c in String::from_utf8_lossy(&json).chars() {
        if c >= '\u{7f}' && is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;
    use serde_json::Value;

    fn written(report: &Report) -> String {
        String::from_utf8(Json.write(report).unwrap()).unwrap()
    }

    /// The keys of an object in the order of the text, `serde_json::Value` being without one.
    fn keys(text: &str, indent: usize) -> Vec<String> {
        let margin = format!("{}\"", " ".repeat(indent));
        let mut keys: Vec<String> = Vec::new();
        for line in text.lines() {
            if let Some((key, _)) = line.strip_prefix(&margin).and_then(|rest| rest.split_once("\": "))
                && !keys.iter().any(|known| known == key)
            {
                keys.push(key.to_owned());
            }
        }
        keys
    }

    fn part<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
        let start = text.find(from).unwrap() + from.len();
        &text[start..start + text[start..].find(to).unwrap()]
    }

    #[test]
    fn keys_stand_in_the_promised_order_and_spelling() {
        let text = written(&fixture::full());
        let top = "schema tool started finished complete targets checks summary results";
        assert_eq!(keys(&text, 2).join(" "), top);
        assert_eq!(keys(part(&text, "\"tool\": {", "\n  }"), 4).join(" "), "name version");
        let target = "name source location organization complete problems visibility shown-by-nobody unseen";
        assert_eq!(keys(part(&text, "\"targets\": [", "\n  ]"), 6).join(" "), target);
        let summary = "pass fail unknown blocked not-applicable manual";
        assert_eq!(keys(part(&text, "\"summary\": {", "\n  }"), 4).join(" "), summary);
        let results = part(&text, "\"results\": [", "\n  ]");
        let result = "check title fails severity kb verdict reason message advice confidence target count subject object evidence reproduce \
                      fix fingerprint causes";
        assert_eq!(keys(results, 6).join(" "), result);
        assert_eq!(keys(part(results, "\"subject\": {", "\n      }"), 8).join(" "), "kind dn site server");
        assert_eq!(keys(part(results, "\"object\": {", "\n      }"), 8).join(" "), "dn");
        assert_eq!(keys(part(results, "\"evidence\": [", "\n      ]"), 10).join(" "), "dn attribute observed expected");
    }

    /// The schemas in docs are made from the types, so they tell what is written.
    #[test]
    fn the_schemas_in_docs_are_those_of_the_types() {
        is_in_docs::<Report>("report.schema.json");
        is_in_docs::<crate::report::WhatIf>("what-if.schema.json");
    }

    fn is_in_docs<T: schemars::JsonSchema>(name: &str) {
        let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
        let schema = settings.into_generator().into_root_schema_for::<T>();
        let text = String::from_utf8(Json::bytes(&schema).unwrap()).unwrap();
        let path = format!("{}/docs/{name}", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("EXAUDIT_WRITE_DOCS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "write {name} with EXAUDIT_WRITE_DOCS=1");
    }

    #[test]
    fn every_result_is_there_and_the_text_ends_with_a_newline() {
        let report = fixture::full();
        let text = written(&report);
        assert!(text.ends_with("}\n"));
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["results"].as_array().unwrap().len(), report.results.len());
        assert_eq!(value["schema"], "exaudit.report/2");
        assert_eq!(value["targets"][0]["source"], "live");
        assert_eq!(value["results"][0]["subject"]["dn"], report.results[0].subject.as_ref().unwrap().dn.to_string());
        let verdicts = ["pass", "fail", "unknown", "blocked", "manual"];
        assert!(value["results"].as_array().unwrap().iter().all(|r| verdicts.contains(&r["verdict"].as_str().unwrap())));
    }

    #[test]
    fn hidden_characters_are_escaped_and_read_back_the_same() {
        let mut report = fixture::full();
        let hostile = "\u{1b}[31m \u{9b}2J \u{7f} \u{202e}x \u{e0041} \"q\" \\ \n M\u{fc}ller";
        report.results[0].message = hostile.into();
        let text = written(&report);
        assert!(!text.chars().any(|c| c != '\n' && is_hidden(c)));
        assert!(text.contains("M\u{fc}ller"));
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["results"][0]["message"], hostile);
    }
}
