//! A document as HTML. Every text goes through [`escape`].

use std::fmt::Write;

use base64::prelude::{BASE64_STANDARD as BASE64, Engine as _};
use sha2::{Digest, Sha256};

use crate::chart::{FONTS, Picture, escape, shared, variables};
use crate::document::table::Table;
use crate::document::{Answer, Block, Document, Rounds, Section};

/// The rules of the page itself.
const PAGE: &str = include_str!("page.css");

/// The script of the page: what it does is in a file each.
const SCRIPT: &str = concat!(
    "\"use strict\";\n(function () {\n",
    include_str!("script/tools.js"),
    include_str!("script/slides.js"),
    include_str!("script/parts.js"),
    include_str!("script/rank.js"),
    include_str!("script/marks.js"),
    include_str!("script/rounds.js"),
    "})();\n"
);

/// Those parts of it that other pages need for what documents hold: pictures that are read out, rounds one at a time.
pub(crate) const TOOLS: &str = concat!(
    include_str!("script/tools.js"),
    include_str!("script/marks.js"),
    include_str!("script/rounds.js"),
);

/// Nothing may be loaded, and no script may run but the page's own, which is known by its hash.
fn policy() -> String {
    let hash = hash(SCRIPT);
    format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src {hash}; base-uri 'none'; form-action 'none'"
    )
}

/// The answer of a document, to be shown within another page; empty where it has none.
pub fn answer(document: &Document) -> String {
    document.answer.as_ref().map_or(String::new(), first_screen)
}

/// The answer and the sections of a document, to be shown within another page: nothing of a page around them, and no script.
pub fn fragment(document: &Document) -> String {
    let mut out = answer(document);
    let sections = document.sections.iter().filter(|s| !s.blocks.is_empty());
    sections.enumerate().for_each(|(k, section)| self::section(&mut out, k, section));
    out
}

/// A picture with its figures folded beneath, to be shown within another page.
pub fn figure(picture: &Picture) -> String {
    let mut out = String::new();
    self::picture(&mut out, picture);
    out
}

/// The rules of a page: the colours, light and dark, and how everything that documents have is laid out.
pub(crate) fn style() -> String {
    let (light, dark) = (variables(false), variables(true));
    format!(
        ":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n\
         body{{font-family:{FONTS}}}\n{}{PAGE}",
        shared()
    )
}

/// How a policy knows a script: by what it is.
pub(crate) fn hash(script: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(Sha256::digest(script.as_bytes())))
}

/// As what a page opens; a key changes from one to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Page,
    Slides,
}

/// The page, ending in a line feed.
pub fn page(document: &Document) -> String {
    html(document, Look::Page)
}

/// The page as one that opens as slides, one question a screen.
pub fn slides(document: &Document) -> String {
    html(document, Look::Slides)
}

/// What a document says, without a page around it: for pages that have one of their own. Headings begin at the third level.
pub fn body(document: &Document) -> String {
    let mut out = String::new();
    document.lead.iter().for_each(|text| paragraph(&mut out, text));
    for section in document.sections.iter().filter(|s| !s.blocks.is_empty()) {
        let _ = writeln!(out, "<h3>{}</h3>", escape(&section.heading));
        section.blocks.iter().for_each(|block| self::block(&mut out, block));
    }
    out
}

fn html(document: &Document, look: Look) -> String {
    let mut out = String::new();
    let sections: Vec<&Section> = document.sections.iter().filter(|s| !s.blocks.is_empty()).collect();
    head(&mut out, document, look);
    let slides = document.answer.is_some() || sections.iter().any(|s| s.answer.is_some());
    contents(&mut out, &sections, slides);
    out.push_str("<main id=\"main\">\n");
    for (k, section) in sections.iter().enumerate() {
        self::section(&mut out, k, section);
    }
    out.push_str("</main>\n<footer>\n<h2 id=\"provenance\">Where this comes from</h2>\n<dl>\n");
    for (what, value) in &document.provenance {
        let _ = writeln!(out, "<dt>{}</dt><dd>{}</dd>", escape(what), escape(value));
    }
    out.push_str("</dl>\n</footer>\n");
    if slides || sections.iter().flat_map(|s| &s.blocks).any(moves) {
        let _ = writeln!(out, "<script>{SCRIPT}</script>");
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// Whether a block has anything for the script to do.
fn moves(block: &Block) -> bool {
    match block {
        Block::Picture(_) | Block::Rounds(_) => true,
        Block::Table(table) => !table.shades.is_empty(),
        _ => false,
    }
}

/// A section is a slide where it says in a sentence what it comes to.
fn section(out: &mut String, k: usize, section: &Section) {
    let class = match (&section.answer, section.fresh) {
        (Some(_), false) => " class=\"slide\"",
        (Some(_), true) => " class=\"slide fresh\"",
        (None, true) => " class=\"fresh\"",
        (None, false) => "",
    };
    let _ = writeln!(out, "<section{class} aria-labelledby=\"section-{k}\">");
    let _ = writeln!(out, "<h2 id=\"section-{k}\">{}</h2>", escape(&section.heading));
    if let Some(answer) = &section.answer {
        figures(out, answer);
    }
    if section.folded {
        out.push_str("<details class=\"part\">\n<summary>More on this</summary>\n");
    }
    section.blocks.iter().for_each(|block| self::block(out, block));
    if section.folded {
        out.push_str("</details>\n");
    }
    out.push_str("</section>\n");
}

/// The answer: the question, a sentence, bars that any width can show, and what it is not.
fn first_screen(answer: &Answer) -> String {
    let mut out = format!("<div class=\"answer slide\">\n<h2>{}</h2>\n", escape(&answer.question));
    figures(&mut out, answer);
    let _ = writeln!(out, "<p class=\"caveat\">{}</p>\n</div>", escape(&answer.caveat));
    out
}

/// The sentence and the bars of an answer.
fn figures(out: &mut String, answer: &Answer) {
    let _ = writeln!(out, "<p class=\"sum\">{}</p>", escape(&answer.sentence));
    if !answer.bars.is_empty() {
        let _ =
            writeln!(out, "<table class=\"bars\">\n<caption>{}</caption>\n<tbody>", escape(&answer.caption));
        for bar in answer.bars.iter().take(Answer::MOST) {
            let _ = writeln!(
                out,
                "<tr><th scope=\"row\">{}</th><td><span class=\"bar\" style=\"--of:{}.{:03}\"></span><span>{}</span></td></tr>",
                escape(&bar.label),
                bar.length / 1000,
                bar.length % 1000,
                escape(&bar.figure)
            );
        }
        out.push_str("</tbody>\n</table>\n");
    }
}

fn head(out: &mut String, document: &Document, look: Look) {
    let (title, kind) = (escape(&document.title), escape(&document.kind));
    let (policy, style) = (policy(), style());
    let class = if look == Look::Slides { " class=\"slides\"" } else { "" };
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"generator\" content=\"baraza {}\">\n<title>{title} – {kind}</title>\n<style>\n{style}</style>\n</head>\n<body{class}>\n\
         <a class=\"back\" href=\"#main\">To the text</a>\n\
         <header>\n<p class=\"kind\">{kind}</p>\n<h1>{title}</h1>\n",
        env!("CARGO_PKG_VERSION")
    );
    out.push_str(&answer(document));
    document.lead.iter().for_each(|text| paragraph(out, text));
    out.push_str("</header>\n");
}

/// The contents, folded where the answer is to be on the first screen.
fn contents(out: &mut String, sections: &[&Section], folded: bool) {
    out.push_str("<nav aria-label=\"Contents\">\n");
    if folded {
        out.push_str("<details>\n<summary>Contents</summary>\n");
    }
    out.push_str("<ol>\n");
    for (k, section) in sections.iter().enumerate() {
        let _ = writeln!(out, "<li><a href=\"#section-{k}\">{}</a></li>", escape(&section.heading));
    }
    out.push_str("<li><a href=\"#provenance\">Where this comes from</a></li>\n</ol>\n");
    if folded {
        out.push_str("</details>\n");
    }
    out.push_str("</nav>\n");
}

fn block(out: &mut String, block: &Block) {
    match block {
        Block::Heading(text) => drop(writeln!(out, "<h3>{}</h3>", escape(text))),
        Block::Paragraph(text) => paragraph(out, text),
        Block::List(entries) => list(out, entries),
        Block::Table(table) => self::table(out, table),
        Block::Folded(table) => folded(out, table, &table.caption),
        Block::Picture(picture) => self::picture(out, picture),
        Block::Telling(text) => drop(writeln!(out, "<pre class=\"telling\">{}</pre>", escape(text))),
        Block::Key(text) => {
            out.push_str("<details class=\"key\">\n<summary>Look for</summary>\n");
            paragraph(out, text);
            out.push_str("</details>\n");
        }
        Block::Rounds(rounds) => self::rounds(out, rounds),
        Block::Command(text) => drop(writeln!(out, "<pre><code>{}</code></pre>", escape(text))),
        Block::Note(text) => {
            let _ = writeln!(out, "<div class=\"note\" role=\"note\"><p>{}</p></div>", escape(text));
        }
        Block::Question(text) => {
            let _ = writeln!(out, "<blockquote class=\"question\"><p>{}</p></blockquote>", escape(text));
        }
    }
}

/// Round after round; the script puts a slider above them.
fn rounds(out: &mut String, rounds: &Rounds) {
    let _ = writeln!(out, "<div class=\"rounds\">\n<p class=\"caption\">{}</p>", escape(&rounds.caption));
    for round in &rounds.rounds {
        let _ =
            writeln!(out, "<div class=\"step\">\n<h3>{}</h3>\n<div class=\"sides\">", escape(&round.label));
        for (name, entries) in rounds.sides.iter().zip(&round.sides) {
            let _ = writeln!(out, "<div>\n<p class=\"side\">{}</p>", escape(name));
            match entries.as_slice() {
                [] => paragraph(out, Rounds::NOTHING),
                entries => list(out, entries),
            }
            out.push_str("</div>\n");
        }
        out.push_str("</div>\n</div>\n");
    }
    out.push_str("</div>\n");
}

fn list(out: &mut String, entries: &[String]) {
    out.push_str("<ul>\n");
    for entry in entries {
        let _ = writeln!(out, "<li>{}</li>", escape(entry));
    }
    out.push_str("</ul>\n");
}

fn paragraph(out: &mut String, text: &str) {
    let _ = writeln!(out, "<p>{}</p>", escape(text));
}

fn picture(out: &mut String, picture: &Picture) {
    // On a phone a picture is moved sideways rather than shrunk until nobody can read it.
    let _ = write!(
        out,
        "<figure id=\"{}\">\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">\n{}</div>\n",
        picture.name,
        escape(&format!("Picture: {}", picture.title)),
        picture.inline()
    );
    folded(out, &picture.table, "The figures of this picture");
    out.push_str("</figure>\n");
}

fn folded(out: &mut String, table: &Table, summary: &str) {
    let _ = writeln!(out, "<details>\n<summary>{}</summary>", escape(summary));
    self::table(out, table);
    out.push_str("</details>\n");
}

fn table(out: &mut String, table: &Table) {
    let class: Vec<&str> = (0..table.columns.len())
        .map(|k| if k > 0 && table.is_numeric(k) { " class=\"n\"" } else { "" })
        .collect();
    let caption = escape(&table.caption);
    let matrix = if table.shades.is_empty() { "" } else { " class=\"matrix\"" };
    let _ = write!(
        out,
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{caption}\">\n\
         <table{matrix}>\n<caption><span>{caption}</span></caption>\n<thead>\n<tr>"
    );
    for (column, class) in table.columns.iter().zip(&class) {
        let _ = write!(out, "<th scope=\"col\"{class}>{}</th>", escape(column));
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for (r, row) in table.rows.iter().enumerate() {
        // A row without shades is what the others are compared with: it keeps its place.
        let fixed = table.shades.get(r).is_some_and(Vec::is_empty);
        out.push_str(if fixed { "<tr class=\"fixed\">" } else { "<tr>" });
        for (k, cell) in row.iter().enumerate() {
            let cell = escape(cell);
            let shade =
                table.shades.get(r).and_then(|shades| shades.get(k)).map(|s| shade(*s)).unwrap_or_default();
            let _ = match k {
                // Nothing heads no row.
                0 if cell.is_empty() => write!(out, "<td></td>"),
                0 => write!(out, "<th scope=\"row\">{cell}</th>"),
                _ => write!(out, "<td{}{shade}>{cell}</td>", class[k]),
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}

/// The colour of a cell: one for more, one for less, up to half of it so that ink stays readable.
fn shade(percent: i8) -> String {
    let colour = if percent < 0 { "s4" } else { "s0" };
    match percent.unsigned_abs().min(100) / 2 {
        0 => String::new(),
        part => format!(" style=\"background:color-mix(in srgb,var(--{colour}) {part}%,transparent)\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Round;

    fn shown(block: Block) -> String {
        let mut section = Section::new("Part");
        section.push(block);
        page(&Document { title: "Talks".into(), sections: vec![section], ..Document::default() })
    }

    #[test]
    fn rounds_stand_side_by_side_without_a_script_too() {
        let sides = [vec!["The South <walks> out".to_owned()], Vec::new()];
        let rounds = Rounds {
            caption: "Run 7".into(),
            sides: ["As it stands".into(), "With the change".into()],
            rounds: vec![Round { label: "Round 3".into(), sides }],
        };
        let html = shown(Block::Rounds(rounds));
        assert!(html.contains("<h3>Round 3</h3>") && html.contains("<li>The South &lt;walks&gt; out</li>"));
        assert!(html.contains("<p class=\"side\">With the change</p>\n<p>–</p>"));
        assert_eq!(html.matches("<script>").count(), 1);
    }

    #[test]
    fn a_page_without_anything_to_move_has_no_script() {
        assert!(!shown(Block::Key("Who is <named>".into())).contains("<script"));
        let table = Table::new("Points", ["who", "points"]);
        assert!(!shown(Block::Table(table)).contains("<script"));
    }

    #[test]
    fn what_others_are_compared_with_keeps_its_place() {
        let mut table = Table::new("Differences", ["what if", "peace"]);
        table.push(["As it stands", "12%"]);
        table.push(["Help", "+3.0"]);
        table.shades = vec![Vec::new(), vec![0, 3]];
        let html = shown(Block::Table(table));
        assert!(html.contains("<tr class=\"fixed\"><th scope=\"row\">As it stands"));
        assert!(html.contains("<tr><th scope=\"row\">Help") && html.contains("<script>"));
    }
}
