//! Scoreable games in the classroom tradition: for every party a file of scores, one line an issue, with the least
//! total that it accepts in the last line; a list of parties with their parts; a deal to begin with; instructions that name
//! the options. The parties with the parts `p1` and `p2`, where there are any, have a veto, and a deal passes if at most one of
//! the others refuses.

use super::domain::{Domain, Evaluation, Format, Issue, Profile, Reservation, Values};
use super::error::{Error, Finding, shown};
use super::{Text, stem};
use crate::domain::Discounts;

/// The folder of the score files.
pub(super) const FOLDER: &str = "scores_files/";

/// The list of parties, the deal to begin with, and what is said to all players.
pub(super) const CONFIG: &str = "config.txt";
pub(super) const DEAL: &str = "initial_deal.txt";
pub(super) const INSTRUCTIONS: &str = "global_instructions.txt";

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
    let config = texts.iter().find(|t| t.name == CONFIG);
    let members = match config {
        Some(config) => members(config)?,
        None => {
            let what = "there is no config.txt: every score file is a party, and none has the part p1 or p2";
            findings.push(Finding::new("", None, what));
            files.iter().map(|t| Member { name: stem(&t.name), file: stem(&t.name), role: "" }).collect()
        }
    };
    let mut profiles = Vec::new();
    let mut counts: Option<(Vec<usize>, &str)> = None;
    for member in &members {
        let found = files.iter().find(|t| stem(&t.name) == member.file);
        let missing = || Error::new(CONFIG, None, format!("{FOLDER}{}.txt is missing", shown(member.file)));
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
    let mut issues: Vec<Issue> = counts
        .iter()
        .enumerate()
        .map(|(at, n)| Issue {
            name: letter(at).to_string(),
            values: Values::Discrete((1..=*n).map(|v| format!("{}{v}", letter(at))).collect()),
        })
        .collect();
    let veto = |p: &Profile| matches!(p.role.as_deref(), Some("p1" | "p2"));
    let vetoes: Vec<usize> = (0..profiles.len()).filter(|at| veto(&profiles[*at])).collect();
    let may_refuse = usize::from(profiles.len() > vetoes.len().max(1));
    if may_refuse > 0 {
        let needed = if vetoes.is_empty() { "" } else { "p1, p2 and " };
        let what = format!(
            "a deal passes if {needed}all but one of the parties accept it (at or above their minimum)"
        );
        findings.push(Finding::new(CONFIG, None, what));
    }
    let initial = match texts.iter().find(|t| t.name == DEAL) {
        Some(text) => Some(deal(text, &issues)?),
        None => None,
    };
    if let Some(text) = texts.iter().find(|t| t.name == INSTRUCTIONS) {
        name(&mut issues, text, &mut findings);
    }
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
    let said = |line: &str| !line.is_empty() && !line.starts_with('#');
    let lines = config.text.lines().enumerate().filter(|(_, line)| said(line.trim()));
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
        discounts: Discounts::default(),
    }
}

/// Gives issues and options the names that the instructions give them, behind their letters and numbers.
fn name(issues: &mut [Issue], text: &Text, findings: &mut Vec<Finding>) {
    let mut named = 0;
    for issue in issues {
        let letter = std::mem::take(&mut issue.name);
        if let Values::Discrete(values) = &mut issue.values {
            for value in values {
                if let Some(title) = text.text.lines().find_map(|line| titled(line, value)) {
                    *value = format!("{value} {title}");
                    named += 1;
                }
            }
        }
        let title = text.text.lines().find_map(|line| titled(line, &format!("Issue {letter}")));
        issue.name = title.map_or(letter.clone(), |title| format!("{letter} {title}"));
    }
    if named == 0 {
        let what = "it names no option in a line such as `A1 \"by water\": ...` or `A1: by water`";
        findings.push(Finding::new(&text.name, None, what));
    }
}

/// What a line of the instructions calls an issue or option: the words in quotes behind its label, or those up to an arrow or
/// the end of the line.
fn titled(line: &str, label: &str) -> Option<String> {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '•' | '#'));
    let rest = line
        .get(..label.len())
        .filter(|head| head.eq_ignore_ascii_case(label))
        .map(|_| &line[label.len()..])?;
    let marked = rest.trim_start().strip_prefix([':', '.', ')', '=', '–', '-']).map(str::trim);
    let opens = |c: char| matches!(c, '"' | '“');
    let closes = |c: char| matches!(c, '"' | '”');
    let quoted = |text: &str| {
        let (title, behind) = text.strip_prefix(opens)?.split_once(closes)?;
        Some((title.trim().to_owned(), behind.trim().to_owned()))
    };
    let title = match (marked, quoted(rest.trim_start())) {
        // In quotes and then described.
        (None, Some((title, _))) => title,
        (Some(text), _) => match quoted(text) {
            Some((title, behind)) if behind.is_empty() || behind.starts_with(':') => title,
            _ => text.split("==>").next().unwrap_or_default().trim().trim_end_matches('.').to_owned(),
        },
        (None, None) => return None,
    };
    (!title.is_empty()).then_some(title)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_called_as_the_instructions_call_them() {
        for (line, label, title) in [
            ("A1 \"by water\": freely built.", "A1", Some("by water")),
            ("C4 \"no quota\" nothing special", "C4", Some("no quota")),
            ("D1: $3 billion.", "D1", Some("$3 billion")),
            ("    - A1: 50 hectares ==> no damage", "A1", Some("50 hectares")),
            ("- Issue A: \"Size\"", "Issue A", Some("Size")),
            ("Issue A: \"Size\" ", "Issue A", Some("Size")),
            ("E1: \"Works\" pays \"Towns\".", "E1", Some("\"Works\" pays \"Towns\"")),
            ("A1 is what we like best", "A1", None),
            ("A10: ten", "A1", None),
            ("A1:", "A1", None),
            ("é", "A1", None),
        ] {
            assert_eq!(titled(line, label).as_deref(), title, "{line}");
        }
    }
}
