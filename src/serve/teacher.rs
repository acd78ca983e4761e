//! The teacher's console.

use std::fmt::Write;

use crate::chart::escape;
use crate::domain::WhatIf;
use crate::room::{Kind, MINUTES, Room};
use crate::session::Holder;

use super::page::{self, hidden, part};
use super::what_if::{Answer, bars};

/// What the console shows that is not in the room.
pub(super) struct Desk<'a> {
    /// That forms came from this page.
    pub proof: &'a str,
    /// Addresses for students.
    pub addresses: &'a [String],
    /// Requests that were refused, in words.
    pub refused: &'a [String],
    /// The answer to the what-if before the class.
    pub answer: Option<&'a Answer>,
    /// How far the debriefing's pages are.
    pub debrief: &'a str,
}

struct Forms<'a>(&'a str);

impl Forms<'_> {
    /// A form of one button.
    fn button(&self, what: &str, fields: &[(&str, &str)], label: &str, sure: &str) -> String {
        let fields: String = fields.iter().map(|(name, value)| hidden(name, value)).collect();
        let sure = if sure.is_empty() { String::new() } else { format!(" data-sure=\"{}\"", escape(sure)) };
        format!(
            "<form method=\"post\" action=\"/teacher/do\"{sure}>{}{}{fields}<button>{}</button></form>",
            hidden("proof", self.0),
            hidden("do", what),
            escape(label)
        )
    }

    fn open(&self, what: &str) -> String {
        format!(
            "<form method=\"post\" action=\"/teacher/do\" class=\"row\" data-clear=\"1\">{}{}",
            hidden("proof", self.0),
            hidden("do", what)
        )
    }
}

/// The sheet of a role, to be entered from paper.
pub(super) fn sheet(room: &Room, (group, role): (usize, &str), proof: &str) -> Option<String> {
    let (seen, round) = (room.sheet(group, role)?, room.due(Some(group)));
    let mut inside = String::from("<p><a class=\"button\" href=\"/teacher\">Back to the console</a></p>\n");
    match round {
        None => inside += "<p>The talks of this group are over.</p>\n",
        Some(round) => {
            inside += "<p class=\"quiet\">It takes the place of what the team wrote, and counts as signed off. This page shows what the role \
                       knows: do not project it.</p>\n";
            let _ = write!(
                inside,
                "<form method=\"post\" action=\"/teacher/do\" data-plain=\"1\">{}{}{}{}{}",
                hidden("proof", proof),
                hidden("do", "enter"),
                hidden("group", &group.to_string()),
                hidden("role", role),
                hidden("round", &round.to_string())
            );
            for (k, seen) in seen.iter().enumerate() {
                let _ = writeln!(inside, "<fieldset><legend>{}</legend>", escape(&seen.told.title));
                page::input(&mut inside, (&format!("f{k}"), &format!("{FIELD}{}", seen.field.key)), seen);
                inside += "</fieldset>\n";
            }
            inside += "<button class=\"main\">Enter these orders</button></form>\n";
        }
    }
    let mut out = String::new();
    let heading = match round {
        Some(round) => format!("{}, group {group}: orders for round {round}", room.title(role)),
        None => format!("{}, group {group}", room.title(role)),
    };
    part(&mut out, "sheet", &heading, &inside);
    Some(out)
}

/// What stands before the key of a field in the form of a whole sheet.
pub(super) const FIELD: &str = "field:";

/// The parts of the console.
pub(super) fn parts(room: &Room, desk: &Desk) -> String {
    let mut out = String::new();
    let forms = Forms(desk.proof);
    now(&mut out, room, &forms);
    groups(&mut out, room, &forms);
    lesson(&mut out, room, &forms);
    predictions(&mut out, room, &forms);
    vote(&mut out, room, &forms);
    events(&mut out, room, &forms);
    what_ifs(&mut out, room, &forms, desk);
    people(&mut out, room, &forms);
    folder(&mut out, room, desk);
    out
}

fn now(out: &mut String, room: &Room, forms: &Forms) {
    let mut inside = String::new();
    let waits: usize = (1..=room.groups().len()).map(|g| room.waits_for(g).len()).sum();
    inside += "<div class=\"row\">";
    if let Some(round) = room.due(None) {
        let label = match waits {
            0 => format!("Close round {round} and play it"),
            1 => format!("Close round {round}: 1 team has not signed, the model plays for it"),
            n => format!("Close round {round}: {n} teams have not signed, the model plays for them"),
        };
        let sure = if waits == 0 {
            ""
        } else {
            "Teams that have not signed are played by the model in this round. Close it?"
        };
        inside += &forms
            .button("close", &[("round", &round.to_string())], &label, sure)
            .replace("<button>", "<button class=\"main\">");
    } else {
        inside += "<p>The talks of all groups are over.</p>";
    }
    inside += &match room.paused() {
        true => forms.button("pause", &[("on", "no")], "Go on", ""),
        false => forms.button("pause", &[("on", "yes")], "Halt", ""),
    };
    inside += &match room.joining() {
        true => forms.button("joining", &[("open", "no")], "Close joining", ""),
        false => forms.button("joining", &[("open", "yes")], "Open joining", ""),
    };
    inside += "<a class=\"button\" href=\"/project\" target=\"_blank\">Projector view</a></div>\n";
    clock(&mut inside, room, forms);
    inside += &forms.open("message");
    inside += "<label class=\"grow\">Tell all (not kept; empty takes it away)<input type=\"text\" name=\"text\" maxlength=\"300\"></label><button>Tell</button><p role=\"status\"></p></form>\n";
    part(out, "now", "Now", &inside);
}

fn clock(out: &mut String, room: &Room, forms: &Forms) {
    if room.due(None).is_none() {
        return;
    }
    page::clock(out, room.seconds_left(), room.paused());
    *out += &forms.open("clock");
    let _ = writeln!(
        out,
        "<label>Minutes for this round<input type=\"number\" name=\"minutes\" min=\"1\" max=\"{MINUTES}\" step=\"1\" required \
         inputmode=\"numeric\"></label><button>Set the clock</button><p role=\"status\"></p></form>"
    );
    if room.clock().is_some() {
        *out += &forms.button("clock", &[], "Take the clock away", "");
    }
}

fn groups(out: &mut String, room: &Room, forms: &Forms) {
    let mut inside = String::from("<div class=\"groups\">\n");
    for (k, group) in room.groups().iter().enumerate() {
        let (number, table) = (k + 1, group.session.table());
        let id = number.to_string();
        let _ = match room.outcome(number) {
            Some(outcome) => writeln!(inside, "<div><h3>Group {number}: {}</h3>", escape(&outcome)),
            None => writeln!(
                inside,
                "<div><h3>Group {number}: round {} of {}</h3>",
                table.round(),
                room.model().world.rounds
            ),
        };
        inside += "<table><thead><tr><th scope=\"col\">Role</th><th scope=\"col\">Team</th><th scope=\"col\">Orders</th><th scope=\"col\">Seat</th></tr></thead><tbody>\n";
        for role in &room.header().roles {
            let people = room.people();
            let team: Vec<String> = people
                .on_team(number, role)
                .map(|(who, s)| {
                    format!(
                        "{}{}",
                        escape(&s.name),
                        if people.is_there(who, room.now()) { "" } else { " (away)" }
                    )
                })
                .collect();
            let held = group.session.holder(role) == Some(Holder::Person);
            let orders = match (group.session.sheet(role), table.over()) {
                (_, true) => String::new(),
                (Some(sheet), _) => format!("<span class=\"done\">signed: {}</span>", sheet.len()),
                (None, _) if !held => "model".into(),
                (None, _) if team.is_empty() => "model (nobody is there)".into(),
                (None, _) => match room.waited_since(number) {
                    Some(since) => format!(
                        "<span class=\"open\">waited for: {}</span>",
                        page::past(room.now().saturating_sub(since) / 1000)
                    ),
                    None => "<span class=\"open\">waited for</span>".into(),
                },
            };
            let (to, label) = if held { ("model", "To the model") } else { ("person", "To its team") };
            let seat = forms.button("seat", &[("group", &id), ("role", role), ("to", to)], label, "");
            let enter = match table.over() {
                true => String::new(),
                false => format!(
                    "<a class=\"button\" href=\"/teacher/sheet/{id}/{}\">Enter a sheet</a>",
                    escape(role)
                ),
            };
            let _ = writeln!(
                inside,
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{orders}</td><td>{seat}{enter}</td></tr>",
                escape(&room.title(role)),
                team.join(", ")
            );
        }
        inside += "</tbody></table>\n<div class=\"row\">";
        if room.groups().len() > 1 && !table.over() {
            inside += &forms.button(
                "close",
                &[("group", &id), ("round", &table.round().to_string())],
                "Close this group's round",
                "",
            );
        }
        if group.session.branches()[group.session.current() - 1].closed > 0 && !room.model().world.one_way() {
            let sure =
                format!("Take the last round of group {number} back? It stays in the log as a branch.");
            inside += &forms.button("take-back", &[("group", &id)], "Take the last round back", &sure);
        }
        inside += "</div></div>\n";
    }
    inside += "</div>\n<p role=\"status\"></p>\n";
    part(out, "groups", "Groups", &inside);
}

fn lesson(out: &mut String, room: &Room, forms: &Forms) {
    let (now, _) = room.stage();
    let mut inside = String::new();
    let total = room.lesson().minutes();
    if total > 0 {
        let _ = writeln!(inside, "<p class=\"quiet\">{}: {total} minutes</p>", escape(&room.lesson().title));
    }
    inside += "<ol>\n";
    for (k, stage) in room.lesson().stages.iter().enumerate() {
        let number = k + 1;
        let minutes = if stage.minutes > 0 { format!(" · {} min", stage.minutes) } else { String::new() };
        let sure = match stage.kind {
            Kind::Debrief if !room.debriefed() => {
                "The debriefing opens to all what the roles hid from each other, in all groups. Open it?"
            }
            _ => "",
        };
        let here = if number == now { " aria-current=\"step\"" } else { "" };
        let mark = if number == now { "<b>now:</b> " } else { "" };
        let button = match number == now {
            true => String::new(),
            false => forms.button("step", &[("number", &number.to_string())], "Go here", sure),
        };
        let _ = writeln!(
            inside,
            "<li{here}><div class=\"row\"><span class=\"grow\">{mark}{}{minutes}</span>{button}</div></li>",
            escape(&stage.title)
        );
    }
    inside += "</ol>\n";
    part(out, "lesson", "The lesson", &inside);
}

fn predictions(out: &mut String, room: &Room, forms: &Forms) {
    let spreads = room.spreads();
    if spreads.is_empty() {
        return;
    }
    let mut inside = String::new();
    for spread in spreads.iter().filter(|s| !s.shown) {
        let _ = writeln!(
            inside,
            "<p>{} <span class=\"quiet\">Before round {}: {} of {} have answered.</span></p>",
            escape(&spread.question),
            spread.round,
            spread.answers(),
            room.people().count()
        );
        let fields = [("question", spread.id.as_str()), ("round", &spread.round.to_string())];
        inside += &forms.button(
            "spread",
            &fields,
            "Show all how the class predicts",
            "Nobody can answer this question any more once the answers are shown. Show them?",
        );
    }
    page::spreads(&mut inside, &room.shown_spreads());
    part(out, "predictions", "Predictions", &inside);
}

fn vote(out: &mut String, room: &Room, forms: &Forms) {
    let Some(poll) = room.poll() else { return };
    let mut inside = String::new();
    page::poll(&mut inside, &poll, Some(room.people().count()));
    if !poll.closed() {
        let sure = "Nobody can vote any more once it is closed. Close it and show how it went?";
        inside += &forms.button("count", &[], "Close the vote and show how it went", sure);
    }
    part(out, "vote", "The vote", &inside);
}

fn events(out: &mut String, room: &Room, forms: &Forms) {
    let mut inside = String::from(
        "<p class=\"quiet\">It happens before the round that is due, in all groups or in one.</p>\n",
    );
    let groups: String =
        (1..=room.groups().len()).map(|g| format!("<option value=\"{g}\">group {g}</option>")).collect();
    let select = format!(
        "<label>Where<select name=\"group\"><option value=\"\">all groups</option>{groups}</select></label>"
    );
    let events = &room.model().world.events;
    if !events.is_empty() {
        inside += &forms.open("inject");
        inside += "<label class=\"grow\">An event of the scenario<select name=\"effect\">";
        for event in events {
            let _ = write!(
                inside,
                "<option value=\"event.{}\">{}</option>",
                escape(&event.name.id),
                escape(&crate::telling::play::plain(&event.name.title))
            );
        }
        let _ = writeln!(
            inside,
            "</select></label>{select}<button>Let it happen</button><p role=\"status\"></p></form>"
        );
    }
    inside += &forms.open("inject");
    let _ = writeln!(
        inside,
        "<label class=\"grow\">An effect of your own<input type=\"text\" name=\"effect\" maxlength=\"200\" placeholder=\"path += 1\" required></label>{select}\
         <button>Let it happen</button><p role=\"status\"></p></form>"
    );
    part(out, "events", "Events", &inside);
}

fn what_ifs(out: &mut String, room: &Room, forms: &Forms, desk: &Desk) {
    let all = room.model().world.class_what_ifs();
    let mut inside = String::new();
    if !all.is_empty() {
        own_what_ifs(&mut inside, &all, room, forms);
    }
    inside += &forms.open("ask");
    inside += "<label class=\"grow\">Or values of your own, as <code>path=value</code>; a semicolon between several<input type=\"text\" name=\"what-if\" \
               maxlength=\"300\" pattern=\".*=.*\" required></label>\
               <label class=\"grow\">What the class is asked: it sees no paths and no values<input type=\"text\" name=\"question\" maxlength=\"300\"></label>\
               <button>Put it to the class</button><p role=\"status\"></p></form>\n";
    if let Some(asked) = room.asked() {
        let known = all.iter().find(|w| w.name.id == asked).map_or(asked, |w| w.name.title.as_str());
        let _ =
            writeln!(inside, "<h3>Before the class: {}</h3>", escape(&crate::telling::play::plain(known)));
        inside += &guesses(room, asked);
        inside += &match (room.answered(asked), desk.answer) {
            (false, _) => forms.button("answer", &[], "Show the answer", ""),
            (true, Some(answer)) => bars(answer, &outcomes(room)),
            (true, None) => "<p>The answer is being worked out …</p>".into(),
        };
        inside += &forms.button("withdraw", &[], "Take it away", "");
    }
    part(out, "what-ifs", "What if …", &inside);
}

fn own_what_ifs(inside: &mut String, all: &[&WhatIf], room: &Room, forms: &Forms) {
    *inside += &forms.open("ask");
    *inside += "<label class=\"grow\">A what-if of the scenario<select name=\"what-if\">";
    for what_if in all {
        let selected = if room.asked() == Some(what_if.name.id.as_str()) { " selected" } else { "" };
        let title = crate::telling::play::plain(&what_if.name.title);
        let _ = write!(
            inside,
            "<option value=\"{}\"{selected}>{}</option>",
            escape(&what_if.name.id),
            escape(&title)
        );
    }
    *inside += "</select></label><button>Put it to the class</button><p role=\"status\"></p></form>\n";
}

/// What the class guessed: how many, and once the answer is shown what. Who has not guessed yet must not be led.
pub(super) fn guesses(room: &Room, what_if: &str) -> String {
    let guessed = room.guessed(what_if);
    let count: u32 = guessed.iter().map(|g| g.1).sum();
    let mut out = format!("<p>{count} of {} have guessed.</p>\n", room.people().count());
    if room.answered(what_if) && count > 0 {
        let titles = outcomes(room);
        let title = |id: &String| titles.iter().find(|o| o.0 == *id).map_or(id.clone(), |o| o.1.clone());
        let rows: Vec<(String, u32)> = guessed.iter().map(|(id, count)| (title(id), *count)).collect();
        page::counts(&mut out, "The class guessed", &rows);
    }
    out
}

/// Ids and titles of the outcomes.
pub(super) fn outcomes(room: &Room) -> Vec<(String, String)> {
    let all = room.model().world.outcomes.iter();
    all.map(|o| (o.name.id.clone(), crate::telling::play::plain(&o.name.title))).collect()
}

fn people(out: &mut String, room: &Room, forms: &Forms) {
    let people = room.people();
    let there = people.all().filter(|(who, _)| people.is_there(who, room.now())).count();
    let mut inside = format!("<p>{} joined, {there} are there now.</p>\n", people.count());
    inside += "<details id=\"d-people\"><summary>Everybody</summary>\n<table><thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Team</th><th scope=\"col\">Move</th><th scope=\"col\">Seat</th></tr></thead><tbody>\n";
    let teams: Vec<(usize, String)> = room.teams().collect();
    for (who, student) in people.all() {
        let team = student
            .team
            .as_ref()
            .map_or_else(|| "–".into(), |(g, role)| format!("{} · {g}", room.title(role)));
        let mut options = String::new();
        for (group, role) in &teams {
            let here = student.team.as_ref() == Some(&(*group, role.clone()));
            let selected = if here { " selected" } else { "" };
            let _ = write!(
                options,
                "<option value=\"{group}/{}\"{selected}>{} · {group}</option>",
                escape(role),
                escape(&room.title(role))
            );
        }
        let shift = format!(
            "{}{}<label>Team of {}<select name=\"team\">{options}</select></label><button>Move</button></form>",
            forms.open("assign"),
            hidden("who", who),
            escape(&student.name)
        );
        let issue = forms.button(
            "issue",
            &[("who", who)],
            "New link",
            "The phone that has this seat now loses it. Issue it anew?",
        );
        let link = match student.issue {
            0 => String::new(),
            _ => people.token(who).map_or_else(String::new, |t| {
                format!("<p class=\"quiet\"><code>/seat/{}</code></p>", escape(&t))
            }),
        };
        let _ = writeln!(
            inside,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{shift}</td><td>{issue}{link}</td></tr>",
            escape(&student.name),
            escape(&team)
        );
    }
    inside += "</tbody></table></details>\n";
    part(out, "people", "Students", &inside);
}

fn folder(out: &mut String, room: &Room, desk: &Desk) {
    let mut inside = format!(
        "<p>Everything is kept in <code>{}</code>.</p>\n",
        escape(&room.folder().path().display().to_string())
    );
    inside += "<form method=\"get\" action=\"/teacher/export\" class=\"row\" data-plain=\"1\">\
               <label class=\"pick\"><input type=\"checkbox\" id=\"names\" name=\"names\" value=\"yes\"><span>with the names</span></label>\
               <button>Export everything</button></form>\n\
               <p class=\"quiet\">One file (.zip) without the secrets of seats; without the names it holds ids drawn at random.</p>\n";
    let addresses: Vec<String> = desk.addresses.iter().map(|a| format!("<li>{}</li>", escape(a))).collect();
    let _ = writeln!(
        inside,
        "<p>Students join at one of these, with the code <b>{}</b>:</p><ul>{}</ul>",
        escape(&room.header().code),
        addresses.concat()
    );
    inside += "<p class=\"quiet\">This is plain http: whoever is in the same network can overhear it.</p>\n";
    if !desk.refused.is_empty() {
        let refused: Vec<String> = desk.refused.iter().map(|r| format!("<li>{}</li>", escape(r))).collect();
        let _ = writeln!(inside, "<h3>Refused</h3><ul>{}</ul>", refused.concat());
    }
    if room.debriefed() {
        let _ = writeln!(inside, "<p>{} <a href=\"/debrief\">The debriefing</a></p>", escape(desk.debrief));
    }
    part(out, "folder", "The room", &inside);
}
