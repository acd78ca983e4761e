//! Effects: one quantity, an operator, a value.

use super::super::code::Code;
use super::super::names::Names;
use super::super::nearest::{list, suggest};
use super::super::report::shown;
use super::super::shape::Agent;
use super::Fault;
use super::path::{attributes, is_path, resolve};
use super::token::{Kind, Token, tokens};
use super::types::{Type, effect_states};
use crate::domain::{Effect, Operation, Procedure, Quantity};

/// Compiles an effect; it stops at the first mistake.
pub(super) fn compile(text: &str, names: &Names) -> Result<Effect, Fault> {
    let tokens = tokens(text)?;
    let mut tokens = tokens.into_iter();
    let mut next = move || tokens.next().unwrap_or(Token { kind: Kind::End, text: "", at: text.len() });
    let path = next();
    if path.kind != Kind::Word {
        return Err(expected(path, "a path such as `front.ID.intensity`"));
    }
    let sign = next();
    let operation = match sign.kind {
        Kind::Set => Operation::Set,
        Kind::Raise => Operation::Raise,
        Kind::Lower => Operation::Lower,
        _ => return Err(expected(sign, "`=`, `+=` or `-=`")),
    };
    let value = next();
    if value.kind != Kind::Word {
        return Err(expected(value, "a value"));
    }
    let end = next();
    if end.kind != Kind::End {
        return Err(
            expected(end, "the end of the effect").help("write one effect for each string of the list")
        );
    }
    let target = target(path, names)?;
    let value = number(path, target, operation, sign, value, names)?;
    Ok(Effect { target, operation, value })
}

fn expected(token: Token<'_>, wanted: &str) -> Fault {
    let message = match token.kind {
        Kind::End => "the effect stops too early".to_owned(),
        _ => format!("`{}` cannot stand here", shown(token.text)),
    };
    let fault = Fault::new(Code::ConditionSyntax, token.range(), message).label(format!("expected {wanted}"));
    match token.text {
        "==" => fault.help("an effect sets with `=`"),
        _ => fault,
    }
}

fn target(path: Token<'_>, names: &Names) -> Result<Quantity, Fault> {
    if !is_path(path.text) {
        return Err(Fault::new(
            Code::UnknownPath,
            path.range(),
            format!("`{}` is not a quantity", shown(path.text)),
        )
        .label("expected a path such as `front.ID.intensity`"));
    }
    let quantity = resolve(path, None, names)?;
    if let Quantity::Profile(party) = quantity
        && names.profiles.get(party.at()).is_none_or(|profiles| profiles.len() < 2)
    {
        let id = names.id(Agent::Party, party.at());
        return Err(Fault::new(
            Code::NotWritable,
            path.range(),
            format!("`{id}` has no profiles to change to"),
        )
        .label("stays as it is")
        .help(format!("add one as [party.{id}.profile.ID]")));
    }
    if quantity.writable() {
        return Ok(quantity);
    }
    let kind = path.text.split('.').next().unwrap_or("");
    let possible: Vec<&str> = match kind {
        "party" => {
            vec![
                "state",
                "weariness",
                "pressure",
                "audience",
                "capability",
                "optimism",
                "profile",
                "ceasefire",
                "trust",
            ]
        }
        "track" => vec!["state", "procedure", "deadline", "stall"],
        "item" => vec!["state", "imposed", "guarantee"],
        "instrument" => vec!["state", "breaches"],
        _ => Vec::new(),
    };
    let help = if possible.is_empty() {
        String::new()
    } else {
        format!("an effect can change these of {kind}: {}", list(possible))
    };
    Err(Fault::new(Code::NotWritable, path.range(), format!("an effect cannot change `{}`", path.text))
        .label("follows from the rules")
        .help(help))
}

fn number(
    path: Token<'_>,
    target: Quantity,
    operation: Operation,
    sign: Token<'_>,
    value: Token<'_>,
    names: &Names,
) -> Result<i32, Fault> {
    let kind = Type::of(target);
    let (least, most) = bounds(target);
    if operation == Operation::Set {
        if let Type::State(agent) = kind {
            return state(agent, kind, value, names);
        }
        if let (Type::Procedure(track), true) = (kind, value.text != Procedure::SINGLE_TEXT) {
            let fault =
                Fault::new(Code::EffectValue, value.range(), "an effect turns a track to a single text only");
            return Err(fault.label("not by an effect").help(format!(
                "write {} = {}, or leave the procedure of `{}` as it is",
                path.text,
                Procedure::SINGLE_TEXT,
                names.id(Agent::Track, track.at())
            )));
        }
        if is_path(value.text) {
            let fault =
                Fault::new(Code::EffectValue, value.range(), "an effect sets a value, not another quantity");
            return Err(fault.label(format!("expected {}", kind.noun(names))));
        }
        let number = kind.value(value, names)?;
        return in_bounds(number, (least, most), value);
    }
    if !matches!(kind, Type::Integer | Type::Level | Type::Intensity) {
        let message = format!("`{}` is {}: it can only be set", path.text, kind.noun(names));
        return Err(Fault::new(Code::EffectOperator, sign.range(), message)
            .label("not possible here")
            .help("use `=`"));
    }
    match value.text.parse::<i32>() {
        Ok(number) => in_bounds(number, (1, most), value),
        Err(_) => Err(Fault::new(
            Code::EffectValue,
            value.range(),
            format!("`{}` is not a whole number", shown(value.text)),
        )
        .label(format!("by how much? 1 to {most}"))),
    }
}

/// The bounds of a number that an effect may write.
fn bounds(target: Quantity) -> (i32, i32) {
    match target {
        Quantity::Deadline(_) => (1, 200),
        Quantity::Breaches(_) => (0, 9),
        _ => match Type::of(target) {
            Type::Level | Type::Intensity => (0, 4),
            _ => (0, i32::MAX),
        },
    }
}

fn in_bounds(number: i32, (least, most): (i32, i32), value: Token<'_>) -> Result<i32, Fault> {
    if (least..=most).contains(&number) {
        return Ok(number);
    }
    Err(Fault::new(Code::EffectValue, value.range(), format!("`{}` is out of bounds", value.text))
        .label(format!("{least} to {most} here")))
}

fn state(agent: Agent, kind: Type, value: Token<'_>, names: &Names) -> Result<i32, Fault> {
    let possible = effect_states(agent);
    if possible.contains(&value.text) {
        return kind.value(value, names);
    }
    debug_assert!(attributes(agent).contains(&"state"));
    let known = kind.words(names).contains(&value.text);
    let message = if known {
        format!("no effect can make {} `{}`", super::types::with_article(agent), value.text)
    } else {
        format!("`{}` is not {}", shown(value.text), kind.noun(names))
    };
    let help = if known {
        format!("an effect can bring about: {}", list(possible))
    } else {
        suggest(value.text, possible, "an effect can bring about")
    };
    Err(Fault::new(Code::EffectValue, value.range(), message).label("not by an effect").help(help))
}
