//! Every X.400 address that was found in the articles, with what the article says of it and the verdict that follows. Written by
//! hand from the articles. Those of the first two tables are cited by the checks or meant for them; the third holds articles on
//! addresses that are cited by the code.

use exaudit::exchange::x400::{Class, Code, class_of, examine};

/// Article, text as printed, what the article says of it, class, codes.
type Row = (&'static str, &'static str, &'static str, Class, &'static [Code]);

use Class::{Broken, Ok, Unusual};
use Code::{
    BlanksAroundSeparator as Blanks, CountryLength, EmptyAdmd, EmptyValue, NoAdmd, NoCountry, NoFinalSemicolon as NoFinal,
    NoIdentifyingTerm as NoTerm, NotPrintable, Order, OtherSpelling as Spelling, SlashForm, TooLong, UnknownKey,
    UnsupportedForm as Form, UpperCaseKey as Upper,
};

/// Whole addresses: a recipient's or a site's.
const ADDRESSES: &[Row] = &[
    ("Q149121", "c=US;a= ;p=MICROSOFT;o=BSD;", "the address of a site, in a routing table", Ok, &[]),
    // the underscore "is not printable", and another MTA might refuse the message
    (
        "Q155695",
        "C=US;A=TELECOM;P=COMPANY;O=ABC;DDA.TYPE=MSXCHNGE;DDA.VALUE=ABC_XYZ",
        "an example of an invalid address",
        Broken,
        &[Upper, Spelling, NotPrintable, NoFinal],
    ),
    (
        "Q169425",
        "C=US;A= ;P=Exchange Org;O=Exchange Sitename",
        "a site's address, as it is normally made",
        Unusual,
        &[Upper, NoFinal],
    ),
    (
        "Q169425",
        "C=US;A= ;P=Exchange Org;",
        "the same without the organization: less than it should say, yet an address",
        Unusual,
        &[Upper],
    ),
    ("Q169672", "c=US;a=ABC;p=ABCX400;s=Doe;g=John;", "a mailbox's; wrong in its place, not in itself", Ok, &[]),
    ("Q169672", "c=US;a=ABC;p=ABCX400;s=Doe;g=John", "the same in prose", Unusual, &[NoFinal]),
    ("Q169672", "c=US;a=ABC;p=ABCMAIL;s=Doe;g=John", "what to change it to", Unusual, &[NoFinal]),
    ("Q169672", "c=US;a=ABC;p=ABCMAIL", "the address of both sites", Unusual, &[NoFinal]),
    ("Q184536", "c=US;a= ;p=Org;o=SITE;s=Someone;", "a mailbox's, in a file to import", Ok, &[]),
    ("Q199412", "c=US;a= ;p=ExchOrg;o=ExchSite;", "a connected site's, printed over two lines", Ok, &[]),
    (
        "Q253619",
        "C=US; A=ADMD; P=PRMD; S=Administrator",
        "the Internet Mail Service cannot process the keys before SP4, and mail is lost",
        Unusual,
        &[Upper, Blanks, NoFinal],
    ),
    // the harm comes from the type that is missing before it; read as an address it is one
    (
        "Q257578",
        "G=firstname;S=surname;OU1=orgunit1;O=org;P=prmd;A=admd;C=us",
        "made by an LDAP program, in reverse",
        Unusual,
        &[Upper, Order, NoFinal],
    ),
    ("Q257578", "c=us;a=admd;p=prmd;o=org;ou1=orgunit1;s=surname;g=firstname;", "what it should look like", Ok, &[]),
    // what the program of the article makes of its own sample values
    ("Q263520", "c=US;a= ;p=Orgname;o=sitename;s=DL47;", "country, ADMD, surname and the last semicolon are required", Ok, &[]),
    ("Q270889", "c=US;a= ;p=Organization;o=Site;", "a remote site's, to be typed in raw mode", Ok, &[]),
];

/// Address spaces, message identifiers and placeholders: no addresses of anybody. The class is what somebody gets who takes one for
/// an address.
const FRAGMENTS: &[Row] = &[
    ("Q149121", "c=GB;a=TMAILUK;p=*", "an address space with a wildcard", Broken, &[NotPrintable, NoFinal]),
    (
        "Q155104",
        "C=US;A= ;P=Org;L=MTAName-#############-##",
        "the identifier of a message",
        Broken,
        &[Upper, UnknownKey, NoFinal],
    ),
    (
        "Q161947",
        "c=country,a=service provider,p=organization,",
        "a LOCAL address space, with commas, of placeholders",
        Broken,
        &[CountryLength, NoAdmd, NoTerm, NoFinal],
    ),
    ("Q181263", "C=*", "an address space", Broken, &[Upper, NotPrintable, CountryLength, NoAdmd, NoTerm, NoFinal]),
    ("Q182798", "c=XX;a=VOID", "a LOCAL address space, invalid for its semicolon", Broken, &[NoTerm, NoFinal]),
    (
        "Q182798",
        "c=MyCountry, a=*",
        "a LOCAL address space, invalid for its country",
        Broken,
        &[CountryLength, NotPrintable, NoAdmd, NoTerm, NoFinal],
    ),
    ("Q192349", "/O=SAMPLEORG/OU=SAMPLESITE;", "an address space of another type", Broken, &[SlashForm]),
    // address, semicolon, cost: two semicolons are one in a value
    ("Q199412", "c=US;a=X400admd;p=X400prmd;o=X400org;;1", "an address space with its cost", Broken, &[NotPrintable, NoFinal]),
    ("Q199412", "c=US;a=X400admd;p=X400prmd;o=X400org;", "the address in it", Ok, &[]),
    (
        "Q241632",
        "c=US;a= ;p=ORGANIZATION;l=SERVER-990914140729Z-8",
        "the identifier of a message",
        Broken,
        &[UnknownKey, NoFinal],
    ),
    ("Q251152", "c=US;a= ;p=Microsoft;l=user110001172149D1FCA2JL", "the identifier of a message", Broken, &[UnknownKey, NoFinal]),
];

/// From articles on the form of addresses.
const ON_THE_FORM: &[Row] = &[
    ("Q108732", "c=US;a=TELENET;p=ABC;o=P/Q;g=JOHN;s=STEEL", "one of two ways to write it", Unusual, &[Order, NoFinal]),
    ("Q108732", "/c=US/a=TELENET/p=ABC/o=P$/Q/g=JOHN/s=STEEL", "the other, of Microsoft Mail's gateway", Broken, &[SlashForm]),
    (
        "Q139203",
        "/c=US/a=ATTMail/p=GOV/o=hq/ou=WP4/dt=WPMail/dv=USER.BOB",
        "malformed: `dt` and `dv` are no attributes",
        Broken,
        &[SlashForm],
    ),
    // as printed but for a blank in `DA.TY PE`; its blank entries are invalid, and the MTA rejects it
    (
        "Q145585",
        "c=US;ADMD=;PRMD=MICROSOFT;S=User1;G=;I=;O=SiteName;OU=;OU=;DDA.TYPE=;DDA.VALUE=;DA.TYPE=;DDA.VALUE=",
        "rejected for its blank entries",
        Broken,
        &[
            Upper,
            Spelling,
            EmptyAdmd,
            EmptyValue,
            EmptyValue,
            Order,
            EmptyValue,
            Code::Twice,
            Code::DdaWithoutType,
            EmptyValue,
            UnknownKey,
            Code::DdaWithoutType,
            EmptyValue,
            NoFinal,
        ],
    ),
    ("Q145585", "C=US;ADMD= ;PRMD=MICROSOFT;S=User1;O=SiteName", "a valid address", Unusual, &[Upper, Spelling, Order, NoFinal]),
    (
        "Q151790",
        "C=FR;A=ATLAS;P=INTERNET;DDA.TYPE=RFC-822;DDA.VALUE=user(a)domain.fr",
        "a valid address of Microsoft Mail",
        Unusual,
        &[Upper, Spelling, NoFinal],
    ),
    // sent on without its X.121 number
    ("Q156722", "C=FR;A=ATLAS;X.121=93312345678", "a fax; Exchange 4.0 lost its number", Unusual, &[Upper, Form, NoFinal]),
    (
        "Q156355",
        "c=us;a= ;p=ms;o=EX1; dda:ms=ms/po1/admin",
        "valid; the store of 4.0 and 5.0 took the slash amiss",
        Unusual,
        &[Blanks, NoFinal],
    ),
    (
        "Q159291",
        "/c=us/admd=attmail/dda.type=id/dda.value=fax(b)1234561111(/User One)",
        "returned as incorrect",
        Broken,
        &[SlashForm],
    ),
    (
        "Q177869",
        "c=us;a=mci;p=microsoft;o=pss;dda:ms=microsoft/pss/mailbox",
        "what the connector makes of the form with slashes",
        Unusual,
        &[NoFinal],
    ),
    ("Q191947", "C=US;A= ;P=TEST+TEST;DDA:MS=NETWORK/PO/Admin;", "as the MTA shows it", Unusual, &[Upper]),
    (
        "Q198392",
        "c=US;a=;p=Microsoft;o=Laptop;dda:MSXCHNGE=//o=MICROSOFT//ou=Laptop//cn=Recipients//cn=101300;",
        "as a report of non-delivery shows it, over two lines",
        Unusual,
        &[EmptyAdmd],
    ),
    // eight characters are the most for a type; the article looks for the cause elsewhere
    (
        "Q258678",
        "c=US;a= ;p=Organization;o=Site A;dda:MSEXCHANGE=/o=PRI/ou=CALIFORNIA/cn=Recipients/cn=b4501a7a-4060570b-8525644b-78c319;",
        "not recognized",
        Broken,
        &[TooLong],
    ),
    ("Q262116", "C=us;a= ;p=Org;o=Site;s=Someone;g=MsGuy", "a custom recipient's", Unusual, &[Upper, NoFinal]),
    ("Q269589", "C=US;A= ;P=MICROSOFT;O=EUROPE;DDA:SMTP=johndoe(a)domain.com;", "received", Unusual, &[Upper]),
    // not from an article: what Q145986 says of a country
    ("Q145986", "c=U;a=ABC;p=ABCMAIL;s=x;", "a country of one character hangs the MTA", Broken, &[CountryLength]),
    // and what Q158363 says a mnemonic address must have
    ("Q158363", "a= ;p=Org;s=x;", "the country is mandatory", Broken, &[NoCountry]),
    ("Q158363", "c=US;p=Org;s=x;", "the ADMD is mandatory", Broken, &[NoAdmd]),
    ("Q158363", "c=US;a= ;dda:ms=a/b/c;", "at least one other term must be there", Broken, &[NoTerm]),
    ("Q158363", "c=US;a= ;p=Org;", "the PRMD is such a term", Ok, &[]),
    ("Q158363", "c=US;a= ;g=John;", "and the given name is one", Unusual, &[Code::NoSurname]),
    // Q155379: a character outside PrintableString in an address that a gateway made
    ("Q155379", "c=US;a= ;p=Org;dda:RFC-822=user@domain;", "does not match", Broken, &[NotPrintable]),
    ("Q155379", "c=US;a= ;p=Org;dda:RFC-822=user(a)domain;", "the escaped form", Ok, &[]),
    // Q155840: what is generated from a name with `&` that is too long
    ("Q155840", "c=US;a= ;p=Ferguson ? Barde;o=Site;", "generated, cut to 16 characters", Ok, &[]),
    ("Q155840", "c=US;a= ;p=Ferguson & Barde;o=Site;", "X.400 does not allow an ampersand", Broken, &[NotPrintable]),
    ("Q155840", "c=US;a= ;p=Ferguson ? Bardell;o=Site;", "not cut", Broken, &[TooLong]),
];

fn check(rows: &[Row]) {
    for (article, text, said, class, codes) in rows {
        let examination = examine(text);
        let mut found: Vec<Code> = examination.problems.iter().map(|problem| problem.code).collect();
        let mut expected = codes.to_vec();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{article}: {text} ({said})");
        assert_eq!((examination.class, class_of(text)), (*class, *class), "{article}: {text} ({said})");
        // what must be added is not known
        let is_whole = *class != Broken && !codes.contains(&Code::NoSurname);
        assert_eq!(examination.normalized.is_some(), is_whole, "{article}: {text}");
    }
}

#[test]
fn addresses() {
    check(ADDRESSES);
}

#[test]
fn what_is_no_address() {
    check(FRAGMENTS);
}

#[test]
fn articles_on_the_form() {
    check(ON_THE_FORM);
}

#[test]
fn what_exchange_would_write() {
    for (text, expected) in [
        ("C=US; A=ADMD; P=PRMD; S=Administrator", "c=US;a=ADMD;p=PRMD;s=Administrator;"),
        (
            "G=firstname;S=surname;OU1=orgunit1;O=org;P=prmd;A=admd;C=us",
            "c=us;a=admd;p=prmd;o=org;ou1=orgunit1;s=surname;g=firstname;",
        ),
        ("C=US;ADMD= ;PRMD=MICROSOFT;S=User1;O=SiteName", "c=US;a= ;p=MICROSOFT;o=SiteName;s=User1;"),
        (
            "C=FR;A=ATLAS;P=INTERNET;DDA.TYPE=RFC-822;DDA.VALUE=user(a)domain.fr",
            "c=FR;a=ATLAS;p=INTERNET;dda:RFC-822=user(a)domain.fr;",
        ),
        ("C=FR;A=ATLAS;X.121=93312345678", "c=FR;a=ATLAS;x.121=93312345678;"),
    ] {
        assert_eq!(examine(text).normalized.as_deref(), Some(expected), "{text}");
    }
}
