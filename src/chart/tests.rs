//! Every kind of picture is well-formed, whatever its texts are, and the small ones look as they did.

use proptest::prelude::*;

use super::bands::{Band, Bands};
use super::bars::{Bars, Series};
use super::calibration::{Bin, Calibration};
use super::curves::{Curve, Curves, Record};
use super::forest::Forest;
use super::matrix::Matrix;
use super::offers::{Offer, Offers};
use super::plane::{Mark, Plane};
use super::positions::{Position, Positions};
use super::seating::{Entry, Frame, Layer, Seating, Shape};
use super::strips::{State, Strip, Strips, Tone};
use super::tornado::{Swing, Tornado};
use super::*;

fn e(value: f64) -> Estimate {
    Estimate { value, low: (value - 0.05).max(0.0), high: (value + 0.05).min(1.0) }
}

fn percent(e: &Estimate) -> Estimate {
    Estimate { value: 100.0 * e.value, low: 100.0 * e.low, high: 100.0 * e.high }
}

fn dates(rounds: usize) -> Vec<String> {
    (0..rounds).map(|r| format!("2025-{:02}-01", r % 12 + 1)).collect()
}

/// One picture of each kind, with this text wherever texts of scenarios go.
fn all(text: &str, rounds: usize, things: usize) -> Vec<Picture> {
    let t = |k: usize| format!("{text} {k}");
    let head = |name: &str| Head::new(&[name], text, text);
    let share = |k: usize| e((k as f64 * 0.37) % 1.0);
    let axis = || "Share of runs, %".to_owned();
    let states = || {
        ('a'..='e')
            .map(|c| State { name: t(c as usize), letter: c, tone: Tone::Intensity(c as usize % 97) })
            .collect::<Vec<_>>()
    };
    let by_round = |k: usize| (0..rounds).map(|r| share(k + r)).collect::<Vec<_>>();
    let n = things;
    vec![
        Bars {
            head: head("bars"),
            of: text.into(),
            axis: axis(),
            unit: Unit::Share,
            series: Series::AsIsAndChanged("as it stands".into(), text.into()),
            groups: (0..n).map(|k| (t(k), vec![share(k), share(k + 1)])).collect(),
        }
        .draw(),
        Curves {
            head: head("curves"),
            dates: dates(rounds),
            axis: axis(),
            curves: (0..n).map(|k| Curve { label: t(k), by_round: by_round(k) }).collect(),
            records: (0..n.min(2)).map(|k| Record { curve: k, round: k % rounds, label: t(k) }).collect(),
        }
        .draw(),
        Strips {
            head: head("strips"),
            of: text.into(),
            dates: dates(rounds),
            states: states(),
            strips: (0..n)
                .map(|k| Strip { label: t(k), remark: t(k), by_round: vec![vec![0.2; 5]; rounds] })
                .collect(),
        }
        .draw(),
        Forest {
            head: head("forest"),
            of: text.into(),
            axis: axis(),
            unit: Unit::Difference,
            rows: (0..n)
                .map(|k| {
                    let value = share(k).value - 0.5;
                    (t(k), Estimate { value, low: value - 0.1, high: value + 0.1 })
                })
                .collect(),
        }
        .draw(),
        Tornado {
            head: head("tornado"),
            axis: axis(),
            unit: Unit::Share,
            base: 0.4,
            swings: (0..n)
                .map(|k| Swing {
                    label: t(k),
                    low: ("low".into(), share(k)),
                    high: (text.into(), share(k + 2)),
                })
                .collect(),
        }
        .draw(),
        Positions {
            axis: "Points of 100, mean of all runs".into(),
            head: head("positions"),
            positions: (0..n)
                .map(|k| Position { label: t(k), points: 10.0 * k as f64, alternative: 44.0 })
                .collect(),
        }
        .draw(),
        Matrix {
            head: head("matrix"),
            rows: "As it stands".into(),
            columns: "With the change".into(),
            labels: (0..n).map(t).collect(),
            counts: (0..n).map(|a| (0..n).map(|b| (a * 1000 + b) as u64).collect()).collect(),
        }
        .draw(),
        Bands {
            head: head("bands"),
            dates: dates(rounds),
            band: text.into(),
            level: text.into(),
            bands: (0..n)
                .map(|k| Band {
                    label: t(k),
                    by_round: by_round(k).iter().map(percent).collect(),
                    level: 40.0,
                })
                .collect(),
        }
        .draw(),
        Plane {
            head: head("plane"),
            axes: [t(0), t(1)],
            range: [(0.0, 100.0), (0.0, 1.0)],
            cloud: (0..rounds).map(|k| (k as f64, 0.5)).collect(),
            passing: vec![(100.0, 0.0); n],
            zone: vec![(60.0, 0.8); n],
            frontier: vec![(100.0, 0.0), (0.0, 1.0)],
            frontier_name: text.into(),
            edge: vec![(0.0, 1.0), (100.0, 0.0)],
            alternatives: [Some(40.0), Some(0.3)],
            marks: (0..n)
                .map(|k| Mark { label: t(k), at: (50.0 + k as f64, 0.5), figures: [t(k), t(k)] })
                .collect(),
            agreements: (0..n).map(|k| ((50.0 + k as f64, 0.5), share(k).value)).collect(),
        }
        .draw(),
        Offers {
            head: head("offers"),
            axis: axis(),
            parties: (0..n).map(|k| (t(k), Some(30.0))).collect(),
            mediator: text.into(),
            range: (0.0, 100.0),
            offers: (0..rounds)
                .map(|k| Offer {
                    round: (k / 2 + 1) as u8,
                    by: (n > 0).then(|| k % n.max(1)),
                    utilities: (0..n).map(|p| 100.0 * share(k + p).value).collect(),
                    figures: (0..n).map(t).collect(),
                    stood: k % 3 < 2,
                    agreed: k + 1 == rounds,
                })
                .collect(),
        }
        .draw(),
        Seating {
            head: head("seating"),
            frames: (0..n)
                .map(|f| Frame {
                    title: t(f),
                    layers: [Shape::Mediator, Shape::Seat, Shape::Plain, Shape::Text]
                        .map(|shape| Layer {
                            name: axis(),
                            shape,
                            entries: (0..f).map(|k| Entry { title: t(k), remark: t(k) }).collect(),
                        })
                        .into(),
                })
                .collect(),
        }
        .draw(),
        Calibration {
            head: head("calibration"),
            bins: (0..n)
                .map(|k| Bin {
                    given: share(k).value,
                    observed: if k % 3 == 2 { Estimate::bare(share(k).value) } else { share(k + 1) },
                    statements: 3,
                })
                .collect(),
        }
        .draw(),
    ]
}

/// Holds a picture against what every picture has to be.
fn sound(picture: &Picture) -> Result<(), TestCaseError> {
    let inline = picture.inline();
    let variants = inline.split_inclusive("</svg>\n").map(String::from);
    for text in std::iter::once(picture.alone()).chain(variants) {
        prop_assert!(!text.contains("NaN") && !text.contains("inf"));
        let with_space = text.replacen("<svg", "<svg xmlns:x=\"urn:x\"", 1);
        let document = roxmltree::Document::parse(&with_space)
            .map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
        let root = document.root_element();
        prop_assert_eq!(root.attribute("role"), Some("img"));
        let tags: Vec<&str> =
            root.children().filter(|n| n.is_element()).map(|n| n.tag_name().name()).collect();
        // The variant for phones is named by the title of the wide one.
        let narrow = root.attribute("class") == Some("chart narrow");
        prop_assert!(narrow || tags[..2] == ["title", "desc"]);
        prop_assert!(root.attribute("aria-labelledby").is_some());
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            let name = node.tag_name().name();
            prop_assert!(!["script", "image", "use", "foreignObject", "a"].contains(&name));
            for attribute in node.attributes() {
                prop_assert!(!attribute.name().starts_with("on") && attribute.name() != "href");
            }
        }
        // Points of a calibration plot lie where they lie; so do their figures.
        if picture.name != "calibration" {
            clear(&document, &picture.name)?;
        }
    }
    Ok(())
}

/// Where a text stands by the widths that wrapping reckons with: left, right, base line.
fn place(node: &roxmltree::Node) -> Option<(f64, f64, f64, f64)> {
    let number = |name: &str| node.attribute(name).and_then(|v| v.parse::<f64>().ok());
    let (x, y, text) = (number("x")?, number("y")?, node.text()?);
    let size = match node.attribute("class").unwrap_or("") {
        class if class.contains("head") => 18.0,
        class if class.contains("small") => 12.0,
        _ => 14.0,
    };
    let wide = text::width(text, size);
    let left = match node.attribute("class").and_then(|class| class.split(' ').next_back()) {
        Some("e") => x - wide,
        Some("m") => x - wide / 2.0,
        _ => x,
    };
    (node.tag_name().name() == "text").then_some((left, left + wide, y, size))
}

/// Texts stay within the picture and clear of each other.
fn clear(document: &roxmltree::Document, name: &str) -> Result<(), TestCaseError> {
    let wide = if document.root_element().attribute("class") == Some("chart narrow") {
        canvas::NARROW
    } else {
        canvas::WIDTH
    };
    let places: Vec<_> =
        document.descendants().filter_map(|n| Some((place(&n)?, n.text().unwrap_or("")))).collect();
    for (k, ((left, right, y, size), text)) in places.iter().enumerate() {
        prop_assert!(*left >= -1.0 && *right <= wide + 1.0, "{}: `{}` leaves", name, text);
        for ((l, r, other, _), with) in &places[..k] {
            let apart = left >= r || l >= right || (y - other).abs() >= size * 0.8;
            prop_assert!(apart, "{}: `{}` over `{}`", name, text, with);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn pictures_are_sound(
        text in "[a-z A-Z<>&\"'é中\u{1}]{1,60}", rounds in 1..60usize, things in 1..7usize,
    ) {
        for picture in all(&text, rounds, things) {
            sound(&picture)?;
            prop_assert_eq!(picture.title.as_str(), text.as_str());
        }
    }
}

#[test]
fn markup_in_titles_is_only_text() {
    for picture in all("<script>alert(1)</script>&\"", 3, 2) {
        for text in [picture.alone(), picture.inline()] {
            assert!(!text.contains("<script") && text.contains("&lt;script&gt;"), "{}", picture.name);
        }
        assert!(
            picture.table.rows.iter().flatten().all(|cell| !cell.contains("&lt;")),
            "tables are plain text"
        );
    }
}

#[test]
fn pictures_without_anything_are_sound() {
    for picture in all("Nothing", 1, 0) {
        sound(&picture).expect("sound");
    }
}

#[test]
fn long_runs_of_rounds_are_sound() {
    for picture in all("Two hundred rounds", 200, 3) {
        sound(&picture).expect("sound");
    }
}

#[test]
fn names_suit_files_and_ids() {
    assert_eq!(name(&["flips", "--set"]), "flips-set");
    assert_eq!(name(&["flips", "a+b", "../x y"]), "flips-a+b-x-y");
}

#[test]
fn small_pictures_look_as_they_did() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../tests/snapshots");
    let _held = settings.bind_to_scope();
    for picture in all("A pact", 3, 2) {
        insta::assert_snapshot!(format!("chart_{}", picture.name), picture.inline());
    }
}

#[test]
fn every_picture_with_marks_tells_each_of_them() {
    for picture in all("A pact", 3, 2) {
        let marks = picture.body.matches("<g class=\"mark\">").count();
        let titles = picture.body.matches("<g class=\"mark\"><title>").count();
        assert_eq!(marks, titles, "{}", picture.name);
        if let Some((_, narrow)) = &picture.narrow {
            assert_eq!(narrow.matches("<g class=\"mark\">").count(), marks, "{}", picture.name);
        }
    }
}
