//! Finds out what a folder holds, and reads it.

use super::domain::{Domain, Format, MOST_VALUES};
use super::error::{Error, Finding, shown};
use super::negmas::Part;
use super::node::{File, Node};
use super::outline::{Outline, belongs, likeness, outline};
use super::{Text, genius, geniusweb, json, negmas, negolog, scoreable, stem, unnumbered, yaml};

/// The most parties of a domain.
const MOST_PARTIES: usize = 64;

/// What to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The texts of a folder; order does not matter.
    pub texts: Vec<Text>,
    /// The name of the folder: the domain's where it has none of its own.
    pub folder: String,
    /// The file that was asked for: which domain, where there are several.
    pub file: Option<String>,
    /// The profiles to read, by file name with or without its ending (scoreable games: by the party's name); all
    /// where none is named.
    pub parties: Vec<String>,
}

/// The part that a file plays.
enum Role {
    Domain(Format),
    Profile(Format),
}

struct Member<'a> {
    text: &'a Text,
    role: Role,
    tree: Option<Node>,
    /// What was odd about parsing it.
    findings: Vec<Finding>,
}

impl Member<'_> {
    fn outline(&self, format: Format) -> Option<Outline> {
        outline(format, self.text, self.tree.as_ref())
    }
}

/// The format of a folder.
///
/// # Errors
/// When no format is recognised, or a file that belongs to one is broken.
pub fn detect(request: &Request) -> Result<Format, Error> {
    sort(request).map(|sorted| sorted.format)
}

/// Reads the domain of a folder with its profiles.
///
/// # Errors
/// When no format is recognised, or something in a file cannot be understood; the error names the file.
pub fn read(request: &Request) -> Result<Domain, Error> {
    let sorted = sort(request)?;
    let mut domain = match sorted.format {
        Format::Scoreable => scoreable::read(&request.texts.iter().collect::<Vec<_>>()),
        format => read_members(&sorted, format, request),
    }?;
    if sorted.format == Format::Scoreable {
        choose(&mut domain, &request.parties)?;
    }
    if domain.name.is_empty() {
        domain.name = if request.folder.is_empty() { "domain".into() } else { request.folder.clone() };
    }
    unnumber(&mut domain);
    check(&domain)?;
    let profiles = domain.profiles.len();
    if profiles > 2 && request.parties.is_empty() && sorted.format != Format::Scoreable {
        let what = format!("{profiles} profiles: each is a party; name some if not all of them negotiate");
        domain.findings.push(Finding::new("", None, what));
    }
    domain.findings.splice(0..0, sorted.findings);
    Ok(domain)
}

struct Sorted<'a> {
    format: Format,
    members: Vec<Member<'a>>,
    findings: Vec<Finding>,
}

fn sort(request: &Request) -> Result<Sorted<'_>, Error> {
    let mut texts: Vec<&Text> = request.texts.iter().collect();
    texts.sort_by(|a, b| a.name.cmp(&b.name));
    let mut members = Vec::new();
    let mut strange = Vec::new();
    for text in texts {
        match role(text)? {
            Some(member) => members.push(member),
            None => strange.push(text.name.as_str()),
        }
    }
    let format_of = |m: &Member<'_>| match m.role {
        Role::Domain(format) | Role::Profile(format) => format,
    };
    let asked = request.file.as_deref();
    let by_file = members.iter().find(|m| Some(m.text.name.as_str()) == asked).map(format_of);
    let order = [Format::Genius, Format::Geniusweb, Format::Negolog, Format::Negmas, Format::Scoreable];
    let by_order = order.into_iter().find(|f| members.iter().any(|m| format_of(m) == *f));
    let Some(format) = by_file.or(by_order) else {
        let what = "no negotiation domain is recognised here: GENIUS XML, GeniusWeb JSON, NegMAS YAML or JSON, \
                    NegoLog JSON and scoreable games (scores_files/*.txt) are read";
        return Err(Error::new(asked.unwrap_or_default(), None, what));
    };
    let (members, others): (Vec<_>, Vec<_>) = members.into_iter().partition(|m| format_of(m) == format);
    strange.extend(others.iter().map(|m| m.text.name.as_str()));
    if format == Format::Scoreable {
        strange.retain(|name| ![scoreable::CONFIG, scoreable::DEAL, scoreable::INSTRUCTIONS].contains(name));
    }
    let mut findings = Vec::new();
    if !strange.is_empty() {
        let many = strange.len();
        let names: Vec<String> = strange.into_iter().take(8).map(shown).collect();
        let more = if many > 8 { ", …" } else { "" };
        let what = format!("no part of a {} domain, ignored: {}{more}", format.title(), names.join(", "));
        findings.push(Finding::new("", None, what));
    }
    Ok(Sorted { format, members, findings })
}

/// What only files of the formats contain: where they are broken, this is an error.
const TELLTALES: [&str; 6] = [
    "\"issuesValues\"",
    "\"LinearAdditiveUtilitySpace\"",
    "\"issueWeights\"",
    "OutcomeSpace",
    "UtilityFunction",
    "UFun",
];

/// A file with the part that it plays and, of JSON and YAML, its tree; `None`: it belongs to no format.
fn role(text: &Text) -> Result<Option<Member<'_>>, Error> {
    let plain = |role| Some(Member { text, role, tree: None, findings: Vec::new() });
    let name = text.name.to_ascii_lowercase();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    if text.name.starts_with(scoreable::FOLDER) && ending == "txt" {
        return Ok(plain(Role::Profile(Format::Scoreable)));
    }
    let tree = match ending {
        "xml" => {
            let role = match () {
                () if text.text.contains("<negotiation_template") => Role::Domain(Format::Genius),
                () if text.text.contains("<utility_space") => Role::Profile(Format::Genius),
                () => return Ok(None),
            };
            return Ok(plain(role));
        }
        "json" => json::parse(&text.name, &text.text),
        "yml" | "yaml" => yaml::parse(&text.name, &text.text).map(|tree| (tree, Vec::new())),
        _ => return Ok(None),
    };
    let (tree, findings) = match tree {
        Ok(parsed) => parsed,
        Err(error) if TELLTALES.iter().any(|t| text.text.contains(t)) => return Err(error),
        Err(_) => return Ok(None),
    };
    let role = match () {
        () if tree.get("issuesValues").is_some() => Role::Domain(Format::Geniusweb),
        () if geniusweb_profile(&tree) => Role::Profile(Format::Geniusweb),
        () if negolog::is_profile(&tree) => Role::Profile(Format::Negolog),
        () => match negmas::part(&tree) {
            Some(Part::Domain) => Role::Domain(Format::Negmas),
            Some(Part::Profile) => Role::Profile(Format::Negmas),
            None => return Ok(None),
        },
    };
    Ok(Some(Member { text, role, tree: Some(tree), findings }))
}

fn geniusweb_profile(tree: &Node) -> bool {
    let Node::Map(members) = tree else { return false };
    matches!(&members[..], [(_, inner)] if inner.get("domain").is_some())
}

fn read_members(sorted: &Sorted<'_>, format: Format, request: &Request) -> Result<Domain, Error> {
    let domains: Vec<&Member<'_>> =
        sorted.members.iter().filter(|m| matches!(m.role, Role::Domain(_))).collect();
    let domain = which(&domains, sorted, format, request)?;
    let all: Vec<&Member<'_>> =
        sorted.members.iter().filter(|m| matches!(m.role, Role::Profile(_))).collect();
    let (all, findings) = of_domain(domain, all, format, request)?;
    let profiles = chosen(&all, &request.parties)?;
    let tree = |m: &&Member<'_>| m.tree.clone().unwrap_or(Node::Null);
    let trees: Vec<(&str, Node)> = profiles.iter().map(|m| (m.text.name.as_str(), tree(m))).collect();
    let files: Vec<File<'_>> = trees.iter().map(|(name, node)| (*name, node)).collect();
    let domain_tree = domain.map(|m| (m.text.name.as_str(), tree(&m)));
    let domain_file: Option<File<'_>> = domain_tree.as_ref().map(|(name, node)| (*name, node));
    let mut read = match format {
        Format::Genius => {
            let texts: Vec<&Text> = profiles.iter().map(|m| m.text).collect();
            genius::read(domain.map(|m| m.text), &texts)
        }
        Format::Geniusweb => geniusweb::read(domain_file, &files),
        Format::Negolog => negolog::read(&files),
        _ => {
            let missing =
                || Error::new("", None, "the outcome space (domain.yml) of the NegMAS domain is missing");
            negmas::read(domain_file.ok_or_else(missing)?, &files)
        }
    }?;
    let parsed = domain.iter().chain(&profiles).flat_map(|m| m.findings.iter().cloned());
    read.findings.splice(0..0, findings.into_iter().chain(parsed));
    Ok(read)
}

/// The domain that is meant: the only one, the one asked for, or the one to which the profile belongs that was asked for.
fn which<'m, 'a>(
    domains: &[&'m Member<'a>],
    sorted: &'m Sorted<'a>,
    format: Format,
    request: &Request,
) -> Result<Option<&'m Member<'a>>, Error> {
    if let [] | [_] = domains {
        return Ok(domains.first().copied());
    }
    let asked = sorted.members.iter().find(|m| Some(m.text.name.as_str()) == request.file.as_deref());
    if let Some(asked) = asked {
        if matches!(asked.role, Role::Domain(_)) {
            return Ok(Some(asked));
        }
        if let Some(own) = asked.outline(format) {
            let fits = |d: &&'m Member<'a>| {
                let domain = d.outline(format).filter(|domain| belongs(&own, domain))?;
                Some((likeness(&own, &domain), *d))
            };
            let fitting: Vec<_> = domains.iter().filter_map(fits).collect();
            let most = fitting.iter().map(|(likeness, _)| *likeness).max();
            let best: Vec<_> = fitting.iter().filter(|(likeness, _)| Some(*likeness) == most).collect();
            if let [(_, one)] = best[..] {
                return Ok(Some(one));
            }
        }
    }
    let names: Vec<String> = domains.iter().map(|m| shown(&m.text.name)).collect();
    let what =
        format!("several domains: {}; name one of these files instead of the folder", names.join(", "));
    Err(Error::new("", None, what))
}

/// The profiles that belong to a domain; of the others it is told, unless parties are named.
fn of_domain<'m, 'a>(
    domain: Option<&Member<'_>>,
    all: Vec<&'m Member<'a>>,
    format: Format,
    request: &Request,
) -> Result<(Vec<&'m Member<'a>>, Vec<Finding>), Error> {
    let main = domain.or(all.first().copied());
    let Some(outline) = main.and_then(|m| m.outline(format)).filter(|_| request.parties.is_empty()) else {
        return Ok((all, Vec::new()));
    };
    let fits = |m: &&Member<'_>| m.outline(format).is_none_or(|own| belongs(&own, &outline));
    let (own, others): (Vec<_>, Vec<_>) = all.into_iter().partition(fits);
    if others.is_empty() {
        return Ok((own, Vec::new()));
    }
    let names: Vec<String> = others.iter().take(8).map(|m| shown(&m.text.name)).collect();
    let more = if others.len() > 8 { ", …" } else { "" };
    let main = main.map_or(String::new(), |m| shown(&m.text.name));
    if own.is_empty() {
        let what = format!("no profile belongs to {main}: {}{more} have other issues", names.join(", "));
        return Err(Error::new("", None, what));
    }
    let what = format!("profiles of other domains than {main}, ignored: {}{more}", names.join(", "));
    Ok((own, vec![Finding::new("", None, what)]))
}

fn chosen<'m, 'a>(all: &[&'m Member<'a>], parties: &[String]) -> Result<Vec<&'m Member<'a>>, Error> {
    if parties.is_empty() {
        if all.len() > MOST_PARTIES {
            let what = format!(
                "{} profiles: at most {MOST_PARTIES} parties; name those that negotiate with `--parties {},…`",
                all.len(),
                shown(stem(&all[0].text.name))
            );
            return Err(Error::new("", None, what));
        }
        return Ok(all.to_vec());
    }
    let find = |party: &String| {
        let own = |m: &Member<'_>| stem(&m.text.name).to_owned();
        let fits = |m: &&&Member<'_>| {
            m.text.name == *party || own(m) == *party || unnumbered(&own(m)) == Some(party)
        };
        let names: Vec<String> = all.iter().take(12).map(|m| shown(stem(&m.text.name))).collect();
        let what = || format!("there is no profile “{}”; there are: {}", shown(party), names.join(", "));
        all.iter().find(fits).copied().ok_or_else(|| Error::new("", None, what()))
    };
    parties.iter().map(find).collect()
}

/// Takes off the numbers that keep parties in order in the names of files, where all of them have one.
fn unnumber(domain: &mut Domain) {
    let bare: Option<Vec<String>> =
        domain.profiles.iter().map(|p| unnumbered(&p.name).map(str::to_owned)).collect();
    let Some(bare) = bare else { return };
    let apart = |(at, name): (usize, &String)| !bare[..at].contains(name);
    if bare.iter().enumerate().all(apart) {
        domain.profiles.iter_mut().zip(bare).for_each(|(profile, name)| profile.name = name);
    }
}

/// Keeps the named parties of a game.
fn choose(domain: &mut Domain, parties: &[String]) -> Result<(), Error> {
    if parties.is_empty() {
        return Ok(());
    }
    let mut kept = Vec::new();
    for party in parties {
        let at = domain.profiles.iter().position(|p| p.name == *party);
        let missing = || Error::new("", None, format!("there is no party “{}” in this game", shown(party)));
        kept.push(at.ok_or_else(missing)?);
    }
    domain.vetoes = (0..kept.len()).filter(|at| domain.vetoes.contains(&kept[*at])).collect();
    domain.profiles = kept.iter().map(|at| domain.profiles[*at].clone()).collect();
    let (parties, vetoes) = (domain.profiles.len(), domain.vetoes.len());
    domain.may_refuse = domain.may_refuse.min(parties.saturating_sub(vetoes.max(1)));
    Ok(())
}

/// What holds in every format.
fn check(domain: &Domain) -> Result<(), Error> {
    if domain.profiles.is_empty() {
        return Err(Error::new("", None, "there is no profile: who wants what is not known"));
    }
    for issue in &domain.issues {
        issue.check("")?;
    }
    let values: u64 = domain.issues.iter().map(|i| i.values.count()).sum();
    if values > MOST_VALUES {
        let what = format!("the issues have {values} values in all: at most {MOST_VALUES} are read");
        return Err(Error::new("", None, what));
    }
    for profile in &domain.profiles {
        let worth = profile.worth(&domain.issues);
        let finite =
            profile.constant.is_finite() && worth.iter().flatten().all(|u| u.is_finite() && u.abs() < 1e100);
        if !finite {
            let what = format!("{}: utilities are not finite, or beyond all reason", shown(&profile.name));
            return Err(Error::new("", None, what));
        }
    }
    Ok(())
}
