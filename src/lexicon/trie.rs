//! Trie: all phrases of all lists, found in one pass over a text.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::vocab::{WordHasher, WordId};

/// One meaning of a phrase: the list it stands in and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sense {
    /// The list.
    pub list: List,
    /// The entry's place in the list.
    pub index: u32,
}

/// The word lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum List {
    Number,
    Scale,
    Currency,
    Unit,
    Hedge,
    Metric,
    Movement,
    Period,
    Baseline,
    Cue,
    Rotation,
    Entity,
}

impl List {
    /// How many there are.
    pub(crate) const COUNT: u32 = List::Entity as u32 + 1;

    /// Whether a surface may stand in the list with several meanings.
    pub fn may_repeat(self) -> bool {
        matches!(self, List::Entity | List::Movement | List::Cue | List::Rotation)
    }
}

/// A phrase found in a text: tokens `first..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// What it means.
    pub sense: Sense,
}

/// Phrases as paths of word numbers.
#[derive(Debug, Default)]
pub struct Trie {
    /// Children of the root by word number; 0 = none.
    roots: Vec<u32>,
    /// Node and word → child.
    edges: HashMap<u64, u32, BuildHasherDefault<WordHasher>>,
    nodes: Vec<Node>,
    /// Senses, each with the place of the next one of its phrase; 0 = none.
    senses: Vec<(Sense, u32)>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// The [`bit`]s of its children's words.
    next: u64,
    /// Place of its first sense, counted from 1; 0 = none.
    first: u32,
}

/// One of 64 bits, by the word.
fn bit(word: WordId) -> u64 {
    1 << (word.0.wrapping_mul(0x9E37_79B9) >> 26)
}

fn edge(node: u32, word: WordId) -> u64 {
    u64::from(node) << 32 | u64::from(word.0)
}

impl Trie {
    /// Adds a phrase; a second sense for the same phrase is kept beside the first.
    pub fn insert(&mut self, words: &[WordId], sense: Sense) {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let Some((first, rest)) = words.split_first() else { return };
        let slot = first.0 as usize;
        if self.roots.len() <= slot {
            self.roots.resize(slot + 1, 0);
        }
        if self.roots[slot] == 0 {
            self.roots[slot] = self.nodes.len() as u32;
            self.nodes.push(Node::default());
        }
        let mut node = self.roots[slot];
        for word in rest {
            let fresh = self.nodes.len() as u32;
            let next = *self.edges.entry(edge(node, *word)).or_insert(fresh);
            if next == fresh {
                self.nodes.push(Node::default());
            }
            self.nodes[node as usize].next |= bit(*word);
            node = next;
        }
        let mut last = 0;
        let mut at = self.nodes[node as usize].first;
        while at != 0 {
            if self.senses[at as usize - 1].0 == sense {
                return;
            }
            last = at;
            at = self.senses[at as usize - 1].1;
        }
        self.senses.push((sense, 0));
        let place = self.senses.len() as u32;
        match last {
            0 => self.nodes[node as usize].first = place,
            last => self.senses[last as usize - 1].1 = place,
        }
    }

    /// The senses of exactly this phrase.
    pub fn senses(&self, words: &[WordId]) -> impl Iterator<Item = &Sense> {
        self.of(self.node(words).unwrap_or_default())
    }

    /// The node of exactly this phrase.
    fn node(&self, words: &[WordId]) -> Option<Node> {
        let (first, rest) = words.split_first()?;
        let mut node = self.roots.get(first.0 as usize).copied().filter(|n| *n != 0)?;
        for word in rest {
            node = *self.edges.get(&edge(node, *word))?;
        }
        self.nodes.get(node as usize).copied()
    }

    /// The senses of a node, in the order they were added.
    fn of(&self, node: Node) -> impl Iterator<Item = &Sense> {
        let mut at = node.first;
        std::iter::from_fn(move || {
            let (sense, next) = self.senses.get(at.checked_sub(1)? as usize)?;
            at = *next;
            Some(sense)
        })
    }

    /// Every phrase of every list in `words`, ordered by first token, shorter
    /// before longer; phrases may overlap.
    pub fn scan(&self, words: &[WordId], hits: &mut Vec<Hit>) {
        for (first, word) in words.iter().enumerate() {
            let Some(mut node) = self.roots.get(word.0 as usize).copied().filter(|n| *n != 0) else { continue };
            let mut end = first + 1;
            loop {
                let here = self.nodes[node as usize];
                if here.first != 0 {
                    hits.extend(self.of(here).map(|sense| Hit { first, end, sense: *sense }));
                }
                let known = words.get(end).filter(|w| **w != WordId::UNKNOWN && here.next & bit(**w) != 0);
                let Some(next) = known.and_then(|w| self.edges.get(&edge(node, *w))) else { break };
                node = *next;
                end += 1;
            }
        }
    }
}
