//! Connections that end, hang or crawl.

use super::moment::Moment;
use super::script::{Script, Then};
use super::{Known, Phase};
use std::time::Duration;

const EVERYWHERE: &[Phase] = &Phase::ALL;
const ANSWERS: &[Phase] = &[Phase::Bind, Phase::Root, Phase::Search, Phase::Entry, Phase::Page, Phase::Read];

/// Between two bytes of a drip.
const DRIP: Duration = Duration::from_millis(250);

pub(super) const KNOWN: &[Known] = &[
    Known::once("close", EVERYWHERE, |_| Script::nothing().then(Then::Close), "closes the connection"),
    Known::once("reset", EVERYWHERE, |_| Script::nothing().then(Then::Reset), "resets the connection"),
    Known::once("stall", EVERYWHERE, |_| Script::nothing().then(Then::Stall), "says nothing more and stays connected"),
    Known::once("drip", ANSWERS, drip, "answers rightly, one byte each quarter of a second"),
    Known::once("half-message", ANSWERS, half, "closes the connection in the middle of a message"),
    Known::once("half-stall", ANSWERS, half_stall, "says nothing more from the middle of a message on"),
];

fn drip(moment: Moment) -> Script {
    Script::send(moment.right().concat().into_iter().map(|byte| vec![byte])).pause(DRIP)
}

/// The answer up to the middle of its last message.
fn part(moment: Moment) -> Script {
    let mut right = moment.right();
    if let Some(last) = right.last_mut() {
        last.truncate(last.len() / 2);
    }
    Script::send(right)
}

fn half(moment: Moment) -> Script {
    part(moment).then(Then::Close)
}

fn half_stall(moment: Moment) -> Script {
    part(moment).then(Then::Stall)
}
