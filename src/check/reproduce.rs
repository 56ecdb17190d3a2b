//! The `ldapsearch` lines that show the evidence again. Never a credential: the password is asked for (`-W`).

use crate::directory::dn::Dn;
use crate::directory::filter::Filter;
use crate::directory::ldapsearch::{self, Line, quote};
use crate::directory::source::{Kind, Origin, Search};
use crate::exchange::admin_export;

/// The header of an Admin.exe export in raw mode that decides the checks of the administrator mailbox; others need more columns
/// (docs/exports.md). The names are those of the schema, and `Secondary-Proxy-Addresses` stands beside it: raw mode knows no others
/// (SDK directry_3ckz, directry_6cz7). That `Extension-Data` can be exported so is inferred.
pub(super) const ADMIN_EXPORT_HEADER: &str = "Obj-Class,Obj-Dist-Name,Common-Name,Display-Name,Mail-nickname,Computer-Name,\
Extension-Name,Extension-Data,Routing-List,Proxy-Addresses,Secondary-Proxy-Addresses,Hide-From-Address-Book,Is-Deleted";

/// The attributes to name in an export, for all checks: `*` brings the rest of those that they read, as operational ones come only
/// when named, and of those without a page in the published schema nobody knows whether they are.
pub(super) const EXPORT_ATTRIBUTES: &str = "'*' Extension-Data Routing-List Home-MDB Is-Deleted Hide-From-Address-Book Proxy-Addresses serialNumber \
Activation-Schedule Activation-Style Anonymous-Access Can-Preserve-DNs Connected-Domains Deliv-Cont-Length Deliv-Ext-Cont-Types Deliver-And-Redirect Diagnostic-reg-key \
Disabled-Gateway-Proxy DL-Mem-Reject-Perms DL-Mem-Submit-Perms Domain-Def-Alt-Recip DXA-Admin-Copy DXA-Admin-Forward \
DXA-Local-Admin Enabled-Protocol-Cfg Encapsulation-Method Extension-Name-Inherited Gateway-Proxy Heuristics Home-Public-Server KM-Server \
Local-Bridge-Head MDB-Over-Quota-Limit N-Address N-Address-Type Object-Version Off-Line-AB-Server Port-Number \
Remote-Bridge-Head Remote-Site Responsible-Local-DXA Rid-Server Site-Folder-Server Site-Proxy-Space \
Tombstone-Lifetime Use-Site-Values";

/// Writes `ldapsearch` lines for one source.
#[derive(Debug, Clone)]
pub(super) struct Reproduce {
    connection: String,
    kind: Kind,
    /// Whether the bind asks for all that an administrator sees.
    is_administrator: bool,
    /// Whether nobody bound.
    is_anonymous: bool,
}

impl Reproduce {
    /// For a source. A demo is reached through `exaudit lab --listen 127.0.0.1:3890`.
    pub(super) fn new(origin: &Origin) -> Self {
        let bind = origin.bind_dn.as_deref();
        let connection = match origin.kind {
            Kind::Live => ldapsearch::connection(&origin.location, bind),
            Kind::Demo => ldapsearch::connection("ldap://127.0.0.1:3890", bind),
            Kind::Ldif | Kind::Csv => "-H ldap://SERVER -D 'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W".to_owned(),
        };
        let (is_administrator, is_anonymous) = (origin.is_administrator(), origin.is_anonymous());
        Self { connection, kind: origin.kind, is_administrator, is_anonymous }
    }

    /// A read of one object.
    pub(super) fn read(&self, dn: &Dn, attributes: &[&str]) -> String {
        self.reads(attributes).at(dn)
    }

    /// Reads of several.
    pub(super) fn reads(&self, attributes: &[&str]) -> Line {
        Line::of(&self.connection, &Search::read(Dn::default(), attributes), 0)
    }

    /// The search for the services.
    pub(super) fn services(&self, organization: Option<&str>) -> String {
        let filter = Filter::equal("objectClass", "Mail-Gateway");
        let base = quote(&base_of(organization));
        format!("ldapsearch -x -LLL {} -b {base} -s sub '{filter}' '*' Extension-Data Routing-List", self.connection)
    }

    /// How to make an export that can be decided: one that shows these attributes.
    pub(super) fn export_hint(&self, organization: Option<&str>, attributes: &[&str]) -> String {
        if self.kind == Kind::Csv {
            let columns = columns_of(attributes);
            return format!(
                "To decide it, declare the mailbox with --ims-admin 'SERVER=MAILBOX', or export again with Admin.exe in raw mode, with \
                 {} in the header: {}",
                columns.join(", "),
                admin_export::header(ADMIN_EXPORT_HEADER, &columns)
            );
        }
        format!(
            "To decide it, declare the mailbox with --ims-admin 'SERVER=MAILBOX', or export again: ldapsearch -x -o \
             ldif-wrap=no -E pr=99/noprompt -H ldap://SERVER -D 'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W -b {} '(objectClass=*)' \
             {EXPORT_ATTRIBUTES} > org.ldif; or with Admin.exe in raw mode, header {ADMIN_EXPORT_HEADER}",
            quote(&base_of(organization))
        )
    }
}

impl Reproduce {
    /// How to make an export that shows these attributes, where no declaration helps.
    pub(super) fn attribute_hint(&self, organization: Option<&str>, attributes: &[&str]) -> String {
        if self.kind == Kind::Csv {
            let columns = columns_of(attributes);
            return format!(
                "To decide it, export again with Admin.exe in raw mode, with {} in the header: {}",
                if columns.is_empty() { "everything".to_owned() } else { columns.join(", ") },
                admin_export::header(ADMIN_EXPORT_HEADER, &columns)
            );
        }
        let names = if attributes.is_empty() { "everything".to_owned() } else { attributes.join(", ") };
        let more: Vec<&str> =
            attributes.iter().copied().filter(|name| EXPORT_ATTRIBUTES.split(' ').all(|named| named != *name)).collect();
        format!(
            "To decide it, export again with {names} named: ldapsearch -x -o ldif-wrap=no -E pr=99/noprompt -H ldap://SERVER -D \
             'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W -b {} '(objectClass=*)' {EXPORT_ATTRIBUTES} {} > org.ldif",
            quote(&base_of(organization)),
            more.join(" ")
        )
    }

    /// How to have the objects shown that are in the way of a verdict: the containers, or the hidden ones.
    pub(super) fn whole_export_hint(&self, organization: Option<&str>) -> String {
        match self.kind {
            Kind::Csv => format!(
                "To decide it, export the whole site with Admin.exe: Basepoint=/o={}/ou=SITE, ExportObject=All, RawMode=Yes, \
                 HiddenObjects=Yes, Subcontainers=Yes (Q160971), header {ADMIN_EXPORT_HEADER}",
                organization.unwrap_or("ORGANIZATION")
            ),
            Kind::Ldif => self.export_hint(organization, &[]),
            Kind::Live | Kind::Demo => self.view_hint().to_owned(),
        }
    }

    /// How to have a server show more.
    fn view_hint(&self) -> &'static str {
        match self.is_administrator {
            true => "To decide it, look with the Administrator program: if it shows it, give the account rights on it.",
            false => "To decide it, bind as an administrator: -D 'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W --allow-plaintext-password.",
        }
    }

    /// How to have the configuration shown, of which nothing was.
    pub(super) fn configuration_hint(&self, organization: Option<&str>) -> String {
        match self.kind {
            Kind::Csv | Kind::Ldif => self.whole_export_hint(organization),
            Kind::Live | Kind::Demo => self.view_hint().to_owned(),
        }
    }

    /// How to have the configuration of a site shown.
    pub(super) fn site_hint(&self, organization: Option<&str>) -> String {
        match self.kind {
            Kind::Csv => self.whole_export_hint(organization),
            _ => "To decide it, bind with more rights there, ask a server of that site, or start at one site: -b \
                  'ou=SITE,o=ORGANIZATION'."
                .into(),
        }
    }

    /// How to have something shown of a site of which nothing was.
    pub(super) fn other_site_hint(&self) -> &'static str {
        if self.is_anonymous { self.view_hint() } else { "To decide it, ask a server that holds that site too." }
    }

    /// How to have hidden objects shown. A bind as an administrator may show none (Q185475).
    pub(super) fn hidden_hint(&self) -> &'static str {
        match self.kind {
            _ if self.is_administrator => "look in the Administrator program (View > Hidden Recipients)",
            Kind::Csv => "export in raw mode with hidden objects (RawMode=Yes, HiddenObjects=Yes)",
            _ => "bind as an administrator (-D 'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W)",
        }
    }
}

/// The header of a table that decides the checks of the administrator mailbox and shows these columns besides.
pub(super) fn table_header(columns: &[&str]) -> String {
    admin_export::header(ADMIN_EXPORT_HEADER, columns)
}

/// The columns that show these attributes.
pub(super) fn columns_of<'a>(attributes: &[&'a str]) -> Vec<&'a str> {
    let mut columns: Vec<&str> = attributes.iter().flat_map(|name| admin_export::columns_of(name)).collect();
    columns.sort_unstable();
    columns.dedup();
    columns
}

fn base_of(organization: Option<&str>) -> String {
    match organization {
        Some(name) => Dn::of([("o", name)]).to_string(),
        None => "o=ORGANIZATION".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Catalogue, wants};
    use crate::exchange::declaration::Hints;
    use crate::exchange::{plan, schema};

    const EXPORTS: &str = include_str!("../../docs/exports.md");

    /// The attributes that the checks, or what is looked at for all of them, read of any object.
    fn read() -> Vec<String> {
        let catalogue = Catalogue::embedded().expect("catalogue");
        let checks: Vec<_> = catalogue.checks().iter().collect();
        let steps = plan::audit(None, &Hints::default(), &wants::of(&checks));
        let searches = steps.into_iter().map(|step| step.search).filter(|search| !search.base.is_empty());
        let mut names: Vec<String> = searches.flat_map(|search| search.attributes).filter(|name| name != "*").collect();
        names.sort_unstable_by_key(|name| name.to_ascii_lowercase());
        names.dedup_by_key(|name| name.to_ascii_lowercase());
        names
    }

    #[test]
    fn the_line_for_ldapsearch_names_what_does_not_come_without() {
        let names = read();
        assert!(names.len() > 50, "{names:?}");
        let comes = |name: &str| schema::attribute(name).is_some_and(|known| !known.operational());
        let missing: Vec<&String> = names
            .iter()
            .filter(|name| !comes(name) && EXPORT_ATTRIBUTES.split(' ').all(|named| named != name.as_str()))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
        let line = format!("'(objectClass=*)' {EXPORT_ATTRIBUTES} > org.ldif\n");
        assert!(EXPORTS.contains(&line), "{line}");
    }

    #[test]
    fn the_header_is_that_of_the_documents() {
        let line = format!("    {ADMIN_EXPORT_HEADER}\n");
        assert!(EXPORTS.contains(&line), "{line}");
        // and the one for all checks has a column for each attribute that any of them reads
        let names = read();
        let columns = columns_of(&names.iter().map(String::as_str).collect::<Vec<_>>());
        for name in &names {
            let own = admin_export::columns_of(name);
            assert!(!own.is_empty() && own.iter().all(|column| !column.contains(' ')), "{name}: {own:?}");
        }
        let line = format!("    {}\n", admin_export::header(ADMIN_EXPORT_HEADER, &columns));
        assert!(EXPORTS.contains(&line), "docs/exports.md is to have this line:\n{line}");
        // columns without a page in the published schema are told there by name
        for name in names.iter().filter(|name| schema::attribute(name).is_none()) {
            assert!(EXPORTS.contains(&format!("`{name}`")), "{name}");
        }
    }

    #[test]
    fn a_table_is_asked_for_columns() {
        let origin = Origin { kind: Kind::Csv, location: "x".into(), bind_dn: None, taken: None, collected: None };
        let reproduce = Reproduce::new(&origin);
        for hint in
            [reproduce.attribute_hint(None, &["cn", "serialNumber"]), reproduce.export_hint(None, &["cn", "serialNumber"])]
        {
            assert!(hint.contains("with Display-Name, Serial-Number in the header: Obj-Class,"), "{hint}");
            assert!(hint.ends_with(",Is-Deleted,Serial-Number"), "{hint}");
        }
    }
}
