//! What the passing of time does: pens pass on, and a round is closed when its clock has run out.

use super::super::class::Line;
use super::super::people::GONE;
use super::super::request::{MINUTES, Refusal};
use super::Room;

/// How long a clock that ran out while nobody served the class still runs, in milliseconds: phones have to find their way back first.
const GRACE: u64 = 60_000;

/// The clock of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The round.
    pub round: u8,
    /// When it runs out, in milliseconds of the room's time; nothing where it is halted.
    pub until: Option<u64>,
    /// What is left of one that is halted, in milliseconds.
    pub left: Option<u64>,
}

impl Clock {
    /// What is left at a time, in milliseconds.
    pub fn left(&self, now: u64) -> u64 {
        self.until.map_or(self.left.unwrap_or(0), |until| until.saturating_sub(now))
    }

    fn line(self) -> Line {
        Line::Clock { round: self.round, until: self.until, left: self.left }
    }
}

impl Room<'_> {
    /// The clock, where one is set for a round that is due.
    pub fn clock(&self) -> Option<Clock> {
        self.clock.filter(|clock| self.due(None) == Some(clock.round))
    }

    /// The round of the clock, and how many seconds are left of it.
    pub fn seconds_left(&self) -> Option<(u8, u64)> {
        self.clock().map(|clock| (clock.round, clock.left(self.now).div_ceil(1000)))
    }

    /// Since when the round that is due in a group is waited for, in milliseconds of the room's time.
    pub fn waited_since(&self, group: usize) -> Option<u64> {
        let (round, at) = self.due.get(&group)?;
        (self.due(Some(group)) == Some(*round)).then_some(*at)
    }

    /// Lets time pass. `now` is in milliseconds since the beginning of 1970, and never less than it was.
    pub fn tick(&mut self, now: u64) {
        self.now = now;
        let began = *self.opened.get_or_insert(now);
        if self.broken.is_some() {
            return;
        }
        self.note_due();
        self.look_at_clock(began == now);
        // Phones need a while to find their way back after the program was gone.
        if now >= began + GONE {
            self.pass_pens();
        }
    }

    fn note_due(&mut self) {
        for group in 1..=self.groups.len() {
            if let Some(round) = self.due(Some(group)).filter(|_| self.waited_since(group).is_none()) {
                // There is nothing in it that could be refused.
                let _ = self.line(Line::Due { group, round, at: self.now });
            }
        }
    }

    fn look_at_clock(&mut self, first: bool) {
        let Some(clock) = self.clock else { return };
        let stopped = Clock { until: None, left: None, ..clock };
        let done = match clock.until {
            _ if self.due(None) != Some(clock.round) => self.line(stopped.line()),
            Some(until) if until <= self.now && first => {
                self.line(Clock { until: Some(self.now + GRACE), ..clock }.line())
            }
            Some(until) if until <= self.now => {
                self.line(stopped.line()).and_then(|()| self.run_out(clock.round))
            }
            _ => Ok(()),
        };
        if let Err(refusal) = done {
            self.tell(&format!("The clock has run out, and the round could not be closed: {refusal}."));
        }
    }

    /// Closes a round of all groups in which it is due, and tells all whom the model played.
    fn run_out(&mut self, round: u8) -> Result<(), Refusal> {
        let due = (1..=self.groups.len()).filter(|g| self.due(Some(*g)) == Some(round)).collect::<Vec<_>>();
        let mut late = Vec::new();
        for group in due {
            let roles: Vec<String> = self.waits_for(group).iter().map(|role| self.title(role)).collect();
            self.close(Some(group))?;
            if !roles.is_empty() {
                late.push(format!("in group {group} for {}", roles.join(", ")));
            }
        }
        let played = match late.is_empty() {
            true => "all teams had signed off".to_owned(),
            false => format!("the model played {}", late.join("; ")),
        };
        self.tell(&format!("Time was up: round {round} is played; {played}."));
        Ok(())
    }

    /// Sets the clock of the round that is due, or takes it away.
    pub(super) fn set_clock(&mut self, minutes: Option<u16>) -> Result<(), Refusal> {
        let round = self.due(None).ok_or(Refusal::Over)?;
        let time = match minutes {
            Some(minutes) if (1..=MINUTES).contains(&minutes) => Some(u64::from(minutes) * 60_000),
            Some(_) => return Err(Refusal::Minutes),
            None => None,
        };
        let (until, left) = match self.paused {
            true => (None, time),
            false => (time.map(|t| self.now + t), None),
        };
        self.line(Clock { round, until, left }.line())
    }

    /// Halts the clock with the lesson, or lets it go on.
    pub(super) fn halt_clock(&mut self, halted: bool) -> Result<(), Refusal> {
        let Some(clock) = self.clock() else { return Ok(()) };
        let left = clock.left(self.now);
        let (until, left) = if halted { (None, Some(left)) } else { (Some(self.now + left), None) };
        self.line(Clock { until, left, ..clock }.line())
    }

    /// Pens pass on from phones that are gone.
    fn pass_pens(&mut self) {
        let teams: Vec<(usize, String)> = self.teams().collect();
        for (group, role) in teams {
            let here = |who: &str| self.people.is_there(who, self.now);
            let gone = self.people.pen(group, &role).is_some_and(|who| !here(who));
            let there = self.people.on_team(group, &role).find(|(who, _)| here(who));
            let there = there.map(|(who, _)| who.to_owned());
            if let Some(who) = there.filter(|_| gone) {
                // It is there, so it can hold the pen.
                let _ = self.line(Line::Pen { who });
            }
        }
    }
}
