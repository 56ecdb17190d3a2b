//! `exaudit x400`: judges addresses that are given, or that come one a line.

use super::failure::Failure;
use crate::cli::X400Args;
use crate::exchange::x400::{self, Class};
use crate::exit::Exit;
use crate::output::x400::Sheet;
use crate::output::{ListFormat, Style};
use std::io::{BufRead, IsTerminal, Read};

/// Bytes of a line that are looked at. More characters than an address can have fit in, whichever they are, so what is cut here
/// is judged too long all the same.
const LONGEST: usize = 8192;

pub(super) fn run(args: &X400Args) -> Result<Exit, Failure> {
    let style = Style::detect(args.color, std::io::stdout().is_terminal(), |name| std::env::var(name).ok());
    let mut judged = Judged { sheet: Sheet::new(args.format == ListFormat::Json, style), worst: Class::Ok };
    for address in &args.addresses {
        if address != "-" {
            judged.add(address)?;
        } else if !each_line(std::io::stdin().lock(), |line| judged.add(line))? {
            break;
        }
    }
    judged.sheet.finish().map_err(Failure::incomplete)?;
    Ok(if judged.worst == Class::Broken { Exit::Findings } else { Exit::Clean })
}

struct Judged {
    sheet: Sheet,
    worst: Class,
}

impl Judged {
    /// Judges one; false if nobody reads on.
    fn add(&mut self, address: &str) -> Result<bool, Failure> {
        let (before, text) = without_type(address);
        let mut examination = x400::examine(text);
        for problem in &mut examination.problems {
            problem.position += before;
        }
        self.worst = self.worst.max(examination.class);
        self.sheet.add(address, &examination).map_err(Failure::incomplete)
    }
}

/// The address behind its type, and the characters before it: `X400:` stands in Proxy-Addresses, `X400$` in otherMailbox.
fn without_type(address: &str) -> (usize, &str) {
    match address.split_at_checked(5) {
        Some((kind, rest)) if kind.eq_ignore_ascii_case("X400:") || kind.eq_ignore_ascii_case("X400$") => (5, rest),
        _ => (0, address),
    }
}

/// Hands over line after line, without its end; empty ones are passed over. False if it was told to stop.
fn each_line(mut from: impl BufRead, mut take: impl FnMut(&str) -> Result<bool, Failure>) -> Result<bool, Failure> {
    let failed = |error| Failure::incomplete(format!("cannot read standard input: {error}"));
    let mut line = Vec::new();
    let mut first = true;
    loop {
        line.clear();
        let limit = LONGEST as u64;
        if from.by_ref().take(limit).read_until(b'\n', &mut line).map_err(failed)? == 0 {
            return Ok(true);
        }
        if !line.ends_with(b"\n") {
            from.skip_until(b'\n').map_err(failed)?;
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.strip_suffix('\n').unwrap_or(&text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        let text = if first { text.strip_prefix('\u{feff}').unwrap_or(text) } else { text };
        first = false;
        if !text.is_empty() && !take(text)? {
            return Ok(false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<String> {
        let mut seen = Vec::new();
        let all = each_line(bytes, |line| {
            seen.push(line.to_owned());
            Ok(true)
        });
        assert!(all.unwrap());
        seen
    }

    #[test]
    fn a_line_is_an_address() {
        assert_eq!(lines(b""), Vec::<String>::new());
        assert_eq!(lines(b"\xef\xbb\xbfa= ;\r\n\n b \nlast"), ["a= ;", " b ", "last"]);
        assert_eq!(lines(b"s=M\xfcller;\n"), ["s=M\u{fffd}ller;"]);
    }

    #[test]
    fn a_long_line_is_cut_and_the_next_one_is_whole() {
        for width in ["x", "\u{e9}", "\u{20ac}", "\u{1f600}"] {
            let long = width.repeat(50_000 / width.len());
            let seen = lines(format!("{long}\nc=US;\n").as_bytes());
            assert_eq!(seen.len(), 2);
            assert!(seen[0].len() <= LONGEST + 3 && seen[0].chars().count() > 1123, "{width}");
            assert_eq!(seen[1], "c=US;");
        }
        // a line that just fits is followed by the next one
        let exact = "y".repeat(LONGEST - 1);
        assert_eq!(lines(format!("{exact}\nz\n").as_bytes()), [exact, "z".to_owned()]);
    }

    #[test]
    fn the_type_before_an_address_is_no_part_of_it() {
        for (address, expected) in [
            ("X400:c=US;", (5, "c=US;")),
            ("x400$c=US;", (5, "c=US;")),
            ("X400c=US;", (0, "X400c=US;")),
            ("SMTP:a@b", (0, "SMTP:a@b")),
            ("\u{e9}\u{e9}\u{e9}", (0, "\u{e9}\u{e9}\u{e9}")),
        ] {
            assert_eq!(without_type(address), expected);
        }
    }

    #[test]
    fn reading_stops_when_nobody_listens() {
        let mut count = 0;
        let all = each_line(&b"a\nb\nc\n"[..], |_| {
            count += 1;
            Ok(count < 2)
        });
        assert!(!all.unwrap());
        assert_eq!(count, 2);
    }
}
