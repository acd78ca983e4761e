//! Turning points by field: what one field of one sheet did to the chances, beside leaving it to the model.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::drivers::decider::Decider;
use crate::drivers::{Sampler, parallel};
use crate::session::orders::Sheet;
use crate::session::{Refused, Session, Table, play_round};

use super::Options;
use super::futures::{End, Luck};
use super::turning::{Ending, Shift};

/// Runs that one worker plays in one go.
const CHUNK: u32 = 16;

/// A field of a sheet, measured closely.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldPoint {
    /// The round.
    pub round: u8,
    /// The id of the role.
    pub role: String,
    /// The key of the field.
    pub field: String,
    /// What the sheet says.
    pub words: Vec<String>,
    /// The result that it moved furthest when all fields were looked at, from the sheet without the field to the sheet as it was.
    pub shift: Shift,
    /// The same of every result.
    pub shifts: Vec<Shift>,
}

/// What hung on single fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Fields {
    /// How many fields were decided on the branch.
    pub decided: usize,
    /// Runs of either sheet in the first look, and of those that are told.
    pub screening: u32,
    /// Runs of either sheet of those that are told.
    pub runs: u32,
    /// The fields that moved a result furthest, the furthest first.
    pub points: Vec<FieldPoint>,
}

/// A field that was decided.
struct Decided {
    round: usize,
    role: String,
    field: String,
    words: Vec<String>,
}

/// A round with the orders by which it was played.
struct Round<'a> {
    number: u8,
    before: Table<'a>,
    sheets: BTreeMap<String, Sheet>,
}

impl Round<'_> {
    /// How the talks end, for every run of luck in order, if this round is played by the orders but for one field, and everything after
    /// it by the model.
    fn ends(&self, without: Option<&Decided>, luck: Luck) -> Vec<End> {
        let mut sheets = self.sheets.clone();
        if let Some(decided) = without {
            sheets.entry(decided.role.clone()).or_default().set(&decided.field, Vec::new());
        }
        let model = self.before.model();
        // Whose goal is worked out plays no part here.
        let who = self.before.seats().first().copied().unwrap_or(Decider::Party(0.into()));
        let chunk = |k: usize| {
            let from = k as u32 * CHUNK;
            let play = |run: u32| {
                let chance = Sampler::new(luck.seed, luck.from + run);
                let mut table = self.before.clone().with_luck(chance);
                // The same orders were played before: nothing in them can be refused.
                let _ = play_round(&mut table, self.number, |role| sheets.get(role));
                End::of(model, &table.by_model(), who)
            };
            (from..luck.runs.min(from + CHUNK)).map(play).collect::<Vec<_>>()
        };
        parallel::map(luck.runs.div_ceil(CHUNK) as usize, chunk).concat()
    }
}

/// Looks at every field that was decided on a branch, and closely at those on which most hung; `None` where `progress` said no. A session
/// by decision has none.
///
/// # Errors
/// When the branch cannot be played again.
pub(super) fn fields(
    session: &Session,
    branch: usize,
    options: &Options,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<Option<Fields>, Refused> {
    let mut rounds = Vec::new();
    let mut decided = Vec::new();
    for closed in &session.branches()[branch - 1].rounds {
        let before = session.table_before(branch, closed.round)?;
        for (role, sheet) in &closed.sheets {
            let field = |(field, words): (&str, &[String])| Decided {
                round: rounds.len(),
                role: role.clone(),
                field: field.to_owned(),
                words: words.to_vec(),
            };
            decided.extend(sheet.decided().map(field));
        }
        rounds.push(Round { number: closed.round, before, sheets: closed.sheets.clone() });
    }
    let results = Ending::all(session.model());
    let seed = session.header().head.seed;
    let first = Luck { seed, from: 0, runs: options.screening() };
    // What is told is measured on other runs than those that chose it, so that it is not the largest by luck.
    let luck = Luck { seed, from: first.runs, runs: options.runs };
    let total = (rounds.len() + decided.len() + 2 * options.top) as u64;
    let mut done = 0;
    let mut go_on = || {
        done += 1;
        progress(done, total)
    };
    let shift = |k: usize, luck: Luck, as_played: &[End]| {
        let round: &Round = &rounds[decided[k].round];
        let without = round.ends(Some(&decided[k]), luck);
        let of = |r: &Ending| Shift::of(*r, &without, as_played, options.alpha);
        results.iter().map(of).collect::<Vec<Shift>>()
    };
    let furthest = |shifts: &[Shift]| {
        let size = |s: &Shift| s.difference.abs();
        (0..shifts.len()).rev().max_by(|a, b| size(&shifts[*a]).total_cmp(&size(&shifts[*b]))).unwrap_or(0)
    };
    let mut looks: Vec<(usize, usize, f64)> = Vec::new();
    for (r, round) in rounds.iter().enumerate() {
        let as_played = round.ends(None, first);
        if !go_on() {
            return Ok(None);
        }
        for k in (0..decided.len()).filter(|k| decided[*k].round == r) {
            let shifts = shift(k, first, &as_played);
            let far = furthest(&shifts);
            looks.push((k, far, shifts[far].difference.abs()));
            if !go_on() {
                return Ok(None);
            }
        }
    }
    looks.retain(|look| look.2 > 0.0);
    looks.sort_by(|a, b| b.2.total_cmp(&a.2));
    looks.truncate(options.top);
    let mut points = Vec::new();
    // Several fields of one round are set beside the same sheets.
    let mut as_played: BTreeMap<usize, Vec<End>> = BTreeMap::new();
    for (k, far, _) in looks {
        let d = &decided[k];
        let as_played = as_played.entry(d.round).or_insert_with(|| rounds[d.round].ends(None, luck));
        let shifts = shift(k, luck, as_played);
        points.push(FieldPoint {
            round: rounds[d.round].number,
            role: d.role.clone(),
            field: d.field.clone(),
            words: d.words.clone(),
            shift: shifts[far],
            shifts,
        });
        if !go_on() || !go_on() {
            return Ok(None);
        }
    }
    // Measured on other runs, some first looks come to nothing.
    points.retain(|p| p.shift.low > 0.0 || p.shift.high < 0.0);
    points.sort_by(|a, b| b.shift.difference.abs().total_cmp(&a.shift.difference.abs()));
    Ok(Some(Fields { decided: decided.len(), screening: first.runs, runs: luck.runs, points }))
}
