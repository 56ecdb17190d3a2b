//! What a server, a bind or an export can keep to itself. Containers go whole, what is hidden in a site goes together, and what is
//! withheld is withheld of a whole site: nothing less is in their power.

use super::dice::Dice;
use super::object::{ORGANIZATION, Object, known};
use exaudit::directory::filter::Filter;
use exaudit::exchange::address;
use exaudit::exchange::schema::Attribute;

/// One search that made a source.
#[derive(Debug, Clone)]
pub struct Asked {
    pub base: String,
    pub filter: Filter,
    /// The names of what it found; none for a search for everything.
    pub found: Option<Vec<String>>,
}

/// A directory as it comes to be seen.
#[derive(Debug, Clone)]
pub struct View {
    pub objects: Vec<Object>,
    /// The attributes that were asked for.
    pub asked: Vec<String>,
    pub searches: Vec<Asked>,
    /// Whether the last search was cut.
    pub is_cut: bool,
    /// What was hidden, in words.
    pub told: Vec<String>,
    /// Attributes that nobody of a site may show though somebody has them; none for all sites. That a source takes such a one for
    /// unset is a guess that it may make, and must own up to.
    pub withheld: Vec<(Option<String>, String)>,
    /// Sites, and containers of recipients beside the one that every site has, of which nothing is left. Something must lead to each, or
    /// nobody can know of it.
    pub gone: Vec<String>,
    /// The objects that are deleted, whether or not that is shown.
    deleted: Vec<String>,
}

/// What can be hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Subtree,
    Container,
    Withdrawn,
    Withheld,
    Column,
    Unnamed,
    Rights,
    NotReplicated,
    Searches,
    Cut,
}

impl View {
    /// Everything, and asked for by name.
    pub fn whole(objects: Vec<Object>, asked: Vec<String>) -> Self {
        let all = Asked { base: ORGANIZATION.into(), filter: Filter::present("objectClass"), found: None };
        let (told, withheld, gone) = (Vec::new(), Vec::new(), Vec::new());
        let deleted = objects.iter().filter(|object| object.has("Is-Deleted")).map(|object| object.dn.clone()).collect();
        Self { objects, asked, searches: vec![all], is_cut: false, told, withheld, gone, deleted }
    }

    /// The same with something hidden in that way; none where there is nothing to hide so.
    pub fn hide(&self, way: Way, dice: &mut Dice) -> Option<Self> {
        let mut part = self.clone();
        let is_hidden = match way {
            Way::Subtree => part.subtree(dice),
            Way::Container => part.container(dice),
            Way::Withdrawn => part.withdrawn(dice),
            Way::Withheld => part.withheld(dice),
            Way::Column => part.column(dice),
            Way::Unnamed => part.unnamed(dice),
            Way::Rights => part.rights(dice),
            Way::NotReplicated => part.not_replicated(dice),
            Way::Searches => part.searches(dice),
            Way::Cut => part.cut(dice),
        };
        (is_hidden && part.leads_to_what_is_gone()).then_some(part)
    }

    pub fn sites(&self) -> Vec<String> {
        self.objects.iter().filter(|object| object.site() == Some(&object.dn)).map(|site| site.dn.clone()).collect()
    }

    /// Whether something leads to each site or container that is gone.
    pub fn leads_to_what_is_gone(&self) -> bool {
        let values = || self.objects.iter().flat_map(|object| &object.values);
        let names = || values().filter(|(name, _)| known(name).is_some_and(Attribute::holds_names));
        self.gone.iter().all(|site| names().any(|(_, value)| value.ends_with(site.as_bytes())))
    }

    /// Removes attributes of some objects. Whether any was there.
    pub fn strip(&mut self, is: impl Fn(&Object) -> bool, mut name: impl FnMut(&str) -> bool) -> bool {
        let mut any = false;
        for object in self.objects.iter_mut().filter(|object| is(object)) {
            let before = object.values.len();
            object.values.retain(|(own, _)| !name(own));
            any |= object.values.len() < before;
        }
        any
    }

    /// The same in a file that says nothing of itself. Where no object shows that it is deleted, nobody who sees deleted objects made it:
    /// whoever is shown them asks which they are.
    pub fn leave_deleted_out(&mut self) {
        if !self.objects.iter().any(|object| object.has("Is-Deleted")) {
            let deleted = std::mem::take(&mut self.deleted);
            self.objects.retain(|object| !deleted.contains(&object.dn));
        }
    }

    /// The same as a table holds it. Its column of addresses has the reply address of each type, wherever it stands over LDAP. A site
    /// of which no recipient is left is gone.
    pub fn keep_recipients(&mut self, whole: &Self) {
        self.objects.retain(|object| object.is_recipient() && !object.has("Is-Deleted"));
        for object in &mut self.objects {
            let Some(own) = whole.objects.iter().find(|own| own.dn == object.dn) else { continue };
            for place in address::ATTRIBUTES {
                object.set(place, own.of(place).map(<[u8]>::to_vec).collect::<Vec<_>>());
            }
        }
        let is_gone = |site: &String| !self.objects.iter().any(|object| object.site() == Some(site));
        let gone: Vec<String> = whole.sites().into_iter().filter(is_gone).collect();
        self.gone.extend(gone);
    }

    /// The attributes that are shown and are so.
    pub fn shown(&self, is: impl Fn(&str) -> bool) -> Vec<String> {
        let mut names: Vec<String> = self.objects.iter().flat_map(Object::names).map(str::to_owned).collect();
        names.sort_unstable();
        names.dedup();
        names.retain(|name| is(name));
        names
    }
}
