//! Domains of other programs: reference data outside of the repository, and small ones made here.
#![allow(dead_code)]

use std::path::{Path, PathBuf};

use baraza::exchange::{Request, Text};
use serde_json::Value;

use super::{outside, skipped};

/// Domains and games in a folder, with what an analysis of them must find.
pub struct Reference(PathBuf);

/// Those beside the tests (`tests/scripts/reference.py`), and the larger ones outside of the repository where they are there.
pub fn references() -> Vec<Reference> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let outside = outside();
    if !outside.is_dir() {
        skipped("the domains and games outside of the repository are not on this machine");
        return vec![Reference(beside)];
    }
    vec![Reference(beside), Reference(outside)]
}

impl Reference {
    fn expected(&self, name: &str) -> Value {
        let text = std::fs::read_to_string(self.0.join(name)).expect("what is expected is there");
        serde_json::from_str(&text).expect("JSON")
    }

    /// Folders of domains, each with what is expected of it.
    pub fn domains(&self) -> Vec<(PathBuf, Value)> {
        let expected = self.expected("expected_domains.json");
        let domains = expected["domains"].as_object().expect("domains");
        assert!(!domains.is_empty());
        let folder =
            |wanted: &Value| if wanted["format"] == "geniusweb_json" { "geniusweb" } else { "genius" };
        let path = |name: &String, wanted: &Value| self.0.join(folder(wanted)).join(name);
        domains.iter().map(|(name, wanted)| (path(name, wanted), wanted.clone())).collect()
    }

    /// Folders of scoreable games, each with what is expected of it.
    pub fn games(&self) -> Vec<(PathBuf, Value)> {
        let expected = self.expected("expected_scoreable.json");
        let games = expected.as_array().expect("games");
        assert!(!games.is_empty());
        let path = |wanted: &Value| self.0.join("scoreable").join(wanted["game"].as_str().expect("a name"));
        games.iter().map(|wanted| (path(wanted), wanted.clone())).collect()
    }
}

/// The name of a folder.
pub fn name(folder: &Path) -> String {
    folder.file_name().expect("a name").to_string_lossy().into_owned()
}

/// The files of a folder.
pub fn request(root: &Path) -> Request {
    let mut texts = Vec::new();
    for prefix in ["", "scores_files/"] {
        for entry in std::fs::read_dir(root.join(prefix)).into_iter().flatten().flatten() {
            if let Ok(text) = std::fs::read_to_string(entry.path()) {
                let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
                texts.push(Text { name, text });
            }
        }
    }
    assert!(!texts.is_empty(), "{} is empty", root.display());
    Request { texts, folder: name(root), ..Request::default() }
}

/// Texts by name.
pub fn texts(files: &[(&str, &str)]) -> Request {
    let text = |(name, text): &(&str, &str)| Text { name: (*name).into(), text: (*text).into() };
    Request { texts: files.iter().map(text).collect(), folder: "folder".into(), ..Request::default() }
}

/// A small GENIUS domain with one issue of each kind, and its oddities.
pub const GENIUS: [(&str, &str); 3] = [
    (
        "trip.xml",
        r#"

<?xml version="1.0"?>
<negotiation_template><utility_space number_of_issues="0">
<objective index="1" etype="objective" type="objective" name="trip">
  <issue index="2" name="Where"><item index="1" value="Sea "/><item index="2" value="Hills &amp; woods"/></issue>
  <issue index="3" name="Days" type="integer"><range lowerbound="2" upperbound="4"/></issue>
  <issue index="4" name="Share" type="real" etype="real" lowerbound="0" upperbound="1"/>
</objective></utility_space></negotiation_template>"#,
    ),
    (
        "a.xml",
        r#"<utility_space><reservation value="0.25"/>
<objective index="1" name="trip"><weight index="1" value="1.0"/>
  <weight index="2" value="0.5"/><weight index="3" value="0.3"/><weight index="4" value="0.3"/>
  <issue index="2" name="Where"><item index="1" value="Sea " evaluation="4"/><item index="2" value="Hills &amp; woods" evaluation="1"/></issue>
  <issue index="3" name="Days" type="integer"><evaluator ftype="linear" slope="0.5" offset="0"/></issue>
  <issue index="4" name="Share" type="real"><evaluator ftype="linear" parameter0="0" parameter1="1"/></issue>
</objective><discount_factor value="0.0"/></utility_space>"#,
    ),
    (
        "b.xml",
        r#"<utility_space>
<objective index="1" name="trip">
  <issue index="2" name="Where"><item index="1" value="Sea " evaluation="null"/><item index="2" value="Hills &amp; woods" evaluation="5"/><item index="3" value="Moon" evaluation="10"/></issue>
  <issue index="3" name="Days" type="integer"><evaluator ftype="linear" slope="-0.5" offset="1"/></issue>
  <issue index="4" name="Share" type="real"><evaluator ftype="triangular" parameter0="0" parameter1="1" parameter2="0.5"/></issue>
  <weight index="2" value="0.2"/><weight index="3" value="0.3"/><weight index="4" value="0.5"/>
</objective><discount_factor value="0.5"/></utility_space>"#,
    ),
];

/// A small GeniusWeb domain: one profile in the Java dialect, one in that of Python.
pub const GENIUSWEB: [(&str, &str); 3] = [
    (
        "jobs.json",
        r#"{"name": "jobs", "issuesValues": {"pay": {"range": [1000, 2000, 250]}, "car": {"values": ["yes", "no"]}}}"#,
    ),
    (
        "boss.json",
        r#"{"LinearAdditiveUtilitySpace": {"name": "boss", "domain": {"name": "jobs", "issuesValues": {"car": {"values": ["no", "yes"]}, "pay": {"range": [1000, 2000, 250]}}},
        "issueUtilities": {"pay": {"numberutils": {"lowValue": 1000, "lowUtility": 1, "highValue": 2000, "highUtility": 0}}, "car": {"discreteutils": {"valueUtilities": {"no": 0.9}}}},
        "issueWeights": {"pay": 0.75, "car": 0.25}, "reservationBid": {"issuevalues": {"pay": 1750, "car": "no"}}}}"#,
    ),
    (
        "worker.json",
        r#"{"LinearAdditiveUtilitySpace": {"name": "worker", "domain": {"name": "jobs", "issuesValues": {"pay": {"range": [1000, 2000, 250]}, "car": {"values": ["yes", "no"]}}},
        "issueUtilities": {"pay": {"NumberValueSetUtilities": {"lowValue": 1000, "lowUtility": 0, "highValue": 2000, "highUtility": 1}}, "car": {"DiscreteValueSetUtilities": {"valueUtilities": {"yes": 1, "no": 0}}}},
        "issueWeights": {"pay": 0.5, "car": 0.5}}}"#,
    ),
];

/// A small NegMAS scenario.
pub const NEGMAS: [(&str, &str); 4] = [
    (
        "domain.yml",
        "name: loan\ntype: negmas.outcomes.outcome_space.DiscreteCartesianOutcomeSpace\nissues:\n- name: insured\n  type: CategoricalIssue\n  values: [Yes, No]\n- name: years\n  type: ContiguousIssue\n  values: [1, 3]\n",
    ),
    (
        "lender.yml",
        "name: lender\ntype: LinearAdditiveUtilityFunction\nreserved_value: -.inf\nvalues:\n- type: TableFun\n  mapping: {Yes: 2, No: 0.5}\n- type: AffineFun\n  slope: -1\n  bias: 3\nweights: [0.5, 1.0]\n",
    ),
    (
        "taker.yml",
        "type: ExpDiscountedUFun\ndiscount: 0.9\nfactor: step\nreserved_value: 1.5\nufun:\n  type: LinearAdditiveUtilityFunction\n  values:\n  - {type: TableFun, mapping: {'No': 1, 'Yes': 0}}\n  - {type: IdentityFun}\n  weights: [1.0, 0.5]\n  bias: 0.25\n",
    ),
    ("_info.yaml", "source: made here\n"),
];

/// Two NegoLog profiles.
pub const NEGOLOG: [(&str, &str); 3] = [
    (
        "profileA.json",
        r#"{"reservationValue": 0.3, "issueWeights": {"x": 0.6, "y": 0.4}, "issues": {"x": {"one": 1.0, "two": 0.2}, "y": {"p": 0.5, "q": 1}}}"#,
    ),
    (
        "profileB.json",
        r#"{"reservationValue": 0.0, "issueWeights": {"y": 0.5, "x": 0.5}, "issues": {"y": {"q": 0.25, "p": 1}, "x": {"two": 1.0, "one": 0.0}}}"#,
    ),
    ("specs.json", r#"{"Nash": 1}"#),
];

/// A scoreable game of three.
pub const GAME: [(&str, &str); 5] = [
    ("config.txt", "Port,port,p1,greedy,x\nCity,city,p2\nFishers,fishers,player\n"),
    ("initial_deal.txt", "A1,B2\n"),
    ("scores_files/port.txt", "60, 20, 0\n40, 0\n50 \n"),
    ("scores_files/city.txt", "0, 30, 70\n10, 30\n40\n"),
    ("scores_files/fishers.txt", "0, 50, 20,\n0, 50 \n\n60\n"),
];
