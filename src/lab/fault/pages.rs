//! Paged answers (RFC 2696) that do not end, or not as they should.

use super::moment::Moment;
use super::script::Script;
use super::{Known, Phase, wire};

const SEARCH: &[Phase] = &[Phase::Search];

pub(super) const KNOWN: &[Known] = &[
    Known::again("endless-pages", SEARCH, endless, "always has another page, with new objects"),
    Known::again("empty-pages", SEARCH, empty, "always has another page, with nothing in it"),
    Known::again("repeating-cookie", SEARCH, repeating, "sends the same page and cookie again and again"),
    Known::again("sticky-cookie", SEARCH, sticky, "sends new objects under the same cookie, without end"),
    Known::once("huge-cookie", &[Phase::Search, Phase::Page], |m| cookie(m, &[7; 1 << 20]), "sends a cookie of 1 MiB"),
    Known::once("foreign-cookie", SEARCH, |m| cookie(m, b"of nothing"), "sends a cookie that it does not take back"),
    Known::once("bad-cookie", &[Phase::Search, Phase::Page], bad, "sends a paging control that is malformed"),
    Known::once("lost-page", &[Phase::Page], lost, "answers with success, and with no entry and no paging control"),
    Known::once("no-control", &[Phase::Page], uncontrolled, "leaves the paging control out"),
];

/// The entries of the right answer, and this in place of its end.
fn ending(mut moment: Moment, end: Vec<u8>) -> Script {
    moment.replies.pop();
    Script::send(moment.right().into_iter().chain([end]))
}

fn cookie(moment: Moment, cookie: &[u8]) -> Script {
    let end = wire::page(moment.id, cookie);
    ending(moment, end)
}

fn invented(moment: &Moment, cookie: &[u8]) -> Script {
    let id = moment.id;
    let page = moment.times;
    let entries = (0..99).map(move |n| wire::service(id, &format!("cn=Internet Mail Connector (P{page}N{n}),o=Example")));
    Script::send(entries.chain([wire::page(id, cookie)]))
}

fn endless(moment: Moment) -> Script {
    match moment.times {
        0 => cookie(moment, b"0"),
        times => invented(&moment, times.to_string().as_bytes()),
    }
}

fn sticky(moment: Moment) -> Script {
    match moment.times {
        0 => cookie(moment, b"the same"),
        _ => invented(&moment, b"the same"),
    }
}

fn empty(moment: Moment) -> Script {
    Script::send([wire::page(moment.id, moment.times.to_string().as_bytes())])
}

fn repeating(moment: Moment) -> Script {
    let id = moment.id;
    Script::send([wire::container(id, b"cn=Again,o=Example"), wire::page(id, b"again")])
}

fn lost(moment: Moment) -> Script {
    Script::send([wire::result(moment.id, wire::DONE, 0, "")])
}

fn uncontrolled(moment: Moment) -> Script {
    let end = wire::result(moment.id, wire::DONE, 0, "");
    ending(moment, end)
}

fn bad(moment: Moment) -> Script {
    let end = wire::controlled(moment.id, &[0x30, 3, 2, 1, 0]);
    ending(moment, end)
}
