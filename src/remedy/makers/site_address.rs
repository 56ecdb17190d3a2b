//! Values of Site Addressing that an article gives exactly.

use crate::exchange::naming;
use crate::remedy::context::{Context, give, take, texts};
use crate::remedy::{Form, Forms, Reason, Remedy, Table};

/// `MS:<OrganizationName>/<SiteName>` (Q248425): a value of another form is replaced, and added only if there is none.
pub(super) fn missing_ms(context: &Context<'_>) -> Result<Remedy, Reason> {
    let seen = context.subject()?;
    let all = texts(&seen, "Gateway-Proxy")?;
    let dn = seen.dn();
    let names = naming::organization_name(&dn).zip(naming::site_name(&dn));
    let (organization, site) = names.ok_or("it belongs to no site")?;
    let is_plain = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_graphic() || c == ' ') && !name.contains('/');
    if !is_plain(&organization) || !is_plain(&site) {
        return Err("the names of organization and site contain characters that the article does not cover".into());
    }
    let old: Vec<&String> =
        all.iter().filter(|text| text.get(..3).is_some_and(|kind| kind.eq_ignore_ascii_case("MS:"))).collect();
    let value = format!("MS:{organization}/{site}");
    let mut steps = Vec::new();
    let does = match old.as_slice() {
        [] => format!("Adds {value} to Gateway-Proxy."),
        [one] => {
            steps.push(take("Gateway-Proxy", vec![one.as_bytes().to_vec()]));
            format!("Replaces {one} in Gateway-Proxy by {value}.")
        }
        _ => return Err("Gateway-Proxy holds several values of type MS: no article says which of them is meant".into()),
    };
    steps.push(give("Gateway-Proxy", value));
    let mut remedy = context.remedy(&seen, steps, does, raw_mode("Q248425"));
    remedy.inferred.push("That the names in the value are the directory names of the organization and the site.".into());
    Ok(remedy)
}

/// `%g.%1i.%s@` becomes `%g.%i.%s@` (Q230331); of no other template does an article give the value.
pub(super) fn dots(context: &Context<'_>) -> Result<Remedy, Reason> {
    let seen = context.subject()?;
    let all = texts(&seen, "Gateway-Proxy")?;
    let is_it = |text: &&String| text.to_ascii_lowercase().starts_with("smtp:%g.%1i.%s@");
    let mut known = all.iter().filter(is_it);
    let (Some(old), None) = (known.next(), known.next()) else {
        return Err("the article gives the value for %g.%1i.%s alone".into());
    };
    let value = old.replacen("%1i", "%i", 1);
    let does = format!("Replaces {old} in Gateway-Proxy by {value}: who has a middle name gets all of it in new addresses.");
    let steps = vec![take("Gateway-Proxy", vec![old.as_bytes().to_vec()]), give("Gateway-Proxy", value)];
    let mut remedy = context.remedy(&seen, steps, does, raw_mode("Q230331"));
    remedy
        .inferred
        .push("That addresses which exist stay as they are: the page of Site Addressing offers to make them again.".into());
    Ok(remedy)
}

fn raw_mode(article: &str) -> Forms {
    Forms {
        ldif: Form::Written(format!(
            "inferred: {article} gives the value and has it typed in; that it may be written over LDAP is not said"
        )),
        table: Table::Withheld("a table knows mailboxes, distribution lists and custom recipients only (Q146304)".into()),
    }
}
