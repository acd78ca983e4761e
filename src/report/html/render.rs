//! A document as HTML. Every text goes through [`escape`].

use std::fmt::Write;

use crate::report::chart::{FONTS, Picture, escape, shared, variables};
use crate::report::table::Table;

use super::{Block, Document, Section};

/// The rules of the page itself.
const PAGE: &str = include_str!("page.css");

/// Nothing may be loaded and no script may run, even if one were smuggled in.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The whole page.
pub(super) fn html(document: &Document) -> String {
    let mut out = String::new();
    head(&mut out, document);
    let sections: Vec<&Section> = document.sections.iter().filter(|s| !s.blocks.is_empty()).collect();
    contents(&mut out, &sections);
    out.push_str("<main id=\"main\">\n");
    for (k, section) in sections.iter().enumerate() {
        let _ = writeln!(
            out,
            "<section{} aria-labelledby=\"section-{k}\">\n<h2 id=\"section-{k}\">{}</h2>",
            if section.fresh { " class=\"fresh\"" } else { "" },
            escape(&section.heading)
        );
        section.blocks.iter().for_each(|block| self::block(&mut out, block));
        out.push_str("</section>\n");
    }
    out.push_str("</main>\n<footer>\n<h2 id=\"provenance\">Where this comes from</h2>\n<dl>\n");
    for (what, value) in &document.provenance {
        let _ = writeln!(out, "<dt>{}</dt><dd>{}</dd>", escape(what), escape(value));
    }
    out.push_str("</dl>\n</footer>\n</body>\n</html>\n");
    out
}

fn head(out: &mut String, document: &Document) {
    let (title, kind) = (escape(&document.title), escape(&document.kind));
    let (light, dark) = (variables(false), variables(true));
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"generator\" content=\"baraza {}\">\n<title>{title} – {kind}</title>\n<style>\n\
         :root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n\
         body{{font-family:{FONTS}}}\n{}{PAGE}</style>\n</head>\n<body>\n\
         <a class=\"back\" href=\"#main\">To the text</a>\n\
         <header>\n<p class=\"kind\">{kind}</p>\n<h1>{title}</h1>\n",
        env!("CARGO_PKG_VERSION"),
        shared()
    );
    document.lead.iter().for_each(|text| paragraph(out, text));
    out.push_str("</header>\n");
}

fn contents(out: &mut String, sections: &[&Section]) {
    out.push_str("<nav aria-label=\"Contents\">\n<ol>\n");
    for (k, section) in sections.iter().enumerate() {
        let _ = writeln!(out, "<li><a href=\"#section-{k}\">{}</a></li>", escape(&section.heading));
    }
    out.push_str("<li><a href=\"#provenance\">Where this comes from</a></li>\n</ol>\n</nav>\n");
}

fn block(out: &mut String, block: &Block) {
    match block {
        Block::Heading(text) => drop(writeln!(out, "<h3>{}</h3>", escape(text))),
        Block::Paragraph(text) => paragraph(out, text),
        Block::List(entries) => {
            out.push_str("<ul>\n");
            for entry in entries {
                let _ = writeln!(out, "<li>{}</li>", escape(entry));
            }
            out.push_str("</ul>\n");
        }
        Block::Table(table) => self::table(out, table),
        Block::Folded(table) => folded(out, table, &table.caption),
        Block::Picture(picture) => self::picture(out, picture),
        Block::Command(text) => drop(writeln!(out, "<pre><code>{}</code></pre>", escape(text))),
        Block::Note(text) => {
            let _ = writeln!(out, "<div class=\"note\" role=\"note\"><p>{}</p></div>", escape(text));
        }
        Block::Question(text) => {
            let _ = writeln!(out, "<blockquote class=\"question\"><p>{}</p></blockquote>", escape(text));
        }
    }
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
    let _ = write!(
        out,
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{caption}\">\n\
         <table>\n<caption>{caption}</caption>\n<thead>\n<tr>"
    );
    for (column, class) in table.columns.iter().zip(&class) {
        let _ = write!(out, "<th scope=\"col\"{class}>{}</th>", escape(column));
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for (k, cell) in row.iter().enumerate() {
            let cell = escape(cell);
            let _ = match k {
                0 => write!(out, "<th scope=\"row\">{cell}</th>"),
                _ => write!(out, "<td{}>{cell}</td>", class[k]),
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}
