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
    /// Whether a surface may stand in the list with several meanings.
    pub fn may_repeat(self) -> bool {
        matches!(self, List::Entity | List::Movement | List::Cue)
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
    edges: HashMap<(u32, u32), u32, BuildHasherDefault<WordHasher>>,
    /// Per node: whether it has children, and its senses.
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    inner: bool,
    senses: Vec<Sense>,
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
            let next = *self.edges.entry((node, word.0)).or_insert(fresh);
            if next == fresh {
                self.nodes.push(Node::default());
            }
            self.nodes[node as usize].inner = true;
            node = next;
        }
        let senses = &mut self.nodes[node as usize].senses;
        if !senses.contains(&sense) {
            senses.push(sense);
        }
    }

    /// The senses of exactly this phrase.
    pub fn senses(&self, words: &[WordId]) -> &[Sense] {
        let Some((first, rest)) = words.split_first() else { return &[] };
        let Some(mut node) = self.roots.get(first.0 as usize).copied().filter(|n| *n != 0) else { return &[] };
        for word in rest {
            match self.edges.get(&(node, word.0)) {
                Some(next) => node = *next,
                None => return &[],
            }
        }
        &self.nodes[node as usize].senses
    }

    /// Every phrase of every list in `words`, ordered by first token, shorter
    /// before longer; phrases may overlap.
    pub fn scan(&self, words: &[WordId], hits: &mut Vec<Hit>) {
        for (first, word) in words.iter().enumerate() {
            let Some(mut node) = self.roots.get(word.0 as usize).copied().filter(|n| *n != 0) else { continue };
            let mut end = first + 1;
            loop {
                let here = &self.nodes[node as usize];
                hits.extend(here.senses.iter().map(|sense| Hit { first, end, sense: *sense }));
                if !here.inner {
                    break;
                }
                let Some(next) = words.get(end).and_then(|w| self.edges.get(&(node, w.0))) else { break };
                node = *next;
                end += 1;
            }
        }
    }
}
