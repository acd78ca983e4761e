//! Bargaining over one item: refusals with their numbers, agreement and how it came about.

use crate::domain::{Inducement, ItemId, PORTION, Portion, Quantity, at_least};
use crate::drivers::Step;
use crate::kernel::{Assessment, Entry, Way};

use super::Detail;
use super::names::Names;
use super::story::{Section, Story};
use super::words::{count, hidden, odds};

impl Story<'_> {
    /// The turn of an item.
    pub(super) fn bargaining(&mut self, item: ItemId, step: &Step) {
        let section = Section::Track(self.world().item(item).track);
        self.plain(section, step);
    }

    /// What the bargaining over an item came to in this step.
    pub(super) fn bargained(&mut self, section: Section, item: ItemId, step: &Step) {
        for entry in &step.entries {
            match *entry {
                Entry::Contested { item: about, closest, moved_by } if about == item => {
                    self.remember_obstacle(step.round, item, closest, &step.entries);
                    let (item_title, option) = (self.item(item), self.option(item, closest));
                    let text = match moved_by {
                        Some(seat) => format!(
                            "{item_title}: no agreement. The motion of {}, {option}, was voted down",
                            self.seat(seat)
                        ),
                        None => format!("{item_title}: no agreement. What came closest was {option}"),
                    };
                    self.tell(section, Detail::Normal, text);
                    self.views(item, step, Detail::Full, None);
                }
                Entry::Agreed { item: about, option, way } if about == item => {
                    let (title, option) = (self.item(item), self.option(item, option));
                    let how = self.way(way);
                    self.obstacles[item.at()] = None;
                    self.tell(section, Detail::Brief, format!("{title}: agreed on {option}"))
                        .remark(Detail::Normal, how);
                    self.views(item, step, Detail::Normal, Some(way));
                }
                Entry::Doubts { item: about, seat, needs, sees, reopened } if about == item => {
                    let c = self.compare(needs, sees, needs.min(self.model.worth.seats[seat.at()].total));
                    let (title, who) = (self.item(item), self.seat(seat));
                    let (detail, end) = if reopened {
                        (Detail::Brief, "it was reopened")
                    } else {
                        (Detail::Normal, "it stayed agreed")
                    };
                    let why = format!(
                        "{who} needed {} points from all that was settled so far and saw {}; odds of reopening: {}",
                        c.needs,
                        c.sees,
                        odds(self.model.odds.reopen)
                    );
                    self.tell(section, detail, format!("{title}: {who} had second thoughts; {end}"))
                        .remark(Detail::Normal, why);
                }
                _ => {}
            }
        }
    }

    /// Adds how the seats saw the option to what was told last; acceptances from `accepted` on.
    fn views(&mut self, item: ItemId, step: &Step, accepted: Detail, way: Option<Way>) {
        for entry in &step.entries {
            if let Entry::View { item: about, assessment, accepts, .. } = entry
                && *about == item
            {
                let mut text = self.view(assessment, *accepts);
                if let Some(way) = way.filter(|_| !accepts) {
                    text = format!("{text}{}", self.despite(assessment, way));
                }
                let detail = if *accepts { accepted } else { Detail::Normal };
                if let Some(told) = self.told.last_mut() {
                    told.remark(detail, text);
                }
            }
        }
    }

    /// One seat's view of a package.
    pub(super) fn view(&self, a: &Assessment, accepts: bool) -> String {
        let who = self.seat(a.seat);
        if !a.present {
            return format!("{who} could not agree to anything: no delegation in the room");
        }
        if a.red_line {
            return format!("{who} refused at any price: a red line");
        }
        if hidden(a.needs) {
            return format!("{who} {}", if accepts { "found it acceptable" } else { "did not accept it" });
        }
        let c = if accepts { self.rank(a.needs, a.sees, a.of) } else { self.compare(a.needs, a.sees, a.of) };
        let numbers =
            format!("{who} needed {} of {} points on this package and saw {}", c.needs, c.of, c.sees);
        match (accepts, a.needs > a.sees) {
            (true, _) => format!("{numbers}: acceptable"),
            (false, true) => format!("{numbers}: {} short", c.gap),
            (false, false) => format!("{numbers}: no more than was needed, and more is asked here"),
        }
    }

    /// Why an option was agreed although a seat did not see enough in it.
    fn despite(&self, a: &Assessment, way: Way) -> String {
        if hidden(a.needs) {
            return String::new();
        }
        let d = &self.model.world.dynamics.mediation;
        let gap = a.needs - a.sees;
        let eased =
            |margin: u8| a.present && !a.red_line && gap <= at_least(Portion::from(margin) * PORTION, a.of);
        let points = |n: u8| count(u64::from(n), "point", "points");
        match way {
            Way::Formula(_) if eased(d.face_saving) => {
                format!(", no more than the {} of face saved", points(d.face_saving))
            }
            Way::Manipulation(m, p)
                if p == self.world().seat(a.seat).party
                    && self.world().mediator(m).inducement == Inducement::Carrot
                    && eased(d.carrot) =>
            {
                format!(", no more than the {} of the inducement", points(d.carrot))
            }
            _ => "; others were enough to settle it".into(),
        }
    }

    /// How agreement came about.
    fn way(&self, way: Way) -> String {
        let d = &self.model.world.dynamics.mediation;
        let points = |n: u8| count(u64::from(n), "point", "points");
        match way {
            Way::Balance => {
                "a mediator's balance: of what could be accepted, the option with the best product \
                             of gains over the parties' alternatives"
                    .into()
            }
            Way::Proposal(seat) => {
                format!(
                    "proposed by {}: the proposer's favourite among what could be accepted",
                    self.seat(seat)
                )
            }
            Way::Vote(seat) => format!("moved by {} and carried by vote", self.seat(seat)),
            Way::Package(seat) => {
                format!("part of the package that {} offered and all others accepted", self.seat(seat))
            }
            Way::Text(mediator) => {
                format!("part of the text of {}, to which all said yes", self.mediator(mediator))
            }
            Way::Formula(mediator) => format!(
                "a formula of {}, weighed on mandates as planned: a way of saving face eased what everybody needed by {} for this turn",
                self.mediator(mediator),
                points(d.face_saving)
            ),
            Way::Manipulation(mediator, party) => {
                let (mediator_name, party) = (self.mediator(mediator), self.party(party));
                match self.world().mediator(mediator).inducement {
                    Inducement::Stick => format!(
                        "settled under pressure of {mediator_name} on {party}: it counts as imposed, and \
                         promises that were imposed are likelier to be broken"
                    ),
                    Inducement::Carrot => format!(
                        "settled by an inducement of {mediator_name} to {party} worth {}: it counts as \
                         imposed, and promises that were imposed are likelier to be broken",
                        points(d.carrot)
                    ),
                }
            }
        }
    }

    /// A level that a quantity has now, in words.
    pub(super) fn now(&self, quantity: Quantity) -> String {
        super::names::level(self.get(quantity))
    }
}
