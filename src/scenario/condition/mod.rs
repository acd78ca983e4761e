//! The condition language: text to [`Condition`] or [`Effect`], typed against a scenario's vocabulary.

mod compile;
mod effect;
mod path;
mod print;
mod syntax;
mod token;
mod types;

pub(super) use print::print;

use super::code::Code;
use super::names::Names;
use super::report::Report;
use super::tree::{Node, Place, Text};
use crate::domain::{Condition, Effect};

/// The longest condition, in bytes.
const LONGEST: usize = 2000;

/// A mistake at a stretch of a condition's text.
#[derive(Clone, Debug)]
struct Fault {
    code: Code,
    start: usize,
    end: usize,
    message: String,
    label: String,
    help: String,
}

impl Fault {
    fn new(code: Code, (start, end): (usize, usize), message: impl Into<String>) -> Self {
        Self { code, start, end, message: message.into(), label: String::new(), help: String::new() }
    }

    fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

/// Compiles a condition of the file; `None` after mistakes, which are reported.
pub(super) fn condition(node: &Node, names: &Names, report: &mut Report) -> Option<Condition> {
    let text = node.as_text()?;
    match compile_text(&text.text, names) {
        Ok(condition) => Some(condition),
        Err(faults) => {
            tell(faults, node.place, text, report);
            None
        }
    }
}

/// Compiles an effect of the file.
pub(super) fn effect(node: &Node, names: &Names, report: &mut Report) -> Option<Effect> {
    let text = node.as_text()?;
    let compiled = measured(&text.text).and_then(|()| effect::compile(&text.text, names));
    match compiled {
        Ok(effect) => Some(effect),
        Err(fault) => {
            tell(vec![fault], node.place, text, report);
            None
        }
    }
}

fn compile_text(text: &str, names: &Names) -> Result<Condition, Vec<Fault>> {
    measured(text).map_err(|fault| vec![fault])?;
    let expression = syntax::parse(text).map_err(|fault| vec![fault])?;
    compile::compile(&expression, names)
}

/// Compiles a text of our own, of any length; `None` would be a mistake of ours.
pub(super) fn own(text: &str, names: &Names) -> Option<Condition> {
    compile::compile(&syntax::parse(text).ok()?, names).ok()
}

/// Compiles a text from outside the file, which stands in source 0 from byte `at` on.
pub(super) fn outside(text: &str, at: usize, names: &Names, report: &mut Report) -> Option<Condition> {
    let whole = Place::new(0, at, at + text.len());
    let value = super::tree::Value::Text(Text::new(text, Some(at as u32)));
    condition(&Node { place: whole, value }, names, report)
}

fn measured(text: &str) -> Result<(), Fault> {
    if text.len() <= LONGEST {
        return Ok(());
    }
    Err(Fault::new(
        Code::ConditionTooLarge,
        (0, text.len()),
        format!("a condition may have at most {LONGEST} bytes"),
    )
    .label(format!("{} bytes", text.len())))
}

fn tell(faults: Vec<Fault>, whole: Place, text: &Text, report: &mut Report) {
    for fault in faults {
        let place = match text.inner {
            Some(inner) => {
                let inner = inner as usize;
                Place::new(whole.source, inner + fault.start, inner + fault.end)
            }
            None => whole,
        };
        report.error(fault.code, place, fault.message).label(fault.label).help(fault.help);
    }
}
