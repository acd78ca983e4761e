//! Predictions on forms: on paper, or as the workbench hands them out; read from a table, and scored.

use serde::Serialize;

use crate::analysis::predictions::Watch;
use crate::document::dataset::Dataset;
use crate::document::{Block, Section, Table};
use crate::domain::{Model, Quantity};
use crate::session::Table as Talks;
use crate::telling::chronicle::clean;
use crate::text::number::percent;

/// What was predicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Something that comes about or does not: scored by Brier.
    Event,
    /// A share of runs: scored by the squared distance.
    Share,
}

/// A form that was filled in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Form {
    /// Who filled it in.
    pub who: String,
    /// What was predicted.
    pub kind: Kind,
    /// The id of a question of the exercise, or of an outcome.
    pub question: String,
    /// What came of it: 1 or 0 for an event, the share else.
    pub outcome: f64,
    /// The changes under which it was asked, in words of a command; empty: none.
    pub set: String,
    /// The seed of the talks or runs, where it is known.
    pub seed: Option<u64>,
    /// The round before which it was asked; 0: of no round.
    pub round: u8,
    /// What was stated, 0..=1.
    pub probability: f64,
    /// The square of what was stated less what came of it: Brier's score of an event.
    pub squared: f64,
}

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct Mistake {
    /// The line, from 1; the first has the names of the columns.
    pub line: u64,
    /// What is wrong with it.
    pub what: String,
}

/// The columns of a table of forms.
pub const COLUMNS: [&str; 8] = ["who", "kind", "question", "outcome", "set", "seed", "round", "probability"];

/// The talks from which it is known what came of something: of one log, or of the groups of a class.
pub struct Known<'a> {
    model: &'a Model,
    /// The seed, and by exercise question and outcome what came of it; `None` while that is open.
    groups: Vec<(u64, Vec<Option<bool>>, Option<usize>)>,
}

impl<'a> Known<'a> {
    /// What came of these talks, each with its seed; there is at least one.
    pub fn of(model: &'a Model, talks: &[(u64, &Talks)]) -> Self {
        let watch = Watch::new(model);
        let group = |(seed, table): &(u64, &Talks)| {
            let outcome = usize::from(table.state().get(model, Quantity::Outcome)).checked_sub(1);
            (*seed, watch.of(model, &table.transcript()).answers, outcome)
        };
        Self { model, groups: talks.iter().map(group).collect() }
    }

    /// What came of an event under a seed, where all talks agree.
    fn event(&self, question: &str, seed: Option<u64>) -> Result<f64, String> {
        let world = &self.model.world;
        let asked = world.predictions().iter().position(|q| q.name.id == question);
        let outcome = world.outcomes.iter().position(|o| o.name.id == question);
        let came = |(_, answers, ended): &(u64, Vec<Option<bool>>, Option<usize>)| match asked {
            Some(k) => answers[k],
            None => ended.map(|ended| Some(ended) == outcome),
        };
        let all: Vec<Option<bool>> =
            self.groups.iter().filter(|g| seed.is_none_or(|s| s == g.0)).map(came).collect();
        match all.first() {
            None => {
                Err("nothing here was played with that seed: write what came of it, 1 or 0, as its outcome"
                    .into())
            }
            Some(None) => Err(
                "it is not known yet what comes of it: write 1 or 0 as its outcome, or leave the line out"
                    .into(),
            ),
            Some(Some(first)) if all.iter().all(|a| *a == Some(*first)) => Ok(f64::from(u8::from(*first))),
            _ => Err("it came about in some groups and not in others: write 1 or 0 as its outcome".into()),
        }
    }

    fn knows(&self, kind: Kind, question: &str) -> Result<(), String> {
        let world = &self.model.world;
        let outcomes = world.outcomes.iter().map(|o| o.name.id.as_str());
        let questions = world.predictions().iter().map(|q| q.name.id.as_str());
        let known: Vec<&str> = match kind {
            Kind::Event => questions.chain(outcomes).collect(),
            Kind::Share => outcomes.chain(questions).collect(),
        };
        match known.contains(&question) {
            true => Ok(()),
            false => {
                Err(format!("there is no question or outcome `{question}`; there are: {}", known.join(", ")))
            }
        }
    }
}

/// Reads a table of forms: the columns of [`COLUMNS`], in any order; `outcome`, `set`, `seed` and `round` may be empty or missing. What
/// came of an event that has no outcome is taken from the talks; a share must have one.
///
/// # Errors
/// The first line that cannot be read.
pub fn read(text: &str, known: &Known) -> Result<Vec<Form>, Mistake> {
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().unwrap_or_default();
    let delimiter = if head.contains(';') && !head.contains(',') { b';' } else { b',' };
    let mut table =
        csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).from_reader(text.as_bytes());
    let broken = |e: csv::Error| Mistake {
        line: e.position().map_or(1, csv::Position::line),
        what: "it has another number of cells than the first line".into(),
    };
    let head = table.headers().map_err(broken)?.clone();
    for needed in ["who", "kind", "question", "probability"] {
        if !head.iter().any(|name| name.eq_ignore_ascii_case(needed)) {
            let what = format!(
                "the column `{needed}` is missing; a table of predictions has {}",
                COLUMNS.join(", ")
            );
            return Err(Mistake { line: 1, what });
        }
    }
    let mut forms = Vec::new();
    for record in table.records() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |name: &str| {
            let at = head.iter().position(|column| column.eq_ignore_ascii_case(name));
            at.and_then(|at| record.get(at)).unwrap_or("")
        };
        forms.push(form(&cell, known).map_err(|what| Mistake { line, what })?);
    }
    if forms.is_empty() {
        return Err(Mistake { line: 1, what: "nobody predicted anything in it".into() });
    }
    Ok(forms)
}

fn form<'r>(cell: &dyn Fn(&str) -> &'r str, known: &Known) -> Result<Form, String> {
    let kind = match cell("kind") {
        "event" => Kind::Event,
        "share" => Kind::Share,
        other => return Err(format!("kind `{other}`: write event or share")),
    };
    let question = cell("question");
    known.knows(kind, question)?;
    let number = |name: &str, most: u64| match cell(name) {
        "" => Ok(None),
        text => match text.parse::<u64>().ok().filter(|n| *n <= most) {
            Some(n) => Ok(Some(n)),
            None => Err(format!("{name} `{text}`: write a whole number from 0 to {most}, or nothing")),
        },
    };
    let (seed, round) = (number("seed", u64::MAX)?, number("round", u64::from(u8::MAX))?);
    let stated = cell("probability");
    let probability = chance(stated).ok_or_else(|| {
        format!("probability `{stated}`: write a number from 0 to 1, or one with %, such as 30%")
    })?;
    let said = cell("outcome");
    let outcome = match (kind, said) {
        (Kind::Event, "") if cell("set").is_empty() => known.event(question, seed)?,
        (Kind::Event, "") => {
            return Err(
                "it was asked of a changed scenario: write what came of it, 1 or 0, as its outcome".into()
            );
        }
        (Kind::Event, "1" | "yes" | "true") => 1.0,
        (Kind::Event, "0" | "no" | "false") => 0.0,
        (Kind::Event, other) => {
            return Err(format!("outcome `{other}`: an event came about (1) or did not (0)"));
        }
        (Kind::Share, "") => {
            return Err("a share needs an outcome: the share that came out, from 0 to 1".into());
        }
        (Kind::Share, text) => chance(text)
            .ok_or_else(|| format!("outcome `{text}`: write a share from 0 to 1, or one with %"))?,
    };
    Ok(Form {
        who: cell("who").to_owned(),
        kind,
        question: question.to_owned(),
        outcome,
        set: cell("set").to_owned(),
        seed,
        round: round.unwrap_or(0) as u8,
        probability,
        squared: (probability - outcome) * (probability - outcome),
    })
}

/// A number from 0 to 1, or a percentage; the decimal sign may be a comma.
fn chance(text: &str) -> Option<f64> {
    let text = text.replace(',', ".");
    let value = match text.strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f64>().ok()? / 100.0,
        None => text.parse().ok()?,
    };
    (0.0..=1.0).contains(&value).then_some(value)
}

/// The mean score of somebody's forms of a kind, or of all.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// Who; `None`: all together.
    pub who: Option<String>,
    /// Of what: the two kinds are never pooled.
    pub kind: Kind,
    /// How many forms.
    pub forms: usize,
    /// The mean: Brier's score of events, the squared distance of shares. 0 is perfect.
    pub mean: f64,
    /// What saying one half each time would have scored.
    pub half: f64,
}

/// The mean scores: of each kind by who, in the order in which they come first, then all together where there are several.
pub fn scores(forms: &[Form]) -> Vec<Score> {
    let mut scores = Vec::new();
    for kind in [Kind::Event, Kind::Share] {
        let all: Vec<&Form> = forms.iter().filter(|f| f.kind == kind).collect();
        let mut names: Vec<&String> = Vec::new();
        for form in &all {
            if !names.contains(&&form.who) {
                names.push(&form.who);
            }
        }
        let several = names.len() > 1;
        let mean =
            |own: &[&Form], of: fn(&Form) -> f64| own.iter().map(|f| of(f)).sum::<f64>() / own.len() as f64;
        let score = |who: Option<&String>, own: &[&Form]| Score {
            who: who.cloned(),
            kind,
            forms: own.len(),
            mean: mean(own, |f| f.squared),
            half: mean(own, |f| (0.5 - f.outcome) * (0.5 - f.outcome)),
        };
        for who in names {
            let own: Vec<&Form> = all.iter().filter(|f| f.who == *who).copied().collect();
            scores.push(score(Some(who), &own));
        }
        if several {
            scores.push(score(None, &all));
        }
    }
    scores
}

/// What was handed in, as a section of a page; nothing where there are no forms.
pub fn section(forms: &[Form], model: &Model) -> Option<Section> {
    if forms.is_empty() {
        return None;
    }
    let mut section = Section::new("Predictions handed in");
    section.paragraph(
        "On paper or from the workbench. Events are scored by Brier, shares by the squared distance; the two are not compared and never \
         pooled. 0 is perfect.",
    );
    let scores = scores(forms);
    for (kind, caption) in
        [(Kind::Event, "Events: mean Brier score"), (Kind::Share, "Shares: mean squared distance")]
    {
        let mut table = Table::new(caption, ["who", "forms", "mean", "saying one half"]);
        for s in scores.iter().filter(|s| s.kind == kind) {
            table.push([
                s.who.as_deref().map_or_else(|| "all together".into(), clean),
                s.forms.to_string(),
                format!("{:.3}", s.mean),
                format!("{:.3}", s.half),
            ]);
        }
        if scores.iter().any(|s| s.kind == kind) {
            section.push(Block::Table(table));
        }
    }
    let mut table = Table::new(
        "Every form",
        ["who", "what", "asked under", "before round", "said", "came of it", "score"],
    );
    for f in forms {
        table.push([
            clean(&f.who),
            title(f, model),
            if f.set.is_empty() { "no change".into() } else { clean(&f.set) },
            if f.round == 0 { "–".into() } else { f.round.to_string() },
            percent(f.probability),
            match f.kind {
                Kind::Event if f.outcome == 1.0 => "yes".into(),
                Kind::Event => "no".into(),
                Kind::Share => percent(f.outcome),
            },
            format!("{:.3}", f.squared),
        ]);
    }
    section.push(Block::Folded(table));
    Some(section)
}

/// What a form was about, in words.
fn title(form: &Form, model: &Model) -> String {
    let world = &model.world;
    let question =
        world.predictions().iter().find(|q| q.name.id == form.question).map(|q| q.question.as_str());
    let outcome = world.outcomes.iter().find(|o| o.name.id == form.question).map(|o| o.name.title.as_str());
    let title = clean(question.or(outcome).unwrap_or(&form.question));
    match form.kind {
        Kind::Event => title,
        Kind::Share => format!("share of runs: {title}"),
    }
}

/// The forms as a tidy table.
pub fn table(forms: &[Form]) -> Dataset {
    let columns =
        &["who", "kind", "question", "changes", "seed", "round", "probability", "came_to", "squared"];
    let mut sheet = Dataset::new("forms", columns);
    for f in forms {
        sheet.push([
            f.who.clone(),
            match f.kind {
                Kind::Event => "event".into(),
                Kind::Share => "share".into(),
            },
            f.question.clone(),
            f.set.clone(),
            f.seed.map_or_else(String::new, |s| s.to_string()),
            if f.round == 0 { String::new() } else { f.round.to_string() },
            f.probability.to_string(),
            f.outcome.to_string(),
            f.squared.to_string(),
        ]);
    }
    sheet
}
