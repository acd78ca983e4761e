//! What is added up, at the end of each round, over all reachable states.

use std::collections::BTreeMap;

use crate::analysis::counters::Measure;
use crate::domain::{InstrumentState, Model, Quantity as Q, RewardId, signed};
use crate::drivers::enumerate::{Look, Mass};
use crate::kernel::{State, holds, worth};

use super::text_state;

/// Masses by what they are about. Rounds count from 0.
#[derive(Clone, Debug)]
pub struct Tally<M> {
    /// By outcome.
    pub outcomes: Vec<M>,
    /// By the round in which the talks end.
    pub ended: Vec<M>,
    /// By instrument and round: signed at the end of that round or an earlier one.
    pub signed: Vec<Vec<M>>,
    /// By instrument: in force at the end.
    pub in_force: Vec<M>,
    /// By instrument: broken at the end.
    pub broken: Vec<M>,
    /// By item and option at the end; first none.
    pub options: Vec<Vec<M>>,
    /// By front and party that holds it at the end.
    pub holders: Vec<Vec<M>>,
    /// By seat and points at the end, with their decimals, as the bits of a number: those of numbers from 0 up are in order.
    pub points: Vec<BTreeMap<u64, M>>,
    /// By seat and alternative at the end, likewise.
    pub alternatives: Vec<BTreeMap<u64, M>>,
    /// By seat: no worse off than without agreement at the end.
    pub content: Vec<M>,
    /// By measure and round: held at the end of that round.
    pub held: Vec<Vec<M>>,
    /// By measure and round: held at the end of that round or an earlier one.
    pub ever: Vec<Vec<M>>,
    /// By reward: how much a round counted, and the mass with which it did.
    pub rewards: Vec<Vec<(u32, M)>>,
}

/// Looks at states for a [`Tally`].
pub(super) struct Watch<'a> {
    model: &'a Model,
    measures: &'a [Measure],
    /// Instruments whose signature the state may forget: those that can be rejected after it.
    ratified: Vec<usize>,
}

impl<'a> Watch<'a> {
    pub fn new(model: &'a Model, measures: &'a [Measure]) -> Self {
        let texts = 0..model.world.instruments.len();
        Self { model, measures, ratified: texts.filter(|k| model.ratification[*k].is_some()).collect() }
    }

    /// How many marks it asks for.
    pub fn asked(&self) -> usize {
        self.measures.len() + self.ratified.len()
    }

    /// Measures that hold at the end of `round`.
    fn holding(&self, state: &mut State, round: u8) -> u64 {
        state.at_the_end_of(self.model, round, |state| {
            let holding = self.measures.iter().enumerate();
            holding.map(|(k, m)| u64::from(holds(&m.rule, self.model, state)) << k).sum()
        })
    }

    fn signed_before(&self, k: usize, marks: u64) -> bool {
        let place = self.ratified.iter().position(|t| *t == k);
        place.is_some_and(|place| marks >> (self.measures.len() + place) & 1 == 1)
    }

    /// Adds the reading of one round.
    fn round<M: Mass>(&self, sum: &mut Tally<M>, state: &mut State, r: usize, ever: &mut u64, mass: &M) {
        let holding = self.holding(state, r as u8 + 1);
        *ever |= holding;
        for k in 0..self.measures.len() {
            if holding >> k & 1 == 1 {
                sum.held[k][r].add(mass);
            }
            if *ever >> k & 1 == 1 {
                sum.ever[k][r].add(mass);
            }
        }
    }

    fn end<M: Mass>(&self, sum: &mut Tally<M>, state: &mut State, r: usize, mass: &M) {
        let model = self.model;
        sum.outcomes[state.get(model, Q::Outcome) as usize - 1].add(mass);
        sum.ended[r].add(mass);
        for k in 0..sum.broken.len() {
            match text_state(model, state, k) {
                InstrumentState::InForce => sum.in_force[k].add(mass),
                InstrumentState::Broken => sum.broken[k].add(mass),
                _ => {}
            }
        }
        for (k, options) in sum.options.iter_mut().enumerate() {
            options[state.get(model, Q::ItemOption(k.into())) as usize].add(mass);
        }
        for (k, holders) in sum.holders.iter_mut().enumerate() {
            holders[state.get(model, Q::Holder(k.into())) as usize].add(mass);
        }
        for k in 0..sum.points.len() {
            let (points, alternative) =
                (worth::gained(model, state, k.into()), worth::alternative(model, state, k.into()));
            sum.points[k].entry(points.to_bits()).or_insert_with(M::zero).add(mass);
            sum.alternatives[k].entry(alternative.to_bits()).or_insert_with(M::zero).add(mass);
            if points >= alternative {
                sum.content[k].add(mass);
            }
        }
    }
}

impl<M: Mass> Look<M> for Watch<'_> {
    type Sum = Tally<M>;

    fn start(&self) -> Tally<M> {
        let w = &self.model.world;
        let rounds = w.rounds as usize;
        let row = |n: usize| vec![M::zero(); n];
        let table = |n: usize, m: usize| vec![row(m); n];
        Tally {
            outcomes: row(w.outcomes.len()),
            ended: row(rounds),
            signed: table(w.instruments.len(), rounds),
            in_force: row(w.instruments.len()),
            broken: row(w.instruments.len()),
            options: w.items.iter().map(|i| row(i.options.len() + 1)).collect(),
            holders: table(w.fronts.len(), w.parties.len()),
            points: vec![BTreeMap::new(); w.seats.len()],
            alternatives: vec![BTreeMap::new(); w.seats.len()],
            content: row(w.seats.len()),
            held: table(self.measures.len(), rounds),
            ever: table(self.measures.len(), rounds),
            rewards: vec![Vec::new(); w.rewards.len()],
        }
    }

    fn look(&self, sum: &mut Tally<M>, state: &mut State, marks: u64, mass: &M, ends: bool) {
        let now = state.get(self.model, Q::Round) as usize - 1;
        // After an early end the last state stands for the rounds that are left.
        let last = if ends { self.model.world.rounds as usize } else { now + 1 };
        let mut ever = marks;
        (now..last).for_each(|r| self.round(sum, state, r, &mut ever, mass));
        for k in 0..sum.signed.len() {
            if signed(text_state(self.model, state, k)) || self.signed_before(k, marks) {
                sum.signed[k][now..last].iter_mut().for_each(|cell| cell.add(mass));
            }
        }
        if ends {
            self.end(sum, state, now, mass);
        }
    }

    fn marks(&self, state: &mut State) -> u64 {
        let round = state.get(self.model, Q::Round);
        let mut marks = if self.measures.is_empty() { 0 } else { self.holding(state, round) };
        for (place, k) in self.ratified.iter().enumerate() {
            let signed = signed(text_state(self.model, state, *k));
            marks |= u64::from(signed) << (self.measures.len() + place);
        }
        marks
    }

    fn reward(&self, sum: &mut Tally<M>, reward: RewardId, add: u32, mass: &M) {
        let amounts = &mut sum.rewards[reward.at()];
        match amounts.iter_mut().find(|a| a.0 == add) {
            Some(amount) => amount.1.add(mass),
            None => amounts.push((add, mass.clone())),
        }
    }

    fn width(&self) -> usize {
        self.asked()
    }

    fn join(&self, into: &mut Tally<M>, other: Tally<M>) {
        let row = |into: &mut Vec<M>, other: Vec<M>| into.iter_mut().zip(&other).for_each(|(a, b)| a.add(b));
        let table = |into: &mut Vec<Vec<M>>, other: Vec<Vec<M>>| {
            into.iter_mut().zip(other).for_each(|(a, b)| row(a, b));
        };
        row(&mut into.outcomes, other.outcomes);
        row(&mut into.ended, other.ended);
        row(&mut into.in_force, other.in_force);
        row(&mut into.broken, other.broken);
        row(&mut into.content, other.content);
        table(&mut into.signed, other.signed);
        table(&mut into.options, other.options);
        table(&mut into.holders, other.holders);
        for (into, other) in [(&mut into.points, other.points), (&mut into.alternatives, other.alternatives)]
        {
            for (into, other) in into.iter_mut().zip(other) {
                other.into_iter().for_each(|(bits, m)| into.entry(bits).or_insert_with(M::zero).add(&m));
            }
        }
        table(&mut into.held, other.held);
        table(&mut into.ever, other.ever);
        for (k, amounts) in other.rewards.into_iter().enumerate() {
            amounts.into_iter().for_each(|(add, mass)| self.reward(into, RewardId::new(k), add, &mass));
        }
    }
}
