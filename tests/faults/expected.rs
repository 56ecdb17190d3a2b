//! What each fault must come to, written by hand.
//!
//! The audit of the demo organization asks, in this order: the root, the services (pages of three), the containers, each
//! object that a service may refer to, hidden objects, the servers. `search` is the first search of a subtree, `entry` the
//! middle of its answer, `page` its second page, `read` the first read of one object.

use exaudit::lab::fault::Fault;

/// What a fault must come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// By right it does no harm: the verdicts and the exit code of the fault-free run.
    Harmless,
    /// The run is complete, but one thing stays undecided, for this reason.
    Undecided(&'static str),
    /// The run is not complete, and this is said of it.
    Told(&'static str),
}

use Expected::{Harmless, Told, Undecided};

impl Expected {
    /// Whether it is the clock that ends it: then the limits are short, and otherwise so long that a slow machine does not
    /// change the outcome.
    pub(crate) fn waits(self) -> bool {
        matches!(self, Told(how) if ["within", "--deadline"].iter().any(|word| how.contains(word)))
    }
}

/// What the fault must come to.
pub(crate) fn of(fault: &Fault) -> Expected {
    let (name, phase) = (fault.name(), fault.phase().word());
    match (name, phase) {
        // the transport
        ("close", _) => Told("the server closed the connection"),
        ("reset", _) => Told("the connection broke: Connection reset by peer"),
        ("stall" | "drip" | "half-stall" | "announced", "bind" | "connect") => Told("no answer to the bind within 2 s"),
        ("stall" | "drip" | "announced", "root" | "search" | "read") => Told("no answer within 2 s"),
        ("stall" | "drip", "page") => Told("3 entries came, then: no answer within 2 s"),
        ("stall" | "drip", "entry") => Told("no complete answer within 2 s"),
        ("half-stall", "read") => Told("within 2 s"),
        ("half-stall", _) => Told("no complete answer within 2 s"),
        ("half-message", _) => Told("in the middle of a message"),
        ("no-done", "read") => Told("within 2 s"),
        ("no-done", _) => Told("no complete answer within 2 s"),

        // refusals; the search for the services is tried again without `*`, a page at half its size
        ("operations-error" | "unwilling" | "other-error" | "echo" | "unheard-of" | "admin-limit", "search") => Harmless,
        ("size-limit", "search" | "entry") => Harmless,
        // an old server may not know the rootDSE
        ("unwilling" | "other-error" | "echo" | "unheard-of" | "referral-loop", "root") => Harmless,
        ("denied", "read") => Undecided("access-denied"),
        ("referral-loop", "read") => Undecided("other-site"),
        ("busy", _) => Told("busy (51)"),
        ("unavailable", _) => Told("unavailable (52)"),
        ("operations-error", _) => Told("operations error (1)"),
        ("time-limit", _) => Told("time limit exceeded (3)"),
        ("size-limit", _) => Told("size limit exceeded (4)"),
        ("admin-limit", _) => Told("administrative limit exceeded (11)"),
        ("denied", "search") => Told("Q192306"),
        ("denied", _) => Told("insufficient access rights (50)"),
        ("unwilling", _) => Told("unwilling to perform (53)"),
        ("echo", _) => Told("other error (80): ***"),
        ("other-error", _) => Told("other error (80)"),
        ("unheard-of", _) => Told("unknown result (123456)"),
        ("referral-loop", _) => Told("refers to another one (10), which is not followed"),
        // the object that was asked for came
        ("referral-beside", "read") => Harmless,
        ("references" | "echo-reference" | "referral-beside", _) => {
            Told("another server holds a part of what was asked for, and is not asked (Q195104)")
        }

        // answers to nothing, twice, or out of order
        ("wrong-id" | "answers-twice" | "done-first" | "id-zero", _) => Told("which was not asked or is answered already"),
        ("wrong-kind", _) => Told("with an operation of another kind"),
        ("disconnects", _) => Told("the server disconnected: unavailable (52): the store is being repaired"),
        // an unsolicited notification that is not known may be passed over (RFC 4511 section 4.4)
        ("unknown-notice", _) => Harmless,
        ("request", _) => Told("an operation that is not an LDAP response (tag 0x4a)"),

        // bytes that are no LDAP
        ("garbage", _) => Told("the server's answer is not LDAP: it begins with a5 a5 a5 a5"),
        ("http", _) => Told("(\\\"HTTP\\\")"),
        ("tls", _) => Told("TLS: use an ldaps:// URI for this port"),
        ("zeros", _) => Told("it begins with 00 00 00 00"),
        ("huge-length", _) => Told("the server announced a message of 2147483648 bytes; at most 16777216 are accepted"),
        ("eight-byte-length", _) => Told("the server announced a message of 18446744073709551615 bytes"),
        ("too-large-value", _) => Told("at most 16777216 are accepted"),
        ("indefinite-length", _) => Told("a length that LDAP does not allow"),
        ("deep-nesting", _) => Told("nested more than 32 levels deep"),
        ("long-inner", _) => Told("an element that is longer than the one around it"),
        ("empty-message", _) => Told("a malformed message: it is empty"),
        ("long-tag", _) => Told("a tag that LDAP does not have"),
        ("empty-operation", _) => Told("the result code is missing"),
        ("trailing", _) => Told("something other than controls follows the operation"),

        // pages without end
        ("endless-pages" | "sticky-cookie", _) => Told("the time for the whole run ran out (--deadline)"),
        ("empty-pages", _) => Told("100 pages in a row with nothing in them"),
        ("repeating-cookie", _) => Told("the server sent the same page twice"),
        ("huge-cookie" | "bad-cookie", _) => Told("the paging control of page"),
        ("lost-page" | "no-control", _) => {
            Told("came without its paging control, though the page before it said that there is more")
        }
        ("foreign-cookie", _) => Told("unwilling to perform (53): not a cookie of this search"),

        // entries; what was read besides is there all the same
        ("no-dn", _) => Told("an entry has no name"),
        ("empty-dn" | "malformed-dn" | "non-utf8-dn" | "outside-base", "read") => Harmless,
        ("empty-dn" | "malformed-dn" | "outside-base" | "other-object" | "bidi", _) => {
            Told("an object outside of what was asked for; it was left out")
        }
        ("non-utf8-dn" | "nuls" | "repeated-blocks" | "same-entry" | "same-large-entry", _) => Harmless,
        ("many-values" | "many-attributes" | "large-value" | "large-settings" | "busy-settings", _) => Harmless,
        ("too-many-values", _) => Told("a message of more than 262144 elements"),
        ("too-many-attributes", _) => Told("an entry of more than 2048 attributes"),

        // floods
        ("flood-references", _) => Told("no answer within 2 s"),
        (flood, _) if flood.starts_with("flood-") => Told("no complete answer within 2 s"),
        (other, _) => panic!("what must {other} come to? Write it here"),
    }
}
