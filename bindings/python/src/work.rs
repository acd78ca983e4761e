//! Carrying a study out while Python's other threads go on, and Ctrl-C ends it.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use baraza::studies::refusal::Refusal;
use baraza::studies::study::{self, Progress, Study, Watch};
use pyo3::prelude::*;

use crate::errors::raised;

/// Asks Python between two steps whether somebody pressed Ctrl-C.
#[derive(Default)]
struct Signals(RefCell<Option<PyErr>>);

impl Watch for Signals {
    fn stopped(&self) -> bool {
        if self.0.borrow().is_none() {
            let error = Python::attach(|py| py.check_signals()).err();
            *self.0.borrow_mut() = error;
        }
        self.0.borrow().is_some()
    }

    fn progress(&self, _: Progress) {}
}

/// Carries a study out with the interpreter let go of.
///
/// # Errors
/// `KeyboardInterrupt` where Ctrl-C stopped it, and the refusals of its steps.
pub fn carry_out<S>(py: Python<'_>, study: &S) -> PyResult<S::Partial>
where
    S: Study + Sync,
    S::Partial: Send,
{
    signalled(py, |signals| study::carry_out(study, signals))
}

/// The same for some of its runs.
///
/// # Errors
/// As [`carry_out`].
pub fn carry_out_part<S>(py: Python<'_>, study: &S, range: Range<u32>) -> PyResult<S::Partial>
where
    S: Study + Sync,
    S::Partial: Send,
{
    signalled(py, |signals| study::carry_out_of(study, range, signals))
}

fn signalled<T: Send>(
    py: Python<'_>,
    work: impl FnOnce(&Signals) -> Result<T, Refusal> + Send,
) -> PyResult<T> {
    let done = py.detach(|| {
        let signals = Signals::default();
        let partial = work(&signals);
        match signals.0.into_inner() {
            Some(error) => Err(Ok(error)),
            None => partial.map_err(Err),
        }
    });
    done.map_err(|why| why.unwrap_or_else(|refusal| raised(py, &refusal)))
}

/// Work that asks by itself whether to go on, on any thread: the answer is no once Ctrl-C was seen between two batches.
///
/// # Errors
/// As [`carry_out`].
pub fn watched<T: Send>(
    py: Python<'_>,
    work: impl FnOnce(&(dyn Fn() -> bool + Sync), &mut dyn FnMut(u64, u64)) -> Result<T, Refusal> + Send,
) -> PyResult<T> {
    signalled(py, |signals| {
        let stop = AtomicBool::new(false);
        let go_on = || !stop.load(Ordering::Relaxed);
        work(&go_on, &mut |_, _| stop.store(signals.stopped(), Ordering::Relaxed))
    })
}
