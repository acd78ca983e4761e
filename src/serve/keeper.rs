//! The thread that holds the room: one request after the other, many made sure of at once.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use tokio::sync::{oneshot, watch};

use crate::room::{Refusal, Room};

/// Takes a look at the room or changes it, and gives what is to be done once that is on the disk.
type Job = Box<dyn FnOnce(&mut Room<'static>) -> After + Send>;
/// What is done with the answer: it hears whether everything was kept.
type After = Box<dyn FnOnce(Result<(), Refusal>) + Send>;

/// The most requests that are made sure of together.
const TOGETHER: usize = 256;
/// How often time passes in the room.
const TICK: Duration = Duration::from_secs(1);

/// What has changed for whom.
#[derive(Clone, Debug, Default)]
pub(super) struct Board {
    /// The versions of students' pages.
    pub students: HashMap<String, u64>,
    /// That of the teacher's.
    pub teacher: u64,
}

/// The way to the room.
#[derive(Clone)]
pub(super) struct Keeper {
    jobs: Sender<Job>,
    board: watch::Receiver<Arc<Board>>,
    closed: Arc<AtomicBool>,
}

/// The thread that holds the room.
pub(super) struct Holding {
    thread: JoinHandle<()>,
    jobs: Sender<Job>,
    closed: Arc<AtomicBool>,
}

impl Holding {
    /// Lets the room go, and waits until its folder is free. Whatever was answered is on the disk.
    pub fn end(self) {
        self.closed.store(true, Ordering::SeqCst);
        // It may wait for something to do.
        let _ = self.jobs.send(Box::new(|_| Box::new(|_| ())));
        let _ = self.thread.join();
    }
}

impl Keeper {
    /// Hands the room to a thread of its own.
    pub fn start(room: Room<'static>) -> (Self, Holding) {
        let (jobs, queue) = channel::<Job>();
        let (news, board) = watch::channel(Arc::new(Board::default()));
        let closed = Arc::new(AtomicBool::new(false));
        let own = closed.clone();
        let thread = std::thread::spawn(move || keep(room, &queue, &news, &own));
        let holding = Holding { thread, jobs: jobs.clone(), closed: closed.clone() };
        (Self { jobs, board, closed }, holding)
    }

    /// Asks the room for something, and waits until what that changed is on the disk.
    ///
    /// # Errors
    /// When it could not be kept, or the room is gone.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut Room<'static>) -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        let (answer, waits) = oneshot::channel();
        let job: Job = Box::new(move |room| {
            let found = question(room);
            Box::new(move |kept| drop(answer.send(kept.map(|()| found))))
        });
        let gone = || Refusal::Broken("the room is closed".into());
        if self.closed.load(Ordering::SeqCst) {
            return Err(gone());
        }
        self.jobs.send(job).map_err(|_| gone())?;
        waits.await.map_err(|_| gone())?
    }

    /// What has changed for whom; wakes whoever waits for it.
    pub fn board(&self) -> watch::Receiver<Arc<Board>> {
        self.board.clone()
    }
}

fn keep(
    mut room: Room<'static>,
    queue: &Receiver<Job>,
    news: &watch::Sender<Arc<Board>>,
    closed: &AtomicBool,
) {
    // The time of day as it was when the program began, and from there on a clock that nobody sets back.
    let began = Instant::now();
    let opened = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |t| t.as_millis() as u64);
    let mut told = u64::MAX;
    loop {
        let first = queue.recv_timeout(TICK);
        if matches!(first, Err(std::sync::mpsc::RecvTimeoutError::Disconnected)) {
            return;
        }
        let passed = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        room.tick(opened.saturating_add(passed));
        let jobs = first.into_iter().chain(queue.try_iter().take(TOGETHER));
        let done: Vec<After> = jobs.map(|job| job(&mut room)).collect();
        let kept = if room.waits_for_disk() { room.commit() } else { Ok(()) };
        done.into_iter().for_each(|after| after(kept.clone()));
        if room.changes() != told && kept.is_ok() {
            told = room.changes();
            let students =
                room.people().all().map(|(who, _)| (who.to_owned(), room.version_for(who))).collect();
            let _ = news.send(Arc::new(Board { students, teacher: told }));
        }
        if closed.load(Ordering::SeqCst) {
            return;
        }
    }
}
