//! What happens outside the room: fronts, spoilers, backers, observers, events, and what parties bear.

use crate::domain::{BackerId, EventId, FrontId, ObserverId, PartyId, Quantity, SpoilerId};
use crate::drivers::Step;
use crate::kernel::{Cause, Entry};

use super::Detail;
use super::names::{Names, intensity, name};
use super::story::{Section, Story};
use super::words::{capital, clean, odds, sentence};

impl Story<'_> {
    /// Fighting at a front.
    pub(super) fn fighting(&mut self, front: FrontId, step: &Step) {
        let place = capital(&self.front(front));
        for entry in &step.entries {
            let (detail, text) = match *entry {
                Entry::Changed { quantity: Quantity::Intensity(_), from, to, .. } => {
                    let verb = if to > from { "rose" } else { "fell" };
                    let change = format!("{verb} from {} to {}", intensity(from), intensity(to));
                    (Detail::Normal, format!("{place}: fighting {change}"))
                }
                Entry::Presses { party, odds: o, intensity: to, .. } => {
                    let who = self.party(party);
                    (
                        Detail::Normal,
                        format!(
                            "{place}: {who} pressed, and fighting rose to {} (odds {})",
                            intensity(to),
                            odds(o)
                        ),
                    )
                }
                Entry::BeatenBack { party, odds: o, .. } => {
                    let who = self.party(party);
                    (Detail::Brief, format!("{place}: {who} beat the other side back (odds {})", odds(o)))
                }
                Entry::Captured { from, to, odds: o, .. } => {
                    let (from, to) = (self.party(from), self.party(to));
                    (Detail::Brief, format!("{place}: {to} took the place from {from} (odds {})", odds(o)))
                }
                Entry::Repelled { attacker, odds: o, .. } => {
                    let who = self.party(attacker);
                    (
                        Detail::Normal,
                        format!("{place}: the offensive of {who} did not succeed (odds {})", odds(o)),
                    )
                }
                _ => continue,
            };
            self.tell(Section::Ground, detail, text);
        }
    }

    /// A spoiler attacks or holds its fire.
    pub(super) fn spoiling(&mut self, id: SpoilerId, step: &Step) {
        let who = self.spoiler(id);
        let spoiler = self.world().spoiler(id);
        let attack = step.entries.iter().find_map(|e| match *e {
            Entry::Attacks { odds, near, .. } => Some((odds, near)),
            _ => None,
        });
        let Some((o, near)) = attack else { return self.plain(Section::Ground, step) };
        let victim = spoiler.victim.map(|p| format!(" {}", self.party(p))).unwrap_or_default();
        let odds = odds(o);
        let why = if near {
            format!("odds {odds}: a text it opposes was near or signed")
        } else {
            format!("odds {odds}")
        };
        let why = why.replace("it opposes", "that this group opposes");
        let blamed =
            (self.get(Quantity::Blame(id)) == 1).then_some(spoiler.victim.zip(spoiler.blamed_on)).flatten();
        let mut remarks = Vec::new();
        if let Some((victim, party)) = blamed {
            let trust = Quantity::Trust(victim, party);
            let lowest = self.knows(trust) && self.get(trust) == 0;
            let mut text = format!("{} held {} responsible", self.party(victim), self.party(party));
            for entry in &step.entries {
                if let Entry::Changed { quantity, from, to, cause: Cause::Attack(_) } = *entry {
                    text = format!("{text}: {}", self.change(quantity, from, to));
                }
            }
            if lowest && !step.entries.iter().any(|e| matches!(e, Entry::Changed { .. })) {
                text.push_str("; trust was very low already");
            }
            remarks.push(text);
        }
        for entry in &step.entries {
            if let Entry::Changed { quantity: quantity @ Quantity::Strength(_), from, to, .. } = *entry {
                remarks.push(self.change(quantity, from, to));
            }
        }
        let told = self.tell(Section::Ground, Detail::Normal, format!("{who} attacked{victim} ({why})"));
        for remark in remarks {
            told.remark(Detail::Normal, remark);
        }
    }

    /// A backer draws back or not.
    pub(super) fn backing(&mut self, id: BackerId, step: &Step) {
        let strained = step.entries.iter().any(|e| matches!(e, Entry::Strained { .. }));
        for entry in &step.entries {
            match *entry {
                Entry::Strained { load, tolerance, withdraws, .. } => {
                    let who = self.backer(id);
                    let client = self.party(self.world().backer(id).supports);
                    let verb = if withdraws { "reduced support for" } else { "went on supporting" };
                    let detail = if withdraws { Detail::Brief } else { Detail::Normal };
                    let o = odds(self.model.odds.backer_withdraws);
                    let text = format!("in the model, {who} {verb} {client}");
                    let why = format!(
                        "exposure and pressure came to {load} levels, more than the {tolerance} tolerated \
                         (odds of drawing back: {o})"
                    );
                    self.tell(Section::Ground, detail, text).remark(Detail::Normal, why);
                }
                Entry::Changed { quantity, from, to, cause: Cause::Exposed } if strained => {
                    let change = self.change(quantity, from, to);
                    if let Some(told) = self.told.last_mut() {
                        told.remark(Detail::Normal, change);
                    }
                }
                _ => self.entry(Section::Ground, step, entry),
            }
        }
    }

    /// An observer reports.
    pub(super) fn observing(&mut self, id: ObserverId, step: &Step) {
        if !step.entries.iter().any(|e| matches!(e, Entry::Reports { .. })) {
            return;
        }
        let who = name(&self.world().observer(id).name);
        let mut parts = Vec::new();
        for entry in &step.entries {
            match *entry {
                Entry::Changed { quantity: Quantity::Exposure(b), from, to, .. } => {
                    let backer = self.backer(b);
                    let levels = (super::names::level(from), super::names::level(to));
                    parts.push(format!("exposure of {backer} rose from {} to {}", levels.0, levels.1));
                }
                Entry::Changed { quantity: Quantity::Blame(s), .. } => {
                    let party = self.world().spoiler(s).blamed_on.map(|p| self.party(p)).unwrap_or_default();
                    parts.push(format!(
                        "{party} turned out not to be behind the attacks of {}",
                        self.spoiler(s)
                    ));
                }
                Entry::Changed { quantity, from, to, .. } => parts.push(self.change(quantity, from, to)),
                _ => {}
            }
        }
        if parts.is_empty() {
            parts.push("nothing followed from it".into());
        }
        let told = self.tell(Section::Ground, Detail::Normal, format!("{who} reported"));
        for part in parts {
            told.remark(Detail::Normal, part);
        }
    }

    /// An event fires.
    pub(super) fn event(&mut self, id: EventId, step: &Step) {
        if !step.entries.iter().any(|e| matches!(e, Entry::Fires { .. })) {
            return;
        }
        let event = &self.model.world.events[id.at()];
        let title = clean(&event.name.title);
        let certain = event.odds >= 1.0;
        let chance = super::words::percent(event.odds);
        let mut parts = Vec::new();
        for entry in &step.entries {
            match *entry {
                Entry::Changed { quantity, from, to, .. } => {
                    parts.push((Detail::Normal, self.change(quantity, from, to)));
                }
                Entry::NoEffect { quantity, .. } => {
                    let text = format!("no effect on {}, as things stood", self.what(quantity));
                    parts.push((Detail::Full, text));
                }
                _ => {}
            }
        }
        // A reader who may not know everything that it bears on may not know that nothing changed.
        let all_known = event.effects.iter().all(|e| self.knows(e.target));
        if parts.is_empty() && !event.effects.is_empty() && all_known {
            parts.push((Detail::Normal, "nothing changed: what it bears on was at its limit already".into()));
        }
        if !certain {
            parts.push((
                Detail::Full,
                format!("the odds of it were {chance} in each round in which it could happen"),
            ));
        }
        let told = self.tell(Section::Events, Detail::Brief, sentence(&title));
        for (detail, part) in parts {
            told.remark(detail, part);
        }
        for entry in step.entries.iter().filter(|e| matches!(e, Entry::Item { .. })) {
            self.entry(Section::Events, step, entry);
        }
    }

    /// What heavy fighting did to a party, and pressure that fades.
    pub(super) fn enduring(&mut self, _party: PartyId, step: &Step) {
        for entry in &step.entries {
            match *entry {
                Entry::Changed { quantity, from, to, cause } => {
                    let change = self.change(quantity, from, to);
                    let text = match cause {
                        Cause::Fighting => format!("heavy fighting took its toll: {change}"),
                        Cause::Learning => format!("heavy fighting taught what it could bring: {change}"),
                        Cause::Recovery => format!("the fronts were calm: {change}"),
                        Cause::Kept => format!("promises were kept: {change}"),
                        Cause::Pressing(front) => {
                            format!("pressing at {} ended it: {change}", self.front(front))
                        }
                        _ => {
                            self.entry(Section::Toll, step, entry);
                            continue;
                        }
                    };
                    self.tell(Section::Toll, Detail::Normal, text);
                }
                _ => self.entry(Section::Toll, step, entry),
            }
        }
    }
}
