//! What rules that compare sites look at beside the judged object: Site Addressing, and whether every site was seen.

use crate::directory::dn::Dn;
use crate::exchange::naming;
use crate::exchange::questions::{Cause, Causes, Ground, Lookup, Object, Population, UntoldReason};
use crate::exchange::selection::Selection;
use std::collections::HashSet;

/// Sites that one cause names.
const MOST_TOLD: usize = 50;

/// The objects of a selection, and their attributes, as a rule needs them beside the judged one.
pub(super) fn beside(word: &str, attributes: &[&'static str]) -> Option<(&'static Selection, Vec<&'static str>)> {
    Some((Selection::named(word)?, attributes.to_vec()))
}

/// The Site Addressing of a site.
///
/// # Errors
/// Why it was not seen, or which of several counts: every site has one.
pub(super) fn addressing<'q>(object: &Object<'q>, site: &Dn) -> Result<Object<'q>, Causes> {
    let all = object.of_that_site("site-addressing", site);
    let mut seen = all.seen();
    match (seen.next(), seen.next()) {
        (Some(only), None) => Ok(Object::of(only)),
        (Some(first), Some(_)) => {
            let reason = UntoldReason::Ambiguous;
            let what = format!("which of several Site Addressing objects counts, {} among them,", first.dn());
            Err(object.cause(Cause::Untold { reason, what }))
        }
        (None, _) => {
            all.whole()?;
            Err(unseen(object, site))
        }
    }
}

/// That the configuration of a site was not seen.
pub(super) fn unseen(object: &Object<'_>, site: &Dn) -> Causes {
    object.cause(Cause::ConfigurationUnseen { sites: naming::site_name(site).into_iter().collect() })
}

/// The site addresses among the values of Gateway-Proxy: type, in upper case, and address of each `TYPE:address` (Q248425, SDK
/// sch_attr_1189).
pub(super) fn addresses(texts: impl IntoIterator<Item = String>) -> Vec<(String, String)> {
    let typed = |text: String| text.split_once(':').map(|(kind, address)| (kind.trim().to_ascii_uppercase(), address.to_owned()));
    texts.into_iter().filter_map(typed).collect()
}

/// On what ground every site of the organization was seen, each with an object of `population`, of which every site has one.
///
/// # Errors
/// Why there may be a site without.
pub(super) fn each_has_one(object: &Object<'_>, population: &Population<'_>) -> Result<Ground, Causes> {
    let ground = every_site_of(object, population)?;
    let missing = without(object, population);
    if missing.is_empty() {
        return Ok(ground);
    }
    let sites = missing.iter().filter_map(naming::site_name).take(MOST_TOLD).collect();
    Err(object.cause(Cause::ConfigurationUnseen { sites }))
}

/// On what ground every site of the organization was seen, and every object of `population`.
///
/// # Errors
/// Why there may be others.
pub(super) fn every_site_of(object: &Object<'_>, population: &Population<'_>) -> Result<Ground, Causes> {
    match (object.everywhere("site").whole(), population.whole()) {
        (Ok(sites), Ok(objects)) => Ok(sites.and(&objects)),
        (Err(sites), Err(objects)) => Err(sites.and(&objects)),
        (Err(causes), Ok(_)) | (Ok(_), Err(causes)) => Err(causes),
    }
}

/// The sites that were seen, and no object of `population` in them.
pub(super) fn without(object: &Object<'_>, population: &Population<'_>) -> Vec<Dn> {
    let with: HashSet<u128> = population.seen().filter_map(|seen| seen.site_dn()).map(Dn::number).collect();
    object.everywhere("site").seen().map(|site| site.dn()).filter(|site| !with.contains(&site.number())).collect()
}

/// Nothing, if the objects of a site that were seen are all there are; what that rests on is noted. `container` is the name, right
/// below Configuration, of the one that they would stand in.
///
/// # Errors
/// Why there may be others; if neither one of them nor their container was seen, that too.
pub(super) fn is_whole(object: &Object<'_>, population: &Population<'_>, container: &str) -> Result<(), Causes> {
    let Err(causes) = object.is_whole(population) else { return Ok(()) };
    let Some(site) = object.seen().site_dn().filter(|_| population.count() == 0) else { return Err(causes) };
    let container = below_configuration(site, &[container]);
    Err(match object.look_up(&container) {
        Lookup::There(_) => causes,
        _ => causes.and(&object.cause(Cause::container(&container))),
    })
}

/// Nothing, if objects of a selection were asked for, as far as can be told. A plain file does not say what was asked for when it was
/// made: it must show one of them at least, of whatever site.
///
/// # Errors
/// That they may not have been asked for.
pub(super) fn was_asked_for(object: &Object<'_>, selection: &'static Selection) -> Result<(), Causes> {
    let questions = object.questions();
    if questions.proves_endings() || object.everywhere(selection.word()).count() > 0 {
        return Ok(());
    }
    let what = format!("whether {} were asked for, of which {} shows none,", selection.plural(), questions.location());
    Err(object.cause(Cause::Untold { reason: UntoldReason::NotRequested, what }))
}

/// The name of an object in the Configuration container of a site, from its own name up.
pub(super) fn below_configuration(site: &Dn, names: &[&str]) -> Dn {
    let above = Dn::of(names.iter().chain(&["Configuration"]).map(|name| ("cn", *name)));
    Dn::new(above.rdns().iter().chain(site.rdns()).cloned().collect())
}

/// Tells the site of an object from others, for grouping by site.
pub(super) fn key(object: &Object<'_>) -> Option<u128> {
    object.seen().site_dn().map(Dn::number)
}
