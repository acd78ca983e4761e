//! What every action, procedure, rule, tactic and decision is, said once. Play, sheets, chronicle, help, the schema and the
//! reference of the language take their words from here; numbers are added where they are known.

use super::{Action, Procedure, tactic};

/// A word of scenario files or players, and what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// The word.
    pub id: &'static str,
    /// What it stands for: a clause without a capital letter and a full stop.
    pub sentence: &'static str,
    /// Where it comes from; empty where it needs no source.
    pub source: &'static str,
}

/// A kind of word: what they are, and all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vocabulary {
    /// What the words are, as a heading.
    pub title: &'static str,
    /// The words, in order.
    pub words: &'static [Told],
}

const fn told(id: &'static str, sentence: &'static str, source: &'static str) -> Told {
    Told { id, sentence, source }
}

/// The ids of a table, in its order.
pub const fn ids<const N: usize>(table: &[Told; N]) -> [&'static str; N] {
    let mut ids = [""; N];
    let mut k = 0;
    while k < N {
        ids[k] = table[k].id;
        k += 1;
    }
    ids
}

/// Words with their places filled in: `{: option}` becomes a colon, a blank and what `fill` makes of `option`, and nothing where it
/// makes nothing of it.
pub fn filled(words: &str, fill: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = words;
    while let Some((before, (inside, after))) =
        rest.split_once('{').and_then(|(before, more)| Some((before, more.split_once('}')?)))
    {
        let at = inside.rfind(' ').map_or(0, |blank| blank + 1);
        out += before;
        if let Some(text) = fill(&inside[at..]) {
            out += &inside[..at];
            out += &text;
        }
        rest = after;
    }
    out + rest
}

/// What a mediator can do in a round, in the order of `Action::ALL`.
pub const ACTIONS: &[Told; Action::COUNT] = &Action::TOLD;

/// How items are resolved.
pub const PROCEDURES: &[Told; Procedure::COUNT] = &Procedure::TOLD;

/// Whose consent settles an item.
pub const DECISION_RULES: &[Told; 4] = &[
    told("consensus", "every party must accept", ""),
    told("majority", "more than half of the parties must accept", ""),
    told("all-but", "all parties but a number must accept, and those with a veto in any case", ""),
    told(
        "sufficient-consensus",
        "more than half of the parties must accept, and more than half of every bloc",
        "Northern Ireland 1996–98",
    ),
];

/// When agreed items are sealed.
pub const PACKAGE_RULES: &[Told; 2] = &[
    told("nothing-until-everything", "nothing is agreed until everything is agreed", ""),
    told("step-by-step", "each text is signed as soon as it is ready", ""),
];

/// The order in which items are tabled.
pub const AGENDA_RULES: &[Told; 4] = &[
    told("listed", "one more item is opened in each round, in the order of the list", ""),
    told("easiest-first", "one more item is opened in each round, the least contested first", ""),
    told("hardest-first", "one more item is opened in each round, the most contested first", ""),
    told("all-at-once", "all items are opened as soon as they can be", ""),
];

/// How a party's target moves, in the order of the language.
pub const TACTICS: &[Told; tactic::COUNT] = &tactic::TOLD;

/// How a manipulating mediator moves a party.
pub const INDUCEMENTS: &[Told; 2] = &[
    told("stick", "pressure on the party rises a level", ""),
    told("carrot", "the option becomes easier for the party to accept, this turn", ""),
];

/// Which package a party offers.
pub const OFFERS: &[Told; 2] = &[
    told("own-best", "the package closest to its target", ""),
    told("closest", "of those that meet its target, the package most like the last offer it received", ""),
];

/// Whether a seated delegation takes part.
pub const ATTENDANCE: &[Told; 3] = &[
    told("stay", "take part in this session", ""),
    told("consult", "go home for instructions: agree to nothing this round, and be back in the next", ""),
    told("walk-out", "leave the room, and agree to nothing until you return", ""),
];

/// Whether a delegation that is out comes back.
pub const RETURNING: &[Told; 3] = &[
    told("stay-out", "wait outside, and agree to nothing this round", ""),
    told("return", "take your seat again, this round", ""),
    told("give-up", "leave these talks for good", ""),
];

/// The mandate of a delegation.
pub const MANDATES: &[Told; 3] = &[
    told("firm", "ask for more than planned, this round", ""),
    told("planned", "go on as planned", ""),
    told("flexible", "settle for less than planned, this round", ""),
];

/// Whether to sign.
pub const SIGNING: &[Told; 2] = &[
    told("sign", "put your name to it: it is signed once every signatory does", ""),
    told("refuse", "leave it unsigned for now", ""),
];

/// Whether to keep a promise.
pub const KEEPING: &[Told; 2] = &[
    told("keep", "do this round what the text asks of you", ""),
    told("break", "break your promise; everybody sees it", ""),
];

/// Whether to press at a front.
pub const PRESSING: &[Told; 2] = &[
    told("hold", "raise the fighting no further", ""),
    told(
        "press",
        "raise the fighting a level; heavy fighting under a ceasefire is a breach that everybody sees",
        "",
    ),
];

/// Whether to end talks that have stalled.
pub const ENDING: &[Told; 2] = &[
    told("go-on", "keep the delegations at the table", ""),
    told("send-home", "end the talks for now: they may be reconvened later", ""),
];

/// Whether to guarantee a promise.
pub const GUARANTEEING: &[Told; 2] = &[
    told("save", "keep your leverage", ""),
    told("pledge", "spend leverage on the promises of an item", ""),
];

/// Whether to walk away from an exchange of offers.
pub const LEAVING: &[Told; 2] = &[
    told(
        "walk-away",
        "leave the talks when it is your move: what you offered lapses, and you can return later",
        "",
    ),
    told("bargain-on", "stay in the exchange of offers, whatever it promises", ""),
];

/// A vote on what somebody moved or proposed.
pub const VOTES: &[Told; 2] = &[
    told("yes", "accept what is put to you", ""),
    told("no", "leave it open unless enough others accept", ""),
];

/// Every kind of word, in the order of the reference. Those of scenario files come first, then those of players.
pub const VOCABULARIES: &[Vocabulary; 18] = &[
    Vocabulary { title: "Mediators' actions", words: ACTIONS },
    Vocabulary { title: "Inducements", words: INDUCEMENTS },
    Vocabulary { title: "Procedures", words: PROCEDURES },
    Vocabulary { title: "Decision rules", words: DECISION_RULES },
    Vocabulary { title: "When agreed items are sealed", words: PACKAGE_RULES },
    Vocabulary { title: "Agendas", words: AGENDA_RULES },
    Vocabulary { title: "Offers", words: OFFERS },
    Vocabulary { title: "Tactics", words: TACTICS },
    Vocabulary { title: "Attendance", words: ATTENDANCE },
    Vocabulary { title: "Return", words: RETURNING },
    Vocabulary { title: "Mandates", words: MANDATES },
    Vocabulary { title: "Signing", words: SIGNING },
    Vocabulary { title: "Keeping a promise", words: KEEPING },
    Vocabulary { title: "Pressing at a front", words: PRESSING },
    Vocabulary { title: "Ending talks", words: ENDING },
    Vocabulary { title: "Guaranteeing", words: GUARANTEEING },
    Vocabulary { title: "Walking away", words: LEAVING },
    Vocabulary { title: "Votes", words: VOTES },
];

/// What these words stand for, if one of the tables has all of them.
pub fn told_of(words: &[&str]) -> Option<Vec<&'static Told>> {
    let of = |v: &Vocabulary| words.iter().map(|id| v.words.iter().find(|t| t.id == *id)).collect();
    VOCABULARIES.iter().find_map(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_told_once_as_a_clause() {
        let all: Vec<&Told> = VOCABULARIES.iter().flat_map(|v| v.words).collect();
        for (k, one) in all.iter().enumerate() {
            assert!(!one.sentence.is_empty() && !one.sentence.ends_with('.'), "{}", one.id);
            assert!(one.sentence.starts_with(char::is_lowercase), "{}", one.id);
            assert!(
                all[..k].iter().all(|t| t.id != one.id && t.sentence != one.sentence),
                "{} twice",
                one.id
            );
        }
    }

    #[test]
    fn places_are_filled_or_left_out_with_what_leads_up_to_them() {
        let fill = |place: &str| (place != "nothing").then(|| place.to_uppercase());
        assert_eq!(filled("{a} on{ b}{: c d}{ and nothing}.", fill), "A on B: c D.");
        assert_eq!(filled("no place", fill), "no place");
    }

    #[test]
    fn words_are_found_where_all_of_them_stand() {
        let found = told_of(&["consensus", "majority"]).expect("decision rules");
        assert_eq!(found[1].sentence, "more than half of the parties must accept");
        assert!(told_of(&["consensus", "stick"]).is_none());
    }
}
