//! The loop: whose question it is, what happened before it, and what the player answers.

use crate::cli::exit::{Exit, Failure};
use crate::domain::{ItemId, OptionId};
use crate::drivers::Sampler;
use crate::kernel::What;
use crate::session::{About, Event, Question, Refused, Session, write};
use crate::telling::Paper;
use crate::telling::play;
use crate::telling::play::View;

use super::console::{Console, Line};
use super::log::Keep;
use super::order::parse;

/// Who decides for a seat until further notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leave {
    /// The player.
    No,
    /// The model, in a round.
    Round(u8),
    /// The model, to the end.
    All,
}

/// A sweep over questions of one kind in one round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sweep {
    pub round: u8,
    pub what: What,
    /// Whether what was decided the last time is taken again; else what the model proposes.
    pub again: bool,
}

/// What is remembered of a seat while it is played.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chair {
    /// How many steps it has been told.
    pub told: usize,
    /// Who decides.
    pub leave: Leave,
    /// What it takes without being asked.
    pub sweep: Option<Sweep>,
    /// How many decisions were taken for it since it was last asked.
    pub taken: usize,
    /// Whether its player was welcomed.
    pub greeted: bool,
}

/// A session that is being played.
pub struct Game<'a, 'b> {
    pub(super) session: Session<'a>,
    pub(super) keep: &'b mut dyn Keep,
    pub(super) console: &'b mut dyn Console,
    pub(super) chairs: Vec<Chair>,
    /// Who holds the keyboard.
    pub(super) holder: usize,
    /// Questions to predict that were put already: branch, seat and round.
    pub(super) put: Vec<(usize, usize, u8)>,
    /// Whether the end of this branch was told.
    pub(super) ended: bool,
    /// Whether players are asked to predict.
    pub asks: bool,
    /// What else a command must say to go on: the scenario's file, where it is not in the log's folder, and a domain's profiles.
    pub besides: Vec<String>,
    fresh: bool,
}

/// Whether the player goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// The same question again, silently.
    Stay,
    /// On to whatever is due now.
    On,
    /// The player leaves.
    Leave,
}

impl<'a, 'b> Game<'a, 'b> {
    /// A session that has just begun.
    pub fn new(session: Session<'a>, keep: &'b mut dyn Keep, console: &'b mut dyn Console) -> Self {
        let chair = Chair { told: 0, leave: Leave::No, sweep: None, taken: 0, greeted: false };
        let chairs = vec![chair; session.seats().len()];
        let holder = usize::MAX;
        Self {
            session,
            keep,
            console,
            chairs,
            holder,
            put: Vec::new(),
            ended: false,
            asks: true,
            besides: Vec::new(),
            fresh: true,
        }
    }

    /// A session that goes on: of what happened before, the last round is told again.
    pub fn resumed(session: Session<'a>, keep: &'b mut dyn Keep, console: &'b mut dyn Console) -> Self {
        let mut game = Self::new(session, keep, console);
        game.fresh = false;
        game.look_back();
        game
    }

    /// From where on news are told after a resumption or a change of branch: the round before the one under way.
    pub(super) fn look_back(&mut self) {
        let table = self.session.table();
        let from = table.round().saturating_sub(1);
        let told = table.steps().iter().take_while(|s| s.round < from).count();
        let afresh = |c: &Chair| Chair { told, leave: Leave::No, sweep: None, taken: 0, greeted: c.greeted };
        self.chairs.iter_mut().for_each(|c| *c = afresh(c));
        self.ended = false;
    }

    /// The session.
    pub fn session(&self) -> &Session<'a> {
        &self.session
    }

    /// Plays until the player leaves or the input ends.
    ///
    /// # Errors
    /// When reading, writing or keeping a line fails.
    pub fn play(&mut self) -> Result<(), Failure> {
        if self.chairs.len() == 1 {
            self.greet(0)?;
        }
        loop {
            let Some(question) = self.session.table().question().cloned() else {
                if !self.over()? {
                    return self.leave();
                }
                continue;
            };
            let seat = self.session.seats().iter().position(|s| *s == question.who).unwrap_or(0);
            if let Some(pick) = self.without_asking(seat, &question) {
                self.chairs[seat].taken += 1;
                self.decide(pick)?;
                continue;
            }
            if !self.ask(seat, &question)? {
                return self.leave();
            }
        }
    }

    /// Welcomes a seat, once; where several share the keyboard, after it was handed over, which wipes the screen.
    fn greet(&mut self, seat: usize) -> Result<(), Failure> {
        if std::mem::replace(&mut self.chairs[seat].greeted, true) {
            return Ok(());
        }
        let world = &self.session.model().world;
        let text = if self.fresh {
            play::welcome(world, self.session.header(), self.paper())
        } else {
            play::welcome_back(world, self.session.table().round(), self.session.branches().len())
        };
        self.say(&text)
    }

    /// What is decided for a seat without asking its player.
    fn without_asking(&mut self, seat: usize, question: &Question) -> Option<usize> {
        let round = question.site.round;
        match self.chairs[seat].leave {
            Leave::All => return Some(self.drawn(question)),
            Leave::Round(r) if r == round => return Some(self.drawn(question)),
            _ => self.chairs[seat].leave = Leave::No,
        }
        let sweep = self.chairs[seat].sweep?;
        let pick = match (sweep.round, sweep.what) == (round, question.site.what) {
            true if sweep.again => self.again(question),
            true => play::proposal(&self.session().model().world, question).map(|a| a.pick),
            false => None,
        };
        if pick.is_none() {
            self.chairs[seat].sweep = None;
        }
        pick
    }

    /// What the model decides, with the luck of the run: what it would have decided with the seat empty.
    fn drawn(&self, question: &Question) -> usize {
        let header = self.session.header();
        question.drawn(&mut Sampler::new(header.head.seed, header.run))
    }

    /// What the seat decided the last time that this was asked, if it is open.
    pub(super) fn again(&self, question: &Question) -> Option<usize> {
        let moments = self.session.table().moments().iter().rev();
        let mut same = moments
            .filter(|m| m.question.about == question.about && m.question.site.what == question.site.what);
        let last = same.next()?;
        let word = &last.question.picked(last.pick)?.word;
        Some(question.alternatives.iter().find(|a| a.word == *word)?.pick)
    }

    /// Takes a decision and keeps it; nothing of what it leads to has been shown by then.
    pub(super) fn decide(&mut self, pick: usize) -> Result<(), Failure> {
        let event = self.session.deciding(pick).map_err(|e| misfit(&e))?;
        self.carry(&event)
    }

    /// Carries out an event and keeps it.
    pub(super) fn carry(&mut self, event: &Event) -> Result<(), Failure> {
        self.session.apply(event).map_err(|e| misfit(&e))?;
        self.keep.append(&write(event))
    }

    /// Asks a player until the question is answered; whether to go on.
    fn ask(&mut self, seat: usize, question: &Question) -> Result<bool, Failure> {
        if !self.take_over(seat)? {
            return Ok(false);
        }
        match self.forecasts(seat, question)? {
            Then::On => {}
            Then::Stay => return Ok(true),
            Then::Leave => return Ok(false),
        }
        if self.chairs[seat].leave != Leave::No {
            // The player left the decisions to the model when asked to predict.
            return Ok(true);
        }
        self.news(seat, u8::MAX)?;
        self.put_question(question)?;
        let words = play::listed(question);
        loop {
            let prompt = format!("{}> ", self.session.header().seats[seat]);
            let line = match self.console.read(&prompt, &self.completions(&words))? {
                Line::Text(line) => line,
                Line::End => return Ok(false),
                Line::Interrupted if self.stops()? => return Ok(false),
                Line::Interrupted => continue,
            };
            let order = match parse(&line, &words) {
                Ok(order) => order,
                Err(remark) => {
                    self.remark(&remark)?;
                    continue;
                }
            };
            match self.act(seat, Some(question), &order)? {
                Then::Stay => {}
                Then::On => return Ok(true),
                Then::Leave => return Ok(false),
            }
        }
    }

    pub(super) fn put_question(&mut self, question: &Question) -> Result<(), Failure> {
        let text = play::question(&self.view(question.who), question, &self.earlier(question), self.paper());
        self.say(&format!("\n{text}"))
    }

    /// The options of an offer that the player has named already in this move.
    fn earlier(&self, question: &Question) -> Vec<(ItemId, OptionId)> {
        let moments = self.session.table().moments().iter().rev();
        let same = moments
            .take_while(|m| m.round() == question.site.round && m.question.site.turn == question.site.turn);
        let offered = same.filter_map(|m| match m.question.about {
            About::Offer(_, item) if matches!(question.about, About::Offer(..)) => {
                Some((item, m.question.picked(m.pick)?.option?))
            }
            _ => None,
        });
        let mut offered: Vec<_> = offered.collect();
        offered.reverse();
        offered
    }

    /// Hands the keyboard over where another player's turn has come; whether to go on.
    fn take_over(&mut self, seat: usize) -> Result<bool, Failure> {
        if self.chairs.len() > 1 && self.holder != seat {
            let text = play::handed(&self.view(self.session.seats()[seat]));
            if !self.hand_over(&text)? {
                return Ok(false);
            }
            self.greet(seat)?;
        }
        self.holder = seat;
        let taken = std::mem::take(&mut self.chairs[seat].taken);
        if taken > 0 {
            let word = if taken == 1 { "decision was" } else { "decisions were" };
            self.say(&format!("{taken} {word} taken for you.\n"))?;
        }
        Ok(true)
    }

    /// Lets another player take over; whether to go on.
    pub(super) fn hand_over(&mut self, to: &str) -> Result<bool, Failure> {
        loop {
            match self.console.hand_over(to)? {
                Line::Text(_) => return Ok(true),
                Line::Interrupted if !self.stops()? => {}
                Line::Interrupted | Line::End => return Ok(false),
            }
        }
    }

    /// Tells a seat what happened since it was last told, as far as it happened before a round.
    pub(super) fn news(&mut self, seat: usize, before: u8) -> Result<(), Failure> {
        let table = self.session.table();
        let steps = table.steps();
        let until = steps.iter().take_while(|s| s.round < before).count();
        let from = self.chairs[seat].told;
        if until <= from {
            return Ok(());
        }
        let role = self.session.seats()[seat];
        let text = play::news(table, role, from..until, self.paper());
        self.chairs[seat].told = until;
        if text.is_empty() { Ok(()) } else { self.say(&format!("\n{text}")) }
    }

    pub(super) fn view(&self, role: crate::drivers::decider::Decider) -> View<'a> {
        View::new(self.session.model(), role, self.session.table().state().cells())
    }

    pub(super) fn paper(&self) -> Paper {
        self.console.paper()
    }

    pub(super) fn say(&mut self, text: &str) -> Result<(), Failure> {
        self.console.show(text)
    }
}

/// An event that the game itself made and the session refuses: the two do not fit.
fn misfit(refused: &Refused) -> Failure {
    Failure::new(Exit::No, format!("the session cannot go on: {refused}"))
}
