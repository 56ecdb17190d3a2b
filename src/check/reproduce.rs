//! The `ldapsearch` lines that show the evidence again. Never a credential: the password is asked for (`-W`).

use crate::directory::dn::Dn;
use crate::directory::filter::Filter;
use crate::directory::ldapsearch::{self, Line, quote};
use crate::directory::source::{Kind, Origin, Search};
use crate::exchange::admin_export;

/// The header of an Admin.exe export in raw mode that can be decided (column names: reference G1; whether
/// `Extension-Data` can be exported so is inferred).
pub(super) const ADMIN_EXPORT_HEADER: &str = "Obj-Class,Obj-Dist-Name,Directory Name,Display Name,Alias Name,Computer-Name,Extension-Name,\
Extension-Data,Routing-List,E-mail Addresses,Secondary-Proxy-Addresses,Hide-From-Address-Book,Is-Deleted";

/// The attributes that must be named in an export, beside `*`: operational ones come only when named.
pub(super) const EXPORT_ATTRIBUTES: &str =
    "'*' Extension-Data Routing-List Home-MDB Is-Deleted Hide-From-Address-Book Proxy-Addresses serialNumber";

/// Writes `ldapsearch` lines for one source.
#[derive(Debug, Clone)]
pub(super) struct Reproduce {
    connection: String,
    kind: Kind,
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
        Self { connection, kind: origin.kind }
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
            let mut columns: Vec<&str> = attributes.iter().flat_map(|name| admin_export::columns_of(name)).collect();
            columns.sort_unstable();
            columns.dedup();
            return format!(
                "To decide it, declare the mailbox with --ims-admin 'SERVER=MAILBOX', or export again with Admin.exe in raw mode, with \
                 {} in the header: {ADMIN_EXPORT_HEADER}",
                columns.join(", ")
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
        let names = if attributes.is_empty() { "everything".to_owned() } else { attributes.join(", ") };
        if self.kind == Kind::Csv {
            return format!("To decide it, export again with Admin.exe in raw mode, with {names} in the header.");
        }
        let more: Vec<&str> = attributes.iter().copied().filter(|name| !EXPORT_ATTRIBUTES.contains(name)).collect();
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
            _ => self.export_hint(organization, &[]),
        }
    }

    /// How to have hidden objects shown.
    pub(super) fn hidden_hint(&self) -> &'static str {
        match self.kind {
            Kind::Csv => "export in raw mode with hidden objects (RawMode=Yes, HiddenObjects=Yes)",
            _ => "bind as an administrator (-D 'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W)",
        }
    }
}

fn base_of(organization: Option<&str>) -> String {
    match organization {
        Some(name) => Dn::of([("o", name)]).to_string(),
        None => "o=ORGANIZATION".into(),
    }
}
