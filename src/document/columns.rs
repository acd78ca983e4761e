//! What every column of every table holds: its type, its unit and what it means, said once by the column's name.

/// How the cells of a column are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A whole number.
    Whole,
    /// A number with a point.
    Number,
    /// `true` or `false`.
    Flag,
    /// A date, `YYYY-MM-DD`.
    Date,
}

impl Kind {
    /// The type's name in Frictionless Table Schema.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Whole => "integer",
            Self::Number => "number",
            Self::Flag => "boolean",
            Self::Date => "date",
        }
    }
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, as in the first line of a table.
    pub name: &'static str,
    /// How its cells are read; an empty cell is one that has no value.
    pub kind: Kind,
    /// What it means, with its unit.
    pub about: &'static str,
}

/// The column of a table by its name.
pub fn column(table: &str, name: &str) -> Option<&'static Column> {
    let named = |columns: &'static [Column]| columns.iter().find(|column| column.name == name);
    let own = OTHERWISE.iter().find(|(of, _)| *of == table).and_then(|(_, columns)| named(columns));
    own.or_else(|| named(COLUMNS))
}

/// Columns that mean something else in some table than in all others.
const OTHERWISE: [(&str, &[Column]); 5] = [
    ("probabilities", CERTAIN),
    ("expectations", CERTAIN),
    ("properties", CERTAIN),
    (
        "ranges",
        &[
            Column { name: "low", kind: Kind::Text, about: "the low end of the range, a number or a level" },
            Column {
                name: "high",
                kind: Kind::Text,
                about: "the high end of the range, a number or a level",
            },
        ],
    ),
    (
        "alternatives",
        &[Column { name: "alternative", kind: Kind::Text, about: "what could have been decided, in a word" }],
    ),
];

/// Bounds that hold for certain, not intervals of confidence.
const CERTAIN: &[Column] = &[
    Column { name: "low", kind: Kind::Number, about: "lower bound, for certain" },
    Column { name: "high", kind: Kind::Number, about: "upper bound, for certain" },
];

macro_rules! columns {
    ($($name:literal $kind:ident $about:literal;)+) => {
        /// All of them, by name.
        pub const COLUMNS: &[Column] = &[$(Column { name: $name, kind: Kind::$kind, about: $about }),+];
    };
}

columns! {
    "accepts" Text "which packages a party accepts by itself: how many, or the share of runs";
    "accepts_passing" Whole "how many packages a party accepts that the rule of the track passes";
    "agent" Text "the id of the agent whose turn it is; empty for the end of a round";
    "agreed" Flag "whether the offer was accepted";
    "agreement" Whole "the number of an agreement in the table `agreements`";
    "aim" Text "what an agent wants";
    "alone_refuses" Whole "how many packages fail on this party alone";
    "alternative" Number "what a party has without agreement, in points of 100";
    "alternative_at_start" Number "what a party had without agreement at the start, in points of 100";
    "as_model" Number "share of runs with what the field decides left to the model";
    "baseline" Number "share of pairs in which it is so as the scenario stands, or the share of the scenario as it stands";
    "best" Number "the most that a package gives, in points of 100";
    "board" Text "the id of the track, or the name of the domain";
    "both_together" Number "share of runs with both changes";
    "bound" Text "which end of the range: low or high";
    "box_number" Whole "the number of a box, from 1";
    "branch" Whole "the number of a branch of a session, from 1";
    "breaches" Number "breaches so far, mean of all runs";
    "brier" Number "Brier score: the mean square of what was stated less what happened, 0 to 1";
    "by_model" Text "the ids of the roles that the model played, separated by semicolons";
    "called_for" Flag "whether what calls for the property ever holds";
    "came_to" Number "what came of it: 1 or 0 for an event, the share else";
    "cases" Whole "cases of the record of other processes";
    "cell" Whole "the number of a cell of a design, from 0";
    "changed" Number "share of pairs in which it is so with the change";
    "changes" Text "the changes under which it was asked";
    "checked" Number "the same value, worked out forwards with the policy fixed";
    "choice" Text "what was decided";
    "claim" Text "what is claimed, as `--property` takes it";
    "claims" Whole "entries of the record in this class";
    "class_from" Number "the least forecast of a class, 0 to 1";
    "class_to" Number "the largest forecast of a class, 0 to 1";
    "concept" Text "which solution of bargaining theory";
    "condition_text" Text "a condition as it was written";
    "converged" Flag "whether the index changed little when the sample doubled";
    "count" Whole "cases in which it was so";
    "coverage" Number "of all rows of interest, the share that lies in it, 0 to 1";
    "cut_short" Number "what of a duration lies outside of the talks";
    "date" Date "the first day of a round, or the date of an entry of the record";
    "decided" Text "whether the question was decided when the prediction was made";
    "decider" Text "the id of the party or mediator that decides";
    "decision" Whole "the number of a decision of a session, from 1";
    "decisions" Whole "how many decisions there were";
    "density" Number "of the rows in it, the share that is of interest, 0 to 1";
    "difference" Number "changed less baseline, as a share";
    "disagreement" Number "the point of disagreement, in points of 100";
    "distance" Number "distance to the Pareto frontier, in points of 100";
    "drawn" Text "what was drawn for the reserves of the parties named: weak, expected or strong";
    "dropped" Number "probability that was dropped so far";
    "efficient" Flag "whether no other package is better for one party and as good for all";
    "estimate" Number "the estimate: a share of runs, 0 to 1, or a mean in the unit of the file";
    "event" Text "the id of an event";
    "example" Whole "the number of a run that shows it";
    "expected_brier" Number "the Brier score to be expected were the stated chances right";
    "expected_log" Number "the logarithmic score to be expected were the stated chances right";
    "expected_value" Number "what it comes to on average: a probability, or points of 100";
    "field" Text "the key of a field of a sheet of orders";
    "finding" Text "proved, refuted or undecided";
    "first" Number "first-order index: the share of variance due to this assumption alone";
    "first_alone" Number "share of runs with the first change alone";
    "first_high" Number "upper end of the interval of the first-order index";
    "first_low" Number "lower end of the interval of the first-order index";
    "first_possible" Whole "the first round in which it could come about";
    "first_round" Whole "the round in which it is seen first; 0 for the start";
    "first_turn" Text "the kind of turn after which it is seen first";
    "first_what_if" Text "the id of the first change";
    "forecasts" Whole "forecasts in this class";
    "fraction" Text "the probability as a fraction, where it is one of whole numbers";
    "from_outcome" Text "the id of the outcome as the scenario stands";
    "from_round" Whole "the round at which a branch begins";
    "from_value" Number "the lower end that it restricts to; empty where it does not";
    "front" Text "the id of a front";
    "given" Text "what must have come before";
    "goal" Number "what was gained: points above the alternative, or items settled of 100";
    "goal_high" Number "upper end of its interval";
    "goal_low" Number "lower end of its interval";
    "group" Whole "the number of a group of a class, from 1";
    "happened" Text "whether or how often it happened";
    "held" Text "at the end of some round (ever) or of the last (last); empty for outcomes";
    "high" Number "upper end of the interval, or of the range";
    "holder" Text "the id of the party that holds a front";
    "id" Text "the id of what is named";
    "ideal" Number "the most that a party can get while all others get their alternative, in points of 100";
    "in_zone" Flag "whether every party gets more than its alternative";
    "instrument" Text "the id of a text";
    "intensity" Whole "fighting: 0 quiet to 4 an offensive";
    "interaction" Number "what both changes do less the two differences added up, as a share";
    "issue" Text "the id of an item or issue";
    "item" Text "the id of an item";
    "kind" Text "what kind of decision or entry it is";
    "last_possible" Whole "the last round in which it could come about";
    "leaf" Whole "the number of a leaf of the tree, from 1";
    "least_brier" Number "the least Brier score that was possible";
    "least_log" Number "the least logarithmic score that was possible";
    "left_over" Number "what all could still gain together, in points of 100";
    "lesson_step" Whole "the number of a step of a lesson, from 1";
    "list" Text "turning: the decisions that moved most; missed: those with a better alternative";
    "log" Number "logarithmic score, in bits";
    "low" Number "lower end of the interval, or of the range";
    "mass" Number "of all rows, the share that lies in it, 0 to 1";
    "mean" Number "mean of all runs, or over the space of assumptions";
    "mean_round" Number "the mean round in which pairs part";
    "measure" Text "what the figures of the row are";
    "merging" Number "ways to a state, on average";
    "model" Text "what the model's own rule does";
    "mu" Number "Morris: the mean effect of a step upwards, as a share";
    "mu_star" Number "Morris: the mean size of the effects of a step, as a share";
    "nash" Number "the product of gains over the alternatives, as a share of the largest";
    "neither" Number "share of runs with neither change";
    "noise" Number "what mu_star would be by luck alone";
    "observed" Number "the share of entries in the class that happened";
    "odds" Number "odds by the model's own rule, 0 to 1";
    "of_interest" Whole "rows in it that are of interest";
    "of_runs" Whole "runs in which this was drawn";
    "of_what" Text "what the figures are of: an id, a condition or a group";
    "offer" Whole "the number of an offer, from 1";
    "offered_by" Text "the id of the party that made the offer";
    "open" Text "what else was open";
    "option_id" Text "the id of an option";
    "outcome" Text "the id of an outcome";
    "p" Number "p-value of McNemar's exact test; it measures the luck of the draws alone";
    "p_adjusted" Number "the p-value adjusted by Holm over all that is compared";
    "package" Text "a package: item=option, separated by semicolons";
    "packages" Number "how many packages, or their mean number";
    "pairs" Whole "pairs of runs";
    "pairs_parting_there" Whole "pairs that part in that turn";
    "parent" Whole "the branch from which a branch parts";
    "parties" Text "the ids of parties, joined by +";
    "party" Text "the id of a party";
    "path" Text "the path of a quantity, as `--set` takes it";
    "per_30_days" Number "the mean for 30 days of talks";
    "place" Whole "the place in the list, from 1";
    "point" Whole "the number of a point of the Pareto frontier, from 1";
    "points" Number "points of 100";
    "policy" Text "the way of deciding";
    "probability" Number "the stated probability, 0 to 1";
    "probability_of" Number "the probability that it is asked for and decided so, 0 to 1";
    "property" Text "the id of a property, or its text";
    "quasi_p_from" Number "quasi-p-value of the lower end, or of the words";
    "quasi_p_to" Number "quasi-p-value of the upper end";
    "question" Text "the question as the file asks it";
    "reading" Text "by: at the end of any round up to then; at: at the end of that very round";
    "red_line" Flag "whether it crosses a red line";
    "reference" Number "the score of a forecast that knows nothing of the entry";
    "reproduced_coverage" Number "share of random halves whose box of the same coverage restricts it too";
    "reproduced_density" Number "share of random halves whose box of the same density restricts it too";
    "restricted" Whole "how many assumptions it restricts";
    "reward" Text "the id of a counted reward";
    "role" Text "the id of a party or mediator";
    "round" Whole "the round, from 1";
    "rows_inside" Whole "rows in it";
    "runs" Whole "runs in which it is so";
    "runs_out" Whole "runs in which the party is out of the room at the end of the round";
    "says" Text "what a field of a sheet says, several words separated by semicolons";
    "score" Text "which score";
    "second_alone" Number "share of runs with the second change alone";
    "second_what_if" Text "the id of the second change";
    "seed" Whole "the seed of all chance";
    "share" Number "share of runs, 0 to 1";
    "share_of_them" Number "share of the runs in which this was drawn, 0 to 1";
    "share_out" Number "share of runs in which the party is out of the room, 0 to 1";
    "short" Number "points of 100 that were missing";
    "sigma" Number "Morris: the standard deviation of the effects, as a share";
    "signed_off" Text "the ids of the roles that gave orders, separated by semicolons";
    "skill" Number "skill against the reference forecast";
    "squared" Number "the square of what was stated less what came of it: the Brier score of an event";
    "standard_error" Number "standard error of the mean";
    "state" Text "the state of an item, text, track or party";
    "stated" Number "mean forecast of the class, 0 to 1";
    "states" Whole "different states";
    "status" Text "whether an option is open, refused or settled";
    "step" Whole "turns taken so far";
    "stood" Whole "moves for which an offer stood";
    "student" Text "the id of a student, drawn at random";
    "swing" Number "the distance between the shares at both ends of the range";
    "swing_screened" Number "by how much the chances swung with the decision, as screened";
    "taken" Flag "whether it was decided so";
    "times" Whole "how often";
    "title" Text "the title in the file";
    "to_outcome" Text "the id of the outcome with the change";
    "to_value" Number "the upper end that it restricts to; empty where it does not";
    "told" Text "what is told of the turn";
    "told_as_is" Text "what is told of the turn as the scenario stands";
    "told_changed" Text "what is told of the turn with the change";
    "total" Number "total index: the share of variance in which this assumption has a part";
    "total_high" Number "upper end of the interval of the total index";
    "total_low" Number "lower end of the interval of the total index";
    "track" Text "the id of a track";
    "turn" Text "the kind of turn";
    "unit" Text "the unit that the file gives";
    "utility" Number "what a package is worth to a party, in points of 100 or of the domain's scale";
    "value" Text "a value; which one, `measure` or `concept` or `path` says";
    "verdict" Text "whether two changes help, hinder or add up";
    "voted_for" Text "what could be voted for";
    "votes" Whole "how many voted for it";
    "ways" Whole "ways into these states from those before";
    "what" Text "what it is about, or what happened";
    "what_if" Text "the id of a what-if";
    "who" Text "the role that decided or predicted";
    "within_days" Whole "days within which it must come about";
    "words" Text "the words that it allows, separated by semicolons";
    "world" Text "which world alone reached it: baseline or changed";
    "worst" Number "the least that a package gives, in points of 100";
}
