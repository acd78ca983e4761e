//! Texts as people write them, and what of them no terminal, page or drawing may be given as it is.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character is not seen but obeyed: control characters apart from tabs and line feeds, and marks that change the
/// direction of writing.
pub const fn is_hidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
}

/// A text in which every hidden character is written out, such as `\u001b`: so it means the same to a reader of JSON and
/// TOML, and does nothing. A carriage return before a line feed ends a line and stays.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '\r' if letters.peek() == Some(&'\n') => out.push(c),
            // Writing to a string does not fail.
            c if is_hidden(c) => drop(write!(out, "\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_written_out_and_others_stay() {
        for (text, shown) in [
            ("a\u{1b}[31mb", "a\\u001b[31mb"),
            ("\u{1b}]0;title\u{7}", "\\u001b]0;title\\u0007"),
            ("\u{9b}31m\u{7f}", "\\u009b31m\\u007f"),
            ("over\rwritten\r\n", "over\\u000dwritten\r\n"),
            ("\u{202e}txt.\u{2069}\u{61c}", "\\u202etxt.\\u2069\\u061c"),
        ] {
            assert_eq!(visible(text), shown);
            assert!(!visible(text).replace("\r\n", "").contains(is_hidden));
        }
        let plain = "Größe, می‌خواهم, 和平\tyes\n";
        assert!(matches!(visible(plain), Cow::Borrowed(_)));
    }
}
