//! The ways in which something is hidden. Each says in words what it hid, and whether there was anything.

use super::conceal::{Asked, View};
use super::dice::Dice;
use super::object::{ORGANIZATION, Object, known};
use exaudit::directory::filter::Filter;
use exaudit::directory::source::Scope;
use exaudit::exchange::address;
use exaudit::exchange::schema::Attribute;

impl View {
    pub fn subtree(&mut self, dice: &mut Dice) -> bool {
        let sites = self.sites();
        let Some(site) = dice.one(&sites).cloned() else { return false };
        let configuration = format!("cn=Configuration,{site}");
        let containers = self.objects.iter().filter(|object| {
            object.is_a("Container") && object.dn.strip_suffix(&configuration).is_some_and(|head| head.matches(',').count() == 1)
        });
        let containers: Vec<String> = containers.map(|container| container.dn.clone()).collect();
        let what = match dice.below(6) {
            0 if sites.len() > 1 => site.clone(),
            0 | 1 => configuration,
            // all containers of recipients
            2 => String::new(),
            _ => dice.one(&containers).cloned().unwrap_or(configuration),
        };
        let before = self.objects.len();
        match what.as_str() {
            "" => {
                let is_of_recipients =
                    |object: &Object| object.dn != site && object.is_within(&site) && !object.is_configuration();
                self.objects.retain(|object| !is_of_recipients(object));
                self.told.push(format!("the recipients of {site}"));
            }
            what => {
                self.objects.retain(|object| !object.is_within(what));
                self.told.push(format!("{what} and what is below it"));
            }
        }
        if what == site {
            self.gone.push(site);
        }
        self.objects.len() < before
    }

    /// A container, at any depth, and what is below it.
    pub fn container(&mut self, dice: &mut Dice) -> bool {
        let all: Vec<&Object> = self.objects.iter().filter(|object| object.is_a("Container")).collect();
        let Some(what) = dice.one(&all).map(|object| object.dn.clone()) else { return false };
        let is_of_recipients = all.iter().any(|object| object.dn == what && !object.is_configuration());
        self.objects.retain(|object| !object.is_within(&what));
        self.told.push(format!("{what} and what is below it"));
        if is_of_recipients && !what.starts_with("cn=Recipients,") {
            self.gone.push(what);
        }
        true
    }

    pub fn withdrawn(&mut self, dice: &mut Dice) -> bool {
        let site = dice.one(&self.sites()).cloned().filter(|_| dice.percent(50));
        let before = self.objects.len();
        self.objects.retain(|object| !object.is_withdrawn() || site.as_deref().is_some_and(|site| object.site() != Some(site)));
        self.told.push(format!("hidden and deleted objects of {}", site.as_deref().unwrap_or("every site")));
        self.objects.len() < before
    }

    pub fn withheld(&mut self, dice: &mut Dice) -> bool {
        let site = dice.one(&self.sites()).cloned().filter(|_| dice.percent(50));
        let can = self.shown(|name| known(name).is_some_and(Attribute::withholdable));
        let mut names: Vec<String> = (0..=dice.below(3)).filter_map(|_| dice.one(&can).cloned()).collect();
        let is_address = |name: &str| address::ATTRIBUTES.iter().any(|place| place.eq_ignore_ascii_case(name));
        if names.iter().any(|name| is_address(name)) {
            // they are made of one
            names.extend(address::ATTRIBUTES.map(str::to_owned));
        }
        self.told.push(format!("{} of {}, withheld", names.join(", "), site.as_deref().unwrap_or("every site")));
        let is = |object: &Object| site.as_deref().is_none_or(|site| object.site() == Some(site));
        let is_hidden = self.strip(is, |own| names.iter().any(|name| name.eq_ignore_ascii_case(own)));
        self.withheld.extend(names.into_iter().map(|name| (site.clone(), name)));
        is_hidden
    }

    pub fn column(&mut self, dice: &mut Dice) -> bool {
        let can = self.shown(|_| true);
        let names: Vec<String> = (0..=dice.below(4)).filter_map(|_| dice.one(&can).cloned()).collect();
        self.told.push(format!("the attributes {}, not asked for", names.join(", ")));
        self.asked.retain(|asked| !names.iter().any(|name| name.eq_ignore_ascii_case(asked)));
        let unasked = !self.asked.iter().any(|asked| asked == "*");
        unasked && self.strip(|_| true, |own| names.iter().any(|name| name.eq_ignore_ascii_case(own)))
    }

    /// Operational attributes come only when they are named.
    pub fn unnamed(&mut self, dice: &mut Dice) -> bool {
        let is = |name: &str| known(name).is_some_and(Attribute::operational);
        // all others come then
        if !self.told.is_empty() {
            return false;
        }
        self.told.push("operational attributes, not named".into());
        let kept: Vec<String> =
            if dice.percent(50) { Vec::new() } else { self.shown(is).into_iter().filter(|_| dice.percent(20)).collect() };
        self.asked = std::iter::once("*".to_owned()).chain(kept.iter().cloned()).collect();
        self.strip(|_| true, |name| is(name) && !kept.iter().any(|kept| kept.eq_ignore_ascii_case(name)))
    }

    /// A bind sees nothing that needs rights, of anything or of a site, or no operational attribute of an object.
    pub fn rights(&mut self, dice: &mut Dice) -> bool {
        let needs = |name: &str| known(name).is_some_and(Attribute::authenticated_only);
        match dice.below(4) {
            0 => {
                self.told.push("what needs rights".into());
                // such a bind is shown nothing hidden or deleted either
                self.objects.retain(|object| !object.is_withdrawn());
                self.strip(|_| true, needs)
            }
            1 => {
                let Some(site) = dice.one(&self.sites()).cloned() else { return false };
                self.told.push(format!("what needs rights in {site}"));
                self.objects.retain(|object| object.site() != Some(&site) || !object.is_withdrawn());
                self.strip(|object| object.site() == Some(&site), needs)
            }
            // whoever asks without a name sees recipients alone
            2 => {
                self.told.push("what an anonymous bind does not see".into());
                self.objects.retain(|object| object.is_recipient() && !object.is_withdrawn());
                self.strip(|_| true, needs)
            }
            _ => {
                let living: Vec<&Object> = self.objects.iter().filter(|object| !object.has("Is-Deleted")).collect();
                let Some(dn) = dice.one(&living).map(|object| object.dn.clone()) else { return false };
                self.told.push(format!("operational attributes of {dn}"));
                let is = |name: &str| known(name).is_some_and(|known| known.operational() && !known.withholdable());
                self.strip(|object| object.dn == dn, is)
            }
        }
    }

    pub fn not_replicated(&mut self, dice: &mut Dice) -> bool {
        let Some(site) = dice.one(&self.sites()).cloned() else { return false };
        self.told.push(format!("what only servers of other sites than {site} show"));
        let is = |name: &str| known(name).is_some_and(Attribute::local_to_site);
        self.strip(|object| object.site() != Some(&site), is)
    }

    pub fn searches(&mut self, dice: &mut Dice) -> bool {
        // a server looks for what an object has, and not for what of it came
        if !self.told.is_empty() {
            return false;
        }
        const FILTERS: [&str; 12] = [
            "(objectClass=*)",
            "(objectClass=*)",
            "(|(objectClass=organizationalPerson)(objectClass=groupOfNames)(objectClass=Remote-Address)(objectClass=Public-Folder))",
            "(objectClass=organizationalPerson)",
            "(objectClass=groupOfNames)",
            "(objectClass=Mail-Gateway)",
            "(|(objectClass=Mail-Gateway)(objectClass=Mail-Connector)(objectClass=X400-Link)(objectClass=Site-Connector))",
            "(|(objectClass=Container)(objectClass=organizationalUnit))",
            "(objectClass=Computer)",
            "(|(Hide-From-Address-Book=TRUE)(Is-Deleted=TRUE))",
            "(textEncodedORAddress=*)",
            "(objectClass=Site-Addressing)",
        ];
        let sites = self.sites();
        let mut searches: Vec<Asked> = Vec::new();
        for _ in 0..=dice.below(4) {
            let site = dice.one(&sites).filter(|_| dice.percent(40)).cloned();
            let below = ["", "cn=Configuration,", "cn=Recipients,"][dice.below(3)];
            let base = site.map_or_else(|| ORGANIZATION.to_owned(), |site| format!("{below}{site}"));
            let filter = Filter::parse(FILTERS[dice.below(FILTERS.len())]).expect("a filter");
            let mut search = Asked { base, filter, found: None };
            let found = self.objects.iter().filter(|object| search.matches(object));
            search.found = Some(found.map(|object| object.dn.clone()).collect());
            searches.push(search);
        }
        let before = self.objects.len();
        self.objects.retain(|object| searches.iter().any(|search| search.finds(object)));
        let told: Vec<String> = searches.iter().map(|search| format!("{} below {}", search.filter, search.base)).collect();
        self.told.push(format!("what these searches do not find: {}", told.join("; ")));
        self.searches = searches;
        self.objects.len() < before
    }

    pub fn cut(&mut self, dice: &mut Dice) -> bool {
        if self.objects.len() < 2 || self.searches.len() > 1 {
            return false;
        }
        if dice.percent(50) {
            for at in (1..self.objects.len()).rev() {
                self.objects.swap(at, dice.below(at + 1));
            }
        }
        self.objects.truncate(1 + dice.below(self.objects.len() - 1));
        self.told.push(format!("what would have come after {} objects", self.objects.len()));
        self.is_cut = true;
        true
    }
}

impl Asked {
    /// Whether an object belongs to the answer.
    pub fn finds(&self, object: &Object) -> bool {
        self.found.as_ref().is_none_or(|found| found.contains(&object.dn))
    }

    fn matches(&self, object: &Object) -> bool {
        use exaudit::directory::{dn::Dn, entry::Entry};
        let (Ok(dn), Ok(base)) = (Dn::parse(object.dn.as_bytes()), Dn::parse(self.base.as_bytes())) else { return false };
        let mut entry = Entry::new(dn);
        object.values.iter().for_each(|(name, value)| entry.add(name, value));
        Scope::Sub.holds(&base, &entry.dn) && self.filter.matches(&entry)
    }
}
