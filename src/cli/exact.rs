//! `baraza exact`: the probability of every outcome, from all states that can be reached.

use crate::analysis::counters::Measure;
use crate::analysis::exact::{Exact, answer, exact};
use crate::domain::Model;
use crate::drivers::enumerate::{Fixed, Fraction, GaveUp, LayerSize, Limits, Mass};
use crate::report;
use crate::scenario;

use super::args;
use super::exit::{Exit, Failure};
use super::load;
use super::memory;
use super::study::{Layers, catch_interrupts, measures, pool, stopped};
use super::terminal::Terminal;

/// Beyond so much dropped mass bounds say nothing useful.
const HOPELESS: f64 = 0.25;
/// The most states a layer may have where fractions are asked for: they grow with every turn.
const FRACTIONS: usize = 200_000;

/// Sweeps and tells.
pub(super) fn carry_out(options: &args::Exact, terminal: &Terminal) -> Result<Exit, Failure> {
    let world = load::world(&options.file, &options.set, options.what_if.as_deref(), terminal)?;
    let fingerprint = scenario::fingerprint(&world);
    let model = Model::new(world);
    let measures = measures(&options.measure, &model, terminal)?;
    let pool = pool(options.threads)?;
    catch_interrupts();
    let solved = pool.install(|| match options.rational {
        true => solve::<Fraction>(&model, &measures, options, terminal),
        false => solve::<Fixed>(&model, &measures, options, terminal),
    })?;
    let told = report::exact::Answer {
        world: &model.world,
        fingerprint: &fingerprint,
        what_if: options.what_if.as_deref(),
        set: &options.set,
        exact: &solved,
    };
    terminal.print(&match options.json {
        true => report::exact::json(&told),
        false => report::exact::text(&told, terminal.styled),
    })?;
    Ok(Exit::Fine)
}

fn solve<M: Mass>(
    model: &Model,
    measures: &[Measure],
    options: &args::Exact,
    terminal: &Terminal,
) -> Result<Exact, Failure> {
    let most = if options.rational { FRACTIONS } else { usize::MAX };
    let states = options.max_states.unwrap_or_else(|| memory::states(model.cells.len())).min(most);
    let limits = Limits {
        states,
        budget: if options.rational { 0.0 } else { options.budget },
        hopeless: if options.rational { 0.0 } else { HOPELESS },
    };
    let mut progress = Layers::new(model.turns.len() * model.world.rounds as usize);
    let mut last = None;
    let swept = exact::<M>(model, measures, limits, |layer: &LayerSize| {
        progress.show(layer.states, layer.dropped);
        last = Some(*layer);
        !stopped()
    })
    .map_err(|e| Failure::new(Exit::Usage, e.to_string()))?;
    progress.clear();
    match (swept.gave_up, answer(model, measures, &swept), last) {
        (None, Some(exact), _) => Ok(exact),
        (Some(GaveUp::Hopeless), _, Some(layer)) => Err(hopeless(&layer, model, states, options)),
        (_, _, layer) => {
            if let Some(layer) = layer {
                terminal.remark(&format!("stopped in round {} with {} states\n", layer.round, layer.states));
            }
            Err(Failure::new(Exit::No, "nothing is exact before the sweep has ended"))
        }
    }
}

/// Says how far it went and what to do instead.
fn hopeless(layer: &LayerSize, model: &Model, states: usize, options: &args::Exact) -> Failure {
    let what = if options.rational {
        format!("exact fractions are for small scenarios: more than {states} states after a turn")
    } else {
        format!(
            "too large: by round {} of {} {:.0}% of the probability had to be dropped to keep {states} states, and bounds \
             that wide say nothing",
            layer.round,
            model.world.rounds,
            layer.dropped * 100.0
        )
    };
    let file = options.file.display();
    let instead = match options.rational {
        true => {
            format!("without --rational the same is known to twenty places and more: `baraza exact {file}`")
        }
        false => format!(
            "`baraza ensemble {file}` estimates the same with intervals of confidence; leaving out fronts, backers or items, or \
             weariness_odds of 0 or 1, makes scenarios smaller; --max-states takes more memory"
        ),
    };
    Failure::new(Exit::No, format!("{what}; {instead}"))
}
