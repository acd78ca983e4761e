//! Tokens to expressions: a recursive-descent parser. It stops at the first mistake.

use super::super::code::Code;
use super::super::report::shown;
use super::Fault;
use super::token::{Kind, Token, tokens};
use crate::domain::Relation;

/// How deep parentheses, calls and `not` may be nested.
const DEEPEST: usize = 32;

/// A condition as written, names unresolved.
#[derive(Debug)]
pub(super) enum Expression<'a> {
    /// `true`, `false`
    Constant(bool),
    /// A path alone.
    Bare(Token<'a>),
    /// `a < b`
    Compare(Token<'a>, Token<'a>, Token<'a>, Relation),
    /// `a in [b, c]`
    In(Token<'a>, Vec<Token<'a>>),
    /// `a and b`
    All(Vec<Expression<'a>>),
    /// `a or b`
    Any(Vec<Expression<'a>>),
    /// `not a`
    Not(Box<Expression<'a>>),
    /// `any(…)` and, with `true`, `all(…)`
    Each(Token<'a>, bool, Box<Expression<'a>>),
    /// `count(…) >= 2`
    Count(Token<'a>, Vec<Expression<'a>>, Relation, i32),
}

/// Parses a whole text.
pub(super) fn parse(text: &str) -> Result<Expression<'_>, Fault> {
    let mut parser = Parser { tokens: tokens(text)?, next: 0, depth: 0 };
    let expression = parser.or()?;
    match parser.peek() {
        Token { kind: Kind::End, .. } => Ok(expression),
        token => Err(parser.unexpected(token, "`and`, `or` or the end")),
    }
}

struct Parser<'a> {
    tokens: Vec<Token<'a>>,
    next: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Token<'a> {
        self.tokens[self.next.min(self.tokens.len() - 1)]
    }

    fn take(&mut self) -> Token<'a> {
        let token = self.peek();
        self.next += 1;
        token
    }

    fn keyword(&mut self, word: &str) -> bool {
        let found = self.peek().kind == Kind::Word && self.peek().text == word;
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, kind: Kind, what: &str) -> Result<Token<'a>, Fault> {
        let token = self.peek();
        if token.kind != kind {
            return Err(self.unexpected(token, what));
        }
        Ok(self.take())
    }

    fn unexpected(&self, token: Token<'_>, wanted: &str) -> Fault {
        if token.kind == Kind::End {
            return Fault::new(Code::ConditionSyntax, token.range(), "the condition stops too early")
                .label(format!("expected {wanted}"));
        }
        let help = match (token.kind, token.text) {
            (Kind::Set, _) => "compare with `==`; `=` is for effects",
            (_, "AND" | "And") => "write `and`",
            (_, "OR" | "Or") => "write `or`",
            (_, "is") => "write `==`",
            _ => "",
        };
        let message = format!("`{}` cannot stand here", shown(token.text));
        Fault::new(Code::ConditionSyntax, token.range(), message)
            .label(format!("expected {wanted}"))
            .help(help)
    }

    fn or(&mut self) -> Result<Expression<'a>, Fault> {
        let mut parts = vec![self.and()?];
        while self.keyword("or") {
            parts.push(self.and()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Expression::Any(parts) })
    }

    fn and(&mut self) -> Result<Expression<'a>, Fault> {
        let mut parts = vec![self.not()?];
        while self.keyword("and") {
            parts.push(self.not()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Expression::All(parts) })
    }

    fn not(&mut self) -> Result<Expression<'a>, Fault> {
        let token = self.peek();
        if self.keyword("not") {
            return self.nested(token, |p| Ok(Expression::Not(Box::new(p.not()?))));
        }
        self.primary()
    }

    /// Parses something inside something else, not too deep.
    fn nested<T>(
        &mut self,
        token: Token<'a>,
        inner: impl FnOnce(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        if self.depth == DEEPEST {
            let message = format!("a condition may be nested at most {DEEPEST} deep");
            return Err(
                Fault::new(Code::ConditionTooLarge, token.range(), message).label("one level too many")
            );
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    fn primary(&mut self) -> Result<Expression<'a>, Fault> {
        let token = self.peek();
        match (token.kind, token.text) {
            (Kind::Open, _) => {
                self.take();
                let inner = self.nested(token, Self::or)?;
                self.expect(Kind::Close, "`)`")?;
                Ok(inner)
            }
            (Kind::Word, "any" | "all") if self.called() => self.each(),
            (Kind::Word, "count") if self.called() => self.count(),
            (Kind::Word, "and" | "or" | "in") => Err(self.unexpected(token, "a condition")),
            (Kind::Word, _) => self.comparison(),
            _ => Err(self.unexpected(token, "a condition")),
        }
    }

    /// Whether the token after the next one opens a parenthesis.
    fn called(&self) -> bool {
        self.tokens.get(self.next + 1).is_some_and(|t| t.kind == Kind::Open)
    }

    fn each(&mut self) -> Result<Expression<'a>, Fault> {
        let word = self.take();
        self.take();
        let inner = self.nested(word, Self::or)?;
        if self.peek().kind == Kind::Comma {
            let joiner = if word.text == "any" { "or" } else { "and" };
            return Err(self
                .unexpected(self.peek(), "`)`")
                .help(format!("`{}` takes one condition: join them with `{joiner}`", word.text)));
        }
        self.expect(Kind::Close, "`)`")?;
        Ok(Expression::Each(word, word.text == "all", Box::new(inner)))
    }

    fn count(&mut self) -> Result<Expression<'a>, Fault> {
        let word = self.take();
        self.take();
        let mut parts = vec![self.nested(word, Self::or)?];
        while self.peek().kind == Kind::Comma {
            self.take();
            parts.push(self.nested(word, Self::or)?);
        }
        self.expect(Kind::Close, "`,` or `)`")?;
        let token = self.take();
        let Kind::Relation(relation) = token.kind else {
            let fault = self.unexpected(token, "a comparison with a number");
            return Err(fault.help("compare the count, as in `count(item.*.settled) >= 3`"));
        };
        let number = self.take();
        match number.text.parse() {
            Ok(n) if number.kind == Kind::Word => Ok(Expression::Count(word, parts, relation, n)),
            _ => Err(self.unexpected(number, "a whole number")),
        }
    }

    fn comparison(&mut self) -> Result<Expression<'a>, Fault> {
        let left = self.take();
        let token = self.peek();
        if let Kind::Relation(relation) = token.kind {
            self.take();
            let right = self.value()?;
            return Ok(Expression::Compare(left, token, right, relation));
        }
        if self.keyword("in") {
            self.expect(Kind::OpenList, "`[`")?;
            let mut values = vec![self.value()?];
            while self.peek().kind == Kind::Comma {
                self.take();
                values.push(self.value()?);
            }
            self.expect(Kind::CloseList, "`,` or `]`")?;
            return Ok(Expression::In(left, values));
        }
        match left.text {
            "true" => Ok(Expression::Constant(true)),
            "false" => Ok(Expression::Constant(false)),
            _ => Ok(Expression::Bare(left)),
        }
    }

    fn value(&mut self) -> Result<Token<'a>, Fault> {
        let token = self.peek();
        let keyword = matches!(token.text, "and" | "or" | "not" | "in");
        if token.kind != Kind::Word || keyword {
            return Err(self.unexpected(token, "a value"));
        }
        Ok(self.take())
    }
}
