//! `baraza diagram`: drawings for Mermaid and Graphviz.

use crate::telling::diagram;
use crate::telling::diagram::Format;

use super::args::{Diagram, DiagramFormat, DiagramOf};
use super::exit::{Exit, Failure};
use super::load;
use super::terminal::Terminal;

/// Prints the drawings that are asked for.
pub(super) fn carry_out(options: &Diagram, terminal: &Terminal) -> Result<Exit, Failure> {
    let format = match options.format {
        DiagramFormat::Mermaid => Format::Mermaid,
        DiagramFormat::Dot => Format::Dot,
    };
    let world = || {
        let file = options.file.as_ref().ok_or_else(|| {
            Failure::new(Exit::Usage, "name the scenario to draw, or ask for `--of agents`")
        })?;
        load::world(file, &options.profiles.parties, &[], None, terminal)
    };
    let text = match options.of {
        DiagramOf::Agents => diagram::agents(format),
        DiagramOf::Scenario => diagram::scenario(&world()?, format),
        DiagramOf::All => diagram::all(&world()?, format),
    };
    terminal.print(&text)?;
    Ok(Exit::Fine)
}
