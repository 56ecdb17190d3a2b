//! For people: who refers to the object, what would fail if it went, and what could not be seen.

use crate::output::paint::{self, paint};
use crate::output::words::counted;
use crate::output::{Style, frame, wrap};
use crate::report::{Confidence, Failing, Presence, Use, Uses};

/// References that are told one by one; the rest is counted.
const MOST: usize = 100;
/// Names that are told of each.
const MOST_NAMES: usize = 2;
/// Things not seen that are told.
const MOST_UNSEEN: usize = 20;

/// The page, always within the width of the style.
pub(super) fn page(uses: &Uses, style: &Style) -> String {
    let mut page = Page { style, text: String::new() };
    page.paragraph("", &frame::target(&uses.target, "Target"));
    page.painted(paint::LEAD, "", &subject(uses));
    for problem in &uses.target.problems {
        page.paragraph("", &format!("Problem: {problem}"));
    }
    let own = uses.object.dn.number();
    let mut below = None;
    for one in uses.references.iter().take(MOST) {
        let to = one.to.number();
        if below != Some(to) {
            below = Some(to);
            page.text.push('\n');
            match to == own {
                true => page.paragraph("", "It is:"),
                false => page.paragraph("", &format!("{}, which is below it, is:", one.to)),
            }
        }
        reference(&mut page, one);
    }
    let more = uses.references.len().saturating_sub(MOST);
    if more > 0 {
        page.paragraph(" ", &format!("and {more} more (--format json has all)"));
    }
    unseen(&mut page, uses);
    page.text.push('\n');
    page.painted(paint::LEAD, "", &conclusion(uses));
    page.text
}

struct Page<'a> {
    style: &'a Style,
    text: String,
}

impl Page<'_> {
    fn paragraph(&mut self, margin: &str, text: &str) {
        self.lines(margin, text, |line| line);
    }

    fn painted(&mut self, colour: anstyle::Style, margin: &str, text: &str) {
        let colours = self.style.colour;
        self.lines(margin, text, |line| if colours { paint(colour, &line) } else { line });
    }

    fn lines(&mut self, margin: &str, text: &str, look: impl Fn(String) -> String) {
        let room = self.style.width.saturating_sub(margin.len());
        for line in wrap::wrap(&self.style.safe(text), room) {
            self.text.push_str(margin);
            self.text.push_str(&look(line.trim_end().to_owned()));
            self.text.push('\n');
        }
    }
}

/// What was asked about.
fn subject(uses: &Uses) -> String {
    let object = &uses.object;
    let kind = object.kind.as_deref().map(|kind| format!(", {kind}")).unwrap_or_default();
    let state = match object.state {
        Presence::There => "",
        Presence::Deleted => " (deleted)",
        Presence::Gone => " (does not exist)",
        Presence::Unknown if object.kind.is_some() => " (it is not known whether it exists)",
        Presence::Unknown => " (not seen)",
    };
    let below = match object.below {
        0 => String::new(),
        count => format!("; {} below it", counted(count as u64, "object", "objects")),
    };
    format!("{}{kind}{state}{below}", object.dn)
}

fn reference(page: &mut Page<'_>, one: &Use) {
    let inferred = if one.confidence == Confidence::Inferred { " (inferred)" } else { "" };
    page.paragraph(" ", &format!("{}{inferred}", one.what));
    let names: Vec<&str> = one.by.iter().take(MOST_NAMES).map(String::as_str).collect();
    let more = one.count.saturating_sub(names.len());
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    page.paragraph("    ", &format!("{} of {}{more}", one.attribute, names.join("; ")));
    for failing in &one.checks {
        page.painted(paint::of(failing.severity), "    ", &fails(failing));
    }
}

fn fails(failing: &Failing) -> String {
    let article = failing.kb.as_deref().map(|kb| format!("{kb}, ")).unwrap_or_default();
    format!("If it goes: {} ({}) [{article}{}]", failing.fails, failing.severity.word(), failing.check)
}

fn unseen(page: &mut Page<'_>, uses: &Uses) {
    if uses.unseen.is_empty() {
        return;
    }
    page.text.push('\n');
    page.painted(paint::DOUBT, "", "Not seen, and may refer to it too:");
    for blind in uses.unseen.iter().take(MOST_UNSEEN) {
        page.paragraph(" ", &format!("{}.", blind.what.trim_end_matches('.')));
        blind.remedy.iter().for_each(|remedy| page.paragraph("    ", remedy));
        // a line to paste stays whole
        if let Some(paste) = &blind.paste {
            page.text.push_str(&format!("    {}\n", page.style.safe(paste)));
        }
    }
    let more = uses.unseen.len().saturating_sub(MOST_UNSEEN);
    if more > 0 {
        page.paragraph(" ", &format!("and {more} more (--format json has all)"));
    }
}

fn conclusion(uses: &Uses) -> String {
    let inferred = if uses.confidence == Confidence::Inferred { " (inferred)" } else { "" };
    let doubt = if uses.is_whole() { "" } else { "; others may, since not everything was seen" };
    match (uses.count, uses.is_whole()) {
        (0, true) => format!("Nothing refers to it{inferred}."),
        (0, false) => "Nothing that was seen refers to it, but not everything was seen.".to_owned(),
        (1, _) => format!("1 object refers to it{doubt}."),
        (many, _) => format!("{many} objects refer to it{doubt}."),
    }
}
