//! What a message may come from: the checks, articles and numbers whose texts share most with it.
//!
//! This is the usual way of search engines (BM25), on some six hundred short texts:
//!
//! 1. A word weighs more the fewer of our entries hold it, so that `service` and `mailbox` count for little (`rare`).
//! 2. An entry that holds the word gains that weight, more of it if the word stands in what an operator sees or in the title than in
//!    how to cure it, and less of it if the entry is long (`Known::gain`). Two words side by side in both count again.
//! 3. The sum grows by how much of the entry's title is in the operator's text (`titled`), and is cut by how much of that text the entry
//!    leaves unexplained (`part`).
//! 4. A check gains by the best of the articles that it cites, since it tells whether the article applies. An event or an error comes
//!    last unless its number was given.
//!
//! Equals stay in the catalogue's order, in which the checks that keep mail from flowing come first.

mod entries;
mod words;

use crate::check::catalogue::Catalogue;
use crate::check::numbers::query_for;
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
    /// How far to trust it.
    pub strength: Strength,
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

/// How far to trust a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// It explains most of the text, or has its number.
    Strong,
    /// It shares some words, which may be chance.
    Weak,
}

/// A match, with what it is ordered by.
struct Scored {
    score: f64,
    found: Match,
}

/// More would be no help.
const MOST_MATCHES: usize = 8;
/// Words shown of a match.
const MOST_SHARED: usize = 8;
/// How much a code that was given weighs, compared with a word.
const CODE: f64 = 3.0;
/// How much words side by side add, compared with the words themselves.
const SIDE_BY_SIDE: f64 = 0.25;
/// What an entry gains whose whole title is in the text.
const TITLED: f64 = 0.5;
/// How soon more of the same word adds no more (BM25's k).
const ENOUGH: f64 = 1.5;
/// How much the length of an entry counts (BM25's b): 0 not at all, 1 in full.
const LENGTH: f64 = 0.5;
/// Of two that share as much, the check is the one to act on.
const CHECK: f64 = 1.15;
/// The part of its best article's score that a check is credited with.
const CREDIT: f64 = 0.5;
/// What the first of the checks that cover a number gains.
const FIRST: f64 = 0.15;
/// What a number is worth that nobody asked for.
const UNASKED: f64 = 0.5;
/// Below this part of the text's weight, words in common are chance.
const LEAST_PART: f64 = 0.2;
/// From this part of the text's weight on, a match is strong.
const STRONG_PART: f64 = 0.4;
/// And from this many words on, unless they are all.
const STRONG_WORDS: usize = 3;
/// Below this part of the best one's score a match is no help.
const LEAST_OF_BEST: f64 = 0.3;

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

impl Strength {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Weak => "weak",
        }
    }
}

/// What fits a text best, the best first; empty if nothing does. The same for the same texts, always.
pub fn rank(catalogue: &Catalogue, text: &str) -> Vec<Match> {
    let asked = Asked::of(text);
    let entries = entries(catalogue);
    let known: Vec<Known> = entries.iter().map(|entry| Known::of(entry, &asked)).collect();
    let weights = Weights::of(&known, &asked);
    let mut found: Vec<Scored> =
        entries.iter().zip(&known).filter_map(|(entry, known)| weights.compare(&asked, entry, known)).collect();
    credit_checks(catalogue, &mut found);
    prefer_the_first_of_a_number(catalogue, &asked, &mut found);
    // the sort is stable: equals stay in the catalogue's order
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let least = found.first().map_or(0.0, |best| best.score * LEAST_OF_BEST);
    // the number that was given is an answer, however much else there is to say
    let helps = |scored: &Scored| scored.score >= least || is_asked(&asked, scored.found.kind, &scored.found.name);
    found.into_iter().filter(helps).take(MOST_MATCHES).map(|scored| scored.found).collect()
}

/// Whether a text gives a number as a code: `event 100`, and not `100 people`.
pub fn gives_code(text: &str, number: &str) -> bool {
    words(text).iter().any(|word| word.key.starts_with('#') && word.shown == number)
}

/// Whether an event or an error is one whose number the text names.
fn is_asked(asked: &Asked, kind: Kind, name: &str) -> bool {
    let number = matches!(kind, Kind::Event | Kind::Error);
    number && words(name).iter().any(|word| asked.names(word))
}

/// A check that fits gains by the article that fits best of those it covers: the article is known by its symptom, the check tells
/// whether it applies.
fn credit_checks(catalogue: &Catalogue, found: &mut [Scored]) {
    let is_covered = |kb: &str| catalogue.article(kb).is_some_and(|article| article.covered);
    let articles = found.iter().filter(|scored| scored.found.kind == Kind::Article && is_covered(&scored.found.name));
    let articles: Vec<(String, f64)> = articles.map(|scored| (scored.found.name.clone(), scored.score)).collect();
    for scored in found.iter_mut().filter(|scored| scored.found.kind == Kind::Check) {
        let cited = catalogue.check(&scored.found.name).map(|check| check.kb.as_slice()).unwrap_or_default();
        let best = articles.iter().filter(|(kb, _)| cited.contains(kb)).map(|(_, score)| *score).fold(0.0, f64::max);
        scored.score += best * CREDIT;
    }
}

/// Of the checks that cover a number that was given, the first that its entry lists gain most: it lists the likeliest first.
fn prefer_the_first_of_a_number(catalogue: &Catalogue, asked: &Asked, found: &mut [Scored]) {
    let given = catalogue.signs().iter().filter(|sign| words(&query_for(sign)).iter().any(|word| asked.names(word)));
    for sign in given {
        let count = sign.checks.len().max(1) as f64;
        for (id, before) in sign.checks.iter().zip(0_u32..) {
            for scored in found.iter_mut().filter(|scored| scored.found.name == *id) {
                scored.score *= 1.0 + FIRST * (1.0 - f64::from(before) / count);
            }
        }
    }
}

/// The operator's text.
struct Asked {
    /// Each word once, as it was first written.
    words: Vec<Word>,
    /// What is compared of them.
    keys: HashSet<String>,
    /// Words side by side, in their order.
    pairs: Vec<(String, String)>,
}

impl Asked {
    fn of(text: &str) -> Self {
        let all = words(text);
        let mut seen = HashSet::new();
        let pairs = beside(&all).map(|(first, second)| (first.key.clone(), second.key.clone()));
        let pairs = pairs.filter(|pair| seen.insert(pair.clone())).collect();
        let mut keys = HashSet::new();
        let words = all.into_iter().filter(|word| keys.insert(word.key.clone())).collect();
        Self { words, keys, pairs }
    }

    /// Whether the text gives this code.
    fn names(&self, word: &Word) -> bool {
        word.key.starts_with('#') && self.keys.contains(&word.key)
    }
}

/// Words that stand side by side, and those with one between them: `delete an old server` is about deleting a server.
fn beside(words: &[Word]) -> impl Iterator<Item = (&Word, &Word)> {
    words.iter().zip(words.iter().skip(1)).chain(words.iter().zip(words.iter().skip(2)))
}

/// What an entry holds of the operator's words.
struct Known {
    /// How often it holds a word, each time weighed by the text that it stands in.
    words: HashMap<String, f64>,
    pairs: HashSet<(String, String)>,
    /// How many words it has, weighed in the same way.
    length: f64,
    /// The part of its title that is in the operator's text.
    titled: f64,
}

impl Known {
    fn of(entry: &Entry<'_>, asked: &Asked) -> Self {
        let title = words(&entry.title);
        let in_text = title.iter().filter(|word| asked.keys.contains(&word.key)).count();
        let titled = in_text as f64 / title.len().max(1) as f64;
        let mut known = Self { words: HashMap::new(), pairs: HashSet::new(), length: 0.0, titled };
        for (weight, text) in &entry.texts {
            let words = words(text);
            known.length += weight * words.len() as f64;
            let asked_pair =
                |(first, second): &(&Word, &Word)| asked.keys.contains(&first.key) && asked.keys.contains(&second.key);
            for (first, second) in beside(&words).filter(asked_pair) {
                known.pairs.insert((first.key.clone(), second.key.clone()));
            }
            for word in words.into_iter().filter(|word| asked.keys.contains(&word.key)) {
                *known.words.entry(word.key).or_default() += weight;
            }
        }
        known
    }

    /// The part of a word's weight that an entry gets for holding it: more for more of it, and never more than all.
    fn gain(&self, key: &str, mean: f64) -> Option<f64> {
        let often = self.words.get(key)?;
        Some(often / (often + ENOUGH * (1.0 - LENGTH + LENGTH * self.length / mean)))
    }
}

/// What each word of the operator's text weighs, and all of them together.
struct Weights {
    each: HashMap<String, f64>,
    all: f64,
    /// The same, with words that nothing of ours holds in full: they may be what matters.
    whole: f64,
    /// How many words an entry has in the mean.
    mean: f64,
}

impl Weights {
    fn of(known: &[Known], asked: &Asked) -> Self {
        let count = known.len() as f64;
        let mut each = HashMap::new();
        let (mut all, mut whole) = (0.0, 0.0);
        for word in &asked.words {
            let holders = known.iter().filter(|known| known.words.contains_key(&word.key)).count() as f64;
            let rare = (1.0 + (count - holders + 0.5) / (holders + 0.5)).ln();
            let weight = match word {
                word if word.is_count() => 0.0,
                word if word.key.starts_with('#') => rare * CODE,
                _ => rare,
            };
            // a count tells nothing, whether a text of ours holds it or not
            let rare = if word.is_count() { 0.0 } else { rare };
            each.insert(word.key.clone(), weight);
            // a word that no text of ours holds tells us little
            all += if holders > 0.0 { weight } else { rare / 2.0 };
            whole += if holders > 0.0 { weight } else { rare };
        }
        let mean = known.iter().map(|known| known.length).sum::<f64>() / count.max(1.0);
        Self { each, all, whole, mean: mean.max(1.0) }
    }

    /// How well an entry fits, and by what; none if what they share may be chance.
    fn compare(&self, asked: &Asked, entry: &Entry<'_>, known: &Known) -> Option<Scored> {
        let rare = |key: &String| self.each.get(key).copied().unwrap_or_default();
        let mut shared: Vec<(f64, &Word)> = Vec::new();
        let mut weight = 0.0;
        for word in asked.words.iter().filter(|word| !word.is_count()) {
            let Some(gain) = known.gain(&word.key, self.mean) else { continue };
            weight += rare(&word.key);
            shared.push((gain * rare(&word.key), word));
        }
        let part = weight / self.all.max(weight).max(f64::MIN_POSITIVE);
        let has_code = shared.iter().any(|(_, word)| word.key.starts_with('#'));
        let is_whole = shared.len() == asked.words.len() && !shared.is_empty();
        if !has_code && !is_whole && (shared.len() < 2 || part < LEAST_PART) {
            return None;
        }
        let pairs = asked.pairs.iter().filter(|pair| known.pairs.contains(*pair));
        let beside: f64 = pairs.map(|(first, second)| (rare(first) + rare(second)) * SIDE_BY_SIDE).sum();
        let score = shared.iter().map(|(score, _)| score).sum::<f64>() + beside;
        let kind = match entry.kind {
            Kind::Check => CHECK,
            Kind::Article => 1.0,
            Kind::Event | Kind::Error if is_asked(asked, entry.kind, &entry.name) => 1.0,
            Kind::Event | Kind::Error => UNASKED,
        };
        let is_much = is_whole || (weight >= self.whole * STRONG_PART && shared.len() >= STRONG_WORDS);
        let strength = if has_code || is_much { Strength::Strong } else { Strength::Weak };
        shared.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let shared = shared.into_iter().take(MOST_SHARED).map(|(_, word)| word.shown.clone()).collect();
        let found = Match { kind: entry.kind, name: entry.name.clone(), title: entry.title.clone(), shared, strength };
        Some(Scored { score: score * kind * part.sqrt() * (1.0 + known.titled * known.titled * TITLED), found })
    }
}

#[cfg(test)]
mod tests;
