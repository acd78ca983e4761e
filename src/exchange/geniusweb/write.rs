//! Writes a domain with its profiles as GeniusWeb JSON, in the dialect of the Java classes.

use std::fmt::Write as _;

use super::super::distinct::distinct;
use super::super::domain::{Domain, Evaluation, Format, Issue, Profile, Reservation, Values};
use super::super::fit::{fitted, weights_of_one};
use super::super::{Text, Written, file_stem};

/// The files of a domain: the domain's own and one for every profile.
pub fn write(domain: &Domain) -> Written {
    let mut taken = Vec::new();
    let mut losses = Vec::new();
    // What GeniusWeb itself wrote comes back as it was.
    let fit = |losses: &mut Vec<String>| weights_of_one(&fitted(&distinct(domain, losses), losses));
    let domain = &if domain.format == Format::Geniusweb { domain.clone() } else { fit(&mut losses) };
    if domain.may_refuse > 0 || domain.strict {
        losses.push(
            "GeniusWeb has no decision rule and no `>`: every party's consent is needed there".to_owned(),
        );
    }
    if domain.initial.is_some() {
        losses.push("GeniusWeb has no initial deal: it is left out".to_owned());
    }
    for issue in &domain.issues {
        if let Values::Real { steps, .. } = issue.values {
            losses.push(format!("“{}”: an interval is written as a range of {steps} numbers", issue.name));
        }
    }
    let issues = issues(domain);
    let mut files = vec![Text {
        name: format!("{}.json", file_stem(&domain.name, &mut taken)),
        text: format!("{}\n", domain_text(domain, &issues, "")),
    }];
    for profile in &domain.profiles {
        let stem = file_stem(&profile.name, &mut taken);
        files.push(Text { name: format!("{stem}.json"), text: space(domain, profile, &issues, &mut losses) });
    }
    Written { files, losses }
}

/// A text in quotes.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A finite number.
fn number(n: f64) -> String {
    serde_json::Value::from(n).to_string()
}

/// The values of a range as GeniusWeb counts them.
fn range(values: &Values) -> Option<[f64; 3]> {
    match *values {
        Values::Discrete(_) => None,
        Values::Integer { low, high } => Some([low as f64, high as f64, 1.0]),
        Values::Stepped { low, high, step } => Some([low, high, step]),
        Values::Real { low, high, steps } => {
            let step = (high - low) / steps.saturating_sub(1).max(1) as f64;
            Some([low, high, if step > 0.0 { step } else { 1.0 }])
        }
    }
}

fn issues(domain: &Domain) -> Vec<String> {
    let one = |issue: &Issue| {
        let values = match (&issue.values, range(&issue.values)) {
            (Values::Discrete(names), _) => {
                let names: Vec<_> = names.iter().map(|n| quoted(n)).collect();
                format!("{{\"values\": [{}]}}", names.join(", "))
            }
            (_, Some(range)) => format!("{{\"range\": [{}]}}", range.map(number).join(", ")),
            _ => String::new(),
        };
        format!("{}: {values}", quoted(&issue.name))
    };
    domain.issues.iter().map(one).collect()
}

fn domain_text(domain: &Domain, issues: &[String], indent: &str) -> String {
    let inner: Vec<_> = issues.iter().map(|i| format!("{indent}    {i}")).collect();
    format!(
        "{{\n{indent}  \"name\": {},\n{indent}  \"issuesValues\": {{\n{}\n{indent}  }}\n{indent}}}",
        quoted(&domain.name),
        inner.join(",\n")
    )
}

fn space(domain: &Domain, profile: &Profile, issues: &[String], losses: &mut Vec<String>) -> String {
    let mut lose = |what: String| losses.push(format!("{}: {what}", profile.name));
    let mut utilities = Vec::new();
    let mut weights = Vec::new();
    for ((issue, evaluation), weight) in domain.issues.iter().zip(&profile.evaluations).zip(&profile.weights)
    {
        let name = quoted(&issue.name);
        let (text, weight) = evaluate(issue, evaluation, *weight, &mut lose);
        utilities.push(format!("      {name}: {text}"));
        weights.push((name, weight));
    }
    let sum: f64 = weights.iter().map(|w| w.1).sum();
    if (sum - 1.0).abs() > 1e-9 {
        lose(format!("the weights sum to {sum}; GeniusWeb accepts only a sum of 1"));
    }
    if profile.constant != 0.0 {
        lose(format!("GeniusWeb has no constant: {} is left out of every package", profile.constant));
    }
    if let Some(discount) = profile.discount {
        lose(format!("GeniusWeb has no discount factor: {discount} is left out"));
    }
    if let Some(step) = profile.step_discount {
        lose(format!("GeniusWeb has no discount factor: {step} a step is left out"));
    }
    let weights: Vec<_> = weights.iter().map(|(name, w)| format!("      {name}: {}", number(*w))).collect();
    let mut out = format!(
        "{{\n  \"LinearAdditiveUtilitySpace\": {{\n    \"name\": {},\n    \"domain\": {},\n    \"issueUtilities\": {{\n{}\n    }},\n    \"issueWeights\": {{\n{}\n    }}",
        quoted(&profile.name),
        domain_text(domain, issues, "    "),
        utilities.join(",\n"),
        weights.join(",\n")
    );
    match reservation(domain, profile) {
        Ok(None) => {}
        Ok(Some(bid)) => {
            let _ = write!(out, ",\n    \"reservationBid\": {{\"issuevalues\": {{{bid}}}}}");
        }
        Err(what) => lose(what),
    }
    out.push_str("\n  }\n}\n");
    out
}

/// The reservation bid: the package of the profile, or one that is worth what no agreement is worth.
fn reservation(domain: &Domain, profile: &Profile) -> Result<Option<String>, String> {
    let said = |package: &[Option<u64>]| {
        let rows = domain.issues.iter().zip(package);
        let values = rows.filter_map(|(issue, v)| {
            let label = issue.values.label((*v)?);
            let value = if issue.values.number(0).is_some() { label } else { quoted(&label) };
            Some(format!("{}: {value}", quoted(&issue.name)))
        });
        Some(values.collect::<Vec<_>>().join(", "))
    };
    match &profile.reservation {
        Reservation::Package(package) => Ok(said(package)),
        Reservation::Utility(0.0) => Ok(None),
        Reservation::None => Err("no reservation: GeniusWeb takes 0".into()),
        Reservation::Utility(value) => match worth_exactly(profile, domain, *value) {
            Some(package) => Ok(said(&package)),
            None => Err(format!(
                "a reservation is a package in GeniusWeb, and none found is worth {value}: it is left out, which means 0"
            )),
        },
    }
}

/// The most packages that are tried for a reservation bid.
const TRIED: usize = 1 << 20;

/// A package worth a utility to nine decimals, if there is one among the first that are tried.
fn worth_exactly(profile: &Profile, domain: &Domain, utility: f64) -> Option<Vec<Option<u64>>> {
    let worth = profile.worth(&domain.issues);
    let mut package = vec![0; worth.len()];
    for _ in 0..TRIED {
        let sum = worth.iter().zip(&package).fold(profile.constant, |sum, (row, v)| sum + row[*v]);
        if (sum - utility).abs() < 1e-9 {
            return Some(package.into_iter().map(|v| Some(v as u64)).collect());
        }
        let at = (0..package.len()).rev().find(|at| package[*at] + 1 < worth[*at].len())?;
        package[at] += 1;
        package[at + 1..].fill(0);
    }
    None
}

/// The utilities of an issue, and the weight that goes with them.
fn evaluate(
    issue: &Issue,
    evaluation: &Evaluation,
    weight: f64,
    lose: &mut impl FnMut(String),
) -> (String, f64) {
    let table = |pairs: &mut dyn Iterator<Item = (String, f64)>| {
        let pairs: Vec<_> = pairs.map(|(name, u)| format!("{}: {}", quoted(&name), number(u))).collect();
        format!("{{\"discreteutils\": {{\"valueUtilities\": {{{}}}}}}}", pairs.join(", "))
    };
    if let Evaluation::Between { low, high } = evaluation {
        return (between(*low, *high), weight);
    }
    if let (Values::Discrete(names), Evaluation::Table { numbers, extra, divided: false }) =
        (&issue.values, evaluation)
        && numbers.iter().flatten().all(|u| (0.0..=1.0).contains(u))
    {
        let named = names.iter().cloned().zip(numbers).filter_map(|(name, u)| Some((name, (*u)?)));
        return (table(&mut named.chain(extra.iter().cloned())), weight);
    }
    let numbers = evaluation.evaluate(&issue.values);
    let most = numbers.iter().copied().fold(0.0, f64::max);
    // Utilities above 1 are scaled down and their weight up.
    let scale = if most > 1.0 { most } else { 1.0 };
    let utilities: Vec<f64> = numbers.iter().map(|u| u / scale).collect();
    if utilities.iter().any(|u| *u < 0.0) {
        lose(format!("“{}”: GeniusWeb accepts no utility below 0", issue.name));
    }
    if let Values::Discrete(names) = &issue.values {
        return (table(&mut names.iter().cloned().zip(utilities)), weight * scale);
    }
    let count = issue.values.count();
    let end = |at: u64| {
        let value = issue.values.number(at).unwrap_or(0.0);
        (value, utilities.get(at as usize).copied().unwrap_or(0.0))
    };
    let (low, high) = (end(0), end(count.saturating_sub(1)));
    let rise = if high.0 > low.0 { (high.1 - low.1) / (high.0 - low.0) } else { 0.0 };
    if (0..count).any(|at| (low.1 + rise * (end(at).0 - low.0) - end(at).1).abs() > 1e-9) {
        lose(format!(
            "“{}”: GeniusWeb has no form for this evaluation; a straight line is written",
            issue.name
        ));
    }
    (between(low, high), weight * scale)
}

fn between(low: (f64, f64), high: (f64, f64)) -> String {
    format!(
        "{{\"numberutils\": {{\"lowValue\": {}, \"lowUtility\": {}, \"highValue\": {}, \"highUtility\": {}}}}}",
        number(low.0),
        number(low.1),
        number(high.0),
        number(high.1)
    )
}
