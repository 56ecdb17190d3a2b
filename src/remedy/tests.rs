//! Which failures get a plan, and which must not.

use super::{Plans, plans};
use crate::check::Catalogue;
use crate::check::rehearse::Rehearsal;
use crate::check::wants;
use crate::directory::dn::Dn;
use crate::directory::source::{Kind, Origin};
use crate::exchange::declaration::Hints;
use crate::exchange::fake::directory as read;
use crate::exchange::questions::Questions;

/// Two sites: NORTH has one server, SOUTH two.
const SITES: &str = "dn: o=Org\nobjectClass: organization\no: Org\n\n\
    dn: ou=NORTH,o=Org\nobjectClass: organizationalUnit\nou: NORTH\n\n\
    dn: ou=SOUTH,o=Org\nobjectClass: organizationalUnit\nou: SOUTH\n\n";

/// The configuration of a site with these servers.
fn configuration(site: &str, servers: &[&str], addressing: &str) -> String {
    let at = format!("cn=Configuration,ou={site},o=Org");
    let mut text = format!(
        "dn: {at}\nobjectClass: Container\ncn: Configuration\n\ndn: cn=Servers,{at}\nobjectClass: Container\ncn: Servers\n\n\
         dn: cn=Site-Addressing,{at}\nobjectClass: Site-Addressing\ncn: Site-Addressing\n{addressing}\n\n\
         dn: cn=Recipients,ou={site},o=Org\nobjectClass: Container\ncn: Recipients\n\n"
    );
    for server in servers {
        text += &format!(
            "dn: cn={server},cn=Servers,{at}\nobjectClass: Computer\ncn: {server}\nserialNumber: Version 5.5 (Build 2448.8: Service Pack 2)\nIs-Deleted: FALSE\n\n"
        );
    }
    text
}

fn recipient(site: &str, class: &str, name: &str, rest: &str) -> String {
    format!(
        "dn: cn={name},cn=Recipients,ou={site},o=Org\nobjectClass: {class}\ncn: {name}\nuid: {}\nIs-Deleted: FALSE\n\
         Hide-From-Address-Book: {}\n{rest}\n\n",
        name.to_lowercase(),
        if name == "Hidden" { "TRUE" } else { "FALSE" },
    )
}

/// A mailbox with an address of its own, and these lines.
fn mailbox(site: &str, name: &str, rest: &str) -> String {
    let address = format!(
        "textEncodedORAddress: c=US;a= ;p=Org;o={site};s={name};\nmail: {name}@{site}.example\notherMailbox: MS$Org/{site}/{name}"
    );
    let line = if rest.is_empty() { address } else { format!("{address}\n{rest}") };
    recipient(site, "organizationalPerson", name, &line)
}

const ADDRESSING: &str =
    "Gateway-Proxy: X400:c=US;a= ;p=Org;o=NORTH;\nGateway-Proxy: MS:Org/NORTH\nGateway-Proxy: SMTP:@north.example";

/// Both sites with a hidden mailbox each, which shows that hidden ones are seen, and these records.
fn directory(addressing: &str, more: &str) -> String {
    let south = ADDRESSING.replace("NORTH", "SOUTH");
    let common = |site| {
        mailbox(site, "Hidden", "")
            + &mailbox(
                site,
                "Living",
                "sn: Living\ngivenName: Lee\nAlt-Recipient: cn=Hidden,cn=Recipients,ou=NORTH,o=Org\nAuth-Orig: cn=Hidden,cn=Recipients,ou=NORTH,o=Org\nUnauth-Orig: cn=Hidden,cn=Recipients,ou=NORTH,o=Org\nDL-Mem-Submit-Perms: cn=Lists,cn=Recipients,ou=NORTH,o=Org",
            )
    };
    let list = recipient(
        "NORTH",
        "groupOfNames",
        "Lists",
        "textEncodedORAddress: c=US;a= ;p=Org;o=NORTH;s=Lists;\nmail: lists@north.example\notherMailbox: MS$Org/NORTH/Lists\nowner: cn=Living,cn=Recipients,ou=NORTH,o=Org",
    );
    [
        SITES,
        &configuration("NORTH", &["ONE"], addressing),
        &configuration(
            "SOUTH",
            &["TWO", "THREE"],
            &format!("{south}\nRid-Server: cn=TWO,cn=Servers,cn=Configuration,ou=SOUTH,o=Org"),
        ),
        &common("NORTH"),
        &common("SOUTH"),
        &list,
        more,
    ]
    .concat()
}

/// The plans for one check.
fn planned(text: &str, checks: &[&str]) -> Plans {
    let catalogue = Catalogue::embedded().expect("the catalogue");
    let selected: Vec<_> = checks.iter().map(|id| catalogue.check(id).expect("a check")).collect();
    let wanted = wants::of(&catalogue.with_needs(&selected));
    let header = "# extended LDIF\n#\n# base <o=Org> with scope subtree\n# filter: (objectClass=*)\n# requesting: * Is-Deleted \
        Hide-From-Address-Book Gateway-Proxy Proxy-Addresses Rid-Server Disabled-Gateway-Proxy \
        DL-Mem-Submit-Perms Home-MDB\n#\n\n";
    let whole = format!("{header}{text}search: 2\nresult: 0 Success\n");
    let hints = Hints { sees_hidden: Some(true), ..Hints::default() };
    let directory = read(&[("test.ldif", &whole)]);
    let questions = Questions::of(directory, Dn::parse(b"o=Org").expect("a name"), hints, wanted.all());
    let origin = Origin { kind: Kind::Ldif, location: "test.ldif".into(), bind_dn: None, taken: None, collected: None };
    let rehearsal = Rehearsal { catalogue: &catalogue, selected: &selected, origin: &origin, options: Default::default() };
    plans(&rehearsal, &questions, wanted.all())
}

/// What is done by the plans, and why there is none for the others.
fn told(text: &str, check: &str) -> (Vec<String>, Vec<String>) {
    let plans = planned(text, &[check, "duplicate-proxy"]);
    let done = plans.plans.iter().flat_map(|plan| plan.remedies.iter().map(|remedy| remedy.does.clone())).collect();
    let why = plans.without.iter().flat_map(|without| without.reasons.keys().cloned()).collect();
    (done, why)
}

fn north(name: &str) -> String {
    format!("cn={name},cn=Recipients,ou=NORTH,o=Org")
}

/// A case: the addressing of NORTH, more records, the check, and what is said of a plan or of there being none.
type Case = (&'static str, String, &'static str, Result<String, &'static str>);

#[test]
fn each_kind_has_its_plan_and_its_reasons_for_none() {
    let gone = north("Nobody");
    let ad = ADDRESSING;
    let role = |site: &str| format!("{ad}\nRid-Server: cn=GONE,cn=Servers,cn=Configuration,ou={site},o=Org");
    let role: &'static str = Box::leak(role("NORTH").into_boxed_str());
    let no_ms: &'static str = Box::leak(ad.replace("\nGateway-Proxy: MS:Org/NORTH", "").into_boxed_str());
    let bad_ms: &'static str = Box::leak(ad.replace("MS:Org/NORTH", "MS:NORTH").into_boxed_str());
    let dots: &'static str = Box::leak(ad.replace("SMTP:@", "SMTP:%g.%1i.%s@").into_boxed_str());
    let other_dots: &'static str = Box::leak(ad.replace("SMTP:@", "SMTP:%s.%1i.%g@").into_boxed_str());
    let no_x400: &'static str = Box::leak(ad.replace("Gateway-Proxy: X400:c=US;a= ;p=Org;o=NORTH;\n", "").into_boxed_str());
    let bare = |name: &str, rest: &str| {
        recipient(
            "NORTH",
            "organizationalPerson",
            name,
            &format!("mail: {name}@x.example\notherMailbox: MS$Org/NORTH/{name}{rest}"),
        )
    };
    let twin = |secondary: &str| mailbox("NORTH", "Twin", secondary);
    let cases: Vec<Case> = vec![
        (ad, mailbox("NORTH", "A", &format!("Alt-Recipient: {gone}")), "alt-recipient-exists", Ok(format!("Clears Alt-Recipient, which is {gone}."))),
        (ad, mailbox("NORTH", "A", "Alt-Recipient: cn=X,cn=Recipients,ou=ELSEWHERE,o=Org"), "alt-recipient-exists", Err("")),
        (ad, recipient("NORTH", "groupOfNames", "L", &format!("owner: {gone}\ntextEncodedORAddress: c=US;a= ;p=Org;o=NORTH;s=L;\nmail: l@x")), "dl-owner", Ok(format!("Clears owner, which is {gone}."))),
        (ad, recipient("NORTH", "groupOfNames", "L", &format!("owner: {}\ntextEncodedORAddress: c=US;a= ;p=Org;o=NORTH;s=L;\nmail: l@x", north("Lists"))), "dl-owner", Err("names an object that exists")),
        (ad, mailbox("NORTH", "A", &format!("Auth-Orig: {gone}\nAuth-Orig: {}", north("Living"))), "restriction-accept-senders", Ok(format!("Removes from Auth-Orig what names nothing: {gone}."))),
        (ad, mailbox("NORTH", "A", &format!("Auth-Orig: {gone}\nDL-Mem-Submit-Perms: {}", north("Lists"))), "restriction-accept-senders", Ok(format!("Removes from Auth-Orig what names nothing: {gone}."))),
        (ad, mailbox("NORTH", "A", &format!("Auth-Orig: {gone}")), "restriction-accept-senders", Err("no accepted sender would be left")),
        (ad, mailbox("NORTH", "A", &format!("Auth-Orig;range=0-0: {gone}")), "restriction-accept-senders", Err("")),
        (ad, mailbox("NORTH", "A", &format!("Unauth-Orig: {gone}")), "restriction-reject-senders", Ok(format!("Removes from Unauth-Orig what names nothing: {gone}."))),
        (ad, mailbox("NORTH", "A", &format!("DL-Mem-Submit-Perms: {}", north("Living"))), "restriction-accept-lists", Err("of the wrong kind")),
        (role, String::new(), "routing-calc-server", Ok("Moves the role from cn=GONE,cn=Servers,cn=Configuration,ou=NORTH,o=Org to cn=ONE,cn=Servers,cn=Configuration,ou=NORTH,o=Org, the only server of the site.".into())),
        (role, "dn: cn=TEN,cn=Servers,cn=Configuration,ou=NORTH,o=Org\nobjectClass: Computer\ncn: TEN\n\n".into(), "routing-calc-server", Err("the site has 2 servers")),
        (ad, bare("Bare", "\nsn: O\u{2019}Hara & Sons\ngivenName: Anna-Maria Louise X"), "recipient-no-x400", Ok("The import makes the X.400 address. As derived: c=US;a= ;p=Org;o=NORTH;s=O?Hara ? Sons;g=Anna-Maria Louis;".into())),
        (ad, bare("Bare", ""), "recipient-no-x400", Ok("The import makes the X.400 address. As derived: c=US;a= ;p=Org;o=NORTH;s=bare;".into())),
        (ad, bare("Bare", "\nsn: Living"), "recipient-no-x400", Err("cn=Living,cn=Recipients,ou=NORTH,o=Org already has the derived address")),
        (ad, bare("Bare", "\ngivenName: Ann"), "recipient-no-x400", Err("it has a given name and no surname")),
        (no_x400, bare("Bare", ""), "recipient-no-x400", Err("Site Addressing has no X.400 address")),
        (ad, recipient("NORTH", "Public-Folder", "Folder", "mail: f@x.example\notherMailbox: MS$a/b/c"), "recipient-no-x400", Err("give the folder its address by hand")),
        (ad, recipient("NORTH", "groupOfNames", "L", "mail: l@x.example\notherMailbox: MS$a/b/c\nsn: Ignored"), "dl-no-x400", Ok("The import makes the X.400 address. As derived: c=US;a= ;p=Org;o=NORTH;s=l;".into())),
        (ad, bare("Form", "\ntextEncodedORAddress: c=US;a= ;p=Org;o=NORTH;s=Form"), "recipient-x400-malformed", Ok("Replaces c=US;a= ;p=Org;o=NORTH;s=Form by c=US;a= ;p=Org;o=NORTH;s=Form;.".into())),
        (ad, bare("Form", "\ntextEncodedORAddress: p=Org;o=NORTH;s=Form;"), "recipient-x400-malformed", Err("the address is broken")),
        (ad, twin("otherMailbox: smtp$Living@NORTH.example"), "duplicate-proxy", Ok(format!("Takes Living@NORTH.example from {}, which has it as a secondary address; {} keeps it.", north("Twin"), north("Living")))),
        (ad, twin("otherMailbox: smtp$shared@x.example") + &mailbox("NORTH", "Trio", "otherMailbox: smtp$shared@x.example"), "duplicate-proxy", Err("is a secondary address of both")),
        (ad, twin("otherMailbox: smtp$living@NORTH.example") + &mailbox("NORTH", "Trio", "otherMailbox: smtp$living@NORTH.example"), "duplicate-proxy", Err("3 recipients have the address")),
        (no_ms, String::new(), "gateway-proxy-ms", Ok("Adds MS:Org/NORTH to Gateway-Proxy.".into())),
        (bad_ms, String::new(), "gateway-proxy-ms", Ok("Replaces MS:NORTH in Gateway-Proxy by MS:Org/NORTH.".into())),
        (dots, String::new(), "smtp-template-dots", Ok("Replaces SMTP:%g.%1i.%s@north.example in Gateway-Proxy by SMTP:%g.%i.%s@north.example: who has a middle name gets all of it in new addresses.".into())),
        (other_dots, String::new(), "smtp-template-dots", Err("the article gives the value for %g.%1i.%s alone")),
        (no_x400, String::new(), "gateway-proxy-x400", Err("no article gives the value")),
    ];
    let mut wrong = Vec::new();
    for (addressing, more, check, expected) in cases {
        let (done, why) = told(&directory(addressing, &more), check);
        let is_so = match &expected {
            Ok(does) => done == [does.clone()] && why.is_empty(),
            // neither a failure nor a plan: it cannot be told whether it is gone
            Err("") => done.is_empty() && why.is_empty(),
            Err(said) => done.is_empty() && why.iter().any(|why| why.contains(said)),
        };
        if !is_so {
            wrong.push(format!("{check}: {more}: {expected:?}, not {done:?} {why:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
