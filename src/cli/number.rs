//! Numbers on the command line: what is wrong with one is said in the words of its option.

use std::ops::RangeInclusive;
use std::time::Duration;

/// The most that a pause may take, seconds.
const LONGEST_PAUSE: f64 = 3600.0;

/// A whole number of something, within bounds.
pub(super) fn whole<T: TryFrom<u64>>(
    range: RangeInclusive<u64>,
    what: &'static str,
) -> impl Fn(&str) -> Result<T, String> + Clone + Send + Sync + 'static {
    move |text| {
        let number = text.trim().parse::<u64>().ok().filter(|number| range.contains(number));
        let wrong = || format!("not a whole number of {what} from {} to {}", range.start(), range.end());
        number.and_then(|number| T::try_from(number).ok()).ok_or_else(wrong)
    }
}

/// Seconds, perhaps with a fraction.
pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.trim().parse::<f64>().ok().filter(|seconds| (0.0..=LONGEST_PAUSE).contains(seconds));
    seconds
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| format!("not a number of seconds from 0 to {LONGEST_PAUSE}, such as 0.5"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_have_fractions_and_bounds() {
        assert_eq!(seconds("0.25"), Ok(Duration::from_millis(250)));
        assert_eq!(seconds("0"), Ok(Duration::ZERO));
        for text in ["", "x", "-1", "NaN", "inf", "1e300", "3601"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_whole_number_has_bounds() {
        let read = whole::<u8>(1..=64, "requests");
        assert_eq!([read("1"), read(" 64 ")], [Ok(1), Ok(64)]);
        for text in ["", "x", "-1", "0", "65", "1.5", "99999999999999999999"] {
            assert_eq!(read(text), Err("not a whole number of requests from 1 to 64".into()), "{text}");
        }
        assert!(whole::<u8>(0..=1000, "things")("256").is_err(), "what the type does not hold is no number either");
    }
}
