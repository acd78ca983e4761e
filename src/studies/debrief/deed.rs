//! Decisions in words: in the past tense, which is the same for one and for many, and as what could have been done.

use crate::domain::{Action, ItemId, Model, OptionId};
use crate::kernel::What;
use crate::session::{About, Alternative, Moment};
use crate::telling::chronicle::clean;

/// A decision in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Deed {
    /// “refused to sign …”.
    pub past: String,
    /// “refuse to sign …”.
    pub plain: String,
}

impl Deed {
    fn of(past: impl Into<String>, plain: impl Into<String>) -> Self {
        Self { past: past.into(), plain: plain.into() }
    }

    /// Both forms with the same words after the verb.
    fn about(past: &str, plain: &str, what: &str) -> Self {
        Self { past: format!("{past} {what}"), plain: format!("{plain} {what}") }
    }

    /// What was done at a moment.
    pub fn done(model: &Model, moment: &Moment) -> Self {
        match moment.question.picked(moment.pick) {
            Some(alternative) => Self::new(model, moment, alternative),
            None => Self::of("decided", "decide"),
        }
    }

    /// What an alternative of a moment is.
    pub fn new(model: &Model, moment: &Moment, alternative: &Alternative) -> Self {
        let names = Names { model };
        let (word, yes) =
            (alternative.word.as_str(), matches!(alternative.word.as_str(), "yes" | "sign" | "keep"));
        match moment.question.about {
            About::Seat(_) => seat(moment.question.site.what, word),
            About::Sign(_, n) => {
                let text = quoted(&model.world.instrument(n).name.title);
                if yes {
                    Self::about("signed", "sign", &text)
                } else {
                    Self::about("refused to sign", "refuse to sign", &text)
                }
            }
            About::Keep(_, n) => {
                let text = quoted(&model.world.instrument(n).name.title);
                if yes { Self::about("kept", "keep", &text) } else { Self::about("broke", "break", &text) }
            }
            About::Position(_, i) => match alternative.option {
                Some(o) => Self::about("was ready to go down to", "go down to", &names.option(i, o)),
                None => Self::about("accepted no option on", "accept no option on", &names.item(i)),
            },
            About::Motion(_, i) => names.on(("moved", "move"), i, alternative.option),
            About::Offer(_, i) => names.on(("offered", "offer"), i, alternative.option),
            About::Ballot(_, i, o, _) => {
                let how = if yes { ("voted for", "vote for") } else { ("voted against", "vote against") };
                Self::about(how.0, how.1, &names.option(i, o))
            }
            About::Standing(_, _, by) => {
                let offer = format!(
                    "the offer of {}",
                    clean(&model.world.party(model.world.seat(by).party).name.title)
                );
                if yes {
                    Self::about("accepted", "accept", &offer)
                } else {
                    Self::about("refused", "refuse", &offer)
                }
            }
            About::Change(_, _, i, _, to) => {
                let change = format!("the change of the text to {}", names.option(i, to));
                if yes {
                    Self::about("accepted", "accept", &change)
                } else {
                    Self::about("refused", "refuse", &change)
                }
            }
            About::Text(_, m, _) => {
                let text = format!("the text of {}", clean(&model.world.mediator(m).name.title));
                if yes {
                    Self::about("accepted", "accept", &text)
                } else {
                    Self::about("refused", "refuse", &text)
                }
            }
            About::Proposal(_, m, i, o) => {
                let mediator = clean(&model.world.mediator(m).name.title);
                let what = format!("the proposal of {mediator}, {}", names.option(i, o));
                if yes {
                    Self::about("accepted", "accept", &what)
                } else {
                    Self::about("refused", "refuse", &what)
                }
            }
            About::Press(_, f) => {
                let how = if word == "press" { ("pressed", "press") } else { ("held back", "hold back") };
                Self::about(how.0, how.1, &format!("at {}", quoted(&model.world.front(f).name.title)))
            }
            About::BreakDown(_, t) => {
                let how = if word == "go-on" { ("went on with", "go on with") } else { ("ended", "end") };
                Self::about(how.0, how.1, &quoted(&model.world.track(t).name.title))
            }
            About::Guarantee(..) => match word {
                "pledge" => Self::of("gave a guarantee", "give a guarantee"),
                _ => Self::of("gave no guarantee", "give no guarantee"),
            },
            About::Action(..) => Self::about("chose to", "choose to", &word.replace('-', " ")),
            About::Matter(_, _, action) => {
                let what = alternative.item.map_or_else(|| "nothing".into(), |i| names.item(i));
                Self::about("took up", "take up", &format!("{what}{}", purpose(action)))
            }
            About::Formula(_, i, action) => {
                let what = alternative.option.map_or_else(|| names.item(i), |o| names.option(i, o));
                match action {
                    Some(_) => Self::about("floated", "float", &format!("{what}{}", purpose(action))),
                    None => Self::about("wrote into its text", "write into its text", &what),
                }
            }
        }
    }
}

fn purpose(action: Option<Action>) -> String {
    action.map_or_else(String::new, |a| format!(", to {}", Action::NAMES[a as usize].replace('-', " ")))
}

fn seat(what: What, word: &str) -> Deed {
    match (what, word) {
        (_, "stay") => Deed::of("stayed at the table", "stay at the table"),
        (_, "walk-away") => Deed::of("walked away from the offers", "walk away from the offers"),
        (_, "bargain-on") => Deed::of("stayed in the exchange of offers", "stay in the exchange of offers"),
        (_, "consult") => Deed::of("went home to consult", "go home to consult"),
        (_, "walk-out") => Deed::of("walked out", "walk out"),
        (_, "stay-out") => Deed::of("stayed out", "stay out"),
        (_, "return") => Deed::of("returned to the table", "return to the table"),
        (_, "give-up") => Deed::of("gave the talks up", "give the talks up"),
        (What::Mandate, "planned") => Deed::of("kept to the planned mandate", "keep to the planned mandate"),
        (What::Mandate, other) => {
            Deed::of(format!("gave a {other} mandate"), format!("give a {other} mandate"))
        }
        (_, other) => Deed::of(format!("chose “{other}”"), format!("choose “{other}”")),
    }
}

struct Names<'a> {
    model: &'a Model,
}

impl Names<'_> {
    fn item(&self, item: ItemId) -> String {
        quoted(&self.model.world.item(item).name.title)
    }

    fn option(&self, item: ItemId, option: OptionId) -> String {
        let of = &self.model.world.item(item);
        format!("{} on {}", quoted(&of.options[option.at()].name.title), self.item(item))
    }

    fn on(&self, (past, plain): (&str, &str), item: ItemId, option: Option<OptionId>) -> Deed {
        match option {
            Some(o) => Deed::about(past, plain, &self.option(item, o)),
            None => Deed::about(past, plain, &format!("nothing on {}", self.item(item))),
        }
    }
}

fn quoted(title: &str) -> String {
    format!("“{}”", clean(title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_a_seat_is_a_sentence() {
        use crate::drivers::decider::alternatives;
        for what in [What::Attendance, What::Return, What::Mandate] {
            for word in alternatives(what) {
                let deed = seat(what, word);
                assert!(!deed.past.contains('“') && deed.past != deed.plain, "{word}: {deed:?}");
            }
        }
    }
}
