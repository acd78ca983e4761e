//! Reads a GENIUS domain with its profiles.

use crate::domain::Discounts;

use super::super::domain::{Domain, Evaluation, Format, Issue, Profile, Reservation, Values};
use super::super::error::{Error, Finding, shown};
use super::super::{Text, stem};
use super::REAL_STEPS;
use super::objective::{File, Kind, bounds, kind, parse};
use super::tree::Node;

/// Reads a domain file and profiles. Without a domain file the issues are those of the first profile.
pub(in crate::exchange) fn read(domain: Option<&Text>, profiles: &[&Text]) -> Result<Domain, Error> {
    let Some(main) = domain.or(profiles.first().copied()) else {
        return Err(Error::new("", None, "there is neither a GENIUS domain nor a profile"));
    };
    let files = profiles.iter().map(|text| parse(&text.name, &text.text)).collect::<Result<Vec<_>, _>>()?;
    // What a profile is comes before what else may be wrong.
    files.iter().try_for_each(refuse_nonlinear)?;
    let file = parse(&main.name, &main.text)?;
    refuse_nonlinear(&file)?;
    let mut findings = Vec::new();
    findings.extend(file.odd.clone().filter(|_| domain.is_some()));
    if domain.is_none() {
        let what = "there is no domain file (`<negotiation_template>`): the issues are those of this profile";
        findings.push(Finding::new(&main.name, None, what));
    }
    let issues = issues(&file, &mut findings)?;
    let read = files.iter().map(|file| profile(file, &issues, &mut findings));
    let profiles = read.collect::<Result<Vec<_>, _>>()?;
    Ok(Domain {
        name: stem(&main.name).to_owned(),
        format: Format::Genius,
        issues: issues.into_iter().map(|i| i.issue).collect(),
        profiles,
        may_refuse: 0,
        vetoes: Vec::new(),
        strict: false,
        initial: None,
        findings,
    })
}

/// The issues of a file with their named values; `None`: it cannot be parsed, or has no issues, as profiles of
/// hyper-rectangles may, of which reading tells better why they cannot be read.
pub(in crate::exchange) fn outline(text: &Text) -> Option<Vec<(String, Vec<String>)>> {
    let file = parse(&text.name, &text.text).ok()?;
    let own = |key: &str, node: Node<'_>| node.attribute(key).unwrap_or_default().to_owned();
    let values = |issue: Node<'_>| -> Vec<String> {
        issue.children().filter(|n| n.is("item")).map(|n| own("value", n)).collect()
    };
    let issues = file.issues().ok().filter(|issues| !issues.is_empty())?;
    Some(issues.into_iter().map(|issue| (own("name", issue), values(issue))).collect())
}

/// An issue with the number that profiles call it by.
struct Known {
    index: Option<i64>,
    issue: Issue,
}

fn index(node: Node<'_>) -> Option<i64> {
    node.attribute("index")?.trim().parse().ok()
}

fn issues(file: &File<'_>, findings: &mut Vec<Finding>) -> Result<Vec<Known>, Error> {
    let nodes = file.issues()?;
    if nodes.is_empty() {
        return Err(file.error(file.root()?, "there is no `<issue>` in it"));
    }
    let mut known: Vec<Known> = Vec::new();
    for node in nodes {
        let name = node.attribute("name").unwrap_or_default();
        if name.is_empty() {
            findings.push(file.finding(node, "an issue has no name"));
        }
        let values = values(file, node, findings)?;
        let index = index(node);
        if index.is_some() && known.iter().any(|k| k.index == index) {
            let what =
                format!("two issues have the index {}: profiles cannot tell them apart", index.unwrap_or(0));
            return Err(file.error(node, what));
        }
        known.push(Known { index, issue: Issue { name: name.to_owned(), values } });
    }
    Ok(known)
}

fn values(file: &File<'_>, issue: Node<'_>, findings: &mut Vec<Finding>) -> Result<Values, Error> {
    let named =
        |what: &str| format!("issue “{}”: {what}", shown(issue.attribute("name").unwrap_or_default()));
    match kind(file, issue, findings) {
        Kind::Discrete => {
            let mut names: Vec<String> = Vec::new();
            for item in issue.children().filter(|n| n.is("item")) {
                let Some(value) = item.attribute("value") else {
                    return Err(file.error(item, "`<item>` needs a `value`"));
                };
                if names.iter().any(|n| n == value) {
                    let what = format!("the value “{}” comes twice; both count as values", shown(value));
                    findings.push(file.finding(item, named(&what)));
                }
                names.push(value.to_owned());
            }
            if names.is_empty() {
                let said = shown(issue.attribute("type").unwrap_or("discrete"));
                let what = format!("it has no `<item>`, as issues of type “{said}” must have");
                return Err(file.error(issue, named(&what)));
            }
            Ok(Values::Discrete(names))
        }
        Kind::Integer => {
            let (low, high) = needed(file, issue)?;
            if low.fract() != 0.0 || high.fract() != 0.0 || low.abs().max(high.abs()) > 1e15 {
                return Err(file.error(issue, named("bounds of an integer issue are whole numbers")));
            }
            Ok(Values::Integer { low: low as i64, high: high as i64 })
        }
        Kind::Real => {
            let (low, high) = needed(file, issue)?;
            let what =
                format!("a real issue: {REAL_STEPS} equally distant values are looked at, as GENIUS does");
            findings.push(file.finding(issue, named(&what)));
            Ok(Values::Real { low, high, steps: REAL_STEPS })
        }
    }
}

fn needed(file: &File<'_>, issue: Node<'_>) -> Result<(f64, f64), Error> {
    bounds(file, issue)?.ok_or_else(|| {
        let name = shown(issue.attribute("name").unwrap_or_default());
        file.error(issue, format!("issue “{name}”: `lowerbound` and `upperbound` are missing"))
    })
}

fn profile(file: &File<'_>, issues: &[Known], findings: &mut Vec<Finding>) -> Result<Profile, Error> {
    findings.extend(file.odd.clone());
    let space = file.space()?;
    let nodes = file.issues()?;
    let mut evaluations = Vec::new();
    let mut weights = Vec::new();
    for (at, known) in issues.iter().enumerate() {
        let node = matching(file, &nodes, known, at, findings)?;
        evaluations.push(evaluation(file, node, &known.issue, findings)?);
        weights.push(weight(file, node, &known.issue, findings)?);
    }
    if nodes.len() > issues.len() {
        let what =
            format!("it has {} issues and the domain {}: the others are ignored", nodes.len(), issues.len());
        findings.push(Finding::new(file.name, None, what));
    }
    let sum: f64 = weights.iter().sum();
    if (sum - 1.0).abs() > 1e-9 {
        let what = format!("the weights sum to {}; they are used as they stand", short(sum));
        findings.push(Finding::new(file.name, None, what));
    }
    Ok(Profile {
        name: stem(file.name).to_owned(),
        role: None,
        evaluations,
        weights,
        constant: 0.0,
        ceiling: Some(1.0),
        reservation: Reservation::Utility(reservation(file, space, findings)?),
        discount: discount(file, space, findings)?,
        step_discount: None,
        discounts: Discounts::Both,
    })
}

/// A number for a message.
fn short(number: f64) -> String {
    format!("{}", (number * 1e9).round() / 1e9)
}

fn refuse_nonlinear(file: &File<'_>) -> Result<(), Error> {
    let space = file.space()?;
    let kind = space.attribute("type").unwrap_or_default().to_ascii_lowercase();
    let rectangles = space.descendants().find(|n| n.is("ufun") || n.is("hyperRectangle"));
    if let Some(node) = rectangles {
        let what = "a nonlinear profile (hyper-rectangles): only sums over issues are read, since the zone, the \
                    frontier and item-by-item talks need to know what each value is worth";
        return Err(file.error(node, what));
    }
    if matches!(kind.as_str(), "nonlinear" | "constraint") {
        let what = format!("a profile of type “{kind}”: only sums over issues are read");
        return Err(file.error(space, what));
    }
    Ok(())
}

/// The issue of a profile that a domain's issue means: by index as GENIUS does, else by name, else by place.
fn matching<'n>(
    file: &File<'_>,
    nodes: &[Node<'n>],
    known: &Known,
    at: usize,
    findings: &mut Vec<Finding>,
) -> Result<Node<'n>, Error> {
    let name = &known.issue.name;
    let by_index = nodes.iter().find(|n| known.index.is_some() && index(**n) == known.index);
    let by_name = || nodes.iter().find(|n| n.attribute("name") == Some(name));
    let by_place = || nodes.get(at).filter(|_| known.index.is_none());
    let node = by_index.or_else(by_name).or_else(by_place).copied();
    let Some(node) = node else {
        let what = format!("the issue “{}” of the domain is missing in this profile", shown(name));
        return Err(Error::new(file.name, None, what));
    };
    let said = node.attribute("name").unwrap_or_default();
    if said != name {
        let what =
            format!("the issue is “{}” here and “{}” in the domain; indexes count", shown(said), shown(name));
        findings.push(file.finding(node, what));
    }
    Ok(node)
}

fn evaluation(
    file: &File<'_>,
    node: Node<'_>,
    issue: &Issue,
    findings: &mut Vec<Finding>,
) -> Result<Evaluation, Error> {
    let evaluator = node.children().find(|n| n.is("evaluator"));
    match (&issue.values, evaluator) {
        (Values::Discrete(names), _) => table(file, node, issue, names, findings),
        (_, None) => {
            let what = format!("issue “{}”: `<evaluator>` is missing", shown(&issue.name));
            Err(file.error(node, what))
        }
        (Values::Integer { low, .. }, Some(evaluator)) => Ok(Evaluation::Linear {
            slope: file.number(evaluator, "slope")?,
            from: *low as f64,
            offset: file.number(evaluator, "offset")?,
            clamped: true,
        }),
        (_, Some(evaluator)) => real(file, evaluator),
    }
}

fn real(file: &File<'_>, evaluator: Node<'_>) -> Result<Evaluation, Error> {
    let number = |key| file.number(evaluator, key);
    match evaluator.attribute("ftype").or(evaluator.attribute("type")).map(str::trim) {
        Some("linear") => Ok(Evaluation::Linear {
            slope: number("parameter1")?,
            from: 0.0,
            offset: number("parameter0")?,
            clamped: true,
        }),
        Some("constant") => Ok(Evaluation::Constant(number("parameter0")?)),
        Some("triangular") => {
            let [low, high, top] = [number("parameter0")?, number("parameter1")?, number("parameter2")?];
            if !(low..=high).contains(&top) {
                return Err(file.error(evaluator, "the top of a triangle (parameter2) lies between its ends"));
            }
            Ok(Evaluation::Triangle { low, top, high })
        }
        other => {
            let said = shown(other.unwrap_or_default());
            let what =
                format!("evaluators of ftype “{said}” are not read: linear, constant and triangular are");
            Err(file.error(evaluator, what))
        }
    }
}

fn table(
    file: &File<'_>,
    node: Node<'_>,
    issue: &Issue,
    names: &[String],
    findings: &mut Vec<Finding>,
) -> Result<Evaluation, Error> {
    let mut numbers: Vec<Option<f64>> = vec![None; names.len()];
    let mut extra: Vec<(String, f64)> = Vec::new();
    for item in node.children().filter(|n| n.is("item")) {
        let name = item.attribute("value").unwrap_or_default();
        let said = item.attribute("evaluation").map(str::trim).filter(|e| *e != "null");
        let Some(said) = said else { continue };
        let Some(number) = said.parse::<f64>().ok().filter(|n| n.is_finite()) else {
            let what = format!("evaluation=\"{}\" is no finite number", shown(said));
            return Err(file.error(item, what));
        };
        if number < 0.0 {
            findings.push(
                file.finding(item, format!("the evaluation {number} is below 0; it is used as it stands")),
            );
        }
        let mut found = false;
        // Values that come twice share the evaluation that comes last, as in a table of GENIUS.
        for (known, slot) in names.iter().zip(&mut numbers).filter(|(known, _)| *known == name) {
            debug_assert_eq!(known, name);
            found = true;
            *slot = Some(number);
        }
        if !found {
            let what = format!(
                "issue “{}”: the domain has no value “{}”; its evaluation counts only for the largest one",
                shown(&issue.name),
                shown(name)
            );
            findings.push(file.finding(item, what));
            extra.retain(|(known, _)| known != name);
            extra.push((name.to_owned(), number));
        }
    }
    for (name, _) in names.iter().zip(&numbers).filter(|(_, n)| n.is_none()) {
        let what = format!(
            "issue “{}”: the value “{}” has no evaluation; it counts 0",
            shown(&issue.name),
            shown(name)
        );
        findings.push(file.finding(node, what));
    }
    let evaluation = Evaluation::Table { numbers, extra, divided: true };
    if evaluation.divisor() < 1e-5 {
        let what = format!("issue “{}”: no evaluation is above 0; it counts nothing", shown(&issue.name));
        findings.push(file.finding(node, what));
    }
    Ok(evaluation)
}

/// The weight of an issue: that with its index beside it, else anywhere in the file.
fn weight(file: &File<'_>, node: Node<'_>, issue: &Issue, findings: &mut Vec<Finding>) -> Result<f64, Error> {
    let wanted = index(node);
    let fits = |n: &Node<'_>| n.is("weight") && wanted.is_some() && index(*n) == wanted;
    let beside = node.parent().and_then(|p| p.children().filter(fits).last());
    let root = file.root()?;
    let anywhere = || root.descendants().find(|n| fits(n));
    match beside.or_else(anywhere) {
        Some(weight) => file.number(weight, "value"),
        None => {
            let what = format!("issue “{}” has no weight; it counts nothing", shown(&issue.name));
            findings.push(file.finding(node, what));
            Ok(0.0)
        }
    }
}

fn reservation(file: &File<'_>, space: Node<'_>, findings: &mut Vec<Finding>) -> Result<f64, Error> {
    let Some(node) = space.descendants().find(|n| n.is("reservation")) else { return Ok(0.0) };
    let value = file.number(node, "value")?;
    if !(0.0..=1.0).contains(&value) {
        findings.push(file.finding(node, format!("the reservation value {value} is outside 0 to 1")));
    }
    Ok(value)
}

fn discount(file: &File<'_>, space: Node<'_>, findings: &mut Vec<Finding>) -> Result<Option<f64>, Error> {
    let Some(node) = space.descendants().find(|n| n.is("discount_factor")) else { return Ok(None) };
    let value = file.number(node, "value")?;
    if value <= 0.0 || value > 1.0 {
        let what = format!("a discount factor of {value} means none: time costs nothing");
        findings.push(file.finding(node, what));
        return Ok(None);
    }
    // A factor of 1 and none are the same.
    Ok(Some(value).filter(|d| *d < 1.0))
}
