//! Reading ahead: one thread reads records while another looks at them. They come in the order of the file, and all that is
//! said of one is what was known when it was read.

use super::error::LdifError;
use super::reader::{Reader, Record};
use crate::directory::entry::Entry;
use std::io::BufRead;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread;

/// Batches under way.
const BATCHES: usize = 3;
/// Records of a batch.
const RECORDS: usize = 128;
/// A batch of so many bytes goes out.
const BYTES: usize = 256 << 10;
/// A batch of more goes alone, so that no two large records are held at a time.
const LARGE: usize = 1 << 20;

/// A record and what was known of it when it was read.
pub(super) struct Read {
    pub(super) record: Result<Record, LdifError>,
    /// The recorded searches that it answers.
    pub(super) answers: Vec<usize>,
    /// The file was cut inside it.
    pub(super) cut: bool,
}

/// Reads the records to their end, or until `each` has seen enough. Each entry is prepared first.
pub(super) fn read<R: BufRead + Send>(reader: &mut Reader<R>, prepare: fn(&mut Entry), each: &mut dyn FnMut(Read) -> bool) {
    let started = thread::scope(|scope| {
        let (to_look_at, looked_at) = sync_channel(BATCHES);
        let (to_fill, empty) = channel();
        let reader = &mut *reader;
        let filling = move || fill(reader, prepare, &to_look_at, &empty);
        if thread::Builder::new().name("reader".into()).spawn_scoped(scope, filling).is_err() {
            return false;
        }
        // a short file may end before all are there: what was read of it is still to be looked at
        (0..BATCHES).for_each(|_| _ = to_fill.send(Vec::with_capacity(RECORDS)));
        while let Ok(mut batch) = looked_at.recv() {
            if batch.drain(..).any(&mut *each) {
                break;
            }
            // nobody takes it where the file has ended; what was read before is still to be looked at
            _ = to_fill.send(batch);
        }
        true
    });
    // no thread was to be had
    while !started && let Some(read) = next(reader, prepare) {
        if each(read) {
            break;
        }
    }
}

/// Fills batches until the file ends or nobody looks at them any more.
fn fill<R: BufRead>(
    reader: &mut Reader<R>,
    prepare: fn(&mut Entry),
    filled: &SyncSender<Vec<Read>>,
    empty: &Receiver<Vec<Read>>,
) {
    let mut spare: Vec<Vec<Read>> = Vec::new();
    loop {
        let Some(mut batch) = spare.pop().or_else(|| empty.recv().ok()) else { return };
        let mut bytes = 0;
        let mut ended = false;
        while !ended && batch.len() < RECORDS && bytes < BYTES {
            match next(reader, prepare) {
                Some(read) => {
                    bytes += read.record.as_ref().map_or(0, weight);
                    batch.push(read);
                }
                None => ended = true,
            }
        }
        if filled.send(batch).is_err() || ended {
            return;
        }
        while bytes > LARGE && spare.len() < BATCHES {
            let Ok(batch) = empty.recv() else { return };
            spare.push(batch);
        }
    }
}

fn next<R: BufRead>(reader: &mut Reader<R>, prepare: fn(&mut Entry)) -> Option<Read> {
    let mut record = reader.next()?;
    if let Ok(Record::Entry(entry)) = &mut record {
        prepare(entry);
    }
    Some(Read { record, answers: reader.heard.take_answers(), cut: reader.cut_inside() })
}

fn weight(record: &Record) -> usize {
    match record {
        Record::Entry(entry) => entry.weight(),
        Record::Reference(urls) => urls.iter().map(String::len).sum(),
        Record::SearchResult { .. } | Record::Unfinished { .. } => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::reader::entries;
    use super::*;
    use std::io::{self, BufReader};
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn keeps_the_order_and_ends_with_the_file() {
        let text: String = (0..1000).map(|n| format!("dn: cn={n},o=Org\ncn: {n}\n\n")).collect();
        let mut reader = entries(text.as_bytes());
        let mut seen = Vec::new();
        read(&mut reader, |entry| entry.add("sn", "x"), &mut |read| {
            let Ok(Record::Entry(entry)) = read.record else { panic!("an entry") };
            assert!(entry.has("sn") && !read.cut);
            seen.push(entry.text("cn").expect("a value"));
            false
        });
        assert_eq!(seen, (0..1000).map(|n| n.to_string()).collect::<Vec<_>>());
    }

    /// The reading thread may be at the end of a short file before it has all batches to fill.
    #[test]
    fn a_short_file_is_never_lost() {
        for round in 0..2000 {
            let mut seen = 0;
            read(&mut entries("dn: o=Org\no: Org\n\n".as_bytes()), |_| {}, &mut |_| {
                seen += 1;
                false
            });
            assert_eq!(seen, 1, "round {round}");
        }
    }

    #[test]
    fn an_error_comes_last_and_once() {
        let text: String =
            (0..300).map(|n| format!("dn: cn={n},o=Org\ncn: {n}\n\n")).collect::<String>() + "dn: x\n\ndn: o=Org\n\n";
        let mut results = Vec::new();
        read(&mut entries(text.as_bytes()), |_| {}, &mut |read| {
            results.push(read.record.is_ok());
            false
        });
        assert_eq!((results.len(), results.iter().position(|good| !good)), (301, Some(300)));
    }

    #[test]
    fn stops_when_enough_was_seen() {
        let text = "dn: o=Org\no: Org\n\n".repeat(100_000);
        let mut file = text.as_bytes();
        let mut seen = 0;
        read(&mut entries(BufReader::with_capacity(1000, &mut file)), |_| {}, &mut |_| {
            seen += 1;
            seen == 10
        });
        assert_eq!(seen, 10);
        assert!(file.len() > text.len() / 2, "{} of {} bytes were left", file.len(), text.len());
    }

    /// However large the records, one of them is held at a time, and one may be on its way.
    #[test]
    fn large_records_go_one_by_one() {
        static READ: AtomicUsize = AtomicUsize::new(0);
        struct Counted<R>(R);
        impl<R: io::Read> io::Read for Counted<R> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let count = self.0.read(buffer)?;
                READ.fetch_add(count, Ordering::SeqCst);
                Ok(count)
            }
        }
        let record = format!("dn: o=Org\nphoto: {}\n\n", "x".repeat(2 << 20));
        let text = record.repeat(8);
        let mut looked_at = 0;
        read(&mut entries(BufReader::new(Counted(text.as_bytes()))), |_| {}, &mut |_| {
            thread::sleep(std::time::Duration::from_millis(20));
            let ahead = READ.load(Ordering::SeqCst) - looked_at * record.len();
            assert!(ahead < record.len() + (64 << 10), "{ahead} bytes were read ahead");
            looked_at += 1;
            false
        });
        assert_eq!(looked_at, 8);
    }
}
