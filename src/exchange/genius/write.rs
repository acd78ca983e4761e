//! Writes a domain with its profiles as GENIUS XML. Other formats' utilities are said as evaluations that GENIUS divides
//! by their largest one, with weights that undo the division.

use std::fmt::Write as _;

use crate::domain::Discounts;

use super::super::distinct::distinct;
use super::super::domain::{Domain, Evaluation, Format, Issue, Profile, Reservation, Values};
use super::super::fit::fitted;
use super::super::{Text, Written, file_stem, party_stems};
use super::REAL_STEPS;

/// The files of a domain: the domain's own and one for every profile.
pub fn write(domain: &Domain) -> Written {
    let mut taken = Vec::new();
    let mut losses = Vec::new();
    // What GENIUS itself wrote comes back as it was.
    let fit = |losses: &mut Vec<String>| fitted(&distinct(domain, losses), losses);
    let domain = &if domain.format == Format::Genius { domain.clone() } else { fit(&mut losses) };
    if domain.may_refuse > 0 || domain.strict {
        losses
            .push("GENIUS has no decision rule and no `>`: every party's consent is needed there".to_owned());
    }
    if domain.initial.is_some() {
        losses.push("GENIUS has no initial deal: it is left out".to_owned());
    }
    let mut files = vec![Text {
        name: format!("{}.xml", file_stem(&domain.name, &mut taken)),
        text: template(domain, &mut losses),
    }];
    let names: Vec<&str> = domain.profiles.iter().map(|p| p.name.as_str()).collect();
    for (profile, stem) in domain.profiles.iter().zip(party_stems(&names, "xml", &mut taken)) {
        let name = format!("{stem}.xml");
        files.push(Text { name, text: space(domain, profile, &mut losses) });
    }
    Written { files, losses }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Raw ones would be read as spaces.
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            // XML knows no other control characters.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

fn objective(out: &mut String, domain: &Domain) {
    let name = escaped(&domain.name);
    let _ = writeln!(
        out,
        "<objective index=\"0\" etype=\"objective\" type=\"objective\" description=\"\" name=\"{name}\">"
    );
}

fn opening(at: usize, issue: &Issue) -> String {
    let (kind, bounds) = match &issue.values {
        Values::Discrete(_) => ("discrete", String::new()),
        Values::Integer { low, high } => ("integer", format!(" lowerbound=\"{low}\" upperbound=\"{high}\"")),
        Values::Stepped { .. } => ("discrete", String::new()),
        Values::Real { low, high, .. } => ("real", format!(" lowerbound=\"{low}\" upperbound=\"{high}\"")),
    };
    let name = escaped(&issue.name);
    format!(
        "<issue index=\"{}\" name=\"{name}\" vtype=\"{kind}\" type=\"{kind}\" etype=\"{kind}\"{bounds}>",
        at + 1
    )
}

fn template(domain: &Domain, losses: &mut Vec<String>) -> String {
    let n = domain.issues.len();
    let mut out = format!("<negotiation_template>\n<utility_space number_of_issues=\"{n}\">\n");
    objective(&mut out, domain);
    for (at, issue) in domain.issues.iter().enumerate() {
        out.push_str(&opening(at, issue));
        out.push('\n');
        match &issue.values {
            Values::Discrete(_) | Values::Stepped { .. } => {
                for v in 0..issue.values.count() {
                    let value = escaped(&issue.values.label(v));
                    let _ = writeln!(out, "<item index=\"{}\" value=\"{value}\"></item>", v + 1);
                }
            }
            Values::Integer { low, high } => {
                let _ = writeln!(out, "<range lowerbound=\"{low}\" upperbound=\"{high}\"></range>");
            }
            Values::Real { low, high, steps } => {
                let _ = writeln!(out, "<range lowerbound=\"{low}\" upperbound=\"{high}\"></range>");
                if *steps != REAL_STEPS {
                    losses.push(format!(
                        "“{}”: GENIUS looks at {REAL_STEPS} values, not at {steps}",
                        issue.name
                    ));
                }
            }
        }
        if matches!(issue.values, Values::Stepped { .. }) {
            losses.push(format!("“{}”: its numbers are written as named values", issue.name));
        }
        out.push_str("</issue>\n");
    }
    out.push_str("</objective>\n</utility_space>\n</negotiation_template>\n");
    out
}

fn space(domain: &Domain, profile: &Profile, losses: &mut Vec<String>) -> String {
    let mut lose = |what: String| losses.push(format!("{}: {what}", profile.name));
    let mut out = "<utility_space>\n".to_owned();
    objective(&mut out, domain);
    let mut weights = String::new();
    let rows = domain.issues.iter().zip(&profile.evaluations).zip(&profile.weights);
    for (at, ((issue, evaluation), weight)) in rows.enumerate() {
        out.push_str(&opening(at, issue));
        out.push('\n');
        let weight = evaluate(&mut out, issue, evaluation, *weight, &mut lose);
        out.push_str("</issue>\n");
        let _ = writeln!(weights, "<weight index=\"{}\" value=\"{weight}\"></weight>", at + 1);
    }
    out.push_str(&weights);
    out.push_str("</objective>\n");
    let best = |row: &Vec<f64>| row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let best: f64 = profile.worth(&domain.issues).iter().map(best).sum();
    if profile.ceiling != Some(1.0) && best > 1.0 + 1e-9 {
        lose(format!("packages are worth up to {best} here, and at most 1 in GENIUS"));
    }
    if profile.constant != 0.0 {
        lose(format!("GENIUS has no constant: {} is left out of every package", profile.constant));
    }
    if let Some(discount) = profile.discount {
        let _ = writeln!(out, "<discount_factor value=\"{discount}\"></discount_factor>");
        if profile.discounts == Discounts::Agreement && profile.alternative(&domain.issues) != Some(0.0) {
            lose("GENIUS discounts what no agreement is worth as well".to_owned());
        }
    }
    if let Some(step) = profile.step_discount {
        lose(format!("GENIUS discounts by the share of time and not by the step: {step} a step is left out"));
    }
    match (&profile.reservation, profile.alternative(&domain.issues)) {
        (Reservation::Utility(value), _) if value.is_finite() => {
            let _ = writeln!(out, "<reservation value=\"{value}\"></reservation>");
        }
        (Reservation::Package(_), Some(value)) => {
            lose(format!("the reservation package is written as its utility, {value}"));
            let _ = writeln!(out, "<reservation value=\"{value}\"></reservation>");
        }
        _ => lose("no finite reservation: GENIUS takes 0".to_owned()),
    }
    out.push_str("</utility_space>\n");
    out
}

/// Writes the evaluation of an issue and gives the weight that it needs.
fn evaluate(
    out: &mut String,
    issue: &Issue,
    evaluation: &Evaluation,
    weight: f64,
    lose: &mut impl FnMut(String),
) -> f64 {
    let item = |out: &mut String, at: usize, name: &str, number: &str| {
        let name = escaped(name);
        let _ = writeln!(out, "<item index=\"{}\" value=\"{name}\" evaluation=\"{number}\"></item>", at + 1);
    };
    match (&issue.values, evaluation) {
        (Values::Discrete(names), Evaluation::Table { numbers, extra, divided: true }) => {
            for (at, (name, number)) in names.iter().zip(numbers).enumerate() {
                item(out, at, name, &number.map_or("null".into(), |n| n.to_string()));
            }
            for (at, (name, number)) in extra.iter().enumerate() {
                item(out, names.len() + at, name, &number.to_string());
            }
            weight
        }
        (Values::Integer { low, .. }, Evaluation::Linear { slope, from, offset, clamped }) => {
            if !clamped {
                lose(format!("“{}”: GENIUS keeps evaluations within 0 and 1", issue.name));
            }
            let offset = if *from == *low as f64 { *offset } else { offset + slope * (*low as f64 - from) };
            let _ = writeln!(
                out,
                "<evaluator ftype=\"linear\" slope=\"{slope}\" offset=\"{offset}\"></evaluator>"
            );
            weight
        }
        (Values::Real { .. }, Evaluation::Linear { slope, from, offset, clamped }) => {
            if !clamped {
                lose(format!("“{}”: GENIUS keeps evaluations within 0 and 1", issue.name));
            }
            let offset = if *from == 0.0 { *offset } else { offset - slope * from };
            let _ = writeln!(
                out,
                "<evaluator ftype=\"linear\" parameter0=\"{offset}\" parameter1=\"{slope}\"></evaluator>"
            );
            weight
        }
        (Values::Real { .. }, Evaluation::Constant(value)) => {
            let _ = writeln!(out, "<evaluator ftype=\"constant\" parameter0=\"{value}\"></evaluator>");
            weight
        }
        (Values::Real { .. }, Evaluation::Triangle { low, top, high }) => {
            let _ = writeln!(
                out,
                "<evaluator ftype=\"triangular\" parameter0=\"{low}\" parameter1=\"{high}\" parameter2=\"{top}\"></evaluator>"
            );
            weight
        }
        (Values::Integer { .. } | Values::Real { .. }, other) => straight(out, issue, other, weight, lose),
        // GENIUS divides by the largest evaluation; the weight multiplies by it.
        _ => {
            let numbers = evaluation.evaluate(&issue.values);
            let most = numbers.iter().copied().fold(0.0, f64::max);
            for (at, number) in numbers.iter().enumerate() {
                item(out, at, &issue.values.label(at as u64), &number.to_string());
            }
            if numbers.iter().any(|n| *n < 0.0) {
                lose(format!("“{}”: GENIUS expects evaluations of at least 0", issue.name));
            }
            if most < 1e-5 && most > 0.0 {
                lose(format!("“{}”: GENIUS counts evaluations below 0.00001 as 0", issue.name));
            }
            if most > 0.0 { weight * most } else { weight }
        }
    }
}

/// Numbers whose evaluation GENIUS has no form for: the straight line between the ends.
fn straight(
    out: &mut String,
    issue: &Issue,
    evaluation: &Evaluation,
    weight: f64,
    lose: &mut impl FnMut(String),
) -> f64 {
    let numbers = evaluation.evaluate(&issue.values);
    let (first, last) = (numbers.first().copied().unwrap_or(0.0), numbers.last().copied().unwrap_or(0.0));
    let (low, high) = match issue.values {
        Values::Integer { low, high } => (low as f64, high as f64),
        Values::Real { low, high, .. } => (low, high),
        _ => (0.0, 1.0),
    };
    let slope = if high > low { (last - first) / (high - low) } else { 0.0 };
    let fits = numbers.iter().enumerate().all(|(at, n)| {
        let v = issue.values.number(at as u64).unwrap_or(0.0);
        (first + slope * (v - low) - n).abs() < 1e-9
    });
    if !fits {
        lose(format!("“{}”: GENIUS has no form for this evaluation; a straight line is written", issue.name));
    }
    if numbers.iter().any(|n| !(0.0..=1.0).contains(n)) {
        lose(format!("“{}”: GENIUS keeps evaluations within 0 and 1", issue.name));
    }
    let _ = match issue.values {
        Values::Integer { .. } => {
            writeln!(out, "<evaluator ftype=\"linear\" slope=\"{slope}\" offset=\"{first}\"></evaluator>")
        }
        _ => writeln!(
            out,
            "<evaluator ftype=\"linear\" parameter0=\"{}\" parameter1=\"{slope}\"></evaluator>",
            first - slope * low
        ),
    };
    weight
}
