//! What a player's orders do.

use crate::cli::exit::Failure;
use crate::drivers::decider::Decider;
use crate::session::{Event, Question, Refused};
use crate::telling::play;
use crate::telling::play::{branches, compare, help, predictions};
use crate::text::command::command;

use super::console::Line;
use super::game::{Game, Leave, Sweep, Then};
use super::order::{Order, parse};

/// That a session is kept which is left; `log` as a command names it.
pub(super) fn kept(log: &str) -> String {
    format!("The session is kept: `baraza play --resume {log}` goes on here.")
}

/// Where the log of talks that are over lies, and what looks back on it, without a full stop.
pub(super) fn looked_back(place: &str, log: &str) -> String {
    format!(
        "The log is in {place}. `baraza debrief {log}` sets your course beside what else could have happened"
    )
}

impl Game<'_, '_> {
    /// Carries out an order; `question` is the one that is due.
    pub(super) fn act(
        &mut self,
        seat: usize,
        question: Option<&Question>,
        order: &Order,
    ) -> Result<Then, Failure> {
        match order {
            Order::Nothing => self.repeat(question),
            Order::Pick(place) => self.pick(question, *place),
            Order::Ok { .. } | Order::Same { .. } | Order::Auto { .. } | Order::Hint => match question {
                Some(question) => self.shortcut(seat, question, order),
                None => self.remark(match self.session().model().world.one_way() {
                    true => "The talks are over: nothing is to be decided.",
                    false => "The talks are over: nothing is to be decided. `rewind ROUND` goes back.",
                }),
            },
            Order::Predict(answer) => self.predict(seat, question, answer.as_ref()),
            Order::Rewind(round) => self.rewind(*round),
            Order::Branch(branch) => self.go(*branch),
            Order::Compare(a, b) => self.compare(seat, [*a, *b]),
            Order::Quit => Ok(Then::Leave),
            _ => {
                let text = self.shown(seat, order);
                self.say(&text)?;
                Ok(Then::Stay)
            }
        }
    }

    /// Says something and stays with the question.
    pub(super) fn remark(&mut self, text: &str) -> Result<Then, Failure> {
        let text = play::paragraph(text);
        self.say(&text)?;
        Ok(Then::Stay)
    }

    fn repeat(&mut self, question: Option<&Question>) -> Result<Then, Failure> {
        if let Some(question) = question {
            self.put_question(question)?;
        }
        Ok(Then::Stay)
    }

    fn pick(&mut self, question: Option<&Question>, place: usize) -> Result<Then, Failure> {
        match question.and_then(|q| q.alternatives.get(place)) {
            Some(alternative) => {
                self.decide(alternative.pick)?;
                Ok(Then::On)
            }
            None => Ok(Then::Stay),
        }
    }

    fn shortcut(&mut self, seat: usize, question: &Question, order: &Order) -> Result<Then, Failure> {
        let (round, what) = (question.site.round, question.site.what);
        let pick = match order {
            Order::Auto { all } => {
                self.chairs[seat].leave = if *all { Leave::All } else { Leave::Round(round) };
                return Ok(Then::On);
            }
            Order::Ok { .. } => play::proposal(&self.session().model().world, question).map(|a| a.pick),
            Order::Same { .. } => self.again(question),
            _ => {
                let text = play::hint(&self.view(question.who), question, self.paper());
                self.say(&text)?;
                return Ok(Then::Stay);
            }
        };
        let Some(pick) = pick else {
            return self.remark(match order {
                Order::Same { .. } => "This was not asked before, or what you decided then is not open now.",
                _ => "The model has no proposal here that would rest on what you know: choose yourself, or type `auto`.",
            });
        };
        if let Order::Ok { rest: true } | Order::Same { rest: true } = order {
            let again = matches!(order, Order::Same { .. });
            self.chairs[seat].sweep = Some(Sweep { round, what, again });
        }
        self.decide(pick)?;
        Ok(Then::On)
    }

    /// Texts that change nothing.
    fn shown(&self, seat: usize, order: &Order) -> String {
        let (session, paper) = (self.session(), self.paper());
        let (model, table) = (session.model(), session.table());
        let role = session.seats()[seat];
        let view = self.view(role);
        match order {
            Order::Why => play::why(&view, table.steps(), paper),
            Order::Items(None) => play::items(&view, None, paper),
            Order::Items(Some(id)) => match model.world.items.iter().position(|i| i.name.id == *id) {
                Some(k) => play::items(&view, Some(k.into()), paper),
                None => {
                    let ids: Vec<&str> = model.world.items.iter().map(|i| i.name.id.as_str()).collect();
                    play::paragraph(&format!(
                        "There is no item `{}`; {}",
                        play::plain(id),
                        crate::scenario::suggest(id, &ids, "there are")
                    ))
                }
            },
            Order::State => play::state(&view, paper),
            Order::Sheet => play::sheet(&view, paper),
            Order::History(Some(round)) if *round > table.round() => play::paragraph(&format!(
                "Round {round} has not begun: the talks are in round {} of {}.",
                table.round(),
                model.world.rounds
            )),
            Order::History(round) => play::history(model, role, table.steps(), round.unwrap_or(1), paper),
            Order::Predictions => predictions::stated(session, &role.id(&model.world), paper),
            Order::Branches => branches::branches(session, paper),
            Order::Save => play::paragraph(&format!(
                "Everything is kept already, in {}. `baraza play --resume {}` goes on.",
                self.keep.place(),
                self.log()
            )),
            Order::Help(topic) => help::help(topic.as_deref(), paper),
            _ => String::new(),
        }
    }

    fn rewind(&mut self, round: u8) -> Result<Then, Failure> {
        let event = Event::Rewind { from: self.session().current(), round };
        self.turn_to(&event, &format!("Back to the start of round {round}"))
    }

    fn go(&mut self, branch: usize) -> Result<Then, Failure> {
        self.turn_to(&Event::Go { branch }, "Elsewhere")
    }

    fn turn_to(&mut self, event: &Event, how: &str) -> Result<Then, Failure> {
        if let Err(refused) = self.try_carry(event)? {
            return self.remark(&format!("{}.", play::capital(&refused.to_string())));
        }
        self.look_back();
        // What stood on the screen came from another course of the talks: several players sort it out again.
        self.holder = if self.chairs.len() > 1 { usize::MAX } else { self.holder };
        let (current, round) = (self.session().current(), self.session().table().round());
        let text = format!("{how}: branch {current} of {}, round {round}.", self.session().branches().len());
        self.remark(&text)?;
        Ok(Then::On)
    }

    fn compare(&mut self, seat: usize, numbers: [usize; 2]) -> Result<Then, Failure> {
        let role: Decider = self.session().seats()[seat];
        let tables = numbers.map(|n| self.session().table_of(n));
        let text = match &tables {
            [Ok(one), Ok(other)] => compare::compare(role, numbers, [one, other], self.paper()),
            [Err(refused), _] | [_, Err(refused)] => {
                return self.remark(&format!("{}.", play::capital(&refused.to_string())));
            }
        };
        self.say(&text)?;
        Ok(Then::Stay)
    }

    /// Whether a player who pressed Ctrl-C wants to stop.
    pub(super) fn stops(&mut self) -> Result<bool, Failure> {
        match self.console.read("Stop here? Everything is kept. (y/n) ", &[])? {
            Line::Text(line) => Ok(line.to_lowercase().starts_with('y')),
            Line::Interrupted | Line::End => Ok(true),
        }
    }

    /// Whole lines that can be completed: the alternatives, the commands, and each with what can stand after it.
    pub(super) fn completions(&self, words: &[String]) -> Vec<String> {
        let world = &self.session().model().world;
        let after = |command: &'static str, of: Vec<String>| {
            of.into_iter().map(move |word| format!("{command} {word}"))
        };
        let to = |last: usize| (1..=last).map(|n| n.to_string()).collect::<Vec<_>>();
        let names = || help::names().into_iter().map(str::to_owned);
        let round = usize::from(self.session().table().round());
        let branches = to(self.session().branches().len());
        let pairs = branches.iter().flat_map(|a| branches.iter().map(move |b| (a, b)));
        let pairs = pairs.filter(|(a, b)| a != b).map(|(a, b)| format!("{a} {b}")).collect();
        words
            .iter()
            .cloned()
            .chain(names())
            .chain(["ok rest", "same rest", "auto all"].map(str::to_owned))
            .chain(after("items", world.items.iter().map(|i| i.name.id.clone()).collect()))
            .chain(after("predict", world.predictions().iter().map(|p| p.name.id.clone()).collect()))
            .chain(after("history", to(round)))
            .chain(after("rewind", to(if world.one_way() { 0 } else { round })))
            .chain(after("branch", branches.clone()))
            .chain(after("compare", branches.clone()))
            .chain(after("compare", pairs))
            .chain(after("help", names().collect()))
            .collect()
    }

    /// The talks are over: tells how, once, and takes orders; whether to go on.
    pub(super) fn over(&mut self) -> Result<bool, Failure> {
        let seats = self.chairs.len();
        if !self.ended {
            self.ended = true;
            for seat in 0..seats {
                if seats > 1 {
                    let text = play::handed(&self.view(self.session().seats()[seat]));
                    if !self.hand_over(&text)? {
                        return Ok(false);
                    }
                    self.holder = seat;
                }
                self.tell_end(seat)?;
                if seats > 1 && seat + 1 < seats {
                    match self.console.read("Press Enter to hand over. ", &[])? {
                        Line::End => return Ok(false),
                        _ => continue,
                    }
                }
            }
        }
        let seat = self.holder.min(seats - 1);
        let line = match self.console.read("over> ", &self.completions(&[]))? {
            Line::Text(line) => line,
            Line::End => return Ok(false),
            Line::Interrupted => return Ok(!self.stops()?),
        };
        match parse(&line, &[]) {
            Ok(Order::Nothing) => {
                self.remark(match self.session().model().world.one_way() {
                    true => "The talks are over: `history`, `predictions`, `quit`.",
                    false => {
                        "The talks are over: `history`, `rewind ROUND`, `branches`, `compare A B`, `quit`."
                    }
                })?;
            }
            Ok(order) => return Ok(self.act(seat, None, &order)? != Then::Leave),
            Err(remark) => {
                self.remark(&remark)?;
            }
        }
        Ok(true)
    }

    fn tell_end(&mut self, seat: usize) -> Result<(), Failure> {
        self.news(seat, u8::MAX)?;
        let role = self.session().seats()[seat];
        let id = role.id(&self.session().model().world).into_owned();
        let text = play::ending(&self.view(role), self.paper());
        self.say(&format!("\n{text}"))?;
        let scores = predictions::scores(self.session(), &id, self.paper());
        if !scores.is_empty() {
            self.say(&format!("\n{scores}"))?;
        }
        let again = match self.session().model().world.one_way() {
            true => "",
            false => "; `rewind ROUND` tries another",
        };
        self.remark(&format!("{}{again}.", looked_back(&self.keep.place(), &self.log())))?;
        Ok(())
    }

    /// The log as a command names it, with the scenario where it has to be named, too.
    fn log(&self) -> String {
        let log = std::iter::once(self.keep.place());
        command(&log.chain(self.besides.iter().cloned()).collect::<Vec<_>>())
    }

    /// The last words.
    pub(super) fn leave(&mut self) -> Result<(), Failure> {
        if self.session().table().over() {
            return Ok(());
        }
        self.remark(&kept(&self.log()))?;
        Ok(())
    }

    /// Carries out an event that a player asked for, and keeps it unless the session refuses it.
    pub(super) fn try_carry(&mut self, event: &Event) -> Result<Result<(), Refused>, Failure> {
        match self.session.apply(event) {
            Ok(()) => self.keep.append(&crate::session::write(event)).map(Ok),
            Err(refused) => Ok(Err(refused)),
        }
    }
}
