//! One run, told by rounds, and one run of two worlds side by side.

use serde::Serialize;

use crate::analysis::pairs::{Pair, Player};
use crate::analysis::what_if::shown;
use crate::domain::{Model, Quantity};
use crate::drivers::{Sampler, record};
use crate::kernel::State;
use crate::scenario;
use crate::studies::refusal::Refusal;
use crate::studies::run::OneRun;
use crate::studies::study::Made;
use crate::studies::what_if::{self, Changes, Worlds};
use crate::telling::chronicle::{Detail, by_turn, clean, ended, when};
use crate::telling::side_by_side::SideBySide;
use crate::telling::{Origin, Run};
use crate::text::command::changes;

use super::desk::{Desk, Forms};
use super::request::Form;

/// Which run.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub what_if: Option<String>,
    pub set: Vec<(String, String)>,
    pub seed: u64,
    pub run: u32,
    pub detail: Detail,
}

/// A run in words.
#[derive(Serialize)]
pub(super) struct Told {
    /// How it ended, in a sentence.
    ended: String,
    /// The id of the outcome.
    outcome: Option<String>,
    rounds: Vec<Round>,
    #[serde(flatten)]
    forms: Forms,
}

#[derive(Serialize)]
struct Round {
    round: u8,
    /// Its number and dates.
    label: String,
    said: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    /// From which detail on it is told.
    detail: Detail,
    text: String,
    /// Why it came about, as the chronicle gives its reasons.
    why: Vec<String>,
}

/// Plays one run and tells it.
pub(super) fn one(desk: &Desk, asked: &Asked, forms: &[Form]) -> Result<Told, Refusal> {
    let Asked { what_if, set, seed, run, detail } = asked.clone();
    let world = desk.world(what_if.as_deref(), &set)?;
    let mut words = desk.words(what_if.as_deref(), &set);
    words.extend(["--seed".into(), seed.to_string(), "--run".into(), run.to_string()]);
    words.extend(detail.words(Detail::Brief));
    let made = Made::of("run", &desk.source().name, words);
    let origin = Origin { fingerprint: scenario::fingerprint(&world), seed, run, what_if, set };
    let model = Model::new(world);
    let transcript = record(&model, &mut Sampler::new(seed, run));
    let run = Run { model: &model, transcript: &transcript, origin: &origin };
    let mut end = State::new(&model);
    end.restore(&transcript.end);
    let outcome = usize::from(end.get(&model, Quantity::Outcome)).checked_sub(1);
    Ok(Told {
        ended: ended(&run),
        outcome: outcome.map(|o| model.world.outcomes[o].name.id.clone()),
        rounds: rounds(&run),
        forms: Forms::of(&OneRun { run, detail, made: &made }, true, &made.command, forms),
    })
}

/// Every round, with everything that is told of it: whoever shows it leaves out what is too much.
fn rounds(run: &Run) -> Vec<Round> {
    let world = &run.model.world;
    let empty = |round| Round { round, label: when(world, round), said: Vec::new() };
    let last = run.transcript.steps.last().map_or(0, |step| step.round);
    let mut rounds: Vec<Round> = (1..=last).map(empty).collect();
    for said in by_turn(run.model, run.transcript, Detail::Full) {
        let line = Line {
            detail: said.detail,
            text: clean(&said.text),
            why: said.remarks.iter().map(|r| clean(r)).collect(),
        };
        if let Some(round) = rounds.get_mut(usize::from(said.round).saturating_sub(1)) {
            round.said.push(line);
        }
    }
    rounds
}

/// Lays one run of two worlds side by side.
pub(super) fn pair(
    desk: &Desk,
    options: &what_if::Options,
    run: u32,
    detail: Detail,
    forms: &[Form],
) -> Result<Forms, Refusal> {
    let world = desk.world(None, &[])?;
    let fingerprint = scenario::fingerprint(&world);
    let change = Changes::only(options, &world, desk.source())?;
    let baseline = Model::new(world);
    let pair = Pair::new(&baseline, &change.variant, Vec::new())
        .map_err(|e| Refusal::usage(format!("`{}`: {e}", change.id)))?;
    let shown = shown(&pair, &mut Player::new(&pair), options.seed, run);
    let transcripts = [&baseline, &change.variant].map(|m| record(m, &mut Sampler::new(options.seed, run)));
    let told = SideBySide {
        pair: &pair,
        id: options.set.is_empty().then_some(change.id.as_str()),
        title: &change.title,
        set: &change.set,
        fingerprint: &fingerprint,
        seed: options.seed,
        run,
        transcripts: transcripts.each_ref(),
        shown: shown.as_ref(),
        wanted: None,
        detail,
    };
    let mut words = desk.words(None, &[]);
    words.extend(options.ids.iter().cloned());
    words.extend(changes(None, &options.set));
    words.extend(["--seed".into(), options.seed.to_string(), "--pair".into(), run.to_string()]);
    words.extend(detail.words(Detail::default()));
    let made = Made::of("what-if", &desk.source().name, words);
    Ok(Forms::of(&Worlds { told, made: &made }, true, &made.command, forms))
}
