//! A moment of fuzzing for every decoder, in every test run: seeds, and what becomes of them when they are damaged.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

#[path = "fuzz/decoders.rs"]
mod decoders;

use decoders::DECODERS;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long each decoder is tried, on a machine that has the time.
const MOMENT: Duration = Duration::from_secs(2);

/// How long at most, where others use the machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// So many inputs between looks at the clock.
const BATCH: u32 = 16;

/// The fewest inputs that say something of a decoder.
const LEAST: u32 = 3 * BATCH;

/// What is known to be read: `tests/fuzz/seeds/DECODER/*`.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds").join(name);
    let mut files: Vec<_> = std::fs::read_dir(&folder).expect(name).map(|file| file.expect("file").path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).expect("seed")).collect()
}

/// One way to damage bytes.
#[derive(Debug, Clone)]
enum Damage {
    Set(usize, u8),
    Insert(usize, Vec<u8>),
    Remove(usize, usize),
    Repeat(usize, usize, usize),
    Cut(usize),
    Append(usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let mark = prop_oneof![
        any::<u8>().prop_map(|byte| vec![byte]),
        proptest::collection::vec(any::<u8>(), 0..9),
        proptest::sample::select(vec![
            "\\", "\"", ",", "=", ":", ";", "%", "$", "(", ")", "*", "\n", "\r\n", "\0", "\u{202e}", "é"
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    let at = || any::<usize>();
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Damage::Set(at, byte)),
        (at(), mark).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        (at(), 1..40_usize).prop_map(|(at, count)| Damage::Remove(at, count)),
        (at(), 1..40_usize, 2..30_usize).prop_map(|(at, count, times)| Damage::Repeat(at, count, times)),
        at().prop_map(Damage::Cut),
        at().prop_map(Damage::Append),
    ]
}

/// Damages a seed; positions count round.
fn damaged(seeds: &[Vec<u8>], which: usize, damages: &[Damage]) -> Vec<u8> {
    let mut bytes = seeds[which % seeds.len()].clone();
    for damage in damages {
        let length = bytes.len();
        let at = |at: usize| at % (length + 1);
        let end = |from: usize, count: usize| (from + count).min(length);
        match damage {
            Damage::Set(from, byte) if length > 0 => bytes[from % length] = *byte,
            Damage::Set(..) => {}
            Damage::Insert(from, more) => _ = bytes.splice(at(*from)..at(*from), more.iter().copied()),
            Damage::Remove(from, count) => _ = bytes.drain(at(*from)..end(at(*from), *count)),
            Damage::Repeat(from, count, times) => {
                let part = bytes[at(*from)..end(at(*from), *count)].repeat(*times);
                bytes.splice(at(*from)..at(*from), part);
            }
            Damage::Cut(from) => bytes.truncate(at(*from)),
            Damage::Append(which) => bytes.extend(seeds[which % seeds.len()].iter()),
        }
    }
    bytes
}

/// A runner for one batch; each batch has its own numbers, the same in every run.
fn runner(batch: u32) -> TestRunner {
    let mut seed = [0; 32];
    seed[..4].copy_from_slice(&batch.to_le_bytes());
    let config = Config { cases: BATCH, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed))
}

#[test]
fn every_decoder_stands_what_comes() {
    let tried: Vec<_> = DECODERS
        .iter()
        .map(|&(name, decode)| {
            let seeds = seeds(name);
            assert!(!seeds.is_empty(), "{name} has no seeds");
            std::thread::spawn(move || {
                seeds.iter().for_each(|seed| decode(seed));
                let began = Instant::now();
                let mut count: u32 = 0;
                while began.elapsed() < MOMENT || (count < LEAST && began.elapsed() < PATIENCE) {
                    let cases = (any::<usize>(), proptest::collection::vec(damage(), 0..6));
                    let outcome = runner(count).run(&cases, |(which, damages)| {
                        let bytes = damaged(&seeds, which, &damages);
                        let began = Instant::now();
                        decode(&bytes);
                        prop_assert!(began.elapsed() < Duration::from_secs(5), "slow on {} bytes", bytes.len());
                        Ok(())
                    });
                    outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
                    count += BATCH;
                }
                (name, count)
            })
        })
        .collect();
    for thread in tried {
        let (name, count) = thread.join().expect("a decoder failed");
        println!("{name}: {count} inputs");
        assert!(count >= LEAST, "{name} is too slow to be tried: {count}");
    }
}

#[test]
fn each_decoder_has_its_target() {
    let manifest =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/Cargo.toml")).expect("manifest");
    for (name, _) in DECODERS {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
}
