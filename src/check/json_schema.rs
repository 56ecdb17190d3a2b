//! The JSON Schema of a check file, for editors that complete and mark TOML (docs/checks-tutorial.md).

use super::load::LONGEST_HEADLINE;
use super::rules;
use crate::exchange::selection::Selection;
use serde_json::{Value, json};

/// The schema, JSON Schema draft 7.
pub fn json_schema() -> Value {
    let text = |about: &str| json!({ "type": "string", "minLength": 1, "description": about });
    let texts = |about: &str| json!({ "type": "array", "items": { "type": "string", "minLength": 1 }, "description": about });
    let some = |about: &str| json!({ "type": "array", "items": { "type": "string", "minLength": 1 }, "minItems": 1, "description": about });
    let filter = |about: &str| json!({ "type": "string", "pattern": "^\\s*\\(", "description": about });
    let release = |about: &str| json!({ "type": "string", "pattern": "^[0-9]+\\.[0-9]+( SP[0-9]+)?$", "description": about });
    let severity = json!({ "enum": ["critical", "warning", "info"], "description": "How bad a failure is" });
    let confidence = json!({ "enum": ["documented", "inferred"], "description": "What the condition rests on" });
    let selections: Vec<Value> =
        Selection::all().map(|each| json!({ "const": each.word(), "description": each.meaning() })).collect();
    let rules: Vec<Value> = rules::all().map(|(name, about)| json!({ "const": name, "description": about })).collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "exaudit check",
        "type": "object",
        "additionalProperties": false,
        "required": ["id", "title", "severity", "versions", "confidence", "why", "fix", "subject", "expect"],
        "properties": {
            "id": { "type": "string", "pattern": "^[a-z][a-z0-9-]*$", "description": "The name of the check and of its file" },
            "title": text("What holds when it passes, without a full stop"),
            "fails": {
                "type": "string",
                "minLength": 1,
                "maxLength": LONGEST_HEADLINE,
                "description": "The headline of a failure: what is wrong, without a full stop",
            },
            "severity": severity,
            "kb": some("The articles, Q300535; reports show the first. A check of your own may rest on none"),
            "links": texts("Pages that say more"),
            "versions": some("The versions of Exchange it is for"),
            "needs": texts("Checks of the same objects that must pass first"),
            "confidence": confidence,
            "why": text("Why it matters"),
            "caution": text("What the steps may cost, what to keep first, and how to come back"),
            "fix": some("What to do, step by step"),
            "symptoms": texts("What an operator sees when it fails"),
            "subject": {
                "type": "object",
                "additionalProperties": false,
                "required": ["each"],
                "properties": {
                    "each": { "oneOf": selections, "description": "The objects that are checked, one by one" },
                    "only": filter("Only those that match this LDAP filter"),
                    "follow": text("administrator, or an attribute: judge the objects that it names"),
                },
            },
            "expect": {
                "type": "object",
                "additionalProperties": false,
                "oneOf": [
                    { "required": ["filter"] },
                    { "required": ["set"] },
                    { "required": ["resolves"] },
                    { "required": ["rule"] },
                    { "required": ["manual"] },
                ],
                "properties": {
                    "filter": filter("What the judged object must match"),
                    "reason": {
                        "enum": ["no-x400", "wrong-class", "not-set", "malformed", "mismatch", "not-met"],
                        "description": "The word that a failure is reported with",
                    },
                    "set": { "const": "administrator", "description": "The administrator of a service is set" },
                    "resolves": text("administrator, or an attribute: what it names must exist"),
                    "to": filter("With resolves: what the named object must match"),
                    "site": { "const": "own", "description": "With resolves: what it names must be of the same site" },
                    "unset": text("With resolves: what a person must look at where it has no value"),
                    "rule": { "oneOf": rules, "description": "What a filter cannot say" },
                    "parameters": { "type": "object", "description": "Of the rule" },
                    "manual": text("A person must look; the text says at what"),
                },
            },
            "lesser": {
                "type": "array",
                "description": "Failures that are less severe",
                "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["severity", "confidence", "message"],
                    "anyOf": [{ "required": ["filter"] }, { "required": ["from"] }, { "required": ["before"] }],
                    "properties": {
                        "filter": filter("The failing objects that it applies to"),
                        "from": release("It applies to servers of this release or a later one, 5.5 SP4"),
                        "before": release("It applies to servers of an earlier release than this one"),
                        "severity": severity,
                        "confidence": confidence,
                        "message": text("What to say of it"),
                        "caution": text("What the steps of its own fix may cost, what to keep first, and how to come back"),
                        "fix": texts("What to do, step by step, instead of what the check says"),
                    },
                },
            },
        },
    })
}
