//! Carrying a study out while Python's other threads go on, and Ctrl-C ends it.

use std::cell::RefCell;

use baraza::studies::study::{Extent, LOOK, Progress, Study, Watch};
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
    let done = py.detach(|| {
        let signals = Signals::default();
        let partial = steps(study, &signals);
        match signals.0.into_inner() {
            Some(error) => Err(Ok(error)),
            None => partial.map_err(Err),
        }
    });
    done.map_err(|why| why.unwrap_or_else(|refusal| raised(py, &refusal)))
}

fn steps<S: Study>(study: &S, watch: &dyn Watch) -> Result<S::Partial, baraza::studies::refusal::Refusal> {
    let mut partial = study.begin();
    match study.extent() {
        Extent::Whole => study.step(&mut partial, 0..0, watch)?,
        Extent::Runs { range, worlds, .. } => {
            // A step plays as many runs of all worlds as are soon played; it is asked whether they are enough where the command asks.
            let most = (LOOK / u32::try_from(worlds).unwrap_or(LOOK).max(1)).max(1);
            let (mut from, mut look) = (range.start, range.start);
            while from < range.end && !watch.stopped() {
                if from == look {
                    if study.enough(&partial) {
                        break;
                    }
                    look = range.end.min(look.saturating_add(LOOK));
                }
                let to = look.min(from.saturating_add(most));
                study.step(&mut partial, from..to, watch)?;
                from = to;
            }
        }
    }
    Ok(partial)
}
