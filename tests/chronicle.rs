//! The order in which a chronicle tells: what happened stands before what came of it, and what fades is told where its rise was.

use assert_cmd::Command;

const TEXT: &str = r#"
[scenario]
title = "In order"
start = 2031-03-01
rounds = 4
round_days = 14
normalise = true

[dynamics]
pressure_fades = 1
weariness_odds = 1
distrust_odds = 1
backing = { exposure_fades = 1 }
spoiling = { blame = 0 }

[party.a]
name = "Anna"
pressure = "high"
trust = { b = "high" }
[party.b]
name = "Ben"

[track.t]
seats = ["a", "b"]
[item.i]
track = "t"
title = "Water"
option = { x = { a = 100, b = 100 } }
[instrument.n]
track = "t"
title = "Pact"
seals = ["i"]

[front.f]
title = "the ford"
holder = "a"
belligerents = ["a", "b"]
intensity = "quiet"

[spoiler.s]
name = "The raiders"
fronts = ["f"]
odds = 1
grievance = "round >= 3"

[event.fire]
title = "The bridge burns"
when = "round == 2"
effect = ["front.f.intensity = offensive", "instrument.n.state = broken"]

[outcome.end]
when = "round == 4"
"#;

/// The chronicle, round by round, on one line each.
fn rounds() -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("talks.toml");
    std::fs::write(&file, TEXT).expect("written");
    let output = Command::cargo_bin("baraza")
        .expect("built")
        .arg("run")
        .arg(&file)
        .args(["--detail", "normal"])
        .output()
        .expect("it ran");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.split("Round ").map(str::to_owned).collect()
}

fn place(text: &str, part: &str) -> usize {
    text.find(part).unwrap_or_else(|| panic!("{part} is not in {text}"))
}

#[test]
fn an_event_is_told_before_what_comes_of_it() {
    let rounds = rounds();
    let second = rounds.iter().find(|r| r.starts_with("2 of 4")).expect("a second round");
    let event = place(second, "The bridge burns");
    for consequence in ["was no longer settled", "heavy fighting took its toll", "weariness of Anna rose"] {
        assert!(
            event < place(&second.to_lowercase(), &consequence.to_lowercase()),
            "{consequence}: {second}"
        );
    }
}

#[test]
fn what_fades_is_told_at_the_detail_at_which_it_rose() {
    let rounds = rounds();
    let all = rounds.join(" ");
    assert!(all.contains("ressure on Anna fell from high to medium, with time"), "{all}");
    assert!(all.contains("The raiders attacked") && all.contains("The raiders held fire"), "{all}");
}

const REFUSED: &str = r#"
[scenario]
title = "Refused"
start = 2030-01-01
rounds = 5
[party.a]
alternative = 20
[party.b]
alternative = 20
stake = { hill = 60 }
[track.t]
seats = ["a", "b"]
[item.i]
track = "t"
[item.i.option]
x = { a = 60, b = 50 }
y = { a = 100, b = 0 }
z = { a = 0, b = 100 }
[instrument.n]
track = "t"
seals = ["i"]
requires = "round >= 5"
[front.hill]
holder = "a"
belligerents = ["a", "b"]
[event.fall]
when = "round == 4"
effect = ["front.hill.holder = b"]
[dynamics]
consult = 0
reopen = 0
walk_out = { base = 0, distrust = 0 }
audience_refusal = [0, 0, 0, 0, 0]
"#;

/// Who consented to what is settled and does not sign it is told to have seen something change, with the numbers.
#[test]
fn a_refusal_says_what_has_changed_since_consent() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("refused.toml");
    std::fs::write(&path, REFUSED).expect("written");
    let mut command = Command::cargo_bin("baraza").expect("it is built");
    let output =
        command.arg("run").arg(&path).args(["--seed", "1", "--detail", "normal"]).output().expect("it runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = "against 80 without agreement: 30 short; since round 4 what it took no agreement for had risen from 20 to 80 of 100.";
    assert!(line.contains(told), "{text}");
}
