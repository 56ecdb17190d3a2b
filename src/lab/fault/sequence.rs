//! Messages that are well formed, in an order or under an id that is not.

use super::moment::{Moment, encode};
use super::script::{Script, Then};
use super::{Known, Phase, wire};
use ldap3_proto::proto::LdapOp;

const SOME: &[Phase] = &[Phase::Bind, Phase::Search, Phase::Read];
const SEARCHES: &[Phase] = &[Phase::Search, Phase::Page, Phase::Read];

pub(super) const KNOWN: &[Known] = &[
    Known::once("wrong-id", SOME, wrong_id, "answers a request that was not made"),
    Known::once("answers-twice", SOME, twice, "sends every message of the answer twice"),
    Known::once("wrong-kind", SOME, wrong_kind, "ends the answer with that to another kind of request"),
    Known::once("no-done", SEARCHES, no_done, "sends the entries and never says that they are all"),
    Known::once("done-first", SEARCHES, done_first, "says that all entries came, then sends them"),
    Known::once("id-zero", SOME, id_zero, "answers under message id 0"),
    Known::once(
        "disconnects",
        &[Phase::Connect, Phase::Bind, Phase::Search, Phase::Page, Phase::Read],
        notice,
        "says that it disconnects and why (Notice of Disconnection), and closes",
    ),
    Known::once("unknown-notice", &[Phase::Bind, Phase::Search], unknown, "sends an unsolicited notification nobody knows first"),
    Known::once("request", &[Phase::Search], request, "sends a request of its own"),
];

fn wrong_id(mut moment: Moment) -> Script {
    moment.replies.iter_mut().for_each(|reply| reply.msgid += 7);
    Script::send(moment.right())
}

fn twice(moment: Moment) -> Script {
    Script::send(moment.right().into_iter().flat_map(|message| [message.clone(), message]))
}

fn wrong_kind(mut moment: Moment) -> Script {
    let bind = moment.replies.pop().is_some_and(|last| matches!(last.op, LdapOp::BindResponse(_)));
    let other = wire::result(moment.id, if bind { wire::DONE } else { wire::BIND }, 0, "");
    Script::send(moment.right().into_iter().chain([other]))
}

fn no_done(mut moment: Moment) -> Script {
    moment.replies.pop();
    Script::send(moment.right()).then(Then::Stall)
}

fn done_first(mut moment: Moment) -> Script {
    let done = moment.replies.pop().map(encode);
    Script::send(done.into_iter().chain(moment.right()))
}

fn id_zero(mut moment: Moment) -> Script {
    moment.replies.iter_mut().for_each(|reply| reply.msgid = 0);
    Script::send(moment.right())
}

/// RFC 4511 section 4.4.1.
fn notice(_: Moment) -> Script {
    let name = wire::element(0x8a, &[b"1.3.6.1.4.1.1466.20036"]);
    let outcome = wire::outcome(wire::EXTENDED, 52, "the store is being repaired", &name);
    Script::send([wire::message(0, &[&outcome])]).then(Then::Close)
}

/// RFC 4511 section 4.4: a client ignores those it does not know.
fn unknown(moment: Moment) -> Script {
    let name = wire::element(0x8a, &[b"1.2.3.4.5"]);
    let outcome = wire::outcome(wire::EXTENDED, 0, "nobody knows this", &name);
    Script::send([wire::message(0, &[&outcome])].into_iter().chain(moment.right()))
}

fn request(moment: Moment) -> Script {
    Script::send([wire::message(moment.id, &[&[0x4a, 0x00]])])
}
