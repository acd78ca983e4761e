//! Questions that players answer with a probability.

use crate::cli::exit::Failure;
use crate::session::{Event, Question};
use crate::telling::play;
use crate::telling::play::predictions;

use super::console::Line;
use super::game::{Game, Leave, Then};
use super::order::{Order, parse, probability};

impl Game<'_, '_> {
    /// Puts the questions that are asked before this round, or before an earlier one since which the seat has decided nothing,
    /// apart from those that have been decided. `Then::On`: on to the player's decision; `Then::Stay`: something else is due now.
    pub(super) fn forecasts(&mut self, seat: usize, question: &Question) -> Result<Then, Failure> {
        let Some(round) = self.checkpoint(seat, question) else { return Ok(Then::On) };
        self.put.push((self.session().current(), seat, round));
        self.news(seat, round)?;
        let world = &self.session().model().world;
        let decided = predictions::decided(self.session(), question.who, round);
        let due: Vec<(String, String)> = world
            .predictions()
            .iter()
            .enumerate()
            .filter(|(k, p)| p.checkpoints.contains(&round) && !decided[*k])
            .map(|(k, p)| (p.name.id.clone(), predictions::question(world, k + 1)))
            .filter(|(id, _)| !self.answered(seat, id, round))
            .collect();
        if due.is_empty() {
            return Ok(Then::On);
        }
        self.say("\n")?;
        self.remark(&format!(
            "Before round {round}: how probable is it, in your eyes? Answer with 30%, 30 or 0.3, or `skip`; `skip all` for none."
        ))?;
        for (id, text) in due {
            self.remark(&text)?;
            match self.stated(seat, (&id, &text), round)? {
                Answer::Next => {}
                Answer::Enough => break,
                Answer::Elsewhere => return Ok(Then::Stay),
                Answer::Leave => return Ok(Then::Leave),
            }
        }
        Ok(Then::On)
    }

    /// The last checkpoint up to the round of a question since which the seat has neither decided nor been asked.
    fn checkpoint(&self, seat: usize, question: &Question) -> Option<u8> {
        if !self.asks || self.chairs[seat].leave != Leave::No {
            return None;
        }
        let session = self.session();
        let all = session.model().world.predictions().iter().flat_map(|p| p.checkpoints.iter().copied());
        let round = all.filter(|c| *c <= question.site.round).max()?;
        let acted =
            session.table().moments().iter().any(|m| m.question.who == question.who && m.round() >= round);
        let put = self.put.contains(&(session.current(), seat, round));
        (!acted && !put).then_some(round)
    }

    fn answered(&self, seat: usize, id: &str, round: u8) -> bool {
        let who = &self.session().header().seats[seat];
        let here = predictions::lineage(self.session());
        let counts = |branch: usize| here.iter().any(|(b, until)| *b == branch && round <= *until);
        let all = self.session().predictions().iter();
        all.filter(|p| p.who == *who && p.question == id && p.round == round).any(|p| counts(p.branch))
    }

    /// Reads until the question is answered, skipped or left; after anything else it is put again.
    fn stated(&mut self, seat: usize, (id, text): (&str, &str), round: u8) -> Result<Answer, Failure> {
        let words = self.completions(&["skip".to_owned()]);
        loop {
            match self.console.read("probability> ", &words)? {
                Line::End => return Ok(Answer::Leave),
                Line::Interrupted if self.stops()? => return Ok(Answer::Leave),
                Line::Interrupted => {}
                Line::Text(line) => match (line.to_lowercase().as_str(), probability(&line)) {
                    (_, Some(p)) => {
                        self.state(seat, id, round, p)?;
                        if !line.contains(['%', '.', ',']) {
                            self.remark(&format!("Kept: {}.", predictions::percent(p)))?;
                        }
                        return Ok(Answer::Next);
                    }
                    ("skip", _) => return Ok(Answer::Next),
                    ("skip all", _) => return Ok(Answer::Enough),
                    _ => {
                        if let Some(answer) = self.other(seat, &line)? {
                            return Ok(answer);
                        }
                        self.remark(text)?;
                    }
                },
            }
        }
    }

    /// A line that is no probability: any command but those that answer a question of the talks. `None`: the question stands.
    fn other(&mut self, seat: usize, line: &str) -> Result<Option<Answer>, Failure> {
        match parse(line, &[]) {
            Ok(Order::Auto { all }) => {
                let round = self.session().table().round();
                self.chairs[seat].leave = if all { Leave::All } else { Leave::Round(round) };
                Ok(Some(Answer::Enough))
            }
            Ok(
                Order::Nothing
                | Order::Pick(_)
                | Order::Ok { .. }
                | Order::Same { .. }
                | Order::Hint
                | Order::Predict(_),
            )
            | Err(_) => {
                self.remark(
                    "A probability is written as 30%, 30 or 0.3, from 0% to 100%; `skip` leaves the question out, `skip all` all of them. `help` lists the \
                     commands that work here as well.",
                )?;
                Ok(None)
            }
            Ok(order) => Ok(match self.act(seat, None, &order)? {
                Then::Leave => Some(Answer::Leave),
                Then::On => Some(Answer::Elsewhere),
                Then::Stay => None,
            }),
        }
    }

    fn state(&mut self, seat: usize, id: &str, round: u8, probability: f64) -> Result<(), Failure> {
        let who = self.session().header().seats[seat].clone();
        self.carry(&Event::Predict { who, question: id.to_owned(), round, probability, key: String::new() })
    }

    /// `predict`: the questions, or an answer to one.
    pub(super) fn predict(
        &mut self,
        seat: usize,
        question: Option<&Question>,
        answer: Option<&(String, f64)>,
    ) -> Result<Then, Failure> {
        let world = &self.session().model().world;
        let asked = world.predictions();
        if asked.is_empty() {
            return self.remark("The scenario has no questions to predict.");
        }
        let Some((wanted, probability)) = answer else {
            let all: Vec<String> = asked
                .iter()
                .enumerate()
                .map(|(k, p)| {
                    play::paragraph(&format!("{} [{}]", predictions::question(world, k + 1), p.name.id))
                })
                .collect();
            self.say(&all.concat())?;
            return Ok(Then::Stay);
        };
        let by_number = wanted.parse::<usize>().ok().and_then(|n| asked.get(n.wrapping_sub(1)));
        let found = asked.iter().find(|p| p.name.id == *wanted).or(by_number).map(|p| p.name.id.clone());
        match (found, question) {
            (None, _) => {
                let ids: Vec<&str> = asked.iter().map(|p| p.name.id.as_str()).collect();
                let help = crate::scenario::suggest(wanted, &ids, "there are");
                let text = format!("There is no question `{}`; {help}.", play::plain(wanted));
                self.remark(&text)
            }
            (_, None) => self.remark("The talks are over: there is nothing left to predict."),
            (Some(id), Some(question)) => {
                let acted = |m: &crate::session::Moment| {
                    m.question.who == question.who && m.round() == question.site.round
                };
                let under_way = self.session().table().moments().iter().any(acted);
                let last = self.session().model().world.rounds;
                let round = (question.site.round + u8::from(under_way)).min(last);
                self.state(seat, &id, round, *probability)?;
                self.remark(&format!("Kept: {} before round {round}.", predictions::percent(*probability)))
            }
        }
    }
}

/// What a player did with a question.
enum Answer {
    /// Answered or skipped it.
    Next,
    /// Skips the rest.
    Enough,
    /// Went to another place in the talks.
    Elsewhere,
    /// Leaves.
    Leave,
}
