//! Numbers as people read them.

/// A share in whole per cent; what is neither nothing nor all is never told as such.
pub(crate) fn percent(share: f64) -> String {
    match share * 100.0 {
        p if p > 0.0 && p <= 0.5 => "<1%".into(),
        p if (99.5..100.0).contains(&p) => ">99%".into(),
        p => format!("{p:.0}%"),
    }
}

/// A level in per cent, with a decimal where it has one.
pub(crate) fn percent_of(level: f64) -> String {
    let p = level * 100.0;
    if (p - p.round()).abs() < 1e-9 { format!("{p:.0}") } else { format!("{p:.1}") }
}

/// 20,000 rather than 20000.
pub(crate) fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (k, digit) in digits.chars().enumerate() {
        if k > 0 && (digits.len() - k).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A unit as it follows its number; nothing where there is none.
pub(crate) fn unit(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!(" {name}") }
}
