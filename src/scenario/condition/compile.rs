//! Expressions to conditions: types are checked, `*` is written out. All mistakes of a condition are found.

use super::super::code::Code;
use super::super::names::Names;
use super::super::nearest::suggest;
use super::super::report::shown;
use super::super::shape::Agent;
use super::Fault;
use super::path::{self, Star, is_path, resolve, star_kind};
use super::syntax::Expression;
use super::token::Token;
use super::types::{Type, date};
use crate::domain::{Condition, Operand, Relation};

/// How many comparisons a condition may be once every `*` is written out.
const LARGEST: usize = 10_000;

/// Compiles an expression.
pub(super) fn compile(expression: &Expression<'_>, names: &Names) -> Result<Condition, Vec<Fault>> {
    let mut compiler = Compiler { names, faults: Vec::new(), size: 0 };
    let condition = compiler.expression(expression, None);
    if compiler.size > LARGEST {
        compiler.faults.truncate(0);
        compiler.faults.push(too_large());
    }
    if compiler.faults.is_empty() { Ok(condition) } else { Err(compiler.faults) }
}

fn too_large() -> Fault {
    let message = format!("with every `*` written out the condition has more than {LARGEST} parts");
    Fault::new(Code::ConditionTooLarge, (0, 0), message).label("too large").help("nest fewer calls")
}

struct Compiler<'n> {
    names: &'n Names,
    faults: Vec<Fault>,
    size: usize,
}

/// What stands for a part with a mistake.
const PLACEHOLDER: Condition = Condition::Constant(true);

impl Compiler<'_> {
    fn fault(&mut self, fault: Fault) -> Condition {
        self.faults.push(fault);
        PLACEHOLDER
    }

    fn expression(&mut self, expression: &Expression<'_>, star: Star) -> Condition {
        self.size += 1;
        if self.size > LARGEST {
            return PLACEHOLDER;
        }
        match expression {
            Expression::Constant(value) => Condition::Constant(*value),
            Expression::Bare(word) => self.bare(*word, star),
            Expression::Compare(left, sign, right, relation) => {
                self.compare(*left, *sign, *right, *relation, star)
            }
            Expression::In(left, values) => self.one_of(*left, values, star),
            Expression::All(parts) => {
                Condition::All(parts.iter().map(|p| self.expression(p, star)).collect())
            }
            Expression::Any(parts) => {
                Condition::Any(parts.iter().map(|p| self.expression(p, star)).collect())
            }
            Expression::Not(part) => Condition::Not(Box::new(self.expression(part, star))),
            Expression::Each(word, all, inner) => self.each(*word, *all, inner, star),
            Expression::Count(word, parts, relation, number) => {
                let parts = self.spread(*word, parts.iter().collect(), star);
                Condition::Count(parts, *relation, *number)
            }
        }
    }

    fn bare(&mut self, word: Token<'_>, star: Star) -> Condition {
        if !is_path(word.text) {
            return self.fault(not_a_quantity(word));
        }
        let quantity = match resolve(word, star, self.names) {
            Ok(quantity) => quantity,
            Err(fault) => return self.fault(fault),
        };
        let kind = Type::of(quantity);
        if kind != Type::Bool {
            let noun = kind.noun(self.names);
            return self.fault(
                Fault::new(
                    Code::NotACondition,
                    word.range(),
                    format!("`{}` is no condition by itself", shown(word.text)),
                )
                .label(format!("this is {noun}"))
                .help(format!("compare it, as in `{} == …`", shown(word.text))),
            );
        }
        Condition::Compare(quantity, Relation::Equal, Operand::Value(1))
    }

    fn compare(
        &mut self,
        left: Token<'_>,
        sign: Token<'_>,
        right: Token<'_>,
        relation: Relation,
        star: Star,
    ) -> Condition {
        match (is_path(left.text), is_path(right.text)) {
            (true, _) => self.compare_path(left, sign, right, relation, star),
            (false, true) => self.compare_path(right, sign, left, relation.mirrored(), star),
            (false, false) => {
                let word = [left, right].into_iter().find(|w| !constant(w.text));
                let fault = match word {
                    Some(word) => not_a_quantity(word),
                    None => {
                        let whole = (left.at, right.range().1);
                        Fault::new(Code::Constants, whole, "both sides of the comparison are constants")
                            .label("neither side can change")
                            .help("name a quantity on one side, such as `round`")
                    }
                };
                self.fault(fault)
            }
        }
    }

    fn compare_path(
        &mut self,
        path: Token<'_>,
        sign: Token<'_>,
        other: Token<'_>,
        relation: Relation,
        star: Star,
    ) -> Condition {
        let quantity = resolve(path, star, self.names);
        // A path whose id is unknown may still stand opposite a good one: both are looked at.
        let operand = is_path(other.text).then(|| resolve(other, star, self.names));
        let (quantity, operand) = match (quantity, operand.transpose()) {
            (Ok(quantity), Ok(operand)) => (quantity, operand),
            (quantity, operand) => {
                self.faults.extend(quantity.err());
                self.faults.extend(operand.err());
                return PLACEHOLDER;
            }
        };
        let kind = Type::of(quantity);
        if !kind.ordered() && !matches!(relation, Relation::Equal | Relation::NotEqual) {
            let noun = kind.noun(self.names);
            return self.fault(
                Fault::new(
                    Code::Unordered,
                    sign.range(),
                    format!("`{}` is {noun}: there is no greater or smaller", path.text),
                )
                .label("not possible here")
                .help("use `==`, `!=` or `in [ … ]`"),
            );
        }
        let operand = match operand {
            Some(operand) if Type::of(operand) == kind => Operand::Quantity(operand),
            Some(operand) => {
                let (one, two) = (kind.noun(self.names), Type::of(operand).noun(self.names));
                let whole = (path.at.min(other.at), path.range().1.max(other.range().1));
                return self.fault(
                    Fault::new(
                        Code::Types,
                        whole,
                        format!("`{}` is {one}, `{}` is {two}", path.text, other.text),
                    )
                    .label("these cannot be compared"),
                );
            }
            None => match kind.value(other, self.names) {
                Ok(value) => Operand::Value(value),
                Err(fault) => return self.fault(fault),
            },
        };
        Condition::Compare(quantity, relation, operand)
    }

    fn one_of(&mut self, left: Token<'_>, values: &[Token<'_>], star: Star) -> Condition {
        if !is_path(left.text) {
            return self.fault(not_a_quantity(left));
        }
        let quantity = match resolve(left, star, self.names) {
            Ok(quantity) => quantity,
            Err(fault) => return self.fault(fault),
        };
        let kind = Type::of(quantity);
        let mut parts = Vec::with_capacity(values.len());
        for value in values {
            self.size += 1;
            if is_path(value.text) {
                parts.push(self.compare_path(left, *value, *value, Relation::Equal, star));
                continue;
            }
            match kind.value(*value, self.names) {
                Ok(value) => parts.push(Condition::Compare(quantity, Relation::Equal, Operand::Value(value))),
                Err(fault) => self.faults.push(fault),
            }
        }
        one_or(parts, Condition::Any)
    }

    fn each(&mut self, word: Token<'_>, all: bool, inner: &Expression<'_>, star: Star) -> Condition {
        let parts = self.spread(word, vec![inner], star);
        one_or(parts, if all { Condition::All } else { Condition::Any })
    }

    /// The parts of a call, written out for every agent that `*` stands for.
    fn spread(&mut self, word: Token<'_>, parts: Vec<&Expression<'_>>, star: Star) -> Vec<Condition> {
        let mut stars = Vec::new();
        parts.iter().for_each(|p| stars_of(p, &mut stars));
        let Some((first, kind)) = stars.first().copied() else {
            return parts.iter().map(|p| self.expression(p, star)).collect();
        };
        if let Some((other, kind_of_other)) = stars.iter().find(|(_, k)| *k != kind) {
            let message = format!("every `*` in one `{}` stands for the same kind of agent", word.text);
            let fault = Fault::new(Code::Star, other.range(), message)
                .label(format!("this one is for {}", kind_of_other.plural()))
                .help(format!("`{}` is for {}: use two calls", first.text, kind.plural()));
            return vec![self.fault(fault)];
        }
        if self.names.all(kind).is_empty() {
            let message = format!("`*` stands for nothing here: the scenario has no {}", kind.plural());
            let fault = Fault::new(Code::Star, first.range(), message).label("no agent to stand for");
            return vec![self.fault(fault)];
        }
        self.written_out(kind, &parts, star)
    }

    fn written_out(&mut self, kind: Agent, parts: &[&Expression<'_>], star: Star) -> Vec<Condition> {
        let mut out = Vec::new();
        let faults = self.faults.len();
        for at in 0..self.names.all(kind).len() {
            for part in parts {
                let mut own = Vec::new();
                stars_of(part, &mut own);
                match own.is_empty() {
                    true if at > 0 => {}
                    true => out.push(self.expression(part, star)),
                    false => out.push(self.expression(part, Some((kind, at)))),
                }
            }
            // One mistake in the text is one fault, however many agents the star stands for.
            if self.faults.len() > faults || self.size > LARGEST {
                break;
            }
        }
        out
    }
}

/// The words with a `*` that belong to a call, not to a call inside it.
fn stars_of<'a>(expression: &Expression<'a>, out: &mut Vec<(Token<'a>, Agent)>) {
    let mut word = |w: &Token<'a>| out.extend(star_kind(w.text).map(|kind| (*w, kind)));
    match expression {
        Expression::Constant(_) | Expression::Each(..) | Expression::Count(..) => {}
        Expression::Bare(w) => word(w),
        Expression::Compare(left, _, right, _) => {
            word(left);
            word(right);
        }
        Expression::In(left, values) => {
            word(left);
            values.iter().for_each(word);
        }
        Expression::All(parts) | Expression::Any(parts) => parts.iter().for_each(|p| stars_of(p, out)),
        Expression::Not(part) => stars_of(part, out),
    }
}

/// A single part stands for itself.
fn one_or(mut parts: Vec<Condition>, several: fn(Vec<Condition>) -> Condition) -> Condition {
    if parts.len() == 1 { parts.remove(0) } else { several(parts) }
}

/// Whether a word is a constant of some type that can be told without a context.
fn constant(word: &str) -> bool {
    word.parse::<i64>().is_ok()
        || date(word).is_some()
        || matches!(word, "true" | "false" | "none")
        || crate::domain::Level::parse(word).is_some()
}

fn not_a_quantity(word: Token<'_>) -> Fault {
    let known = ["round", "date", "outcome"].into_iter().chain(path::KINDS.iter().map(|a| a.key()));
    let help = suggest(word.text, known, "a quantity is or begins with one of");
    Fault::new(Code::UnknownPath, word.range(), format!("`{}` is not a quantity", shown(word.text)))
        .label("expected a path such as `item.ID.state`")
        .help(help)
}
