//! Work on all threads of the current pool.
//!
//! All of it goes through one loop that knows nothing of what is done, so that the loop is compiled once and not anew for every
//! kind of work.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// Does the work for each of `0..n`, in any order.
pub fn each(n: usize, work: &(dyn Fn(usize) + Sync)) {
    (0..n).into_par_iter().with_max_len(1).for_each(work);
}

/// Does the work for each of the items, in any order; it is told the place of the item.
pub fn each_of<T: Send>(items: &mut [T], work: impl Fn(usize, &mut T) + Sync) {
    let items: Vec<Mutex<&mut T>> = items.iter_mut().map(Mutex::new).collect();
    each(items.len(), &|k| work(k, &mut lock(&items[k])));
}

/// The answers for `0..n`, in order.
pub fn map<T: Send>(n: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let mut answers: Vec<Option<T>> = (0..n).map(|_| None).collect();
    each_of(&mut answers, |k, answer| *answer = Some(work(k)));
    answers.into_iter().flatten().collect()
}

/// What `0..n` come to when each is added to a sum, and the sums to each other. Which are added to which is left open: it must
/// be the same in any order.
pub fn sum<T: Send>(
    n: usize,
    none: impl Fn() -> T + Sync,
    add: impl Fn(&mut T, usize) + Sync,
    join: impl Fn(&mut T, T),
) -> T {
    // Never more sums than threads, since one that nobody adds to is taken first.
    let idle: Mutex<Vec<T>> = Mutex::default();
    each(n, &|k| {
        let taken = lock(&idle).pop();
        let mut sum = taken.unwrap_or_else(&none);
        add(&mut sum, k);
        lock(&idle).push(sum);
    });
    let mut total = none();
    let sums = idle.into_inner().unwrap_or_else(PoisonError::into_inner);
    sums.into_iter().for_each(|sum| join(&mut total, sum));
    total
}

/// Threads to work on.
#[derive(Debug)]
pub struct Pool(ThreadPool);

impl Pool {
    /// So many threads; 0: as many as there are processors.
    ///
    /// # Errors
    /// Why they cannot be started.
    pub fn new(threads: usize) -> Result<Self, String> {
        ThreadPoolBuilder::new().num_threads(threads).build().map(Self).map_err(|e| e.to_string())
    }

    /// Does all work of this module on these threads while `work` is done.
    pub fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        let (mut work, mut answer) = (Some(work), None);
        let mut once = || answer = work.take().map(|work| work());
        let once: &mut (dyn FnMut() + Send) = &mut once;
        self.0.install(once);
        answer.unwrap_or_else(|| unreachable!("the work is done once"))
    }
}

/// How many threads the current pool has.
pub fn threads() -> usize {
    rayon::current_num_threads()
}

/// Work that panics takes everything down with it: what it left behind is read by nobody.
fn lock<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}
