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
    let words = |rest: &str| {
        let mut words: Vec<String> = Vec::new();
        for part in rest.split('.') {
            match (agent(world, part), part) {
                (Some(title), _) => words.push(title.to_owned()),
                (None, "at") => words.push("in".into()),
                (None, part) => words.push(part.replace(['-', '_'], " ")),
            }
        }
        words.join(" ")
    };
    longest.map_or_else(
        || match path.split_once('.') {
            // Numbers of the model belong to nobody.
            Some(("dynamics" | "scenario", rest)) => words(rest),
            _ => path.to_owned(),
        },
        |(name, rest)| format!("{}: {}", name.title, words(rest)),
    )
}

/// The title of the party, track or other agent with this id.
fn agent<'a>(world: &'a World, id: &str) -> Option<&'a str> {
    let names = world.parties.iter().map(|x| &x.name);
    let names = names.chain(world.tracks.iter().map(|x| &x.name));
    let names = names.chain(world.mediators.iter().map(|x| &x.name));
    let names = names.chain(world.instruments.iter().map(|x| &x.name));
    names.into_iter().find(|name| name.id == id).map(|name| name.title.as_str())
}

/// A text with what stands between back-ticks read as paths.
pub(crate) fn quoted_paths_in_words(world: &World, text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(k, part)| if k % 2 == 1 { path_in_words(world, part) } else { part.to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Source, load};

    #[test]
    fn paths_are_told_by_titles() {
        let text = include_str!("../../scenarios/tutorial/2-mediator.toml");
        let source = Source { name: "talks.toml".into(), text: text.into() };
        let world = load(&source, &[], None).world.expect("it is a scenario");
        for (path, words) in [
            ("party.highlands.alternative", "The Highlands: alternative"),
            ("party.highlands.trust.lowlands", "The Highlands: trust The Lowlands"),
            ("party.highlands.at.valley.alternative", "The Highlands: in Talks in the valley alternative"),
            ("dynamics.fighting.wear", "fighting wear"),
            ("party.nobody.alternative", "party.nobody.alternative"),
        ] {
            assert_eq!(path_in_words(&world, path), words);
        }
    }
}
