//! Rows whose pointer is plain: what the recipient is, and which addresses it shows.

use super::case::*;
use crate::common::directory::Record;

fn admin(name: &str, value: &str) -> Case {
    Case::with([ims(ADMIN), mailbox("Admin").with(name, value)]).without_first_admin()
}

impl Case {
    /// The frame's own Admin makes room for the case's.
    fn without_first_admin(mut self) -> Self {
        let first = self.records.iter().position(|r| r.dn.starts_with("cn=Admin,")).expect("frame");
        self.records.remove(first);
        self
    }
}

#[test]
fn a_mailbox_with_an_x400_address_in_any_place() {
    Case::with([ims(ADMIN)]).expect(&EVERYWHERE, ALL_PASS);
    admin("otherMailbox", "x400$c=US;a= ;p=Org;s=Admin;").expect(&EVERYWHERE, ALL_PASS);
    admin("otherMailbox", "X400$c=US;a= ;p=Org;s=Admin;").expect(&[On::Ldif], ALL_PASS);
    admin("Proxy-Addresses", "X400:c=US;a= ;p=Org;s=Admin;").expect(&EVERYWHERE, ALL_PASS);
    admin("textEncodedORAddress;lang-en", "c=US;a= ;p=Org;s=Admin;").expect(&[On::Ldif], ALL_PASS);
}

#[test]
fn a_distribution_list_or_a_hidden_mailbox() {
    let list =
        Record::new("cn=List,cn=Recipients,ou=S,o=Org", "groupOfNames").with("textEncodedORAddress", "c=US;a= ;p=Org;s=List;");
    Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=List"), list]).expect(&EVERYWHERE, ALL_PASS);
    Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=Hidden")]).expect(&EVERYWHERE, ALL_PASS);
}

#[test]
fn no_x400_address_while_another_recipient_shows_one() {
    let expected = ["pass", "pass", "pass", "fail:no-x400"];
    Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=Bare"), mailbox("Bare")]).expect(&EVERYWHERE, expected);
    let none = Record::new("cn=None,cn=Recipients,ou=S,o=Org", "organizationalPerson");
    Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=None"), none]).expect(&EVERYWHERE, expected);
    // an empty value is none (slapd refuses to load one)
    let empty = mailbox("Bare").with("textEncodedORAddress", "");
    Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=Bare"), empty]).expect(&[On::Ldif], expected);
    // an address that only speaks of X.400 is none
    let other = mailbox("Bare").with("otherMailbox", "SMTP$x400$c=US@example.com");
    Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=Bare"), other]).expect(&EVERYWHERE, expected);
}

#[test]
fn no_x400_address_on_anybody() {
    let bare = || [ims("/o=Org/ou=S/cn=Recipients/cn=Bare"), mailbox("Bare"), mailbox("Other")];
    let case = Case::with(bare())
        .without_first_admin()
        .but("cn=Witness,cn=Recipients,ou=S,o=Org")
        .but("cn=Hidden,cn=Recipients,ou=S,o=Org");
    case.expect(&[On::Lab, On::Slapd], ["pass", "pass", "pass", "unknown:not-visible"]);
    case.expect(&[On::Ldif], ["pass", "pass", "pass", "unknown:not-requested"]);
    // a deleted recipient is no witness
    let dead = mailbox("Dead").with("textEncodedORAddress", "c=US;a= ;p=Org;s=Dead;").with("Is-Deleted", "TRUE");
    let case = Case::with(bare().into_iter().chain([dead])).without_first_admin();
    let case = case.but("cn=Witness,cn=Recipients,ou=S,o=Org").but("cn=Hidden,cn=Recipients,ou=S,o=Org");
    case.expect(&[On::Lab, On::Slapd], ["pass", "pass", "pass", "unknown:not-visible"]);
    case.expect(&[On::Ldif], ["pass", "pass", "pass", "unknown:not-requested"]);
}

#[test]
fn an_export_that_names_another_place_of_the_address_decides_nothing() {
    // others show X.400 in otherMailbox alone: textEncodedORAddress, where the primary stands, was not asked for
    let other = mailbox("Other").with("otherMailbox", "x400$c=US;a= ;p=Org;s=Other;");
    let case = Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=Bare"), mailbox("Bare"), other]).without_first_admin();
    let case = case.but("cn=Witness,cn=Recipients,ou=S,o=Org").but("cn=Hidden,cn=Recipients,ou=S,o=Org");
    case.expect(&[On::Ldif], ["pass", "pass", "pass", "unknown:not-requested"]);
    // a server was asked for it, and nobody shows it: it may be withheld by itself
    case.expect(&[On::Lab, On::Slapd], ["pass", "pass", "pass", "unknown:not-visible"]);
}

#[test]
fn a_custom_recipient_or_public_folder_is_a_warning_and_judged_on() {
    for class in ["Remote-Address", "Public-Folder"] {
        let dn = "cn=Odd,cn=Recipients,ou=S,o=Org";
        let odd = Record::new(dn, class).with("textEncodedORAddress", "c=US;a= ;p=Org;s=Odd;");
        let case = Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=Odd"), odd.clone()]);
        case.expect(&EVERYWHERE, ["pass", "pass", "fail:wrong-class", "pass"]);
        let result = &case.run(On::Ldif).expect("ldif").json()["results"][2].clone();
        assert_eq!((&result["severity"], &result["confidence"]), (&"warning".into(), &"inferred".into()));
        let without = Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=Odd"), odd.without("textEncodedORAddress")]);
        without.expect(&EVERYWHERE, ["pass", "pass", "fail:wrong-class", "fail:no-x400"]);
    }
}

#[test]
fn a_class_that_lists_its_superclasses_or_is_an_oid() {
    let chain = Record::new("cn=Chain,cn=Recipients,ou=S,o=Org", "Top")
        .with("objectClass", "person")
        .with("objectClass", "ORGANIZATIONALPERSON")
        .with("textEncodedORAddress", "c=US;a= ;p=Org;s=Chain;");
    Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=Chain"), chain]).expect(&[On::Lab, On::Ldif], ALL_PASS);
    let oid = Record::new("cn=Oid,cn=Recipients,ou=S,o=Org", "1.2.840.113556.1.3.22")
        .with("textEncodedORAddress", "c=US;a= ;p=Org;s=Oid;");
    Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=Oid"), oid]).expect(&[On::Ldif], ALL_PASS);
}

#[test]
fn a_recipient_whose_class_was_not_asked_for() {
    let classless = mailbox("Plain").without("objectClass").with("textEncodedORAddress", "c=US;a= ;p=Org;s=Plain;");
    let case = Case::with([bare_ims(), classless]).args(["--ims-admin", "SRV=cn=Plain,cn=Recipients,ou=S,o=Org"]);
    case.expect(&[On::Ldif], ["pass", "pass", "unknown:not-requested", "blocked"]);
}
