//! A mediator that follows a rule of your own, and how often peace holds with it and by its style:
//! `cargo run --release --example own_chooser`.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;

use baraza::domain::{Action, Model, Weight};
use baraza::drivers::decider::Decider;
use baraza::drivers::{Sampler, record};
use baraza::kernel::{Chooser, Entry, Site, What};
use baraza::scenario::{Source, load};

/// How many runs are played of each.
const RUNS: u32 = 1000;

/// First trust, then answers: the mediator works on trust until a round, and floats options from then on.
struct TrustFirst<'a> {
    model: &'a Model,
    mediator: Decider,
    until: u8,
    /// Decides everything else, and what the rule leaves open.
    chance: Sampler,
}

impl Chooser for TrustFirst<'_> {
    /// Every choice of the talks comes here. The site says whose turn it is, what is chosen and in which round; the
    /// weights say what is possible, and how likely each alternative is by the scenario.
    fn choose(&mut self, site: Site, weights: &[Weight]) -> usize {
        let own = site.what == What::Action && self.mediator.owns(self.model, site);
        let wish = if site.round <= self.until { Action::Facilitate } else { Action::Formulate } as usize;
        match own && weights[wish] > 0 {
            true => wish,
            // What has no weight is not feasible; then the mediator does as its style says.
            false => self.chance.choose(site, weights),
        }
    }
}

/// The share of runs in which peace holds, in per cent, where a chooser made for each run decides.
fn peace<C: Chooser>(model: &Model, chooser: impl Fn(u32) -> C) -> f64 {
    let holds = |run: u32| {
        record(model, &mut chooser(run)).entries().any(|(.., entry)| {
            matches!(entry, Entry::Ends { outcome, .. }
                if model.world.outcomes[outcome.at()].name.id == "peace-holding")
        })
    };
    100.0 * (0..RUNS).filter(|run| holds(*run)).count() as f64 / f64::from(RUNS)
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", told()?);
    Ok(())
}

/// What the program says.
pub fn told() -> Result<String, Box<dyn Error>> {
    let mut out = String::new();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/tutorial/2-mediator.toml");
    let source = Source { name: file.display().to_string(), text: std::fs::read_to_string(&file)? };
    let model = load(&source, &[], None).world.map(Model::new).ok_or("the file has mistakes")?;
    let mediator = Decider::find(&model.world, "elders")?;

    // Run k has the same luck whoever decides, so the shares differ by what the mediator does.
    let luck = |run| Sampler::new(1, run);
    writeln!(out, "By the elders' style, peace holds in {:.1} % of {RUNS} runs.", peace(&model, luck))?;
    for until in [0, 2, 4, 6] {
        let rule = |run| TrustFirst { model: &model, mediator, until, chance: luck(run) };
        writeln!(out, "Trust until round {until}, then answers: {:.1} %.", peace(&model, rule))?;
    }
    Ok(out)
}
