//! Doubts about texts: characters that are obeyed and not seen.

use super::super::code::Code;
use super::super::report::Report;
use super::super::tree::{Node, Table, Value};

/// Reports every text of a table that holds some.
pub(super) fn lint(table: &Table, report: &mut Report) {
    table.entries.iter().for_each(|e| value(&e.node, report));
}

fn value(node: &Node, report: &mut Report) {
    match &node.value {
        Value::Text(text) if text.hidden => {
            report
                .warning(Code::Hidden, node.place, "this text has characters that are obeyed and not seen")
                .label("control characters, or marks that change the direction of writing")
                .help("leave them out; wherever the text is shown they are written out, such as \\u001b");
        }
        Value::List(members) => members.iter().for_each(|m| value(m, report)),
        Value::Table(table) => lint(table, report),
        _ => {}
    }
}
