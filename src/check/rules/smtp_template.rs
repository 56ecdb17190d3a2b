//! `smtp-template`: what the SMTP address generator makes of the template of a site, for people who lack a part of a name.
//!
//! A template is text and fields (Q153270): `%g` given name, `%i` initials, `%s` surname, `%m` alias, `%d` display name; a number takes so
//! many characters (Q140933). Of 5.5 it is known that an empty field with a number leaves the periods around it, and one without does not
//! (Q230331), except behind the last period (Q258704), and that who has no surname gets the alias for one (Q258705). Of 4.0 and 5.0 it is
//! known that an empty field leaves the periods (Q166247). Every other case is inferred from these.

use super::{Answer, Judging, Reading, Ruling, site};
use crate::exchange::questions::Object;
use crate::exchange::release::Release;
use crate::exchange::selection::Selection;
use crate::report::{Reason, Severity};
use serde::Deserialize;

/// The judged object is a Site Addressing; the rule takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SmtpTemplate {}

const ADDRESSES: &str = "Gateway-Proxy";

impl Reading for SmtpTemplate {
    fn attributes(&self) -> Vec<&str> {
        vec![ADDRESSES]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        Selection::named("server").into_iter().map(|selection| (selection, vec!["serialNumber"])).collect()
    }

    fn expected(&self) -> String {
        "an SMTP template that makes correct addresses, also for people without a first name or a middle initial".into()
    }
}

impl Judging for SmtpTemplate {
    fn judge(&self, object: &Object<'_>) -> Answer {
        object.seen().agrees_on(&[ADDRESSES])?;
        let texts = object.seen_texts(ADDRESSES);
        let templates = site::addresses(texts).into_iter().filter(|(kind, _)| kind == "SMTP").map(|(_, address)| address);
        for address in templates {
            let template = Template::read(&address);
            if template.text.contains("..") {
                return Ok(broken(&address, "has two periods in a row"));
            }
            if !template.may_be_at_fault() {
                continue;
            }
            // each server of the site makes addresses by it: the worst counts
            let (releases, open) = object.questions().running(&object.seen(), None).releases();
            let rulings = releases.into_iter().filter_map(|release| template.judge(&address, release));
            if let Some(ruling) = rulings.min_by_key(|ruling| ruling.severity.is_some()) {
                return Ok(ruling);
            }
            if !open.is_empty() {
                return Err(open);
            }
        }
        object.values(ADDRESSES)?;
        Ok(Ruling::holds("the template makes correct addresses"))
    }
}

fn broken(address: &str, fault: &str) -> Ruling {
    let address: String = address.chars().take(200).collect();
    Ruling::broken(Reason::Malformed, format!("the template {address:?} {fault}"))
}

/// A part of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Text(char),
    /// A field, by its letter, and of how many characters it is at most.
    Field(char, Option<usize>),
}

/// What stands before the domain.
#[derive(Debug)]
struct Template<'a> {
    text: &'a str,
    parts: Vec<Part>,
}

/// Somebody who may lack a part of a name.
struct Person {
    given: &'static str,
    initials: &'static str,
    surname: &'static str,
    lacks: &'static str,
}

const ALIAS: &str = "jsmith";

/// People who have every part of a name, or two of it, and those who lack some.
const PEOPLE: [Person; 6] = [
    Person { given: "Jo Ann", initials: "BC", surname: "Smith", lacks: "nothing" },
    Person { given: "Jo", initials: "", surname: "Smith", lacks: "a middle initial" },
    Person { given: "", initials: "B", surname: "Smith", lacks: "a first name" },
    Person { given: "", initials: "", surname: "Smith", lacks: "a first name and a middle initial" },
    Person { given: "Jo", initials: "B", surname: "", lacks: "a surname" },
    Person { given: "", initials: "", surname: "", lacks: "a first name and a surname" },
];

/// How a generator treats a field that is empty.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Generator {
    /// It leaves the periods around it.
    Old,
    /// It leaves those around a field with a number, and the last one.
    Of55,
}

impl<'a> Template<'a> {
    /// Reads a site address: what stands before its last `@`; `%m` if nothing does (Q153270).
    fn read(address: &'a str) -> Self {
        let text = address.trim().rsplit_once('@').map_or("", |(template, _)| template);
        let mut parts = Vec::new();
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            if letter != '%' {
                parts.push(Part::Text(letter));
                continue;
            }
            let mut number = String::new();
            while let Some(digit) = letters.next_if(char::is_ascii_digit) {
                number.push(digit);
            }
            match letters.next().map(|letter| letter.to_ascii_lowercase()) {
                // replaces characters of what follows: nothing that could be empty
                Some('r') => _ = (letters.next(), letters.next()),
                Some(field @ ('g' | 'i' | 's' | 'm' | 'd')) => parts.push(Part::Field(field, number.parse().ok())),
                Some(other) => parts.push(Part::Text(other)),
                None => {}
            }
        }
        Self { text, parts }
    }

    /// Whether there is a period beside a field, or a surname beside an alias, without which no release is at fault.
    fn may_be_at_fault(&self) -> bool {
        let has = |part: &dyn Fn(&Part) -> bool| self.parts.iter().any(part);
        has(&|part| *part == Part::Text('.')) && has(&|part| matches!(part, Part::Field(..)))
    }

    /// The address of somebody, before the domain.
    fn make(&self, person: &Person, generator: Generator) -> String {
        let mut made = String::new();
        let mut skips_period = false;
        for part in &self.parts {
            match *part {
                Part::Text('.') if skips_period => skips_period = false,
                Part::Text(letter) => {
                    skips_period = false;
                    made.push(letter);
                }
                Part::Field(field, most) => {
                    let value = match field {
                        'g' => person.given,
                        'i' => person.initials,
                        's' if person.surname.is_empty() && generator == Generator::Of55 && most.is_none() => ALIAS,
                        's' => person.surname,
                        _ => ALIAS,
                    };
                    // what an address cannot have is left out (Q153270)
                    let value: String = value.chars().filter(|letter| *letter != ' ').take(most.unwrap_or(usize::MAX)).collect();
                    skips_period = value.is_empty() && most.is_none() && generator == Generator::Of55;
                    made.push_str(&value);
                }
            }
        }
        made
    }

    /// What is said of the template on a release; nothing if all is well.
    fn judge(&self, address: &str, release: Release) -> Option<Ruling> {
        if release < FIVE_SP2 {
            let (person, made) = self.bad(Generator::Old)?;
            let fault =
                format!("makes {made:?} for people without {}, which an Internet address must not be (Q166247)", person.lacks);
            return Some(broken(address, &fault).only(Severity::Info));
        }
        if release < FIVE_FIVE {
            return None; // corrected in 5.0 SP2 (Q168735)
        }
        let bad = self.bad(Generator::Of55);
        if let Some((person, made)) = &bad {
            let fault = format!("makes {made:?} for people without {}", person.lacks);
            let is_trailing = made.ends_with('.') && !made.starts_with('.') && !made.contains("..");
            if !is_trailing {
                let ruling = broken(address, &fault);
                let ruling = if self.has_numbered_initial() { ruling } else { ruling.inferred() };
                return Some(match release < SP3 {
                    true => ruling,
                    // the generator is corrected; addresses that it made before are not
                    false => ruling.only(Severity::Info),
                });
            }
            // Q258704 tells of `last.first`
            let is_told = self.parts.ends_with(&[Part::Text('.'), Part::Field('g', None)]);
            if release < SP4 {
                let ruling = broken(address, &format!("{fault}, before SP4"));
                return Some(if is_told { ruling } else { ruling.inferred() });
            }
            return None;
        }
        if release >= SP4 {
            return None;
        }
        let text = self.text.to_ascii_lowercase();
        if text.contains("%g.%m.%s") {
            return Some(broken(address, "makes addresses that end with a period before SP4 (Q258704)"));
        }
        let twice = format!("{ALIAS}.{ALIAS}");
        let nobody = PEOPLE.iter().find(|person| person.given.is_empty() && person.surname.is_empty())?;
        if self.make(nobody, Generator::Of55).contains(&twice) {
            let fault = "has the alias twice for people without a first name and a surname, before SP4 (Q258705)";
            let ruling = broken(address, fault).only(Severity::Info);
            return Some(if text.contains("%g.%s.%m") { ruling } else { ruling.inferred() });
        }
        None
    }

    /// The first for whom it makes an address with two periods in a row, or one at an end; one at the end is told last.
    fn bad(&self, generator: Generator) -> Option<(&'static Person, String)> {
        let all: Vec<(&Person, String)> = PEOPLE.iter().map(|person| (person, self.make(person, generator))).collect();
        let within = all.iter().find(|(_, made)| made.contains("..") || made.starts_with('.'));
        within.or_else(|| all.iter().find(|(_, made)| made.ends_with('.'))).map(|(person, made)| (*person, made.clone()))
    }

    /// Whether it takes a part of the initials, as the template of Q230331 does.
    fn has_numbered_initial(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Field('i', Some(_))))
    }
}

const FIVE_SP2: Release = Release::new(5, 0, 2);
const FIVE_FIVE: Release = Release::new(5, 5, 0);
const SP3: Release = Release::new(5, 5, 3);
const SP4: Release = Release::new(5, 5, 4);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Confidence;

    /// What is said of a template: its severity, a dash for the check's own, and whether it is documented.
    fn said(template: &str, release: &str) -> Option<(Option<Severity>, bool)> {
        let address = format!("{template}@example.com");
        let ruling = Template::read(&address).judge(&address, release.parse().expect(release))?;
        Some((ruling.severity, ruling.confidence == Confidence::Documented))
    }

    #[test]
    fn the_templates_of_the_articles() {
        let (warning, note) = (|told| Some((None, told)), |told| Some((Some(Severity::Info), told)));
        for (template, release, expected) in [
            // Q230331
            ("%g.%1i.%s", "5.5", warning(true)),
            ("%g.%1i.%s", "5.5 SP3", note(true)),
            ("%g.%2i.%s", "5.5 SP2", warning(true)),
            ("%g.%i.%s", "5.5", None),
            ("%1g.%s", "5.5", warning(false)),
            ("%g.%2s", "5.5", warning(false)),
            ("%g%2s", "5.5", None),
            // Q258704
            ("%s.%g", "5.5 SP3", warning(true)),
            ("%s.%g", "5.5 SP4", None),
            ("%g.%m.%s", "5.5 SP3", warning(true)),
            ("%g.%m.%s", "5.5 SP4", None),
            // Q258705
            ("%g.%s.%m", "5.5 SP3", note(true)),
            ("%s.%m", "5.5 SP3", note(false)),
            ("%g.%s.%m", "5.5 SP4", None),
            // Q153270: fields that are never empty
            ("%g.%s", "5.5", None),
            ("%r._%d", "5.5", None),
            ("%m", "4.0", None),
            ("", "4.0", None),
            // Q166247
            ("%g.%s", "4.0 SP5", note(true)),
            ("%g.%s", "5.0 SP1", note(true)),
            ("%g.%s", "5.0 SP2", None),
            ("%g%s", "5.0", None),
        ] {
            assert_eq!(said(template, release), expected, "{template} on {release}");
        }
    }

    #[test]
    fn fields_are_read() {
        let parts = |address| Template::read(address).parts;
        assert_eq!(parts("%12g.%%x@d"), [Part::Field('g', Some(12)), Part::Text('.'), Part::Text('%'), Part::Text('x')]);
        assert_eq!(parts("%r._%D@d"), [Part::Field('d', None)]);
        assert_eq!(parts("a@b@c"), [Part::Text('a'), Part::Text('@'), Part::Text('b')]);
        assert_eq!(parts("no domain"), []);
    }
}
