//! What a message may come from, for people: the best first, each with how well it fits and the words it shares.

use super::Style;
use super::wrap::wrap;
use crate::check::explain::symptom::{Match, Strength};

/// Before matches of which none is strong.
const NOTHING_FITS: &str = "Nothing known here matches that well. Give the message as it is on the screen, with the source and id of its \
                            event or its error code. The nearest by words in common, which may be chance:";

/// The list, and what to ask next; if nothing fits well, that comes first.
pub fn text(matches: &[Match], style: &Style) -> String {
    let mut text = String::new();
    let best = matches.iter().find(|found| found.strength == Strength::Strong);
    if best.is_none() && !matches.is_empty() {
        for line in wrap(NOTHING_FITS, style.width) {
            text.push_str(&format!("{line}\n"));
        }
    }
    for (found, number) in matches.iter().zip(1..) {
        let first = format!("{number}. ");
        let margin = " ".repeat(first.len());
        let kind = found.kind.word();
        // `event 100` says it already
        let name = if found.name.starts_with(kind) { found.name.clone() } else { format!("{kind} {}", found.name) };
        let heading = format!("{name}: {}", found.title);
        let shares = format!("{}; shares: {}", found.strength.word(), found.shared.join(", "));
        for (words, first) in [(heading, &first), (shares, &margin)] {
            let mut lead = first;
            for line in wrap(&style.safe(&words), style.width.saturating_sub(first.len())) {
                text.push_str(&format!("{lead}{line}\n"));
                lead = &margin;
            }
        }
    }
    if let Some(best) = best {
        text.push_str(&format!("Next: exaudit explain {}\n", style.safe(&best.name)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::explain::symptom::rank;
    use crate::check::fixture;

    #[test]
    fn each_has_a_line_of_what_it_shares() {
        let found = rank(&fixture::small(), "Nothing ARRIVES any more; event 9001 of the MTA, code C1030B3A");
        let style = Style { width: 60, colour: false, unicode: false, interactive: false };
        insta::assert_snapshot!("matches", text(&found, &style));
        let weak = rank(&fixture::small(), "there is nothing like a second thing that would not burn or spill");
        insta::assert_snapshot!("weak_matches", text(&weak, &style));
        assert_eq!(text(&[], &style), "");
    }
}
