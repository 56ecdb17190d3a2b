//! The columns of a table together: from a row to an entry.

use super::column::{Addresses, Column};
use super::error::ExportError;
use super::place::{self, Place};
use super::{class, value};
use crate::directory::asked::Asked;
use crate::directory::csv::{Row, split, unescape};
use crate::directory::dn::{Ava, Dn, Rdn};
use crate::directory::entry::Entry;
use crate::exchange::naming;
use crate::exchange::schema::Syntax;

/// The most values an object may have; more belong to no object of a directory.
pub(super) const VALUES: usize = 1_000_000;

/// The columns of one table.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    columns: Vec<Option<Column>>,
    separator: char,
    /// Where containers stand that are not named whole.
    place: Place,
    asked: Asked,
    class: Option<usize>,
    name: Option<usize>,
    container: Option<usize>,
    directory_name: Option<usize>,
}

impl Columns {
    /// Reads the header. `place` is where a container stands that is not named whole.
    ///
    /// # Errors
    /// [`ExportError::Foreign`] if none is a column of Exchange, [`ExportError::NoName`] if they cannot name an object.
    pub(super) fn of(header: &Row, separator: char, place: Place) -> Result<Self, ExportError> {
        let columns: Vec<Option<Column>> = header.fields.iter().map(|field| Column::of(field)).collect();
        let line = header.line;
        if !columns.iter().flatten().any(Column::is_known) {
            let names = header.fields.iter().take(3).map(|name| name.chars().take(40).collect::<String>());
            return Err(ExportError::Foreign { line, names: names.collect::<Vec<_>>().join(", ") });
        }
        let at = |wanted: &Column| columns.iter().position(|column| column.as_ref() == Some(wanted));
        let (class, name) = (at(&Column::Class), at(&Column::Name));
        let (container, directory_name) = (at(&Column::Container), at(&Column::DirectoryName));
        if name.is_none() && (container.is_none() || directory_name.is_none()) {
            return Err(ExportError::NoName { line });
        }
        let asked = asked_by(&columns);
        Ok(Self { columns, separator, place, asked, class, name, container, directory_name })
    }

    /// The attributes that the columns ask for.
    pub(super) fn asked(&self) -> &Asked {
        &self.asked
    }

    /// The attributes that the columns are about, for an import.
    pub(super) fn asked_for(&self) -> Vec<String> {
        self.columns.iter().flatten().flat_map(Column::asks_for).map(str::to_owned).collect()
    }

    /// The attributes that only the header names: the published schema does not have them.
    pub(super) fn unknown(&self) -> Vec<String> {
        let name =
            |column: &Column| if let Column::Attribute { name, syntax: None, .. } = column { Some(name.clone()) } else { None };
        self.columns.iter().flatten().filter_map(name).collect()
    }

    /// Whether they stand in the order that an import wants.
    pub(super) fn are_in_order(&self) -> bool {
        let mut all = self.columns.iter().map(Option::as_ref);
        all.next() == Some(Some(&Column::Class)) && !all.skip(1).any(|column| column == Some(&Column::Mode))
    }

    /// The fields of a row that hold something, each with its column.
    pub(super) fn cells<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = (&'a Column, &'a str)> {
        let fields = self.columns.iter().zip(&row.fields);
        fields.filter_map(|(column, field)| Some((column.as_ref()?, &**field))).filter(|(_, field)| !field.is_empty())
    }

    /// The values that a field gives, by attribute; addresses as they are written, whatever they are over LDAP.
    pub(super) fn values_in(&self, column: &Column, field: &str, row: &Row, place: &Place) -> Vec<(String, Vec<u8>)> {
        let is_address = matches!(column, Column::Addresses(_));
        let members = if self.is_list(row) { "member" } else { "memberOf" };
        let all = self.values(column, field, members, place);
        all.filter(|(name, _)| !is_address || *name == "Proxy-Addresses").map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// The name of the object of a row.
    ///
    /// # Errors
    /// [`ExportError`]: there is none, or a row has more fields than the header.
    pub(super) fn name_of(&self, row: &Row) -> Result<Dn, ExportError> {
        if row.fields.len() > self.columns.len() {
            return Err(ExportError::Wide { line: row.line, fields: row.fields.len(), columns: self.columns.len() });
        }
        self.dn(row)
    }

    /// Whether a row has a field for each.
    pub(super) fn are_filled_by(&self, row: &Row) -> bool {
        row.fields.len() >= self.columns.len()
    }

    /// What a row of so many fields is known to show that a line break cut: its last field may go on elsewhere.
    pub(super) fn shown_by_cut(&self, fields: usize) -> Asked {
        asked_by(self.columns.get(..fields.saturating_sub(1)).unwrap_or_default())
    }

    /// Whether what the table itself says of its organization is needed: it names containers, and nobody said where they are.
    pub(super) fn lacks_organization(&self) -> bool {
        self.container.is_some() && !self.place.has_organization()
    }

    /// The organization that a row names in one of its columns of names.
    pub(super) fn organization_in(&self, row: &Row) -> Option<String> {
        let fields = self.columns.iter().zip(&row.fields).filter(|(_, field)| field.starts_with('/'));
        let mut names = fields.filter(|(column, _)| match column {
            Some(Column::Name | Column::Container | Column::Members) => true,
            Some(Column::Attribute { syntax, .. }) => matches!(syntax, Some(Syntax::Dn | Syntax::OrName)),
            _ => false,
        });
        names.find_map(|(_, field)| {
            let first = split(field, self.separator).next()?;
            naming::organization_name(&naming::from_legacy(&first)?)
        })
    }

    /// The same columns of this organization.
    pub(super) fn within(self, organization: Option<String>) -> Self {
        let place = self.place.clone().within(organization);
        Self { place, ..self }
    }

    /// The entry that a row describes. A row may be shorter than the header: what it lacks is empty.
    ///
    /// # Errors
    /// [`ExportError`] with the line.
    pub(super) fn entry(&self, row: &Row) -> Result<Entry, ExportError> {
        let line = row.line;
        if row.fields.len() > self.columns.len() {
            return Err(ExportError::Wide { line, fields: row.fields.len(), columns: self.columns.len() });
        }
        let mut entry = Entry::new(self.dn(row)?);
        let place = Place::of(&entry.dn);
        let members = if self.is_list(row) { "member" } else { "memberOf" };
        let mut count = 0;
        for (column, field) in self.columns.iter().zip(&row.fields) {
            let Some(column) = column.as_ref().filter(|_| !field.is_empty()) else { continue };
            if *column == Column::Mode && !["create", "modify", "update"].contains(&field.trim().to_ascii_lowercase().as_str()) {
                return Err(ExportError::Import { line, mode: field.chars().take(40).collect() });
            }
            for (name, value) in self.values(column, field, members, &place) {
                count += 1;
                if count > VALUES {
                    return Err(ExportError::TooMany { line });
                }
                entry.add(name, value);
            }
        }
        entry.was_asked_for(self.asked.clone());
        Ok(entry)
    }

    fn values<'a>(
        &'a self,
        column: &'a Column,
        field: &'a str,
        members: &'a str,
        place: &'a Place,
    ) -> Box<dyn Iterator<Item = (&'a str, Vec<u8>)> + 'a> {
        let several = || split(field, self.separator);
        let only = || unescape(field, self.separator);
        match column {
            Column::Mode | Column::Name | Column::Container => Box::new(std::iter::empty()),
            Column::Class => Box::new(several().filter_map(|word| Some(("objectClass", class::known(&word)?.into_bytes())))),
            Column::DirectoryName => Box::new(std::iter::once(("rdn", only().into_bytes()))),
            Column::Addresses(_) => {
                Box::new(several().flat_map(|text| value::address(&text)).map(|(name, value)| (name, value.into_bytes())))
            }
            Column::Members => Box::new(several().map(move |text| (members, value::of(&text, Some(Syntax::Dn), place)))),
            Column::Attribute { name, syntax, multi: true } => {
                Box::new(several().map(move |text| (name.as_str(), value::of(&text, *syntax, place))))
            }
            Column::Attribute { name, syntax, multi: false } => {
                Box::new(std::iter::once((name.as_str(), value::of(&only(), *syntax, place))))
            }
        }
    }

    /// Whether the object of a row is a list, or may be one.
    pub(super) fn is_list(&self, row: &Row) -> bool {
        let class = self.field(row, self.class).and_then(|word| class::known(&word));
        class.is_none_or(|class| class == "groupOfNames")
    }

    /// The name of the object: whole, or its container and its name in there.
    fn dn(&self, row: &Row) -> Result<Dn, ExportError> {
        let line = row.line;
        if let Some(name) = self.field(row, self.name) {
            let name = name.trim();
            let dn = naming::from_either(name).or_else(|| self.place.object(name));
            return dn.ok_or(ExportError::Unnamed { line });
        }
        let leaf = self.field(row, self.directory_name).ok_or(ExportError::Unnamed { line })?;
        let container = self.field(row, self.container).ok_or(ExportError::Unnamed { line })?;
        let container = container.trim();
        let above = self.place.container(container);
        let above = above.ok_or_else(|| ExportError::Nowhere { line, help: place::missing(container) })?;
        let leaf = Rdn(vec![Ava::new("cn", leaf)]);
        Ok(Dn::new(std::iter::once(leaf).chain(above.rdns().iter().cloned()).collect()))
    }

    /// The field of a column, if there is one and it holds something.
    fn field(&self, row: &Row, column: Option<usize>) -> Option<String> {
        let field = unescape(row.fields.get(column?)?, self.separator);
        (!field.trim().is_empty()).then_some(field)
    }
}

/// The attributes that these columns ask for.
fn asked_by(columns: &[Option<Column>]) -> Asked {
    let has = |wanted: Addresses| columns.iter().flatten().any(|column| *column == Column::Addresses(wanted));
    let mut names: Vec<&str> = columns.iter().flatten().flat_map(Column::asks_for).collect();
    if has(Addresses::Primary) && has(Addresses::Secondary) {
        names.extend(["otherMailbox", "Proxy-Addresses"]);
    }
    Asked::of(names)
}
