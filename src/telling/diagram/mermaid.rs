//! Mermaid: `flowchart` for a scenario, `stateDiagram-v2` for the agents.

use super::graph::{Graph, Kind, Node};
use super::states::Machine;

/// A text inside the quotation marks of a label.
pub(super) fn label(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '#' => "#35;".to_string(),
        '"' => "#quot;".to_string(),
        '<' => "#lt;".to_string(),
        '>' => "#gt;".to_string(),
        '&' => "#amp;".to_string(),
        // `%%{` would begin a directive, even in a remark.
        '%' => "#37;".to_string(),
        // A label in backticks would be read as Markdown.
        '`' => "#96;".to_string(),
        other => other.to_string(),
    });
    escaped.collect()
}

/// The flowchart of a scenario.
pub(super) fn flowchart(graph: &Graph, title: &str) -> String {
    let mut text = format!(
        "%% {}\n%% Dashed: must come first. Who stands in the frame of a track sits there.\nflowchart LR\n",
        label(title)
    );
    for (k, (id, title)) in graph.frames.iter().enumerate() {
        text.push_str(&format!("  subgraph {id}[\"{}\"]\n", label(title)));
        for node in graph.nodes.iter().filter(|n| n.frame == Some(k)) {
            text.push_str(&format!("    {}\n", shape(node)));
        }
        text.push_str("  end\n");
    }
    for node in graph.nodes.iter().filter(|n| n.frame.is_none()) {
        text.push_str(&format!("  {}\n", shape(node)));
    }
    for edge in &graph.edges {
        let arrow = if edge.dashed { "-.->".into() } else { format!("-->|{}|", quoted(edge.label)) };
        text.push_str(&format!("  {} {arrow} {}\n", edge.from, edge.to));
    }
    text
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", label(text))
}

fn shape(node: &Node) -> String {
    let (id, label) = (&node.id, label(&node.label));
    match node.kind {
        Kind::Party => format!("{id}[\"{label}\"]"),
        Kind::Mediator => format!("{id}([\"{label}\"])"),
        Kind::Item => format!("{id}(\"{label}\")"),
        Kind::Text => format!("{id}[[\"{label}\"]]"),
        Kind::Front => format!("{id}{{{{\"{label}\"}}}}"),
        Kind::Spoiler => format!("{id}[/\"{label}\"\\]"),
        Kind::Backer => format!("{id}[\\\"{label}\"/]"),
        Kind::Observer => format!("{id}>\"{label}\"]"),
        Kind::Event => format!("{id}((\"{label}\"))"),
    }
}

/// One state diagram with a frame for every kind of agent.
pub(super) fn states(machines: &[Machine]) -> String {
    let mut text = String::from("stateDiagram-v2\n");
    for machine in machines {
        let id = |state: &str| format!("{}_{}", machine.kind, state.replace('-', "_"));
        text.push_str(&format!("  state \"{}\" as {} {{\n", machine.kind, machine.kind));
        for state in machine.states {
            text.push_str(&format!("    state \"{state}\" as {}\n", id(state)));
        }
        for (from, to, cause) in &machine.moves {
            text.push_str(&format!("    {} --> {}: {cause}\n", id(from), id(to)));
        }
        text.push_str("  }\n");
    }
    text
}
