//! What a rule about all objects together cannot know of objects that this bind may not see.

use super::Ruling;
use crate::exchange::organization::Organization;
use crate::report::Reason;

/// Sites that are named in a message.
const MOST_TOLD: usize = 5;

/// That hidden recipients of some site were not seen, one of which may hold `what`; none if they were.
pub(super) fn hidden_unseen(organization: &Organization, what: &str) -> Option<Ruling> {
    let sites = sites(organization);
    if sites.is_empty() {
        return None;
    }
    let more = sites.len().saturating_sub(MOST_TOLD);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let named = sites.into_iter().take(MOST_TOLD).collect::<Vec<_>>().join(", ");
    let message = format!(
        "No hidden object of site {named}{more} was seen: a hidden recipient there may hold {what}.\nTo decide it, bind as an administrator (-D \
         'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W), or say --sees-hidden yes if hidden objects are seen and there are none."
    );
    Some(Ruling::unknown(Reason::HiddenUnseen, message))
}

/// The sites of which no hidden object was seen. Address book views are no site (Q192306).
pub(super) fn sites(organization: &Organization) -> Vec<String> {
    let seen = |hidden: bool| organization.hints.sees_hidden.unwrap_or(hidden);
    let all = organization.sites_and_hidden().into_iter();
    all.filter(|(site, hidden)| !seen(*hidden) && !site.eq_ignore_ascii_case("_ABVIEWS_")).map(|(site, _)| site).collect()
}
