//! Texts in pictures: escaping, how wide they will be, where to break them.

use textwrap::core::display_width;

use crate::domain::{is_hidden, visible};

/// A text that may stand in an element or a quoted attribute of XML and HTML. What would be obeyed and not seen is written out;
/// characters that XML does not allow become the replacement character. `%%`, which begins a directive where a drawing is made
/// of the page's text, never stands in it.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '%' if out.ends_with('%') => out.push_str("&#37;"),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// How wide a text will be at most in one of the fonts that pictures ask for, in units of the picture. There is no
/// font to measure: widths are those of DejaVu Sans, the widest of them, rounded up.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '|' => 0.28,
        ' ' | '.' | ',' | ':' | ';' | 'I' | 'f' | 't' | 'r' | '(' | ')' | '-' | '/' => 0.4,
        'm' | 'M' | 'w' | 'W' | '%' | '@' | '—' => 0.99,
        '+' | '−' | '<' | '>' | '=' | '~' => 0.84,
        'A'..='Z' => 0.7,
        '0'..='9' | 'a'..='z' => 0.63,
        // Written out.
        c if is_hidden(c) => 4.0,
        c => match display_width(c.encode_utf8(&mut [0; 4])) {
            0 => 0.0,
            1 => 0.66,
            _ => 1.05,
        },
    }
}

/// Breaks a text into lines no wider than `room`; nothing is cut: a word that is too wide alone is broken.
pub(super) fn wrap(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let spaced = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&spaced, size) <= room {
            line = spaced;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for c in word.chars() {
            line.push(c);
            if width(&line, size) > room && line.chars().nth(1).is_some() {
                line.pop();
                // Paths break after a point or a hyphen, where what follows fits.
                let after = line.rfind(['.', '-', '_', '/']).map(|at| at + 1);
                let fits = |at: &usize| width(&format!("{}{c}", &line[*at..]), size) <= room;
                let at = after.filter(fits).unwrap_or(line.len());
                let rest = format!("{}{c}", &line[at..]);
                line.truncate(at);
                lines.push(std::mem::replace(&mut line, rest));
            }
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// A coordinate with at most one decimal.
pub(super) fn number(x: f64) -> String {
    // Adding zero turns −0 into 0.
    format!("{}", (x * 10.0).round() / 10.0 + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn markup_becomes_text() {
        assert_eq!(escape("<a b=\"c\">&'\u{1}"), "&lt;a b=&quot;c&quot;&gt;&amp;&#39;\\u0001");
        assert_eq!(escape("%%{init: 1}%% of 5% \u{202e}"), "%&#37;{init: 1}%&#37; of 5% \\u202e");
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([12.0, 0.25, -0.01, -7.16].map(number), ["12", "0.3", "0", "-7.2"]);
    }

    proptest! {
        #[test]
        fn wrapping_loses_nothing_and_fits(text in "[ a-zA-Z<&é中.-]{0,80}", room in 30.0..300.0) {
            let lines = wrap(&text, 14.0, room);
            let kept: String = lines.concat().split_whitespace().collect();
            prop_assert_eq!(kept, text.split_whitespace().collect::<String>());
            for line in lines {
                prop_assert!(width(&line, 14.0) <= room, "{}", line);
            }
        }
    }
}
