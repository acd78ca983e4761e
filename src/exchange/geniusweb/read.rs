//! Reads a GeniusWeb domain with its profiles.

use super::super::domain::{Domain, Evaluation, Format, Issue, Profile, Reservation, Values};
use super::super::error::{Error, Finding, shown};
use super::super::node::{Cursor, File, Node};
use super::super::stem;
use crate::domain::Discounts;

const LINEAR: &str = "LinearAdditiveUtilitySpace";

/// Reads a domain file and profiles. Without a domain file the issues are those of the first profile.
pub(in crate::exchange) fn read(domain: Option<File<'_>>, profiles: &[File<'_>]) -> Result<Domain, Error> {
    let (main, cursor) = match (domain, profiles.first()) {
        (Some((file, node)), _) => (file, Cursor::new(file, node)),
        (None, Some((file, node))) => (*file, Cursor::new(file, node).need(LINEAR)?.need("domain")?),
        (None, None) => {
            return Err(Error::new("", None, "there is neither a GeniusWeb domain nor a profile"));
        }
    };
    let issues = issues(&cursor)?;
    let mut findings = Vec::new();
    let read = profiles.iter().map(|(file, node)| profile(file, node, &issues, &mut findings));
    let profiles = read.collect::<Result<Vec<_>, _>>()?;
    let name = match cursor.get("name") {
        Some(name) => name.label()?,
        None => stem(main).to_owned(),
    };
    Ok(Domain {
        name: if name.is_empty() { stem(main).to_owned() } else { name },
        format: Format::Geniusweb,
        issues,
        profiles,
        may_refuse: 0,
        vetoes: Vec::new(),
        strict: false,
        initial: None,
        findings,
    })
}

fn issues(domain: &Cursor<'_>) -> Result<Vec<Issue>, Error> {
    let members = domain.need("issuesValues")?.members()?;
    if members.is_empty() {
        return Err(domain.error("there is no issue in it"));
    }
    let issue = |(name, cursor): (&str, Cursor<'_>)| {
        let issue = Issue { name: name.to_owned(), values: values(&cursor)? };
        issue.check(cursor.file)?;
        Ok(issue)
    };
    members.into_iter().map(issue).collect()
}

fn values(cursor: &Cursor<'_>) -> Result<Values, Error> {
    if let Some(range) = cursor.get("range") {
        let numbers = range.list()?.iter().map(Cursor::number).collect::<Result<Vec<_>, _>>()?;
        return match numbers[..] {
            [low, high, step] if step > 0.0 && low <= high => Ok(Values::Stepped { low, high, step }),
            _ => Err(range.error("a range is the least value, the largest one and a step above 0")),
        };
    }
    let list = cursor.need("values")?;
    let names = list.list()?.iter().map(Cursor::label).collect::<Result<Vec<_>, _>>()?;
    if names.is_empty() {
        return Err(list.error("there is no value in it"));
    }
    if let Some(twice) = names.iter().enumerate().find(|(at, n)| names[..*at].contains(n)) {
        return Err(list.error(format!("the value “{}” comes twice", shown(twice.1))));
    }
    Ok(Values::Discrete(names))
}

fn profile(file: &str, node: &Node, domain: &[Issue], findings: &mut Vec<Finding>) -> Result<Profile, Error> {
    let root = Cursor::new(file, node);
    let Some(space) = root.get(LINEAR) else {
        let kind = root.members()?.first().map(|(key, _)| shown(key)).unwrap_or_default();
        return Err(root.error(format!("a profile of kind “{kind}”: only `{LINEAR}` is read")));
    };
    if let Some(own) = space.get("domain")
        && let own = issues(&own)?
        && !same(&own, domain)
    {
        let what = "the domain in this profile is not that of the domain file";
        return Err(Error::new(file, None, what));
    }
    let weights = space.need("issueWeights")?;
    let utilities = space.need("issueUtilities")?;
    let mut profile = Profile {
        name: stem(file).to_owned(),
        role: None,
        evaluations: Vec::new(),
        weights: Vec::new(),
        constant: 0.0,
        ceiling: None,
        reservation: Reservation::Utility(0.0),
        discount: None,
        step_discount: None,
        discounts: Discounts::default(),
    };
    for issue in domain {
        // An issue without a weight or utilities counts nothing.
        let (weight, utility) = (weights.get(&issue.name), utilities.get(&issue.name));
        if weight.is_none() || utility.is_none() {
            let what = format!(
                "the issue “{}” has no weight or no utilities; it counts nothing",
                shown(&issue.name)
            );
            findings.push(Finding::new(file, None, what));
        }
        profile.weights.push(weight.map_or(Ok(0.0), |w| w.number())?);
        let nothing = || Ok(Evaluation::Constant(0.0));
        profile.evaluations.push(utility.map_or_else(nothing, |u| evaluation(&u, issue, findings))?);
    }
    for (name, _) in weights.members()?.iter().chain(&utilities.members()?) {
        if !domain.iter().any(|issue| issue.name == *name) {
            return Err(Error::new(file, None, format!("the domain has no issue “{}”", shown(name))));
        }
    }
    let sum: f64 = profile.weights.iter().sum();
    if (sum - 1.0).abs() > 1e-9 {
        let what = format!("the weights sum to {sum} and not to 1; they are used as they stand");
        findings.push(Finding::new(file, None, what));
    }
    match space.get("reservationBid") {
        Some(bid) if *bid.node != Node::Null => profile.reservation = reservation(&bid, domain, findings)?,
        _ => {}
    }
    Ok(profile)
}

fn same(a: &[Issue], b: &[Issue]) -> bool {
    let as_sets = |values: &Values| match values {
        Values::Discrete(names) => {
            let mut names = names.clone();
            names.sort_unstable();
            Values::Discrete(names)
        }
        other => other.clone(),
    };
    a.len() == b.len()
        && a.iter().all(|i| b.iter().any(|j| i.name == j.name && as_sets(&i.values) == as_sets(&j.values)))
}

/// Utilities of an issue in either dialect.
fn evaluation(cursor: &Cursor<'_>, issue: &Issue, findings: &mut Vec<Finding>) -> Result<Evaluation, Error> {
    let either = |keys: [&str; 2]| keys.into_iter().find_map(|key| cursor.get(key));
    if let Some(table) = either(["discreteutils", "DiscreteValueSetUtilities"]) {
        let mut numbers = vec![None; issue.values.count() as usize];
        let mut extra = Vec::new();
        for (value, number) in table.need("valueUtilities")?.members()? {
            let utility = number.number()?;
            if !(0.0..=1.0).contains(&utility) {
                let what = format!("the utility {utility} of “{}” is outside 0 to 1", shown(value));
                findings.push(Finding::new(number.file, None, what));
            }
            match issue.values.find(value) {
                Some(at) => numbers[at as usize] = Some(utility),
                None => {
                    let what =
                        format!("issue “{}” has no value “{}”; it is kept aside", issue.name, shown(value));
                    findings.push(Finding::new(number.file, None, what));
                    extra.push((value.to_owned(), utility));
                }
            }
        }
        for at in (0..numbers.len()).filter(|at| numbers[*at].is_none()) {
            let value = issue.values.label(at as u64);
            let what =
                format!("issue “{}”: the value “{}” has no utility; it counts 0", issue.name, shown(&value));
            findings.push(Finding::new(table.file, None, what));
        }
        return Ok(Evaluation::Table { numbers, extra, divided: false });
    }
    if let Some(numbers) = either(["numberutils", "NumberValueSetUtilities"]) {
        let number = |key| numbers.need(key)?.number();
        let (low, high) =
            ((number("lowValue")?, number("lowUtility")?), (number("highValue")?, number("highUtility")?));
        if low.0 > high.0 {
            return Err(numbers.error("`lowValue` is above `highValue`"));
        }
        if matches!(issue.values, Values::Discrete(_)) {
            return Err(numbers.error("the issue has named values and not numbers"));
        }
        return Ok(Evaluation::Between { low, high });
    }
    let kind = cursor.members()?.first().map(|(key, _)| shown(key)).unwrap_or_default();
    Err(cursor.error(format!("utilities of kind “{kind}” are not read: discrete and number utilities are")))
}

fn reservation(
    bid: &Cursor<'_>,
    domain: &[Issue],
    findings: &mut Vec<Finding>,
) -> Result<Reservation, Error> {
    let values = bid.get("issuevalues").or_else(|| bid.get("issueValues"));
    let values = values.ok_or_else(|| bid.error("`issuevalues` is missing"))?;
    let mut package = vec![None; domain.len()];
    for (name, value) in values.members()? {
        let Some(at) = domain.iter().position(|issue| issue.name == name) else {
            return Err(values.error(format!("the domain has no issue “{}”", shown(name))));
        };
        let label = value.label()?;
        let found = domain[at].values.find(&label);
        let wrong = || value.error(format!("the issue has no value “{}”", shown(&label)));
        package[at] = Some(found.ok_or_else(wrong)?);
    }
    if package.contains(&None) {
        let what = "the reservation bid leaves issues open; they count nothing";
        findings.push(Finding::new(bid.file, None, what));
    }
    Ok(Reservation::Package(package))
}
