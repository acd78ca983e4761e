//! `baraza exact`: the probability of every outcome, from all states that can be reached.

use crate::analysis::counters::Measure;
use crate::analysis::exact::{Exact, Outlook, Tally, answer, closing, exact, outlook};
use crate::domain::Model;
use crate::drivers::enumerate::{Fixed, Foresight, Fraction, GaveUp, LayerSize, Limits, Mass, Room, Swept};
use crate::report;
use crate::scenario;

use super::args;
use super::exit::{Exit, Failure};
use super::files;
use super::load;
use super::memory;
use super::study::{Layers, catch_interrupts, measures, pool, stopped};
use super::terminal::Terminal;

/// Beyond so much dropped mass bounds say nothing useful.
const HOPELESS: f64 = 0.25;
/// States of a first sweep that looks ahead: small scenarios need no other one.
const AHEAD: usize = 5_000;
/// Where that drops more, it is doubtful whether memory suffices for bounds that say something.
const DOUBTFUL: f64 = 0.9;
/// The most states a layer may have where fractions are asked for: they grow with every turn.
const FRACTIONS: usize = 200_000;

/// Sweeps and tells.
pub(super) fn carry_out(options: &args::Exact, terminal: &Terminal) -> Result<Exit, Failure> {
    if let Some(path) = &options.layers {
        files::refuse_unwritable("--layers", path, options.force)?;
    }
    let world = load::world(&options.file, &options.set, options.what_if.as_deref(), terminal)?;
    let fingerprint = scenario::fingerprint(&world);
    let model = Model::new(world);
    let measures = measures(&options.measure, &model, terminal)?;
    let pool = pool(options.threads)?;
    catch_interrupts();
    let solver = Solver { model: &model, measures: &measures, options, terminal };
    let solved = pool.install(|| match options.rational {
        true => solver.fractions(),
        false => solver.bounds(),
    })?;
    let told = report::exact::Answer {
        world: &model.world,
        fingerprint: &fingerprint,
        what_if: options.what_if.as_deref(),
        set: &options.set,
        exact: &solved,
    };
    if let Some(path) = &options.layers {
        files::replace(path, &report::exact::layers(&told).csv())?;
        terminal.remark(&format!("wrote {}\n", path.display()));
    }
    terminal.print(&match options.json {
        true => report::exact::json(&told),
        false => report::exact::text(&told, terminal.styled),
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
        let ahead = Room { states: room.states.min(AHEAD), ..room };
        let scout = self.sweep::<Fixed>(Limits { room: ahead, budget: 0.0, hopeless: 1.0 }, foresight)?;
        if let (true, Some(exact)) = (scout.dropped.is_zero(), self.answer(&scout)) {
            return Ok(exact);
        }
        let states = room.states.min((room.bytes / scout.bytes_a_state as u64) as usize);
        if self.options.max_states.is_none() && scout.dropped.value() > DOUBTFUL {
            let outlook = outlook(self.model, states);
            if outlook.outside > HOPELESS {
                let closing = self.closing(scout.kept, Some(scout.wanted), foresight)?;
                return Err(self.hopeless(&spread(&outlook, states), closing, scout.bytes_a_state));
            }
        }
        let limits = Limits { room, budget: self.options.budget, hopeless: HOPELESS };
        let swept = self.sweep::<Fixed>(limits, foresight)?;
        let Some(mut exact) = self.answer(&swept) else {
            let closing = self.closing(swept.kept / 10, None, foresight)?;
            return Err(self.hopeless(&self.given_up(&swept), closing, swept.bytes_a_state));
        };
        if swept.cramped {
            exact.size.wanted = self.closing(swept.kept, Some(swept.wanted), foresight)?;
        }
        Ok(exact)
    }

    /// Exact fractions, where all states fit.
    fn fractions(&self) -> Result<Exact, Failure> {
        let room = memory::room(self.options.max_states);
        let room = Room { states: room.states.min(FRACTIONS), ..room };
        let limits = Limits { room, budget: 0.0, hopeless: 0.0 };
        let swept = self.sweep::<Fraction>(limits, &mut Foresight::guess(self.model))?;
        self.answer(&swept).ok_or_else(|| {
            let message = format!(
                "exact fractions are for small scenarios: more than {} states after a turn; without --rational the same is known \
                 to twenty places and more: `baraza exact {}`",
                swept.kept,
                self.options.file.display()
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
    ) -> Result<Swept<Tally<M>, M>, Failure> {
        let mut progress = Layers::new(self.model);
        let swept = exact::<M>(self.model, self.measures, limits, foresight, |layer: &LayerSize| {
            progress.show(layer.step, layer.states, layer.dropped);
            !stopped()
        })
        .map_err(|e| Failure::new(Exit::Usage, e.to_string()))?;
        progress.clear();
        match (swept.gave_up, swept.layers.last()) {
            (Some(GaveUp::Stopped), layer) => {
                let (round, states) = layer.map_or((0, 0), |l| (l.round, l.states));
                self.terminal.remark(&format!("stopped in round {round} with {states} states\n"));
                Err(Failure::new(Exit::Interrupted, "nothing is exact before the sweep has ended"))
            }
            _ => Ok(swept),
        }
    }

    /// How many states would have to be kept so as to drop none, from sweeps that keep a tenth of these, and a tenth of that.
    fn closing(
        &self,
        kept: usize,
        wanted: Option<f64>,
        foresight: &mut Foresight,
    ) -> Result<Option<f64>, Failure> {
        let mut tries = Vec::new();
        let mut try_with = |states: usize| -> Result<(), Failure> {
            let limits = Limits { room: Room::of(states.max(1)), budget: 0.0, hopeless: 1.0 };
            tries.push((states.max(1), self.sweep::<Fixed>(limits, foresight)?.wanted));
            Ok(())
        };
        try_with(kept / 100)?;
        try_with(kept / 10)?;
        match wanted {
            Some(wanted) => tries.push((kept, wanted)),
            None => try_with(kept)?,
        }
        Ok(closing(&tries))
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
            Some(wanted) => report::exact::to_close(wanted, bytes_a_state),
            None => "How many states there are cannot be told: their number grew with every try.".into(),
        };
        let file = self.options.file.display();
        Failure::new(
            Exit::No,
            format!(
                "{what}. {takes} `baraza ensemble {file}` estimates the same with intervals of confidence; leaving out fronts, \
                 backers or items, or weariness_odds of 0 or 1, makes scenarios smaller; --max-states N takes more memory and tries \
                 at any rate"
            ),
        )
    }
}

/// Why so many states are too few.
fn spread(outlook: &Outlook, states: usize) -> String {
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
