//! Reading what is brought into talks from outside: `event.ID`, or an effect such as `front.north.intensity += 1`.

use crate::agents::Injected;
use crate::domain::rule::Change;
use crate::domain::{EventId, Model, Operation, Quantity};

/// Reads an injection as a log writes it.
///
/// # Errors
/// What is wrong with it, in words.
pub fn injection(model: &Model, text: &str) -> Result<Injected, String> {
    let text = text.trim();
    if let Some(id) = text.strip_prefix("event.").filter(|id| !id.contains([' ', '='])) {
        return event(model, id);
    }
    effect(model, text).map(Injected::Effect)
}

fn event(model: &Model, id: &str) -> Result<Injected, String> {
    let events = &model.world.events;
    let place = events.iter().position(|e| e.name.id == id);
    place.map(|k| Injected::Event(EventId::new(k))).ok_or_else(|| {
        let known: Vec<&str> = events.iter().map(|e| e.name.id.as_str()).collect();
        format!("there is no event `{id}`; there are: {}", known.join(", "))
    })
}

fn effect(model: &Model, text: &str) -> Result<Change, String> {
    let usage = || format!("`{text}` is no effect: write `event.ID`, or a path with =, += or -= and a value");
    let equals = text.find('=').ok_or_else(usage)?;
    let (path, operation) = match text[..equals].chars().last() {
        Some('+') => (&text[..equals - 1], Operation::Raise),
        Some('-') => (&text[..equals - 1], Operation::Lower),
        _ => (&text[..equals], Operation::Set),
    };
    let (path, value) = (path.trim(), text[equals + 1..].trim());
    let cell = model.cells.iter().position(|c| c.quantity.writable() && model.world.path(c.quantity) == path);
    let cell = cell.ok_or_else(|| {
        format!("this scenario keeps nothing called `{path}` that an effect can change: `baraza list` shows the paths")
    })?;
    let (quantity, max) = (model.cells[cell].quantity, model.cells[cell].max);
    let value = self::value(model, quantity, max, operation, value)?;
    Ok(Change { target: quantity, cell: model.cell(quantity), operation, value, max: i32::from(max) })
}

fn value(
    model: &Model,
    quantity: Quantity,
    max: u8,
    operation: Operation,
    text: &str,
) -> Result<i32, String> {
    let named = (0..=max).find(|v| model.value_name(quantity, *v) == text).map(i32::from);
    let number = || text.parse::<i32>().ok().filter(|n| (0..=i32::from(max)).contains(n));
    let found = match operation {
        Operation::Set => named.or_else(number),
        _ => number().filter(|n| *n > 0),
    };
    found.ok_or_else(|| match operation {
        Operation::Set => {
            let names: Vec<String> = (0..=max).map(|v| model.value_name(quantity, v)).collect();
            format!("`{text}` is no value of it; there are: {}", names.join(", "))
        }
        _ => format!("`{text}` is no number from 1 to {max}"),
    })
}
