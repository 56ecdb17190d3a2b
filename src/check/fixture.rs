//! Catalogues for tests: a small one whose texts stay as they are, and one of the size that a whole one has.

use super::catalogue::Catalogue;

const FIRST: &str = r#"id = "a-first"
title = "The first thing holds"
severity = "critical"
kb = ["Q100001", "Q100002"]
versions = ["5.0", "5.5"]
confidence = "documented"
why = "Without it mail stops (Q100003)."
fix = ["Open the first thing.", "Mend it."]
symptoms = ["Nothing arrives; MSExchangeMTA event 9001."]
[subject]
each = "ims"
[expect]
filter = "(cn=*)"
"#;

const SECOND: &str = r#"id = "b-second-with-a-longer-name"
title = "The second thing was looked at by a person who knows it, and a note was made of what that person saw there"
severity = "info"
kb = ["Q100001"]
versions = ["5.5"]
needs = ["a-first"]
confidence = "inferred"
why = "Nobody else can."
fix = ["Look."]
[subject]
each = "ims"
[expect]
manual = "Look at the second thing."
"#;

const ARTICLES: &str = r#"
[[article]]
kb = "Q100002"
title = "XCON: The <Second> *Article*"
versions = ["5.5"]
fixed = "5.5 SP4"
summary = ["The thing is broken."]
errors = ["0xc1030b3a"]

[[article]]
kb = "Q100001"
title = "XADM: The First Article"
versions = ["5.0", "5.5"]
modified = "28-NOV-2000"
summary = ["The thing is missing.", "See Q100002 for another cause, and Q185475."]
symptoms = ["Nothing arrives."]
events = [{ source = "MSExchangeMTA", id = 9001 }]

[[article]]
kb = "Q100003"
title = "XFOR: An Article That No Check Cites"
versions = ["4.0"]
summary = ["It is so."]
"#;

const EVENTS: &str = r#"
[[event]]
id = 9001
source = "MSExchangeMTA"
meaning = "The first thing does not hold."
kb = ["Q100001"]
checks = ["a-first"]

[[event]]
id = 9002
source = "MSExchangeMTA"
meaning = "Something that no check covers."
kb = ["Q100003", "Q100009"]

[[error]]
code = "9001"
meaning = "The same number as an error."
kb = ["Q100009"]
"#;

/// Two checks, three articles, three numbers, and an article that only numbers name.
pub(crate) fn small() -> Catalogue {
    Catalogue::of_texts(&[("dir/a-first.toml", FIRST), ("dir/b-second-with-a-longer-name.toml", SECOND)], ARTICLES, EVENTS)
        .expect("the texts above")
}

/// 75 checks over 250 articles, and 120 events.
pub(crate) fn large() -> Catalogue {
    let checks: Vec<(String, String)> = (0..75)
        .map(|number| {
            let id = format!("check-{number}-{}", "with-a-name-".repeat(number % 3) + "x");
            let kb = format!("\"Q{}\", \"Q{}\"", 200_000 + number, 200_100 + number);
            let text = FIRST.replace("a-first", &id).replace("\"Q100001\", \"Q100002\"", &kb).replace(" (Q100003)", "");
            (format!("folder{}/{id}.toml", number / 15), text)
        })
        .collect();
    let articles: String = (0..250)
        .map(|number| {
            let title = "XADM: A Title of the Length That Titles Have, or Longer";
            format!(
                "[[article]]\nkb = \"Q{}\"\ntitle = \"{title} {number}\"\nversions = [\"5.5\"]\nsummary = [\"Cause {number}.\"]\n\n",
                200_000 + number
            )
        })
        .collect();
    let events: String = (0..120)
        .map(|number| {
            let kb = 200_000 + number;
            format!("[[event]]\nid = {number}\nsource = \"MSExchangeDS\"\nmeaning = \"Meaning {number}.\"\nkb = [\"Q{kb}\"]\n\n")
        })
        .collect();
    let checks: Vec<(&str, &str)> = checks.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect();
    Catalogue::of_texts(&checks, &articles, &events).expect("the texts above")
}
