//! Every rule by its name.

use super::*;

/// A rule by name.
pub(super) struct Known {
    pub(super) name: &'static str,
    /// What it says and which parameters it takes, for lists and docs.
    pub(super) about: &'static str,
    pub(super) make: fn(Table) -> Result<Does, String>,
}

/// Every rule, by name.
pub(super) static ALL: &[Known] = &[
    Known {
        name: "address-length",
        about: "the reply addresses of a recipient total at most `most` characters",
        make: judging::<address_length::AddressLength>,
    },
    Known {
        name: "address-types",
        about: "the object has an e-mail address of each of `types`",
        make: judging::<address_types::AddressTypes>,
    },
    Known {
        name: "address-without",
        about: "no address of the type `type` contains `text` or `also`, begins with `beginning` or ends with `ending`",
        make: judging::<address_text::AddressWithout>,
    },
    Known {
        name: "at-most",
        about: "`attribute` has at most `most` values; up to `tolerated`, more are only a warning; `hidden-by` names an attribute that may withhold them",
        make: judging::<at_most::AtMost>,
    },
    Known {
        name: "bridgehead-without-limit",
        about: "the private store of a replication bridgehead has no prohibit send limit",
        make: comparing::<bridgehead_limit::BridgeheadLimit>,
    },
    Known {
        name: "certificate-subject",
        about: "the parts of a mailbox's name have at most `most` characters together, if its site names a Key Management server",
        make: judging::<certificate::CertificateSubject>,
    },
    Known {
        name: "connected-site-address",
        about: "a connector has, for each site it connects, the address that this site has for itself",
        make: judging::<connected::Connected>,
    },
    Known {
        name: "dirsync-orphans",
        about: "each custom recipient for a $SYSTEM of MS Mail is named by a requestor or remote requestor",
        make: comparing::<dirsync_orphan::Orphans>,
    },
    Known {
        name: "extension-installed",
        about: "the extension `name`, or each that `attribute` names, is in the Add-Ins container of the site, with the file `library`",
        make: comparing::<extension::Extension>,
    },
    Known {
        name: "file-version",
        about: "File-Version is what a server of the site ships; `file` is generator or extension, with at least the version \
                `least` if every server runs `from` or later",
        make: comparing::<file_version::Fits>,
    },
    Known {
        name: "forwarded-text",
        about: "an X.400 connector that may lead to foreign systems does not take the text out of forwarded mail",
        make: judging::<mapi_forwarding::ForwardedText>,
    },
    Known {
        name: "forwards-out",
        about: "mail for the object is not forwarded to a custom recipient by its Alt-Recipient",
        make: judging::<forwards::ForwardsOut>,
    },
    Known {
        name: "generator-has-site-address",
        about: "the address type of an e-mail address generator is one of Site Addressing",
        make: comparing::<generators::HasSiteAddress>,
    },
    Known {
        name: "has-address",
        about: "a recipient has an e-mail address of any type",
        make: judging::<has_address::HasAddress>,
    },
    Known {
        name: "has-site-type",
        about: "a recipient with addresses has one of the type `type`, if its site makes them",
        make: judging::<site_type::HasSiteType>,
    },
    Known {
        name: "ims-server",
        about: "the server of an Internet Mail Service exists (`has = \"object\"`), or has a private information store \
                (`has = \"private-store\"`)",
        make: judging::<ims_server::ImsServer>,
    },
    Known {
        name: "local-address-spaces",
        about: "an X.400 address space of type LOCAL has commas between its terms, and a country code",
        make: comparing::<local_space::LocalSpace>,
    },
    Known {
        name: "longest-tombstone",
        about: "no other site keeps deleted objects longer than this DS Site Configuration",
        make: comparing::<tombstones::LongestTombstone>,
    },
    Known {
        name: "name-characters",
        about: "the names of a site and its organization have only characters that addresses can be made of",
        make: judging::<name_characters::NameCharacters>,
    },
    Known {
        name: "name-length",
        about: "the name of an object has at most `most` characters; more than `near` are too close to that",
        make: judging::<name_length::NameLength>,
    },
    Known {
        name: "names-own-site",
        about: "`attribute` names objects of the object's own site",
        make: judging::<own_site::NamesOwnSite>,
    },
    Known {
        name: "names-server",
        about: "`attribute` names a server that exists, of the object's own site or of the one that `site` names",
        make: judging::<names_server::NamesServer>,
    },
    Known {
        name: "names-sibling",
        about: "`attribute` names the object called `sibling` in the container of the judged one",
        make: judging::<names_sibling::NamesSibling>,
    },
    Known {
        name: "no-circle",
        about: "following `attribute` from object to object never leads back",
        make: comparing::<no_circle::NoCircle>,
    },
    Known {
        name: "no-foreign-space",
        about: "Site-Proxy-Space holds nothing but the site's own address, or the site has no site connector",
        make: comparing::<foreign_space::NoForeignSpace>,
    },
    Known {
        name: "no-name-prefix",
        about: "the name of no other site begins with that of the site",
        make: comparing::<name_prefix::NoPrefix>,
    },
    Known {
        name: "no-twin",
        about: "an object whose directory name ends with -1 has not the display name of the one of that name without -1",
        make: judging::<twin::NoTwin>,
    },
    Known {
        name: "no-org-terms",
        about: "no address space of a type of another product has terms like /O=../OU=..",
        make: judging::<org_terms::OrgTerms>,
    },
    Known {
        name: "no-type-disabled",
        about: "Site Addressing lists no address type as disabled, except those of `except`",
        make: judging::<generators::NoneDisabled>,
    },
    Known {
        name: "one-home",
        about: "a mailbox has a Home-MDB and a Home-MTA, both of one server, and server and store exist",
        make: judging::<one_home::OneHome>,
    },
    Known {
        name: "one-server",
        about: "the two `attributes` of an object name objects of one server",
        make: judging::<one_server::OneServer>,
    },
    Known {
        name: "plain-name",
        about: "the directory name of an object has plain characters only, and no question mark",
        make: judging::<plain_name::PlainName>,
    },
    Known {
        name: "postmaster",
        about: "no recipient has an address postmaster@ of a site's own domain, except the administrators of the \
                site's Internet Mail Services",
        make: comparing::<postmaster::Postmaster>,
    },
    Known {
        name: "protocol-setting",
        about: "`filter` matches an LDAP protocol object, unless its settings do not count: a server uses its own or its site's",
        make: judging::<protocol_setting::ProtocolSetting>,
    },
    Known {
        name: "release-fault",
        about: "`filter` does not match while a server of the site runs a release before `before`",
        make: comparing::<release_fault::ReleaseFault>,
    },
    Known {
        name: "schedule-not-denser",
        about: "the schedule in `attribute` has at least `apart` quarters of an hour from one run to the next",
        make: judging::<schedule::NotDenser>,
    },
    Known {
        name: "server-version",
        about: "a server states the release `from` or a later one",
        make: judging::<server_version::ServerVersion>,
    },
    Known {
        name: "set-like-others",
        about: "`attribute` is set, if it is set on more than half of the judged objects of the site",
        make: comparing::<set_like_others::SetLikeOthers>,
    },
    Known {
        name: "site-address-has-generator",
        about: "each address type of Site Addressing has an e-mail address generator",
        make: comparing::<generators::HasGenerator>,
    },
    Known {
        name: "site-address-term",
        about: "the X.400 address of the object's site has a value for `term`",
        make: judging::<site_term::SiteTerm>,
    },
    Known {
        name: "site-address-type",
        about: "Site Addressing has an address of the type `type`, or the type is disabled, or its e-mail address generators were removed too",
        make: judging::<generators::HasType>,
    },
    Known {
        name: "site-has",
        about: "the site also has an object of the selection `selection`",
        make: judging::<site_has::SiteHas>,
    },
    Known {
        name: "site-name-plain",
        about: "a site's name has no special character, or every server states a release before `since`, or `from` or a later one",
        make: comparing::<site_name::SiteName>,
    },
    Known {
        name: "sites-at-most",
        about: "the organization has at most `most` sites while a server runs a release before `before`; more than `near` are close to that",
        make: judging::<many_sites::SitesAtMost>,
    },
    Known {
        name: "size-limits",
        about: "a message too large for a connector is not rerouted to another site that serves the same address space",
        make: comparing::<size_limits::SizeLimits>,
    },
    Known {
        name: "smtp-space",
        about: "of an Internet Mail Service's address spaces: `fault` is `none` (there is no SMTP one that matches addresses), `blank` (an SMTP one without \
                an address), `useless` (an SMTP one that matches no address) or `other-type` (one that is not of type SMTP)",
        make: smtp_space::read,
    },
    Known {
        name: "smtp-template",
        about: "the SMTP template of a site makes a correct address for everybody, also without a first name or middle initial",
        make: judging::<smtp_template::SmtpTemplate>,
    },
    Known {
        name: "space-overlap",
        about: "Site-Proxy-Space contains no address space of a connector and no address of another site",
        make: comparing::<overlap::Overlap>,
    },
    Known {
        name: "space-without-term",
        about: "no X.400 address space has a value of `term`, such as ou2",
        make: judging::<without_term::WithoutTerm>,
    },
    Known {
        name: "templates-in-each-language",
        about: "no language container of the details and one-off address templates is empty",
        make: comparing::<templates::Templates>,
    },
    Known {
        name: "unique-addresses",
        about: "no two recipients have the same e-mail address",
        make: comparing::<unique::Unique>,
    },
    Known {
        name: "unique-on-server",
        about: "no two objects of one server, which `by` names, have the same `attribute`; only those on which `with` is set count; `elsewhere` is the severity for two of different servers",
        make: comparing::<unique_on_server::UniqueOnServer>,
    },
    Known {
        name: "value-length",
        about: "no value of `attribute` has more than `most` characters",
        make: judging::<value_length::ValueLength>,
    },
    Known {
        name: "x400",
        about: "no X.400 address in `attributes` is of the class `class`, has a code of `without` (of `minor`: only a note), is `untyped`, has a key of \
                `lower-case` in upper case, or a term of `without-terms`; `secondary` is the severity for a secondary address",
        make: judging::<x400::X400>,
    },
    Known {
        name: "x400-spaces",
        about: "of the address spaces of a connector: `fault` is `shared` (an X.400 connector of the site has it too) or `costs` (one of another \
                server of the site has it at another cost)",
        make: comparing::<x400_spaces::X400Spaces>,
    },
];
