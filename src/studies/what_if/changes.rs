//! Which changes are compared, and which two of them together.

use crate::analysis::pairs::Combination;
use crate::domain::{Model, WhatIf, World};
use crate::scenario::{self, Source};
use crate::studies::refusal::Refusal;
use crate::studies::{ids, load};
use crate::text::command;

use super::Options;

/// More combinations than this are played only where few runs are asked for.
const MANY: usize = 200;
/// How many runs are few.
const FEW: u32 = 1000;

/// One change to be compared with the scenario as it stands.
#[derive(Debug)]
pub struct Change {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The question it answers.
    pub question: Option<String>,
    /// The changes: path and value.
    pub set: Vec<(String, String)>,
    /// How to name it to `baraza what-if` again: its id or `--set` arguments, followed by a space.
    pub again: String,
    /// The world with it.
    pub variant: Model,
}

/// Everything that is compared.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The changes alone.
    pub changes: Vec<Change>,
    /// The worlds of two changes together, as `a+b`; they come after the changes.
    pub together: Vec<(String, Model)>,
    /// Which belong together.
    pub combinations: Vec<Combination>,
    /// What is left out, and why.
    pub notes: Vec<String>,
}

impl Plan {
    /// The ids of all changed worlds, those of two changes together last.
    pub(super) fn ids(&self) -> Vec<String> {
        self.changes.iter().map(|c| &c.id).chain(self.together.iter().map(|(id, _)| id)).cloned().collect()
    }
}

/// What the command line asks for.
pub(super) fn plan(options: &Options, world: &World, source: &Source) -> Result<Plan, Refusal> {
    let named = named(options, world)?;
    let changes = match options.set.is_empty() {
        false => vec![own(options, source)?],
        true => chosen(options, world, &named)?
            .into_iter()
            .map(|w| change(source, w))
            .collect::<Result<_, _>>()?,
    };
    let mut plan = Plan { changes, ..Plan::default() };
    combine(options, &named, &mut plan, source)?;
    Ok(plan)
}

/// The one change whose runs are laid side by side.
pub(super) fn only(options: &Options, world: &World, source: &Source) -> Result<Change, Refusal> {
    match (options.set.is_empty(), options.ids.as_slice()) {
        (false, _) => own(options, source),
        (true, [id]) => change(source, find(world, id)?),
        (true, _) => {
            let message = format!("--pair and --show-flip take one what-if: name it; {}", has(world));
            Err(Refusal::usage(message))
        }
    }
}

/// The changes of the command line.
fn own(options: &Options, source: &Source) -> Result<Change, Refusal> {
    let variant = Model::new(load::world(source, None, &options.set)?.0);
    Ok(Change {
        id: "--set".into(),
        title: "the changes of the command line".into(),
        question: None,
        set: options.set.clone(),
        again: format!("{} ", command::command(&command::changes(None, &options.set))),
        variant,
    })
}

/// The what-ifs asked for: those named and those to be combined, or else all of the file.
fn chosen<'a>(
    options: &Options,
    world: &'a World,
    combined: &[[&'a WhatIf; 2]],
) -> Result<Vec<&'a WhatIf>, Refusal> {
    if world.what_ifs.is_empty() {
        let message = "the scenario has no what-ifs: write some, or give changes with --set path=value";
        return Err(Refusal::usage(message));
    }
    let mut chosen: Vec<&WhatIf> = Vec::new();
    let named = options.ids.iter().map(|id| find(world, id)).collect::<Result<Vec<_>, _>>()?;
    let everything = named.is_empty() && (combined.is_empty() || options.combine.iter().any(|c| c == "all"));
    let all = world.what_ifs.iter().filter(|_| everything);
    for what_if in named.into_iter().chain(all).chain(combined.iter().flatten().copied()) {
        if !chosen.iter().any(|c| c.name.id == what_if.name.id) {
            chosen.push(what_if);
        }
    }
    Ok(chosen)
}

fn has(world: &World) -> String {
    let ids: Vec<&str> = world.what_ifs.iter().map(|w| w.name.id.as_str()).collect();
    scenario::suggest("", &ids, "the scenario has")
}

fn find<'a>(world: &'a World, id: &str) -> Result<&'a WhatIf, Refusal> {
    let place = ids::place("what-if", id, world.what_ifs.iter().map(|w| &w.name))?;
    Ok(&world.what_ifs[place])
}

fn change(source: &Source, what_if: &WhatIf) -> Result<Change, Refusal> {
    let id = &what_if.name.id;
    Ok(Change {
        id: id.clone(),
        title: what_if.name.title.clone(),
        question: what_if.question.clone(),
        set: what_if.set.clone(),
        again: format!("{id} "),
        variant: Model::new(load::changed(source, id)?),
    })
}

/// The two what-ifs of every `--combine` but `all`.
fn named<'a>(options: &Options, world: &'a World) -> Result<Vec<[&'a WhatIf; 2]>, Refusal> {
    let two = |text: &String| {
        let (one, other) = text.split_once('+').ok_or_else(|| {
            let message = format!("`--combine {text}` names no two what-ifs: write ID+ID, or `all`");
            Refusal::usage(message)
        })?;
        let two = [find(world, one.trim())?, find(world, other.trim())?];
        if two[0].name.id == two[1].name.id {
            let message =
                format!("`--combine {text}` names the same what-if twice: write two different ones");
            return Err(Refusal::usage(message));
        }
        Ok(two)
    };
    options.combine.iter().filter(|c| *c != "all").map(two).collect()
}

/// Adds the worlds of two changes together.
fn combine(
    options: &Options,
    named: &[[&WhatIf; 2]],
    plan: &mut Plan,
    source: &Source,
) -> Result<(), Refusal> {
    let place = |plan: &Plan, id: &str| plan.changes.iter().position(|c| c.id == id).unwrap_or(0);
    let mut wanted: Vec<(usize, usize, bool)> = Vec::new();
    for [one, other] in named {
        wanted.push((place(plan, &one.name.id), place(plan, &other.name.id), true));
    }
    if options.combine.iter().any(|c| c == "all") {
        let n = plan.changes.len();
        wanted.extend((0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b, false))));
    }
    let mut seen = Vec::new();
    wanted.retain(|(a, b, _)| {
        let key = (*a.min(b), *a.max(b));
        let new = !seen.contains(&key);
        seen.push(key);
        new
    });
    if wanted.len() > MANY && options.runs > FEW {
        let message = format!(
            "{} combinations of {} runs each would take long: name fewer what-ifs, or give --runs {FEW} or fewer",
            wanted.len(),
            options.runs
        );
        return Err(Refusal::usage(message));
    }
    for (a, b, insist) in wanted {
        add(source, plan, (a, b), insist)?;
    }
    Ok(())
}

/// Adds one combination. Under `all`, two that set the same path otherwise are left out with a remark.
fn add(source: &Source, plan: &mut Plan, (a, b): (usize, usize), insist: bool) -> Result<(), Refusal> {
    let (one, other) = (&plan.changes[a], &plan.changes[b]);
    let id = format!("{}+{}", one.id, other.id);
    if let Some(paths) = conflict(&one.set, &other.set) {
        let message = format!("`{id}` cannot be combined: {paths}");
        if insist {
            return Err(Refusal::usage(message));
        }
        plan.notes.push(format!("left out: {message}"));
        return Ok(());
    }
    let model = Model::new(load::changed(source, &id)?);
    let both = plan.changes.len() + plan.together.len();
    plan.together.push((id, model));
    plan.combinations.push(Combination { first: a, second: b, both });
    Ok(())
}

/// Says where two lists of settings speak of the same thing otherwise.
fn conflict(one: &[(String, String)], other: &[(String, String)]) -> Option<String> {
    let inside = |a: &str, b: &str| a.strip_prefix(b).is_some_and(|rest| rest.starts_with('.'));
    one.iter().flat_map(|a| other.iter().map(move |b| (a, b))).find_map(
        |((path, value), (theirs, their_value))| {
            if path == theirs {
                match value == WhatIf::ADDED {
                    true => Some(format!("both add `{path}`")),
                    false => (value != their_value)
                        .then(|| format!("both set `{path}`, one to {value}, one to {their_value}")),
                }
            } else {
                (inside(path, theirs) || inside(theirs, path)).then(|| {
                    format!("one sets `{path}`, one `{theirs}`, and one of these is part of the other")
                })
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conflicts_are_found() {
        let set = |path: &str, value: &str| vec![(path.to_owned(), value.to_owned())];
        assert!(conflict(&set("a.b", "1"), &set("a.b", "2")).is_some());
        assert!(conflict(&set("a.b", "1"), &set("a.b", "1")).is_none());
        assert!(conflict(&set("a.b", "1"), &set("a.b.c", "1")).is_some());
        assert!(conflict(&set("a.b.c", "1"), &set("a.b", "1")).is_some());
        assert!(conflict(&set("a.b", "1"), &set("a.bc", "1")).is_none());
    }
}
