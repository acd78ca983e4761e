//! What a scenario has: outcomes, seats, what-ifs, properties, and the paths that changes take, as text and as JSON.

use serde::Serialize;

use crate::domain::{Name, World};
use crate::drivers::Head;
use crate::scenario::{Setting, print_condition};

use super::page::Page;
use super::verify::told;
use super::{Origin, pretty};

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
    seats: Vec<Seat<'a>>,
    what_ifs: Vec<Named<'a>>,
    properties: Vec<Named<'a>>,
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
}

#[derive(Serialize)]
struct Seat<'a> {
    party: &'a str,
    track: &'a str,
    party_title: &'a str,
    track_title: &'a str,
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

    fn seats(&self) -> Vec<Seat<'a>> {
        let seats = self.world.seats.iter().map(|seat| {
            let (party, track) = (&self.world.party(seat.party).name, &self.world.track(seat.track).name);
            Seat { party: &party.id, track: &track.id, party_title: &party.title, track_title: &track.title }
        });
        seats.collect()
    }

    fn what_ifs(&self) -> Vec<Named<'a>> {
        let what_ifs = self.world.what_ifs.iter();
        what_ifs.map(|w| Named { question: w.question.as_deref(), ..Named::of(&w.name) }).collect()
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
        seats: list.seats(),
        what_ifs: list.what_ifs(),
        properties: list.properties(),
        paths: list.settings,
    })
}

/// The list as text. Paths that differ in ids only stand together; texts for people are left out.
pub fn text(list: &List, styled: bool) -> String {
    let mut page = Page::new(styled);
    if !list.only_paths {
        page.heading(&list.world.title);
        named(&mut page, "Outcomes", &list.outcomes());
        page.gap();
        page.section("Seats");
        for seat in list.seats() {
            page.item(&format!(
                "{} at {}: {}; {}",
                seat.party, seat.track, seat.party_title, seat.track_title
            ));
        }
        named(&mut page, "What-ifs (--what-if ID)", &list.what_ifs());
        named(&mut page, "Properties (`baraza verify`)", &list.properties());
        page.gap();
    }
    page.section("What --set PATH=VALUE changes");
    page.quiet("ID stands for an id. Texts for people can be changed as well: --json has every path.");
    let told: Vec<&Setting> = list.settings.iter().filter(|s| s.kind != "text").collect();
    for (k, first) in told.iter().enumerate() {
        if told[..k].iter().all(|s| s.pattern != first.pattern) {
            let alike: Vec<&Setting> =
                told[k..].iter().copied().filter(|s| s.pattern == first.pattern).collect();
            group(&mut page, first, &alike);
        }
    }
    page.finish()
}

fn named(page: &mut Page, heading: &str, list: &[Named]) {
    if list.is_empty() {
        return;
    }
    page.gap();
    page.section(heading);
    for n in list {
        page.item(&format!("{}: {}", n.id, n.title));
        [&n.when, &n.claim].into_iter().flatten().for_each(|text| page.remark(text));
        n.question.iter().for_each(|text| page.remark(text));
    }
}

/// Paths that differ in ids only, under what they are.
fn group(page: &mut Page, first: &Setting, alike: &[&Setting]) {
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
