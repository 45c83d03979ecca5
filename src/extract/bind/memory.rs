//! Memory: what the document has said so far, for pronouns and figures that
//! come back.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::lexicon::WordHasher;
use crate::model::{EntityType, Kind, Metric};

use super::bound::Bound;
use super::scene::Shared;
use super::thread::Thread;

/// What has been said so far.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// Subjects of the last figure, or the last names that governed a sentence.
    last: Vec<Shared>,
    /// The last single company or fund.
    company: Option<Shared>,
    /// The last index.
    index: Option<Shared>,
    /// The last group, sector or list.
    group: Vec<Shared>,
    /// Paragraph in which `last` was said.
    paragraph: usize,
    /// The names of the last sentence that had any, in their order.
    named: Vec<Shared>,
    /// Names of the current heading or row header.
    heading: Vec<Shared>,
    /// The document's main company: the one its title names alone.
    main: Option<Shared>,
    /// Metric of the last figure of the paragraph.
    metric: Option<(Metric, usize)>,
    /// Capital expenditure has been spoken of.
    capex: bool,
    /// The measure that the title or the current heading names.
    topic: Option<Metric>,
    /// The last person or firm that was quoted.
    speaker: Option<String>,
    /// The amounts of money of the sentence before.
    previous: Vec<Bound>,
    /// What the paragraph's moves are measured from.
    pub thread: Thread,
    /// The quarter the document reports on: the last that was named.
    quarter: Option<String>,
    /// The first figures bound of each value, unit and kind, by value.
    seen: HashMap<u64, Vec<Bound>, BuildHasherDefault<WordHasher>>,
    /// How many figures were bound.
    kept: usize,
}

impl Memory {
    /// A heading: what it names holds for the rows below it; the title's one
    /// company is what the document is about.
    pub fn heading(&mut self, names: &[Shared], title: bool) {
        self.heading = names.to_vec();
        let mut companies = names.iter().filter(|s| s.kind == EntityType::Company);
        if let (true, Some(one), None) = (title, companies.next(), companies.next()) {
            self.main = Some(one.clone());
        }
    }

    /// Names that governed a sentence, with or without a figure.
    pub fn said(&mut self, subjects: &[Shared], paragraph: usize) {
        if subjects.is_empty() {
            return;
        }
        self.last.clear();
        self.last.extend_from_slice(subjects);
        self.paragraph = paragraph;
        match subjects {
            [one] if one.kind == EntityType::Company => self.company = Some(one.clone()),
            [one] if one.kind == EntityType::Index => self.index = Some(one.clone()),
            many => {
                self.group.clear();
                self.group.extend_from_slice(many);
            }
        }
    }

    /// The names of a sentence, in their order, each once.
    pub fn named(&mut self, names: &[Shared]) {
        self.named.clear();
        for name in names {
            if !self.named.contains(name) {
                self.named.push(name.clone());
            }
        }
    }

    /// The two names of the last sentence that had names, where it had two.
    pub fn two(&self) -> Option<(&Shared, &Shared)> {
        match self.named.as_slice() {
            [former, latter] => Some((former, latter)),
            _ => None,
        }
    }

    /// A title or heading names what the figures below it measure.
    pub fn about_metric(&mut self, metric: Option<Metric>, title: bool) {
        if metric.is_some() || !title {
            self.topic = metric.or(self.topic);
        }
    }

    /// What the title or the last heading that named a measure named.
    pub fn topic(&self) -> Option<Metric> {
        self.topic
    }

    /// The document speaks of capital expenditure.
    pub fn speaks_of_capex(&mut self) {
        self.capex = true;
    }

    /// Whether it has spoken of capital expenditure.
    pub fn capex(&self) -> bool {
        self.capex
    }

    /// Who was quoted last.
    pub fn speaker(&self) -> Option<&str> {
        self.speaker.as_deref()
    }

    /// Somebody is quoted.
    pub fn spoke(&mut self, name: &str) {
        self.speaker = Some(name.to_string());
    }

    /// The amounts of money of the last sentence that had any figure.
    pub fn previous(&self) -> &[Bound] {
        &self.previous
    }

    /// Keeps what a sentence's figures say of money.
    pub fn sentence(&mut self, bounds: &[Bound]) {
        if !bounds.is_empty() {
            self.previous = bounds.iter().filter(|b| b.kind == Kind::Money).map(Bound::kept).collect();
        }
    }

    /// A quarter is named.
    pub fn quarter_named(&mut self, norm: &str) {
        self.quarter = Some(norm.to_string());
    }

    /// The quarter that was named last.
    pub fn quarter(&self) -> Option<&str> {
        self.quarter.as_deref()
    }

    /// The company that a document is about.
    pub fn about(&mut self, company: Shared) {
        self.main.get_or_insert(company);
    }

    /// Keeps a bound figure.
    pub fn keep(&mut self, value: Option<f64>, bound: &Bound, paragraph: usize) {
        if let Some(metric) = bound.metric {
            self.metric = Some((metric, paragraph));
        }
        if let Some(value) = value
            && self.kept < 4000
            && !bound.subjects.is_empty()
        {
            self.kept += 1;
            let seen = self.seen.entry(value.to_bits()).or_default();
            if seen.iter().all(|b| b.kind != bound.kind || b.unit != bound.unit) {
                seen.reserve_exact(1);
                seen.push(bound.kept());
            }
        }
    }

    /// The first figure of the same value, unit and kind.
    pub fn same(&self, value: Option<f64>, unit: Option<&str>, kind: Kind) -> Option<&Bound> {
        let seen = self.seen.get(&value?.to_bits())?;
        seen.iter().find(|b| b.kind == kind && b.unit.is_some() && b.unit.as_deref() == unit)
    }

    /// The metric of the figure before, in this paragraph or the one before.
    pub fn metric_near(&self, paragraph: usize) -> Option<Metric> {
        self.metric.filter(|(_, p)| p + 1 >= paragraph).map(|(m, _)| m)
    }

    /// Subjects of the statement before, if it was near.
    pub fn last(&self, paragraph: usize) -> Option<&[Shared]> {
        (!self.last.is_empty() && paragraph <= self.paragraph + 1).then_some(self.last.as_slice())
    }

    pub fn company(&self) -> Option<&Shared> {
        self.company.as_ref().or(self.main.as_ref())
    }

    pub fn index(&self) -> Option<&Shared> {
        self.index.as_ref()
    }

    pub fn group(&self) -> Option<&[Shared]> {
        (!self.group.is_empty()).then_some(self.group.as_slice())
    }

    pub fn heading_names(&self) -> &[Shared] {
        &self.heading
    }

    pub fn main(&self) -> Option<&Shared> {
        self.main.as_ref()
    }
}
