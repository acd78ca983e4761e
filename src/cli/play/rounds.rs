//! Playing by round: one sheet of orders a seat and round.

use crate::cli::exit::{Exit, Failure};
use crate::session::orders::{Field, Sheet, check, fields};
use crate::session::{Event, Refused, Session, write};
use crate::telling::play;
use crate::telling::play::View;
use crate::telling::play::orders::page;

use super::act::{kept, looked_back};
use super::console::{Console, Line};
use super::log::Keep;

/// What is typed, and what it does.
const HELP: &str = "Write a field and what it is to say, such as `floor.valley 55` or `actions formulate facilitate`; a field alone tells \
its words, `clear FIELD` leaves it to the model again. `all` lists every field, `done` gives the orders, `auto` leaves the round to the \
model. `items`, `state`, `why`, `sheet`, `history [ROUND]` tell more; `rewind ROUND` takes back, `quit` leaves.";

/// A session by round that is being played.
pub struct Rounds<'a, 'b> {
    session: Session<'a>,
    keep: &'b mut dyn Keep,
    console: &'b mut dyn Console,
    /// How many steps each seat has been told.
    told: Vec<usize>,
}

/// What comes after a line.
enum Then {
    Stay,
    Next,
    Again,
    Leave,
}

impl<'a, 'b> Rounds<'a, 'b> {
    /// A session that begins or goes on.
    pub fn new(session: Session<'a>, keep: &'b mut dyn Keep, console: &'b mut dyn Console) -> Self {
        let told = vec![0; session.seats().len()];
        Self { session, keep, console, told }
    }

    /// Plays until the talks are over, the player leaves or the input ends.
    ///
    /// # Errors
    /// When reading, writing or keeping a line fails.
    pub fn play(&mut self) -> Result<(), Failure> {
        let world = &self.session.model().world;
        let text = play::welcome(world, self.session.header(), self.console.paper());
        self.console.show(&text)?;
        self.say(HELP)?;
        'rounds: while !self.session.table().over() {
            for seat in 0..self.session.seats().len() {
                if self.session.sheet(&self.session.header().seats[seat]).is_some() {
                    continue;
                }
                match self.orders(seat)? {
                    Then::Leave => {
                        return self.say(&kept(&self.keep.place()));
                    }
                    Then::Again => continue 'rounds,
                    _ => {}
                }
            }
            let event = self.session.closing(&[]).map_err(|e| Failure::new(Exit::No, e.to_string()))?;
            self.carry(&event)?;
        }
        for seat in 0..self.session.seats().len() {
            self.news(seat)?;
            let text = play::ending(&self.view(seat), self.console.paper());
            self.console.show(&format!("\n{text}"))?;
        }
        let place = self.keep.place();
        self.say(&format!("{}.", looked_back(&place, &place)))
    }

    fn say(&mut self, text: &str) -> Result<(), Failure> {
        self.console.show(&play::paragraph(text))
    }

    fn carry(&mut self, event: &Event) -> Result<(), Failure> {
        self.session
            .apply(event)
            .map_err(|e| Failure::new(Exit::No, format!("the session cannot go on: {e}")))?;
        self.keep.append(&write(event))
    }

    fn view(&self, seat: usize) -> View<'a> {
        View::new(self.session.model(), self.session.seats()[seat], self.session.table().state().cells())
    }

    fn news(&mut self, seat: usize) -> Result<(), Failure> {
        let table = self.session.table();
        let (from, until) = (self.told[seat].min(table.steps().len()), table.steps().len());
        if from < until {
            let text = play::news(table, self.session.seats()[seat], from..until, self.console.paper());
            self.console.show(&format!("\n{text}"))?;
        }
        self.told[seat] = until;
        Ok(())
    }

    /// Asks a seat for its orders.
    fn orders(&mut self, seat: usize) -> Result<Then, Failure> {
        if self.session.seats().len() > 1 {
            let to = play::handed(&self.view(seat));
            if matches!(self.console.hand_over(&to)?, Line::End) {
                return Ok(Then::Leave);
            }
        }
        self.news(seat)?;
        let mut sheet = Sheet::default();
        self.show(seat, &sheet, false)?;
        loop {
            let keys: Vec<String> = self.fields(seat).into_iter().map(|f| f.key).collect();
            let prompt = format!("{}> ", self.session.header().seats[seat]);
            let line = match self.console.read(&prompt, &keys)? {
                Line::Text(line) => line,
                Line::Interrupted | Line::End => return Ok(Then::Leave),
            };
            match self.act(seat, &mut sheet, &keys, line.trim())? {
                Then::Stay => {}
                then => return Ok(then),
            }
        }
    }

    fn show(&mut self, seat: usize, sheet: &Sheet, all: bool) -> Result<(), Failure> {
        let text = self.page(seat, &self.fields(seat), sheet, all);
        self.console.show(&format!("\n{text}"))
    }

    /// The fields of a seat's sheet for the round that is due.
    fn fields(&self, seat: usize) -> Vec<Field> {
        fields(self.session.model(), self.session.seats()[seat], self.view(seat).known())
    }

    fn page(&self, seat: usize, fields: &[Field], sheet: &Sheet, all: bool) -> String {
        page(&self.view(seat), self.session.table().round(), fields, sheet, all, self.console.paper())
    }

    fn act(&mut self, seat: usize, sheet: &mut Sheet, keys: &[String], line: &str) -> Result<Then, Failure> {
        let mut words = line.split([' ', ',']).filter(|w| !w.is_empty());
        let Some(first) = words.next() else { return Ok(Then::Stay) };
        let rest: Vec<String> = words.map(str::to_owned).collect();
        let (view, paper) = (self.view(seat), self.console.paper());
        let round = rest.first().and_then(|r| r.parse::<u8>().ok());
        let text = match first {
            "done" => return self.give(seat, sheet.clone()),
            "auto" => return self.give(seat, Sheet::default()),
            "quit" | "exit" => return Ok(Then::Leave),
            "rewind" => return self.rewind(round),
            "all" | "show" => {
                self.show(seat, sheet, first == "all")?;
                return Ok(Then::Stay);
            }
            "clear" => {
                match rest.first().and_then(|key| found(key, keys)) {
                    Some(key) => sheet.set(key, Vec::new()),
                    None => return self.stay("Write `clear FIELD`."),
                }
                return self.stay("As the model would.");
            }
            "items" => play::items(&view, None, paper),
            "state" => play::state(&view, paper),
            "why" => play::why(&view, self.session.table().steps(), paper),
            "sheet" => play::sheet(&view, paper),
            "history" => play::history(
                self.session.model(),
                self.session.seats()[seat],
                self.session.table().steps(),
                round.unwrap_or(1),
                paper,
            ),
            "help" | "?" => play::paragraph(HELP),
            key => return self.set(seat, sheet, keys, key, rest),
        };
        self.console.show(&text)?;
        Ok(Then::Stay)
    }

    fn stay(&mut self, text: &str) -> Result<Then, Failure> {
        self.say(text)?;
        Ok(Then::Stay)
    }

    fn set(
        &mut self,
        seat: usize,
        sheet: &mut Sheet,
        keys: &[String],
        key: &str,
        words: Vec<String>,
    ) -> Result<Then, Failure> {
        let Some(key) = found(key, keys) else {
            let known: Vec<&str> = keys.iter().map(String::as_str).collect();
            return self.stay(&play::not_possible(key, &[], &known));
        };
        if words.is_empty() {
            let only: Vec<Field> = self.fields(seat).into_iter().filter(|f| f.key == key).collect();
            let text = self.page(seat, &only, sheet, true);
            self.console.show(&text)?;
            return Ok(Then::Stay);
        }
        let mut changed = sheet.clone();
        changed.set(key, words);
        match check(self.session.model(), self.session.seats()[seat], &changed) {
            Ok(()) => {
                *sheet = changed;
                self.stay(&format!("{key}: {}.", sheet.words(key).join(", ")))
            }
            Err(wrong) => self.stay(&format!("{}.", play::capital(&play::plain(&wrong.to_string())))),
        }
    }

    fn give(&mut self, seat: usize, sheet: Sheet) -> Result<Then, Failure> {
        let (round, role) = (self.session.table().round(), self.session.header().seats[seat].clone());
        self.carry(&Event::Orders { round, role, sheet, by: String::new(), key: String::new() })?;
        Ok(Then::Next)
    }

    fn rewind(&mut self, round: Option<u8>) -> Result<Then, Failure> {
        let Some(round) = round else { return self.stay("Write `rewind ROUND`, such as `rewind 3`.") };
        let event = Event::Rewind { from: self.session.current(), round };
        let refused: Option<Refused> = self.session.apply(&event).err();
        if let Some(refused) = refused {
            return self.stay(&format!("{}.", play::capital(&refused.to_string())));
        }
        self.keep.append(&write(&event))?;
        let told = self.session.table().steps().len();
        self.told.iter_mut().for_each(|t| *t = told);
        self.say(&format!(
            "Back to the start of round {round}: branch {} of {}.",
            self.session.current(),
            self.session.branches().len()
        ))?;
        Ok(Then::Again)
    }
}

/// The field of a key, or of the only key that begins so.
fn found<'k>(typed: &str, keys: &'k [String]) -> Option<&'k str> {
    if let Some(exact) = keys.iter().find(|k| *k == typed) {
        return Some(exact);
    }
    let mut begin = keys.iter().filter(|k| k.starts_with(typed));
    begin.next().filter(|_| begin.next().is_none()).map(String::as_str)
}
