//! Whole packages: offers and answers, and a mediator's text.

use crate::domain::TrackId;
use crate::drivers::Step;
use crate::kernel::{Assessment, Entry};

use super::Detail;
use super::names::Names;
use super::story::{Section, Story};
use super::words::{hidden, list};

impl Story<'_> {
    /// A move in an exchange of offers.
    pub(super) fn offering(&mut self, track: TrackId, step: &Step) {
        let section = Section::Track(track);
        for entry in &step.entries {
            match *entry {
                Entry::Answers { assessment: a, accepts } => {
                    let what = if accepts {
                        "accepted the standing offer"
                    } else {
                        "turned the standing offer down"
                    };
                    let text = format!("{} {what}", self.seat(a.seat));
                    let why = self.package(&a, accepts);
                    let told = self.tell(section, Detail::Normal, text);
                    if !hidden(a.needs) {
                        told.remark(Detail::Normal, why);
                    }
                }
                Entry::Offers { assessment: a } => {
                    let c = self.rank(a.needs, a.sees, a.of);
                    let text = format!("{} offered {}", self.seat(a.seat), self.drafted(step));
                    let why = if a.sees >= a.needs {
                        format!(
                            "it aimed at {} of {} points on the whole agenda; the package left it {}",
                            c.needs, c.of, c.sees
                        )
                    } else {
                        let c = self.compare(a.needs, a.sees, a.of);
                        format!(
                            "its best package: it aimed at {} of {} points on the whole agenda, and no package gave it more than {}",
                            c.needs, c.of, c.sees
                        )
                    };
                    self.tell(section, Detail::Normal, text).remark(Detail::Normal, why);
                }
                Entry::Lapses { seat } => {
                    let text = format!("The offer of {} lapsed: no delegation in the room", self.seat(seat));
                    self.tell(section, Detail::Normal, text);
                }
                Entry::WalksAway { assessment: a, late } => {
                    let text = format!("{} walked out of the exchange of offers", self.seat(a.seat));
                    let c = self.compare(a.needs, a.sees, a.of);
                    let why = match (late, a.red_line) {
                        (true, _) => "its deadline had passed".into(),
                        (false, true) => "every package crossed a red line".into(),
                        (false, false) => format!(
                            "no agreement was worth {} of {} points on the whole agenda to it, its best package {}",
                            c.needs, c.of, c.sees
                        ),
                    };
                    self.tell(section, Detail::Brief, text).remark(Detail::Normal, why);
                }
                // Said with the reasons for it.
                Entry::Seat { .. } => {}
                _ => self.entry(section, step, entry),
            }
        }
        self.settled_whole(step);
    }

    /// The turn of a mediator's text.
    pub(super) fn texting(&mut self, track: TrackId, step: &Step) {
        let section = Section::Track(track);
        for entry in &step.entries {
            match *entry {
                Entry::Drafts { mediator } => {
                    let text = format!(
                        "{} laid a text before the parties: {}",
                        self.mediator(mediator),
                        self.drafted(step)
                    );
                    self.tell(section, Detail::Normal, text);
                }
                Entry::Revises { mediator, item, from, to, adopted } => {
                    let (from, to) = (self.option(item, from), self.option(item, to));
                    let end = if adopted { "all said yes" } else { "not all said yes" };
                    let text = format!(
                        "{} proposed to change {} in the text from {from} to {to}: {end}",
                        self.mediator(mediator),
                        self.item(item)
                    );
                    self.tell(section, Detail::Normal, text);
                }
                Entry::Presents { mediator, agreed } => {
                    let end = if agreed { "all said yes" } else { "not all said yes" };
                    let text =
                        format!("{} put the whole text to the parties: {end}", self.mediator(mediator));
                    self.tell(section, Detail::Normal, text);
                }
                Entry::Answers { assessment: a, accepts } => {
                    let why = self.package(&a, accepts);
                    let detail = if accepts { Detail::Full } else { Detail::Normal };
                    if let Some(told) = self.told.last_mut() {
                        told.remark(detail, why);
                    }
                }
                _ => self.entry(section, step, entry),
            }
        }
        self.settled_whole(step);
    }

    /// How a seat saw a package of the whole agenda.
    fn package(&self, a: &Assessment, accepts: bool) -> String {
        let who = self.seat(a.seat);
        if a.red_line {
            return format!("{who} refused at any price: a red line");
        }
        if hidden(a.needs) {
            return format!("{who} said {}", if accepts { "yes" } else { "no" });
        }
        let c = if accepts { self.rank(a.needs, a.sees, a.of) } else { self.compare(a.needs, a.sees, a.of) };
        let numbers =
            format!("{who} asked for {} of {} points on the whole agenda and saw {}", c.needs, c.of, c.sees);
        let verdict = if accepts { "acceptable" } else { "not enough" };
        format!("{numbers}: {verdict}")
    }

    /// The options of the offer or text of a step.
    fn drafted(&self, step: &Step) -> String {
        let options = step.entries.iter().filter_map(|e| match *e {
            Entry::Drafted { item, option } => {
                Some(format!("{} on {}", self.option(item, option), self.item(item)))
            }
            _ => None,
        });
        list(&options.collect::<Vec<_>>())
    }

    /// Nothing stands against items that are agreed.
    fn settled_whole(&mut self, step: &Step) {
        for entry in &step.entries {
            if let Entry::Agreed { item, .. } = entry {
                self.obstacles[item.at()] = None;
            }
        }
    }
}
