//! LDAP result codes: each number and its words stand here, once (RFC 4511 appendix A.2).

use std::fmt;

macro_rules! result_codes {
    ($($name:ident = $number:literal, $words:literal;)*) => {
        /// How a server answers a request.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ResultCode {
            $(#[doc = concat!($words, " (", stringify!($number), ")")] $name,)*
            /// A number that the standard does not know.
            Unknown(u32),
        }

        impl ResultCode {
            /// The code of this number.
            pub fn of(number: u32) -> Self {
                match number {
                    $($number => Self::$name,)*
                    other => Self::Unknown(other),
                }
            }

            /// Its number.
            pub fn number(self) -> u32 {
                match self {
                    $(Self::$name => $number,)*
                    Self::Unknown(number) => number,
                }
            }

            /// Its words.
            pub fn words(self) -> &'static str {
                match self {
                    $(Self::$name => $words,)*
                    Self::Unknown(_) => "unknown result",
                }
            }
        }
    };
}

result_codes! {
    Success = 0, "success";
    OperationsError = 1, "operations error";
    ProtocolError = 2, "protocol error";
    TimeLimitExceeded = 3, "time limit exceeded";
    SizeLimitExceeded = 4, "size limit exceeded";
    AuthMethodNotSupported = 7, "authentication method not supported";
    StrongerAuthRequired = 8, "stronger authentication required";
    Referral = 10, "referral";
    AdminLimitExceeded = 11, "administrative limit exceeded";
    UnavailableCriticalExtension = 12, "unavailable critical extension";
    ConfidentialityRequired = 13, "confidentiality required";
    SaslBindInProgress = 14, "SASL bind in progress";
    NoSuchAttribute = 16, "no such attribute";
    UndefinedAttributeType = 17, "undefined attribute type";
    InappropriateMatching = 18, "inappropriate matching";
    InvalidAttributeSyntax = 21, "invalid attribute syntax";
    NoSuchObject = 32, "no such object";
    AliasProblem = 33, "alias problem";
    InvalidDnSyntax = 34, "invalid DN syntax";
    AliasDereferencingProblem = 36, "alias dereferencing problem";
    InappropriateAuthentication = 48, "inappropriate authentication";
    InvalidCredentials = 49, "invalid credentials";
    InsufficientAccessRights = 50, "insufficient access rights";
    Busy = 51, "busy";
    Unavailable = 52, "unavailable";
    UnwillingToPerform = 53, "unwilling to perform";
    LoopDetect = 54, "loop detected";
    NamingViolation = 64, "naming violation";
    AffectsMultipleDsas = 71, "affects multiple servers";
    Other = 80, "other error";
}

/// Words and number: `size limit exceeded (4)`.
impl fmt::Display for ResultCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.words(), self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_read_back() {
        for number in (0..200).chain([4096, u32::MAX]) {
            assert_eq!(ResultCode::of(number).number(), number);
        }
        assert_eq!(ResultCode::of(4).to_string(), "size limit exceeded (4)");
        assert_eq!(ResultCode::of(9999).to_string(), "unknown result (9999)");
    }
}
