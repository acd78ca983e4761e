//! An exact answer as text for a terminal.

use crate::analysis::exact::{
    Certificate, Exact, Expected, InstrumentChances, ItemEnd, MeasureChances, Named, Probability, RewardSum,
    Size,
};
use crate::domain::World;
use crate::text::column::padded;
use crate::text::number::{thousands, unit as unit_of};
use crate::text::paper::Paper;
use crate::text::writer::Writer;

use super::{Answer, NOTE};

/// Columns for what a row is about.
const LABEL: usize = 34;
/// The most rounds that are columns of the table of signatures.
const COLUMNS: usize = 5;
/// Bounds closer than this are told as one number.
const CLOSE: f64 = 1e-11;
/// Ways to a state on average below which merging is said not to help.
const NO_MERGING: f64 = 1.02;
/// States below which nobody needs to be told so.
const FEW: usize = 10_000;

/// The answer as text.
pub(super) fn text(answer: &Answer, paper: impl Into<Paper>) -> String {
    let mut page = Writer::new(paper);
    let exact = &answer.exact;
    page.heading(&answer.world.title);
    if let Some(id) = answer.origin.what_if.as_deref() {
        let title = answer.world.what_ifs.iter().find(|w| w.name.id == id).map_or(id, |w| &w.name.title);
        page.paragraph(&format!("What if: {title}."));
    }
    let set = &answer.origin.set;
    set.iter().for_each(|(path, value)| page.paragraph(&format!("Changed: {path} = {value}.")));
    certificate(&exact.certificate, &exact.size).iter().for_each(|text| page.paragraph(text));
    page.heading("How the talks end");
    exact.outcomes.iter().for_each(|o| row(&mut page, &o.title, &o.probability));
    page.paragraph(&format!("Expected rounds: {}.", expected(&exact.rounds)));
    if !exact.measures.is_empty() {
        page.heading("Your questions");
        exact.measures.iter().for_each(|m| measure(&mut page, m));
    }
    if !exact.instruments.is_empty() {
        instruments(&mut page, answer.world, &exact.instruments);
    }
    page.heading("How the items end");
    exact.items.iter().for_each(|i| item(&mut page, i));
    page.heading("What each party has in hand at the end, expected");
    for seat in &exact.seats {
        let track =
            answer.world.tracks.iter().find(|t| t.name.id == seat.track).map_or("", |t| &t.name.title);
        page.item(&format!(
            "{} in “{track}”: {} of 100 points settled; without agreement {}. No worse off than without agreement: {}.",
            seat.title,
            expected(&seat.points),
            expected(&seat.alternative),
            number(&seat.content)
        ));
    }
    fronts_and_rewards(&mut page, exact);
    page.gap();
    page.quiet(NOTE);
    page.finish()
}

/// What the figures rest on, in paragraphs.
pub(super) fn certificate(certificate: &Certificate, size: &Size) -> Vec<String> {
    let size_told = format!(
        "{} states over all turns, at most {} after one turn; {} bits a state.",
        thousands(size.states),
        thousands(size.widest as u64),
        size.bits
    );
    let mut told = Vec::new();
    if certificate.complete {
        told.push(format!(
            "Exact: every state that can be reached was visited. {size_told} {}",
            match certificate.rounded {
                false => "Odds are whole multiples of 2⁻³²; probabilities are fractions of them without any rounding.".to_owned(),
                true => format!(
                    "Odds are rounded to whole multiples of 2⁻³²; masses are whole numbers rounded down, and all of that rounding together, the mass \
                     that no outcome accounts for, is {:.1e}.",
                    certificate.missing
                ),
            }
        ));
    } else {
        told.push(format!(
            "Bounds, not exact values: the lightest states were dropped, {:.3e} of the whole. {size_told} Every figure \
             lies between the two given, for certain; no two bounds of a probability are further apart than {:.3e}.",
            certificate.dropped, certificate.missing
        ));
        told.extend(size.wanted.map(|wanted| to_close(wanted, size.bytes_a_state)));
    }
    if size.merging < NO_MERGING && size.widest > FEW {
        told.push(format!(
            "Merging equal states saves little here ({:.3} ways to a state a turn): an ensemble may be the better tool.",
            size.merging
        ));
    }
    told
}

/// What it would take to drop no state, as far as it can be told.
pub(crate) fn to_close(wanted: f64, bytes_a_state: usize) -> String {
    let states = libm::pow(10.0, libm::floor(libm::log10(wanted.max(10.0))) - 1.0);
    let states = (wanted / states).round() * states;
    let told = if states < 1e12 { thousands(states as u64) } else { format!("{states:.0e}") };
    format!(
        "To drop none, about {told} states would have to be kept after a turn, in about {} of memory: an estimate from sweeps that \
         kept fewer, which may be out by a factor of two or three, and more where it is large.",
        bytes(states * bytes_a_state as f64)
    )
}

fn bytes(n: f64) -> String {
    match n {
        n if n < 1e8 => "0.1 GB".into(),
        n if n < 1e13 => format!("{:.1} GB", n / 1e9),
        n => format!("{:.0e} GB", n / 1e9),
    }
}

/// A row with a probability and a bar.
fn row(page: &mut Writer, label: &str, probability: &Probability) {
    let width = page.paper().room(LABEL - 2);
    let mut lines = textwrap::wrap(label, width).into_iter();
    let first = padded(&lines.next().unwrap_or_default(), width);
    let middle = (probability.low + probability.high) / 2.0;
    let bar = "█".repeat((middle * 14.0).round() as usize);
    page.row(&format!("  {first} {:<24} {bar}", number(probability)));
    for line in lines {
        page.row(&format!("    {line}"));
    }
    if let Some((numerator, bits)) = &probability.fraction {
        page.remark(&format!("= {}", fraction(numerator, *bits)));
    }
}

/// A fraction with its denominator as a number where that is short.
fn fraction(numerator: &str, bits: u32) -> String {
    match bits {
        0 => numerator.to_owned(),
        1..=60 => format!("{numerator} / {}", 1u64 << bits),
        _ => format!("{numerator} / 2^{bits}"),
    }
}

/// One number where the bounds agree to ten places, else both.
pub(crate) fn number(p: &Probability) -> String {
    between(p.low, p.high, 10)
}

pub(super) fn expected(e: &Expected) -> String {
    between(e.low, e.high, 6)
}

fn between(low: f64, high: f64, places: usize) -> String {
    if high - low < CLOSE * high.max(1.0) {
        return format!("{low:.places$}");
    }
    // As many places as the width leaves room for, and two more.
    let places = (2 - libm::floor(libm::log10(high - low)) as i32).clamp(2, 10) as usize;
    let scale = libm::pow(10.0, places as f64);
    format!("{:.places$} to {:.places$}", (low * scale).floor() / scale, (high * scale).ceil() / scale)
}

fn measure(page: &mut Writer, measure: &MeasureChances) {
    page.section(&format!("“{}”", measure.condition));
    row(page, "holds at the end of some round", &measure.ever);
    row(page, "holds at the end of the last round", &measure.last);
}

fn instruments(page: &mut Writer, world: &World, instruments: &[InstrumentChances]) {
    page.heading("Which texts are signed, and by when");
    let rounds = world.rounds as usize;
    let columns: Vec<usize> = (1..=COLUMNS.min(rounds)).map(|k| k * rounds / COLUMNS.min(rounds)).collect();
    let dates: Vec<String> = columns.iter().map(|r| world.date_of(*r as u8).to_string()).collect();
    let bounds = instruments.iter().flat_map(|i| &i.by_round).any(|p| p.high - p.low >= 1e-6);
    let bounds = if bounds { " Of bounds both are shown, rounded outwards." } else { "" };
    page.paragraph(&format!(
        "Probability of being signed by the end of the round; the rounds begin on {}.{bounds}",
        dates.join(", ")
    ));
    let head: String = columns.iter().map(|r| format!("{:>10}", format!("r{r}"))).collect();
    let width = page.paper().room(26);
    page.row(&format!("  {:<width$}{head}", ""));
    for text in instruments {
        let mut lines = textwrap::wrap(&text.title, width - 1).into_iter();
        let first = padded(&lines.next().unwrap_or_default(), width);
        let cells: String = columns.iter().map(|r| format!("{:>10}", short(&text.by_round[r - 1]))).collect();
        page.row(&format!("  {first}{cells}"));
        lines.for_each(|line| page.row(&format!("    {line}")));
        if let Some(round) = &text.round {
            page.remark(&format!(
                "expected round of those that sign {}; at the end in force {}, broken {}",
                expected(round),
                short(&text.in_force),
                short(&text.broken)
            ));
        }
    }
}

/// Five places in a narrow column; bounds that are wider apart are both shown, rounded outwards.
fn short(p: &Probability) -> String {
    match p.high - p.low {
        width if width < 1e-6 => format!("{:.5}", (p.low + p.high) / 2.0),
        width => {
            let scale = if width < 0.005 { 1e3 } else { 1e2 };
            let places = if width < 0.005 { 3 } else { 2 };
            let (low, high) = ((p.low * scale).floor() / scale, (p.high * scale).ceil() / scale);
            format!("{}–{}", unit(low, places), unit(high, places))
        }
    }
}

/// A number from 0 to 1 without the zero before its point.
fn unit(x: f64, places: usize) -> String {
    let text = format!("{x:.places$}");
    text.strip_prefix('0').filter(|_| x > 0.0).map_or_else(|| format!("{x:.0}"), str::to_owned)
}

fn item(page: &mut Writer, item: &ItemEnd) {
    page.section(&item.title);
    for option in item.options.iter().filter(|o| o.probability.high > 0.0 && o.probability.low > 0.0) {
        row(page, &option.title, &option.probability);
    }
    row(page, "not settled", &item.open);
}

fn fronts_and_rewards(page: &mut Writer, exact: &Exact) {
    if !exact.fronts.is_empty() {
        page.heading("Who holds what at the end");
        for front in &exact.fronts {
            page.section(&front.title);
            front.holders.iter().for_each(|h: &Named| row(page, &h.title, &h.probability));
        }
    }
    if !exact.rewards.is_empty() {
        page.heading("Expected to be counted in a run");
        for reward in &exact.rewards {
            page.item(&counted(reward));
        }
    }
}

/// What is expected to be counted of a reward, with its unit.
pub(super) fn counted(reward: &RewardSum) -> String {
    format!("{}: {}{}", reward.title, expected(&reward.expected), unit_of(&reward.unit))
}
