//! A student's page.

use std::fmt::Write;

use crate::chart::escape;
use crate::render::html;
use crate::room::{AskedWhatIf, Seen, StudentView, Team};
use crate::telling::play::lines::News;

use super::forms::digest;
use super::page::{self, clock, hidden, input, part};

/// What a student's forms carry besides what they say.
pub(super) struct Proof<'a> {
    /// That the form came from this student's page.
    pub proof: &'a str,
    /// A key for forms that are sent without the script.
    pub key: &'a str,
}

impl Proof<'_> {
    fn fields(&self, form: &str) -> String {
        format!("{}{}", hidden("proof", self.proof), hidden("key", &digest(&[self.key, form])))
    }
}

/// The parts of the page.
pub(super) fn parts(
    view: &StudentView,
    proof: &Proof,
    outcomes: &[(String, String)],
    answer: &str,
) -> String {
    let mut out = String::new();
    if let Some(message) = &view.message {
        let _ = writeln!(out, "<section id=\"message\" class=\"note\"><p>{}</p></section>", escape(message));
    }
    stage(&mut out, view);
    match &view.team {
        None => choices(&mut out, view, proof),
        Some(team) => {
            predictions(&mut out, team, proof);
            spreads(&mut out, view);
            vote(&mut out, view, proof);
            what_if(&mut out, view, proof, outcomes, answer);
            orders(&mut out, view, team, proof);
            news(&mut out, "news", "News of the round", &team.news, &team.by_model);
            agenda(&mut out, team);
            let mut inside =
                String::from("<details id=\"d-handout\"><summary>For your eyes only</summary>\n");
            inside += &html::body(&team.handout);
            inside += "</details>\n";
            part(&mut out, "handout", "Your role", &inside);
        }
    }
    out
}

fn stage(out: &mut String, view: &StudentView) {
    let (number, stage) = &view.stage;
    let minutes = if stage.minutes > 0 { format!(" · {} minutes", stage.minutes) } else { String::new() };
    let mut inside = format!("<p class=\"quiet\">Step {number}{minutes}</p>\n");
    if !stage.text.is_empty() {
        let _ = writeln!(inside, "<p>{}</p>", escape(&stage.text));
    }
    if view.paused {
        inside += "<p><b>The lesson is halted for a moment.</b></p>\n";
    }
    clock(&mut inside, view.clock, view.paused);
    if let Some(team) = &view.team {
        let _ = writeln!(inside, "<p>You are <b>{}</b> in group {}.</p>", escape(&team.title), team.group);
        let mates = team.mates.iter().map(|(name, there, pen)| {
            let here = if *there { "" } else { " (away)" };
            let pen = if *pen { " ✎" } else { "" };
            format!("{}{here}{pen}", escape(name))
        });
        let _ =
            writeln!(inside, "<p class=\"quiet\">Your team: {}.</p>", mates.collect::<Vec<_>>().join(", "));
        match &team.outcome {
            Some(outcome) => {
                let _ = writeln!(inside, "<p>The talks are over: <b>{}</b></p>", escape(outcome));
            }
            None => {
                let _ = writeln!(
                    inside,
                    "<p>Round {} of {} · {}</p>",
                    team.round,
                    team.rounds,
                    escape(&team.when)
                );
            }
        }
    }
    if view.debriefed {
        inside += "<p><a class=\"button\" href=\"/debrief\">Open the debriefing</a></p>\n";
    }
    part(out, "stage", &stage.title, &inside);
}

fn choices(out: &mut String, view: &StudentView, proof: &Proof) {
    let mut inside = String::new();
    if view.choices.is_empty() {
        inside += "<p>Your teacher puts you on a team. This page shows it at once.</p>\n";
    }
    for (group, role, title, count) in &view.choices {
        let form = format!("team-{group}-{role}");
        let _ = writeln!(
            inside,
            "<form method=\"post\" action=\"/choose\">{}{}{}<button class=\"main\">{} · group {group} ({count})</button></form>",
            proof.fields(&form),
            hidden("group", &group.to_string()),
            hidden("role", role),
            escape(title)
        );
    }
    part(out, "choose", "Your team", &inside);
}

fn predictions(out: &mut String, team: &Team, proof: &Proof) {
    if team.questions.is_empty() {
        return;
    }
    let mut inside = String::from(
        "<p class=\"quiet\">Your own, not your team's. A prediction stands once it is given.</p>\n",
    );
    for q in &team.questions {
        let id = format!("q-{}", q.id);
        let _ = writeln!(inside, "<fieldset><legend>{}</legend>", escape(&q.question));
        match q.stated {
            Some(p) => {
                let _ = writeln!(inside, "<p class=\"done\">You said {:.0} %.</p>", p * 100.0);
            }
            None if !q.open => {
                inside += "<p>The class's answers are shown: it can no longer be answered.</p>\n";
            }
            None => {
                let _ = writeln!(
                    inside,
                    "<form method=\"post\" action=\"/predict\">{}{}{}<label class=\"line\" for=\"{id}\">Chance in per cent</label>\
                     <div class=\"row\"><input id=\"{id}\" type=\"number\" name=\"percent\" min=\"0\" max=\"100\" step=\"1\" required inputmode=\"numeric\">\
                     <button>Predict</button></div><p role=\"status\"></p></form>",
                    proof.fields(&id),
                    hidden("question", &q.id),
                    hidden("round", &team.round.to_string())
                );
            }
        }
        inside += "</fieldset>\n";
    }
    part(out, "predict", "Your predictions", &inside);
}

fn spreads(out: &mut String, view: &StudentView) {
    if view.spreads.is_empty() {
        return;
    }
    let mut inside = String::new();
    page::spreads(&mut inside, &view.spreads);
    part(out, "spread", "How the class predicts", &inside);
}

fn vote(out: &mut String, view: &StudentView, proof: &Proof) {
    let Some((poll, voted)) = &view.poll else { return };
    let mut inside = String::new();
    match (voted, poll.closed()) {
        (true, _) => inside += "<p class=\"done\">You have voted.</p>\n",
        (false, true) => inside += "<p>The vote is closed.</p>\n",
        (false, false) => {
            let _ = write!(
                inside,
                "<p class=\"quiet\">Your vote is secret: nobody can look up what you voted for, and it stands.</p>\
                 <form method=\"post\" action=\"/vote\">{}{}<fieldset><legend>Your vote</legend>",
                proof.fields(&format!("vote-{}", poll.step)),
                hidden("step", &poll.step.to_string())
            );
            for (k, (option, _)) in poll.options.iter().enumerate() {
                let _ = write!(
                    inside,
                    "<label class=\"pick\"><input type=\"radio\" id=\"v-{k}\" name=\"option\" value=\"{k}\" required><span>{}</span></label>",
                    escape(option)
                );
            }
            inside += "</fieldset><button class=\"main\">Vote</button><p role=\"status\"></p></form>\n";
        }
    }
    if poll.closed() {
        page::poll(&mut inside, poll, None);
    }
    part(out, "vote", "The vote", &inside);
}

fn what_if(out: &mut String, view: &StudentView, proof: &Proof, outcomes: &[(String, String)], answer: &str) {
    let Some(AskedWhatIf { mark: id, title, question, guess, answered }) = &view.what_if else { return };
    let mut inside = format!("<p><b>{}</b></p>\n", escape(title));
    if !question.is_empty() {
        let _ = writeln!(inside, "<p>{}</p>", escape(question));
    }
    match (guess, answered) {
        (Some(guess), _) => {
            let said = outcomes.iter().find(|o| o.0 == *guess).map_or(guess.as_str(), |o| o.1.as_str());
            let _ = writeln!(inside, "<p class=\"done\">Your guess: {}</p>", escape(said));
        }
        (None, true) => {}
        (None, false) => {
            let _ = write!(
                inside,
                "<form method=\"post\" action=\"/guess\">{}{}<fieldset><legend>Which end becomes likelier most?</legend>",
                proof.fields(&format!("guess-{id}")),
                hidden("what-if", id)
            );
            for (k, (id, title)) in outcomes.iter().enumerate() {
                let _ = write!(
                    inside,
                    "<label class=\"pick\"><input type=\"radio\" id=\"g-{k}\" name=\"outcome\" value=\"{}\" required><span>{}</span></label>",
                    escape(id),
                    escape(title)
                );
            }
            inside += "</fieldset><button class=\"main\">Guess</button><p role=\"status\"></p></form>\n";
        }
    }
    if *answered {
        let title = |id: &String| outcomes.iter().find(|o| o.0 == *id).map_or(id.clone(), |o| o.1.clone());
        let rows: Vec<(String, u32)> = view.guesses.iter().map(|(id, count)| (title(id), *count)).collect();
        page::counts(&mut inside, "The class guessed", &rows);
        inside += answer;
    }
    part(out, "what-if", "What if …", &inside);
}

fn orders(out: &mut String, view: &StudentView, team: &Team, proof: &Proof) {
    if team.sheet.is_empty() {
        return;
    }
    let mut inside = String::from(
        "<p class=\"quiet\">Decide what you want; everything else is done as the model would. All of your team see this sheet.</p>\n",
    );
    let (open, folded): (Vec<&Seen>, Vec<&Seen>) =
        team.sheet.iter().partition(|s| s.field.open || !s.words.is_empty());
    let numbered = |seen: &Seen| team.sheet.iter().position(|s| s.field.key == seen.field.key).unwrap_or(0);
    for seen in open {
        field(&mut inside, numbered(seen), seen, team, proof);
    }
    if !folded.is_empty() {
        let _ = writeln!(inside, "<details id=\"d-more\"><summary>{} more decisions</summary>", folded.len());
        for seen in folded {
            field(&mut inside, numbered(seen), seen, team, proof);
        }
        inside += "</details>\n";
    }
    sign(&mut inside, view, team, proof);
    let waits: Vec<String> = team
        .others
        .iter()
        .map(|(title, signed)| {
            format!("<li class=\"{}\">{}</li>", if *signed { "done" } else { "open" }, escape(title))
        })
        .collect();
    let _ = writeln!(
        inside,
        "<details id=\"d-others\"><summary>The others</summary><ul>{}</ul></details>",
        waits.join("")
    );
    part(out, "orders", &format!("Your orders for round {}", team.round), &inside);
}

fn field(out: &mut String, number: usize, seen: &Seen, team: &Team, proof: &Proof) {
    let id = format!("f{number}");
    let _ = writeln!(
        out,
        "<form method=\"post\" action=\"/draft\" data-auto=\"1\">{}{}{}<fieldset><legend>{}</legend>",
        proof.fields(&id),
        hidden("round", &team.round.to_string()),
        hidden("field", &seen.field.key),
        escape(&seen.told.title)
    );
    if !seen.told.remark.is_empty() {
        let _ = writeln!(out, "<p class=\"quiet\">{}</p>", escape(&seen.told.remark));
    }
    input(out, (&id, "words"), seen);
    if !seen.weighs.is_empty() {
        let all: Vec<String> = seen.weighs.iter().map(|w| format!("<li>{}</li>", escape(w))).collect();
        let _ = writeln!(
            out,
            "<details id=\"d-{id}-weighs\"><summary>What the model would weigh</summary><ul>{}</ul><p class=\"quiet\">By its own rule, as things stand \
             before the round; no advice. Nothing of it is drawn yet.</p></details>",
            all.concat()
        );
    }
    out.push_str("<p class=\"save\"><button>Save</button></p><p role=\"status\"></p></fieldset></form>\n");
}

fn sign(out: &mut String, view: &StudentView, team: &Team, proof: &Proof) {
    let decided = team.sheet.iter().filter(|s| !s.words.is_empty()).count();
    match (team.signed, team.changed) {
        (true, false) => out.push_str("<p class=\"done\"><b>Signed off.</b> You may still change it until the round is closed.</p>\n"),
        (true, true) => out.push_str("<p class=\"open\"><b>Changed since it was signed off:</b> what was signed off still stands.</p>\n"),
        _ => {}
    }
    if team.pen {
        let disabled = if view.paused || (team.signed && !team.changed) { " disabled" } else { "" };
        let what = match decided {
            0 => "Sign off: leave all to the model".to_owned(),
            1 => "Sign off: 1 decision".to_owned(),
            n => format!("Sign off: {n} decisions"),
        };
        let _ = writeln!(
            out,
            "<form method=\"post\" action=\"/sign\">{}{}{}<button id=\"sign\" class=\"main\"{disabled}>{what}</button><p role=\"status\"></p></form>",
            proof.fields("sign"),
            hidden("round", &team.round.to_string()),
            hidden("version", &team.version)
        );
    } else {
        let _ = writeln!(
            out,
            "<form method=\"post\" action=\"/pen\">{}<p class=\"quiet\">Whoever holds the pen ✎ signs off.</p><button>Take the pen</button>\
             <p role=\"status\"></p></form>",
            proof.fields("pen")
        );
    }
}

/// What happened, with its reasons folded.
pub(super) fn news(out: &mut String, id: &str, heading: &str, news: &[News], by_model: &[String]) {
    if news.is_empty() {
        return;
    }
    let mut inside = match by_model.is_empty() {
        true => String::new(),
        false => format!("<p class=\"quiet\">The model played: {}.</p>\n", escape(&by_model.join(", "))),
    };
    inside += "<ul>\n";
    for item in news {
        let _ = write!(inside, "<li>{}", escape(&item.text));
        if !item.reasons.is_empty() {
            inside += "<ul class=\"quiet\">";
            for reason in &item.reasons {
                let _ = write!(inside, "<li>{}</li>", escape(reason));
            }
            inside += "</ul>";
        }
        inside += "</li>\n";
    }
    inside += "</ul>\n";
    part(out, id, heading, &inside);
}

fn agenda(out: &mut String, team: &Team) {
    let mut inside = String::new();
    for (k, (title, standing, items)) in team.agenda.iter().enumerate() {
        let _ = writeln!(inside, "<h3>{}</h3>", escape(title));
        if !standing.is_empty() {
            let _ = writeln!(inside, "<p class=\"quiet\">{}</p>", escape(standing));
        }
        for (n, item) in items.iter().enumerate() {
            let _ = write!(
                inside,
                "<details id=\"d-item-{k}-{n}\"><summary>{} · {}</summary>",
                escape(&item.title),
                item.state
            );
            if !item.waits.is_empty() {
                let _ = write!(inside, "<p class=\"quiet\">{}</p>", escape(&item.waits));
            }
            inside += "<ul>";
            for (option, worth, settled) in &item.options {
                let settled = if *settled { " <b>(settled)</b>" } else { "" };
                let worth = if worth.is_empty() { String::new() } else { format!(" – {}", escape(worth)) };
                let _ = write!(inside, "<li>{}{worth}{settled}</li>", escape(option));
            }
            inside += "</ul></details>\n";
        }
    }
    part(out, "agenda", "The agenda", &inside);
}
