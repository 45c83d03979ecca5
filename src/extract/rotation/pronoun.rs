//! Sides that are pronouns: "dumping them".

use crate::model::Sentence;

use super::group::Side;
use super::phrase::Phrase;
use super::words::Reader;

impl Reader<'_> {
    /// The group that a pronoun at `at` speaks of: the last one before it, in
    /// its sentence or in the one before.
    pub(super) fn antecedent(&self, at: usize) -> Option<(Side, usize)> {
        let view = self.view;
        let alone = view.is_one_of(at, &["them", "those", "these"])
            && (!view.is_word(at + 1)
                || view.is_one_of(at + 1, &["and", "to", "into", "for", "in", "toward", "as", "while", "now"]));
        if !alone {
            return None;
        }
        let here = self.last_group(at).map(|p| self.single(&p, "rotation.them"));
        let side = here.or_else(|| self.group_before())?;
        let span = Some((at, at + 1));
        Some((Side { span, ..side }, at + 1))
    }

    /// The last group of several before `end`.
    fn last_group(&self, end: usize) -> Option<Phrase> {
        let mut last: Option<Phrase> = None;
        let mut at = self.sentence.first;
        while at < end {
            // "who liked software stocks": the verb is no part of the group.
            if at > self.sentence.first && self.view.is_one_of(at - 1, &["who", "that", "which", "to"]) {
                at += 1;
                continue;
            }
            match self.phrase(at, end).filter(|p| self.plural(p.head - 1) && !self.is_owner(p)) {
                Some(found) => {
                    at = found.next.max(at + 1);
                    last = Some(found);
                }
                None => at += 1,
            }
        }
        last
    }

    fn is_owner(&self, phrase: &Phrase) -> bool {
        self.words.iter().any(|w| w.word == crate::lexicon::RotationWord::Owner && w.end == phrase.head)
    }

    fn group_before(&self) -> Option<Side> {
        let sentences: &[Sentence] = &self.view.text.sentences;
        let here = sentences.partition_point(|s| s.first < self.sentence.first);
        let before = here.checked_sub(1).and_then(|i| sentences.get(i))?;
        let reader = Reader::plain_words(self.view, before);
        let phrase = reader.last_group(before.end)?;
        Some(reader.single(&phrase, "rotation.them"))
    }
}
