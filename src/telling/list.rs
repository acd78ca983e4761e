//! What a scenario has: outcomes, who sits where, what-ifs, what it measures, its exercise, and the paths that changes take, as text
//! and as JSON.

use serde::Serialize;

use crate::domain::{Name, TrackId, World};
use crate::drivers::{Head, settings};
use crate::scenario::{Setting, print_condition};
use crate::text::pretty;
use crate::text::writer::Writer;

use super::Origin;
use super::claim::told;

/// The name of the format of [`json`].
pub const FORMAT: &str = "baraza-list/1";

/// What the figures are, and are not.
const NOTE: &str = "What a teaching model assumes; its numbers are no estimates of the real world.";
/// The longest value that stands beside others, in characters.
const SHORT: usize = 48;

/// A scenario to be listed.
#[derive(Clone, Copy, Debug)]
pub struct List<'a> {
    /// The scenario with its changes.
    pub world: &'a World,
    /// Where it comes from.
    pub origin: &'a Origin,
    /// The paths that are asked for.
    pub settings: &'a [Setting],
    /// Whether the text tells paths alone.
    pub only_paths: bool,
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    #[serde(flatten)]
    head: Head<()>,
    outcomes: Vec<Named<'a>>,
    tracks: Vec<Track<'a>>,
    what_ifs: Vec<Named<'a>>,
    rewards: Vec<Named<'a>>,
    properties: Vec<Named<'a>>,
    exercise: Option<Exercise<'a>>,
    paths: &'a [Setting],
}

#[derive(Default, Serialize)]
struct Named<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    claim: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    /// The changes of a what-if.
    #[serde(skip_serializing_if = "<[_]>::is_empty", serialize_with = "settings::serialize")]
    set: &'a [(String, String)],
}

/// A track with those who sit at it.
#[derive(Serialize)]
struct Track<'a> {
    id: &'a str,
    title: &'a str,
    parties: Vec<Named<'a>>,
    mediators: Vec<Named<'a>>,
}

/// What an exercise has; what its roles are told is in the sheets.
#[derive(Serialize)]
struct Exercise<'a> {
    minutes: Option<u16>,
    aims: &'a [String],
    roles: Vec<&'a str>,
    predictions: Vec<Question<'a>>,
    what_ifs: Vec<&'a str>,
}

#[derive(Serialize)]
struct Question<'a> {
    id: &'a str,
    question: &'a str,
}

impl<'a> Named<'a> {
    fn of(name: &'a Name) -> Self {
        Self { id: &name.id, title: &name.title, ..Self::default() }
    }
}

impl<'a> List<'a> {
    fn outcomes(&self) -> Vec<Named<'a>> {
        let world = self.world;
        let when = |o: &'a crate::domain::Outcome| {
            o.when.as_ref().map_or_else(|| "true".into(), |when| print_condition(when, world))
        };
        world.outcomes.iter().map(|o| Named { when: Some(when(o)), ..Named::of(&o.name) }).collect()
    }

    fn tracks(&self) -> Vec<Track<'a>> {
        let world = self.world;
        let at = |(k, track): (usize, &'a crate::domain::Track)| {
            let id = TrackId::new(k);
            let seats = world.seats.iter().filter(|seat| seat.track == id);
            let mediators = world.mediators.iter().filter(|mediator| mediator.track == Some(id));
            Track {
                id: &track.name.id,
                title: &track.name.title,
                parties: seats.map(|seat| Named::of(&world.party(seat.party).name)).collect(),
                mediators: mediators.map(|mediator| Named::of(&mediator.name)).collect(),
            }
        };
        world.tracks.iter().enumerate().map(at).collect()
    }

    fn what_ifs(&self) -> Vec<Named<'a>> {
        let what_ifs = self.world.what_ifs.iter();
        what_ifs
            .map(|w| Named { question: w.question.as_deref(), set: &w.set, ..Named::of(&w.name) })
            .collect()
    }

    fn rewards(&self) -> Vec<Named<'a>> {
        let rewards = self.world.rewards.iter();
        rewards.map(|r| Named { unit: Some(&r.unit), ..Named::of(&r.name) }).collect()
    }

    /// An exercise that names no seats or what-ifs has all of them.
    fn exercise(&self) -> Option<Exercise<'a>> {
        let world = self.world;
        let exercise = world.exercise.as_ref()?;
        let asked = exercise.predictions.iter();
        Some(Exercise {
            minutes: exercise.minutes,
            aims: &exercise.aims,
            roles: world.roles().into_iter().map(|role| world.role_name(role).id.as_str()).collect(),
            predictions: asked.map(|p| Question { id: &p.name.id, question: &p.question }).collect(),
            what_ifs: world.class_what_ifs().into_iter().map(|w| w.name.id.as_str()).collect(),
        })
    }

    fn properties(&self) -> Vec<Named<'a>> {
        let properties = self.world.properties.iter();
        properties.map(|p| Named { claim: Some(told(self.world, &p.claim)), ..Named::of(&p.name) }).collect()
    }
}

/// The list as JSON.
pub fn json(list: &List) -> String {
    pretty(&Document {
        format: FORMAT,
        head: list.origin.head(&list.world.title, NOTE),
        outcomes: list.outcomes(),
        tracks: list.tracks(),
        what_ifs: list.what_ifs(),
        rewards: list.rewards(),
        properties: list.properties(),
        exercise: list.exercise(),
        paths: list.settings,
    })
}

/// The list as text. Paths that differ in ids only stand together; texts for people are left out.
pub fn text(list: &List, styled: bool) -> String {
    let mut page = Writer::new(styled);
    if !list.only_paths {
        page.heading(&list.world.title);
        named(&mut page, "Outcomes", &list.outcomes());
        tracks(&mut page, &list.tracks());
        named(&mut page, "What-ifs (--what-if ID)", &list.what_ifs());
        named(&mut page, "Counted rewards", &list.rewards());
        named(&mut page, "Properties (`baraza verify`)", &list.properties());
        list.exercise().iter().for_each(|exercise| self::exercise(&mut page, exercise));
        page.gap();
    }
    page.section("What --set PATH=VALUE changes");
    page.quiet(
        "ID stands for an id. Texts for people and whole tables can be set as well: --json has every path.",
    );
    // What has paths of its own comes right before them.
    let next = list.settings.iter().skip(1).map(Some).chain([None]);
    let is_part = |whole: &Setting, part: &Setting| {
        part.path.strip_prefix(&whole.path).is_some_and(|rest| rest.starts_with('.'))
    };
    let told = list.settings.iter().zip(next);
    let told = told.filter(|(s, next)| s.kind != "text" && !next.is_some_and(|next| is_part(s, next)));
    let told: Vec<&Setting> = told.map(|(s, _)| s).collect();
    for (k, first) in told.iter().enumerate() {
        if told[..k].iter().all(|s| s.pattern != first.pattern) {
            let alike: Vec<&Setting> =
                told[k..].iter().copied().filter(|s| s.pattern == first.pattern).collect();
            group(&mut page, first, &alike);
        }
    }
    page.finish()
}

fn named(page: &mut Writer, heading: &str, list: &[Named]) {
    if list.is_empty() {
        return;
    }
    page.gap();
    page.section(heading);
    for n in list {
        let unit = n.unit.map_or_else(String::new, |unit| format!(", in {unit}"));
        page.item(&format!("{}: {}{unit}", n.id, n.title));
        [&n.when, &n.claim].into_iter().flatten().for_each(|text| page.remark(text));
        n.question.iter().for_each(|text| page.remark(text));
    }
}

fn tracks(page: &mut Writer, tracks: &[Track]) {
    for track in tracks {
        page.gap();
        page.section(&format!("At the track {}: {}", track.id, track.title));
        for (who, role) in
            track.parties.iter().map(|p| (p, "party")).chain(track.mediators.iter().map(|m| (m, "mediator")))
        {
            page.item(&format!("{} ({role}): {}", who.id, who.title));
        }
    }
}

fn exercise(page: &mut Writer, exercise: &Exercise) {
    page.gap();
    page.section("Exercise (`baraza sheets`)");
    exercise.minutes.iter().for_each(|minutes| page.item(&format!("{minutes} minutes")));
    page.item(&format!("roles: {}", exercise.roles.join(", ")));
    if !exercise.what_ifs.is_empty() {
        page.item(&format!("what-ifs: {}", exercise.what_ifs.join(", ")));
    }
    for asked in &exercise.predictions {
        page.item(&format!("{}: {}", asked.id, asked.question));
    }
}

/// Paths that differ in ids only, under what they are.
fn group(page: &mut Writer, first: &Setting, alike: &[&Setting]) {
    page.gap();
    page.section(&first.pattern);
    page.quiet(&format!("{} Takes {}.", first.note, first.takes));
    let (set, missing): (Vec<&Setting>, Vec<&Setting>) = alike.iter().partition(|s| s.value.is_some());
    let cells: Vec<String> = set.iter().map(|s| cell(s)).collect();
    let short = |cell: &String| cell.chars().count() <= SHORT && !cell.contains(',');
    match cells.iter().all(short) {
        true if cells.is_empty() => {}
        true => page.item(&cells.join(", ")),
        false => cells.iter().for_each(|cell| page.item(cell)),
    }
    if let Some(one) = missing.first() {
        let ids: Vec<String> = missing.iter().map(|s| ids(s)).filter(|ids| !ids.is_empty()).collect();
        let of = if ids.is_empty() { String::new() } else { format!(" for {}", ids.join(", ")) };
        page.item(&format!("not set{of}: {}", one.otherwise.unwrap_or("no value")));
    }
}

/// The value behind the ids of its path. A word needs no quotes.
fn cell(setting: &Setting) -> String {
    let value = setting.value.as_deref().unwrap_or_default();
    let bare = value.strip_prefix('"').and_then(|v| v.strip_suffix('"'));
    let word = |text: &&str| !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '-');
    let value = bare.filter(word).unwrap_or(value);
    match ids(setting) {
        ids if ids.is_empty() => value.to_owned(),
        ids => format!("{ids} = {value}"),
    }
}

/// The ids in a path, joined by points.
fn ids(setting: &Setting) -> String {
    let parts = setting.path.split('.').zip(setting.pattern.split('.'));
    parts.filter(|(_, pattern)| *pattern == "ID").map(|(id, _)| id).collect::<Vec<_>>().join(".")
}
