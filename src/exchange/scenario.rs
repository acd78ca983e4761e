//! Turns a domain into a scenario of this program: issues become items, values options, utilities points of 100.
//!
//! Points keep the proportions of utilities: a party's best package is worth 100 points, a package of no worth none, and
//! the alternative lies where the reservation lies between them. Where a value is worth less than nothing, the issue's
//! worst value is set to 0 points instead and the alternative moves along. Points are rounded to four decimals,
//! alternatives to whole points; what rounding does is told.

use std::fmt::Write as _;

use super::domain::{Domain, Profile, Reservation};
use super::error::{Error, shown};
use crate::scenario::free_id;

/// The most options of an item, items and parties of a scenario.
const MOST: [u64; 3] = [32, 64, 16];

/// A scenario's text and what it does not say as the files did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scenario {
    /// The text, in TOML.
    pub text: String,
    /// What is lost or changed, in sentences.
    pub losses: Vec<String>,
}

/// A party's points.
struct Scale {
    /// `points[issue][value]`, of 100 for the best package, rounded to four decimals.
    points: Vec<Vec<f64>>,
    /// In whole points of 100.
    alternative: u8,
}

/// The scenario of a domain.
///
/// # Errors
/// When an issue has more than 32 values, or there are more issues or parties than a scenario can have.
pub fn write(domain: &Domain) -> Result<Scenario, Error> {
    refuse_too_large(domain)?;
    let mut losses = Vec::new();
    let party_ids = ids(domain.profiles.iter().map(|p| p.name.as_str()), "party");
    let item_ids = ids(domain.issues.iter().map(|i| i.name.as_str()), "item");
    let scales: Vec<Scale> = domain.profiles.iter().map(|p| scale(domain, p, &mut losses)).collect();
    if let Some(package) = &domain.initial {
        let labels: Vec<String> =
            package.iter().zip(&domain.issues).map(|(v, i)| i.values.label(*v as u64)).collect();
        losses.push(format!("talks begin with nothing on the table, not with {}", labels.join(", ")));
    }
    let mut text = head(domain);
    for ((profile, id), scale) in domain.profiles.iter().zip(&party_ids).zip(&scales) {
        let _ = writeln!(text, "[party.{id}]\nname = {}", quoted(&profile.name, &mut losses));
        let _ = writeln!(text, "alternative = {}\n", scale.alternative);
    }
    text.push_str(&track(domain, &party_ids));
    for (at, (issue, id)) in domain.issues.iter().zip(&item_ids).enumerate() {
        let _ =
            writeln!(text, "[item.{id}]\ntrack = \"talks\"\ntitle = {}", quoted(&issue.name, &mut losses));
        let _ = writeln!(text, "[item.{id}.option]");
        let labels: Vec<String> = (0..issue.values.count()).map(|v| issue.values.label(v)).collect();
        for (v, option) in ids(labels.iter().map(String::as_str), "option").iter().enumerate() {
            let _ = write!(text, "{option} = {{ title = {}", quoted(&labels[v], &mut losses));
            for (party, scale) in party_ids.iter().zip(&scales) {
                let _ = write!(text, ", {party} = {}", scale.points[at][v]);
            }
            text.push_str(" }\n");
        }
        text.push('\n');
    }
    text.push_str(&tail(domain, &item_ids, &party_ids));
    Ok(Scenario { text, losses })
}

fn refuse_too_large(domain: &Domain) -> Result<(), Error> {
    let refuse = |what: String| Err(Error::new("", None, what));
    let [options, items, parties] = MOST;
    for issue in &domain.issues {
        let n = issue.values.count();
        if n > options {
            return refuse(format!(
                "issue “{}” has {n} values, and an item of a scenario has at most {options} options: \
                 `baraza analyze` reads it, a scenario cannot hold it",
                shown(&issue.name)
            ));
        }
    }
    if domain.issues.len() as u64 > items {
        return refuse(format!("{} issues: a scenario has at most {items} items", domain.issues.len()));
    }
    if domain.profiles.len() as u64 > parties {
        let n = domain.profiles.len();
        return refuse(format!(
            "{n} profiles: a scenario has at most {parties} parties; name those that negotiate"
        ));
    }
    Ok(())
}

/// Ids for names: spelled like ids, free, and each only once.
fn ids<'a>(names: impl Iterator<Item = &'a str>, kind: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for (at, name) in names.enumerate() {
        let mut slug = String::new();
        for c in name.chars() {
            match c.to_ascii_lowercase() {
                c if c.is_ascii_alphanumeric() => slug.push(c),
                _ if slug.ends_with('-') => {}
                _ => slug.push('-'),
            }
        }
        // Room for a number behind it.
        let slug: String = slug.trim_matches('-').chars().take(32).collect();
        let slug = slug.trim_end_matches('-');
        let mut id = slug.to_owned();
        if !free_id(&id) {
            let digit = |c: char| c.is_ascii_digit();
            id = if slug.is_empty() || slug.starts_with(digit) {
                format!("{kind}-{}", at + 1)
            } else {
                format!("the-{slug}")
            };
        }
        let base = id.clone();
        let mut n = 2;
        while out.contains(&id) {
            id = format!("{base}-{n}");
            n += 1;
        }
        out.push(id);
    }
    out
}

/// A TOML text of at most 200 bytes.
fn quoted(text: &str, losses: &mut Vec<String>) -> String {
    let mut short = String::new();
    for c in text.chars() {
        if short.len() + c.len_utf8() > 190 {
            short.push('…');
            losses.push(format!("the name “{}” is cut", shown(text)));
            break;
        }
        short.push(c);
    }
    let mut out = String::from('"');
    for c in short.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn scale(domain: &Domain, profile: &Profile, losses: &mut Vec<String>) -> Scale {
    let mut lose = |what: String| losses.push(format!("{}: {what}", shown(&profile.name)));
    let mut worth = profile.worth(&domain.issues);
    let mut shift = profile.constant;
    let least = |row: &[f64]| row.iter().copied().fold(f64::INFINITY, f64::min);
    if profile.constant != 0.0 || worth.iter().any(|row| least(row) < 0.0) {
        for row in &mut worth {
            let least = least(row);
            shift += least;
            row.iter_mut().for_each(|u| *u -= least);
        }
        lose("utilities below 0 or with a constant: points are counted from each issue's worst value".into());
    }
    let total: f64 = worth.iter().map(|row| row.iter().copied().fold(0.0, f64::max)).sum();
    let factor = if total > 0.0 { 100.0 / total } else { 0.0 };
    if total <= 0.0 {
        lose("it is indifferent to everything: all its points are 0".into());
    }
    if let Some(ceiling) = profile.ceiling
        && shift + total > ceiling + 1e-9
    {
        lose(format!(
            "its best values sum to {}, and no package is worth more than {ceiling} in the file; here it is",
            short(shift + total)
        ));
    }
    if let Some(discount) = profile.discount {
        lose(format!("the discount factor {discount} has no counterpart: waiting costs nothing in points"));
    }
    let mut off = 0.0f64;
    let mut rounded = |u: f64| {
        let points = libm::round(u * factor * 1e4) / 1e4;
        off = off.max((points - u * factor).abs());
        points
    };
    let points: Vec<Vec<f64>> = worth.iter().map(|row| row.iter().map(|u| rounded(*u)).collect()).collect();
    if off > 0.0 {
        lose(format!("points are rounded to four decimals: no option is off by more than {off:.5} points"));
    }
    let alternative = alternative(domain, profile, shift, factor, &mut lose);
    Scale { points, alternative }
}

fn short(number: f64) -> String {
    format!("{}", libm::round(number * 1e6) / 1e6)
}

fn alternative(
    domain: &Domain,
    profile: &Profile,
    shift: f64,
    factor: f64,
    lose: &mut impl FnMut(String),
) -> u8 {
    if profile.reservation == Reservation::None {
        return 0;
    }
    let exact = profile.alternative(&domain.issues).map_or(0.0, |a| (a - shift) * factor);
    let whole = libm::round(exact).clamp(0.0, 100.0);
    if exact > 100.0 {
        lose(
            "its reservation is above its best package: only that package is good enough in the scenario"
                .into(),
        );
    } else if exact < 0.0 {
        lose("its reservation is below its worst package: the alternative is 0".into());
    } else if (whole - exact).abs() > 1e-9 {
        lose(format!("the alternative of {} points is rounded to {whole}", short(exact)));
    }
    whole as u8
}

fn head(domain: &Domain) -> String {
    let rounds = (domain.issues.len() + 12).min(200);
    format!(
        "# Imported: {}. Points are of 100 for the best package; start, rounds and tactics are\n\
         # this program's own and not the file's.\n\n[scenario]\ntitle = {}\nstart = 2025-01-06\nrounds = {rounds}\n\n",
        domain.format.title(),
        quoted(if domain.name.is_empty() { "domain" } else { &domain.name }, &mut Vec::new())
    )
}

fn list(ids: &[String]) -> String {
    let quoted: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
    format!("[{}]", quoted.join(", "))
}

fn track(domain: &Domain, parties: &[String]) -> String {
    let mut out =
        format!("[track.talks]\nseats = {}\npackage = \"nothing-until-everything\"\n", list(parties));
    if domain.may_refuse > 0 {
        let vetoes: Vec<String> = domain.vetoes.iter().map(|p| parties[*p].clone()).collect();
        let _ = writeln!(
            out,
            "rule = {{ kind = \"all-but\", n = {}, vetoes = {} }}",
            domain.may_refuse,
            list(&vetoes)
        );
    }
    out.push('\n');
    out
}

fn tail(domain: &Domain, items: &[String], parties: &[String]) -> String {
    // Where some may refuse, the text needs the hands only of those whose consent is needed in any case.
    let signatories = match domain.vetoes.is_empty() || domain.may_refuse == 0 {
        true => String::new(),
        false => {
            let vetoes: Vec<String> = domain.vetoes.iter().map(|p| parties[*p].clone()).collect();
            format!("signatories = {}\n", list(&vetoes))
        }
    };
    let mut out = format!(
        "[instrument.agreement]\ntrack = \"talks\"\nkind = \"comprehensive\"\nseals = {}\n{signatories}\n\
         [outcome.agreement]\ntitle = \"Agreement\"\nwhen = \"instrument.agreement.signed\"\nends = true\n",
        list(items)
    );
    if domain.strict {
        out.push_str("\n[dynamics]\nthreshold = \"above\"\n");
    }
    out
}
