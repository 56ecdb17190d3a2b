//! Why something was not seen, in a few words.

use crate::exchange::questions::{Cause, Causes, Questions};

/// Sites that are named.
const MOST: usize = 5;

/// The cause that is told first, in a few words.
pub(super) fn words(questions: &Questions, causes: &Causes) -> String {
    let told = questions.told(causes);
    match told.first() {
        None => "not shown".into(),
        Some(Cause::NotAsked { attribute }) => format!("{attribute} was not asked for"),
        Some(Cause::NotVisible { attribute, .. }) => format!("this account may not see {attribute}"),
        Some(Cause::ShownByNobody { attribute, .. }) => format!("no object of the site shows {attribute}; it may be withheld"),
        Some(Cause::NotReplicated { site, .. }) => format!("only a server of site {site} can show it"),
        Some(Cause::InPart { attribute, .. }) => format!("only part of {attribute} was returned"),
        Some(Cause::Ambiguous { .. }) => "several records contradict each other".into(),
        Some(Cause::Hidden { site }) => format!("hidden objects of site {site} were not seen"),
        Some(Cause::Withheld { .. }) => "the server withholds it from this account".into(),
        Some(Cause::ContainerUnseen { container }) => format!("{container} was not seen"),
        Some(Cause::SiteUnseen { site: Some(site) }) => format!("nothing of site {site} was seen"),
        Some(Cause::SiteUnseen { site: None }) => "other sites were not looked at".into(),
        Some(Cause::ConfigurationUnseen { sites }) if sites.is_empty() => "no configuration was seen".into(),
        Some(Cause::ConfigurationUnseen { sites }) => {
            let names: Vec<&str> = sites.iter().take(MOST).map(String::as_str).collect();
            format!("the configuration of site {} was not seen", names.join(", "))
        }
        Some(Cause::Denied { what }) => format!("the server refuses this account {what}"),
        Some(Cause::Referred { .. }) => "the server refers elsewhere for it".into(),
        Some(Cause::Cut { how }) => how.trim_end_matches('.').to_owned(),
        Some(Cause::Unreadable { attribute, .. }) => format!("{attribute} cannot be read as a name"),
        Some(Cause::Untold { what, .. }) => format!("{} is not known", what.trim_end_matches('.')),
    }
}
