//! What forms say: what a student asks for, and what the teacher orders.

use crate::room::{Ask, Order};
use crate::session::Holder;
use crate::session::orders::Sheet;

use super::forms::Fields;
use super::teacher::FIELD;

/// What a student's form asks for.
pub(super) fn ask_of(path: &str, fields: &Fields) -> Option<Ask> {
    let round = || u8::try_from(fields.number("round")?).ok();
    Some(match path {
        "/choose" => Ask::Team { group: fields.number("group")?, role: fields.get("role").to_owned() },
        "/draft" => {
            Ask::Draft { round: round()?, field: fields.get("field").to_owned(), words: fields.all("words") }
        }
        "/sign" => Ask::Sign { round: round()?, version: fields.get("version").to_owned() },
        "/pen" => Ask::Pen,
        "/predict" => {
            let percent: f64 = fields.get("percent").trim().replace(',', ".").parse().ok()?;
            let probability = Some(percent / 100.0).filter(|p| (0.0..=1.0).contains(p))?;
            Ask::Predict { question: fields.get("question").to_owned(), round: round()?, probability }
        }
        "/vote" => Ask::Vote { step: fields.number("step")?, option: fields.number("option")? },
        "/guess" => {
            Ask::Guess { mark: fields.get("what-if").to_owned(), outcome: fields.get("outcome").to_owned() }
        }
        _ => return None,
    })
}

/// What the teacher's form orders.
pub(super) fn order_of(fields: &Fields) -> Option<Order> {
    let yes = |name: &str| fields.get(name) == "yes";
    Some(match fields.get("do") {
        "close" => Order::Close { group: fields.number("group") },
        "take-back" => Order::TakeBack { group: fields.number("group")? },
        "inject" => Order::Inject { group: fields.number("group"), effect: fields.get("effect").to_owned() },
        "seat" => Order::Seat {
            group: fields.number("group")?,
            role: fields.get("role").to_owned(),
            to: if fields.get("to") == "model" { Holder::Model } else { Holder::Person },
        },
        "assign" => {
            let (group, role) = fields.get("team").split_once('/')?;
            Order::Assign {
                who: fields.get("who").to_owned(),
                group: group.parse().ok()?,
                role: role.to_owned(),
            }
        }
        "enter" => {
            let mut sheet = Sheet::default();
            for field in fields.names().filter_map(|name| name.strip_prefix(FIELD)) {
                sheet.set(field, fields.all(&format!("{FIELD}{field}")));
            }
            Order::Enter { group: fields.number("group")?, role: fields.get("role").to_owned(), sheet }
        }
        "issue" => Order::Issue { who: fields.get("who").to_owned() },
        "joining" => Order::Joining(yes("open")),
        "clock" => Order::Clock(match fields.get("minutes") {
            "" => None,
            minutes => Some(minutes.trim().parse().ok()?),
        }),
        "pause" => Order::Pause(yes("on")),
        "step" => Order::Step(fields.number("number")?),
        "ask" => Order::Ask {
            what_if: fields.get("what-if").trim().to_owned(),
            question: fields.get("question").chars().take(300).collect(),
        },
        "withdraw" => Order::Withdraw,
        "answer" => Order::Answer,
        "spread" => Order::Spread {
            question: fields.get("question").to_owned(),
            round: u8::try_from(fields.number("round")?).ok()?,
        },
        "count" => Order::Count,
        "message" => Order::Message(fields.get("text").chars().take(300).collect()),
        _ => return None,
    })
}
