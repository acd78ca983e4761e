//! What the workbench's page asks is answered as the studies answer it, whatever parts it is asked in.

use std::fs;
use std::path::Path;

use baraza::document::Document;
use baraza::workbench::{Desk, Library, Page, SOURCES, page};
use serde_json::{Value, json};

fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    fs::read_to_string(path).expect("a scenario")
}

fn desk(name: &str) -> Desk {
    let mut desk = Desk::default();
    let loaded = ok(&mut desk, json!({ "ask": "load", "name": name, "text": text(name) }));
    assert_eq!(loaded["sound"], true);
    desk
}

fn answer(desk: &mut Desk, request: Value) -> Value {
    serde_json::from_str(&desk.ask(&request.to_string())).expect("JSON")
}

fn ok(desk: &mut Desk, request: Value) -> Value {
    let mut answer = answer(desk, request);
    assert!(answer["refused"].is_null(), "{answer}");
    answer["ok"].take()
}

const TUTORIAL: &str = "tutorial/2-mediator.toml";

#[test]
fn parts_on_several_desks_come_to_the_same_as_one() {
    let options = json!({ "set": [["party.highlands.audience", "high"]], "runs": 60, "seed": 2 });
    for study in [
        json!({ "study": "ensemble", "options": { "runs": 60, "seed": 2 } }),
        json!({ "study": "what-if", "options": options }),
    ] {
        let mut whole = desk(TUTORIAL);
        let counts = ok(&mut whole, json!({ "ask": "play", "study": study, "from": 0, "to": 60 }));
        let tell = |counts: Vec<Value>| json!({ "ask": "tell", "study": study, "counts": counts, "forms": ["json", "page", "text"] });
        let one = ok(&mut whole, tell(vec![counts]));
        assert_eq!(one["runs"], 60);
        let mut desks = [desk(TUTORIAL), desk(TUTORIAL)];
        let mut part = |k: usize, from: u32, to: u32| {
            ok(&mut desks[k], json!({ "ask": "play", "study": study, "from": from, "to": to }))
        };
        let mut parts = vec![part(1, 41, 60), part(0, 7, 41)];
        let last = part(1, 0, 7);
        // What was told of some of them can be told with the others again.
        let some = ok(&mut desks[0], tell(std::mem::take(&mut parts)));
        let all = ok(&mut desks[0], tell(vec![last, some["counts"].clone()]));
        assert_eq!(all, one);
    }
}

/// The least that passes for a library of these sources.
fn library() -> Library {
    let comment = format!("baraza-sources {SOURCES}\0");
    Library::new([&[0x1f, 0x8b, 8, 0x10, 0, 0, 0, 0, 0, 0], comment.as_bytes()].concat())
        .expect("as it is packed")
}

/// What stands in the page when it opens is what the page would be told if it asked.
#[test]
fn the_first_answer_is_in_the_page() {
    let (text, library) = (text(TUTORIAL), library());
    let block = |page: &str| {
        let (_, rest) = page.split_once("id=\"first\">").expect("the block");
        serde_json::from_str::<Value>(rest.split_once("</script>").expect("its end").0).expect("JSON")
    };
    let opening =
        block(&page(&Page { name: TUTORIAL, text: &text, library: &library, still: &Document::default() }));
    let (looks, seed) = (opening["looks"].as_array().expect("looks"), &opening["seed"]);
    let study = json!({ "study": "ensemble", "options": { "runs": looks[looks.len() - 1], "seed": seed } });
    let mut desk = desk(TUTORIAL);
    let counts = ok(&mut desk, json!({ "ask": "play", "study": study, "from": 0, "to": looks[0] }));
    let told = ok(
        &mut desk,
        json!({ "ask": "tell", "study": study, "counts": [counts], "forms": ["answer", "json"] }),
    );
    for part in ["runs", "command", "answer"] {
        assert_eq!(opening["told"][part], told[part], "{part}");
    }
    let figures =
        |told: &Value| serde_json::from_str::<Value>(told["json"].as_str().expect("figures")).expect("JSON");
    assert_eq!(figures(&opening["told"])["summary"]["outcomes"], figures(&told)["summary"]["outcomes"]);
    let broken =
        page(&Page { name: TUTORIAL, text: "rouns = 3", library: &library, still: &Document::default() });
    assert!(block(&broken)["told"].is_null());
}

#[test]
fn what_cannot_be_answered_says_what_to_do_and_the_next_is_answered() {
    let mut desk = desk(TUTORIAL);
    let no = answer(&mut desk, json!({ "ask": "dance" }));
    assert!(no["refused"].as_str().expect("why").contains("this is no request"), "{no}");
    let set = json!([["party.nobody.audience", "high"]]);
    let no = answer(&mut desk, json!({ "ask": "list", "set": set }));
    assert!(no["text"].as_str().expect("where").contains("there is no party `nobody` to change"), "{no}");
    assert_eq!(no["diagnostics"][0]["line"], 1);
    let study = json!({ "study": "ensemble" });
    let no = answer(&mut desk, json!({ "ask": "tell", "study": study, "counts": ["{}"], "forms": [] }));
    assert!(no["refused"].as_str().expect("why").contains("these are no counts"), "{no}");
    let no = answer(&mut desk, json!({ "ask": "tell", "study": study, "counts": [], "forms": ["json"] }));
    assert!(no["refused"].as_str().expect("why").contains("nothing has been counted"), "{no}");
    let checked =
        ok(&mut desk, json!({ "ask": "check", "name": "x.toml", "text": "[scenario]\nrouns = 3\n" }));
    let misspelt = checked["diagnostics"].as_array().expect("mistakes").iter().any(|d| d["line"] == 2);
    assert!(checked["sound"] == false && misspelt, "{checked}");
    assert!(ok(&mut desk, json!({ "ask": "list" })).as_str().expect("a list").contains("Lesson 2"));
}

#[test]
fn a_run_is_told_round_by_round_with_its_reasons() {
    let mut desk = desk(TUTORIAL);
    let told = ok(&mut desk, json!({ "ask": "run", "seed": 1, "run": 3, "forms": ["text"] }));
    let rounds = told["rounds"].as_array().expect("rounds");
    assert!(rounds.len() > 1 && told["text"].as_str().expect("text").contains("Lesson 2"));
    let lines = || rounds.iter().flat_map(|r| r["said"].as_array().expect("lines"));
    assert!(lines().any(|line| !line["why"].as_array().expect("reasons").is_empty()));
    assert_eq!(told["command"], "baraza run tutorial/2-mediator.toml --seed 1 --run 3 --detail normal");
}

#[test]
fn a_draft_is_told_to_whom_it_is_worth_what_and_what_becomes_of_it() {
    let mut desk = desk("doha-2025.toml");
    let ask = |options: Value, round: u8| json!({ "ask": "draft", "seed": 1, "runs": 40, "track": "doha", "options": options, "round": round });
    let told = ok(&mut desk, ask(json!([]), 1));
    let items = told["items"].as_array().expect("items");
    assert_eq!(told["seats"].as_array().map(Vec::len), Some(2));
    assert_eq!(
        (told["runs"].as_u64(), told["going"][0].as_u64(), told["put"].as_u64()),
        (Some(40), Some(40), Some(40))
    );
    // The change that it proposes wins the signatures that it promises.
    let mut chosen: Vec<Value> = items
        .iter()
        .map(|i| i["options"][i["option"].as_u64().expect("a place") as usize]["id"].clone())
        .collect();
    let change = &told["improvement"];
    for c in change["changes"].as_array().into_iter().flatten() {
        let (item, option) = (
            c["item"].as_u64().expect("an item") as usize,
            c["option"].as_u64().expect("an option") as usize,
        );
        chosen[item] = items[item]["options"][option]["id"].clone();
    }
    let better = ok(&mut desk, ask(json!(chosen), 1));
    let signs =
        |told: &Value| told["seats"].as_array().expect("seats").iter().filter(|s| s["signs"] == true).count();
    let wins = change["wins"].as_array().map_or(0, Vec::len);
    assert_eq!(signs(&better), signs(&told) + wins);
    let no = answer(&mut desk, ask(json!(["x"]), 1));
    assert!(no["refused"].as_str().expect("why").contains("a draft has one for each"), "{no}");
    let no = answer(&mut desk, ask(json!([]), 99));
    assert!(no["refused"].as_str().expect("why").contains("there is no round 99"), "{no}");
}

#[test]
fn changes_are_written_into_the_text() {
    let mut desk = desk(TUTORIAL);
    let set = json!([["party.highlands.audience", "very-high"]]);
    let text = ok(&mut desk, json!({ "ask": "rewrite", "text": text(TUTORIAL), "set": set }));
    let loaded = ok(&mut desk, json!({ "ask": "load", "name": TUTORIAL, "text": text }));
    assert_eq!(loaded["sound"], true);
    let list = ok(&mut desk, json!({ "ask": "list" }));
    let list: Value = serde_json::from_str(list.as_str().expect("a list")).expect("JSON");
    let paths = list["paths"].as_array().expect("paths");
    let audience = paths.iter().find(|p| p["path"] == "party.highlands.audience").expect("a path");
    assert_eq!(audience["value"], "\"very-high\"");
}
