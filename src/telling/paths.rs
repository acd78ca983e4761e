//! Paths of quantities in words: everything that has a name, by kind.

use crate::domain::{Name, World};

/// Everything that has a name, by kind, with its path.
pub(crate) fn named(world: &World) -> Vec<(&'static str, Vec<(String, &Name)>)> {
    fn list<'a>(kind: &str, names: impl Iterator<Item = &'a Name>) -> Vec<(String, &'a Name)> {
        names.map(|name| (format!("{kind}.{}", name.id), name)).collect()
    }
    let w = world;
    let mut items = Vec::new();
    for item in &w.items {
        let path = format!("item.{}", item.name.id);
        items.push((path.clone(), &item.name));
        items.extend(item.options.iter().map(|o| (format!("{path}.option.{}", o.name.id), &o.name)));
    }
    vec![
        ("Parties", list("party", w.parties.iter().map(|x| &x.name))),
        ("Mediators", list("mediator", w.mediators.iter().map(|x| &x.name))),
        ("Tracks", list("track", w.tracks.iter().map(|x| &x.name))),
        ("Items and their options", items),
        ("Texts", list("instrument", w.instruments.iter().map(|x| &x.name))),
        ("Fronts", list("front", w.fronts.iter().map(|x| &x.name))),
        ("Armed groups without a seat", list("spoiler", w.spoilers.iter().map(|x| &x.name))),
        ("Backers", list("backer", w.backers.iter().map(|x| &x.name))),
        ("Observers", list("observer", w.observers.iter().map(|x| &x.name))),
        ("Events", list("event", w.events.iter().map(|x| &x.name))),
        ("Outcomes", list("outcome", w.outcomes.iter().map(|x| &x.name))),
        ("Counted rewards", list("reward", w.rewards.iter().map(|x| &x.name))),
        ("What-ifs", list("what-if", w.what_ifs.iter().map(|x| &x.name))),
    ]
}

/// A path with the title of what it belongs to, for people: `AFC/M23: alternative`.
pub(crate) fn path_in_words(world: &World, path: &str) -> String {
    let all = named(world).into_iter().flat_map(|(_, names)| names);
    let mut found = all.filter_map(|(of, name)| Some((name, path.strip_prefix(&of)?.strip_prefix('.')?)));
    let longest = found.by_ref().min_by_key(|(_, rest)| rest.len());
    longest.map_or_else(
        || path.to_owned(),
        |(name, rest)| format!("{}: {}", name.title, rest.replace(['.', '-', '_'], " ")),
    )
}

/// A text with what stands between back-ticks read as paths.
pub(crate) fn quoted_paths_in_words(world: &World, text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(k, part)| if k % 2 == 1 { path_in_words(world, part) } else { part.to_owned() }).collect()
}
