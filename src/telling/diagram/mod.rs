//! Drawings of a scenario and of its agents' states, in the languages of Mermaid and Graphviz.

mod dot;
mod graph;
mod mermaid;
mod states;

use crate::domain::World;

use super::chronicle::clean;

use graph::Graph;

/// The language of a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `flowchart` and `stateDiagram-v2`.
    Mermaid,
    /// `digraph`.
    Dot,
}

/// A scenario: tracks with their seats, mediators, items and texts; what requires what; who is behind whom.
pub fn scenario(world: &World, format: Format) -> String {
    let graph = Graph::of(world);
    let title = clean(&world.title);
    match format {
        Format::Mermaid => mermaid::flowchart(&graph, &title),
        Format::Dot => dot::digraph(&graph, &title),
    }
}

/// The states of every kind of agent, and what moves it from one to the next.
pub fn agents(format: Format) -> String {
    match format {
        Format::Mermaid => mermaid::states(&states::machines()),
        Format::Dot => dot::states(&states::machines()),
    }
}

/// Both, one after the other; for Mermaid as Markdown, because one Mermaid text holds one drawing.
pub fn all(world: &World, format: Format) -> String {
    let parts = [scenario(world, format), agents(format)];
    match format {
        Format::Mermaid => parts.map(|p| format!("```mermaid\n{p}```\n")).join("\n"),
        Format::Dot => parts.join("\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_drawn() {
        let text = agents(Format::Mermaid);
        for name in ["walked-out", "in-force", "co-opted", "reporting", "fired", "expired", "breached"] {
            assert!(text.contains(name), "{name}");
        }
    }

    #[test]
    fn quotes_and_hashes_are_escaped() {
        assert_eq!(mermaid::label("a \"b\" #1 <c>"), "a #quot;b#quot; #35;1 #lt;c#gt;");
        assert_eq!(mermaid::label("%%{init}%%"), "#37;#37;{init}#37;#37;");
        assert_eq!(dot::label("a \"b\" \\n"), "a \\\"b\\\" \\\\n");
        assert_eq!(dot::label("&#x202e;"), "&amp;#x202e;");
    }
}
