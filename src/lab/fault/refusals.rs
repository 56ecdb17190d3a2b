//! Servers that will not, or cannot now: results other than success (RFC 4511 appendix A).

use super::moment::Moment;
use super::script::Script;
use super::{Known, Phase, wire};
use crate::lab::PASSWORD;
use base64::Engine as _;
use ldap3_proto::proto::LdapOp;

const ANSWERS: &[Phase] = &[Phase::Bind, Phase::Root, Phase::Search, Phase::Entry, Phase::Page, Phase::Read];
const SEARCHES: &[Phase] = &[Phase::Search, Phase::Entry, Phase::Page, Phase::Read];
/// Where else a referral of the lab leads: to itself, for ever.
const ITSELF: &str = "ldap://127.0.0.1/o=Example??sub";

pub(super) const KNOWN: &[Known] = &[
    Known::once("busy", ANSWERS, |m| refuse(m, 51), "answers busy (51)"),
    Known::once("unavailable", ANSWERS, |m| refuse(m, 52), "answers unavailable (52)"),
    Known::once("operations-error", SEARCHES, |m| refuse(m, 1), "answers operations error (1)"),
    Known::once("time-limit", SEARCHES, |m| refuse(m, 3), "answers time limit exceeded (3)"),
    Known::once("size-limit", SEARCHES, |m| refuse(m, 4), "answers size limit exceeded (4)"),
    Known::once("admin-limit", SEARCHES, |m| refuse(m, 11), "answers administrative limit exceeded (11)"),
    Known::once("denied", SEARCHES, |m| refuse(m, 50), "answers insufficient access rights (50)"),
    Known::once("unwilling", ANSWERS, |m| refuse(m, 53), "answers unwilling to perform (53)"),
    Known::once("other-error", ANSWERS, |m| refuse(m, 80), "answers other error (80)"),
    Known::once(
        "echo",
        ANSWERS,
        |m| refuse_with(m, 80, &spellings(PASSWORD)),
        "answers other error (80) and repeats the password",
    ),
    Known::once("echo-reference", &[Phase::Search], pointing, "names the password in the place where it points"),
    Known::once("unheard-of", ANSWERS, |m| refuse(m, 123_456), "answers a result code that does not exist (123456)"),
    Known::once("referral-loop", &[Phase::Root, Phase::Search, Phase::Read], referral, "refers to itself (10)"),
    Known::once(
        "referral-beside",
        &[Phase::Search, Phase::Read],
        beside,
        "answers rightly, and beside success names another server",
    ),
    Known::once("references", &[Phase::Search], references, "points to 5,000 other places before the entries"),
];

/// The tag of the right answer.
fn tag(moment: &Moment) -> u8 {
    let bind = moment.replies.iter().any(|reply| matches!(reply.op, LdapOp::BindResponse(_)));
    if bind { wire::BIND } else { wire::DONE }
}

fn refuse(moment: Moment, code: u32) -> Script {
    refuse_with(moment, code, "a fault on purpose")
}

fn refuse_with(moment: Moment, code: u32, text: &str) -> Script {
    Script::send([wire::result(moment.id, tag(&moment), code, text)])
}

/// The password as it stands in a log, in several forms.
fn spellings(password: &str) -> String {
    let hex: Vec<String> = password.bytes().map(|byte| format!("{byte:02x}")).collect();
    let wide: String = password.chars().map(|c| format!("{c}\0")).collect();
    let base64 = base64::engine::general_purpose::STANDARD.encode(password);
    format!("{password} {base64} {} {} {wide}", hex.concat(), hex.join(" "))
}

fn pointing(moment: Moment) -> Script {
    let uri = format!("ldap://auditor:{PASSWORD}@127.0.0.1/o=Example??sub");
    let reference = wire::element(wire::REFERENCE, &[&wire::element(wire::TEXT, &[uri.as_bytes()])]);
    let reference = wire::message(moment.id, &[&reference]);
    Script::send([reference].into_iter().chain(moment.right()))
}

fn referral(moment: Moment) -> Script {
    let uri = wire::element(wire::TEXT, &[ITSELF.as_bytes()]);
    let outcome = wire::outcome(tag(&moment), 10, "", &wire::element(0xa3, &[&uri]));
    Script::send([wire::message(moment.id, &[&outcome])])
}

fn beside(mut moment: Moment) -> Script {
    moment.replies.pop();
    let uri = wire::element(wire::TEXT, &[ITSELF.as_bytes()]);
    let outcome = wire::outcome(wire::DONE, 0, "", &wire::element(0xa3, &[&uri]));
    let end = wire::message(moment.id, &[&outcome]);
    Script::send(moment.right().into_iter().chain([end]))
}

fn references(moment: Moment) -> Script {
    let id = moment.id;
    let elsewhere = move |number: u32| {
        let uri = format!("ldap://server{number}.example.com/o=Example??sub");
        wire::message(id, &[&wire::element(wire::REFERENCE, &[&wire::element(wire::TEXT, &[uri.as_bytes()])])])
    };
    Script::send((0..5000).map(elsewhere).chain(moment.right()))
}
