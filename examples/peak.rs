//! A study of one's own in one file, with everything that the studies of the program have: the highest fighting reached, over many runs.
//! `cargo run --release --example peak` prints it; `cargo run --release --example peak -- FOLDER` writes its other forms.

use std::error::Error;
use std::fs;
use std::ops::Range;
use std::path::Path;

use baraza::analysis::summary::Share;
use baraza::chart::bars::{Bars, Series};
use baraza::chart::{Estimate, Head as Title, Unit};
use baraza::document::dataset::Dataset;
use baraza::document::{Answer, Bar, Document, Section};
use baraza::domain::{FrontId, Model, Quantity};
use baraza::drivers::{Head, Sampler, parallel};
use baraza::kernel::State;
use baraza::render::{html, package};
use baraza::scenario::{Source, fingerprint, load};
use baraza::studies::refusal::Refusal;
use baraza::studies::study::{Extent, Findings, Made, Study, Unwatched, Watch, carry_out};

/// Levels of fighting, from quiet to an offensive.
const LEVELS: [&str; 5] = ["quiet", "skirmishes", "clashes", "battles", "an offensive"];

/// What is asked: so many runs of a scenario under a seed.
struct Peak {
    model: Model,
    seed: u64,
    runs: u32,
}

impl Peak {
    /// The highest fighting at any front at the end of any round of one run.
    fn of(&self, run: u32) -> usize {
        let (model, mut sampler) = (&self.model, Sampler::new(self.seed, run));
        let mut state = State::new(model);
        let fronts = |state: &State| {
            let levels =
                (0..model.world.fronts.len()).map(|f| state.get(model, Quantity::Intensity(FrontId::new(f))));
            levels.max().unwrap_or(0)
        };
        let mut peak = fronts(&state);
        while state.get(model, Quantity::Outcome) == 0 {
            sampler.play_round(model, &mut state);
            peak = peak.max(fronts(&state));
        }
        usize::from(peak)
    }
}

impl Study for Peak {
    /// How many runs had each level as their highest.
    type Partial = [u64; 5];

    fn extent(&self) -> Extent {
        Extent::Runs { range: 0..self.runs, worlds: 1, what: "runs" }
    }

    fn begin(&self) -> Self::Partial {
        [0; 5]
    }

    fn step(&self, counts: &mut Self::Partial, range: Range<u32>, _: &dyn Watch) -> Result<(), Refusal> {
        let peaks = parallel::map(range.len(), |k| self.of(range.start + k as u32));
        peaks.into_iter().for_each(|peak| counts[peak] += 1);
        Ok(())
    }

    fn merge(&self, into: &mut Self::Partial, other: Self::Partial) {
        into.iter_mut().zip(other).for_each(|(sum, more)| *sum += more);
    }

    fn findings<'a>(&'a self, counts: Self::Partial, made: &'a Made) -> Option<Box<dyn Findings + 'a>> {
        Some(Box::new(Peaks { study: self, counts, made }))
    }
}

/// What came of it.
struct Peaks<'a> {
    study: &'a Peak,
    counts: [u64; 5],
    made: &'a Made,
}

impl Peaks<'_> {
    fn runs(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Each level with the share of runs that had it as their highest.
    fn shares(&self) -> impl Iterator<Item = (&'static str, Share)> {
        LEVELS.into_iter().zip(self.counts).map(|(level, n)| (level, Share::of(n, self.runs(), 0.05)))
    }
}

impl Findings for Peaks<'_> {
    fn source(&self) -> package::Study {
        let world = &self.study.model.world;
        let note = "Shares of runs of a teaching model, not chances of real events.";
        let head = Head::new(&world.title, &fingerprint(world), self.study.seed, note);
        package::Study::of_runs("peak", head, 0, self.runs(), 0.95)
    }

    fn document(&self, _: bool) -> Document {
        let source = self.source();
        let tell = |share: &Share| Estimate::from(share).tell(Unit::Share);
        let [.., worst] = LEVELS;
        let mut section = Section::new("The highest fighting reached");
        let groups = self.shares().map(|(level, share)| (level.to_owned(), vec![Estimate::from(&share)]));
        let picture = Bars {
            head: Title::new(&["peak"], "The highest fighting reached", "Share of runs, with 95% intervals"),
            of: "level".into(),
            axis: "Share of runs, in per cent".into(),
            unit: Unit::Share,
            series: Series::One,
            groups: groups.collect(),
        };
        section.push(picture.draw());
        Document {
            title: source.head.title,
            kind: "How far fighting rises in a simulated negotiation".into(),
            answer: Some(Answer {
                question: "How far does fighting rise before these talks end?".into(),
                sentence: match self.shares().last() {
                    Some((_, share)) => format!("To {worst} in {} of runs.", tell(&share)),
                    None => String::new(),
                },
                caption: "Share of runs by the highest level reached, with 95% intervals".into(),
                bars: self
                    .shares()
                    .map(|(level, share)| Bar {
                        label: level.into(),
                        length: (share.share * 1000.0) as u16,
                        figure: tell(&share),
                    })
                    .collect(),
                caveat: source.head.note,
            }),
            sections: vec![section],
            provenance: vec![("To have it again".into(), self.made.command.clone())],
            ..Document::default()
        }
    }

    fn tables(&self) -> Vec<Dataset> {
        let mut table = Dataset::new("peak", &["intensity", "runs", "share", "low", "high"]);
        for (level, (_, share)) in self.shares().enumerate() {
            let [value, low, high] = [share.share, share.low, share.high].map(|x| x.to_string());
            table.push([level.to_string(), share.runs.to_string(), value, low, high]);
        }
        vec![table]
    }

    fn format(&self) -> &'static str {
        "peak/1"
    }
}

/// All forms but the text: names of files and what is in them.
pub fn files(findings: &dyn Findings) -> Vec<(String, String)> {
    let document = findings.document(true);
    let mut files = vec![
        ("peak.html".to_owned(), html::page(&document)),
        ("slides.html".to_owned(), html::slides(&document)),
        ("peak.json".to_owned(), findings.json()),
        (package::PACKAGE.to_owned(), package::package(&findings.source(), &findings.tables())),
    ];
    files.extend(document.pictures().map(|p| (format!("{}.svg", p.name), p.alone())));
    files.extend(findings.tables().iter().map(|table| (package::file(table), table.csv())));
    files
}

/// Carries the study out and hands what it found to somebody.
pub fn told<T>(runs: u32, to: impl FnOnce(&dyn Findings) -> T) -> Result<T, Box<dyn Error>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/tutorial/3-spoiler-and-front.toml");
    let source = Source { name: file.display().to_string(), text: fs::read_to_string(&file)? };
    let world = load(&source, &[], None).world.ok_or("the file has mistakes")?;
    let study = Peak { model: Model::new(world), seed: 1, runs };
    let counts = carry_out(&study, &Unwatched)?;
    let made = Made { file: source.name, command: "cargo run --release --example peak".into() };
    Ok(to(&*study.findings(counts, &made).ok_or("nothing was played")?))
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1);
    told(10_000, |findings| {
        print!("{}", findings.text(true, false.into()));
        for (name, text) in folder
            .iter()
            .flat_map(|folder| files(findings).into_iter().map(move |(n, t)| (Path::new(folder).join(n), t)))
        {
            fs::write(name, text)?;
        }
        Ok(())
    })?
}
