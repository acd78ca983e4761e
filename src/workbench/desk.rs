//! Who answers a page.

use serde::Serialize;

use crate::domain::World;
use crate::render::diagnostics::{Record, records, render, summary};
use crate::render::html;
use crate::scenario::{self, Diagnostic, Loaded, Source};
use crate::studies::load;
use crate::studies::refusal::{Refusal, Why};
use crate::studies::study::Findings;
use crate::telling::Origin;
use crate::telling::list::{self, List};
use crate::text::command;
use crate::text::paper::Paper;

use super::request::{Form, Request};
use super::study::Planned;
use super::{SOURCES, draft, run};

/// Answers requests about one scenario.
#[derive(Debug)]
pub struct Desk {
    source: Source,
    /// Its world as it stands: `None` before one was taken up, or where the text has mistakes.
    loaded: Option<World>,
    /// The studies that were planned last, the latest at the end: planning takes as long as some hundred runs.
    pub(super) planned: Vec<Planned>,
}

impl Default for Desk {
    fn default() -> Self {
        let source = Source { name: String::new(), text: String::new() };
        Self { source, loaded: None, planned: Vec::new() }
    }
}

/// What is wrong with a text.
#[derive(Serialize)]
struct Checked<'a> {
    /// Whether it can be played.
    sound: bool,
    /// How many errors and warnings there are.
    summary: String,
    /// As a terminal shows them.
    text: String,
    diagnostics: Vec<Record<'a>>,
    title: Option<&'a str>,
    fingerprint: Option<String>,
}

/// Why something is not answered.
#[derive(Serialize)]
struct Refused<'a> {
    refused: &'a str,
    why: &'static str,
    text: String,
    diagnostics: Vec<Record<'a>>,
}

/// What was found, in the forms asked for.
#[derive(Default, Serialize)]
pub(super) struct Forms {
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fragment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    json: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// The command that gives the same.
    command: String,
}

impl Forms {
    /// What was found in these forms; of a page, what matters most or `full`y, as the command does.
    pub fn of(findings: &dyn Findings, full: bool, command: &str, forms: &[Form]) -> Self {
        let mut told = Self { command: command.to_owned(), ..Self::default() };
        for form in forms {
            match form {
                Form::Answer => told.answer = Some(html::answer(&findings.document(full))),
                Form::Fragment => told.fragment = Some(html::fragment(&findings.document(full))),
                Form::Json => told.json = Some(findings.json()),
                Form::Page => told.page = Some(html::page(&findings.document(full))),
                Form::Text => told.text = Some(findings.text(full, Paper::from(false))),
            }
        }
        told
    }
}

impl Desk {
    /// Answers one request: `{"ok": …}`, or why not, as `{"refused": …}` with what is wrong in which place.
    pub fn ask(&mut self, request: &str) -> String {
        match serde_json::from_str(request) {
            Ok(request) => self.answer(request),
            Err(e) => refused(&Refusal::usage(format!("this is no request: {e}"))),
        }
    }

    fn answer(&mut self, request: Request) -> String {
        match request {
            Request::Sources => said(Ok(SOURCES)),
            Request::Load { name, text } => {
                self.source = Source { name, text };
                self.planned.clear();
                let loaded = scenario::load(&self.source, &[], None);
                let answer = checked(&loaded);
                self.loaded = loaded.world;
                answer
            }
            Request::Check { name, text } => checked(&scenario::load(&Source { name, text }, &[], None)),
            Request::List { what_if, set } => said(self.list(what_if, set)),
            Request::Play { study, from, to } => said(self.play(&study, from..to)),
            Request::Tell { study, counts, forms } => said(self.tell(&study, &counts, &forms)),
            Request::Run { what_if, set, seed, run, detail, forms } => {
                let asked = run::Asked { what_if, set, seed, run, detail };
                said(run::one(self, &asked, &forms))
            }
            Request::Pair { options, run, detail, forms } => {
                said(run::pair(self, &options, run, detail, &forms))
            }
            Request::Draft { what_if, set, seed, runs, track, options, round } => {
                let asked = draft::Asked { seed, runs, track, options, round };
                said(self.world(what_if.as_deref(), &set).and_then(|world| draft::draft(world, &asked)))
            }
            Request::Rewrite { text, set } => {
                let source = Source { name: self.source.name.clone(), text };
                let written = scenario::rewrite(&source, &load::changes(&set));
                said(written.map_err(|e| Refusal::no(e.to_string())))
            }
            Request::Starter => said(Ok(scenario::starter())),
        }
    }

    /// The scenario's text.
    pub(super) fn source(&self) -> &Source {
        &self.source
    }

    /// The scenario's file as a command names it.
    pub(super) fn named(&self) -> String {
        command::command(std::slice::from_ref(&self.source.name))
    }

    /// The file and changes as words of a command.
    pub(super) fn words(&self, what_if: Option<&str>, set: &[(String, String)]) -> Vec<String> {
        std::iter::once(self.source.name.clone()).chain(command::changes(what_if, set)).collect()
    }

    /// The world with changes.
    ///
    /// # Errors
    /// When it has mistakes.
    pub(super) fn world(&self, what_if: Option<&str>, set: &[(String, String)]) -> Result<World, Refusal> {
        match &self.loaded {
            Some(world) if what_if.is_none() && set.is_empty() => Ok(world.clone()),
            _ => load::world(&self.source, what_if, set).map(|(world, _)| world),
        }
    }

    fn list(&self, what_if: Option<String>, set: Vec<(String, String)>) -> Result<String, Refusal> {
        let world = self.world(what_if.as_deref(), &set)?;
        let settings = scenario::settings(&self.source, &load::changes(&set), what_if.as_deref(), &world);
        let origin = Origin { fingerprint: scenario::fingerprint(&world), what_if, set, ..Origin::default() };
        Ok(list::json(&List { world: &world, origin: &origin, settings: &settings, only_paths: false }))
    }
}

fn checked(loaded: &Loaded) -> String {
    let diagnostics: &[Diagnostic] = &loaded.diagnostics;
    said(Ok(Checked {
        sound: loaded.world.is_some(),
        summary: summary(diagnostics),
        text: render(diagnostics, false),
        diagnostics: records(diagnostics),
        title: loaded.world.as_ref().map(|w| w.title.as_str()),
        fingerprint: loaded.world.as_ref().map(scenario::fingerprint),
    }))
}

#[derive(Serialize)]
struct Answered<T> {
    ok: T,
}

fn said<T: Serialize>(answer: Result<T, Refusal>) -> String {
    match answer {
        Ok(ok) => serde_json::to_string(&Answered { ok }).unwrap_or_default(),
        Err(refusal) => refused(&refusal),
    }
}

fn refused(refusal: &Refusal) -> String {
    let why = match refusal.why {
        Why::Usage => "usage",
        Why::No => "no",
        Why::Stopped => "stopped",
    };
    let told = Refused {
        refused: &refusal.message,
        why,
        text: render(&refusal.diagnostics, false),
        diagnostics: records(&refusal.diagnostics),
    };
    serde_json::to_string(&told).unwrap_or_default()
}
