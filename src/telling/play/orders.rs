//! The fields of a sheet of orders in words: what each decides, and what each of its words means to the role.

use std::collections::BTreeMap;

use crate::domain::{Action, ItemId, OptionId, SeatId, told};
use crate::drivers::decider;
use crate::kernel::What;
use crate::session::orders::{Field, Kind, Sheet, Topic};
use crate::telling::chronicle::{Names, capital, clean, of_hundred, tenths};
use crate::text::paper::Paper;
use crate::text::writer::Writer;

use super::mediation;
use super::view::View;

/// What stands for a field that nobody decided.
pub const AS_MODEL: &str = "as the model would";

/// A field in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What it decides.
    pub title: String,
    /// What helps to decide it; may be empty.
    pub remark: String,
    /// Every word with what it means; none where a number is asked for.
    pub words: Vec<(String, String)>,
}

/// Tells a field to the role of a view.
pub fn told(view: &View, field: &Field) -> Told {
    let (title, remark) = title(view, field.topic);
    let words = match &field.kind {
        Kind::Share => Vec::new(),
        Kind::One(words) | Kind::Ranked(words) | Kind::Several(words) | Kind::Moves(words, _) => {
            words.iter().map(|word| (word.clone(), meaning(view, field.topic, word))).collect()
        }
    };
    Told { title: capital(&title), remark, words }
}

fn title(view: &View, topic: Topic) -> (String, String) {
    let on = |s: SeatId| on_track(view, s);
    let item = |i: ItemId| clean(&view.model.world.item(i).name.title);
    match topic {
        Topic::Attendance(s) => (format!("do you come to the talks{}?", on(s)), String::new()),
        Topic::Return(s) => (format!("you are out of the talks{}: do you return?", on(s)), String::new()),
        Topic::Leave(s) => (
            format!("do you walk away from the exchange of offers{}?", on(s)),
            "When it is your move, and you do not accept what stands.".into(),
        ),
        Topic::Mandate(s) => (format!("your delegation's mandate{}", on(s)), String::new()),
        Topic::Floor(s) => (format!("the least you accept{}, of 100", on(s)), floor(view, s)),
        Topic::Accept(_, i) => (
            format!("{}: the worst you accept", item(i)),
            "You accept this option and every one that is worth more to you.".into(),
        ),
        Topic::Proposals(s) => (
            format!("answer mediators' proposals{} by the same positions", on(s)),
            "Otherwise your delegation answers them as the model would.".into(),
        ),
        Topic::Motion(_, i) => (format!("{}: what you move, when it is your turn", item(i)), String::new()),
        Topic::Offer(_, i) => {
            (format!("{}: what you offer", item(i)), "Move by move; the last one repeats.".into())
        }
        Topic::Tolerance(s) => {
            (format!("how much a change to the mediator's text may cost you{}, of 100", on(s)), String::new())
        }
        Topic::Sign(_, n) => (format!("do you sign {}?", view.text(n)), String::new()),
        Topic::Keep(_, n) => (format!("do you keep {}?", view.text(n)), String::new()),
        Topic::Unless(_, n) => (
            format!("break {} if", view.text(n)),
            "What happened in this round or the one before counts.".into(),
        ),
        Topic::Press(f) => (format!("do you press at {}?", view.front(f)), String::new()),
        Topic::Actions(_) => (
            "what you do".into(),
            "In order of preference: the first that is possible when your turn comes.".into(),
        ),
        Topic::Matters(_) => (
            "what you take up".into(),
            "Items with options, in order of preference: the first that is possible.".into(),
        ),
        Topic::Guarantee(_) => ("do you guarantee something?".into(), String::new()),
        Topic::EndTalks(_) => ("if the talks have stalled, do you end them?".into(), String::new()),
        Topic::Text(_, i) => (format!("{}: what your text is to say", item(i)), String::new()),
        Topic::Changes(_) => (
            "which item of your text you change first".into(),
            "Otherwise in the order of the agenda.".into(),
        ),
    }
}

/// The track of a seat, where the role has several.
fn on_track(view: &View, seat: SeatId) -> String {
    match view.tracks().len() {
        0 | 1 => String::new(),
        _ => format!(" on {}", view.track(view.model.world.seat(seat).track)),
    }
}

fn floor(view: &View, seat: SeatId) -> String {
    let (alternative, settled, target) = view.standing(seat);
    format!(
        "You have {} settled; without agreement {}; your delegation's own target today is {}. Items, offers and texts that give you this \
         much are accepted.",
        tenths(settled),
        tenths(alternative),
        of_hundred(target)
    )
}

fn meaning(view: &View, topic: Topic, word: &str) -> String {
    let told_of = |what: What| {
        let place = decider::alternatives(what).iter().position(|w| *w == word);
        place.and_then(|k| decider::told(what).get(k)).map_or_else(String::new, |t| t.sentence.to_owned())
    };
    match topic {
        Topic::Attendance(_) => told_of(What::Attendance),
        Topic::Return(_) => told_of(What::Return),
        Topic::Leave(_) => told_of(What::WalkAway),
        Topic::Mandate(s) => {
            let place = told::ids(told::MANDATES).iter().position(|w| *w == word).unwrap_or(1);
            let target = of_hundred(view.target_with(s, place as u8));
            format!("{}: it settles for no less than {target} of 100", told_of(What::Mandate))
        }
        Topic::Accept(_, i) | Topic::Motion(_, i) | Topic::Offer(_, i) | Topic::Text(_, i) => {
            option(view, i, word).unwrap_or_else(|| "nothing on this item this round".into())
        }
        Topic::Proposals(_) => "a proposal is accepted if your position accepts it".into(),
        Topic::Sign(..) if word == "floor" => {
            "sign if all that is settled is worth the least you accept".into()
        }
        Topic::Sign(..) => told_of(What::Sign),
        Topic::Keep(..) => told_of(What::Keep),
        Topic::Unless(..) => match word {
            "broken" => "another party broke it".into(),
            "lost" => "you lost a place".into(),
            _ => "there was an offensive against you".into(),
        },
        Topic::Press(_) => told_of(What::Press),
        Topic::Actions(m) => Action::ALL
            .into_iter()
            .find(|a| a.name() == word)
            .map_or_else(String::new, |a| mediation::meaning(view, m, a)),
        Topic::Matters(_) => {
            let (item, option) = word.split_once(':').unwrap_or((word, ""));
            let place = view.model.world.items.iter().position(|i| i.name.id == item);
            place.map_or_else(String::new, |k| {
                let i = ItemId::new(k);
                let title = clean(&view.model.world.item(i).name.title);
                format!("{title}: {}", self::option(view, i, option).unwrap_or_default())
            })
        }
        Topic::Guarantee(_) => told_of(What::Guarantee),
        Topic::EndTalks(_) => told_of(What::BreakDown),
        Topic::Changes(_) => {
            let item = view.model.world.items.iter().find(|i| i.name.id == word);
            item.map_or_else(String::new, |i| clean(&i.name.title))
        }
        Topic::Floor(_) | Topic::Tolerance(_) => String::new(),
    }
}

/// An option's title with what it is worth to the role.
fn option(view: &View, item: ItemId, word: &str) -> Option<String> {
    let options = &view.model.world.item(item).options;
    let option = OptionId::new(options.iter().position(|o| o.name.id == word)?);
    let title = view.choice(item, option);
    Some(match view.worth(item, option) {
        Some(worth) => format!("{title} – {worth}"),
        None => title,
    })
}

/// The sheet on a terminal: the fields at the top, or all of them with their words.
pub fn page(
    view: &View,
    round: u8,
    fields: &[Field],
    sheet: &Sheet,
    all: bool,
    paper: impl Into<Paper>,
) -> String {
    let mut page = Writer::new(paper);
    page.heading(&format!("Your orders for round {round}"));
    let hints = if all { super::weighs(view) } else { BTreeMap::new() };
    let shown = |f: &&Field| all || f.open || !sheet.words(&f.key).is_empty();
    for field in fields.iter().filter(shown) {
        let told = told(view, field);
        page.section(&format!("{} ({})", told.title, field.key));
        if !told.remark.is_empty() {
            page.quiet(&told.remark);
        }
        let width = told.words.iter().map(|w| w.0.chars().count()).max().unwrap_or(0).min(28);
        for (word, meaning) in told.words.iter().take(if all { usize::MAX } else { 12 }) {
            page.labelled(word, width, meaning);
        }
        if let Some(weighs) = hints.get(&field.key) {
            page.quiet(&format!("What the model would weigh as things stand: {}.", weighs.join("; ")));
        }
        let says = sheet.words(&field.key);
        let says = if says.is_empty() { AS_MODEL.to_owned() } else { says.join(", ") };
        page.item(&format!("now: {says}"));
    }
    let folded = fields.iter().filter(|f| !shown(f)).count();
    if folded > 0 {
        page.quiet(&format!("{folded} more fields: `all` lists them."));
    }
    page.finish()
}
