//! The page: one file with the library, the scenario, the scripts, and the what-ifs as they are where no script runs.

use std::fmt::Write;

use base64::prelude::{BASE64_STANDARD as BASE64, Engine as _};

use crate::chart::escape;
use crate::document::Document;
use crate::render::html::{TOOLS, fragment, hash, style};

use super::library::Library;
use super::opening::opening;

/// How the page is laid out, beside what all pages have.
const STYLE: &str = include_str!("page/page.css");

/// What page and workers have in common: how the library is asked.
const ENGINE: &str = include_str!("page/engine.js");
/// What a worker does.
const WORKER: &str = include_str!("page/worker.js");
/// What the page does, a file for each thing.
const PARTS: [&str; 11] = [
    include_str!("page/words.js"),
    include_str!("page/kit.js"),
    include_str!("page/state.js"),
    include_str!("page/crew.js"),
    include_str!("page/change.js"),
    include_str!("page/answer.js"),
    include_str!("page/guess.js"),
    include_str!("page/run.js"),
    include_str!("page/draft.js"),
    include_str!("page/file.js"),
    include_str!("page/start.js"),
];

/// What a page is made of.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// How a command calls the scenario's file.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
    /// The library for browsers.
    pub library: &'a Library,
    /// What is shown where no script or no WebAssembly runs: the scenario's what-ifs.
    pub still: &'a Document,
}

fn script() -> String {
    let parts: String = PARTS.concat();
    format!("\"use strict\";\n(function () {{\n{}}})();\n", lean(&format!("{TOOLS}{ENGINE}{parts}")))
}

/// A script without what only its readers in the repository need: remarks that have a line of their own, and indentation.
fn lean(script: &str) -> String {
    let lines =
        script.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The page, ending in a line feed, with the first answer about the scenario as it stands. It opens from a disk, asks nobody for anything, and keeps nothing.
pub fn page(page: &Page) -> String {
    let (script, style) = (script(), style());
    let title = escape(&page.still.title);
    // Workers are made of a text of the page, whose policy is theirs too; only these may be, and only this script may run.
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src {} 'wasm-unsafe-eval'; worker-src blob:; base-uri 'none'; form-action 'none'",
        hash(&script)
    );
    let scenario = data(&serde_json::json!({ "name": page.name, "text": page.text }).to_string());
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"generator\" content=\"baraza {}\">\n<title>{title} – workbench</title>\n\
         <style>\n{style}{STYLE}</style>\n</head>\n<body class=\"workbench\">\n\
         <a class=\"back\" href=\"#main\">To the text</a>\n\
         <header>\n<p class=\"kind\">{KIND}</p>\n<h1>{title}</h1>\n<p class=\"caveat\">{CAUTION}</p>\n</header>\n\
         <main id=\"main\">\n<p id=\"opening\">Opening …</p>\n</main>\n",
        env!("CARGO_PKG_VERSION")
    );
    let still = fragment(page.still);
    let _ = writeln!(
        out,
        "<noscript id=\"still\">\n<div class=\"still\">\n<p>{STILL}</p>\n{still}</div>\n</noscript>"
    );
    let _ = writeln!(out, "<script type=\"application/json\" id=\"scenario\">{scenario}</script>");
    let opening = data(&opening(page.name, page.text).to_string());
    let _ = writeln!(out, "<script type=\"application/json\" id=\"first\">{opening}</script>");
    let _ = writeln!(
        out,
        "<script type=\"text/plain\" id=\"worker\">\n\"use strict\";\n{ENGINE}{WORKER}</script>"
    );
    let library = BASE64.encode(page.library.packed());
    let _ = writeln!(out, "<script type=\"text/plain\" id=\"library\">{library}</script>");
    let _ = writeln!(out, "<script>{script}</script>\n</body>\n</html>");
    out
}

/// The line above the title, before a script has its own words.
const KIND: &str = "Workbench: a simulated negotiation";
/// What the page is not, and who must not have it.
pub(super) const CAUTION: &str = "Shares of runs of a teaching model under its assumptions, not chances of real events. This page holds every number of \
    every role: do not hand it out before an exercise is played.";
/// Above what is shown where nothing can be computed.
const STILL: &str = "No script runs here, so nothing can be changed. These are the file’s what-ifs as they were computed when this page was written.";

/// JSON that nothing in a page can end: a text of a scenario is no markup.
fn data(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, Section};

    fn written(text: &str) -> String {
        let mut section = Section::new(text);
        section.push(Block::Paragraph(text.into()));
        let still = Document { title: text.into(), sections: vec![section], ..Document::default() };
        let library = Library::none();
        page(&Page { name: text, text, library: &library, still: &still })
    }

    #[test]
    fn no_text_of_a_scenario_is_markup() {
        let hostile = "</script></noscript><img src=x onerror=alert(1)><script>alert(2)</script>";
        let html = written(hostile);
        assert_eq!(html.matches("<script").count(), written("plain").matches("<script").count());
        assert_eq!(html.matches("</noscript>").count(), 1);
        assert!(!html.contains("<img"));
    }

    #[test]
    fn the_scripts_are_small_and_end_no_element() {
        let script = script();
        let own = lean(&format!("{ENGINE}{}", PARTS.concat()));
        assert!(own.len() < 60_000, "{} bytes", own.len());
        assert!(!script.contains("</script") && !ENGINE.contains("</") && !WORKER.contains("</"));
    }

    /// Whatever the page says of itself is in one table, and what is in the table is said.
    #[test]
    fn every_word_is_in_the_table_and_used() {
        let words = PARTS[0];
        let keys: Vec<&str> = words
            .lines()
            .filter_map(|l| l.strip_prefix("  ")?.split_once(": ").map(|(key, _)| key))
            .filter(|key| key.chars().all(char::is_alphanumeric))
            .collect();
        let rest = PARTS[1..].concat();
        for key in &keys {
            assert!(
                rest.contains(&format!("\"{key}\"")) || rest.contains(&format!("WORDS.{key}")),
                "{key} is not used"
            );
        }
        for said in rest.split("say(\"").skip(1) {
            let key = said.split('"').next().unwrap_or_default();
            assert!(keys.contains(&key), "{key} is not in the table");
        }
    }
}
