//! `baraza analyze`: the zone of agreement, the frontier and the classical solutions.

use std::path::Path;

use crate::analysis::bargaining::{Problem, TooLarge, study};
use crate::domain::{Model, TrackId};
use crate::exchange::{self, Domain, Finding};
use crate::report::bargaining::{self, Board, Report};

use super::args::Analyze;
use super::exit::{Exit, Failure};
use super::terminal::Terminal;
use super::{folder, load};

/// Analyses a domain, or every track of a scenario.
pub(super) fn carry_out(options: &Analyze, terminal: &Terminal) -> Result<Exit, Failure> {
    let scenario = options.path.extension().is_some_and(|e| e == "toml") || options.path.as_os_str() == "-";
    if !scenario && (!options.set.is_empty() || options.what_if.is_some()) {
        let message = "--set and --what-if change scenarios: import the domain first (`baraza import`)";
        return Err(Failure::new(Exit::Usage, message));
    }
    if scenario && !options.parties.is_empty() {
        return Err(Failure::new(
            Exit::Usage,
            "--parties chooses profiles of a domain: a scenario has seats",
        ));
    }
    let text = if scenario { of_scenario(options, terminal)? } else { of_domain(options, terminal)? };
    terminal.print(&text)?;
    Ok(Exit::Fine)
}

/// Reads a domain; the findings of reading its files come first.
pub(super) fn domain(path: &Path, parties: &[String]) -> Result<Domain, Failure> {
    let (request, mut findings) = folder::request(path, parties)?;
    let mut domain = exchange::read(&request)
        .map_err(|e| Failure::new(Exit::No, format!("{} is not read: {e}", path.display())))?;
    findings.append(&mut domain.findings);
    domain.findings = findings;
    Ok(domain)
}

/// A problem with its analysis.
pub(super) fn board(title: &str, problem: Problem) -> Result<Board, Failure> {
    let analysis = study(&problem).map_err(|e| too_large(&e))?;
    Ok(Board { title: title.to_owned(), problem, analysis })
}

/// The failure of a problem that is too large.
pub(super) fn too_large(error: &TooLarge) -> Failure {
    Failure::new(Exit::No, error.to_string())
}

fn of_domain(options: &Analyze, terminal: &Terminal) -> Result<String, Failure> {
    let domain = domain(&options.path, &options.parties)?;
    let problem = Problem::of_domain(&domain).map_err(|e| too_large(&e))?;
    let boards = [board(&domain.name, problem)?];
    Ok(shown(
        options,
        terminal,
        &Report {
            title: &domain.name,
            format: Some(domain.format),
            findings: &domain.findings,
            boards: &boards,
        },
    ))
}

fn of_scenario(options: &Analyze, terminal: &Terminal) -> Result<String, Failure> {
    let world = load::world(&options.path, &options.set, options.what_if.as_deref(), terminal)?;
    let model = Model::new(world);
    let mut boards = Vec::new();
    let mut findings = Vec::new();
    for (at, track) in model.world.tracks.iter().enumerate() {
        let mut odd = |what: &str| {
            let message = format!("track “{}” {what}", track.name.title);
            findings.push(Finding { file: String::new(), line: None, message });
        };
        let problem = Problem::of_track(&model, TrackId::new(at));
        match study(&problem) {
            _ if problem.issues.is_empty() => odd("has no items: there is nothing to analyse"),
            Ok(analysis) => boards.push(Board { title: track.name.title.clone(), problem, analysis }),
            Err(error) => odd(&format!("is left out: {error}")),
        }
        if matches!(track.rule, crate::domain::DecisionRule::SufficientConsensus { .. }) {
            odd("decides by sufficient consensus: the majority overall is counted, blocs are not");
        }
    }
    Ok(shown(
        options,
        terminal,
        &Report { title: &model.world.title, format: None, findings: &findings, boards: &boards },
    ))
}

fn shown(options: &Analyze, terminal: &Terminal, report: &Report<'_>) -> String {
    if options.json { bargaining::json(report) } else { bargaining::text(report, terminal.styled) }
}
