//! Shapes of the exercise: how the scenario is used in class.

use super::*;
use crate::domain::Doing;

/// A list of texts.
const TEXTS: Kind = Kind::List { of: &PROSE, least: 0, most: 64, distinct: false };
/// A length of time, in minutes.
const MINUTES: Kind = Kind::Int(1, 10_000);
/// A round.
const ROUND: Kind = Kind::Int(1, 200);

/// `[exercise]`
pub(in crate::scenario) static EXERCISE: TableShape = TableShape {
    what: "the exercise",
    header: "[exercise]",
    doc: "How the scenario is used in class: see `baraza sheets`. It changes nothing in a run.",
    keys: &[
        default("aims", TEXTS, "[]", "What students should be able to do or say afterwards."),
        optional("minutes", MINUTES, "the sum of `timing`", "How long it takes in all, in minutes."),
        default(
            "timing",
            Kind::List { of: &Kind::Table(&TIMING), least: 0, most: 64, distinct: false },
            "[]",
            "The timetable.",
        ),
        optional(
            "roles",
            refs(&Kind::Role, 1),
            "all parties and mediators",
            "The seats that people should take; where a party has a mediator's id, `mediator.ID` is the mediator.",
        ),
        default(
            "rewind",
            Kind::Bool,
            "true",
            "Whether players may go back to an earlier round and try another way; who may can find out by trial what others keep to themselves.",
        ),
        optional("briefing", PROSE, "none", "What everybody is told."),
        default(
            "events",
            refs(&Kind::Ref(Agent::Event), 0),
            "[]",
            "Events that everybody is told to be possible; the others are kept for the teacher.",
        ),
        default(
            "step",
            Kind::List { of: &Kind::Table(&STEP), least: 0, most: 96, distinct: false },
            "[]",
            "The steps of lessons at the class's phones (`baraza serve`).",
        ),
        default(
            "sheet",
            Kind::Map { of: Keys::Roles, to: &Kind::Table(&SHEET), least: 0, most: 32 },
            "{}",
            "What one role alone is told, by its id.",
        ),
        default(
            "predict",
            Kind::Map { of: Keys::Names, to: &Kind::Table(&PREDICT), least: 0, most: 32 },
            "{}",
            "What players are asked to predict, by id.",
        ),
        default(
            "discuss",
            Kind::List { of: &Kind::Table(&DISCUSS), least: 0, most: 64, distinct: false },
            "[]",
            "What is discussed afterwards.",
        ),
        optional(
            "what_ifs",
            refs(&Kind::Ref(Agent::WhatIf), 1),
            "all of the file",
            "Which what-ifs are run in class.",
        ),
        NOTE,
    ],
    others: None,
};

/// Entries of `timing`
pub(in crate::scenario) static TIMING: TableShape = TableShape {
    what: "a line of the timetable",
    header: "[[exercise.timing]]",
    doc: "One part of the lesson.",
    keys: &[
        required("minutes", MINUTES, "How many minutes it takes."),
        required("what", PROSE, "What is done."),
    ],
    others: None,
};

/// `[[exercise.step]]`
pub(in crate::scenario) static STEP: TableShape = TableShape {
    what: "a step of a lesson",
    header: "[[exercise.step]]",
    doc: "One step of a lesson that a class follows at its phones: see `baraza serve`. Steps of one lesson stand in their order; a file may have several lessons, such as a long and a short one.",
    keys: &[
        default(
            "lesson",
            Kind::Text(40),
            "\"lesson\"",
            "The lesson that it belongs to, as `--lesson` names it; the first in the file is the usual one.",
        ),
        required(
            "do",
            Kind::Word(&Doing::WORDS),
            "What is done: everybody reads, predicts, plays rounds, guesses what a what-if does, votes; or what was hidden is opened.",
        ),
        required("minutes", MINUTES, "How many minutes it takes."),
        optional(
            "from",
            ROUND,
            "the round after the step before",
            "The first round that is played, in a step of `play`.",
        ),
        optional("to", ROUND, "the last round", "The last round that is played, in a step of `play`."),
        optional(
            "what_if",
            Kind::Ref(Agent::WhatIf),
            "the teacher chooses",
            "The what-if, in a step of `what-if`.",
        ),
        optional("title", TITLE, "what is done", "What the step is called."),
        optional(
            "text",
            PROSE,
            "none",
            "What the class is told. In a step of `vote` each line that begins with `- ` is something that can be voted for; without at least two of them it is yes or no.",
        ),
    ],
    others: None,
};

/// `[exercise.sheet.ID]`
pub(in crate::scenario) static SHEET: TableShape = TableShape {
    what: "a sheet",
    header: "[exercise.sheet.ID]",
    doc: "What one party or mediator alone is told; its numbers are added by themselves. Where a party and a mediator share an id, it is the party's, and `[exercise.sheet.\"mediator.ID\"]` is for the mediator.",
    keys: &[
        optional("text", PROSE, "none", "The confidential text."),
        default("hints", TEXTS, "[]", "Advice for playing it."),
    ],
    others: None,
};

/// `[exercise.predict.ID]`
pub(in crate::scenario) static PREDICT: TableShape = TableShape {
    what: "a prediction",
    header: "[exercise.predict.ID]",
    doc: "A question that players answer with a probability, before they play and at checkpoints.",
    keys: &[
        required("question", PROSE, "The question, so that it can be answered with yes or no."),
        required("that", Kind::Condition, "What is predicted."),
        optional(
            "by",
            ROUND,
            "it holds when the talks end",
            "It came about by this round: `that` held at the end of some round up to it.",
        ),
        default(
            "at",
            Kind::List { of: &ROUND, least: 0, most: 32, distinct: false },
            "[]",
            "Rounds before which players are asked again; before the first round they always are.",
        ),
        OWN_TITLE,
        NOTE,
        SOURCE,
    ],
    others: None,
};

/// `[[exercise.discuss]]`
pub(in crate::scenario) static DISCUSS: TableShape = TableShape {
    what: "a question for discussion",
    header: "[[exercise.discuss]]",
    doc: "A question for the discussion afterwards.",
    keys: &[
        required("question", PROSE, "The question."),
        optional("look_for", PROSE, "none", "What a good answer looks at; for the teacher only."),
    ],
    others: None,
};
