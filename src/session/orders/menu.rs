//! A role's orders as finite menus, one for each field of its sheet, for whoever has to pick from a list.

use crate::domain::{ItemId, Model, OptionId, PartyId};
use crate::drivers::decider::Decider;
use crate::kernel::State;

use super::field::{Kind, Topic, comes_up, topics};
use super::sheet::Sheet;

/// Steps between the shares of 100 that a menu offers.
const STEP: u8 = 10;

/// The menu of one field. Its first entry leaves the field to the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What it decides.
    pub topic: Topic,
    /// The key of the field.
    pub key: String,
    /// What each entry writes into the field; the first nothing.
    pub entries: Vec<Vec<String>>,
    /// Which entries can ever be picked: not those beyond the party's own red lines.
    allowed: Vec<bool>,
}

/// Everything that a role can order, as menus in the order of its sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    /// Whose.
    pub role: Decider,
    /// One for each field that its sheet can ever have.
    pub groups: Vec<Group>,
}

/// Picks that are on no menu.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OffMenu {
    /// More or fewer picks than menus.
    #[error("there are {given} picks; this role has {groups} menus, and takes one from each")]
    Count {
        /// How many there are.
        given: usize,
        /// How many there should be.
        groups: usize,
    },
    /// No such entry.
    #[error("`{key}` has entries 0 to {last}, not {given}")]
    Entry {
        /// The field.
        key: String,
        /// The last entry.
        last: usize,
        /// What was picked.
        given: i64,
    },
}

impl Menu {
    /// The menus of a role; none where it decides nothing.
    pub fn of(model: &Model, role: Decider) -> Self {
        let groups = topics(model, role).into_iter().map(|topic| group(model, role, topic)).collect();
        Self { role, groups }
    }

    /// How many entries all menus have together.
    pub fn entries(&self) -> usize {
        self.groups.iter().map(|g| g.entries.len()).sum()
    }

    /// Which entries are open in the round to come, menu by menu: of a field that cannot come up the first alone. `known` holds what the
    /// role may know, and nothing else.
    pub fn open<'a>(&'a self, model: &'a Model, known: &'a State) -> impl Iterator<Item = bool> + 'a {
        self.groups.iter().flat_map(move |group| {
            let comes = comes_up(model, known, group.topic);
            group.allowed.iter().enumerate().map(move |(k, allowed)| k == 0 || (comes && *allowed))
        })
    }

    /// The sheet that picks from the menus come to, one from each. What is not open when its choice comes is done as the model would,
    /// as with any sheet.
    ///
    /// # Errors
    /// When there are more or fewer picks than menus, or one is no entry.
    pub fn sheet(&self, picks: &[i64]) -> Result<Sheet, OffMenu> {
        if picks.len() != self.groups.len() {
            return Err(OffMenu::Count { given: picks.len(), groups: self.groups.len() });
        }
        let mut sheet = Sheet::default();
        for (group, pick) in self.groups.iter().zip(picks) {
            let entry = usize::try_from(*pick).ok().and_then(|k| group.entries.get(k));
            let words = entry.ok_or_else(|| OffMenu::Entry {
                key: group.key.clone(),
                last: group.entries.len() - 1,
                given: *pick,
            })?;
            sheet.set(&group.key, words.clone());
        }
        Ok(sheet)
    }
}

fn group(model: &Model, role: Decider, topic: Topic) -> Group {
    let alone = |words: Vec<String>| words.into_iter().map(|word| vec![word]).collect::<Vec<_>>();
    let choices = match topic.kind(model) {
        Kind::Share => (0..=100 / STEP).map(|k| vec![(k * STEP).to_string()]).collect(),
        Kind::One(words) | Kind::Ranked(words) | Kind::Moves(words, _) => alone(words),
        Kind::Several(words) => {
            let all = words.clone();
            [alone(words), vec![all]].concat()
        }
    };
    let entries: Vec<Vec<String>> = std::iter::once(Vec::new()).chain(choices).collect();
    let allowed = match (topic, role) {
        (Topic::Accept(_, i) | Topic::Motion(_, i) | Topic::Offer(_, i), Decider::Party(p)) => {
            within(model, p, i, entries.len())
        }
        _ => vec![true; entries.len()],
    };
    Group { topic, key: topic.key(model), entries, allowed }
}

/// The entries that name no option beyond the party's red lines; all where there is nothing else.
fn within(model: &Model, party: PartyId, item: ItemId, entries: usize) -> Vec<bool> {
    let options = model.world.item(item).options.len();
    let red = |option: usize| model.worth.never_accepts(party, item, OptionId::new(option));
    let all = (0..options).all(red);
    (0..entries).map(|entry| entry == 0 || entry > options || all || !red(entry - 1)).collect()
}
