//! The releases the lab can be, and what of its behaviour each decides.

use clap::ValueEnum;

/// A release of the server, oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum ServicePack {
    /// Exchange 5.0: LDAPv2, searches only, recipients only.
    #[value(name = "5.0")]
    V50,
    /// Exchange 5.5 as released.
    Rtm,
    /// Exchange 5.5 SP1.
    Sp1,
    /// Exchange 5.5 SP2.
    Sp2,
    /// Exchange 5.5 SP3.
    Sp3,
    /// Exchange 5.5 SP4.
    Sp4,
}

impl ServicePack {
    /// What `serialNumber` of a server says. The form with a service pack is documented (Win32::Exchange), the builds are
    /// those of Q158530 and Q166349; the form without one, and that 5.0 uses the same form, is inferred.
    pub fn serial_number(self) -> &'static str {
        match self {
            Self::V50 => "Version 5.0 (Build 1457.10)",
            Self::Rtm => "Version 5.5 (Build 1960)",
            Self::Sp1 => "Version 5.5 (Build 2232.9: Service Pack 1)",
            Self::Sp2 => "Version 5.5 (Build 2448.0: Service Pack 2)",
            Self::Sp3 => "Version 5.5 (Build 2650.24: Service Pack 3)",
            Self::Sp4 => "Version 5.5 (Build 2653.23: Service Pack 4)",
        }
    }

    /// A paged search whose filter compares an attribute that holds names finds nothing once more objects match than fit
    /// on a page (Q246567: documented for SP3, corrected in SP4; that releases before SP3 do the same is inferred).
    pub(super) fn loses_paged_names(self) -> bool {
        self < Self::Sp4
    }

    /// A filter that names an object which does not exist is answered with an error (Q193041, corrected in SP2; 5.0 is
    /// not in its list).
    pub(super) fn fails_on_unknown_names(self) -> bool {
        (Self::Rtm..Self::Sp2).contains(&self)
    }

    /// What the Attributes page withholds is withheld from administrators too (Q196491, corrected in SP2).
    pub(super) fn withholds_from_administrators(self) -> bool {
        self < Self::Sp2
    }

    /// LDAPv2 only (reference D1: Q175440, Q262986).
    pub(super) fn is_v2_only(self) -> bool {
        self == Self::V50
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_ends_with_the_service_pack_that_mends_it() {
        let all = ServicePack::value_variants();
        let with = |fault: fn(ServicePack) -> bool| all.iter().copied().filter(|&sp| fault(sp)).collect::<Vec<_>>();
        use ServicePack::{Rtm, Sp1, Sp2, Sp3, V50};
        assert_eq!(with(ServicePack::loses_paged_names), [V50, Rtm, Sp1, Sp2, Sp3]);
        assert_eq!(with(ServicePack::fails_on_unknown_names), [Rtm, Sp1]);
        assert_eq!(with(ServicePack::withholds_from_administrators), [V50, Rtm, Sp1]);
        assert_eq!(with(ServicePack::is_v2_only), [V50]);
    }

    #[test]
    fn names_are_as_people_write_them() {
        let names: Vec<String> = ServicePack::value_variants()
            .iter()
            .filter_map(|sp| sp.to_possible_value().map(|value| value.get_name().to_owned()))
            .collect();
        assert_eq!(names, ["5.0", "rtm", "sp1", "sp2", "sp3", "sp4"]);
    }
}
