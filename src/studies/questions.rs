//! Questions of one's own: conditions that a study counts.

use crate::analysis::counters::Measure;
use crate::domain::rule::Rule;
use crate::domain::{Condition, Model, World};
use crate::scenario;

use super::refusal::Refusal;

/// The questions, compiled.
///
/// # Errors
/// When one is no condition.
pub fn measures(texts: &[String], model: &Model) -> Result<Vec<Measure>, Refusal> {
    let measure = |text: &String| {
        let condition = condition(text, &model.world)?;
        Ok(Measure::new(text.clone(), Rule::of(&condition, model.ground())))
    };
    texts.iter().map(measure).collect()
}

/// A question.
///
/// # Errors
/// When it is no condition.
pub fn condition(text: &str, world: &World) -> Result<Condition, Refusal> {
    scenario::parse_condition(text, world).map_err(|diagnostics| {
        Refusal::usage("a question is a condition, such as 'item.water.settled'").at(diagnostics)
    })
}
