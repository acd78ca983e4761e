//! Writes a domain with its profiles as GeniusWeb JSON, in the dialect of the Java classes.

use std::fmt::Write as _;

use super::super::distinct::distinct;
use super::super::domain::{Domain, Evaluation, Issue, Profile, Reservation, Values};
use super::super::fit::{fitted, weights_of_one};
use super::super::reserve::{Bar, Found, cheapest};
use super::super::{Text, Written, file_stem, party_stems};

/// The files of a domain: the domain's own and one for every profile.
pub fn write(domain: &Domain) -> Written {
    let mut taken = Vec::new();
    let mut losses = Vec::new();
    // What GeniusWeb accepts stays as it is.
    let named = distinct(domain, &mut losses);
    let domain = &weights_of_one(&named_where_bent(&fitted(&named, &mut losses), &mut losses));
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
    let names: Vec<&str> = domain.profiles.iter().map(|p| p.name.as_str()).collect();
    for (profile, stem) in domain.profiles.iter().zip(party_stems(&names, "json", &mut taken)) {
        files.push(Text { name: format!("{stem}.json"), text: space(domain, profile, &issues, &mut losses) });
    }
    Written { files, losses }
}

/// The most numbers of an issue that are written as named values.
const MOST_NAMED: u64 = 10_000;

/// The domain with named values for the issues of numbers that GeniusWeb has no form for: intervals whose steps are no decimal
/// numbers, and numbers that some party does not evaluate along a straight line.
fn named_where_bent(domain: &Domain, losses: &mut Vec<String>) -> Domain {
    let mut out = domain.clone();
    for (at, issue) in domain.issues.iter().enumerate() {
        let numbers = !matches!(issue.values, Values::Discrete(_)) && issue.values.count() <= MOST_NAMED;
        let straight = |p: &Profile| is_straight(issue, &p.evaluations[at].evaluate(&issue.values));
        if !numbers || on_steps(&issue.values) && domain.profiles.iter().all(straight) {
            continue;
        }
        losses.push(format!(
            "“{}”: its numbers are written as named values, since GeniusWeb knows numbers only in decimal steps and along a \
             straight line",
            issue.name
        ));
        out.issues[at].values =
            Values::Discrete((0..issue.values.count()).map(|v| issue.values.label(v)).collect());
        for profile in &mut out.profiles {
            let numbers = profile.evaluations[at].evaluate(&issue.values).into_iter().map(Some).collect();
            profile.evaluations[at] = Evaluation::Table { numbers, extra: Vec::new(), divided: false };
        }
    }
    out
}

/// Whether numbers are a first one and decimal steps from it.
fn on_steps(values: &Values) -> bool {
    let decimal = |n: f64| (n * 1e9).round() / 1e9 == n;
    !matches!(values, Values::Real { .. }) || range(values).is_none_or(|range| range.into_iter().all(decimal))
}

/// Whether evaluations lie on the line between those of the least and the largest value.
fn is_straight(issue: &Issue, evaluations: &[f64]) -> bool {
    let (Some(first), Some(last)) = (evaluations.first(), evaluations.last()) else { return true };
    let value = |at: usize| issue.values.number(at as u64).unwrap_or(0.0);
    let width = value(evaluations.len() - 1) - value(0);
    let rise = if width > 0.0 { (last - first) / width } else { 0.0 };
    (0..evaluations.len()).all(|at| (first + rise * (value(at) - value(0)) - evaluations[at]).abs() <= 1e-9)
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
    if profile.constant != 0.0 {
        lose(format!("GeniusWeb has no constant: {} is left out of every package", profile.constant));
    }
    if let Some(discount) = profile.discount {
        lose(format!("GeniusWeb has no discount factor: {discount} is left out"));
    }
    if let Some(step) = profile.step_discount {
        lose(format!("GeniusWeb has no discount factor: {step} a step is left out"));
    }
    let shares = exactly_one(&weights.iter().map(|w| w.1).collect::<Vec<_>>());
    let weights: Vec<_> =
        weights.iter().zip(shares).map(|((name, _), share)| format!("      {name}: {share}")).collect();
    let mut out = format!(
        "{{\n  \"LinearAdditiveUtilitySpace\": {{\n    \"name\": {},\n    \"domain\": {},\n    \"issueUtilities\": {{\n{}\n    }},\n    \"issueWeights\": {{\n{}\n    }}",
        quoted(&profile.name),
        domain_text(domain, issues, "    "),
        utilities.join(",\n"),
        weights.join(",\n")
    );
    if let Some(package) = reservation(domain, profile, &mut lose) {
        let bid = bid(domain, &package);
        let _ = write!(out, ",\n    \"reservationBid\": {{\"issuevalues\": {{{bid}}}}}");
    }
    out.push_str("\n  }\n}\n");
    out
}

/// A bid with these values; issues without one are left out.
fn bid(domain: &Domain, package: &[Option<u64>]) -> String {
    let values = domain.issues.iter().zip(package).filter_map(|(issue, v)| {
        let label = issue.values.label((*v)?);
        let value = if issue.values.number(0).is_some() { label } else { quoted(&label) };
        Some(format!("{}: {value}", quoted(&issue.name)))
    });
    values.collect::<Vec<_>>().join(", ")
}

/// The reservation bid: the package of the profile, or the cheapest one by which the same packages are accepted; `None`: no bid,
/// which means 0.
fn reservation(
    domain: &Domain,
    profile: &Profile,
    lose: &mut impl FnMut(String),
) -> Option<Vec<Option<u64>>> {
    let value = match &profile.reservation {
        Reservation::Package(package) => return Some(package.clone()),
        Reservation::Utility(value) => *value,
        Reservation::None => {
            lose("any package is better than none: no reservation is written, which means 0".into());
            return None;
        }
    };
    if value < 0.0 || value == 0.0 && !domain.strict {
        return None;
    }
    let worth = profile.worth(&domain.issues);
    let bar = if domain.strict { Bar::Above(value) } else { Bar::AtLeast(value) };
    let found = cheapest(&worth, bar);
    let package = found.package();
    let is_worth: f64 = worth.iter().zip(package).map(|(row, v)| row[*v]).sum();
    match found {
        Found::Cheapest(_) if (is_worth - value).abs() < 1e-9 => {}
        Found::Cheapest(_) => lose(format!(
            "a reservation is a package in GeniusWeb: {value} is written as the cheapest one that is worth it, {}, by which the \
             same packages are accepted",
            short(is_worth)
        )),
        Found::Cheap(_) => lose(format!(
            "a reservation is a package in GeniusWeb: {value} is written as one worth {}; there are too many to be sure that \
             none is cheaper",
            short(is_worth)
        )),
        Found::Best(_) => lose(format!(
            "no package is worth its reservation, {value}: its best one is written, and GeniusWeb accepts that"
        )),
    }
    Some(package.iter().map(|v| Some(*v as u64)).collect())
}

/// A number for a message.
fn short(number: f64) -> String {
    format!("{}", (number * 1e6).round() / 1e6)
}

/// Decimals whose sum is 1 to the last digit, as GeniusWeb asks for: the numbers as they are where they are such, else with the
/// largest moved by what is missing in the fifteenth decimal.
fn exactly_one(weights: &[f64]) -> Vec<String> {
    const UNIT: i64 = 1_000_000_000_000_000;
    let said: Vec<String> = weights.iter().map(|w| number(*w)).collect();
    if said.iter().map(|text| decimal(text)).sum::<Option<i128>>() == Some(WHOLE) {
        return said;
    }
    let mut units: Vec<i64> = weights.iter().map(|w| (w * UNIT as f64).round() as i64).collect();
    let missing = UNIT - units.iter().sum::<i64>();
    if let Some(largest) = units.iter_mut().max() {
        *largest += missing;
    }
    let digits = |n: &i64| match n {
        &UNIT => "1.0".to_owned(),
        n => format!("0.{n:015}").trim_end_matches('0').trim_end_matches('.').to_owned(),
    };
    units.iter().map(digits).collect()
}

/// 1 in units of the last decimal that is looked at.
const WHOLE: i128 = 10i128.pow(30);

/// A decimal number from 0 to 1 in these units; `None` where it has more decimals.
fn decimal(text: &str) -> Option<i128> {
    let plain =
        if text.contains('e') { format!("{:.40}", text.parse::<f64>().ok()?) } else { text.to_owned() };
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let decimals = decimals.trim_end_matches('0');
    if decimals.len() > 30 {
        return None;
    }
    let padded = format!("{decimals:0<30}");
    Some(whole.parse::<i128>().ok()? * WHOLE + padded.parse::<i128>().ok()?)
}

/// A utility that is within 0 and 1 on paper.
fn unit(u: f64) -> f64 {
    if (-1e-9..=1.0 + 1e-9).contains(&u) { u.clamp(0.0, 1.0) } else { u }
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
        return (between((low.0, unit(low.1)), (high.0, unit(high.1))), weight);
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
    let scale = if most > 1.0 + 1e-9 { most } else { 1.0 };
    let utilities: Vec<f64> = numbers.iter().map(|u| unit(u / scale)).collect();
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
    if !is_straight(issue, &utilities) {
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
