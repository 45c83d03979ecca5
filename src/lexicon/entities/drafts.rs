//! Drafts: entities and their names while the lists are read; who gets a name
//! that several claim.

use std::collections::HashMap;

use super::lookalikes::Lookalikes;
use super::{Bare, Entities, Entity, EntityId, Firm, Name, Symbol, Written};
use crate::model::{EntityType, Shape, TokenKind, Tokens};

/// How strong a claim to a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// First word of a longer name.
    Short,
    /// Name of a company that is traded over the counter.
    Minor,
    /// Registered name without its legal form.
    Registered,
    /// Written in a list by hand.
    Listed,
}

struct Draft {
    entity: EntityId,
    surface: String,
    claim: Claim,
    firm: Firm,
    file: &'static str,
}

/// What is read so far.
#[derive(Default)]
pub(super) struct Drafts {
    pub(super) list: Vec<Entity>,
    pub(super) by_ticker: HashMap<String, EntityId>,
    pub(super) families: Vec<String>,
    names: Vec<Draft>,
    symbols: Vec<(String, Symbol)>,
}

/// The table, and the names that go into the trie.
pub(super) struct Finished {
    pub(super) table: Entities,
    pub(super) surfaces: Vec<(Name, String, &'static str)>,
}

impl Entity {
    /// An entity of that kind and name, and nothing else.
    pub(super) fn new(kind: EntityType, canonical: &str) -> Self {
        Self {
            canonical: canonical.into(),
            ticker: None,
            exchange: None,
            cik: None,
            kind,
            listed: None,
            until: None,
            former: Vec::new(),
            outlet: false,
            broker: false,
            members: Vec::new(),
        }
    }
}

impl Drafts {
    pub(super) fn push(&mut self, entity: Entity) -> EntityId {
        let id = EntityId(self.list.len() as u32);
        if let Some(ticker) = &entity.ticker {
            self.by_ticker.entry(ticker.to_string()).or_insert(id);
        }
        self.list.push(entity);
        id
    }

    pub(super) fn name(&mut self, file: &'static str, entity: EntityId, surface: &str, claim: Claim, firm: Firm) {
        self.names.push(Draft { entity, surface: surface.to_string(), claim, firm, file });
    }

    /// `printed` is how it stands in texts, `ticker` what records give.
    pub(super) fn symbol(&mut self, printed: &str, ticker: &str, entity: EntityId, until: Option<&str>) {
        let symbol = Symbol { ticker: ticker.into(), entity, bare: Bare::Evidence, until: until.map(Into::into) };
        self.symbols.push((printed.to_string(), symbol));
    }

    /// Another share class, shown under the main ticker.
    pub(super) fn class(&mut self, printed: &str, ticker: &str, entity: EntityId) {
        self.symbol(printed, ticker, entity, None);
        let plain = printed.replace('.', "");
        if plain != printed {
            self.symbol(&plain, ticker, entity, None);
        }
    }

    /// Settles who owns each name and how tickers are believed.
    pub(super) fn finish(self, looks: &Lookalikes) -> Finished {
        let mut table = Entities { list: self.list, ..Entities::default() };
        for family in self.families {
            table.families.insert(family.into_boxed_str(), ());
        }
        for (printed, mut symbol) in self.symbols {
            let kind = table.list.get(symbol.entity.0 as usize).map(|e| e.kind);
            symbol.bare = looks.bare(&printed, kind);
            let slot = table.symbols.entry(printed.into_boxed_str()).or_default();
            match slot.iter_mut().find(|s| s.entity == symbol.entity) {
                Some(known) => *known = symbol,
                None => slot.push(symbol),
            }
        }
        let kinds = &table.list;
        for slot in table.symbols.values_mut().filter(|s| s.len() > 1) {
            slot.sort_by_key(|s| (s.until.is_some(), kinds.get(s.entity.0 as usize).map_or(9, |e| rank(e.kind))));
        }
        let mut owners: HashMap<String, Vec<usize>> = HashMap::with_capacity(self.names.len());
        for (i, draft) in self.names.iter().enumerate() {
            owners.entry(draft.surface.to_lowercase()).or_default().push(i);
        }
        let mut surfaces = Vec::with_capacity(owners.len());
        for (i, draft) in self.names.iter().enumerate() {
            let Some(claims) = owners.get(&draft.surface.to_lowercase()) else { continue };
            if let Some(name) = settle(i, claims, &self.names, looks, &mut table) {
                surfaces.push((name, draft.surface.clone(), draft.file));
            }
        }
        Finished { table, surfaces }
    }
}

/// Whose ticker it rather is, when several have it.
fn rank(kind: EntityType) -> u8 {
    match kind {
        EntityType::Crypto => 0,
        EntityType::Company => 1,
        EntityType::Etf => 2,
        _ => 3,
    }
}

/// The name of draft `i`, when it is the first of its surface and one entity owns that.
fn settle(i: usize, claims: &[usize], drafts: &[Draft], looks: &Lookalikes, table: &mut Entities) -> Option<Name> {
    if claims.first() != Some(&i) {
        return None;
    }
    let strongest = claims.iter().map(|c| drafts[*c].claim).max()?;
    let mut owner: Option<&Draft> = None;
    let mut written: Option<Written> = None;
    for draft in claims.iter().map(|c| &drafts[*c]).filter(|d| d.claim == strongest) {
        match owner {
            Some(first) if first.entity != draft.entity => return None,
            _ => owner = Some(draft),
        }
        let here = self::written(&draft.surface);
        let both = written.map_or(here, |w| Written { capital: w.capital & here.capital, upper: w.upper & here.upper });
        written = Some(both);
    }
    let owner = owner?;
    let kind = table.list.get(owner.entity.0 as usize).map(|e| e.kind)?;
    let company = kind == EntityType::Company;
    let firm = if company { looks.firm(&owner.surface).unwrap_or(owner.firm) } else { owner.firm };
    let blocked = looks.blocked.get(&owner.surface).map(|words| {
        table.blocked.push(words.iter().map(|w| w.as_str().into()).collect());
        table.blocked.len() as u32 - 1
    });
    Some(Name { entity: owner.entity, firm, written: written?, blocked })
}

/// How a name must be written, from how it stands in the list.
pub(super) fn written(surface: &str) -> Written {
    let tokens = Tokens::new(surface);
    let mut out = Written::default();
    for (i, token) in tokens.list().iter().enumerate().take(32) {
        match token.shape {
            Shape::Upper if token.kind == TokenKind::Word => {
                out.upper |= 1 << i;
                out.capital |= 1 << i;
            }
            Shape::Title => out.capital |= 1 << i,
            _ => {}
        }
    }
    if out.capital == 0 && tokens.list().iter().any(|t| t.shape == Shape::Mixed) {
        out.capital = 1;
    }
    out
}
