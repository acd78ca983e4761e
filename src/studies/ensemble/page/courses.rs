//! How things went over the rounds: texts, items, tracks, fronts.

use crate::analysis::summary::{FrontCourse, InstrumentTimes, ItemCourse, Share, TrackCourse};
use crate::chart::curves;
use crate::chart::curves::{Curve, Curves};
use crate::chart::strips;
use crate::chart::strips::{State, Strip, Strips, Tone};
use crate::chart::{Estimate, Head, Picture};
use crate::document::table::Table;
use crate::document::{Block, Section};
use crate::domain::{INTENSITIES, InstrumentState, ItemState, Lifecycle, Track, TrackState};
use crate::studies::ensemble::text::{LETTERS, columns};
use crate::studies::parts;
use crate::studies::parts::{continued, numbered};
use crate::text::number::{percent, thousands};

use super::{Page, told};

/// What kind of state each is, in the order of the lifecycle.
const ITEMS: [Tone; 8] = [
    Tone::Course(0),
    Tone::Course(1),
    Tone::Course(2),
    Tone::Course(3),
    Tone::Course(4),
    Tone::Course(5),
    Tone::Course(6),
    Tone::Failed,
];
const TEXTS: [Tone; 8] = [
    Tone::Course(0),
    Tone::Course(2),
    Tone::Course(4),
    Tone::Course(5),
    Tone::Course(6),
    Tone::HeldUp,
    Tone::Failed,
    Tone::Over,
];
const TRACKS: [Tone; 7] = [
    Tone::Course(0),
    Tone::Course(4),
    Tone::Course(2),
    Tone::HeldUp,
    Tone::Course(6),
    Tone::Failed,
    Tone::Over,
];

impl Page<'_> {
    pub(super) fn texts(&self) -> Section {
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

    /// How texts fared once they were signed.
    pub(super) fn kept(&self) -> Section {
        let mut section = Section::new("Whether texts were kept");
        for (id, track) in self.tracks() {
            let all = self.world.instruments.iter().zip(&self.summary.instruments);
            let own = all.filter(|(i, t)| i.track == id && t.signed.runs > 0).map(|(_, t)| t);
            let own: Vec<&InstrumentTimes> = own.collect();
            for (k, chunk) in own.chunks(strips::MOST).enumerate() {
                section.push(self.states(track, k, chunk));
            }
        }
        if !section.blocks.is_empty() {
            section.push(Block::Table(self.breaches()));
        }
        section
    }

    fn states(&self, track: &Track, part: usize, texts: &[&InstrumentTimes]) -> Picture {
        let strip = |text: &&InstrumentTimes| Strip {
            label: text.title.clone(),
            remark: match text.broken.runs {
                0 => String::new(),
                _ => format!("broken at the end in {} of runs", percent(text.broken.share)),
            },
            by_round: text.state_by_round.clone(),
        };
        let title = format!("Texts by round: {}{}", track.name.title, continued(part));
        Strips {
            head: Head::new(&["states", &track.name.id, &numbered(part)], title, self.in_each_state()),
            of: "text".into(),
            dates: self.summary.dates.clone(),
            states: lettered(InstrumentState::NAMES, &TEXTS),
            strips: texts.iter().map(strip).collect(),
        }
        .draw()
    }

    /// Breaches so far, at the end of a few rounds.
    fn breaches(&self) -> Table {
        let columns = columns(self.summary.dates.len());
        let heads = columns.iter().map(|r| format!("by the end of round {r}"));
        let heads: Vec<String> = ["text".to_owned()].into_iter().chain(heads).collect();
        let mut table = Table::new("Breaches so far in an average run", heads);
        for text in self.summary.instruments.iter().filter(|t| t.signed.runs > 0) {
            let cells = columns.iter().map(|r| format!("{:.2}", text.breaches_by_round[r - 1]));
            table.push([text.title.clone()].into_iter().chain(cells));
        }
        table
    }

    fn in_each_state(&self) -> String {
        format!("Share of {} runs in each state at the end of the round", thousands(self.summary.runs))
    }

    fn curves(&self, track: &Track, part: usize, texts: &[&InstrumentTimes]) -> Picture {
        let title = format!("Texts signed by the end of each round: {}{}", track.name.title, continued(part));
        let curve = |t: &&InstrumentTimes| Curve {
            label: t.title.clone(),
            by_round: t.by_round.iter().map(Estimate::from).collect(),
        };
        let head = Head::new(&["texts", &track.name.id, &numbered(part)], title, self.of_runs());
        let axis = "Share of runs in which the text had been signed";
        let curves = texts.iter().map(curve).collect();
        let records = texts.iter().enumerate();
        let records = records.filter_map(|(k, t)| parts::signed(self.world, &t.id, k)).collect();
        Curves { head, dates: self.summary.dates.clone(), axis: axis.into(), curves, records }.draw()
    }

    pub(super) fn items(&self) -> Section {
        let mut section = Section::new("Where the items stood");
        section.paragraph(
            "Each column is a round. The more of a strip the parts at its foot fill, the further an item came: \
             contested, agreed, sealed in a text, implemented.",
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
        let states = ItemState::NAMES.iter().zip(LETTERS).zip(ITEMS);
        let strip = |item: &&ItemCourse| Strip {
            label: item.title.clone(),
            remark: format!("settled at the end in {} of runs", percent(item.settled.share)),
            by_round: item.by_round.clone(),
        };
        let title = format!("Items by round: {}{}", track.name.title, continued(part));
        Strips {
            head: Head::new(&["items", &track.name.id, &numbered(part)], title, self.in_each_state()),
            of: "item".into(),
            dates: self.summary.dates.clone(),
            states: states
                .map(|((name, letter), tone)| State { name: (*name).into(), letter, tone })
                .collect(),
            strips: items.iter().map(strip).collect(),
        }
        .draw()
    }

    pub(super) fn talks(&self) -> Section {
        let mut section = Section::new("The talks themselves");
        for (k, chunk) in self.summary.tracks.chunks(strips::MOST).enumerate() {
            let strip = |track: &TrackCourse| Strip {
                label: track.title.clone(),
                remark: String::new(),
                by_round: track.by_round.clone(),
            };
            let head =
                Head::new(&["tracks", &numbered(k)], "Whether the talks went on", self.in_each_state());
            section.push(
                Strips {
                    head,
                    of: "track".into(),
                    dates: self.summary.dates.clone(),
                    states: lettered(TrackState::NAMES, &TRACKS),
                    strips: chunk.iter().map(strip).collect(),
                }
                .draw(),
            );
        }
        section
    }

    pub(super) fn fronts(&self) -> Section {
        let mut section = Section::new("On the ground");
        for (k, chunk) in self.summary.fronts.chunks(strips::MOST).enumerate() {
            let strip = |front: &FrontCourse| {
                let holders = front.held_by.iter().filter(|h| h.share.runs > 0);
                let holders = holders.map(|h| format!("{} {}", h.title, percent(h.share.share)));
                Strip {
                    label: front.title.clone(),
                    remark: format!("held at the end by: {}", holders.collect::<Vec<_>>().join("; ")),
                    by_round: front.intensity.clone(),
                }
            };
            let states = INTENSITIES.iter().zip('0'..='4').enumerate();
            let subtitle = format!(
                "Share of {} runs at each intensity at the end of the round",
                thousands(self.summary.runs)
            );
            section.push(
                Strips {
                    head: Head::new(&["fronts", &numbered(k)], "How intense the fighting was", subtitle),
                    of: "front".into(),
                    dates: self.summary.dates.clone(),
                    states: states
                        .map(|(k, (name, letter))| State {
                            name: (*name).into(),
                            letter,
                            tone: Tone::Intensity(k),
                        })
                        .collect(),
                    strips: chunk.iter().map(strip).collect(),
                }
                .draw(),
            );
        }
        for (k, chunk) in self.changes_of_hands().chunks(curves::MOST).enumerate() {
            let title = format!("Who held what{}", continued(k));
            let head = Head::new(&["holders", &numbered(k)], title, self.of_runs());
            let axis = "Share of runs in which a party holds what it did not hold at the start";
            section.push(self.over_rounds(head, axis, chunk.to_vec()));
        }
        if !self.summary.rewards.is_empty() {
            let columns = ["what", "unit", "mean", "standard error", "in 30 days"];
            let mut table = Table::new("Counted in an average run", columns);
            for r in &self.summary.rewards {
                let [mean, error, month] = [r.mean, r.error, r.per_30_days].map(|x| format!("{x:.2}"));
                table.push([r.title.clone(), r.unit.clone(), mean, error, month]);
            }
            section.push(Block::Table(table));
        }
        section
    }
}

impl Page<'_> {
    /// For every front and party that did not hold it at the start: how often it holds it, by round.
    fn changes_of_hands(&self) -> Vec<Curve> {
        let fronts = self.world.fronts.iter().zip(&self.summary.fronts);
        let others = fronts.flat_map(|(front, course)| {
            let parties = self.world.parties.iter().enumerate();
            let others = parties.filter(|(p, _)| *p != front.holder.at());
            others.map(move |(p, party)| (course, p, &party.name.title))
        });
        let curve = |(course, p, party): (&FrontCourse, usize, &String)| {
            let by_round: Vec<f64> = course.holders.iter().map(|shares| shares[p]).collect();
            let ever = by_round.iter().any(|share| *share > 0.0);
            let label = format!("{}, held by {party}", course.title);
            ever.then(|| Curve { label, by_round: self.estimates(&by_round) })
        };
        others.filter_map(curve).collect()
    }

    /// How often each party was out of the room, by round; nothing where none ever was.
    pub(super) fn absences(&self) -> Vec<Picture> {
        let out: Vec<Curve> = self
            .summary
            .seats
            .iter()
            .filter(|seat| seat.rounds_out > 0.0)
            .map(|seat| Curve {
                label: self.seat_label(&seat.track, &seat.title),
                by_round: self.estimates(&seat.out_by_round),
            })
            .collect();
        let picture = |(k, chunk): (usize, &[Curve])| {
            let title = format!("Out of the room{}", continued(k));
            let head = Head::new(&["absences", &numbered(k)], title, self.of_runs());
            let axis = "Share of runs in which it had walked out, withdrawn or no seat";
            self.over_rounds(head, axis, chunk.to_vec())
        };
        out.chunks(curves::MOST).enumerate().map(picture).collect()
    }

    fn over_rounds(&self, head: Head, axis: &str, curves: Vec<Curve>) -> Picture {
        let dates = self.summary.dates.clone();
        Curves { head, dates, axis: axis.into(), curves, records: Vec::new() }.draw()
    }

    /// Plain shares by round with the intervals of this study.
    fn estimates(&self, by_round: &[f64]) -> Vec<Estimate> {
        let s = self.summary;
        let share = |share: &f64| Share::by(s.intervals, s.runs_of(*share), s.runs, 1.0 - s.level);
        by_round.iter().map(|value| (&share(value)).into()).collect()
    }
}

fn text_row(text: &InstrumentTimes) -> [String; 6] {
    let [share, interval] = told(&text.signed);
    let median = text.median_round[0].map_or("–".into(), |r| r.to_string());
    let breaches = format!("{:.2}", text.breaches);
    [text.title.clone(), share, interval, median, breaches, percent(text.broken.share)]
}

/// States with letters: the first one of each name that is not taken.
fn lettered(names: &[&str], tones: &[Tone]) -> Vec<State> {
    let mut states: Vec<State> = Vec::new();
    for (name, tone) in names.iter().zip(tones) {
        let free = name.chars().find(|c| states.iter().all(|s| s.letter != *c));
        states.push(State { name: (*name).into(), letter: free.unwrap_or('?'), tone: *tone });
    }
    states
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_its_tone() {
        assert_eq!(lettered(InstrumentState::NAMES, &TEXTS).len(), InstrumentState::NAMES.len());
        assert_eq!(lettered(TrackState::NAMES, &TRACKS).len(), TrackState::NAMES.len());
        assert_eq!(ITEMS.len(), ItemState::NAMES.len());
        let failed = |names: &[&str], tones: &[Tone]| {
            let failed = names.iter().zip(tones).find(|(_, tone)| **tone == Tone::Failed);
            failed.map(|(name, _)| (*name).to_owned()).unwrap_or_default()
        };
        assert_eq!(failed(InstrumentState::NAMES, &TEXTS), "broken");
        assert_eq!(failed(TrackState::NAMES, &TRACKS), "collapsed");
        assert_eq!(failed(ItemState::NAMES, &ITEMS), "breached");
    }
}
