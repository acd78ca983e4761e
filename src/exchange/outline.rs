//! Which profiles of a folder belong to a domain: people keep several domains in one folder.

use super::domain::Format;
use super::node::Node;
use super::{Text, genius};

/// The issues of a file with the values that have names.
pub(super) type Outline = Vec<(String, Vec<String>)>;

/// The outline of a domain or profile; `None`: it cannot be told from the file alone, or the file is broken, which
/// reading it tells better.
pub(super) fn outline(format: Format, text: &Text, tree: Option<&Node>) -> Option<Outline> {
    match (format, tree) {
        (Format::Genius, _) => genius::outline(text),
        (Format::Geniusweb, Some(tree)) => {
            let inner = || match tree {
                Node::Map(members) => members.first().and_then(|(_, space)| space.get("domain")),
                _ => None,
            };
            let domain = if tree.get("issuesValues").is_some() { Some(tree) } else { inner() };
            let Node::Map(issues) = domain?.get("issuesValues")? else { return None };
            Some(issues.iter().map(|(name, values)| (name.clone(), texts(values.get("values")))).collect())
        }
        (Format::Negolog, Some(tree)) => {
            let Node::Map(issues) = tree.get("issues")? else { return None };
            let keys = |node: &Node| match node {
                Node::Map(members) => members.iter().map(|(key, _)| key.clone()).collect(),
                _ => Vec::new(),
            };
            Some(issues.iter().map(|(name, values)| (name.clone(), keys(values))).collect())
        }
        _ => None,
    }
}

fn texts(node: Option<&Node>) -> Vec<String> {
    let Some(Node::List(members)) = node else { return Vec::new() };
    let text = |n: &Node| match n {
        Node::Text(text) | Node::Number(_, text) | Node::Flag(_, text) => Some(text.clone()),
        _ => None,
    };
    members.iter().filter_map(text).collect()
}

/// Whether a profile belongs to a domain: at least half of the domain's issues are in it by name, or, since names
/// differ in files that belong together, by place with a value in common.
pub(super) fn belongs(profile: &Outline, domain: &Outline) -> bool {
    let (by_name, by_place) = likeness(profile, domain);
    2 * by_name.max(by_place) >= domain.len()
}

/// How many of a domain's issues are in a profile by name, and how many by place.
pub(super) fn likeness(profile: &Outline, domain: &Outline) -> (usize, usize) {
    let by_name = domain.iter().filter(|(name, _)| profile.iter().any(|(n, _)| n == name)).count();
    let alike = |a: &[String], b: &[String]| a.iter().any(|v| b.iter().any(|w| w.trim() == v.trim()));
    let by_place = domain.iter().zip(profile).filter(|(d, p)| alike(&d.1, &p.1)).count();
    (by_name, by_place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(issues: &[(&str, &[&str])]) -> Outline {
        let owned = |values: &[&str]| values.iter().map(|v| (*v).to_owned()).collect();
        issues.iter().map(|(name, values)| ((*name).to_owned(), owned(values))).collect()
    }

    #[test]
    fn half_of_the_issues_make_a_profile_belong() {
        let domain =
            outline(&[("price", &["1", "2"]), ("delivery", &["soon", "late"]), ("colour", &["red"])]);
        assert!(belongs(&outline(&[("price", &[]), ("delivery", &[])]), &domain));
        assert!(belongs(&outline(&[("Preis", &["1"]), ("Lieferung", &["soon "])]), &domain));
        assert!(!belongs(&outline(&[("price", &["8"]), ("salad", &["green"])]), &domain));
    }
}
