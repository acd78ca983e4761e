//! What a what-if does, for a class that waits for it: computed once, beside the talks, and kept.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use crate::chart::escape;
use crate::domain::Model;
use crate::room::{RUNS, shares};

/// How often either world ended how.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// As it stands.
    pub without: Vec<u32>,
    /// With the change.
    pub with: Vec<u32>,
}

/// Makes the changed world of a what-if; `None` where it cannot be.
pub(super) type Worlds = dyn Fn(&str) -> Option<Model> + Send + Sync;

/// The answers so far, and one worker that finds the next.
#[derive(Clone)]
pub(super) struct Oracle {
    base: &'static Model,
    worlds: Arc<Worlds>,
    found: Arc<Mutex<HashMap<String, Option<Answer>>>>,
    /// Whether somebody computes: one at a time, so that the talks are never kept waiting.
    busy: Arc<AtomicBool>,
}

impl Oracle {
    pub fn new(base: &'static Model, worlds: Arc<Worlds>) -> Self {
        Self { base, worlds, found: Arc::default(), busy: Arc::default() }
    }

    /// The answer, where it is known.
    pub fn get(&self, what_if: &str) -> Option<Answer> {
        self.found.lock().ok()?.get(what_if).cloned().flatten()
    }

    /// Looks for an answer in a thread of its own, unless it is known or another is being looked for; `done` is called when it is there.
    pub fn look(&self, what_if: &str, done: impl FnOnce() + Send + 'static) {
        if self.get(what_if).is_some() || self.busy.swap(true, Ordering::SeqCst) {
            return;
        }
        let (oracle, what_if) = (self.clone(), what_if.to_owned());
        std::thread::spawn(move || {
            let answer = oracle.compute(&what_if);
            if let Ok(mut found) = oracle.found.lock() {
                found.insert(what_if, answer);
            }
            oracle.busy.store(false, Ordering::SeqCst);
            done();
        });
    }

    fn compute(&self, what_if: &str) -> Option<Answer> {
        let changed = (self.worlds)(what_if)?;
        let without = shares(self.base, RUNS, &|| true)?;
        Some(Answer { without, with: shares(&changed, RUNS, &|| true)? })
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
