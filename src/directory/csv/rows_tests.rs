use super::*;
use crate::directory::encoding::Encoding;
use proptest::prelude::*;

fn read(bytes: &[u8]) -> (Vec<(u64, Vec<String>)>, Option<String>) {
    let text = match Encoding::detect(bytes).decode(bytes.to_vec()) {
        Ok(text) => text,
        Err(error) => return (Vec::new(), Some(error.to_string())),
    };
    let mut found = Vec::new();
    for row in rows(&text, Separators::default()) {
        match row {
            Ok(row) => found.push((row.line, row.fields)),
            Err(error) => return (found, Some(error.to_string())),
        }
    }
    (found, None)
}

#[test]
fn reads_rows_and_counts_lines() {
    let expected = |rows: &[(u64, &[&str])]| -> Vec<(u64, Vec<String>)> {
        rows.iter().map(|(line, fields)| (*line, fields.iter().map(|&field| field.to_owned()).collect())).collect()
    };
    for (text, rows) in [
        ("a,b\r\n1,2\r\n", &[(1, &["a", "b"][..]), (2, &["1", "2"])][..]),
        ("a,b\n\n,\n1,\n", &[(1, &["a", "b"]), (4, &["1", ""])]),
        (
            "\"Doe, John\",\"say \"\"hi\"\"\"\r\nx,\"y\r\nz\"\r\nlast,\r\n",
            &[(1, &["Doe, John", "say \"hi\""]), (2, &["x", "y\r\nz"]), (4, &["last", ""])],
        ),
        ("5\" disk,a\"b\n", &[(1, &["5\" disk", "a\"b"])]),
        ("\"\",\"x\"y\n", &[(1, &["", "xy"])]),
        ("a\rb\r", &[(1, &["a"]), (1, &["b"])]),
        ("", &[]),
    ] {
        assert_eq!(read(text.as_bytes()), (expected(rows), None), "{text:?}");
    }
}

#[test]
fn a_cut_is_seen() {
    for (text, whole, expected) in [
        ("a,b\n1,\"2\n3", 1, "line 2: the file ends inside the quoted field that begins here; it was cut"),
        ("a,b\n1,2", 1, "line 2: the file ends without a line end here, so it may have been cut; add one if this line is whole"),
        ("a,b\n1,", 1, "line 2: the file ends without a line end here, so it may have been cut; add one if this line is whole"),
    ] {
        let (found, error) = read(text.as_bytes());
        assert_eq!((found.len(), error.as_deref()), (whole, Some(expected)), "{text:?}");
    }
}

#[test]
fn a_row_is_bounded() {
    let text = "x".repeat((1 << 20) + 1);
    let mut endless = rows(&text, Separators::default());
    endless.limit = 1 << 20;
    let error = endless.next().expect("an error").expect_err("too long");
    assert_eq!(error.to_string(), "line 1: the row is longer than 1 MiB, more than is read");
    assert!(endless.next().is_none());
    let wide = format!("{}\n", ",".repeat(5000));
    assert_eq!(read(wide.as_bytes()).1.as_deref(), Some("line 1: more than 4096 columns, more than are read"));
}

#[test]
fn a_row_that_is_too_wide_costs_no_other() {
    let wide = "\"x\ny\",".repeat(100_000);
    let text = format!("a,b\n{wide}\n1,2\n");
    let all: Vec<_> = rows(&text, Separators::default()).collect();
    assert_eq!(all.get(1), Some(&Err(CsvError::TooWide { line: 2, limit: FIELDS })));
    assert_eq!(all.get(2), Some(&Ok(Row { line: 100_003, fields: vec!["1".into(), "2".into()] })));
}

#[test]
fn a_nul_is_no_text() {
    assert!(read(b"a,b\n1,\0\n").1.expect("no text").contains("--encoding utf-16le"));
    assert!(read(b"a\0\0\0").1.expect("no text").contains("--encoding utf-16le"));
}

proptest! {
    #[test]
    fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        read(&bytes);
    }

    #[test]
    fn no_marks_break_it(text in "[,\"\\\\%\r\na\u{e9}]{0,60}") {
        read(text.as_bytes());
    }

    #[test]
    fn what_is_written_is_read_back(
        table in proptest::collection::vec(proptest::collection::vec("[ -~\u{e9}\n]{1,12}", 1..5), 1..5),
        wide in any::<bool>(),
    ) {
        let line = |fields: &Vec<String>| {
            let quoted: Vec<String> = fields.iter().map(|field| format!("\"{}\"", field.replace('"', "\"\""))).collect();
            quoted.join(",") + "\r\n"
        };
        let text: String = table.iter().map(line).collect();
        let bytes = if wide {
            [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
        } else {
            text.into_bytes()
        };
        let (found, error) = read(&bytes);
        prop_assert_eq!(error, None);
        prop_assert_eq!(found.into_iter().map(|(_, fields)| fields).collect::<Vec<_>>(), table);
    }
}
