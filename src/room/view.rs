//! What a student may see: the room around the team, and the talks as the team's role may know them.

use crate::document::Document;
use crate::session::Prediction;
use crate::session::orders::Field;
use crate::telling::play::lines::{News, when};
use crate::telling::play::orders::Told;

use super::lesson::{Kind, Stage};
use super::request::mark;
use super::sheet::version;
use super::standing::Agenda;
use super::state::Room;

/// A question to predict.
#[derive(Clone, Debug, PartialEq)]
pub struct Questions {
    /// Its id.
    pub id: String,
    /// As it is put.
    pub question: String,
    /// What this student stated, where they did.
    pub stated: Option<f64>,
    /// Whether it can be answered still.
    pub open: bool,
}

/// How the class predicts.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// The id of the question.
    pub id: String,
    /// As it is put.
    pub question: String,
    /// The round before which it was asked.
    pub round: u8,
    /// Whether it was shown to all, so that nobody can answer it any more.
    pub shown: bool,
    /// How many said 0 to 9 per cent, 10 to 19, and so on; the last holds 90 to 100.
    pub bins: [u32; 10],
    /// The mean probability.
    pub mean: f64,
}

impl Spread {
    /// How many answered.
    pub fn answers(&self) -> u32 {
        self.bins.iter().sum()
    }
}

/// A vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    /// The step of the lesson, from 1.
    pub step: usize,
    /// What can be voted for, with the votes for it once it is closed.
    pub options: Vec<(String, Option<u32>)>,
    /// How many have voted.
    pub voted: usize,
}

impl Poll {
    /// Whether it is closed.
    pub fn closed(&self) -> bool {
        self.options.iter().all(|(_, votes)| votes.is_some())
    }
}

/// A field of the sheet, in words, with what the team wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The field.
    pub field: Field,
    /// In words.
    pub told: Told,
    /// What the team wrote; nothing: as the model would.
    pub words: Vec<String>,
    /// What the model would weigh, where it follows from what the role knows.
    pub weighs: Vec<String>,
}

/// What the members of a team see.
#[derive(Clone, Debug)]
pub struct Team {
    /// The group, from 1.
    pub group: usize,
    /// The role's id.
    pub role: String,
    /// The role's title.
    pub title: String,
    /// The round that is due, or the last one.
    pub round: u8,
    /// How many there can be.
    pub rounds: u8,
    /// Its days.
    pub when: String,
    /// The titles of the roles that the model played in the round that was closed last.
    pub by_model: Vec<String>,
    /// How the talks ended, where they have.
    pub outcome: Option<String>,
    /// The names of the team, whether each is there, and whether each holds the pen.
    pub mates: Vec<(String, bool, bool)>,
    /// Whether this student holds the pen.
    pub pen: bool,
    /// Whether orders have been signed off for this round.
    pub signed: bool,
    /// Whether the sheet says something else than what was signed off.
    pub changed: bool,
    /// By what the sheet is known.
    pub version: String,
    /// The sheet.
    pub sheet: Vec<Seen>,
    /// The agenda.
    pub agenda: Vec<Agenda>,
    /// What happened in the last round.
    pub news: Vec<News>,
    /// The questions that are due before this round.
    pub questions: Vec<Questions>,
    /// The confidential handout of the role.
    pub handout: Document,
    /// The other teams of the group and whether they have signed.
    pub others: Vec<(String, bool)>,
}

/// A what-if before the class, as students see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedWhatIf {
    /// By what it is known: values that the teacher moved are not to be read from it.
    pub mark: String,
    /// What it is called.
    pub title: String,
    /// What is asked; may be empty.
    pub question: String,
    /// What this student guessed, where they did: the id of an outcome.
    pub guess: Option<String>,
    /// Whether the answer is shown.
    pub answered: bool,
}

/// What a student sees.
#[derive(Clone, Debug)]
pub struct StudentView {
    /// Their name.
    pub name: String,
    /// The step of the lesson, and its number from 1.
    pub stage: (usize, Stage),
    /// Whether the lesson is halted.
    pub paused: bool,
    /// The clock of the round that is due: the round, and how many seconds are left.
    pub clock: Option<(u8, u64)>,
    /// The team, where they are on one.
    pub team: Option<Team>,
    /// Teams that can be chosen: group, role, title, how many are on it.
    pub choices: Vec<(usize, String, String, usize)>,
    /// The what-if before the class.
    pub what_if: Option<AskedWhatIf>,
    /// How the class predicts, where that was shown: of the round for which it was shown last.
    pub spreads: Vec<Spread>,
    /// The vote, in a step of one, and whether this student has voted.
    pub poll: Option<(Poll, bool)>,
    /// How many guessed which outcome, by its id, once the answer to the what-if is shown.
    pub guesses: Vec<(String, u32)>,
    /// What the teacher told all.
    pub message: Option<String>,
    /// Whether the debrief is open.
    pub debriefed: bool,
}

impl Room<'_> {
    /// What a student sees now; `None` where there is nobody of this id.
    pub fn student(&self, who: &str) -> Option<StudentView> {
        let student = self.people().get(who)?;
        let choices = match (&student.team, self.plan().choose) {
            (None, true) => self
                .teams()
                .map(|(group, role)| {
                    let title = self.title(&role);
                    let count = self.people().on_team(group, &role).count();
                    (group, role, title, count)
                })
                .collect(),
            _ => Vec::new(),
        };
        let what_if = self.asked().zip(self.asked_told()).map(|(id, (title, question))| AskedWhatIf {
            mark: mark(id),
            title,
            question,
            guess: self.guesses(id).get(who).cloned(),
            answered: self.answered(id),
        });
        Some(StudentView {
            name: student.name.clone(),
            stage: self.stage(),
            paused: self.paused(),
            clock: self.seconds_left(),
            team: student.team.as_ref().and_then(|(group, role)| self.team(who, *group, role)),
            choices,
            what_if,
            spreads: self.shown_spreads(),
            poll: self.poll().map(|poll| {
                let voted = self.has_voted(poll.step, who);
                (poll, voted)
            }),
            guesses: self.asked().filter(|id| self.answered(id)).map_or_else(Vec::new, |id| self.guessed(id)),
            message: self.message().map(str::to_owned),
            debriefed: self.debriefed(),
        })
    }

    /// How the class predicts: every question that somebody answered, by round.
    pub fn spreads(&self) -> Vec<Spread> {
        let mut spreads = self.spreads_of(|_, _| true);
        spreads.retain(|s| s.shown || s.answers() > 0);
        spreads
    }

    /// Those that were shown, of the round for which they were shown last.
    pub fn shown_spreads(&self) -> Vec<Spread> {
        let mut shown = self.spreads_of(|question, round| self.spread_shown(question, round));
        let last = shown.iter().map(|s| s.round).max();
        shown.retain(|s| Some(s.round) == last);
        shown
    }

    /// How the class predicts each question before each round that `wanted` names, by round.
    fn spreads_of(&self, wanted: impl Fn(&str, u8) -> bool) -> Vec<Spread> {
        let mut spreads = Vec::new();
        for question in self.model().world.predictions() {
            let rounds = question.checkpoints.iter().filter(|round| wanted(&question.name.id, **round));
            spreads.extend(rounds.map(|round| self.spread_of(question, *round)));
        }
        spreads.sort_by_key(|s| s.round);
        spreads
    }

    fn spread_of(&self, question: &crate::domain::Prediction, round: u8) -> Spread {
        let id = &question.name.id;
        let stated = self.groups().iter().flat_map(|g| g.session.predictions());
        let of = |p: &&Prediction| p.question == *id && p.round == round;
        let said: Vec<f64> = stated.filter(of).map(|p| p.probability).collect();
        let mut bins = [0; 10];
        said.iter().for_each(|p| bins[((p * 10.0 + 1e-9) as usize).min(9)] += 1);
        Spread {
            id: id.clone(),
            question: question.question.clone(),
            round,
            shown: self.spread_shown(id, round),
            bins,
            mean: said.iter().sum::<f64>() / said.len().max(1) as f64,
        }
    }

    /// The vote, in a step of one.
    pub fn poll(&self) -> Option<Poll> {
        let (step, stage) = self.stage();
        if stage.kind != Kind::Vote {
            return None;
        }
        let options = match self.counted(step) {
            Some(counted) => counted.iter().map(|(option, votes)| (option.clone(), Some(*votes))).collect(),
            None => stage.options.into_iter().map(|option| (option, None)).collect(),
        };
        Some(Poll { step, options, voted: self.voted(step) })
    }

    /// How many guessed which outcome of a what-if, by the id of the outcome.
    pub fn guessed(&self, what_if: &str) -> Vec<(String, u32)> {
        let guesses = self.guesses(what_if);
        let count = |id: &str| guesses.values().filter(|g| *g == id).count() as u32;
        let ids = self.model().world.outcomes.iter().map(|o| o.name.id.clone());
        ids.map(|id| (id.clone(), count(&id))).filter(|(_, count)| *count > 0).collect()
    }

    /// The sheet of a role for the round that is due, with what its team wrote; nothing where the talks are over, `None` where there is
    /// no such team.
    pub fn sheet(&self, group: usize, role: &str) -> Option<Vec<Seen>> {
        let (standing, draft) = (self.standing(group, role)?, self.draft(group, role));
        let seen = |(field, told, weighs): &(Field, Told, Vec<String>)| {
            let words = draft.sheet.words(&field.key).to_vec();
            Seen { field: field.clone(), told: told.clone(), words, weighs: weighs.clone() }
        };
        Some(standing.fields.iter().map(seen).collect())
    }

    fn team(&self, who: &str, group: usize, role: &str) -> Option<Team> {
        let (model, world) = (self.model(), &self.model().world);
        let session = &self.groups().get(group.checked_sub(1)?)?.session;
        let (standing, table) = (self.standing(group, role)?, session.table());
        let round = table.round();
        let draft = self.draft(group, role);
        let signed = session.sheet(role);
        let people = self.people();
        let pen = people.pen(group, role);
        let mate = |(id, s): (&str, &super::Student)| {
            (s.name.clone(), people.is_there(id, self.now()), pen == Some(id))
        };
        let due = |q: &&crate::domain::Prediction| q.checkpoints.contains(&round) && !table.over();
        let question = |q: &crate::domain::Prediction| Questions {
            id: q.name.id.clone(),
            question: q.question.clone(),
            open: !self.spread_shown(&q.name.id, round),
            stated: session
                .predictions()
                .iter()
                .find(|p| p.who == who && p.question == q.name.id && p.round == round)
                .map(|p| p.probability),
        };
        let others = session.header().seats.iter().filter(|id| *id != role);
        Some(Team {
            group,
            role: role.to_owned(),
            title: self.title(role),
            round,
            rounds: world.rounds,
            when: when(model, round),
            by_model: session
                .closed()
                .last()
                .into_iter()
                .flat_map(|r| &r.model)
                .map(|id| self.title(id))
                .collect(),
            outcome: self.outcome(group),
            mates: people.on_team(group, role).map(mate).collect(),
            pen: pen == Some(who),
            signed: signed.is_some(),
            changed: signed.is_some_and(|s| *s != draft.sheet),
            version: version(&draft.sheet),
            sheet: self.sheet(group, role).unwrap_or_default(),
            agenda: standing.agenda.clone(),
            news: standing.news.clone(),
            questions: world.predictions().iter().filter(due).map(question).collect(),
            handout: standing.handout.clone(),
            others: others.map(|id| (self.title(id), session.sheet(id).is_some())).collect(),
        })
    }
}
