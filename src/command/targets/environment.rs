//! The variables of OpenLDAP's clients that name a server (ldap.conf(5)). The files they also read are not read: an
//! `ldaprc` in the folder of a scheduled job is a trap.

/// What the environment says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Environment {
    /// `LDAPURI`.
    pub(super) uri: Option<String>,
    /// `LDAPBASE`.
    pub(super) base: Option<String>,
    /// `LDAPTLS_CACERT`.
    pub(super) ca_file: Option<String>,
}

impl Environment {
    /// Reads it. `LDAPNOINIT`, set to anything, turns all of it off, as it does for ldapsearch.
    pub(super) fn read(variable: impl Fn(&str) -> Option<String>) -> Self {
        if variable("LDAPNOINIT").is_some() {
            return Self::default();
        }
        let filled = |name| variable(name).filter(|value| !value.trim().is_empty());
        Self { uri: filled("LDAPURI"), base: filled("LDAPBASE"), ca_file: filled("LDAPTLS_CACERT") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noinit_turns_all_of_it_off() {
        let set = |name: &str| (name != "LDAPNOINIT").then(|| format!("value of {name}"));
        assert_eq!(
            Environment::read(set),
            Environment {
                uri: Some("value of LDAPURI".into()),
                base: Some("value of LDAPBASE".into()),
                ca_file: Some("value of LDAPTLS_CACERT".into())
            }
        );
        assert_eq!(Environment::read(|name| Some(name.to_owned())), Environment::default());
        assert_eq!(Environment::read(|name| (name != "LDAPNOINIT").then(|| " ".into())), Environment::default());
    }
}
