//! `baraza explain`: what a code means, or all codes.

use crate::scenario::{self, Code};

use super::args::Explain;
use super::exit::{Exit, Failure};
use super::terminal::Terminal;

/// Columns of a line.
const WIDTH: usize = 80;

/// Prints the page of a code, or the list of codes.
pub(super) fn carry_out(options: &Explain, terminal: &Terminal) -> Result<Exit, Failure> {
    let text = match &options.code {
        None => list(),
        Some(text) => {
            let code = Code::parse(text).ok_or_else(|| {
                let codes: Vec<&str> = Code::ALL.iter().map(|code| code.id()).collect();
                let near = scenario::nearest(&text.to_uppercase(), &codes);
                let near = near.map_or_else(String::new, |code| format!("did you mean `{code}`? "));
                let message =
                    format!("{text} is no code of a mistake: {near}`baraza explain` lists all codes");
                Failure::new(Exit::Usage, message)
            })?;
            page(code)
        }
    };
    terminal.print(&text)?;
    Ok(Exit::Fine)
}

fn list() -> String {
    let lines = Code::ALL.iter().map(|code| format!("{}  {}\n", code.id(), code.title()));
    lines.collect::<String>() + "\n`baraza explain CODE` says more about one of them.\n"
}

fn page(code: Code) -> String {
    let page = code.page();
    let paragraphs = page.text.split("\n\n").map(|p| {
        let words = p.split_whitespace().collect::<Vec<_>>().join(" ");
        textwrap::fill(&words, WIDTH)
    });
    let text = paragraphs.collect::<Vec<_>>().join("\n\n");
    let example = |part: &str| textwrap::indent(part.trim_end(), "    ");
    format!(
        "{}: {}\n\n{text}\n\nNot so:\n\n{}\n\nBut so:\n\n{}\n",
        code.id(),
        code.title(),
        example(page.wrong),
        example(page.right)
    )
}
