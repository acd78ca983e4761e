//! A mediator's single text: changed one item a round, answered with yes or no (Fisher & Ury; Camp David 1978).

use crate::domain::{
    Course, ItemId, ItemState, MediatorId, MediatorState, Model, OptionId, POINT, PORTION, PartyId, Portion,
    Quantity, Score, SeatId, SeatState, TrackId, TrackState, at_most, shared_address,
};
use crate::kernel::{Assessment, Chooser, Chronicle, Entry, Scene, State, Way, What, assess, package, worth};

use super::bargain::{SEATS, answer, take};
use super::offers::{note_draft, settle};
use super::track::{members, present};

/// The mediator lays a first text before the parties or changes one item of it, then asks whether they accept the whole.
pub(super) fn work<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, track: TrackId) {
    let model = scene.model;
    if model.world.track(track).procedure.course() == Course::Items && !scene.by_text(track) {
        return;
    }
    let quorate = model.tracks[track.at()].consent.passes(present(scene, track), members(scene, track));
    if scene.track(track) != TrackState::Open || !quorate || !package::on_the_table(model, scene.state, track)
    {
        return;
    }
    let Some(mediator) = author(scene, track) else { return };
    keep_settled(scene, track);
    if !first_text(scene, track, mediator) {
        revise(scene, track, mediator);
    }
    present_text(scene, track, mediator);
}

/// The first mediator of the track that has not suspended its work.
fn author<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, track: TrackId) -> Option<MediatorId> {
    let mut mediators = scene.model.world.track(track).mediators.iter().copied();
    mediators.find(|m| MediatorState::of(scene.get(Quantity::MediatorState(*m))) != MediatorState::Suspended)
}

/// What is settled stands in the text as it was settled.
fn keep_settled<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, track: TrackId) {
    for item in &scene.model.world.track(track).items {
        if let Some(option) = worth::settled_option(scene.model, scene.state, *item) {
            scene.put(Quantity::Draft(*item), option.0 + 1);
        }
    }
}

/// Writes what the text does not speak of yet; whether there was anything.
fn first_text<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    mediator: MediatorId,
) -> bool {
    let model = scene.model;
    let mut wrote = false;
    for item in model.world.track(track).items.iter().copied() {
        if package::draft(model, scene.state, item).is_none() {
            let own = middle(scene, track, item);
            let option = take_formula(scene, mediator, item, own);
            scene.put(Quantity::Draft(item), option.0 + 1);
            wrote = true;
        }
    }
    if wrote && scene.listens() {
        scene.note(|_| Entry::Drafts { mediator });
        note_draft(scene, track);
    }
    wrote
}

/// The option with which the party that loses most against its best loses least, beyond nobody's red line where there is
/// such a one; ties go to the one listed first.
fn middle<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, track: TrackId, item: ItemId) -> OptionId {
    let model = scene.model;
    let seats = &model.world.track(track).seats;
    let here = |s: &&SeatId| scene.seat(**s) == SeatState::Seated;
    let loss = |o: OptionId| {
        let of = |s: &SeatId| {
            let party = model.world.seat(*s).party;
            let who = worth::preferences(model, scene.state, party);
            let lost = model.worth.best(who, item) - worth::credit(model, scene.state, party, item, o);
            let total = i64::from(worth::table(model, scene.state, *s).total.max(1));
            (model.worth.refuses(who, item, o), i64::from(lost) * i64::from(100 * POINT) / total)
        };
        let all = seats.iter().filter(here).map(of);
        all.fold((false, i64::MIN), |(red, most), (r, lost)| (red || r, most.max(lost)))
    };
    model.world.item(item).option_ids().min_by_key(|o| loss(*o)).unwrap_or(OptionId(0))
}

/// Proposes the change of one item that lowers the largest shortfall most, among the items on which no change was refused
/// since the last one that was adopted.
fn revise<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, track: TrackId, mediator: MediatorId) {
    let model = scene.model;
    let Some(now) = shortfalls(scene, track, None) else { return };
    let mut best: Option<((Score, i64), ItemId, OptionId)> = None;
    for item in model.world.track(track).items.iter().copied() {
        if !package::open(model, scene.state, item) || scene.get(Quantity::Refused(item)) == 1 {
            continue;
        }
        for option in model.world.item(item).option_ids() {
            let lowers = |after: &(Score, i64)| {
                after.0 < now.0 && best.as_ref().is_none_or(|(least, ..)| after < least)
            };
            if let Some(after) = shortfalls(scene, track, Some((item, option))).filter(lowers) {
                best = Some((after, item, option));
            }
        }
    }
    match take_change(scene, track, mediator, best.map(|(_, item, option)| (item, option))) {
        Some((item, option)) => propose(scene, track, mediator, item, option),
        None => forget_refusals(scene, track),
    }
}

/// The items that a text can still be changed on, in the order of the agenda.
pub fn revisable(model: &Model, state: &State, track: TrackId) -> impl Iterator<Item = ItemId> {
    model.world.track(track).items.iter().copied().filter(|i| package::open(model, state, *i))
}

/// Where somebody takes the mediator's decisions, it says on which item the text is to change, if at all, and how.
fn take_change<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    mediator: MediatorId,
    own: Option<(ItemId, OptionId)>,
) -> Option<(ItemId, OptionId)> {
    let model = scene.model;
    let address = shared_address(model.addresses.track[track.at()], model.addresses.mediator[mediator.at()]);
    if !scene.taken(What::Matter, address) {
        return own;
    }
    let items = revisable(model, scene.state, track).count();
    let place = own.and_then(|own| revisable(model, scene.state, track).position(|i| i == own.0));
    let picked = take(scene, What::Matter, address, place.unwrap_or(items), items + 1);
    let item = revisable(model, scene.state, track).nth(picked)?;
    let now = package::draft(model, scene.state, item);
    let like = own.filter(|own| own.0 == item).map(|own| own.1).or(now).unwrap_or(OptionId(0));
    let option = take_formula(scene, mediator, item, like);
    (Some(option) != now).then_some((item, option))
}

/// Where somebody takes the mediator's decisions, it says what its text has on an item.
fn take_formula<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    mediator: MediatorId,
    item: ItemId,
    own: OptionId,
) -> OptionId {
    let model = scene.model;
    let address = shared_address(model.addresses.mediator[mediator.at()], model.addresses.item[item.at()]);
    if !scene.taken(What::Formula, address) {
        return own;
    }
    OptionId::new(take(scene, What::Formula, address, own.at(), model.world.item(item).options.len()))
}

/// The largest shortfall of the seats in the room and the sum of all; `None` where a change crosses a red line.
fn shortfalls<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    change: Option<(ItemId, OptionId)>,
) -> Option<(Score, i64)> {
    let model = scene.model;
    let (mut most, mut sum) = (0, 0);
    for seat in model.world.track(track).seats.iter().copied() {
        if scene.seat(seat) == SeatState::Seated {
            let short = assess::shortfall_with(model, scene.state, seat, change)?;
            most = most.max(short);
            sum += i64::from(short);
        }
    }
    Some((most, sum))
}

fn forget_refusals<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, track: TrackId) {
    for item in &scene.model.world.track(track).items {
        scene.put(Quantity::Refused(*item), 0);
    }
}

/// Asks the parties about a change. Each says yes if the text loses it no more than the tolerance.
fn propose<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    mediator: MediatorId,
    item: ItemId,
    option: OptionId,
) {
    let model = scene.model;
    let Some(tolerance) = model.world.track(track).tolerance() else { return };
    let Some(from) = package::draft(model, scene.state, item) else { return };
    let credit = |scene: &Scene<C, K>, p: PartyId, o| worth::credit(model, scene.state, p, item, o);
    let answers = ask(scene, track, model.addresses.item[item.at()], |scene, seat| {
        let party = model.world.seat(seat).party;
        let text = assess::assess_draft(model, scene.state, seat);
        let gain = credit(scene, party, option) - credit(scene, party, from);
        let lets = at_most(Portion::from(tolerance) * PORTION, text.of);
        let red_line = worth::refuses(model, scene.state, party, item, option);
        let assessment = Assessment { needs: text.sees - lets, sees: text.sees + gain, red_line, ..text };
        (assessment, !red_line && gain >= -lets)
    });
    let adopted = answers.passes;
    scene.note(|_| Entry::Revises { mediator, item, from, to: option, adopted });
    answers.note(scene);
    if adopted {
        scene.put(Quantity::Draft(item), option.0 + 1);
        scene.advance_talks(track);
        forget_refusals(scene, track);
    } else {
        scene.put(Quantity::Refused(item), 1);
    }
}

/// Asks the parties whether they accept the whole text.
fn present_text<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, track: TrackId, mediator: MediatorId) {
    let model = scene.model;
    let answers = ask(scene, track, model.addresses.track[track.at()], |scene, seat| {
        let assessment = assess::assess_draft(model, scene.state, seat);
        (assessment, assess::acceptable(model, &assessment))
    });
    let agreed = answers.passes;
    scene.note(|_| Entry::Presents { mediator, agreed });
    answers.note(scene);
    if agreed {
        settle(scene, track, Way::Text(mediator));
        forget_refusals(scene, track);
        return;
    }
    for item in &model.world.track(track).items {
        if scene.item(*item) == ItemState::Tabled {
            scene.move_item(*item, ItemState::Contested);
        }
    }
}

/// What the parties answered.
struct Answers {
    given: [Option<(Assessment, bool)>; SEATS],
    /// Whether that is enough consent.
    passes: bool,
}

impl Answers {
    fn note<C: Chooser, K: Chronicle>(&self, scene: &mut Scene<C, K>) {
        for (assessment, accepts) in self.given.into_iter().flatten() {
            scene.note(|_| Entry::Answers { assessment, accepts });
        }
    }
}

/// Asks every party in the room, in the order of seats; where somebody takes its decisions, that one answers.
fn ask<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    about: u64,
    own: impl Fn(&mut Scene<C, K>, SeatId) -> (Assessment, bool),
) -> Answers {
    let model = scene.model;
    let mut answers = Answers { given: [None; SEATS], passes: false };
    let mut ayes = 0;
    for (k, seat) in model.world.track(track).seats.iter().copied().enumerate() {
        if scene.seat(seat) != SeatState::Seated {
            continue;
        }
        let (assessment, mut yes) = own(scene, seat);
        let address = shared_address(model.addresses.seat[seat.at()], about);
        if !assessment.red_line {
            yes = answer(scene, What::Answer, address, yes).unwrap_or(yes);
        }
        answers.given[k] = Some((assessment, yes));
        ayes |= u32::from(yes) << k;
    }
    answers.passes = model.tracks[track.at()].consent.passes(ayes, members(scene, track));
    answers
}
