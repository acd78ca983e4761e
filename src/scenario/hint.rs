//! What somebody probably meant who wrote a line that is not TOML: habits of word processors, spreadsheets and other languages.

/// What is wrong with the line, if it is one of the usual slips, and what to write instead.
pub(super) fn hint(line: &str) -> Option<String> {
    let bare = bare(line);
    let value = bare.split_once('=').map_or("", |(_, value)| value.trim());
    odd_character(&bare)
        .or_else(|| colon(&bare))
        .or_else(|| comma(&bare))
        .or_else(|| decimal_comma(value))
        .or_else(|| word(value))
        .or_else(|| date(value))
        .or_else(|| foreign_sign(&bare, value))
}

/// What is to be done about a key or table that stands in the text before this line too.
pub(super) fn twice(text: &str, line: usize) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let this = lines.get(line)?.trim();
    let first = |found: &dyn Fn(&str) -> bool, from: usize| (from..line).find(|k| found(lines[*k].trim()));
    if this.starts_with('[') {
        let head = this.split('#').next()?.trim();
        let at = first(&|other| other.split('#').next().is_some_and(|h| h.trim() == head), 0)?;
        return Some(format!(
            "the table {head} is written twice, first in line {}: keep one and put all its keys there",
            at + 1
        ));
    }
    let key = |text: &str| text.split_once('=').map(|(key, _)| key.trim().to_owned());
    let own = key(this)?;
    let table = (0..line).rev().find(|k| lines[*k].trim().starts_with('[')).unwrap_or(0);
    let at = first(&|other| key(other).as_deref() == Some(own.as_str()), table)?;
    Some(format!("`{own}` is written twice in this table, first in line {}: keep one", at + 1))
}

/// The line without its remark and without what stands in straight quotes.
fn bare(line: &str) -> String {
    let mut out = String::new();
    let mut open: Option<char> = None;
    let mut escaped = false;
    for c in line.chars() {
        match open {
            Some(quote) => {
                if c == quote && !escaped {
                    open = None;
                    out.push(c);
                }
                escaped = c == '\\' && !escaped && quote == '"';
            }
            None if c == '#' => break,
            None => {
                if c == '"' || c == '\'' {
                    open = Some(c);
                }
                out.push(c);
            }
        }
    }
    out
}

fn odd_character(bare: &str) -> Option<String> {
    bare.chars().find_map(|c| {
        let what = match c {
            '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '‹' | '›' | '`' | '´' => {
                format!("{c} is a typographic quote: texts stand in straight ones, \"like this\"")
            }
            '–' | '—' | '‒' | '−' | '‑' => {
                format!("{c} is a typographic dash: type the hyphen of the keyboard, -")
            }
            '\u{feff}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{ad}' => {
                format!("an invisible character (U+{:04X}) stands here: delete it", u32::from(c))
            }
            '…' => "… is one character: type three dots, or leave it out".to_owned(),
            '＝' | '：' | '，' | '［' | '］' => format!("{c} is a full-width character: type the plain one"),
            c if c.is_whitespace() && !c.is_ascii() => format!(
                "a space that is none of the keyboard's (U+{:04X}) stands here: delete it and type a plain one",
                u32::from(c)
            ),
            _ => return None,
        };
        Some(what)
    })
}

/// `rounds: 12`
fn colon(bare: &str) -> Option<String> {
    let (key, value) = bare.split_once(':')?;
    let key = key.trim();
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '"');
    let fits = !key.is_empty() && key.chars().all(word) && !value.trim().is_empty();
    fits.then(|| format!("write `{key} = …`: a key and its value are joined by `=`, not by a colon"))
}

/// `{ a = 1 b = 2 }`, `["a" "b"]`
fn comma(bare: &str) -> Option<String> {
    let inner = |open: char, close: char| {
        bare.split(open).skip(1).filter_map(move |rest| rest.split_once(close)).map(|(inside, _)| inside)
    };
    let keys = |piece: &str| piece.matches('=').count() - 2 * piece.matches("==").count() > 1;
    let texts =
        |piece: &str| piece.split_whitespace().filter(|word| matches!(*word, "\"\"" | "''")).count() > 1;
    if inner('{', '}').flat_map(|inside| inside.split(',')).any(keys) {
        return Some("a comma stands between two keys of a table: { a = 1, b = 2 }".into());
    }
    let two = inner('[', ']').flat_map(|inside| inside.split(',')).any(texts);
    two.then(|| "a comma stands between two members of a list: [\"a\", \"b\"]".into())
}

/// `0,5`
fn decimal_comma(value: &str) -> Option<String> {
    let (whole, rest) = value.split_once(',')?;
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let fits = digits(whole.trim_start_matches(['-', '+'])) && digits(rest);
    fits.then(|| format!("numbers have a decimal point, not a comma: {whole}.{rest}"))
}

/// `yes`, `True`, `null`
fn word(value: &str) -> Option<String> {
    match value.to_ascii_lowercase().as_str() {
        "yes" | "on" | "true" => Some("yes is written `true`, in small letters and without quotes".into()),
        "no" | "off" | "false" => Some("no is written `false`, in small letters and without quotes".into()),
        "null" | "none" | "nil" | "~" => Some("there is no value for nothing: leave the key out".into()),
        _ => None,
    }
}

/// `4.12.2025`, `2025/12/04`
fn date(value: &str) -> Option<String> {
    let parts: Vec<&str> = value.split(['.', '/']).collect();
    let digits = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    if parts.len() != 3 || !parts.iter().all(digits) {
        return None;
    }
    Some("a date is written year-month-day, as 2025-12-04, without quotes".into())
}

/// `60%`, `a == b`, `rounds = 12;`, `// a remark`
fn foreign_sign(bare: &str, value: &str) -> Option<String> {
    let percent = value.strip_suffix('%').and_then(|number| number.trim().parse::<f64>().ok());
    if let Some(percent) = percent {
        return Some(format!("a share is a number from 0 to 1: {}", percent / 100.0));
    }
    let start = bare.trim_start();
    if start.starts_with("//") || start.starts_with("/*") || start.starts_with("--") || start.starts_with(';')
    {
        return Some("a remark begins with #".into());
    }
    if bare.trim_end().ends_with(';') {
        return Some("a line ends without a semicolon".into());
    }
    if value.starts_with('=') {
        return Some("one `=` joins a key and its value; `==` compares, inside a condition in quotes".into());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_other_programs_are_told_for_what_they_are() {
        for (line, part) in [
            ("title = “A valley”", "typographic quote"),
            ("name = «Nord»", "typographic quote"),
            ("one = { a = 100 b = 0 }", "a comma stands between two keys"),
            ("one = { a = 100, exposes = { b = 1 c = 2 } }", "a comma stands between two keys"),
            ("seats = [\"a\" \"b\"]", "a comma stands between two members"),
            ("name = 'ok' # fine\u{a0}", ""),
            ("alternative = –40", "typographic dash"),
            ("alternative\u{a0}= 40", "U+00A0"),
            ("alter\u{200b}native = 40", "U+200B"),
            ("rounds: 12", "`rounds = …`"),
            ("odds = 0,5", "0.5"),
            ("odds = -0,25", "-0.25"),
            ("repeats = yes", "`true`"),
            ("repeats = False", "`false`"),
            ("unit = null", "leave the key out"),
            ("start = 4.12.2025", "2025-12-04"),
            ("start = 2025/12/04", "2025-12-04"),
            ("odds = 60%", "0.6"),
            ("// a remark", "#"),
            ("rounds = 12;", "semicolon"),
            ("rounds == 12", "one `=`"),
            ("title = \"– “fine” 0,5: yes\" x", ""),
            ("x = [0,5", ""),
        ] {
            let told = hint(line).unwrap_or_default();
            assert!(if part.is_empty() { told.is_empty() } else { told.contains(part) }, "{line}: {told}");
        }
    }

    #[test]
    fn what_is_written_twice_is_told_with_its_first_line() {
        let text =
            "[party.a]\nalternative = 1\n[party.b]\nalternative = 2\nalternative = 3\n[party.a] # again\n";
        assert!(twice(text, 4).is_some_and(|t| t.contains("`alternative`") && t.contains("line 4")));
        assert!(twice(text, 5).is_some_and(|t| t.contains("[party.a]") && t.contains("line 1")));
        assert_eq!(twice(text, 0), None);
    }
}
