//! How the talks ended, and what each party has in hand.

use crate::domain::{InstrumentState, ItemId, ItemState, PartyId, Quantity, TrackId, World};
use crate::drivers::Step;
use crate::kernel::{Cause, Entry, holds, worth};
use crate::telling::Run;
use crate::text::writer::Writer;

use super::Detail;
use super::names::{Names, intensity};
use super::story::{Section, Story};
use super::turns;
use super::words::{capital, clean, list, of_hundred, sentence, tenths};

/// Writes the end of a chronicle.
pub(super) fn write(page: &mut Writer, story: &Story, run: &Run, detail: Detail) {
    page.heading("How the talks ended in this run");
    outcome(page, story, run);
    texts(page, story);
    parties(page, story);
    items(page, story, detail);
    ground(page, story);
    rewards(page, story, run);
    page.gap();
    page.quiet("One run of a teaching model, not a forecast.");
}

pub(super) fn outcome(page: &mut Writer, story: &Story, run: &Run) {
    ended(story.world(), run).iter().for_each(|text| page.paragraph(text));
}

/// How the talks ended and when, in a sentence.
pub(super) fn ended(world: &World, run: &Run) -> Option<String> {
    let place = run.transcript.end[run.model.cell(Quantity::Outcome)];
    let outcome = world.outcomes.get(usize::from(place).wrapping_sub(1))?;
    let end = run.transcript.entries().find_map(|(round, _, entry)| match entry {
        Entry::Ends { early, .. } => Some((round, early)),
        _ => None,
    });
    let when = match end {
        Some((round, true)) => format!("in round {round} of {}, before the last", world.rounds),
        _ => "after the last round".to_string(),
    };
    Some(sentence(&format!("{} ({when})", clean(&outcome.name.title))))
}

fn texts(page: &mut Writer, story: &Story) {
    let world = story.world();
    if world.instruments.is_empty() {
        return;
    }
    page.gap();
    page.section("Texts");
    let mut unsigned = Vec::new();
    for (n, signed) in story.signed.iter().enumerate() {
        let id = n.into();
        let state = InstrumentState::of(story.get(Quantity::InstrumentState(id)));
        let Some(round) = signed else {
            unsigned.push(story.text(id));
            continue;
        };
        let when = turns::when(world, *round);
        let now = match state {
            InstrumentState::Drafting => "rejected afterwards, and being drafted again",
            InstrumentState::Ready => "rejected afterwards, and ready to be signed again",
            InstrumentState::Signed => "signed, not yet in force",
            InstrumentState::Ratified => "ratified, not yet in force",
            InstrumentState::InForce => "in force",
            InstrumentState::Suspended => "suspended",
            InstrumentState::Broken => "broken",
            InstrumentState::Lapsed => "lapsed",
        };
        page.item(&sentence(&format!(
            "{}: signed in round {round} ({when}); at the end {now}",
            story.text(id)
        )));
    }
    if !unsigned.is_empty() {
        page.item(&sentence(&format!("Not signed: {}", list(&unsigned))));
    }
}

/// Each seat's points against its alternative.
fn parties(page: &mut Writer, story: &Story) {
    page.gap();
    page.section("What each party had in hand");
    let world = story.world();
    for (k, seat) in world.seats.iter().enumerate() {
        let id = k.into();
        let several = world.seats_of(seat.party).nth(1).is_some();
        let place = if several { format!(" in {}", story.track(seat.track)) } else { String::new() };
        let settled = tenths(worth::gained(story.model, &story.state, id));
        let alternative = tenths(worth::alternative(story.model, &story.state, id));
        let text = format!(
            "{}{place}: {settled} of 100 points settled; without agreement {alternative}",
            story.party(seat.party)
        );
        page.item(&sentence(&text));
    }
}

fn items(page: &mut Writer, story: &Story, detail: Detail) {
    let world = story.world();
    if world.items.is_empty() {
        return;
    }
    let all = || (0..world.items.len()).map(ItemId::new);
    let settled: Vec<_> =
        all().filter(|i| worth::settled_option(story.model, &story.state, *i).is_some()).collect();
    if !settled.is_empty() {
        page.gap();
        page.section("What was settled");
        settled.iter().for_each(|i| page.item(&settlement(story, *i)));
    }
    if settled.len() == world.items.len() {
        return;
    }
    page.gap();
    page.section("What stayed open");
    for item in all().filter(|i| !settled.contains(i)) {
        page.item(&sentence(&open_item(story, item)));
        let Some(obstacle) = &story.obstacles[item.at()] else { continue };
        if detail > Detail::Brief {
            for a in &obstacle.against {
                page.remark(&sentence(&story.view(a, false)));
            }
        }
    }
}

fn settlement(story: &Story, item: ItemId) -> String {
    let option = worth::settled_option(story.model, &story.state, item)
        .map_or_else(String::new, |o| story.option(item, o));
    let state = match ItemState::of(story.get(Quantity::ItemState(item))) {
        ItemState::Implemented => "carried out",
        ItemState::Sealed => "sealed",
        _ => "agreed, but sealed by no text",
    };
    let imposed = if story.get(Quantity::Imposed(item)) == 1 { "; imposed" } else { "" };
    sentence(&format!("{}: {option} ({state}{imposed})", story.item(item)))
}

/// An open item: where it stood, what came closest when it was last bargained over, and who was in the way.
fn open_item(story: &Story, item: ItemId) -> String {
    let title = story.item(item);
    let state = ItemState::of(story.get(Quantity::ItemState(item)));
    if let Some(obstacle) = &story.obstacles[item.at()] {
        let closest = story.option(item, obstacle.closest);
        let blockers: Vec<_> = obstacle.against.iter().map(|a| blocker(story, a)).collect();
        let blocked =
            if blockers.is_empty() { String::new() } else { format!("; in the way: {}", list(&blockers)) };
        return format!(
            "{title}: last bargained over in round {}, closest {closest}{blocked}",
            obstacle.round
        );
    }
    match state {
        ItemState::Dormant => never_tabled(story, item, &title),
        ItemState::Tabled => format!("{title}: tabled, not yet bargained over"),
        // Whole packages are on the table from the first offer on: nothing need have been agreed before.
        ItemState::Contested if whole(story, item) => {
            format!("{title}: on the table, and in no package agreed on")
        }
        ItemState::Contested => format!("{title}: reopened, and not bargained over again"),
        _ => format!("{title}: open"),
    }
}

/// An item that waited for something, or only for its turn.
fn never_tabled(story: &Story, item: ItemId, title: &str) -> String {
    let rule = story.model.rules.item_requires[item.at()].as_ref();
    match (&story.world().item(item).requires, rule) {
        (Some(requires), Some(rule)) if !holds(rule, story.model, &story.state) => {
            format!("{title}: never tabled. It requires that {}", story.condition(requires))
        }
        (Some(_), _) => {
            format!(
                "{title}: never tabled. What it requires had come about, but the talks ended before its turn"
            )
        }
        (None, _) => format!("{title}: never tabled"),
    }
}

/// Whether the item is settled only together with everything else on its track.
fn whole(story: &Story, item: ItemId) -> bool {
    let world = story.world();
    world.track(world.item(item).track).procedure.whole()
}

fn blocker(story: &Story, a: &crate::kernel::Assessment) -> String {
    let who = story.seat(a.seat);
    if !a.present {
        format!("{who} (absent)")
    } else if a.red_line {
        format!("{who} (red line)")
    } else {
        format!("{who} ({} short)", story.compare(a.needs, a.sees, a.of).gap)
    }
}

fn ground(page: &mut Writer, story: &Story) {
    let world = story.world();
    if world.fronts.is_empty() {
        return;
    }
    page.gap();
    page.section("On the ground");
    for (k, front) in world.fronts.iter().enumerate() {
        let now = PartyId(story.get(Quantity::Holder(k.into())));
        let fighting = intensity(story.get(Quantity::Intensity(k.into())));
        let before = if now == front.holder {
            " as at the start".to_string()
        } else {
            format!(", at the start by {}", story.party(front.holder))
        };
        let place = capital(&story.front(k.into()));
        page.item(&sentence(&format!("{place}: held by {}{before}; {fighting}", story.party(now))));
    }
}

fn rewards(page: &mut Writer, story: &Story, run: &Run) {
    let world = story.world();
    if world.rewards.is_empty() {
        return;
    }
    page.gap();
    page.section("Counted in this run");
    let days = world.day_of(story.get(Quantity::Round) + 1).max(1);
    for (reward, total) in world.rewards.iter().zip(&run.transcript.rewards) {
        let unit = clean(&reward.unit);
        let unit = if unit.is_empty() { String::new() } else { format!(" · unit: {unit}") };
        let month = *total as f64 * 30.0 / f64::from(days);
        page.item(&format!("{}: {total}, {month:.1} in 30 days{unit}", clean(&reward.name.title)));
    }
}

impl Story<'_> {
    /// The end of a round: whether talks are ripe, where each seat stands, tracks that end, how the talks end.
    pub(super) fn balance(&mut self, step: &Step) {
        for entry in &step.entries {
            match *entry {
                Entry::Ripeness { track, ripe } => self.ripeness(track, ripe, step),
                Entry::Track { .. } | Entry::Stalls { .. } | Entry::BreaksDown { .. } => {
                    self.entry(Section::Balance, step, entry);
                }
                Entry::Changed { quantity, from, to, cause: Cause::Injected } => {
                    let change = self.change(quantity, from, to);
                    self.tell(
                        Section::Events,
                        Detail::Brief,
                        sentence(&format!("from outside the talks: {change}")),
                    );
                }
                Entry::NoEffect { quantity, cause: Cause::Injected } => {
                    let text = format!(
                        "from outside the talks: no effect on {}, as things stood",
                        self.what(quantity)
                    );
                    self.tell(Section::Events, Detail::Brief, sentence(&text));
                }
                _ => {}
            }
        }
    }

    fn ripeness(&mut self, track: TrackId, ripe: bool, step: &Step) {
        let before = self.ripe[track.at()].replace(ripe);
        let title = self.track(track);
        let detail = if before == Some(ripe) { Detail::Full } else { Detail::Normal };
        let text = if ripe {
            format!(
                "in {title} the moment was ripe: to enough parties the best feasible package was worth more than what they \
                 expected without it"
            )
        } else {
            format!(
                "in {title} the moment was not ripe: no package was found that gives enough parties more than what they \
                 expected without it"
            )
        };
        let stands: Vec<_> = step
            .entries
            .iter()
            .filter_map(|e| match *e {
                Entry::Stands { seat, alternative, feasible } if self.world().seat(seat).track == track => {
                    let who = self.seat(seat);
                    Some(format!(
                        "{who}: expects {} of 100 points without agreement, {} with the best package found",
                        of_hundred(alternative),
                        of_hundred(feasible)
                    ))
                }
                _ => None,
            })
            .collect();
        let told = self.tell(Section::Balance, detail, text);
        for stand in stands {
            told.remark(detail, stand);
        }
    }
}
