use super::*;

/// What fits, as `check ims-admin-set`.
fn ranked(text: &str) -> Vec<String> {
    let catalogue = Catalogue::embedded().expect("embedded");
    rank(&catalogue, text).into_iter().map(|found| format!("{} {}", found.kind.word(), found.name)).collect()
}

/// What operators write, in words that are not ours, and the check that they need.
#[test]
fn the_right_check_comes_first() {
    for (text, expected) in [
        (
            "Could not start the Microsoft Exchange Internet Mail Service on \\\\MAIL1. Error 0xC002041D: the service did not \
             respond to the start or control request in a timely fashion.",
            "ims-admin-x400",
        ),
        (
            "An application error has occurred and an application error log is being generated. msexcimc.exe Exception: access \
             violation (0xc0000005). Stack: CPostmaster::FindAdminX400Address",
            "ims-admin-x400",
        ),
        ("The Internet Mail Wizard ends with an access violation and no Internet Mail Service appears", "ims-admin-x400"),
        (
            "Event ID: 4071 Source: MSExchangeIMC Type: Error Category: Initialization/Termination. The Internet Mail Service has \
             not been configured yet.",
            "ims-admin-set",
        ),
        ("after a reboot the IMS does not come up by itself, but if I start it manually it works", "ims-admin-set"),
        ("initialization of the dynamic link library USER32.dll failed", "ims-admin-x400"),
        ("we deleted the mailbox which was the administrator of the IMC and now it does not exist any more", "ims-admin-exists"),
        ("event 4071 is still logged although the mailbox is set and has an X.400 address", "ims-admin-repoint"),
        ("IMS won't start after we demoted the domain controller", "manual-service-account"),
        ("The Internet Mail Service needs DNS to be configured", "pre-ims-install"),
        ("mails come back: NDR, the recipient name is ambiguous (000C0595)", "duplicate-proxy"),
        ("Setup of the service pack stopped with error c1030b3a", "gateway-proxy-ms"),
        (
            "MSExchangeMTA event 178: The distinguished name /o=Org/ou=Site/cn=Recipients/cn=Joe could not be expanded to an O/R \
             address",
            "recipient-no-x400",
        ),
    ] {
        let found = ranked(text);
        assert_eq!(found.first().map(String::as_str), Some(format!("check {expected}").as_str()), "{text}\n{found:#?}");
    }
}

/// No check is to blame for these; the article is.
#[test]
fn an_article_comes_first_where_no_check_covers_it() {
    for (text, expected) in [
        ("messages that the TurfTable filters are not saved in turfdir", "Q193926"),
        ("the remote host says 550 invalid domain", "Q245787"),
    ] {
        assert_eq!(ranked(text).first().map(String::as_str), Some(format!("article {expected}").as_str()), "{:#?}", ranked(text));
    }
}

#[test]
fn a_number_outweighs_the_words_around_it() {
    let found = ranked("something or other about the mailbox of the administrator, 3150, we think");
    let expected = ["check ims-admin-x400-uppercase", "event MSExchangeMTA 3150", "article Q253619"];
    assert!(expected.iter().all(|name| found.iter().take(3).any(|found| found == name)), "{found:#?}");
}

#[test]
fn says_nothing_where_nothing_fits() {
    for text in [
        "",
        " ",
        "the and of",
        "the coffee machine is out of beans",
        "printer does not start",
        "my favourite pizza topping is pineapple, and the weather in Lisbon will stay warm",
        "0xdeadbeef",
        "\u{1b}[31m",
    ] {
        assert_eq!(ranked(text), Vec::<String>::new(), "{text:?}");
    }
}

/// Where the words leave it open, the administrator of the service comes first, as the README says.
#[test]
fn a_service_that_does_not_start_leads_to_its_administrator() {
    for text in [
        "IMS will not start",
        "the internet mail service does not start",
        "IMC won't come up any more",
        "IMS startup fails",
        "the internet connector does not start any more",
        "our SMTP connector will not start",
    ] {
        let found = ranked(text);
        assert_eq!(found.first().map(String::as_str), Some("check ims-admin-set"), "{text}\n{found:#?}");
    }
    let found = ranked("IMS will not start");
    assert_eq!(found.get(..3).expect("three"), ["check ims-admin-set", "check ims-admin-exists", "check ims-admin-x400"]);
}

#[test]
fn a_number_is_found_in_every_spelling_and_never_in_prose() {
    for text in ["-1073609699", "0xC002041D", "ID no: c002041d", "code -1073609699 in the log"] {
        assert!(ranked(text).contains(&"check ims-admin-x400".to_owned()), "{text}: {:#?}", ranked(text));
    }
    assert_eq!(ranked("DS_E_ATTRIBUTE_OR_VALUE_EXISTS").first().map(String::as_str), Some("check disabled-gateway-proxy"));
    assert!(
        ranked("event 100").contains(&"event event 100".to_owned())
            && ranked("290").contains(&"event MSExchangeMTA 290".to_owned())
    );
    for text in ["100 people cannot print", "we are 290 in the office and mail is slow", "3150 users"] {
        assert!(ranked(text).iter().all(|name| !name.starts_with("event ")), "{text}: {:#?}", ranked(text));
    }
}

/// How many they are and since when tells nothing of what is wrong.
#[test]
fn a_count_weighs_nothing() {
    let catalogue = Catalogue::embedded().expect("embedded");
    for text in
        ["100 people cannot send mail since this morning", "we have 100 mailboxes and mail is slow", "500 users on 3 servers"]
    {
        for found in rank(&catalogue, text) {
            assert!(!found.shared.iter().any(|word| word.parse::<u32>().is_ok()), "{text}: {found:?}");
        }
    }
    let people = rank(&catalogue, "100 people cannot send mail since this morning");
    assert!(people.iter().all(|found| found.strength == Strength::Weak), "{people:#?}");
    // a year's digits may be part of a name
    assert_eq!(
        ranked("mail bounces since we have Exchange 2000 and a public folder").first(),
        Some(&"article Q302394".to_owned())
    );
}

#[test]
fn what_once_led_nowhere_or_astray() {
    let top = |text: &str| ranked(text).into_iter().take(3).collect::<Vec<_>>();
    assert!(top("cannot delete an old server").contains(&"check pre-server-removal".to_owned()));
    assert!(top("the address list has names ending in -1").contains(&"check recipient-created-twice".to_owned()));
    let loops = ranked("a loop of non-delivery reports");
    assert!(loops.iter().take(3).any(|name| name == "check ims-admin-forwards-mail"), "{loops:#?}");
    assert!(!loops.contains(&"check mta-password-not-passed".to_owned()), "{loops:#?}");
    let catalogue = Catalogue::embedded().expect("embedded");
    for text in
        ["all mail was down for a day, an outage caused by a worm", "mail is down everywhere, a virus sends itself to everyone"]
    {
        let worm = rank(&catalogue, text);
        assert!(worm.iter().all(|found| found.strength == Strength::Weak), "{worm:#?}");
    }
    for text in [
        "the two mail systems keep bouncing non delivery reports at each other",
        "non-delivery reports go back and forth between us and a customer",
    ] {
        assert!(top(text).contains(&"check ims-admin-forwards-mail".to_owned()), "{text}: {:#?}", top(text));
    }
    for (text, expected) in [
        ("out of office does not answer", "check alt-recipient-no-out-of-office"),
        ("OOF replies are not sent", "check alt-recipient-no-out-of-office"),
        ("public folder mail bounces after the first Exchange 2000 server", "article Q302394"),
        ("X.400 connector cannot be removed", "article Q260196"),
        ("move mailbox: information store unavailable or not running", "article Q247767"),
    ] {
        assert!(top(text).contains(&expected.to_owned()), "{text}: {:#?}", top(text));
    }
}

#[test]
fn few_entries_each_with_what_it_shares_and_the_same_every_time() {
    let catalogue = Catalogue::embedded().expect("embedded");
    let text = "The Internet Mail Service does not start; error 1067, event 4018, msexcimc.exe";
    let found = rank(&catalogue, text);
    assert!((1..=MOST_MATCHES).contains(&found.len()), "{found:#?}");
    for each in &found {
        assert!(!each.shared.is_empty() && each.shared.iter().all(|word| text.contains(word.as_str())), "{each:?}");
    }
    for _ in 0..5 {
        assert_eq!(rank(&catalogue, text), found);
    }
    assert_eq!(rank(&catalogue, &text.to_uppercase()).len(), found.len());
}
