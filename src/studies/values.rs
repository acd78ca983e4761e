//! Values that stand after an option, read and refused with what to write instead.

/// Splits `path=value`.
///
/// # Errors
/// What to write instead.
pub fn setting(text: &str) -> Result<(String, String), String> {
    let (path, value) = text.split_once('=').ok_or("write PATH=VALUE, such as party.m23.audience=high")?;
    let (path, value) = (path.trim(), value.trim());
    match (path.is_empty(), value.is_empty()) {
        (true, _) => Err("the path before `=` is missing, such as party.m23.audience".into()),
        (_, true) => Err(format!("the value after `{path}=` is missing")),
        _ => Ok((path.to_owned(), value.to_owned())),
    }
}

/// Splits `from:to`.
///
/// # Errors
/// What to write instead.
pub fn flip(text: &str) -> Result<(String, String), String> {
    match text.split_once(':') {
        Some((from, to)) if !from.trim().is_empty() && !to.trim().is_empty() => {
            Ok((from.trim().to_owned(), to.trim().to_owned()))
        }
        _ => Err("write two outcomes as FROM:TO, such as stalemate:peace-holding".into()),
    }
}

/// Splits `path=low..high`. Numbers may have points of their own: the ends are parted at the first two dots that
/// leave something on either side.
///
/// # Errors
/// What to write instead.
pub fn range(text: &str) -> Result<(String, String, String), String> {
    let (path, ends) = setting(text).map_err(|_| RANGE)?;
    let (low, high) = ends.split_once("..").ok_or(RANGE)?;
    let (low, high) = (low.trim(), high.trim());
    if low.is_empty() || high.is_empty() {
        return Err(RANGE.into());
    }
    Ok((path, low.to_owned(), high.to_owned()))
}

const RANGE: &str = "write PATH=LOW..HIGH, such as party.m23.alternative=30..60";

/// Probability that may be dropped.
///
/// # Errors
/// What to write instead.
pub fn budget(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(budget) if (0.0..0.5).contains(&budget) => Ok(budget),
        _ => Err("write a number from 0 to below 0.5, such as 1e-6".into()),
    }
}

/// How many states may be kept.
///
/// # Errors
/// What to write instead.
pub fn states(text: &str) -> Result<usize, String> {
    match text.replace(['_', ','], "").parse::<usize>() {
        Ok(states) if states > 0 => Ok(states),
        _ => Err("write a whole number above 0, such as 1000000".into()),
    }
}

/// The width of an interval.
///
/// # Errors
/// What to write instead.
pub fn width(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(width) if width > 0.0 && width < 1.0 => Ok(width),
        _ => Err("write a number above 0 and below 1, such as 0.01 for one point of 100".into()),
    }
}

/// A share that is to be reached.
///
/// # Errors
/// What to write instead.
pub fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if share > 0.0 && share <= 1.0 => Ok(share),
        _ => Err("write a number above 0 and up to 1, such as 0.8".into()),
    }
}

/// A share that is taken away or kept at least.
///
/// # Errors
/// What to write instead.
pub fn slice(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if share > 0.0 && share < 0.5 => Ok(share),
        _ => Err("write a number above 0 and below 0.5, such as 0.05".into()),
    }
}

/// A share of intervals that cover.
///
/// # Errors
/// What to write instead.
pub fn level(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(level) if level > 0.5 && level < 1.0 => Ok(level),
        _ => Err("write a number above 0.5 and below 1, such as 0.95".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_split_at_the_first_equals_sign() {
        let split = |text: &str| setting(text).ok();
        let expected = Some(("a.when".to_string(), "round == 2".to_string()));
        assert_eq!(split("a.when = round == 2"), expected);
        assert_eq!(split("a"), None);
        assert_eq!(split("=1"), None);
        assert_eq!(split("a="), None);
    }
}
