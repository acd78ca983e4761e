//! What an ensemble shows, as text for a terminal.

use crate::analysis::alike;
use crate::analysis::summary::{
    FrontCourse, InstrumentTimes, ItemCourse, MeasureShare, Method, OutcomeShare, SeatCourse, Share, Summary,
};
use crate::domain::World;
use crate::studies::reserves;
use crate::text::column::padded;
use crate::text::number::{percent, percent_of, thousands, unit};
use crate::text::paper::Paper;
use crate::text::share;
use crate::text::writer::Writer;

use super::{Ensemble, Until};

/// Columns for what a row is about.
const LABEL: usize = 40;
/// The most rounds that a strip shows one by one.
const STRIP: usize = 30;
/// The most rounds that are columns of the table of signatures.
const COLUMNS: usize = 5;

/// The ensemble as text.
pub fn text(ensemble: &Ensemble, paper: impl Into<Paper>) -> String {
    let mut page = Writer::new(paper);
    let s = &ensemble.summary;
    head(&mut page, ensemble);
    outcomes(&mut page, &s.outcomes);
    if let Some(warning) = alike(s) {
        page.paragraph(&warning);
    }
    reserves::outcomes(&mut page, ensemble.world, &s.reserves);
    if !s.measures.is_empty() {
        page.heading("Your questions");
        s.measures.iter().for_each(|m| measure(&mut page, m));
    }
    if !s.instruments.is_empty() {
        instruments(&mut page, ensemble.world, &s.instruments);
    }
    items(&mut page, &s.items);
    page.heading("What each party had in hand at the end, on average");
    s.seats.iter().for_each(|seat| self::seat(&mut page, ensemble.world, seat));
    if !s.fronts.is_empty() {
        fronts(&mut page, ensemble.world, &s.fronts);
    }
    if !s.events.is_empty() {
        page.heading("Which events happened");
        s.events.iter().for_each(|event| bar(&mut page, &event.title, &event.share));
    }
    if !s.rewards.is_empty() {
        page.heading("Counted in an average run");
        for reward in &s.rewards {
            let unit = unit(&reward.unit);
            page.item(&format!(
                "{}: {:.2}{unit} (standard error {:.2}); {:.2} in 30 days",
                reward.title, reward.mean, reward.error, reward.per_30_days
            ));
        }
    }
    page.gap();
    page.quiet("Shares are of runs of a teaching model under its assumptions, not chances of real events.");
    page.finish()
}

fn head(page: &mut Writer, ensemble: &Ensemble) {
    let s = &ensemble.summary;
    page.heading(&ensemble.world.title);
    let which = match ensemble.from {
        0 => String::new(),
        from => format!(" (runs {from} to {})", u64::from(from) + s.runs.max(1) - 1),
    };
    let method = match s.intervals {
        Method::Wilson => "(Wilson's) cover",
        Method::Anytime => "(confidence sequences: they hold whenever one stops) cover",
    };
    page.paragraph(&format!(
        "{} runs under seed {}{which}. In brackets: {} of 100 such intervals {method} the share that infinitely many \
         runs would show.",
        thousands(s.runs),
        ensemble.seed,
        percent_of(s.level)
    ));
    if let Some(until) = &ensemble.until {
        goal(page, until, s.runs);
    }
    if let Some(id) = ensemble.what_if {
        let title = ensemble.world.what_ifs.iter().find(|w| w.name.id == id).map_or(id, |w| &w.name.title);
        page.paragraph(&format!("What if: {title}."));
    }
    for (path, value) in ensemble.set {
        page.paragraph(&format!("Changed: {path} = {value}."));
    }
}

/// What the runs were to show, and whether they did.
fn goal(page: &mut Writer, until: &Until, runs: u64) {
    let width = format!("{:.2} points of 100", until.width * 100.0);
    let runs = thousands(runs);
    page.paragraph(&match until.reached {
        true => format!(
            "The runs were ended when all intervals asked about were at most {width} wide; that took {runs} runs. Intervals \
             for a number of runs fixed beforehand would be narrower, but would cover less often than they say."
        ),
        false => format!(
            "After {runs} runs, of at most {}, not all intervals asked about are as narrow as {width}. Those shown hold \
             all the same.",
            thousands(u64::from(until.most))
        ),
    });
}

/// Says that nearly every run ends alike, and what all of them have in common; nothing where they do not.
pub(crate) fn alike(summary: &Summary) -> Option<String> {
    let alike = alike::alike(summary)?;
    let outcome = &summary.outcomes[alike.outcome];
    let signed = alike.signed.iter().map(|k| {
        let text = &summary.instruments[*k];
        let half =
            text.incidence_median[0].map_or_else(String::new, |r| format!(", half of them by round {r}"));
        format!("“{}” is signed in {} of runs{half}", text.title, percent(last(&text.incidence)))
    });
    let open = alike.open.iter().map(|(k, seat)| {
        let item = &summary.items[*k];
        let against = seat.map(|s| &item.blocked_by[s]);
        let against = against.map_or_else(String::new, |b| {
            format!(", with {} against the closest option in {}", b.title, percent(b.share.share))
        });
        format!("“{}” stays open in {} of runs{against}", item.title, percent(1.0 - item.settled.share))
    });
    let facts: Vec<String> = signed.chain(open).collect();
    let common = match facts.as_slice() {
        [] => String::new(),
        _ => format!(" What nearly all runs have in common: {}.", facts.join("; ")),
    };
    Some(format!(
        "Nearly every run ends alike ({} in “{}”): the scenario leaves little open, and there is little to find out by playing it.\
         {common} `baraza sensitivity` with `--outcome {}` shows which assumption decides it.",
        percent(outcome.share.share),
        outcome.title,
        outcome.id
    ))
}

fn last(curve: &[Share]) -> f64 {
    curve.last().map_or(0.0, |s| s.share)
}

fn outcomes(page: &mut Writer, outcomes: &[OutcomeShare]) {
    page.heading("How the talks ended");
    for outcome in outcomes {
        bar(page, &outcome.title, &outcome.share);
    }
}

/// A row with a share, its interval and a bar.
fn bar(page: &mut Writer, label: &str, chance: &Share) {
    let width = page.paper().room(LABEL - 2);
    let mut lines = textwrap::wrap(label, width).into_iter();
    let first = padded(&lines.next().unwrap_or_default(), width);
    let blocks = "█".repeat((chance.share * 16.0).round() as usize);
    page.row(&format!("  {first} {:>6} {:<14} {blocks}", share::share(chance.share), interval(chance)));
    for line in lines {
        page.row(&format!("    {line}"));
    }
}

fn measure(page: &mut Writer, measure: &MeasureShare) {
    page.section(&format!("“{}”", measure.condition));
    bar(page, "held at the end of some round", &measure.ever);
    bar(page, "held at the end of the last round", &measure.last);
}

fn instruments(page: &mut Writer, world: &World, instruments: &[InstrumentTimes]) {
    page.heading("Which texts were signed, and by when");
    let rounds = world.rounds as usize;
    let columns = columns(rounds);
    let dates: Vec<String> = columns.iter().map(|r| world.date_of(*r as u8).to_string()).collect();
    page.paragraph(&format!(
        "Share of all runs signed by the end of the round; the rounds begin on {}. Median: the round by which half had \
         signed, with its interval.",
        dates.join(", ")
    ));
    // Where some talks end early, the chance had they gone on is another one.
    let row = |curve: &[Share]| -> String {
        columns.iter().map(|r| format!("{:>5}", percent(curve[r - 1].share))).collect()
    };
    let differs = |text: &InstrumentTimes| row(&text.incidence) != row(&text.by_round);
    if instruments.iter().any(differs) {
        page.paragraph(
            "Second row: the same had no talks ended early (Kaplan and Meier's estimate, which takes runs that end \
             early for ones that might have signed later like the others).",
        );
    }
    let head: String = columns.iter().map(|r| format!("{:>5}", format!("r{r}"))).collect();
    let width = page.paper().room(LABEL - 2);
    page.row(&format!("  {:<width$}{head}  {:<8}", "", "median"));
    for text in instruments {
        let mut lines = textwrap::wrap(&text.title, width - 1).into_iter();
        let first = padded(&lines.next().unwrap_or_default(), width);
        let (cells, half) = (row(&text.incidence), median(text.incidence_median));
        page.row(&format!("  {first}{cells}  {half}"));
        lines.for_each(|line| page.row(&format!("    {line}")));
        if differs(text) {
            let (cells, half) = (row(&text.by_round), median(text.median_round));
            let label = "  had no talks ended early";
            page.row(&format!("  {label:<width$}{cells}  {half}"));
        }
        if text.breaches > 0.0 {
            let cells: String =
                columns.iter().map(|r| format!("{:>5.2}", text.breaches_by_round[r - 1])).collect();
            let label = "  breaches so far in an average run";
            page.row(&format!("  {label:<width$}{cells}"));
        }
        if text.broken.runs > 0 {
            page.row(&format!("    broken at the end: {}", percent(text.broken.share)));
        }
    }
}

/// The rounds that are columns of tables: a few, the last one among them.
pub(crate) fn columns(rounds: usize) -> Vec<usize> {
    let n = COLUMNS.min(rounds);
    (1..=n).map(|k| k * rounds / n).collect()
}

fn median([round, low, high]: [Option<usize>; 3]) -> String {
    match (round, low, high) {
        (Some(round), Some(low), Some(high)) if low != high => format!("{round} ({low}–{high})"),
        (Some(round), ..) => round.to_string(),
        (None, ..) => "–".into(),
    }
}

/// One letter for each state of an item, in the order of its lifecycle.
pub(crate) const LETTERS: [char; 8] = ['·', 't', 'c', 'p', 'A', 'S', 'I', 'b'];

fn items(page: &mut Writer, items: &[ItemCourse]) {
    page.heading("Where the items stood");
    page.paragraph(
        "One letter a round, the commonest state: · dormant, t tabled, c contested, p parked, A agreed, S sealed, \
         I implemented, b breached.",
    );
    for item in items {
        page.section(&item.title);
        let (strip, every) = strip(&item.by_round, |r| LETTERS[commonest(r)]);
        page.row(&format!(
            "  {strip}{every}  settled at the end: {} {}",
            share::share(item.settled.share),
            interval(&item.settled)
        ));
        for option in item.options.iter().filter(|o| o.share.runs > 0) {
            bar(page, &option.title, &option.share);
        }
        let against: Vec<String> = item
            .blocked_by
            .iter()
            .filter(|b| b.share.runs > 0)
            .map(|b| format!("{} in {}", b.title, percent(b.share.share)))
            .collect();
        if !against.is_empty() {
            page.remark(&format!(
                "open at the end, against the closest option when last bargained over: {}",
                against.join(", ")
            ));
        }
        if item.unopposed.runs > 0 {
            page.remark(&format!(
                "open at the end, never bargained over in vain (it did not come to the table, or came apart later): {}",
                percent(item.unopposed.share)
            ));
        }
    }
}

fn commonest(shares: &[f64]) -> usize {
    (0..shares.len()).rev().max_by(|a, b| shares[*a].total_cmp(&shares[*b])).unwrap_or(0)
}

fn seat(page: &mut Writer, world: &World, seat: &SeatCourse) {
    let track = world.tracks.iter().find(|t| t.name.id == seat.track).map_or("", |t| &t.name.title);
    page.item(&format!(
        "{} in “{track}”: {:.0} of 100 points settled; without agreement {:.0}. No worse off than without agreement in {} \
         {} of runs. Out of the room in {:.1} rounds.",
        seat.title,
        seat.points,
        seat.alternative,
        share::share(seat.content.share),
        interval(&seat.content),
        seat.rounds_out
    ));
    if seat.rounds_out > 0.0 {
        let (strip, every) = shades(&seat.out_by_round);
        page.row(&format!("    {strip}  share of runs in which it is out, by round{every}"));
    }
}

/// One sign a round; of a long course only every so many rounds, and that this is so.
fn strip<T>(by_round: &[T], sign: impl Fn(&T) -> char) -> (String, String) {
    let step = by_round.len().div_ceil(STRIP).max(1);
    let strip = by_round.iter().skip(step - 1).step_by(step).map(sign).collect();
    (strip, if step > 1 { format!(" (every {step} rounds)") } else { String::new() })
}

/// One block a round, as high as the share; nothing is a dot.
fn shades(by_round: &[f64]) -> (String, String) {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    strip(by_round, |share| match share {
        s if *s <= 0.0 => '·',
        s => BLOCKS[((s * 8.0).ceil() as usize).clamp(1, 8) - 1],
    })
}

fn fronts(page: &mut Writer, world: &World, fronts: &[FrontCourse]) {
    page.heading("On the ground");
    page.paragraph(
        "One figure a round, mean intensity: 0 quiet, 1 sporadic, 2 clashes, 3 heavy, 4 offensive.",
    );
    for front in fronts {
        page.section(&front.title);
        let mean =
            |r: &Vec<f64>| r.iter().zip(0..).map(|(share, level)| share * f64::from(level)).sum::<f64>();
        let (strip, _) = strip(&front.intensity, |r| char::from(b'0' + mean(r).round_ties_even() as u8));
        page.row(&format!("  {strip}  mean intensity, by round"));
        for holder in &front.held_by {
            let place = world.parties.iter().position(|p| p.name.id == holder.id).unwrap_or_default();
            let by_round: Vec<f64> = front.holders.iter().map(|shares| shares[place]).collect();
            if by_round.iter().all(|share| *share <= 0.0) {
                continue;
            }
            let (strip, every) = shades(&by_round);
            page.row(&format!("  {strip}  share of runs in which it is held, by round{every}, by"));
            bar(page, &format!("{}; at the end:", holder.title), &holder.share);
        }
    }
}

fn interval(share: &Share) -> String {
    format!("({})", share::interval(share.low, share.high))
}
