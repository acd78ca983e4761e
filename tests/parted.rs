//! Parts of what-ifs, backtests and sensitivity from outside: merged they are the whole, byte for byte, and what is none is refused.

use std::fs;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

const FORD: &str = "scenarios/tutorial/3-spoiler-and-front.toml";
const DOHA: &str = "scenarios/doha-2025.toml";

fn run(args: &[String]) -> Output {
    Command::cargo_bin("baraza").expect("it is built").args(args).output().expect("it runs")
}

fn words(text: &str) -> Vec<String> {
    text.split('|').map(str::to_owned).collect()
}

fn printed(args: &[String]) -> String {
    let output = run(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The exit code and what was said on standard error, lines joined.
fn refused(args: &[String]) -> (Option<i32>, String) {
    let output = run(args);
    assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    (output.status.code(), said.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Plays all parts of a study; their files.
fn parts(folder: &TempDir, study: &[String], of: u32) -> Vec<String> {
    let part = |k: u32| {
        let out = folder.path().join(format!("part-{k}-{of}.json")).display().to_string();
        let told = printed(&[study, &words(&format!("--part|{k}/{of}|--out|{out}"))].concat());
        assert!(told.starts_with(&out), "{told}");
        out
    };
    (1..=of).map(part).collect()
}

fn studies() -> Vec<Vec<String>> {
    let of = |file: &str, rest: &str| words(&rest.replace("FILE", file));
    vec![
        of(FORD, "what-if|FILE|--runs|130|--measure|round >= 12|--combine|no-monitors+neighbour-yields"),
        of(FORD, "what-if|FILE|--runs|60|--seed|4|--set|party.lowlands.audience=low"),
        of(DOHA, "backtest|FILE|--runs|70|--what-if|more-trust"),
        of(
            FORD,
            "sensitivity|FILE|--runs|20|--walks|2|--walk-runs|5|--rows|4|--method|all|--only|party.*|--set|spoiler.raiders.odds=0.4",
        ),
    ]
}

#[test]
fn merged_parts_give_the_bytes_of_the_whole() {
    for study in studies() {
        let folder = TempDir::new().expect("a folder");
        let mut parts = parts(&folder, &study, 3);
        parts.rotate_left(1);
        let merge = [&words("merge"), &parts[..]].concat();
        // The text of `sensitivity` tells of one outcome, and so does that of its parts.
        for form in ["", "--json"] {
            let form: Vec<String> = form.split_whitespace().map(str::to_owned).collect();
            let (whole, merged) = ([&study[..], &form].concat(), [&merge[..], &form].concat());
            assert_eq!(printed(&merged), printed(&whole), "{study:?}");
        }
        let page = |name: &str| folder.path().join(name).display().to_string();
        printed(&[&study[..], &words(&format!("--level|0.9|--html|{}", page("whole.html")))].concat());
        printed(&[&merge[..], &words(&format!("--level|0.9|--html|{}", page("merged.html")))].concat());
        let [whole, merged] =
            ["whole.html", "merged.html"].map(|name| fs::read_to_string(page(name)).expect("a page"));
        assert_eq!(whole, merged, "{study:?}");
    }
}

#[test]
fn what_is_no_whole_is_refused() {
    let folder = TempDir::new().expect("a folder");
    let backtest = words(&format!("backtest|{DOHA}|--runs|40"));
    let thirds = parts(&folder, &backtest, 3);
    let halves = parts(&folder, &backtest, 2);
    let other = TempDir::new().expect("a folder");
    let longer = parts(&other, &words(&format!("backtest|{DOHA}|--runs|41")), 3);
    let merge = |parts: &[&String]| {
        let parts: Vec<String> = parts.iter().map(|part| (*part).clone()).collect();
        refused(&[words("merge"), parts].concat())
    };
    let says = |parts: &[&String], what: &str| {
        let (code, said) = merge(parts);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(what), "{said} / {what}");
    };
    says(&[&thirds[0], &thirds[2]], "runs are missing: 13 to 25");
    says(&[&thirds[0], &halves[1]], "runs are missing: 13 to 19");
    says(&[&thirds[0], &thirds[1], &halves[1]], "overlap: both hold 20 to 25");
    says(&[&thirds[0], &longer[1], &thirds[2]], "its list of options is");
    let part = fs::read_to_string(&thirds[0]).expect("a part");
    let changed = |from: &str, to: &str| {
        assert!(part.contains(from), "{from}");
        let path = folder.path().join("changed.json");
        fs::write(&path, part.replacen(from, to, 1)).expect("written");
        path.display().to_string()
    };
    says(&[&changed("\"reached\":13", "\"reached\":12")], "damaged");
    says(&[&changed("baraza-part/1", "baraza-part/9")], "its format is `baraza-part/9`");
    let (code, said) = merge(&[&thirds[0], &folder.path().join("part-9-9.json").display().to_string()]);
    assert_eq!(code, Some(3), "{said}");
    let (code, said) = refused(&[backtest.clone(), words("--part|1/99|--out|x.json")].concat());
    assert_eq!((code, said.contains("cut it into 40 parts at most")), (Some(2), true), "{said}");
    let (code, said) = refused(&[backtest, words("--part|1/2")].concat());
    assert_eq!((code, said.contains("--out")), (Some(2), true), "{said}");
}

#[test]
fn a_finished_part_is_kept_and_another_file_refused() {
    let folder = TempDir::new().expect("a folder");
    let study = words(&format!("what-if|{FORD}|--runs|30|no-monitors"));
    let halves = parts(&folder, &study, 2);
    let before = fs::read(&halves[0]).expect("a part");
    let again = |part: &str| [&study[..], &words(&format!("--part|{part}|--out|{}", halves[0]))].concat();
    assert!(printed(&again("1/2")).contains("already and is kept"));
    let (code, said) = refused(&again("2/2"));
    assert_eq!(code, Some(3), "{said}");
    assert!(
        said.contains("it holds runs 0 to 14, not 15 to 29") || said.contains("it holds pairs"),
        "{said}"
    );
    let other = [
        words(&format!("what-if|{FORD}|--runs|31|no-monitors")),
        words(&format!("--part|1/2|--out|{}", halves[0])),
    ]
    .concat();
    let (code, said) = refused(&other);
    assert!(code == Some(3) && said.contains("its list of options is"), "{said}");
    assert_eq!(fs::read(&halves[0]).expect("a part"), before);
}
