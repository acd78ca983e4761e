//! Every page of `explain` is true: its wrong example has the mistake, its right example has not.

use std::collections::BTreeSet;

use baraza::render::diagnostics::render;
use baraza::scenario::{Change, Code, PREAMBLE, Source, load};

/// Codes whose mistake does not fit into an example; each has a test of its own below.
const WITHOUT_EXAMPLE: [Code; 3] = [Code::FileTooLarge, Code::ChangeForm, Code::UnknownWhatIf];

fn file(text: &str) -> Source {
    Source { name: "example.toml".into(), text: format!("{PREAMBLE}\n{text}\n") }
}

fn codes(source: &Source) -> (Vec<Code>, String) {
    let found = load(source, &[], None).diagnostics;
    (found.iter().map(|d| d.code).collect(), render(&found, false))
}

#[test]
fn the_preamble_is_clean() {
    assert_eq!(codes(&file("")), (vec![], String::new()));
}

#[test]
fn wrong_examples_have_the_mistake_and_right_ones_do_not() {
    for code in Code::ALL {
        let page = code.page();
        assert!(!page.text.is_empty(), "{} is not explained", code.id());
        assert_eq!(Code::parse(code.id()), Some(*code));
        if WITHOUT_EXAMPLE.contains(code) {
            continue;
        }
        let (found, text) = codes(&file(page.wrong));
        assert!(found.contains(code), "{} is not found in its wrong example:\n{text}", code.id());
        if !code.id().starts_with("B05") {
            let errors = found.iter().filter(|c| !c.id().starts_with("B05")).count();
            assert_eq!(errors, 1, "{} has a cascade:\n{text}", code.id());
        }
        let (found, text) = codes(&file(page.right));
        let errors = found.iter().filter(|c| !c.id().starts_with("B05")).count();
        assert!(!found.contains(code) && errors == 0, "{} has a bad right example:\n{text}", code.id());
    }
}

#[test]
fn ids_of_codes_are_unique() {
    let ids: BTreeSet<&str> = Code::ALL.iter().map(|c| c.id()).collect();
    assert_eq!(ids.len(), Code::ALL.len());
}

#[test]
fn a_file_may_be_too_large() {
    let text = "#".repeat((1 << 20) + 1);
    assert_eq!(codes(&Source { name: "big".into(), text }).0, [Code::FileTooLarge]);
}

#[test]
fn a_change_may_be_unreadable() {
    for value in ["", "[1", "\"x"] {
        let change = Change { path: "party.north.alternative".into(), value: value.into() };
        let found = load(&file(""), &[change], None).diagnostics;
        assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::ChangeForm], "{value:?}");
    }
}

#[test]
fn a_what_if_may_be_unknown() {
    let found = load(&file(""), &[], Some("nothing")).diagnostics;
    assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::UnknownWhatIf]);
}
