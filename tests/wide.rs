//! Titles of wide characters: no line of a text is wider than its paper, and columns stay columns.

use std::fs;

use assert_cmd::Command;
use textwrap::core::display_width;

/// A scenario whose titles are of characters that take two columns each.
fn wide() -> tempfile::NamedTempFile {
    let text = fs::read_to_string("scenarios/tutorial/2-mediator.toml").expect("it is there");
    let wide = "山谷会谈达成全面协议并得到遵守";
    let told = |line: &str| match line.split_once(" = \"") {
        Some((key @ ("title" | "name"), _)) => format!("{key} = \"{wide}{wide}\""),
        _ => line.to_owned(),
    };
    let text: Vec<String> = text.lines().map(told).collect();
    let file = tempfile::Builder::new().suffix(".toml").tempfile().expect("a file");
    fs::write(file.path(), text.join("\n")).expect("written");
    file
}

#[test]
fn wide_characters_break_no_line_and_no_column() {
    let file = wide();
    let path = file.path().to_str().expect("UTF-8");
    let studies: [&[&str]; 5] = [
        &["run"],
        &["ensemble", "--runs", "20"],
        &["what-if", "--runs", "10", "--detail", "full"],
        &["what-if", "no-elders", "--pair", "1"],
        &["analyze", "--runs", "10"],
    ];
    for study in studies {
        let output = Command::cargo_bin("baraza")
            .expect("it is built")
            .args([&[study[0], path], &study[1..]].concat())
            .output()
            .expect("it runs");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(output.status.success() && !text.is_empty(), "{study:?}");
        for line in text.lines() {
            assert!(display_width(line) <= 80, "{study:?}: {line}");
        }
        // Two columns side by side have one line between them.
        let between = |line: &str| line.find(" │ ").map(|at| display_width(&line[..at]));
        let mut places: Vec<usize> = text.lines().filter_map(between).collect();
        places.dedup();
        assert!(places.len() <= 1 || study[0] != "what-if" || study[1] != "no-elders", "{places:?}");
    }
}

#[test]
fn figures_stand_below_each_other() {
    let file = wide();
    let path = file.path().to_str().expect("UTF-8");
    let output = Command::cargo_bin("baraza")
        .expect("it is built")
        .args(["ensemble", path, "--runs", "20"])
        .output()
        .expect("it runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let ends = text.lines().skip_while(|line| *line != "How the talks ended").skip(2);
    let rows = ends.take_while(|line| !line.is_empty()).filter_map(|line| Some((line, line.find("% (")?)));
    let places: Vec<usize> = rows.map(|(line, at)| display_width(&line[..at])).collect();
    assert!(places.len() > 2, "{text}");
    assert!(places.windows(2).all(|pair| pair[0] == pair[1]), "{places:?}\n{text}");
}
