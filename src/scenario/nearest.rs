//! The nearest spelling, and lists of what is allowed.

/// How long a list of allowed words may get before it is cut.
const LONGEST_LIST: usize = 24;

/// Words that are taken for each other: parties have a `name`, everything else a `title`.
const TAKEN_FOR: [(&str, &str); 2] = [("title", "name"), ("name", "title")];

/// The allowed word that was probably meant.
pub(super) fn nearest<'a>(word: &str, allowed: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > 64 {
        return None;
    }
    let plain = word.to_lowercase().replace('_', "-");
    let allowed: Vec<&str> = allowed.into_iter().collect();
    if let Some((_, meant)) = TAKEN_FOR.iter().find(|(said, _)| *said == plain)
        && let Some(found) = allowed.iter().find(|a| *a == meant)
    {
        return Some(found);
    }
    allowed
        .into_iter()
        .map(|a| (strsim::damerau_levenshtein(&plain, &a.replace('_', "-")), a))
        .filter(|(distance, a)| *distance <= a.chars().count().max(plain.chars().count()).div_ceil(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, a)| a)
}

/// Help that names the nearest spelling, or else everything that is allowed.
pub(super) fn suggest<'a>(
    word: &str,
    allowed: impl IntoIterator<Item = &'a str, IntoIter: Clone>,
    intro: &str,
) -> String {
    let allowed = allowed.into_iter();
    match nearest(word, allowed.clone()) {
        Some(near) => format!("did you mean `{near}`? {intro}: {}", list(allowed)),
        None if allowed.clone().next().is_none() => String::new(),
        None => format!("{intro}: {}", list(allowed)),
    }
}

/// Words in backticks with commas.
pub(super) fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let mut words = words.into_iter();
    let mut out: Vec<String> = words.by_ref().take(LONGEST_LIST).map(|w| format!("`{w}`")).collect();
    if words.next().is_some() {
        out.push("…".to_owned());
    }
    out.join(", ")
}

/// Words in backticks, the last after `or`.
pub(super) fn or_list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let all: Vec<String> = words.into_iter().map(|w| format!("`{w}`")).collect();
    match all.as_slice() {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_is_near_or_taken_for_it() {
        assert_eq!(nearest("optoin", ["title", "option"]), Some("option"));
        assert_eq!(nearest("title", ["name", "alternative"]), Some("name"));
        assert_eq!(nearest("name", ["title", "option"]), Some("title"));
        assert_eq!(nearest("title", ["alternative"]), None);
    }
}
