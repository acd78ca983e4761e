//! Scoreable games in the classroom tradition: for every party a file of scores, one line an issue, with the least
//! total that it accepts in the last line; a list of parties with their parts; a deal to begin with. The parties with
//! the parts `p1` and `p2` have a veto, and a deal passes if at most one of the others refuses.

use super::domain::{Domain, Evaluation, Format, Issue, Profile, Reservation, Values};
use super::error::{Error, Finding, shown};
use super::{Text, stem};

/// The folder of the score files.
pub(super) const FOLDER: &str = "scores_files/";

/// A party of `config.txt`.
struct Member<'a> {
    name: &'a str,
    file: &'a str,
    role: &'a str,
}

/// Reads a game from the texts of its folder.
pub(super) fn read(texts: &[&Text]) -> Result<Domain, Error> {
    let mut findings = Vec::new();
    let files: Vec<&Text> = texts.iter().filter(|t| t.name.starts_with(FOLDER)).copied().collect();
    let config = texts.iter().find(|t| t.name == "config.txt");
    let members = match config {
        Some(config) => members(config)?,
        None => {
            let what = "there is no config.txt: every score file is a party, and nobody has a veto";
            findings.push(Finding::new("", None, what));
            files.iter().map(|t| Member { name: stem(&t.name), file: stem(&t.name), role: "" }).collect()
        }
    };
    let mut profiles = Vec::new();
    let mut counts: Option<(Vec<usize>, &str)> = None;
    for member in &members {
        let found = files.iter().find(|t| stem(&t.name) == member.file);
        let missing =
            || Error::new("config.txt", None, format!("{FOLDER}{}.txt is missing", shown(member.file)));
        let text = found.ok_or_else(missing)?;
        let (scores, least) = scores(text)?;
        let shape: Vec<usize> = scores.iter().map(Vec::len).collect();
        match &counts {
            None => counts = Some((shape, &text.name)),
            Some((known, first)) if *known != shape => {
                let what = format!("the issues and options are not those of {first}");
                return Err(Error::new(&text.name, None, what));
            }
            _ => {}
        }
        profiles.push(profile(member, scores, least));
    }
    let unused = |t: &&&Text| !members.iter().any(|m| m.file == stem(&t.name));
    for text in files.iter().filter(unused) {
        findings.push(Finding::new(&text.name, None, "no party of config.txt has this file: it is ignored"));
    }
    let Some((counts, _)) = counts else {
        return Err(Error::new("", None, "there is no party in this game"));
    };
    finish(profiles, &counts, texts, findings)
}

fn finish(
    profiles: Vec<Profile>,
    counts: &[usize],
    texts: &[&Text],
    mut findings: Vec<Finding>,
) -> Result<Domain, Error> {
    if counts.len() > 26 {
        return Err(Error::new("", None, "a game has at most 26 issues, named A to Z"));
    }
    let letter = |at: usize| char::from(b'A' + at as u8);
    let issues: Vec<Issue> = counts
        .iter()
        .enumerate()
        .map(|(at, n)| Issue {
            name: letter(at).to_string(),
            values: Values::Discrete((1..=*n).map(|v| format!("{}{v}", letter(at))).collect()),
        })
        .collect();
    let veto = |p: &Profile| matches!(p.role.as_deref(), Some("p1" | "p2"));
    let vetoes: Vec<usize> = (0..profiles.len()).filter(|at| veto(&profiles[*at])).collect();
    let may_refuse = usize::from(!vetoes.is_empty() && vetoes.len() < profiles.len());
    if may_refuse > 0 {
        let what =
            "a deal passes if p1, p2 and all but one of the parties accept it (at or above their minimum)";
        findings.push(Finding::new("config.txt", None, what));
    }
    let initial = match texts.iter().find(|t| t.name == "initial_deal.txt") {
        Some(text) => Some(deal(text, &issues)?),
        None => None,
    };
    Ok(Domain {
        name: String::new(),
        format: Format::Scoreable,
        issues,
        profiles,
        may_refuse,
        vetoes,
        strict: false,
        initial,
        findings,
    })
}

/// The parties: name, score file, part, and whatever else, line by line.
fn members(config: &Text) -> Result<Vec<Member<'_>>, Error> {
    let lines = config.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let members: Result<Vec<_>, _> = lines
        .map(|(at, line)| {
            let fields: Vec<&str> = line.split(',').map(str::trim).collect();
            match fields[..] {
                [name, file, role, ..] if !name.is_empty() && !file.is_empty() => {
                    Ok(Member { name, file, role })
                }
                _ => {
                    let what = "a line is: name, score file, part (p1, p2 or player), separated by commas";
                    Err(Error::new(&config.name, Some(at + 1), what))
                }
            }
        })
        .collect();
    let members = members?;
    match members.iter().enumerate().find(|(at, m)| members[..*at].iter().any(|n| n.name == m.name)) {
        Some((_, twice)) => {
            Err(Error::new(&config.name, None, format!("the party “{}” comes twice", shown(twice.name))))
        }
        None => Ok(members),
    }
}

/// The scores of every option of every issue, and the minimum.
fn scores(text: &Text) -> Result<(Vec<Vec<f64>>, f64), Error> {
    let mut rows: Vec<(usize, Vec<f64>)> = Vec::new();
    for (at, line) in text.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let cells = line.trim().trim_end_matches(',').split(',');
        let numbers = cells.map(|cell| {
            let number = cell.trim().parse::<f64>().ok().filter(|n| n.is_finite());
            number.ok_or_else(|| {
                Error::new(&text.name, Some(at + 1), format!("“{}” is no number", shown(cell)))
            })
        });
        rows.push((at + 1, numbers.collect::<Result<_, _>>()?));
    }
    match rows.pop() {
        Some((_, last)) if last.len() == 1 && !rows.is_empty() => {
            Ok((rows.into_iter().map(|(_, row)| row).collect(), last[0]))
        }
        last => {
            let what = "the last line is one number, the least total that the party accepts, after a line for each issue";
            Err(Error::new(&text.name, last.map(|l| l.0), what))
        }
    }
}

fn profile(member: &Member<'_>, scores: Vec<Vec<f64>>, least: f64) -> Profile {
    Profile {
        name: member.name.to_owned(),
        role: (!member.role.is_empty()).then(|| member.role.to_owned()),
        weights: vec![1.0; scores.len()],
        evaluations: scores
            .into_iter()
            .map(|row| Evaluation::Table {
                numbers: row.into_iter().map(Some).collect(),
                extra: Vec::new(),
                divided: false,
            })
            .collect(),
        constant: 0.0,
        ceiling: None,
        reservation: Reservation::Utility(least),
        discount: None,
        step_discount: None,
    }
}

/// A deal such as `A1,B4,C1`.
fn deal(text: &Text, issues: &[Issue]) -> Result<Vec<usize>, Error> {
    let words: Vec<&str> = text.text.split(',').map(str::trim).filter(|w| !w.is_empty()).collect();
    let wrong = |what: String| Error::new(&text.name, Some(1), what);
    if words.len() != issues.len() {
        return Err(wrong(format!(
            "{} options are expected, one for each issue, such as A1,B2",
            issues.len()
        )));
    }
    let find = |(word, issue): (&&str, &Issue)| {
        let found = issue.values.find(word).map(|at| at as usize);
        found.ok_or_else(|| wrong(format!("issue {} has no option “{}”", issue.name, shown(word))))
    };
    words.iter().zip(issues).map(find).collect()
}
