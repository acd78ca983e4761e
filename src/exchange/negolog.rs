//! NegoLog JSON: profiles with a reservation value, weights, and utilities between 0 and 1.

use super::domain::{Domain, Evaluation, Format, Issue, Profile, Reservation, Values};
use super::error::{Error, Finding, shown};
use super::node::{Cursor, File, Node};
use super::stem;
use crate::domain::Discounts;

/// Whether a file is a profile.
pub(super) fn is_profile(node: &Node) -> bool {
    node.get("issueWeights").is_some() && matches!(node.get("issues"), Some(Node::Map(_)))
}

/// Reads the profiles of a folder; the issues are those of the first one.
pub(super) fn read(profiles: &[File<'_>]) -> Result<Domain, Error> {
    let Some((file, node)) = profiles.first() else {
        return Err(Error::new("", None, "there is no NegoLog profile"));
    };
    let mut findings = Vec::new();
    let first = Cursor::new(file, node);
    let issues = issues(&first)?;
    let read = profiles.iter().map(|(file, node)| profile(file, node, &issues, &mut findings));
    Ok(Domain {
        profiles: read.collect::<Result<Vec<_>, _>>()?,
        name: String::new(),
        format: Format::Negolog,
        issues,
        may_refuse: 0,
        vetoes: Vec::new(),
        strict: false,
        initial: None,
        findings,
    })
}

fn issues(profile: &Cursor<'_>) -> Result<Vec<Issue>, Error> {
    let issues = profile.need("issues")?;
    let members = issues.members()?;
    if members.is_empty() {
        return Err(issues.error("there is no issue in it"));
    }
    let one = |(name, values): (&str, Cursor<'_>)| {
        let names: Vec<String> = values.members()?.iter().map(|(value, _)| (*value).to_owned()).collect();
        if names.is_empty() {
            return Err(values.error("there is no value in it"));
        }
        Ok(Issue { name: name.to_owned(), values: Values::Discrete(names) })
    };
    members.into_iter().map(one).collect()
}

fn profile(file: &str, node: &Node, domain: &[Issue], findings: &mut Vec<Finding>) -> Result<Profile, Error> {
    let root = Cursor::new(file, node);
    let (weights, issues) = (root.need("issueWeights")?, root.need("issues")?);
    let mut evaluations = Vec::new();
    for issue in domain {
        let table = issues.need(&issue.name)?;
        let mut numbers = vec![None; issue.values.count() as usize];
        for (value, number) in table.members()? {
            let utility = number.number()?;
            if !(0.0..=1.0).contains(&utility) {
                let what = format!("the utility {utility} of “{}” is outside 0 to 1", shown(value));
                findings.push(Finding::new(file, None, what));
            }
            let unknown = || table.error(format!("the first profile has no value “{}”", shown(value)));
            numbers[issue.values.find(value).ok_or_else(unknown)? as usize] = Some(utility);
        }
        if numbers.contains(&None) {
            let what = format!("issue “{}”: values without a utility count 0", shown(&issue.name));
            findings.push(Finding::new(file, None, what));
        }
        evaluations.push(Evaluation::Table { numbers, extra: Vec::new(), divided: false });
    }
    for (name, _) in issues.members()?.iter().chain(&weights.members()?) {
        if !domain.iter().any(|issue| issue.name == *name) {
            return Err(root.error(format!("the first profile has no issue “{}”", shown(name))));
        }
    }
    let of_issue = |issue: &Issue| weights.need(&issue.name)?.number();
    let weights = domain.iter().map(of_issue).collect::<Result<Vec<_>, _>>()?;
    let sum: f64 = weights.iter().sum();
    if (sum - 1.0).abs() > 1e-9 {
        let what = format!("the weights sum to {sum}; they are used as they stand");
        findings.push(Finding::new(file, None, what));
    }
    let reservation = match root.get("reservationValue") {
        Some(value) => value.number()?,
        None => {
            findings.push(Finding::new(file, None, "`reservationValue` is missing; it counts as 0"));
            0.0
        }
    };
    Ok(Profile {
        name: stem(file).to_owned(),
        role: None,
        evaluations,
        weights,
        constant: 0.0,
        ceiling: None,
        reservation: Reservation::Utility(reservation),
        discount: None,
        step_discount: None,
        discounts: Discounts::default(),
    })
}
