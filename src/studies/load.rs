//! From a scenario's text to the world that a study plays.

use crate::domain::World;
use crate::scenario::{self, Change, Code, Diagnostic, Severity, Source};

use super::refusal::{Refusal, Why};

/// The changes that somebody makes.
pub fn changes(set: &[(String, String)]) -> Vec<Change> {
    set.iter().map(|(path, value)| Change { path: path.clone(), value: value.clone() }).collect()
}

/// The world of a scenario with changes, and the doubts about it.
///
/// # Errors
/// When it has mistakes.
pub fn world(
    source: &Source,
    what_if: Option<&str>,
    set: &[(String, String)],
) -> Result<(World, Vec<Diagnostic>), Refusal> {
    let loaded = scenario::load(source, &changes(set), what_if);
    match loaded.world {
        Some(world) => Ok((world, loaded.diagnostics)),
        None => {
            let is_error = |d: &Diagnostic| d.severity == Severity::Error;
            Err(mistakes(loaded.diagnostics.into_iter().filter(is_error).collect()))
        }
    }
}

fn mistakes(errors: Vec<Diagnostic>) -> Refusal {
    if let Some(unknown) = errors.iter().find(|d| d.code == Code::UnknownWhatIf) {
        return Refusal::usage(in_one_sentence(unknown));
    }
    let (why, whose) = match errors.iter().all(|d| d.primary.span.source.name == scenario::CHANGE) {
        true => (Why::Usage, "the changes of the command line have mistakes"),
        false => (Why::No, "the scenario has mistakes"),
    };
    let count = crate::render::diagnostics::summary(&errors);
    Refusal::new(why, format!("{whose} ({count}): `baraza explain CODE` says more about each")).at(errors)
}

/// The world of a scenario under one of its what-ifs, or two of them as `a+b`.
///
/// # Errors
/// When it cannot be applied.
pub fn changed(source: &Source, what_if: &str) -> Result<World, Refusal> {
    let loaded = scenario::load(source, &[], Some(what_if));
    loaded.world.ok_or_else(|| {
        let which = match what_if.split_once('+') {
            Some((one, other)) => format!("the what-ifs `{one}` and `{other}` cannot be applied together"),
            None => format!("the what-if `{what_if}` cannot be applied"),
        };
        Refusal::no(which).at(loaded.diagnostics)
    })
}

/// What is wrong in one place, and what to write instead, in one sentence.
pub fn in_one_sentence(diagnostic: &Diagnostic) -> String {
    match &diagnostic.help {
        Some(help) => format!("{}; {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    }
}
