//! Graphviz: `digraph`, tracks and kinds of agents as clusters.

use super::graph::{Edge, Graph, Kind, Node};
use super::states::Machine;

/// Columns of a label before it is broken.
const WIDTH: usize = 28;

/// A text inside quotation marks; Graphviz would read `&…;` as a character.
pub(super) fn label(text: &str) -> String {
    text.replace('&', "&amp;").replace('\\', "\\\\").replace('"', "\\\"")
}

/// A label broken into lines.
fn broken(text: &str) -> String {
    textwrap::wrap(text, WIDTH).iter().map(|l| label(l)).collect::<Vec<_>>().join("\\n")
}

/// What the arrows without a word are.
const LEGEND: &str = "Dashed: must come first. Who stands in the frame of a track sits there.";

/// The graph of a scenario. Arrows to a track go to an invisible point in its cluster and are cut at its frame.
pub(super) fn digraph(graph: &Graph, title: &str) -> String {
    let mut text = format!("digraph scenario {{\n  label=\"{}\\n{LEGEND}\";\n  labelloc=t;\n", label(title));
    text.push_str("  compound=true;\n  rankdir=LR;\n  node [fontname=\"sans-serif\", fontsize=11];\n");
    text.push_str("  edge [fontname=\"sans-serif\", fontsize=9];\n");
    for (k, (id, title)) in graph.frames.iter().enumerate() {
        text.push_str(&format!("  subgraph cluster_{id} {{\n    label=\"{}\";\n", label(title)));
        text.push_str("    style=\"rounded,filled\"; color=\"#53585e\"; fillcolor=\"#f4f5f3\";\n");
        text.push_str(&format!("    {id} [shape=point, style=invis];\n"));
        for node in graph.nodes.iter().filter(|n| n.frame == Some(k)) {
            text.push_str(&format!("    {}\n", shape(node)));
        }
        text.push_str("  }\n");
    }
    for node in graph.nodes.iter().filter(|n| n.frame.is_none()) {
        text.push_str(&format!("  {}\n", shape(node)));
    }
    for edge in &graph.edges {
        text.push_str(&format!("  {}\n", arrow(graph, edge)));
    }
    text + "}\n"
}

fn arrow(graph: &Graph, edge: &Edge) -> String {
    let mut attributes = match edge.dashed {
        true => "style=dashed".to_owned(),
        false => format!("label=\"{}\", color=\"{}\"", label(edge.label), colour(edge)),
    };
    if graph.is_frame(&edge.to) {
        attributes.push_str(&format!(", lhead=cluster_{}", edge.to));
    }
    if graph.is_frame(&edge.from) {
        attributes.push_str(&format!(", ltail=cluster_{}", edge.from));
    }
    format!("{} -> {} [{attributes}];", edge.from, edge.to)
}

/// Arrows of a kind in one colour, so that they can be followed.
fn colour(edge: &Edge) -> &'static str {
    match edge.label {
        "fights at" | "holds" => "#c2255c",
        "opposes" => "#d55e00",
        "watches" => "#7a8087",
        "has a seat" => "#0072b2",
        label if label.starts_with("backs") => "#009e73",
        _ => "#1a1c1e",
    }
}

fn shape(node: &Node) -> String {
    let shape = match node.kind {
        Kind::Party => "box, style=bold",
        Kind::Mediator => "oval",
        Kind::Item => "box, style=rounded",
        Kind::Text => "note",
        Kind::Front => "hexagon",
        Kind::Spoiler => "trapezium",
        Kind::Backer => "invtrapezium",
        Kind::Observer => "cds",
        Kind::Event => "ellipse, style=dotted",
    };
    format!("{} [label=\"{}\", shape={shape}];", node.id, broken(&node.label))
}

/// One graph with a cluster for every kind of agent.
pub(super) fn states(machines: &[Machine]) -> String {
    let mut text = String::from("digraph agents {\n  rankdir=LR;\n");
    text.push_str("  node [fontname=\"sans-serif\", fontsize=11, shape=box, style=rounded];\n");
    text.push_str("  edge [fontname=\"sans-serif\", fontsize=9];\n");
    for machine in machines {
        let id = |state: &str| format!("{}_{}", machine.kind, state.replace('-', "_"));
        text.push_str(&format!(
            "  subgraph cluster_{} {{\n    label=\"{}\";\n    labeljust=l;\n",
            machine.kind, machine.kind
        ));
        for state in machine.states {
            text.push_str(&format!("    {} [label=\"{state}\"];\n", id(state)));
        }
        for (from, to, cause) in &machine.moves {
            text.push_str(&format!("    {} -> {} [label=\"{}\"];\n", id(from), id(to), broken(cause)));
        }
        text.push_str("  }\n");
    }
    text + "}\n"
}
