//! How far the core of the Doha talks is from the full scenario: the table in its header.

mod support;

use baraza::analysis::counters::{Plan, Reading};
use baraza::analysis::ensemble::{Range, ensemble};
use baraza::analysis::summary::{Summary, summarise};
use support::model;

fn read(name: &str) -> String {
    let path = format!("{}/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("a scenario")
}

fn summary(text: &str) -> Summary {
    let model = model(text);
    let plan = Plan::new(&model, 0);
    let counts = ensemble(&model, &plan, &[], Range { seed: 1, from: 0, to: 20_000 });
    summarise(&model, &[], Reading::new(&plan, &counts), 0.05)
}

/// `98 (3)`: the share signed, and the round by which half had signed where half did.
fn signed(summary: &Summary, id: &str) -> String {
    let text = summary.instruments.iter().find(|t| t.id == id).expect("a text");
    let median = text.incidence_median[0].map_or(String::new(), |round| format!(" ({round})"));
    format!("{:.0}{median}", text.signed.share * 100.0)
}

fn broken(summary: &Summary, id: &str) -> String {
    let text = summary.instruments.iter().find(|t| t.id == id).expect("a text");
    match text.broken.share * 100.0 {
        p if p < 1.0 => "<1".into(),
        p => format!("{p:.0}"),
    }
}

#[test]
fn the_table_of_the_header_is_true() {
    let text = read("doha-core");
    let (core, full) = (summary(&text), summary(&read("doha-2025")));
    let rows = [
        ("prisoner release mechanism signed", signed as fn(&Summary, &str) -> String, "prisoner-mechanism"),
        ("ceasefire mechanism signed", signed, "ceasefire-mechanism"),
        ("comprehensive agreement signed", signed, "comprehensive"),
        ("prisoner release mechanism broken", broken, "prisoner-mechanism"),
    ];
    for (label, figure, id) in rows {
        let row = text.lines().find(|line| line.contains(label)).expect(label);
        let cells: Vec<String> = row
            .split(label)
            .nth(1)
            .expect("cells")
            .split("  ")
            .map(str::trim)
            .filter(|c| !c.is_empty())
            .map(str::to_owned)
            .collect();
        assert_eq!(cells, [figure(&core, id), figure(&full, id)], "{label}");
    }
}
