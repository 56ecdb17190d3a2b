//! Text on the page. The templates escape what is markup; here what is hidden, or would turn other text around, is shown as an escape, and
//! text of the directory is kept from changing the direction of what stands beside it.

use crate::output::sanitize::visible;
use crate::report::{Finding, Report};
use maud::{Markup, html};

/// Text of the directory.
pub(in crate::output) fn own(text: &str) -> Markup {
    html! { bdi { (visible(text)) } }
}

/// A name or a value to be read letter by letter.
pub(in crate::output) fn code(text: &str) -> Markup {
    html! { code { bdi { (visible(text)) } } }
}

/// The same where no markup can stand: the value of an attribute.
pub(in crate::output) fn plain(text: &str) -> String {
    visible(text)
}

/// Sentences: ours, with words of the directory in them. Lines were broken for those who wrote them.
pub(in crate::output) fn prose(text: &str) -> Markup {
    let words: Vec<&str> = text.split(['\n', ' ']).filter(|word| !word.is_empty()).collect();
    html! { bdi { (visible(&words.join(" "))) } }
}

/// Where a result is about: site, and server or object; the target too, where there are several.
pub(in crate::output) fn place(finding: &Finding, report: &Report) -> String {
    let mut parts: Vec<String> = Vec::new();
    if report.targets.len() > 1 {
        parts.extend(report.targets.get(finding.target).map(|target| target.label().to_owned()));
    }
    match &finding.subject {
        Some(subject) => {
            parts.extend(subject.site.clone());
            parts.push(subject.server.clone().unwrap_or_else(|| subject.dn.leaf().into_owned()));
        }
        None => parts.push("no single object".into()),
    }
    parts.join(" / ")
}

/// The site that a result is about; empty where there is none.
pub(in crate::output) fn site(finding: &Finding) -> String {
    finding.subject.as_ref().and_then(|subject| subject.site.as_deref()).map(visible).unwrap_or_default()
}

/// A time as people read it: `2026-01-02 03:04 UTC`. What has another form is left as it is.
pub(in crate::output) fn time(text: &str) -> String {
    match (text.get(..10), text.get(10..11), text.get(11..16), text.ends_with('Z')) {
        (Some(day), Some("T"), Some(minute), true) => visible(&format!("{day} {minute} UTC")),
        _ => visible(text),
    }
}

/// A number with its thousands apart: `20,000`.
pub(in crate::output) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let comma = |(place, digit): (usize, char)| {
        let is_first = place == 0 || !(digits.len() - place).is_multiple_of(3);
        (!is_first).then_some(',').into_iter().chain([digit])
    };
    digits.chars().enumerate().flat_map(comma).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_shown_and_what_is_markup_is_text() {
        assert_eq!(own("<b>\u{202e}&").into_string(), "<bdi>&lt;b&gt;\\u{202e}&amp;</bdi>");
        assert_eq!(prose("one\n two\u{1b}").into_string(), "<bdi>one two\\u{1b}</bdi>");
        assert_eq!(time("2026-01-02T03:04:05Z"), "2026-01-02 03:04 UTC");
        assert_eq!(time("<\u{7}>"), "<\\u{7}>");
        assert_eq!([0, 999, 1000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
    }
}
