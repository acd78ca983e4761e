//! What an ensemble shows, as tidy tables: one row a cell and measure, agents by their ids.

use crate::analysis::summary::{OutcomeShare, RewardMean, Share, Summary};
use crate::document::dataset::Dataset;
use crate::domain::World;
use crate::studies::reserves;

/// Every table of an ensemble (docs/formats.md). A table of agents that the scenario does not have has no rows;
/// that of reserves is there only where somebody has one.
pub fn tables(world: &World, summary: &Summary) -> Vec<Dataset> {
    let told = Told { world, s: summary };
    let mut sheets = vec![told.outcomes(), told.ended(), told.events()];
    sheets.extend(told.instruments());
    sheets.extend(told.items());
    sheets.extend(told.seats());
    sheets.extend(told.fronts());
    sheets.extend(told.tracks());
    sheets.push(told.rewards());
    sheets.extend(told.measures());
    if !summary.reserves.is_empty() {
        sheets.push(told.reserves());
    }
    sheets
}

struct Told<'a> {
    world: &'a World,
    s: &'a Summary,
}

/// A number as it is: the shortest text that reads back as the same.
fn number(value: f64) -> String {
    value.to_string()
}

fn maybe(value: Option<usize>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

/// The four cells of a share.
fn cells(share: &Share) -> [String; 4] {
    [share.runs.to_string(), number(share.share), number(share.low), number(share.high)]
}

/// A row from parts of known length.
macro_rules! row {
    ($($part:expr),+ $(,)?) => {{
        let mut row: Vec<String> = Vec::new();
        $(row.extend($part.into_iter().map(String::from));)+
        row
    }};
}

impl Told<'_> {
    /// The number and the first day of a round (from 0).
    fn round(&self, r: usize) -> [String; 2] {
        [(r + 1).to_string(), self.s.dates[r].clone()]
    }

    /// A plain share of runs: how many, and the share.
    fn plain(&self, share: f64) -> [String; 2] {
        [self.s.runs_of(share).to_string(), number(share)]
    }

    fn named(&self, name: &'static str, list: &[OutcomeShare], columns: &'static [&'static str]) -> Dataset {
        let mut sheet = Dataset::new(name, columns);
        sheet.rows.extend(list.iter().map(|o| row!([&o.id, &o.title], cells(&o.share))));
        sheet
    }

    fn outcomes(&self) -> Dataset {
        let columns = &["outcome", "title", "runs", "share", "low", "high"];
        self.named("outcomes", &self.s.outcomes, columns)
    }

    fn events(&self) -> Dataset {
        self.named("events", &self.s.events, &["event", "title", "runs", "share", "low", "high"])
    }

    fn ended(&self) -> Dataset {
        let mut sheet = Dataset::new("ended_by_round", &["round", "date", "runs", "share"]);
        let rows = self.s.ended.iter().enumerate();
        sheet.rows.extend(rows.map(|(r, share)| row!(self.round(r), self.plain(*share))));
        sheet
    }

    fn instruments(&self) -> [Dataset; 4] {
        let mut ends =
            Dataset::new("instruments", &["instrument", "title", "measure", "value", "low", "high"]);
        let mut rounds = Dataset::new(
            "instruments_by_round",
            &["instrument", "round", "date", "measure", "runs", "share", "low", "high"],
        );
        let mut states =
            Dataset::new("texts_by_round", &["instrument", "round", "date", "state", "runs", "share"]);
        let mut breaches = Dataset::new("breaches_by_round", &["instrument", "round", "date", "breaches"]);
        for n in &self.s.instruments {
            self.states(&mut states, &[&n.id], n.states, &n.state_by_round);
            let so_far = n.breaches_by_round.iter().enumerate();
            breaches.rows.extend(so_far.map(|(r, mean)| row!([&n.id], self.round(r), [number(*mean)])));
            let share =
                |what: &str, s: &Share| row!([&n.id, &n.title, what], [s.share, s.low, s.high].map(number));
            ends.rows.push(share("signed", &n.signed));
            ends.rows.push(share("broken", &n.broken));
            for (what, median) in
                [("median_round", n.incidence_median), ("median_round_kaplan_meier", n.median_round)]
            {
                ends.rows.push(row!([&n.id, &n.title, what], median.map(maybe)));
            }
            ends.rows.push(row!([&n.id, &n.title, "breaches"], [number(n.breaches), "".into(), "".into()]));
            for (what, curve) in [("incidence", &n.incidence), ("kaplan_meier", &n.by_round)] {
                let rows = curve.iter().enumerate();
                rounds.rows.extend(rows.map(|(r, s)| row!([n.id.as_str()], self.round(r), [what], cells(s))));
            }
        }
        [ends, rounds, states, breaches]
    }

    fn items(&self) -> [Dataset; 4] {
        let columns = &["item", "title", "measure", "runs", "share", "low", "high"];
        let mut ends = Dataset::new("items", columns);
        let mut rounds = Dataset::new("items_by_round", &["item", "round", "date", "state", "runs", "share"]);
        let mut options =
            Dataset::new("options", &["item", "option_id", "title", "runs", "share", "low", "high"]);
        let mut blocked =
            Dataset::new("blocked_by", &["item", "party", "title", "runs", "share", "low", "high"]);
        for i in &self.s.items {
            for (what, share) in [("settled", &i.settled), ("unopposed", &i.unopposed)] {
                ends.rows.push(row!([&i.id, &i.title, what], cells(share)));
            }
            for (sheet, list) in [(&mut options, &i.options), (&mut blocked, &i.blocked_by)] {
                sheet.rows.extend(list.iter().map(|o| row!([&i.id, &o.id, &o.title], cells(&o.share))));
            }
            self.states(&mut rounds, &[&i.id], i.states, &i.by_round);
        }
        [ends, rounds, options, blocked]
    }

    /// A row for every round and state.
    fn states(&self, sheet: &mut Dataset, agent: &[&str], states: &[&str], by_round: &[Vec<f64>]) {
        for (r, shares) in by_round.iter().enumerate() {
            for (state, share) in states.iter().zip(shares) {
                sheet.rows.push(row!(agent.iter().copied(), self.round(r), [*state], self.plain(*share)));
            }
        }
    }

    fn seats(&self) -> [Dataset; 2] {
        let mut ends = Dataset::new("seats", &["party", "track", "title", "measure", "value", "low", "high"]);
        let mut rounds =
            Dataset::new("seats_by_round", &["party", "track", "round", "date", "runs_out", "share_out"]);
        for seat in &self.s.seats {
            let agent = [&seat.party, &seat.track, &seat.title];
            for (what, value) in
                [("points", seat.points), ("alternative", seat.alternative), ("rounds_out", seat.rounds_out)]
            {
                ends.rows.push(row!(agent, [what], [number(value), String::new(), String::new()]));
            }
            let c = &seat.content;
            ends.rows.push(row!(agent, ["content"], [c.share, c.low, c.high].map(number)));
            let rows = seat.out_by_round.iter().enumerate();
            rounds
                .rows
                .extend(rows.map(|(r, s)| row!([&seat.party, &seat.track], self.round(r), self.plain(*s))));
        }
        [ends, rounds]
    }

    fn fronts(&self) -> [Dataset; 3] {
        let mut intensity =
            Dataset::new("intensity_by_round", &["front", "round", "date", "intensity", "runs", "share"]);
        let mut holders =
            Dataset::new("holders_by_round", &["front", "round", "date", "holder", "runs", "share"]);
        let mut held = Dataset::new("held_by", &["front", "holder", "title", "runs", "share", "low", "high"]);
        let parties: Vec<&str> = self.world.parties.iter().map(|p| p.name.id.as_str()).collect();
        for f in &self.s.fronts {
            self.states(&mut intensity, &[&f.id], &["0", "1", "2", "3", "4"], &f.intensity);
            self.states(&mut holders, &[&f.id], &parties, &f.holders);
            held.rows.extend(f.held_by.iter().map(|h| row!([&f.id, &h.id, &h.title], cells(&h.share))));
        }
        [intensity, holders, held]
    }

    fn tracks(&self) -> [Dataset; 2] {
        let mut rounds =
            Dataset::new("tracks_by_round", &["track", "round", "date", "state", "runs", "share"]);
        let mut ripe = Dataset::new("ripe_by_round", &["track", "round", "date", "runs", "share"]);
        for t in &self.s.tracks {
            self.states(&mut rounds, &[&t.id], t.states, &t.by_round);
            let rows = t.ripe.iter().enumerate();
            ripe.rows.extend(rows.map(|(r, s)| row!([&t.id], self.round(r), self.plain(*s))));
        }
        [rounds, ripe]
    }

    fn rewards(&self) -> Dataset {
        let mut sheet =
            Dataset::new("rewards", &["reward", "title", "unit", "mean", "standard_error", "per_30_days"]);
        let rows = self.s.rewards.iter();
        let row = |w: &RewardMean| {
            row!([&w.id, &w.title, &w.unit], [number(w.mean), number(w.error), number(w.per_30_days)])
        };
        sheet.rows.extend(rows.map(row));
        sheet
    }

    fn reserves(&self) -> Dataset {
        let columns =
            &["parties", "drawn", "of_runs", "outcome", "title", "runs", "share_of_them", "low", "high"];
        let mut sheet = Dataset::new("outcomes_by_reserve", columns);
        for t in &self.s.reserves {
            let [parties, drawn] = reserves::cells(&t.of);
            for o in &t.outcomes {
                let of = [parties.clone(), drawn.clone(), t.runs.to_string()];
                sheet.rows.push(row!(of, [&o.id, &o.title], cells(&o.share)));
            }
        }
        sheet
    }

    fn measures(&self) -> [Dataset; 2] {
        let columns = &["condition_text", "measure", "runs", "share", "low", "high"];
        let mut ends = Dataset::new("measures", columns);
        let mut rounds =
            Dataset::new("measures_by_round", &["condition_text", "round", "date", "runs", "share"]);
        for m in &self.s.measures {
            ends.rows.push(row!([m.condition.as_str(), "ever"], cells(&m.ever)));
            ends.rows.push(row!([m.condition.as_str(), "last"], cells(&m.last)));
            let rows = m.by_round.iter().enumerate();
            rounds.rows.extend(rows.map(|(r, s)| row!([&m.condition], self.round(r), self.plain(*s))));
        }
        [ends, rounds]
    }
}
