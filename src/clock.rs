//! The time of a run. `EXAUDIT_NOW` stands for the clock where a run is to be repeated as of another day: to try out when a waiver
//! ends, or how a month of nightly audits reads.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The variable.
pub const VARIABLE: &str = "EXAUDIT_NOW";

/// Now, or the time that the environment gives.
pub fn now() -> Timestamp {
    given().and_then(Result::ok).unwrap_or_else(Timestamp::now)
}

/// The day, in UTC.
pub fn today() -> Date {
    now().to_zoned(TimeZone::UTC).date()
}

/// What is wrong with the time that the environment gives, if anything is.
pub fn problem() -> Option<String> {
    given()?.err()?;
    Some(format!("{VARIABLE} is not a time such as 2026-11-30T05:30:00Z; correct or unset it"))
}

fn given() -> Option<Result<Timestamp, jiff::Error>> {
    let text = std::env::var_os(VARIABLE)?;
    Some(text.to_string_lossy().parse())
}
