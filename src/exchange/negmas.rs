//! NegMAS YAML or JSON: an outcome space, and utility functions that are sums over issues. Numbers are read as they stand;
//! NegMAS normalises nothing when it loads them.

use super::domain::{Domain, Evaluation, Format, Issue, Profile, Reservation, Values};
use super::error::{Error, Finding, shown};
use super::node::{Cursor, File, Node};
use super::stem;
use crate::domain::Discounts;

/// How many values of a continuous issue NegMAS looks at unless told otherwise.
const REAL_STEPS: usize = 10;

/// The part that a file plays, by its `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The outcome space.
    Domain,
    /// A utility function.
    Profile,
}

/// The part of a file; `None`: it is neither.
pub(super) fn part(node: &Node) -> Option<Part> {
    let Some(Node::Text(kind)) = node.get("type") else { return None };
    let lower = kind.to_lowercase();
    match () {
        () if kind.contains("OutcomeSpace") => Some(Part::Domain),
        () if lower.contains("fun") => Some(Part::Profile),
        () => None,
    }
}

/// Reads an outcome space with utility functions.
pub(super) fn read(domain: File<'_>, profiles: &[File<'_>]) -> Result<Domain, Error> {
    let root = Cursor::new(domain.0, domain.1);
    let mut findings = Vec::new();
    let list = root.need("issues")?.list()?;
    if list.is_empty() {
        return Err(root.error("there is no issue in it"));
    }
    let issues = list.iter().map(|issue| self::issue(issue, &mut findings)).collect::<Result<Vec<_>, _>>()?;
    let read = profiles.iter().map(|(file, node)| profile(file, node, &issues, &mut findings));
    let profiles = read.collect::<Result<Vec<_>, _>>()?;
    Ok(Domain {
        name: root.get("name").map_or(Ok(String::new()), |name| name.label())?,
        format: Format::Negmas,
        issues,
        profiles,
        may_refuse: 0,
        vetoes: Vec::new(),
        strict: false,
        initial: None,
        findings,
    })
}

/// The last part of a dotted type name.
fn kind<'a>(cursor: &Cursor<'a>) -> Result<&'a str, Error> {
    let text = cursor.need("type")?.text()?;
    Ok(text.rsplit('.').next().unwrap_or(text))
}

fn issue(cursor: &Cursor<'_>, findings: &mut Vec<Finding>) -> Result<Issue, Error> {
    let name = cursor.need("name")?.label()?;
    let values = cursor.need("values")?;
    let kind = kind(cursor)?;
    let ends = || -> Result<(f64, f64), Error> {
        if matches!(values.node, Node::Number(..)) {
            return Ok((0.0, values.number()? - 1.0));
        }
        match values.list()?[..] {
            [ref low, ref high] => Ok((low.number()?, high.number()?)),
            _ => Err(values.error("the least and the largest value are expected")),
        }
    };
    let read = match kind {
        "ContiguousIssue" => {
            let (low, high) = ends()?;
            if low.fract() != 0.0 || high.fract() != 0.0 || low > high || low.abs().max(high.abs()) > 1e15 {
                return Err(values.error("two whole numbers, the least first, are expected"));
            }
            Values::Integer { low: low as i64, high: high as i64 }
        }
        "ContinuousIssue" => {
            let (low, high) = ends()?;
            if low > high {
                return Err(values.error("the least value comes first"));
            }
            let what = format!("issue “{}” is continuous: {REAL_STEPS} values are looked at", shown(&name));
            findings.push(Finding::new(cursor.file, None, what));
            Values::Real { low, high, steps: REAL_STEPS }
        }
        "CategoricalIssue"
        | "OrdinalIssue"
        | "CardinalIssue"
        | "DiscreteCardinalIssue"
        | "DiscreteOrdinalIssue" => named(&values)?,
        other => return Err(cursor.error(format!("issues of type `{}` are not read", shown(other)))),
    };
    let issue = Issue { name, values: read };
    issue.check(cursor.file)?;
    Ok(issue)
}

fn named(values: &Cursor<'_>) -> Result<Values, Error> {
    if let Node::Number(n, _) = values.node
        && n.fract() == 0.0
        && (1.0..=1e6).contains(n)
    {
        return Ok(Values::Discrete((0..*n as u64).map(|v| v.to_string()).collect()));
    }
    let names = values.list()?.iter().map(Cursor::label).collect::<Result<Vec<_>, _>>()?;
    if names.is_empty() {
        return Err(values.error("there is no value in it"));
    }
    Ok(Values::Discrete(names))
}

fn profile(file: &str, node: &Node, issues: &[Issue], findings: &mut Vec<Finding>) -> Result<Profile, Error> {
    let mut cursor = Cursor::new(file, node);
    let mut reserved = cursor.get("reserved_value");
    let mut outcome = cursor.get("reserved_outcome");
    let mut time = Time::default();
    // Discounted functions wrap another one.
    for _ in 0..8 {
        let kind = kind(&cursor)?;
        if !kind.contains("Discounted") {
            break;
        }
        discounted(&cursor, kind, &mut time, findings)?;
        cursor = cursor.need("ufun")?;
        reserved = reserved.or(cursor.get("reserved_value"));
        outcome = outcome.or(cursor.get("reserved_outcome"));
    }
    let (evaluations, weights) = match kind(&cursor)? {
        "LinearAdditiveUtilityFunction" | "LinearUtilityAggregationFunction" => {
            additive(&cursor, issues, findings)?
        }
        "AffineUtilityFunction" | "LinearUtilityFunction" => (
            issues.iter().map(|issue| identity(&cursor, issue)).collect::<Result<_, _>>()?,
            weights(&cursor, issues)?,
        ),
        "ConstUtilityFunction" | "ConstUFun" => {
            let value = cursor.need("value")?.number()?;
            return Ok(made(
                file,
                issues.iter().map(|_| Evaluation::Constant(0.0)).collect(),
                vec![0.0; issues.len()],
                value,
                reservation(reserved, outcome, issues)?,
                time,
            ));
        }
        other => {
            let what = format!(
                "utility functions of type `{}` are not read: only sums over issues are",
                shown(other)
            );
            return Err(cursor.error(what));
        }
    };
    let constant = cursor.get("bias").map_or(Ok(0.0), |bias| bias.number())?;
    Ok(made(file, evaluations, weights, constant, reservation(reserved, outcome, issues)?, time))
}

fn made(
    file: &str,
    evaluations: Vec<Evaluation>,
    weights: Vec<f64>,
    constant: f64,
    reservation: Reservation,
    time: Time,
) -> Profile {
    Profile {
        name: stem(file).to_owned(),
        role: None,
        evaluations,
        weights,
        constant,
        ceiling: None,
        reservation,
        discount: time.whole,
        step_discount: time.step,
        discounts: time.discounts.unwrap_or_default(),
    }
}

/// What time leaves of utilities: after all of it, and a step later.
#[derive(Default)]
struct Time {
    whole: Option<f64>,
    step: Option<f64>,
    /// What the outermost function discounts.
    discounts: Option<Discounts>,
}

/// Notes what a discounted function says of time, where a factor says it; nested functions multiply.
fn discounted(
    cursor: &Cursor<'_>,
    kind: &str,
    time: &mut Time,
    findings: &mut Vec<Finding>,
) -> Result<(), Error> {
    let mut note = |what: String| findings.push(Finding::new(cursor.file, None, what));
    let rate = match cursor.get("discount").or_else(|| cursor.get("cost")) {
        Some(rate) if *rate.node != Node::Null => rate.number()?,
        _ => {
            note(format!("`{kind}` without a rate: time costs nothing"));
            return Ok(());
        }
    };
    let factor = match cursor.get("factor") {
        Some(factor) => factor.label()?,
        None => "step".to_owned(),
    };
    let kept = match factor.as_str() {
        "relative_time" => &mut time.whole,
        "step" => &mut time.step,
        _ => &mut None,
    };
    let exponential = kind == "ExpDiscountedUFun" && matches!(factor.as_str(), "relative_time" | "step");
    match rate {
        rate if exponential && rate == 1.0 => {}
        rate if exponential && rate > 0.0 && rate < 1.0 => {
            *kept = Some(kept.unwrap_or(1.0) * rate);
            time.reserve(dynamic(cursor)?, &mut note);
        }
        rate => {
            note(format!(
                "`{kind}` with rate {rate} by {factor}: utilities are read undiscounted, since only a factor in ]0, 1] by \
                 step or relative_time can be said"
            ));
        }
    }
    Ok(())
}

impl Time {
    /// Notes whether a function discounts the reservation too; the outermost one decides.
    fn reserve(&mut self, discounts: Discounts, note: &mut impl FnMut(String)) {
        if *self.discounts.get_or_insert(discounts) != discounts {
            note(
                "nested functions differ in whether they discount the reservation: the outermost counts"
                    .into(),
            );
        }
    }
}

/// Whether a discounted function discounts the reservation too, as NegMAS does unless it is told not to.
fn dynamic(cursor: &Cursor<'_>) -> Result<Discounts, Error> {
    match cursor.get("dynamic_reservation").map(|flag| (flag.node.clone(), flag)) {
        None | Some((Node::Null | Node::Flag(true, _), _)) => Ok(Discounts::Both),
        Some((Node::Flag(false, _), _)) => Ok(Discounts::Agreement),
        Some((_, flag)) => Err(flag.error("`true` or `false` is expected")),
    }
}

fn reservation(
    value: Option<Cursor<'_>>,
    outcome: Option<Cursor<'_>>,
    issues: &[Issue],
) -> Result<Reservation, Error> {
    let value = value.filter(|v| *v.node != Node::Null);
    if let Some(value) = &value
        && value.any_number()? > f64::NEG_INFINITY
    {
        return Ok(Reservation::Utility(value.any_number()?));
    }
    let Some(outcome) = outcome.filter(|o| *o.node != Node::Null) else { return Ok(Reservation::None) };
    let list = outcome.list()?;
    if list.len() != issues.len() {
        return Err(outcome.error(format!("{} values are expected, one for each issue", issues.len())));
    }
    let find = |(value, issue): (&Cursor<'_>, &Issue)| {
        let label = value.label()?;
        let wrong = || value.error(format!("the issue has no value “{}”", shown(&label)));
        Ok(Some(issue.values.find(&label).ok_or_else(wrong)?))
    };
    Ok(Reservation::Package(list.iter().zip(issues).map(find).collect::<Result<_, Error>>()?))
}

/// The members of a list, or of a table by issue, in the order of the issues.
fn by_issue<'a>(cursor: &Cursor<'a>, issues: &[Issue]) -> Result<Vec<Cursor<'a>>, Error> {
    if matches!(cursor.node, Node::Map(_)) {
        return issues.iter().map(|issue| cursor.need(&issue.name)).collect();
    }
    let list = cursor.list()?;
    if list.len() != issues.len() {
        return Err(cursor.error(format!("{} members are expected, one for each issue", issues.len())));
    }
    Ok(list)
}

fn weights(cursor: &Cursor<'_>, issues: &[Issue]) -> Result<Vec<f64>, Error> {
    match cursor.get("weights") {
        Some(weights) if *weights.node != Node::Null => {
            by_issue(&weights, issues)?.iter().map(Cursor::number).collect()
        }
        _ => Ok(vec![1.0; issues.len()]),
    }
}

fn additive(
    cursor: &Cursor<'_>,
    issues: &[Issue],
    findings: &mut Vec<Finding>,
) -> Result<(Vec<Evaluation>, Vec<f64>), Error> {
    let values = by_issue(&cursor.need("values")?, issues)?;
    let rows = values.iter().zip(issues);
    let evaluations = rows.map(|(v, issue)| evaluation(v, issue, findings)).collect::<Result<_, _>>()?;
    Ok((evaluations, weights(cursor, issues)?))
}

fn evaluation(cursor: &Cursor<'_>, issue: &Issue, findings: &mut Vec<Finding>) -> Result<Evaluation, Error> {
    let number = |key: &str| cursor.need(key)?.number();
    let or_zero = |key: &str| cursor.get(key).map_or(Ok(0.0), |n| n.number());
    if cursor.get("type").is_none() {
        return table(cursor, issue, findings);
    }
    let line = |slope: f64, offset: f64| Evaluation::Linear { slope, from: 0.0, offset, clamped: false };
    match kind(cursor)? {
        "TableFun" => table(&cursor.need("mapping")?, issue, findings),
        "ConstFun" => Ok(Evaluation::Constant(or_zero("bias")?)),
        "IdentityFun" => identity(cursor, issue),
        "LinearFun" => numeric(cursor, issue, line(number("slope")?, or_zero("bias")?)),
        "AffineFun" => numeric(cursor, issue, line(number("slope")?, or_zero("bias")?)),
        "TriangularFun" => {
            let (low, top, high) = (number("start")?, number("middle")?, number("end")?);
            let known = ["type", "start", "middle", "end", "name"];
            if cursor.members()?.iter().any(|(key, _)| !known.contains(key)) {
                return Err(cursor.error("only `start`, `middle` and `end` of a `TriangularFun` are read"));
            }
            if !(low..=high).contains(&top) {
                return Err(cursor.error("`middle` lies between `start` and `end`"));
            }
            numeric(cursor, issue, Evaluation::Triangle { low, top, high })
        }
        other => Err(cursor.error(format!("value functions of type `{}` are not read", shown(other)))),
    }
}

fn numeric(cursor: &Cursor<'_>, issue: &Issue, evaluation: Evaluation) -> Result<Evaluation, Error> {
    let Values::Discrete(names) = &issue.values else { return Ok(evaluation) };
    // Named values that are numbers are evaluated one by one.
    let number = |name: &String| name.trim().parse::<f64>().ok().filter(|n| n.is_finite());
    let Some(numbers) = names.iter().map(number).collect::<Option<Vec<f64>>>() else {
        let what = format!("issue “{}” has values that are no numbers", shown(&issue.name));
        return Err(cursor.error(what));
    };
    let of = |n: f64| evaluation.evaluate(&Values::Real { low: n, high: n, steps: 1 }).first().copied();
    let numbers = numbers.into_iter().map(of).collect();
    Ok(Evaluation::Table { numbers, extra: Vec::new(), divided: false })
}

fn identity(cursor: &Cursor<'_>, issue: &Issue) -> Result<Evaluation, Error> {
    numeric(cursor, issue, Evaluation::Linear { slope: 1.0, from: 0.0, offset: 0.0, clamped: false })
}

fn table(cursor: &Cursor<'_>, issue: &Issue, findings: &mut Vec<Finding>) -> Result<Evaluation, Error> {
    let mut numbers = vec![None; issue.values.count() as usize];
    let mut extra = Vec::new();
    for (value, number) in cursor.members()? {
        match issue.values.find(value) {
            Some(at) => numbers[at as usize] = Some(number.number()?),
            None => {
                let what = format!(
                    "issue “{}” has no value “{}”; it is kept aside",
                    shown(&issue.name),
                    shown(value)
                );
                findings.push(Finding::new(cursor.file, None, what));
                extra.push((value.to_owned(), number.number()?));
            }
        }
    }
    if let Some(at) = numbers.iter().position(Option::is_none) {
        let value = issue.values.label(at as u64);
        return Err(cursor.error(format!("the value “{}” is missing; NegMAS needs every one", shown(&value))));
    }
    Ok(Evaluation::Table { numbers, extra, divided: false })
}
