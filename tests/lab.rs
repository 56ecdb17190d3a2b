//! Real clients against the lab server, on a loopback port the system chooses.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

#[path = "lab/child.rs"]
mod child;
#[path = "lab/command.rs"]
mod command;
#[path = "lab/ldapsearch.rs"]
mod ldapsearch;
#[path = "lab/python.rs"]
mod python;
#[path = "lab/raw.rs"]
mod raw;
#[path = "lab/ways.rs"]
mod ways;

use exaudit::lab::{self, LabHandle};

/// The demo organization.
fn demo() -> LabHandle {
    lab::start(lab::demo().expect("the demo organization loads")).expect("the lab starts")
}

/// A directory of so many mailboxes `cn=r0` ... in one container of one site.
fn generated(mailboxes: usize) -> LabHandle {
    let mut text = "dn: o=Big\nobjectClass: organization\n\ndn: ou=S,o=Big\nobjectClass: organizationalUnit\n\n\
                    dn: cn=Recipients,ou=S,o=Big\nobjectClass: Container\n\n"
        .to_owned();
    for number in 0..mailboxes {
        text.push_str(&format!(
            "dn: cn=r{number},cn=Recipients,ou=S,o=Big\nobjectClass: organizationalPerson\nuid: r{number}\n\n"
        ));
    }
    lab::start(lab::load(text.as_bytes()).expect("loads")).expect("the lab starts")
}
