//! Names of files that stand beside each other.

use std::collections::HashSet;

/// Names of files that differ everywhere, also where capital and small letters are the same: of those that would not, the later
/// ones get a number, `.2` and so on.
pub fn distinct(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut taken = HashSet::new();
    let names = names.into_iter();
    names
        .map(|name| {
            let numbered = (2..).map(|n| format!("{name}.{n}"));
            let mut free = std::iter::once(name.clone()).chain(numbered);
            free.find(|name| taken.insert(name.to_lowercase())).unwrap_or(name)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_capitals_only_are_told_apart() {
        let names = ["role-a", "role-A", "role-a", "role-a.2", "role-b"].map(String::from);
        let told = distinct(names);
        assert_eq!(told, ["role-a", "role-A.2", "role-a.3", "role-a.2.2", "role-b"]);
    }
}
