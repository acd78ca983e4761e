//! What an ensemble shows, as a page with pictures.

use crate::analysis::summary::{InstrumentTimes, ItemCourse, Share, Summary};
use crate::domain::{INTENSITIES, ItemState, Lifecycle, Track, TrackId, TrackState, World};

use super::chart::bars::{Bars, Series};
use super::chart::curves::{self, Curve, Curves};
use super::chart::positions::{Position, Positions};
use super::chart::strips::{self, Palette, State, Strip, Strips};
use super::chart::{Estimate, Head, Picture, Unit};
use super::ensemble::{Ensemble, LETTERS, percent, percent_of, thousands};
use super::html::parts::{Provenance, STANDING, assumptions};
use super::html::{Block, Document, Section};
use super::table::Table;

/// The most bars of a picture that is to be projected.
const BARS: usize = 14;

/// The page of an ensemble: `file` is how the command line calls the scenario, `command` makes the page again.
pub fn document(ensemble: &Ensemble, file: &str, command: &str) -> Document {
    let page = Page { world: ensemble.world, summary: ensemble.summary };
    let runs = format!("{} runs", thousands(ensemble.summary.runs));
    let provenance =
        Provenance { file, fingerprint: ensemble.fingerprint, seed: ensemble.seed, runs: &runs, command };
    Document {
        title: ensemble.world.title.clone(),
        kind: format!("{runs} of a simulated negotiation"),
        lead: lead(ensemble),
        sections: vec![
            page.reading(),
            page.outcomes(),
            page.measures(),
            page.texts(),
            page.items(),
            page.talks(),
            page.fronts(),
            page.parties(),
            page.blocked(),
            page.events(),
            assumptions(ensemble.world),
        ],
        provenance: provenance.entries(),
    }
}

fn lead(ensemble: &Ensemble) -> Vec<String> {
    let mut lead: Vec<String> = ensemble.world.summary.iter().cloned().collect();
    if let Some(id) = ensemble.what_if {
        let what_if = ensemble.world.what_ifs.iter().find(|w| w.name.id == id);
        lead.push(format!("What if: {}", what_if.map_or(id, |w| &w.name.title)));
    }
    lead.extend(ensemble.set.iter().map(|(path, value)| format!("Changed: {path} = {value}.")));
    lead
}

struct Page<'a> {
    world: &'a World,
    summary: &'a Summary,
}

impl Page<'_> {
    fn reading(&self) -> Section {
        let s = self.summary;
        let mut section = Section::new("How to read this page");
        section.push(Block::Note(STANDING.into()));
        section.paragraph(format!(
            "The same talks were played {} times; only chance differed. Thin lines with caps, shaded bands and figures \
             in brackets are intervals: {} of 100 such intervals cover the share that infinitely many runs would show. \
             They say how much the number of runs leaves open, not how sure anybody can be about the world.",
            thousands(s.runs),
            percent_of(s.level)
        ));
        let world = self.world;
        section.paragraph(format!(
            "The talks last {} rounds of {} days, from {} on. Below every picture its figures can be unfolded; what is \
             unfolded is printed too.",
            world.rounds, world.round_days, world.start
        ));
        section
    }

    fn of_runs(&self) -> String {
        let level = percent_of(self.summary.level);
        format!("Share of {} runs, with {level}% intervals", thousands(self.summary.runs))
    }

    /// Bars with one share each.
    fn shares<'s>(
        &self,
        head: Head,
        of: &str,
        shares: impl IntoIterator<Item = (&'s str, &'s Share)>,
    ) -> Picture {
        let groups = shares.into_iter().map(|(label, share)| (label.to_owned(), vec![share.into()]));
        Bars {
            head,
            of: of.into(),
            axis: "Share of runs, in per cent".into(),
            unit: Unit::Share,
            series: Series::One,
            groups: groups.collect(),
        }
        .draw()
    }

    fn outcomes(&self) -> Section {
        let mut section = Section::new("How the talks ended");
        let head = Head::new(&["outcomes"], "How the talks ended", self.of_runs());
        let outcomes = self.summary.outcomes.iter().map(|o| (o.title.as_str(), &o.share));
        section.push(self.shares(head, "outcome", outcomes));
        section
    }

    fn measures(&self) -> Section {
        let mut section = Section::new("Your questions");
        if self.summary.measures.is_empty() {
            return section;
        }
        let groups = self.summary.measures.iter();
        let groups = groups.map(|m| (m.condition.clone(), vec![(&m.ever).into(), (&m.last).into()]));
        let names = ["held at the end of some round", "held at the end of the last round"];
        section.push(
            Bars {
                head: Head::new(&["measures"], "How often these conditions held", self.of_runs()),
                of: "condition".into(),
                axis: "Share of runs, in per cent".into(),
                unit: Unit::Share,
                series: Series::Named(names.map(String::from).to_vec()),
                groups: groups.collect(),
            }
            .draw(),
        );
        section
    }

    fn tracks(&self) -> impl Iterator<Item = (TrackId, &Track)> {
        self.world.tracks.iter().enumerate().map(|(k, track)| (TrackId::new(k), track))
    }

    fn texts(&self) -> Section {
        let mut section = Section::new("Which texts were signed, and by when");
        let mut table = Table::new(
            "Texts",
            ["text", "signed", "interval", "median round", "breaches in an average run", "broken at the end"],
        );
        for (id, track) in self.tracks() {
            let all = self.world.instruments.iter().zip(&self.summary.instruments);
            let own: Vec<&InstrumentTimes> = all.filter(|(i, _)| i.track == id).map(|(_, t)| t).collect();
            let (ever, never): (Vec<_>, Vec<_>) = own.iter().partition(|t| t.signed.runs > 0);
            for (k, chunk) in ever.chunks(curves::MOST).enumerate() {
                section.push(self.curves(track, k, chunk));
            }
            if !never.is_empty() {
                let titles: Vec<&str> = never.iter().map(|t| t.title.as_str()).collect();
                section.paragraph(format!("Signed in no run: {}.", titles.join("; ")));
            }
            own.iter().for_each(|text| table.push(text_row(text)));
        }
        if !table.rows.is_empty() {
            section.push(Block::Table(table));
        }
        section
    }

    fn curves(&self, track: &Track, part: usize, texts: &[&InstrumentTimes]) -> Picture {
        let title = format!("Texts signed by the end of each round: {}{}", track.name.title, continued(part));
        let curve = |t: &&InstrumentTimes| Curve {
            label: t.title.clone(),
            by_round: t.by_round.iter().map(Estimate::from).collect(),
        };
        Curves {
            head: Head::new(&["texts", &track.name.id, &numbered(part)], title, self.of_runs()),
            dates: self.summary.dates.clone(),
            axis: "Share of runs in which the text had been signed".into(),
            curves: texts.iter().map(curve).collect(),
        }
        .draw()
    }

    fn items(&self) -> Section {
        let mut section = Section::new("Where the items stood");
        section.paragraph(
            "Each column is a round. The darker the lower part of a strip grows, the further an item came: contested, \
             agreed, sealed in a text, implemented.",
        );
        let mut agreed =
            Table::new("What was agreed at the end", ["item", "option", "share of runs", "interval"]);
        for (id, track) in self.tracks() {
            let all = self.world.items.iter().zip(&self.summary.items);
            let own: Vec<&ItemCourse> = all.filter(|(i, _)| i.track == id).map(|(_, c)| c).collect();
            for (k, chunk) in own.chunks(strips::MOST).enumerate() {
                section.push(self.strips(track, k, chunk));
            }
            for item in own {
                for option in item.options.iter().filter(|o| o.share.runs > 0) {
                    let [share, interval] = told(&option.share);
                    agreed.push([item.title.clone(), option.title.clone(), share, interval]);
                }
            }
        }
        if !agreed.rows.is_empty() {
            section.push(Block::Table(agreed));
        }
        if self.summary.items.is_empty() { Section::default() } else { section }
    }

    fn strips(&self, track: &Track, part: usize, items: &[&ItemCourse]) -> Picture {
        let states = ItemState::NAMES.iter().zip(LETTERS);
        let strip = |item: &&ItemCourse| Strip {
            label: item.title.clone(),
            remark: format!("settled at the end in {} of runs", percent(item.settled.share)),
            by_round: item.by_round.clone(),
        };
        let title = format!("Items by round: {}{}", track.name.title, continued(part));
        Strips {
            head: Head::new(
                &["items", &track.name.id, &numbered(part)],
                title,
                format!(
                    "Share of {} runs in each state at the end of the round",
                    thousands(self.summary.runs)
                ),
            ),
            of: "item".into(),
            dates: self.summary.dates.clone(),
            states: states.map(|(name, letter)| State { name: (*name).into(), letter }).collect(),
            palette: Palette::Course,
            strips: items.iter().map(strip).collect(),
        }
        .draw()
    }

    fn talks(&self) -> Section {
        let mut section = Section::new("The talks themselves");
        for (k, chunk) in self.summary.tracks.chunks(strips::MOST).enumerate() {
            let strip = |track: &crate::analysis::summary::TrackCourse| Strip {
                label: track.title.clone(),
                remark: String::new(),
                by_round: track.by_round.clone(),
            };
            let subtitle = format!(
                "Share of {} runs in each state at the end of the round",
                thousands(self.summary.runs)
            );
            section.push(
                Strips {
                    head: Head::new(&["tracks", &numbered(k)], "Whether the talks went on", subtitle),
                    of: "track".into(),
                    dates: self.summary.dates.clone(),
                    states: lettered(TrackState::NAMES),
                    palette: Palette::Course,
                    strips: chunk.iter().map(strip).collect(),
                }
                .draw(),
            );
        }
        section
    }

    fn fronts(&self) -> Section {
        let mut section = Section::new("On the ground");
        for (k, chunk) in self.summary.fronts.chunks(strips::MOST).enumerate() {
            let strip = |front: &crate::analysis::summary::FrontCourse| {
                let holders = front.held_by.iter().filter(|h| h.share.runs > 0);
                let holders = holders.map(|h| format!("{} {}", h.title, percent(h.share.share)));
                Strip {
                    label: front.title.clone(),
                    remark: format!("held at the end by: {}", holders.collect::<Vec<_>>().join("; ")),
                    by_round: front.intensity.clone(),
                }
            };
            let states = INTENSITIES.iter().zip('0'..='4');
            let subtitle = format!(
                "Share of {} runs at each intensity at the end of the round",
                thousands(self.summary.runs)
            );
            section.push(
                Strips {
                    head: Head::new(&["fronts", &numbered(k)], "How intense the fighting was", subtitle),
                    of: "front".into(),
                    dates: self.summary.dates.clone(),
                    states: states.map(|(name, letter)| State { name: (*name).into(), letter }).collect(),
                    palette: Palette::Intensity,
                    strips: chunk.iter().map(strip).collect(),
                }
                .draw(),
            );
        }
        if !self.summary.rewards.is_empty() {
            let columns = ["what", "unit", "mean", "standard error"];
            let mut table = Table::new("Counted in an average run", columns);
            for r in &self.summary.rewards {
                let [mean, error] = [r.mean, r.error].map(|x| format!("{x:.2}"));
                table.push([r.title.clone(), r.unit.clone(), mean, error]);
            }
            section.push(Block::Table(table));
        }
        section
    }

    fn parties(&self) -> Section {
        let mut section = Section::new("What each party had in hand");
        section.paragraph(
            "A party that holds less than its alternative at the end would, by the numbers of the model, have been no \
             worse off without agreement.",
        );
        let label = |track: &str, title: &str| {
            let track = self.world.tracks.iter().find(|t| t.name.id == track);
            format!("{title} in “{}”", track.map_or("", |t| &t.name.title))
        };
        let positions = self.summary.seats.iter().map(|s| Position {
            label: label(&s.track, &s.title),
            points: s.points,
            alternative: s.alternative,
        });
        let subtitle = format!("Mean points of 100 at the end of {} runs", thousands(self.summary.runs));
        let head = Head::new(&["parties"], "Parties against their alternative", subtitle);
        section.push(Positions { head, positions: positions.collect() }.draw());
        let mut table = Table::new(
            "Parties",
            ["party", "no worse off than without agreement", "interval", "rounds out of the room"],
        );
        for s in &self.summary.seats {
            let [share, interval] = told(&s.content);
            table.push([label(&s.track, &s.title), share, interval, format!("{:.1}", s.rounds_out)]);
        }
        section.push(Block::Table(table));
        section
    }

    fn blocked(&self) -> Section {
        let mut section = Section::new("Who stood against an agreement");
        for (id, track) in self.tracks() {
            let all = self.world.items.iter().zip(&self.summary.items);
            let open = all.filter(|(i, c)| i.track == id && c.blocked_by.iter().any(|b| b.share.runs > 0));
            let groups: Vec<(String, Vec<Estimate>)> = open
                .map(|(_, c)| (c.title.clone(), c.blocked_by.iter().map(|b| (&b.share).into()).collect()))
                .collect();
            if groups.is_empty() {
                continue;
            }
            let seats = track.seats.iter();
            let names = seats.map(|s| self.world.party(self.world.seat(*s).party).name.title.clone());
            let title = format!(
                "Items open at the end, and who was against the closest option: {}",
                track.name.title
            );
            section.push(
                Bars {
                    head: Head::new(&["blocked", &track.name.id], title, self.of_runs()),
                    of: "item".into(),
                    axis: "Share of all runs, in per cent".into(),
                    unit: Unit::Share,
                    series: Series::Named(names.collect()),
                    groups,
                }
                .draw(),
            );
        }
        if section.blocks.is_empty() {
            section.paragraph(
                "In no run did an item end open and on the table with a party against its closest option.",
            );
        }
        section
    }

    fn events(&self) -> Section {
        let mut section = Section::new("Which events happened");
        for (k, events) in self.summary.events.chunks(BARS).enumerate() {
            let title = format!("Events that happened at least once{}", continued(k));
            let head = Head::new(&["events", &numbered(k)], title, self.of_runs());
            section.push(self.shares(head, "event", events.iter().map(|e| (e.title.as_str(), &e.share))));
        }
        section
    }
}

/// A share and its interval.
fn told(share: &Share) -> [String; 2] {
    [Unit::Share.tell(share.share), Unit::Share.interval(share.low, share.high)]
}

fn text_row(text: &InstrumentTimes) -> [String; 6] {
    let [share, interval] = told(&text.signed);
    let median = text.median_round[0].map_or("–".into(), |r| r.to_string());
    let breaches = format!("{:.2}", text.breaches);
    [text.title.clone(), share, interval, median, breaches, percent(text.broken.share)]
}

/// The end of the name of a part: nothing for the first.
pub(super) fn numbered(part: usize) -> String {
    if part == 0 { String::new() } else { (part + 1).to_string() }
}

/// What the titles of further parts end in.
pub(super) fn continued(part: usize) -> &'static str {
    if part == 0 { "" } else { " (continued)" }
}

/// States with letters: the first one of each name that is not taken.
fn lettered(names: &[&str]) -> Vec<State> {
    let mut states: Vec<State> = Vec::new();
    for name in names {
        let free = name.chars().find(|c| states.iter().all(|s| s.letter != *c));
        states.push(State { name: (*name).into(), letter: free.unwrap_or('?') });
    }
    states
}
