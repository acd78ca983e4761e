//! `baraza exact`: the probability of every outcome, from all states that can be reached.

use crate::analysis::counters::Measure;
use crate::analysis::exact::{Exact, Outlook, Tally, answer, closing, exact, outlook};
use crate::domain::Model;
use crate::drivers::enumerate::{Fixed, Foresight, Fraction, LayerSize, Limits, Mass, Room, Swept};

use super::args;
use super::exit::{Exit, Failure};
use super::files;
use super::memory;
use super::single::Single;
use super::study::{Layers, catch_interrupts, measures, pool, stopped};
use super::terminal::Terminal;

/// Beyond so much dropped mass bounds say nothing useful.
const HOPELESS: f64 = 0.25;
/// After so many states, over all turns, a sweep is a long one.
const LONG: usize = 4_000_000;
/// Where it is so before a quarter of its turns, it will be far longer.
const EARLY: usize = 4;
/// Bytes that a state takes at least.
const LEAN: u64 = 150;
/// States kept in the sweeps that say about how many there would be where there are far too many.
const AHEAD: usize = 5_000;
/// Ways a state may go in a turn, on average, before states are no more counted ahead.
const MANY: u64 = 64;
/// So many states go no more ways than are soon gone.
const FEW: usize = 1000;
/// The most states a layer may have where fractions are asked for: they grow with every turn.
const FRACTIONS: usize = 200_000;

/// Sweeps and tells.
pub(super) fn carry_out(options: &args::Exact, terminal: &Terminal) -> Result<Exit, Failure> {
    let door = files::door(options.force, [options.subject.file.as_path()]);
    let kept = Single::new(&door, "--layers", options.layers.as_deref())?;
    let world = options.subject.world(terminal)?;
    let origin = options.subject.origin(&world);
    let model = Model::new(world);
    let measures = measures(&options.measure, &model, terminal)?;
    let pool = pool(options.threads)?;
    catch_interrupts();
    let solver = Solver { model: &model, measures: &measures, options, terminal };
    let solved = pool.install(|| match options.rational {
        true => solver.fractions(),
        false => solver.bounds(),
    })?;
    let shown = crate::studies::exact::Answer { world: &model.world, origin: &origin, exact: &solved };
    kept.put_table(options.excel, || crate::studies::exact::layers(&shown).csv(), terminal)?;
    terminal.print(&match options.json {
        true => crate::studies::exact::json(&shown),
        false => crate::studies::exact::text(&shown, terminal.paper()),
    })?;
    Ok(Exit::Fine)
}

/// What is to be solved.
struct Solver<'a> {
    model: &'a Model,
    measures: &'a [Measure],
    options: &'a args::Exact,
    terminal: &'a Terminal,
}

impl Solver<'_> {
    /// Exact values where all states fit, else bounds.
    fn bounds(&self) -> Result<Exact, Failure> {
        let room = memory::room(self.options.max_states);
        let foresight = &mut Foresight::guess(self.model);
        let limits = Limits { room, budget: self.options.budget, hopeless: HOPELESS };
        let (mut visited, mut asked, mut spread) = (0, self.options.max_states.is_some(), None);
        let ahead = self.model.turns.len() * usize::from(self.model.world.rounds) / EARLY;
        let swept = self.sweep::<Fixed>(limits, foresight, |layer| {
            let so_far = visited + layer.states;
            if layer.over {
                visited = so_far;
            }
            if !asked && so_far >= LONG && layer.step <= ahead {
                // It will take long: whether it can come to anything is asked before.
                asked = true;
                let states = (room.bytes / LEAN) as usize;
                let outlook = outlook(self.model, states);
                spread = (outlook.outside > HOPELESS).then(|| told(&outlook, states));
            }
            spread.is_none()
        })?;
        if let Some(spread) = spread {
            let closing = self.closing(AHEAD, foresight)?;
            return Err(self.hopeless(&spread, closing, swept.bytes_a_state));
        }
        let Some(mut exact) = self.answer(&swept) else {
            let closing = self.closing(swept.kept / 10, foresight)?;
            return Err(self.hopeless(&self.given_up(&swept), closing, swept.bytes_a_state));
        };
        if swept.cramped {
            exact.size.wanted = self.closed(vec![(swept.kept, swept.wanted)], foresight)?;
        }
        Ok(exact)
    }

    /// Exact fractions, where all states fit.
    fn fractions(&self) -> Result<Exact, Failure> {
        let room = memory::room(self.options.max_states);
        let room = Room { states: room.states.min(FRACTIONS), ..room };
        let limits = Limits { room, budget: 0.0, hopeless: 0.0 };
        let swept = self.sweep::<Fraction>(limits, &mut Foresight::guess(self.model), |_| true)?;
        self.answer(&swept).ok_or_else(|| {
            let message = format!(
                "exact fractions are for small scenarios: more than {} states after a turn; without --rational the same is known \
                 to twenty places and more: `baraza exact {}`",
                swept.kept,
                self.options.subject.named()
            );
            Failure::new(Exit::No, message)
        })
    }

    fn answer<M: Mass>(&self, swept: &Swept<Tally<M>, M>) -> Option<Exact> {
        answer(self.model, self.measures, swept)
    }

    fn sweep<M: Mass>(
        &self,
        limits: Limits,
        foresight: &mut Foresight,
        mut go_on: impl FnMut(&LayerSize) -> bool,
    ) -> Result<Swept<Tally<M>, M>, Failure> {
        let mut progress = Layers::new(self.model);
        let swept = exact::<M>(self.model, self.measures, limits, foresight, |layer: &LayerSize| {
            progress.show(layer.step, layer.states, layer.dropped);
            !stopped() && go_on(layer)
        })
        .map_err(|e| Failure::new(Exit::Usage, e.to_string()))?;
        progress.clear();
        match (stopped() && swept.gave_up.is_some(), swept.layers.last()) {
            (true, layer) => {
                let (round, states) = layer.map_or((0, 0), |l| (l.round, l.states));
                self.terminal.remark(&format!("stopped in round {round} with {states} states\n"));
                Err(Failure::new(Exit::Interrupted, "nothing is exact before the sweep has ended"))
            }
            _ => Ok(swept),
        }
    }

    /// How many states would have to be kept so as to drop none, from sweeps that keep so many, a tenth, and a tenth of that;
    /// `None` where that cannot be told.
    fn closing(&self, kept: usize, foresight: &mut Foresight) -> Result<Option<f64>, Failure> {
        match self.wanted(kept, foresight)? {
            Some(wanted) => self.closed(vec![(kept, wanted)], foresight),
            None => Ok(None),
        }
    }

    /// The same where the last of these sweeps has been made.
    fn closed(
        &self,
        mut tries: Vec<(usize, f64)>,
        foresight: &mut Foresight,
    ) -> Result<Option<f64>, Failure> {
        for _ in 0..2 {
            let kept = (tries[0].0 / 10).max(1);
            let Some(wanted) = self.wanted(kept, foresight)? else { return Ok(None) };
            tries.insert(0, (kept, wanted));
        }
        Ok(closing(&tries))
    }

    /// The states after a turn that there would be if none were dropped, by how those grow that are kept; `None` where a turn goes
    /// so many ways that this would take longer than it is worth.
    fn wanted(&self, kept: usize, foresight: &mut Foresight) -> Result<Option<f64>, Failure> {
        let limits = Limits { room: Room::of(kept), budget: 0.0, hopeless: 1.0 };
        let mut soon = true;
        let swept = self.sweep::<Fixed>(limits, foresight, |layer| {
            soon &= layer.ways <= MANY * kept.max(FEW) as u64;
            soon
        })?;
        Ok(soon.then_some(swept.wanted))
    }

    fn given_up(&self, swept: &Swept<Tally<Fixed>, Fixed>) -> String {
        let (round, dropped) = swept.layers.last().map_or((0, 0.0), |l| (l.round, l.dropped));
        format!(
            "too large: by round {round} of {} {:.0}% of the probability had to be dropped to keep {} states, and bounds that wide \
             say nothing",
            self.model.world.rounds,
            dropped * 100.0,
            swept.kept
        )
    }

    /// Says what it would take and what to do instead.
    fn hopeless(&self, what: &str, closing: Option<f64>, bytes_a_state: usize) -> Failure {
        let takes = match closing {
            Some(wanted) => crate::studies::exact::to_close(wanted, bytes_a_state),
            None => "How many states there are cannot be told: their number grew with every try, or a turn goes far too many ways.".into(),
        };
        let subject = self.options.subject.named();
        Failure::new(
            Exit::No,
            format!(
                "{what}. {takes} `baraza ensemble {subject}` estimates the same with intervals of confidence; leaving out fronts, \
                 backers or items, or weariness_odds of 0 or 1, makes scenarios smaller; --max-states N takes more memory and tries \
                 at any rate"
            ),
        )
    }
}

/// Why so many states are too few.
fn told(outlook: &Outlook, states: usize) -> String {
    format!(
        "too large: {} of {} sampled runs go on after round {}, in {} different states, and by that no {states} states, as many as \
         fit into memory, hold more than {:.0}% of the probability there",
        outlook.going,
        outlook.runs,
        outlook.round,
        outlook.different,
        (1.0 - outlook.outside) * 100.0
    )
}
