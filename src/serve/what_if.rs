//! What a what-if does, for a class that waits for it: computed once, beside the talks, and kept.

use std::collections::{HashMap, VecDeque};
use std::fmt::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::chart::escape;
use crate::domain::Model;
use crate::drivers::parallel::Pool;
use crate::room::{RUNS, shares};

/// How often either world ended how.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// As it stands.
    pub without: Vec<u32>,
    /// With the change.
    pub with: Vec<u32>,
}

/// Makes the changed world of a what-if: of an id, or of changes as `path=value`, with a semicolon between several.
pub(super) type Worlds = dyn Fn(&str) -> Result<Model, String> + Send + Sync;

/// Called when an answer is there, or looking for it has ended without one.
type Done = Arc<dyn Fn(Option<&Answer>) + Send + Sync>;

/// The most what-ifs that wait for their turn: thirty phones and an eager teacher must not stall the talks.
pub(super) const QUEUE: usize = 3;

/// The answers so far, and one worker that finds the next.
#[derive(Clone)]
pub(super) struct Oracle {
    base: &'static Model,
    worlds: Arc<Worlds>,
    pool: Arc<Pool>,
    desk: Arc<Mutex<Desk>>,
}

#[derive(Default)]
struct Desk {
    /// What was found; nothing where it could not be worked out.
    found: HashMap<String, Option<Answer>>,
    waiting: VecDeque<(String, Done)>,
    /// What is being worked out, and whether it goes on.
    now: Option<(String, Arc<AtomicBool>)>,
    without: Option<Vec<u32>>,
}

/// Too many wait already: how many are being worked out or wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Full(pub usize);

impl Oracle {
    pub fn new(base: &'static Model, worlds: Arc<Worlds>, pool: Arc<Pool>) -> Self {
        Self { base, worlds, pool, desk: Arc::default() }
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer, where it is known.
    pub fn get(&self, what_if: &str) -> Option<Answer> {
        self.desk().found.get(what_if).cloned().flatten()
    }

    /// Whether there is something to play.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn check(&self, what_if: &str) -> Result<(), String> {
        (self.worlds)(what_if).map(drop)
    }

    /// Looks for an answer, unless it is known or looked for already; `done` is called when it is there.
    ///
    /// # Errors
    /// When too many wait already.
    pub fn look(
        &self,
        what_if: &str,
        done: impl Fn(Option<&Answer>) + Send + Sync + 'static,
    ) -> Result<(), Full> {
        let mut desk = self.desk();
        let here = desk.now.as_ref().is_some_and(|(now, _)| now == what_if);
        if here || desk.found.contains_key(what_if) || desk.waiting.iter().any(|(id, _)| id == what_if) {
            return Ok(());
        }
        if desk.waiting.len() >= QUEUE {
            return Err(Full(desk.waiting.len() + usize::from(desk.now.is_some())));
        }
        desk.waiting.push_back((what_if.to_owned(), Arc::new(done)));
        if desk.now.is_none() {
            let next = self.next(&mut desk);
            let oracle = self.clone();
            std::thread::spawn(move || oracle.work(next));
        }
        Ok(())
    }

    /// Gives up looking for an answer. One that is known stays so.
    pub fn cancel(&self, what_if: &str) {
        let mut desk = self.desk();
        desk.waiting.retain(|(id, _)| id != what_if);
        if let Some((_, goes_on)) = desk.now.as_ref().filter(|(now, _)| now == what_if) {
            goes_on.store(false, Ordering::SeqCst);
        }
    }

    /// Takes the next from the queue: it is what is being worked out now.
    fn next(&self, desk: &mut Desk) -> Option<(String, Done, Arc<AtomicBool>)> {
        let (what_if, done) = desk.waiting.pop_front()?;
        let goes_on = Arc::new(AtomicBool::new(true));
        desk.now = Some((what_if.clone(), goes_on.clone()));
        Some((what_if, done, goes_on))
    }

    fn work(&self, mut next: Option<(String, Done, Arc<AtomicBool>)>) {
        while let Some((what_if, done, goes_on)) = next {
            let mut answer = self.pool.install(|| self.compute(&what_if, &goes_on));
            let mut desk = self.desk();
            match goes_on.load(Ordering::SeqCst) {
                true => drop(desk.found.insert(what_if, answer.clone())),
                // Nobody waits for it any more.
                false => answer = None,
            }
            desk.now = None;
            next = self.next(&mut desk);
            drop(desk);
            done(answer.as_ref());
        }
    }

    fn compute(&self, what_if: &str, goes_on: &AtomicBool) -> Option<Answer> {
        let on = || goes_on.load(Ordering::Relaxed);
        let changed = (self.worlds)(what_if).ok()?;
        let known = self.desk().without.clone();
        let without = match known {
            Some(without) => without,
            None => shares(self.base, RUNS, &on)?,
        };
        self.desk().without = Some(without.clone());
        Some(Answer { without, with: shares(&changed, RUNS, &on)? })
    }
}

/// The answer as bars, outcome by outcome.
pub(super) fn bars(answer: &Answer, outcomes: &[(String, String)]) -> String {
    let mut out = String::from(
        "<table class=\"bars\"><thead><tr><th scope=\"col\">How the talks end</th><th scope=\"col\">as it stands, and with the change</th></tr></thead><tbody>\n",
    );
    let rows = outcomes.iter().zip(answer.without.iter().zip(&answer.with));
    for ((_, title), (without, with)) in rows.filter(|(_, (a, b))| **a + **b > 0) {
        let percent = |n: &u32| f64::from(*n) * 100.0 / f64::from(RUNS);
        // The widths are attributes of a picture: styles within the text are not allowed here.
        let bar = |n: &u32, class: &str| {
            format!(
                "<svg class=\"line-bar\" width=\"{0:.0}\" height=\"12\" aria-hidden=\"true\"><rect class=\"{class}\" width=\"100%\" height=\"12\"/></svg> {1:.0} %",
                percent(n) * 1.6 + 1.0,
                percent(n)
            )
        };
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td>{}<br>{}</td></tr>",
            escape(title),
            bar(without, "as-is"),
            bar(with, "changed")
        );
    }
    let _ = writeln!(
        out,
        "</tbody></table><p class=\"quiet\">{RUNS} runs of either world with the same luck, by the model alone, from the start. Shares of a \
         teaching model, not forecasts.</p>"
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    /// A world that is made only once somebody lets it be.
    #[test]
    fn the_queue_has_a_limit_and_what_is_given_up_is_not_worked_out() {
        let text = crate::scenario::starter();
        let source = crate::scenario::Source { name: "s".into(), text: text.into() };
        let world =
            move || crate::scenario::load(&source, &[], None).world.map(Model::new).ok_or_else(String::new);
        let base: &'static Model = Box::leak(Box::new(world().expect("it is one")));
        let (let_on, gate) = channel::<()>();
        let gate = Mutex::new(gate);
        let worlds = move |_: &str| {
            gate.lock()
                .expect("nobody panics")
                .recv_timeout(Duration::from_secs(60))
                .map_err(|e| e.to_string())?;
            world()
        };
        let pool = Arc::new(Pool::new(1).expect("a thread"));
        let oracle = Oracle::new(base, Arc::new(worlds), pool);
        let (told, heard) = channel();
        let look = |id: &'static str| {
            let told = told.clone();
            oracle.look(id, move |_| {
                let _ = told.send(id);
            })
        };
        assert!(["a", "b", "c", "d"].into_iter().all(|id| look(id) == Ok(())));
        assert_eq!(look("e"), Err(Full(4)), "one is worked out, three wait");
        assert_eq!(look("b"), Ok(()), "it waits already");
        oracle.cancel("a");
        oracle.cancel("c");
        assert_eq!(look("e"), Ok(()), "there is room again");
        for _ in 0..4 {
            let _ = let_on.send(());
        }
        let all: Vec<&str> =
            (0..4).filter_map(|_| heard.recv_timeout(Duration::from_secs(60)).ok()).collect();
        assert_eq!(all, ["a", "b", "d", "e"]);
        let known = ["a", "b", "c", "d", "e"].map(|id| oracle.get(id).is_some());
        assert_eq!(known, [false, true, false, true, true]);
        let answer = oracle.get("b").expect("it is known");
        assert_eq!(answer.without, answer.with, "the same world with the same luck");
        assert_eq!(answer.with.iter().sum::<u32>(), RUNS);
    }
}
