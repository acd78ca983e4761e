//! What all pages have in common: the shell, and the parts of forms. Every text goes through [`escape`].

use std::fmt::Write;

use crate::chart::{FONTS, escape, variables};
use crate::room::{Poll, Seen, Spread};
use crate::session::orders::Kind;

/// The style of all pages.
pub(super) fn style() -> String {
    let (light, dark) = (variables(false), variables(true));
    format!(
        ":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\nbody{{font-family:{FONTS}}}\n{}",
        include_str!("class.css")
    )
}

/// The script of all pages that follow what happens.
pub(super) const SCRIPT: &str = include_str!("live.js");

/// Nothing comes from elsewhere, and nothing runs but the one script of this server.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; \
                                 form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A page.
pub(super) struct Shell<'a> {
    /// Its title.
    pub title: &'a str,
    /// The line above it.
    pub kind: &'a str,
    /// The class of its body.
    pub class: &'a str,
    /// Where its parts are fetched anew and where it hears of changes; nothing: it stays as it is.
    pub live: Option<(&'a str, &'a str)>,
}

impl Shell<'_> {
    /// The whole page with these parts.
    pub fn page(&self, parts: &str) -> String {
        let (title, kind, class) = (escape(self.title), escape(self.kind), self.class);
        let (part, script) = match self.live {
            Some((part, live)) => (
                format!(" data-part=\"{part}\" data-live=\"{live}\""),
                "<script src=\"/live.js\" defer></script>\n",
            ),
            None => (String::new(), ""),
        };
        format!(
            "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"robots\" content=\"noindex\">\n\
             <title>{title} – Baraza</title>\n<link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"/class.css\">\n{script}</head>\n\
             <body class=\"{class}\">\n<a class=\"back\" href=\"#main\">To the text</a>\n\
             <header>\n<p class=\"quiet\">{kind}</p>\n<h1>{title}</h1>\n<p id=\"line\" role=\"status\"></p>\n</header>\n\
             <main id=\"main\"{part}>\n{parts}</main>\n</body>\n</html>\n"
        )
    }
}

/// A part of a page, replaced as a whole when it changes.
pub(super) fn part(out: &mut String, id: &str, heading: &str, inside: &str) {
    let _ = write!(
        out,
        "<section id=\"{id}\" aria-labelledby=\"{id}-h\">\n<h2 id=\"{id}-h\">{}</h2>\n{inside}</section>\n",
        escape(heading)
    );
}

/// What is left of a round's clock; the script counts on.
pub(super) fn clock(out: &mut String, clock: Option<(u8, u64)>, paused: bool) {
    let Some((round, left)) = clock else { return };
    let shown = format!("{}:{:02}", left / 60, left % 60);
    let live = if paused { String::new() } else { format!(" data-left=\"{left}\"") };
    let _ = writeln!(
        out,
        "<p class=\"clock\">Time left for round {round}: <b{live}>{shown}</b>. Then the model plays for whoever has not signed off.</p>"
    );
}

/// For how long something has lasted; the script counts on.
pub(super) fn past(seconds: u64) -> String {
    format!("<span data-past=\"{seconds}\">{} min</span>", seconds / 60)
}

/// Counts as bars, one a row, with how many there are.
pub(super) fn counts(out: &mut String, of: &str, rows: &[(String, u32)]) {
    let most = rows.iter().map(|r| r.1).max().unwrap_or(0).max(1);
    let _ = writeln!(
        out,
        "<table class=\"bars\"><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">How many</th></tr></thead><tbody>",
        escape(of)
    );
    for (label, count) in rows {
        // The widths are attributes of a picture: styles within the text are not allowed here.
        let width = f64::from(*count) * 160.0 / f64::from(most) + 1.0;
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td><svg class=\"line-bar\" width=\"{width:.0}\" height=\"12\" aria-hidden=\"true\">\
             <rect class=\"as-is\" width=\"100%\" height=\"12\"/></svg> {count}</td></tr>",
            escape(label)
        );
    }
    out.push_str("</tbody></table>\n");
}

/// How the class predicts.
pub(super) fn spreads(out: &mut String, spreads: &[Spread]) {
    for spread in spreads {
        let _ = writeln!(
            out,
            "<h3>{}</h3><p class=\"quiet\">Before round {}: {} answers, on average {:.0} %.</p>",
            escape(&spread.question),
            spread.round,
            spread.answers(),
            spread.mean * 100.0
        );
        let label = |k: usize| format!("{} to {} %", k * 10, if k == 9 { 100 } else { k * 10 + 9 });
        let rows: Vec<(String, u32)> =
            spread.bins.iter().enumerate().map(|(k, count)| (label(k), *count)).collect();
        counts(out, "Chance", &rows);
    }
}

/// How a vote stands: how many have voted, and once it is closed for what.
pub(super) fn poll(out: &mut String, poll: &Poll, joined: Option<usize>) {
    let of = joined.map_or_else(String::new, |n| format!(" of {n}"));
    let _ = writeln!(out, "<p>{}{of} have voted.</p>", poll.voted);
    if poll.closed() {
        let rows: Vec<(String, u32)> =
            poll.options.iter().map(|(option, votes)| (option.clone(), votes.unwrap_or(0))).collect();
        counts(out, "Votes for", &rows);
    }
}

/// A hidden field.
pub(super) fn hidden(name: &str, value: &str) -> String {
    format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escape(value))
}

/// What can be written into a field of a sheet, with what is written there.
///
/// `name` is that under which the form sends it.
pub(super) fn input(out: &mut String, (id, name): (&str, &str), seen: &Seen) {
    let (kind, known, words) = (&seen.field.kind, &seen.told.words[..], &seen.words[..]);
    let name = escape(name);
    let shown = |word: &str, meaning: &str| {
        let plain = word.replace('-', " ");
        match meaning {
            "" => escape(&plain),
            m if word.contains(':') || known.len() > 4 => escape(m),
            m => format!(
                "<span><b>{}</b><br><span class=\"quiet\">{}</span></span>",
                escape(&plain),
                escape(m)
            ),
        }
    };
    match kind {
        Kind::Share => {
            let value = words.first().map_or("", String::as_str);
            let _ = writeln!(
                out,
                "<label class=\"line\" for=\"{id}-n\">0 to 100; empty: as the model would</label>\
                 <input id=\"{id}-n\" type=\"number\" name=\"{name}\" min=\"0\" max=\"100\" step=\"0.1\" inputmode=\"decimal\" value=\"{}\">",
                escape(value)
            );
        }
        Kind::One(_) | Kind::Several(_) => {
            let several = matches!(kind, Kind::Several(_));
            let (what, none) =
                if several { ("checkbox", words.is_empty()) } else { ("radio", words.is_empty()) };
            if !several {
                let checked = if none { " checked" } else { "" };
                let _ = writeln!(
                    out,
                    "<label class=\"pick\"><input type=\"radio\" id=\"{id}-m\" name=\"{name}\" value=\"\"{checked}><span>as the model would</span></label>"
                );
            }
            for (k, (word, meaning)) in known.iter().enumerate() {
                let checked = if words.contains(word) { " checked" } else { "" };
                let _ = writeln!(
                    out,
                    "<label class=\"pick\"><input type=\"{what}\" id=\"{id}-{k}\" name=\"{name}\" value=\"{}\"{checked}><span>{}</span></label>",
                    escape(word),
                    shown(word, meaning)
                );
            }
        }
        Kind::Ranked(_) | Kind::Moves(..) => {
            let places = match kind {
                Kind::Moves(_, moves) => usize::from(*moves).min(6),
                _ => known.len().min((words.len() + 1).max(3)),
            };
            for place in 0..places {
                let label = match kind {
                    Kind::Moves(..) => format!("Move {}", place + 1),
                    _ => format!("{}. choice", place + 1),
                };
                let chosen = words.get(place).map_or("", String::as_str);
                let _ = write!(
                    out,
                    "<label class=\"line\" for=\"{id}-{place}\">{label}</label><select id=\"{id}-{place}\" name=\"{name}\">\
                     <option value=\"\">{}</option>",
                    if place == 0 { "as the model would" } else { "–" }
                );
                for (word, meaning) in known {
                    let selected = if word == chosen { " selected" } else { "" };
                    let text = match meaning.as_str() {
                        "" => word.replace('-', " "),
                        m if m.chars().count() > 90 => word.replace('-', " "),
                        m => m.to_owned(),
                    };
                    let _ = write!(
                        out,
                        "<option value=\"{}\"{selected}>{}</option>",
                        escape(word),
                        escape(&text)
                    );
                }
                out.push_str("</select>\n");
            }
        }
    }
}
