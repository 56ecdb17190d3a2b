//! What a message may come from: the checks, articles and numbers whose texts share most with it.
//!
//! A word weighs more the fewer of our texts hold it, so that `service` and `mailbox` count for little; a number that is an
//! event's or an error's counts for much. Two words side by side that stand side by side in our text count again. An entry gains
//! by how much of its title is in the text, and loses by how much of the text is not in the entry.

mod entries;
mod words;

use crate::check::catalogue::Catalogue;
use entries::{Entry, entries};
use std::collections::{HashMap, HashSet};
use words::{Word, words};

/// A thing that fits.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// What it is.
    pub kind: Kind,
    /// What to ask `explain` for.
    pub name: String,
    /// What it is called, or what it means.
    pub title: String,
    /// The operator's words that it shares, the weightiest first.
    pub shared: Vec<String>,
}

/// What kind of thing fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A check.
    Check,
    /// An article.
    Article,
    /// An event.
    Event,
    /// An error code.
    Error,
}

/// More would be no help.
const MOST_MATCHES: usize = 8;
/// Words shown of a match.
const MOST_SHARED: usize = 8;
/// How much a known number or a hexadecimal code weighs, compared with a word.
const NUMBER: f64 = 3.0;
/// How much words side by side add, compared with the words themselves.
const SIDE_BY_SIDE: f64 = 0.5;
/// Of two that share as much, the check is the one to act on.
const CHECK: f64 = 1.4;
/// The part of its article's score that a check is credited with.
const CREDIT: f64 = 0.9;
/// Below this part of the text's weight, or this weight, words in common are chance.
const LEAST_PART: f64 = 0.25;
const LEAST_WEIGHT: f64 = 9.0;
/// Below this part of the best one's score a match is no help.
const LEAST_OF_BEST: f64 = 0.2;

impl Kind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Article => "article",
            Self::Event => "event",
            Self::Error => "error",
        }
    }
}

/// What fits a text best, the best first; empty if nothing does. The same for the same texts, always.
pub fn rank(catalogue: &Catalogue, text: &str) -> Vec<Match> {
    let asked = Asked::of(text);
    let entries = entries(catalogue);
    let known: Vec<Known> = entries.iter().map(|entry| Known::of(entry, &asked)).collect();
    let weights = Weights::of(catalogue, &entries, &known, &asked);
    let mut found: Vec<(f64, Match)> =
        entries.iter().zip(&known).filter_map(|(entry, known)| weights.compare(&asked, entry, known)).collect();
    credit_checks(catalogue, &mut found);
    // the sort is stable: equals stay in the catalogue's order
    found.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let least = found.first().map_or(0.0, |(best, _)| best * LEAST_OF_BEST);
    // the number that was given is an answer, however much else there is to say
    let is_asked = |found: &Match| match found.kind {
        Kind::Event | Kind::Error => words(&found.name).last().is_some_and(|code| asked.holds(&code.key)),
        Kind::Check | Kind::Article => false,
    };
    let helps = |(score, found): &(f64, Match)| *score >= least || is_asked(found);
    found.into_iter().filter(helps).take(MOST_MATCHES).map(|(_, found)| found).collect()
}

/// A check that fits gains by the article that fits best of those it cites: the article is known by its symptom, the check tells
/// whether it applies.
fn credit_checks(catalogue: &Catalogue, found: &mut [(f64, Match)]) {
    let articles = found.iter().filter(|(_, found)| found.kind == Kind::Article);
    let articles: Vec<(String, f64)> = articles.map(|(score, found)| (found.name.clone(), *score)).collect();
    for (score, found) in found.iter_mut().filter(|(_, found)| found.kind == Kind::Check) {
        let cited = catalogue.check(&found.name).map(|check| check.kb.as_slice()).unwrap_or_default();
        let best = articles.iter().filter(|(kb, _)| cited.contains(kb)).map(|(_, score)| *score).fold(0.0, f64::max);
        *score += best * CREDIT;
    }
}

/// The operator's text.
struct Asked {
    /// Each word once, as it was first written.
    words: Vec<Word>,
    /// What is compared of them.
    keys: HashSet<String>,
    /// Words side by side.
    pairs: HashSet<(String, String)>,
}

impl Asked {
    fn of(text: &str) -> Self {
        let all = words(text);
        let pairs = beside(&all).map(|(first, second)| (first.key.clone(), second.key.clone())).collect();
        let mut seen = HashSet::new();
        let words = all.into_iter().filter(|word| seen.insert(word.key.clone())).collect();
        Self { words, pairs, keys: seen }
    }

    fn holds(&self, key: &str) -> bool {
        self.keys.contains(key)
    }
}

fn beside(words: &[Word]) -> impl Iterator<Item = (&Word, &Word)> {
    words.iter().zip(words.iter().skip(1))
}

/// Of the operator's words those that an entry holds, and the most that a text of it with the word in it weighs.
struct Known {
    words: HashMap<String, f64>,
    pairs: HashMap<(String, String), f64>,
    /// How many words the entry has.
    length: usize,
    /// The part of the words of its title that the operator's text holds.
    titled: f64,
}

impl Known {
    fn of(entry: &Entry<'_>, asked: &Asked) -> Self {
        let title = words(&entry.title);
        let held = title.iter().filter(|word| asked.holds(&word.key)).count();
        let titled = held as f64 / title.len().max(1) as f64;
        let mut known = Self { words: HashMap::new(), pairs: HashMap::new(), length: 0, titled };
        for &(weight, text) in &entry.texts {
            let words = words(text);
            known.length += words.len();
            let asked_pairs = |(first, second): &(&Word, &Word)| asked.holds(&first.key) && asked.holds(&second.key);
            for (first, second) in beside(&words).filter(asked_pairs) {
                let pair = (first.key.clone(), second.key.clone());
                let most = known.pairs.entry(pair).or_default();
                *most = most.max(weight);
            }
            for word in words.into_iter().filter(|word| asked.holds(&word.key)) {
                let most = known.words.entry(word.key).or_default();
                *most = most.max(weight);
            }
        }
        known
    }
}

/// What each word of the operator's text weighs, and all of them together.
struct Weights {
    each: HashMap<String, f64>,
    numbers: HashSet<String>,
    all: f64,
    /// How many words a check has in the mean, and anything else.
    lengths: [f64; 2],
}

impl Weights {
    fn of(catalogue: &Catalogue, entries: &[Entry<'_>], known: &[Known], asked: &Asked) -> Self {
        let is_number = |key: &String| key.starts_with("0x") || catalogue.signs().iter().any(|sign| sign.code == *key);
        let count = known.len() as f64;
        let mut each = HashMap::new();
        for word in &asked.words {
            let holders = known.iter().filter(|known| known.words.contains_key(&word.key)).count();
            // squared, since words that half of our texts hold come by the dozen
            let rare = ((count + 1.0) / (holders as f64).max(1.0)).ln();
            let weight = if is_number(&word.key) { rare } else { rare * rare / (count + 1.0).ln() };
            each.insert(word.key.clone(), weight);
        }
        let numbers: HashSet<String> = each.keys().filter(|key| is_number(key)).cloned().collect();
        // a word that no text of ours holds tells us little; in the order of the text, for the same sum in every run
        let of_all = |word: &Word| {
            let is_known = known.iter().any(|known| known.words.contains_key(&word.key));
            each.get(&word.key).map(|weight| if is_known { *weight } else { weight / 2.0 })
        };
        let all = asked.words.iter().filter_map(of_all).sum();
        let lengths = [true, false].map(|is_check| {
            let of_kind = entries.iter().zip(known).filter(|(entry, _)| (entry.kind == Kind::Check) == is_check);
            let lengths: Vec<usize> = of_kind.map(|(_, known)| known.length).collect();
            (lengths.iter().sum::<usize>() as f64 / lengths.len().max(1) as f64).max(1.0)
        });
        Self { each, numbers, all, lengths }
    }

    /// How well an entry fits, and by what; none if what they share may be chance.
    fn compare(&self, asked: &Asked, entry: &Entry<'_>, known: &Known) -> Option<(f64, Match)> {
        let mut shared: Vec<(f64, &Word)> = Vec::new();
        let mut weight = 0.0;
        let mut numbers = 0;
        for word in &asked.words {
            let (Some(own), Some(rare)) = (known.words.get(&word.key), self.each.get(&word.key)) else { continue };
            weight += rare;
            let is_number = self.numbers.contains(&word.key);
            numbers += usize::from(is_number);
            shared.push((own * rare * if is_number { NUMBER } else { 1.0 }, word));
        }
        let is_whole = asked.words.len() == shared.len() && !shared.is_empty();
        let is_much = shared.len() > 1 && (weight >= LEAST_WEIGHT || weight >= self.all * LEAST_PART);
        if numbers == 0 && !is_whole && !is_much {
            return None;
        }
        let rare = |key: &String| self.each.get(key).copied().unwrap_or_default();
        let mut beside: Vec<f64> = Vec::new();
        for (first, second) in &asked.pairs {
            if let Some(own) = known.pairs.get(&(first.clone(), second.clone())) {
                beside.push(own * (rare(first) + rare(second)) * SIDE_BY_SIDE);
            }
        }
        beside.sort_by(f64::total_cmp);
        let score = shared.iter().map(|(score, _)| score).sum::<f64>() + beside.iter().sum::<f64>();
        let [of_checks, of_others] = self.lengths;
        let (mean, kind) = match entry.kind {
            Kind::Check => (of_checks, CHECK),
            _ => (of_others, 1.0),
        };
        let length = 0.75 + 0.25 * known.length as f64 / mean;
        shared.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let shared = shared.into_iter().take(MOST_SHARED).map(|(_, word)| word.shown.clone()).collect();
        let found = Match { kind: entry.kind, name: entry.name.clone(), title: entry.title.clone(), shared };
        // what an entry leaves out of the text counts against it
        let part = weight / self.all.max(weight);
        Some((score / length * kind * part * (1.0 + known.titled * known.titled), found))
    }
}

#[cfg(test)]
mod tests;
