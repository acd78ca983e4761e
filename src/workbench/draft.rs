//! How a draft of a whole text stands, in words and figures for the page.

use serde::Serialize;

use crate::analysis::bargaining::{Analysis, Packages, Problem, study};
use crate::analysis::draft::{Course, Draft, Fate, Verdict, follow, improvement, verdicts};
use crate::chart::plane::{Mark, Plane};
use crate::domain::{Choice, InstrumentState, ItemId, Lifecycle, Model, OptionId, Quantity, TrackId, World};
use crate::drivers::Sampler;
use crate::kernel::State;
use crate::render::html::figure;
use crate::studies::analyze::{POINTS, plane_of};
use crate::studies::ids;
use crate::studies::refusal::Refusal;
use crate::telling::chronicle::when;

/// Which draft.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub seed: u64,
    pub runs: u32,
    pub track: String,
    pub options: Vec<String>,
    pub round: u8,
}

/// How it stands.
#[derive(Serialize)]
pub(super) struct Told {
    track: String,
    title: String,
    round: u8,
    rounds: Vec<String>,
    items: Vec<Item>,
    seats: Vec<Seat>,
    improvement: Option<Improvement>,
    frontier: Frontier,
    runs: u64,
    /// By round: in how many runs the talks still go on, in how many of these each seat would sign, and all.
    going: Vec<u64>,
    signs: Vec<Vec<u64>>,
    all: Vec<u64>,
    /// In how many runs it was put to the parties, and what became of the texts.
    put: u64,
    texts: Vec<Text>,
}

#[derive(Serialize)]
struct Item {
    id: String,
    title: String,
    /// The option of the draft, by place.
    option: usize,
    options: Vec<Alternative>,
}

#[derive(Serialize)]
struct Alternative {
    id: String,
    title: String,
}

#[derive(Serialize)]
struct Seat {
    id: String,
    title: String,
    sees: f64,
    needs: f64,
    alternative: f64,
    of: f64,
    content: bool,
    signs: bool,
    /// Titles of items whose option it never accepts.
    red_lines: Vec<String>,
    fears: Vec<Fear>,
}

#[derive(Serialize)]
struct Fear {
    item: String,
    /// Points that it expects to lose there by broken promises.
    points: f64,
}

#[derive(Serialize)]
struct Improvement {
    changes: Vec<Change>,
    /// Who signs then.
    wins: Vec<String>,
}

#[derive(Serialize)]
struct Change {
    item: usize,
    option: usize,
    from: String,
    to: String,
    title: String,
}

/// The place of the draft among all packages of its track, in points of 100 of each seat's best.
#[derive(Serialize)]
struct Frontier {
    /// Why it is not known.
    unknown: Option<String>,
    utilities: Vec<f64>,
    /// Whether no package is as good for all and better for one.
    efficient: bool,
    /// What the package that is better for all by the largest sum gives.
    better: Option<Vec<f64>>,
    /// Pictures of it, one for every two seats up to [`MOST_PICTURES`], each with its figures.
    pictures: Vec<String>,
}

/// So many pairs of seats have a picture.
const MOST_PICTURES: usize = 3;

#[derive(Serialize)]
struct Text {
    id: String,
    title: String,
    /// In how many runs it was signed by the end of a round, and broken.
    signed: Vec<u64>,
    broken: Vec<u64>,
    /// In how many it ended in which state; states that never occur are left out.
    ends: Vec<(&'static str, u64)>,
}

/// Looks at a draft. Without options, at the first option of every item.
pub(super) fn draft(world: World, asked: &Asked) -> Result<Told, Refusal> {
    let model = Model::new(world);
    let draft = read(&model.world, asked)?;
    if asked.round == 0 || asked.round > model.world.rounds {
        let message =
            format!("there is no round {}: there are rounds 1 to {}", asked.round, model.world.rounds);
        return Err(Refusal::usage(message));
    }
    let mut state = before(&model, asked);
    let seen = verdicts(&model, &mut state, &draft);
    let better = improvement(&model, &mut state, &draft);
    let frontier = frontier(&model, &state, &draft);
    let course = follow(&model, &draft, asked.round, asked.seed, 0..asked.runs);
    let w = &model.world;
    let track = w.track(draft.track);
    let title = |k: usize| w.item(track.items[k]).name.title.clone();
    let option = |k: usize, o: OptionId| w.item(track.items[k]).options[o.at()].name.title.clone();
    Ok(Told {
        track: track.name.id.clone(),
        title: track.name.title.clone(),
        round: asked.round,
        rounds: (1..=w.rounds).map(|r| when(w, r)).collect(),
        items: items(w, &draft),
        seats: seen.iter().map(|v| seat(w, v, &title)).collect(),
        improvement: better.map(|found| Improvement {
            changes: found
                .changes
                .iter()
                .map(|(k, o)| Change {
                    item: *k,
                    option: o.at(),
                    from: option(*k, draft.options[*k]),
                    to: option(*k, *o),
                    title: title(*k),
                })
                .collect(),
            wins: found.wins.iter().map(|s| w.party(w.seat(*s).party).name.title.clone()).collect(),
        }),
        frontier,
        texts: texts(w, &course),
        runs: course.runs,
        going: course.going,
        signs: course.signs,
        all: course.all,
        put: course.put,
    })
}

fn read(world: &World, asked: &Asked) -> Result<Draft, Refusal> {
    let track = TrackId::new(ids::place("track", &asked.track, world.tracks.iter().map(|t| &t.name))?);
    let items = &world.track(track).items;
    if items.is_empty() {
        return Err(Refusal::usage(format!("`{}` has nothing on its agenda", asked.track)));
    }
    if asked.options.is_empty() {
        return Ok(Draft { track, options: vec![OptionId::new(0); items.len()] });
    }
    if asked.options.len() != items.len() {
        let (given, all) = (asked.options.len(), items.len());
        return Err(Refusal::usage(format!("{given} options for {all} items: a draft has one for each")));
    }
    let one = |(item, id): (&ItemId, &String)| {
        ids::place("option", id, world.item(*item).options.iter().map(|o| &o.name)).map(OptionId::new)
    };
    Ok(Draft { track, options: items.iter().zip(&asked.options).map(one).collect::<Result<_, _>>()? })
}

/// The state at the start of the round, in the first run.
fn before(model: &Model, asked: &Asked) -> State {
    let mut state = State::new(model);
    let mut chance = Sampler::new(asked.seed, 0);
    for _ in 1..asked.round {
        if state.get(model, Quantity::Outcome) == 0 {
            chance.play_round(model, &mut state);
        }
    }
    state
}

fn items(world: &World, draft: &Draft) -> Vec<Item> {
    let track = world.track(draft.track);
    let one = |(item, option): (&ItemId, &OptionId)| {
        let item = world.item(*item);
        let choice = |o: &Choice| Alternative { id: o.name.id.clone(), title: o.name.title.clone() };
        Item {
            id: item.name.id.clone(),
            title: item.name.title.clone(),
            option: option.at(),
            options: item.options.iter().map(choice).collect(),
        }
    };
    track.items.iter().zip(&draft.options).map(one).collect()
}

fn seat(world: &World, v: &Verdict, title: &dyn Fn(usize) -> String) -> Seat {
    let name = &world.party(world.seat(v.seat).party).name;
    Seat {
        id: name.id.clone(),
        title: name.title.clone(),
        sees: v.sees,
        needs: v.needs,
        alternative: v.alternative,
        of: v.of,
        content: v.content,
        signs: v.signs,
        red_lines: v.red_lines.iter().map(|k| title(*k)).collect(),
        fears: v.fears.iter().map(|(k, points)| Fear { item: title(*k), points: *points }).collect(),
    }
}

fn frontier(model: &Model, state: &State, draft: &Draft) -> Frontier {
    let problem = Problem::at(model, state, draft.track);
    let package: Vec<usize> = draft.options.iter().map(|o| o.at()).collect();
    let parties = 0..problem.parties.len();
    let utilities: Vec<f64> = parties.map(|p| problem.utility(p, &package)).collect();
    let (analysis, unknown) = match study(&problem) {
        Ok(analysis) => (Some(analysis), None),
        Err(e) => (None, Some(e.to_string())),
    };
    let sum = |u: &[f64]| u.iter().sum::<f64>();
    // Two utilities that are one on paper are one here.
    let covers = |u: &&Vec<f64>| {
        u.iter().zip(&utilities).all(|(a, b)| *a >= b - 1e-9)
            && u.iter().zip(&utilities).any(|(a, b)| *a > b + 1e-9)
    };
    let points = analysis.iter().flat_map(|a| &a.frontier_utilities);
    let better = points.filter(covers).max_by(|a, b| sum(a).total_cmp(&sum(b))).cloned();
    let named =
        [("This draft", Some(&utilities)), ("Better for somebody, worse for nobody", better.as_ref())];
    let named: Vec<(&str, &[f64])> =
        named.iter().filter_map(|(n, u)| Some((*n, u.as_ref()?.as_slice()))).collect();
    let pictures = analysis.as_ref().map_or(Vec::new(), |a| pictures(&problem, a, &named));
    Frontier { efficient: unknown.is_none() && better.is_none(), unknown, better, pictures, utilities }
}

/// Every two seats' plane of what packages give them, with these packages named.
fn pictures(problem: &Problem, analysis: &Analysis, named: &[(&str, &[f64])]) -> Vec<String> {
    let packages = Packages::of(problem, analysis);
    let seats = problem.parties.len();
    let pairs = (0..seats).flat_map(|a| (a + 1..seats).map(move |b| (a, b)));
    let one = |(a, b): (usize, usize)| {
        let mark = |(label, of): &(&str, &[f64])| Mark {
            label: (*label).into(),
            at: (of[a], of[b]),
            figures: [a, b].map(|p| format!("{:.1}", of[p])),
        };
        let marks = named.iter().map(mark).collect();
        figure(&Plane { marks, ..plane_of(problem, analysis, &packages, (a, b), POINTS) }.draw())
    };
    pairs.take(MOST_PICTURES).map(one).collect()
}

fn texts(world: &World, course: &Course) -> Vec<Text> {
    let one = |fate: &Fate| {
        let name = &world.instrument(fate.text).name;
        let ends = InstrumentState::ALL.iter().zip(&fate.ends).filter(|(_, n)| **n > 0);
        Text {
            id: name.id.clone(),
            title: name.title.clone(),
            signed: fate.signed.clone(),
            broken: fate.broken.clone(),
            ends: ends.map(|(state, n)| (state.name(), *n)).collect(),
        }
    };
    course.fates.iter().map(one).collect()
}
