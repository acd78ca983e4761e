//! Seats for agents that learn: rounds of many talks at once, into arrays that Python holds.

use baraza::session::orders::Sheet;
use baraza::studies::environment::{Environment, Options, Stepped, Talks};
use pyo3::buffer::{Element, PyBuffer};
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;

use crate::errors::{raised, usage};
use crate::scenario::{Scenario, options};

/// The menus of a role: the key of each field, and the words that each entry writes into it.
type Menus = Vec<(String, Vec<Vec<String>>)>;

/// Arrays for what one role sees of all talks: its numbers, and which entries are open.
type Sights = Vec<(PyBuffer<f32>, PyBuffer<i8>)>;

/// A number of talks of one scenario, with seats that are open to agents. All of them stand between two rounds.
#[pyclass(module = "baraza._baraza")]
pub struct Tables {
    environment: Environment,
    talks: Vec<Talks>,
}

impl Tables {
    fn talks(&self, place: usize) -> PyResult<&Talks> {
        let none = || PyIndexError::new_err(format!("there are {} talks, counted from 0", self.talks.len()));
        self.talks.get(place).ok_or_else(none)
    }

    fn role(&self, id: &str) -> PyResult<&baraza::studies::environment::Role> {
        let roles = &self.environment.roles;
        let none = || PyIndexError::new_err(format!("`{id}` does not sit at the table"));
        roles.iter().find(|role| role.id == id).ok_or_else(none)
    }

    /// Plays a round of all talks and writes down what came of it.
    fn round(
        &mut self,
        py: Python<'_>,
        sheets: Vec<Vec<Sheet>>,
        again: Option<u32>,
        into: &Arrays,
    ) -> PyResult<()> {
        let (environment, talks) = (&self.environment, &mut self.talks);
        let answers = py.detach(|| environment.step_all(talks, sheets, again));
        into.write(py, &answers)
    }
}

/// Where a step writes to.
struct Arrays {
    seen: Sights,
    rewards: Vec<PyBuffer<f64>>,
    ended: PyBuffer<i8>,
}

impl Arrays {
    fn write(&self, py: Python<'_>, answers: &[Stepped]) -> PyResult<()> {
        show(py, &self.seen, answers)?;
        for (k, rewards) in self.rewards.iter().enumerate() {
            fill(py, rewards, answers.iter().map(|a| a.rewards[k]))?;
        }
        fill(py, &self.ended, answers.iter().map(|a| i8::from(a.ended)))
    }
}

/// Writes down what each role sees.
fn show(py: Python<'_>, into: &Sights, answers: &[Stepped]) -> PyResult<()> {
    for (k, (numbers, open)) in into.iter().enumerate() {
        let seen = || answers.iter().map(|a| &a.seen[k]);
        fill(py, numbers, seen().flat_map(|s| s.numbers.iter().copied()))?;
        fill(py, open, seen().flat_map(|s| s.open.iter().copied()))?;
    }
    Ok(())
}

fn fill<T: Element + Copy>(
    py: Python<'_>,
    into: &PyBuffer<T>,
    values: impl Iterator<Item = T>,
) -> PyResult<()> {
    into.copy_from_slice(py, &values.collect::<Vec<T>>())
}

#[pymethods]
impl Tables {
    /// So many talks of a scenario; `json` says who sits and what they are after.
    #[new]
    fn new(py: Python<'_>, scenario: &Scenario, json: &str, talks: usize) -> PyResult<Self> {
        let asked: Options = options(py, json)?;
        let environment =
            Environment::plan(scenario.world(py)?, &asked).map_err(|refusal| raised(py, &refusal))?;
        let talks = vec![environment.open(1, 0); talks];
        Ok(Self { environment, talks })
    }

    /// The ids of those who sit.
    fn roles(&self) -> Vec<&str> {
        self.environment.roles.iter().map(|role| role.id.as_str()).collect()
    }

    /// The menus of a role.
    fn menus(&self, role: &str) -> PyResult<Menus> {
        let groups = &self.role(role)?.menu.groups;
        Ok(groups.iter().map(|group| (group.key.clone(), group.entries.clone())).collect())
    }

    /// The paths of the numbers that a role sees.
    fn names(&self, role: &str) -> PyResult<Vec<&str>> {
        Ok(self.role(role)?.observation.names().iter().map(String::as_str).collect())
    }

    /// The most rounds that talks can have.
    #[getter]
    fn rounds(&self) -> u8 {
        self.environment.model.world.rounds
    }

    /// Opens all talks anew, each under the run `run` plus its place.
    fn open(&mut self, py: Python<'_>, seed: u64, run: u32, seen: Sights) -> PyResult<()> {
        let (environment, talks) = (&self.environment, &mut self.talks);
        let answers: Vec<Stepped> = py.detach(|| {
            let open = |(place, talks): (usize, &mut Talks)| {
                environment.reopen(talks, seed, run.wrapping_add(place as u32));
                Stepped { seen: environment.seen(talks), ..Stepped::default() }
            };
            talks.iter_mut().enumerate().map(open).collect()
        });
        show(py, &seen, &answers)
    }

    /// Plays a round of all talks by picks from the menus, role by role; with `again`, talks that end are opened anew.
    fn step(
        &mut self,
        py: Python<'_>,
        picks: Vec<PyBuffer<i64>>,
        again: bool,
        seen: Sights,
        rewards: Vec<PyBuffer<f64>>,
        ended: PyBuffer<i8>,
    ) -> PyResult<()> {
        let picks = picks.iter().map(|one| one.to_vec(py)).collect::<PyResult<Vec<Vec<i64>>>>()?;
        let n = self.talks.len();
        let row = |place: usize| {
            let of = |all: &Vec<i64>| {
                let wide = all.len() / n.max(1);
                place * wide..(place + 1) * wide
            };
            let rows: Vec<&[i64]> = picks.iter().map(|all| &all[of(all)]).collect();
            self.environment.sheets(&rows)
        };
        let sheets =
            (0..n).map(row).collect::<Result<Vec<_>, _>>().map_err(|refusal| raised(py, &refusal))?;
        let again = again.then_some(n as u32);
        self.round(py, sheets, again, &Arrays { seen, rewards, ended })
    }

    /// Plays a round of the only talks by whole sheets of orders, role by role, as JSON.
    fn order(
        &mut self,
        py: Python<'_>,
        json: &str,
        seen: Sights,
        rewards: Vec<PyBuffer<f64>>,
        ended: PyBuffer<i8>,
    ) -> PyResult<()> {
        let sheets: Vec<Sheet> = serde_json::from_str(json).map_err(|_| {
            usage(
                py,
                "a sheet has words by the keys of its fields: one word, or a list of words in their order",
            )
        })?;
        self.environment.check(&sheets).map_err(|refusal| raised(py, &refusal))?;
        self.round(py, vec![sheets], None, &Arrays { seen, rewards, ended })
    }

    /// Begins the round that is due in talks, decision by decision.
    fn begin(&mut self, place: usize) -> PyResult<()> {
        self.talks(place)?;
        self.environment.begin(&mut self.talks[place]);
        Ok(())
    }

    /// The decision that is due in talks, as JSON.
    fn question(&self, place: usize) -> PyResult<Option<String>> {
        let question = self.environment.question(self.talks(place)?);
        Ok(question.and_then(|question| serde_json::to_string(&question).ok()))
    }

    /// Answers the decision that is due, or leaves it to the model; the word that was taken.
    fn decide(&mut self, py: Python<'_>, place: usize, word: Option<&str>) -> PyResult<String> {
        self.talks(place)?;
        let taken = self.environment.decide(&mut self.talks[place], word);
        taken.map_err(|refusal| raised(py, &refusal))
    }

    /// What each role gets of talks: nothing before their end.
    fn rewards(&self, place: usize) -> PyResult<Vec<f64>> {
        Ok(self.environment.rewards(self.talks(place)?))
    }

    /// Every quantity of talks: its path, its number, the number in a word.
    fn quantities(&self, place: usize) -> PyResult<Vec<(String, u8, String)>> {
        Ok(self.environment.quantities(self.talks(place)?))
    }

    /// The round that is due in talks, or the last one.
    fn round_of(&self, place: usize) -> PyResult<u8> {
        Ok(self.environment.round(self.talks(place)?))
    }

    /// The id of the outcome of talks; nothing before their end.
    fn outcome_of(&self, place: usize) -> PyResult<Option<&str>> {
        Ok(self.environment.outcome(self.talks(place)?))
    }

    /// What happened in talks from a round on, as a role may know it.
    fn told(&self, place: usize, role: &str, from: u8) -> PyResult<String> {
        Ok(self.environment.told(self.talks(place)?, self.role(role)?, from))
    }

    /// What a role is handed out before the talks.
    fn briefing(&self, role: &str) -> PyResult<String> {
        Ok(self.environment.briefing(self.role(role)?))
    }
}
