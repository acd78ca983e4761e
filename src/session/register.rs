//! What a class did besides playing, as its log tells it.

/// A student.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Student {
    /// The id, drawn at random.
    pub who: String,
    /// The name, where it is kept.
    pub name: Option<String>,
    /// The team that they were on last: a group from 1, and a role.
    pub team: Option<(usize, String)>,
}

/// What a student guessed of a what-if.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The id of the student.
    pub who: String,
    /// The what-if: an id, or changes as `path=value`.
    pub what_if: String,
    /// The id of the outcome that they took to become likelier most.
    pub outcome: String,
}

/// What was worked out of a what-if for the class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The what-if: an id, or changes as `path=value`.
    pub what_if: String,
    /// How often the talks ended with each outcome: its id, as the scenario stands, and with the change.
    pub ends: Vec<(String, u32, u32)>,
}

/// How a vote went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// The step of the lesson, from 1.
    pub step: usize,
    /// What could be voted for, with the votes for it.
    pub votes: Vec<(String, u32)>,
}

/// Everything of a class that is no play.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    /// Who joined, by id.
    pub students: Vec<Student>,
    /// What was guessed, in order.
    pub guesses: Vec<Guess>,
    /// What was worked out of what-ifs, in order.
    pub found: Vec<Found>,
    /// The votes that were closed, in order.
    pub votes: Vec<Vote>,
}

impl Register {
    /// The same without names.
    #[must_use]
    pub fn nameless(mut self) -> Self {
        self.students.iter_mut().for_each(|s| s.name = None);
        self
    }
}

impl Student {
    /// What they are called: the name, or the id where there is none.
    pub fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.who)
    }
}
