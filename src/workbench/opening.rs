//! The first answer of a page: worked out when the page is written, so that it stands there before anything has been unpacked.

use serde_json::{Value, json};

use super::desk::Desk;

/// After so many runs the page looks at what it has; after the last it is content however wide the intervals are.
pub const LOOKS: [u32; 4] = [500, 2000, 6000, 20_000];
/// The seed with which a page begins.
pub const SEED: u64 = 1;

/// What the page reads of a study's figures: how often talks ended how.
fn outcomes(json: &str) -> Option<Value> {
    let found: Value = serde_json::from_str(json).ok()?;
    Some(json!({ "summary": { "outcomes": found.pointer("/summary/outcomes")? } }))
}

/// What the page would ask first of a scenario as it stands, and the answer; none where the text has mistakes.
pub(super) fn opening(name: &str, text: &str) -> Value {
    json!({ "looks": LOOKS, "seed": SEED, "told": told(name, text) })
}

fn told(name: &str, text: &str) -> Option<Value> {
    let mut desk = Desk::default();
    let mut ask = |request: Value| -> Option<Value> {
        serde_json::from_str::<Value>(&desk.ask(&request.to_string())).ok()?.get_mut("ok").map(Value::take)
    };
    ask(json!({ "ask": "load", "name": name, "text": text }))?;
    let study = json!({ "study": "ensemble", "options": { "runs": LOOKS[LOOKS.len() - 1], "seed": SEED } });
    let counts = ask(json!({ "ask": "play", "study": study, "from": 0, "to": LOOKS[0] }))?;
    let mut told =
        ask(json!({ "ask": "tell", "study": study, "counts": [counts], "forms": ["answer", "json"] }))?;
    told["json"] = outcomes(told["json"].as_str()?)?.to_string().into();
    // Playing so few runs again takes less than their counts would add to the page.
    told.as_object_mut()?.remove("counts");
    Some(told)
}
