//! What is projected: where the class stands, and nothing that any role hides.

use std::fmt::Write;

use crate::chart::escape;
use crate::room::Room;
use crate::telling::play::lines;

use super::page::{self, clock, part};
use super::qr;
use super::student;
use super::teacher::{guesses, outcomes};
use super::what_if::{Answer, bars};

/// The parts of the view.
pub(super) fn parts(room: &Room, addresses: &[String], answer: Option<&Answer>) -> String {
    let mut out = String::new();
    let (number, stage) = room.stage();
    let mut inside = format!("<p class=\"quiet\">Step {number} of {}</p>\n", room.lesson().stages.len());
    if !stage.text.is_empty() {
        let _ = writeln!(inside, "<p>{}</p>", escape(&stage.text));
    }
    if let Some(message) = room.message() {
        let _ = writeln!(inside, "<p><b>{}</b></p>", escape(message));
    }
    clock(&mut inside, room.seconds_left(), room.paused());
    part(&mut out, "stage", &stage.title, &inside);
    // What the step is about comes before how one joins.
    if let Some(poll) = room.poll() {
        let mut inside = String::new();
        page::poll(&mut inside, &poll, Some(room.people().count()));
        part(&mut out, "vote", "The vote", &inside);
    }
    if room.joining() {
        join(&mut out, room, addresses);
    }
    if let Some((asked, (title, question))) = room.asked().zip(room.asked_told()) {
        let mut inside = format!("<p>{}</p>{}", escape(&question), guesses(room, asked));
        if let Some(answer) = answer.filter(|_| room.answered(asked)) {
            inside += &bars(answer, &outcomes(room));
        }
        part(&mut out, "what-if", &title, &inside);
    }
    let spreads = room.shown_spreads();
    if !spreads.is_empty() {
        let mut inside = String::new();
        page::spreads(&mut inside, &spreads);
        part(&mut out, "spread", "How the class predicts", &inside);
    }
    groups(&mut out, room);
    for (k, group) in room.groups().iter().enumerate() {
        let table = group.session.table();
        let last = if table.over() { table.round() } else { table.round().saturating_sub(1) };
        let news = lines::news(room.model(), None, table.steps(), last.max(1));
        let by_model = group.session.closed().last().into_iter().flat_map(|r| &r.model);
        let by_model: Vec<String> = by_model.map(|role| room.title(role)).collect();
        student::news(
            &mut out,
            &format!("news-{}", k + 1),
            &format!("Group {}: what everybody heard of round {last}", k + 1),
            &news,
            &by_model,
        );
    }
    out
}

fn join(out: &mut String, room: &Room, addresses: &[String]) {
    let Some(first) = addresses.first() else { return };
    let code = &room.header().code;
    let inside = format!(
        "<div class=\"join\"><div><p>Open <b>{}</b> and type</p><p class=\"code\">{}</p><p>{} are here.</p></div>{}</div>\n",
        escape(first),
        escape(code),
        room.people().count(),
        qr::svg(&format!("{first}/j/{code}"))
    );
    part(out, "join", "Join", &inside);
}

fn groups(out: &mut String, room: &Room) {
    let mut inside = String::from("<div class=\"groups\">\n");
    for (k, group) in room.groups().iter().enumerate() {
        let number = k + 1;
        let heading = match room.outcome(number) {
            Some(outcome) => format!("Group {number}: {outcome}"),
            None => format!(
                "Group {number}: round {} of {}",
                group.session.table().round(),
                room.model().world.rounds
            ),
        };
        let _ = writeln!(inside, "<div><h3>{}</h3><ul>", escape(&heading));
        if room.outcome(number).is_none() {
            for role in &room.header().roles {
                let here = room.people().on_team(number, role).next().is_some();
                let class = if group.session.sheet(role).is_some() {
                    "done"
                } else if here {
                    "open"
                } else {
                    ""
                };
                let _ = writeln!(inside, "<li class=\"{class}\">{}</li>", escape(&room.title(role)));
            }
        }
        inside += "</ul></div>\n";
    }
    inside += "</div>\n";
    part(out, "groups", "Where the groups stand", &inside);
}
