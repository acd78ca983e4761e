//! The question that is due: where the talks are, what is asked, and what every alternative means.

use crate::domain::{FrontId, ItemId, OptionId, PartyId, Quantity, SeatId, TrackId, Turn};
use crate::drivers::decider::Decider;
use crate::session::{About, Question};
use crate::telling::chronicle::{Names, capital, clean, fine, of_hundred, tenths, when};
use crate::text::paper::Paper;
use crate::text::writer::Writer;

use super::view::View;
use super::{alternative, hint, signing};

/// The question as text. `earlier` is what the role has decided already in the same turn: the options
/// of an offer that is being put together.
pub fn question(
    view: &View,
    question: &Question,
    earlier: &[(ItemId, OptionId)],
    paper: impl Into<Paper>,
) -> String {
    let mut page = Writer::new(paper);
    page.section(&place(view, question));
    page.paragraph(&asked(view, question));
    for remark in remarks(view, question, earlier) {
        page.paragraph(&remark);
    }
    let proposed = hint::proposal(&view.model.world, question).map(|a| a.pick);
    let width = question.alternatives.len().to_string().len();
    for (k, a) in question.alternatives.iter().enumerate() {
        let mut text = a.word.clone();
        let meaning = alternative::meaning(view, question, a);
        if !meaning.is_empty() {
            text = format!("{text}: {meaning}");
        }
        if proposed == Some(a.pick) {
            text = format!("{text} (ok)");
        }
        page.labelled(&(k + 1).to_string(), width, &text);
    }
    page.finish()
}

/// `Round 3 of 13 · 20 August – 9 September 2025 · “Doha” · Qatar`
fn place(view: &View, question: &Question) -> String {
    let world = &view.model.world;
    let round = question.site.round;
    let mut parts = vec![format!("Round {round} of {}", world.rounds), when(world, round)];
    parts.extend(track(view, question).map(|t| clean(&world.track(t).name.title)));
    parts.push(clean(question.who.title(world)));
    parts.join(" · ")
}

/// The track on which something is decided.
pub(super) fn track(view: &View, question: &Question) -> Option<TrackId> {
    let world = &view.model.world;
    Some(match question.about {
        About::Seat(s) => world.seat(s).track,
        About::Standing(_, t, _)
        | About::Text(_, _, t)
        | About::Action(_, t)
        | About::BreakDown(_, t)
        | About::Guarantee(_, t)
        | About::Matter(_, t, _) => t,
        About::Press(..) => return None,
        About::Position(_, i)
        | About::Motion(_, i)
        | About::Ballot(_, i, ..)
        | About::Offer(_, i)
        | About::Change(_, _, i, ..)
        | About::Proposal(_, _, i, _)
        | About::Formula(_, i, _) => world.item(i).track,
        About::Sign(_, n) | About::Keep(_, n) => world.instrument(n).track,
    })
}

fn asked(view: &View, question: &Question) -> String {
    match question.about {
        About::Seat(s) => match question.site.turn {
            Turn::Instruct(_) => "What is your delegation's mandate for this round?".into(),
            _ if view.get(Quantity::SeatState(s)) == 0 => "Does your delegation come to the table?".into(),
            _ => "Your delegation is out. Does it come back?".into(),
        },
        About::Position(_, i) => format!("{}: what is the worst you accept today?", view.item(i)),
        About::Motion(_, i) => format!("{}: it is your turn to move an option. Which?", view.item(i)),
        About::Ballot(_, i, o, by) => {
            format!("{}: {} moved {}. Do you vote for it?", view.item(i), view.seat(by), view.option(i, o))
        }
        About::Standing(_, _, by) => format!("The offer of {} stands. Do you accept it?", view.seat(by)),
        About::Offer(_, i) => format!("Your offer, on {}: which option?", view.item(i)),
        About::Change(_, m, i, from, to) => format!(
            "{} would change its text on {} from {} to {}. Do you agree to the change?",
            capital(&view.mediator(m)),
            view.item(i),
            view.option(i, from),
            view.option(i, to)
        ),
        About::Text(_, m, _) => {
            format!("{} puts its text to the parties as a whole. Do you say yes?", capital(&view.mediator(m)))
        }
        About::Proposal(_, m, i, o) => format!(
            "{}: {} proposes {}. Do you accept it?",
            view.item(i),
            view.mediator(m),
            view.option(i, o)
        ),
        About::Sign(_, n) => format!("{} is ready. Do you sign?", view.text(n)),
        About::Keep(_, n) => format!("{}: do you keep your promise this round?", view.text(n)),
        About::Press(_, f) => format!("{}: do you press?", capital(&view.front(f))),
        About::BreakDown(..) => "The talks have stalled. Do you go on?".into(),
        About::Guarantee(..) => "Do you guarantee something?".into(),
        About::Action(..) => "What do you do this round?".into(),
        About::Matter(_, _, Some(action)) => format!("Which item do you take up ({})?", action.name()),
        About::Matter(_, _, None) => "Which item of your text do you want to change?".into(),
        About::Formula(_, i, Some(_)) => format!("{}: which option do you float?", view.item(i)),
        About::Formula(_, i, None) => format!("{}: what does your text say?", view.item(i)),
    }
}

/// What one has to know before the alternatives.
fn remarks(view: &View, question: &Question, earlier: &[(ItemId, OptionId)]) -> Vec<String> {
    let mut remarks = Vec::new();
    match question.about {
        // A delegation's mandate is asked for right after its attendance.
        About::Seat(_) if matches!(question.site.turn, Turn::Instruct(_)) => {}
        About::Seat(s) => remarks.push(standing(view, s)),
        About::Position(s, i) => remarks.push(needed(view, s, i)),
        About::Motion(s, i) => remarks.push(needed(view, s, i)),
        About::Ballot(s, i, ..) | About::Proposal(s, _, i, _) => remarks.push(needed(view, s, i)),
        About::Standing(s, ..) | About::Text(s, ..) => remarks.extend(package(view, s, &question.package)),
        About::Change(s, ..) => remarks.extend(package(view, s, &question.package)),
        About::Offer(s, i) => remarks.extend(offered(view, s, i, earlier)),
        About::Sign(p, n) => remarks.extend(signing::sign(view, p, n)),
        About::Keep(p, n) => remarks.extend(signing::keep(view, p, n)),
        About::Matter(_, _, None) | About::Formula(_, _, None) if !question.package.is_empty() => {
            let text =
                question.package.iter().map(|(i, o)| format!("{} {}", view.item(*i), view.option(*i, *o)));
            remarks.push(format!("Your text so far: {}.", text.collect::<Vec<_>>().join("; ")));
        }
        About::Press(_, f) => remarks.push(fighting(view, f)),
        About::BreakDown(..) | About::Guarantee(..) => {}
        About::Action(..) | About::Matter(..) | About::Formula(..) => {}
    }
    remarks
}

/// What goes on at a front.
fn fighting(view: &View, front: FrontId) -> String {
    let named = |q| view.model.value_name(q, view.get(q));
    let intensity = named(Quantity::Intensity(front));
    let holder = view.party(PartyId(view.get(Quantity::Holder(front))));
    format!("Fighting there is {intensity}; {holder} holds the place.")
}

/// Where the seat stands.
pub(super) fn standing(view: &View, seat: SeatId) -> String {
    let (alternative, settled, target) = view.standing(seat);
    format!(
        "On this track you have {} of 100 points settled; without agreement you would have {}; today \
         you aim at {}.",
        tenths(settled),
        tenths(alternative),
        of_hundred(target)
    )
}

/// What the seat needs of the package with an item.
fn needed(view: &View, seat: SeatId, item: ItemId) -> String {
    let mut state = view.state.clone();
    let p = crate::kernel::target::position(view.model, &mut state, seat, item);
    let c = fine(p.needs, p.banked, p.of);
    if p.banked >= p.needs {
        return format!(
            "By your target you need {} of {} points on what is settled and this item; you have {} already.",
            c.needs, c.of, c.sees
        );
    }
    format!(
        "By your target you need {} of {} points on what is settled and this item; you have {}, so {} more.",
        c.needs, c.of, c.sees, c.gap
    )
}

/// A package item by item with what it is worth to the seat.
fn package(view: &View, seat: SeatId, package: &[(ItemId, OptionId)]) -> Vec<String> {
    let mut lines: Vec<String> = package
        .iter()
        .map(|(i, o)| {
            let worth = view.worth(*i, *o).unwrap_or_default();
            format!("– {}: {} ({worth})", view.item(*i), view.option(*i, *o))
        })
        .collect();
    let [needs, sees, of] = view.package(seat, package);
    let c = fine(needs, sees, of);
    let how = if sees >= needs { format!("{} more", c.gap) } else { format!("{} short", c.gap) };
    let how = if sees == needs { "just that".into() } else { how };
    let alternative = of_hundred(view.alternative_today(seat));
    lines.push(format!(
        "In all {} of {} points to you; by your target you need {}: {how}. No agreement is worth {alternative} of 100.",
        c.sees, c.of, c.needs
    ));
    lines
}

/// What the offer has so far.
fn offered(view: &View, seat: SeatId, item: ItemId, earlier: &[(ItemId, OptionId)]) -> Vec<String> {
    let [needs, sees, of] = view.package(seat, earlier);
    let items = &view.model.world.track(view.model.world.seat(seat).track).items;
    let place = items.iter().position(|i| *i == item).map_or(0, |k| k + 1);
    let c = fine(needs, sees, of);
    vec![format!(
        "Item {place} of {}. Your offer so far gives you {} of {} points; by your target you need {} in all.",
        items.len(),
        c.sees,
        c.of,
        c.needs
    )]
}

/// What is said before another role takes over.
pub fn handed(view: &View) -> String {
    let world = &view.model.world;
    let what = match view.role {
        Decider::Party(_) => "party",
        Decider::Mediator(_) => "mediator",
    };
    format!("{} ({what} {})", clean(view.role.title(world)), view.role.id(world))
}
