//! Other people's formats: what is read, what is found odd, what comes back the same, and what cannot do harm.

mod support;

use std::time::{Duration, Instant};

use baraza::analysis::bargaining::{Problem, study};
use baraza::domain::Discounts;
use baraza::exchange::scenario::Talks;
use baraza::exchange::{
    self, Domain, Evaluation, Format, Issue, Profile, Request, Reservation, Text, Values, Written, genius,
    geniusweb,
};
use baraza::scenario::{self, Source};
use proptest::prelude::*;
use support::foreign::{GAME, GENIUS, GENIUSWEB, NEGMAS, NEGOLOG, texts};

fn read(files: &[(&str, &str)]) -> Domain {
    exchange::read(&texts(files)).unwrap_or_else(|e| panic!("{e}"))
}

fn utilities(domain: &Domain, package: &[usize]) -> Vec<f64> {
    let problem = Problem::of_domain(domain).expect("small");
    (0..problem.parties.len()).map(|p| problem.utility(p, package)).collect()
}

fn close(found: &[f64], wanted: &[f64]) {
    assert!(
        found.len() == wanted.len() && found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-12),
        "{found:?}"
    );
}

fn found(domain: &Domain, what: &str) -> bool {
    domain.findings.iter().any(|f| f.to_string().contains(what))
}

#[test]
fn genius_as_version_10_4_reads_it() {
    let domain = read(&GENIUS);
    assert_eq!((domain.format, domain.name.as_str()), (Format::Genius, "trip"));
    assert_eq!(domain.issues[0].values, Values::Discrete(vec!["Sea ".into(), "Hills & woods".into()]));
    assert_eq!(domain.packages(), 2.0 * 3.0 * 21.0);
    // a: 0.5·4/4 + 0.3·0.5 + 0.3·0.5; b: 0.2·0 + 0.3·0.5 + 0.5·1.
    close(&utilities(&domain, &[0, 1, 10]), &[0.8, 0.65]);
    // No package is worth more than 1; a value that only the profile knows counts for the largest evaluation.
    close(&utilities(&domain, &[0, 2, 20]), &[1.0, 0.0]);
    close(&utilities(&domain, &[1, 0, 0]), &[0.125, 0.1 + 0.3]);
    assert_eq!(domain.profiles[0].reservation, Reservation::Utility(0.25));
    assert_eq!((domain.profiles[0].discount, domain.profiles[1].discount), (None, Some(0.5)));
    for what in
        ["sum to 1.1", "discount factor of 0 means none", "“Moon”", "no evaluation", "21 equally distant"]
    {
        assert!(found(&domain, what), "{what} is not among {:?}", domain.findings);
    }
    let odd = domain.findings.iter().find(|f| f.message.contains("Moon")).expect("it is told");
    assert_eq!((odd.file.as_str(), odd.line), ("b.xml", Some(3)));
}

#[test]
fn geniusweb_in_both_dialects() {
    let domain = read(&GENIUSWEB);
    assert_eq!((domain.format, domain.packages()), (Format::Geniusweb, 10.0));
    assert_eq!(domain.issues[0].name, "pay");
    close(&utilities(&domain, &[1, 0]), &[0.75 * 0.75, 0.5 * 0.25 + 0.5]);
    let alternatives: Vec<_> = domain.profiles.iter().map(|p| p.alternative(&domain.issues)).collect();
    assert_eq!(alternatives, [Some(0.75 * 0.25 + 0.25 * 0.9), Some(0.0)]);
    assert!(found(&domain, "“yes” has no utility"));
}

#[test]
fn negmas_with_its_traps() {
    let domain = read(&NEGMAS);
    assert_eq!((domain.format, domain.name.as_str()), (Format::Negmas, "loan"));
    close(&utilities(&domain, &[1, 2]), &[0.25, 1.0 + 1.5 + 0.25]);
    assert_eq!(domain.profiles[0].reservation, Reservation::None);
    assert_eq!(domain.profiles[1].reservation, Reservation::Utility(1.5));
    assert_eq!((domain.profiles[1].discount, domain.profiles[1].step_discount), (None, Some(0.9)));
    assert!(found(&domain, "_info.yaml"));
}

#[test]
fn negolog_profiles() {
    let domain = read(&NEGOLOG);
    assert_eq!((domain.format, domain.profiles.len()), (Format::Negolog, 2));
    close(&utilities(&domain, &[0, 1]), &[0.6 + 0.4, 0.125]);
    assert!(found(&domain, "specs.json"));
}

#[test]
fn a_scoreable_game() {
    let domain = read(&GAME);
    assert_eq!((domain.format, domain.may_refuse), (Format::Scoreable, 1));
    assert_eq!((&domain.vetoes[..], domain.initial.as_deref()), (&[0, 1][..], Some(&[0, 1][..])));
    close(&utilities(&domain, &[1, 1]), &[20.0, 60.0, 100.0]);
    let least: Vec<_> = domain.profiles.iter().map(|p| p.alternative(&domain.issues)).collect();
    assert_eq!(least, [Some(50.0), Some(40.0), Some(60.0)]);
    let mut chosen = texts(&GAME);
    chosen.parties = vec!["Fishers".into(), "City".into()];
    let chosen = exchange::read(&chosen).expect("two of three");
    assert_eq!((chosen.vetoes, chosen.may_refuse), (vec![1], 1));
}

#[test]
fn profiles_are_chosen_by_name() {
    let mut request = texts(&GENIUS);
    request.parties = vec!["b".into()];
    assert_eq!(exchange::read(&request).expect("one profile").profiles.len(), 1);
    request.parties = vec!["c".into()];
    let error = exchange::read(&request).expect_err("no such profile").to_string();
    assert!(error.contains("“c”") && error.contains("a, b"), "{error}");
}

/// Every mistake names its file, and its line where the format has lines.
#[test]
fn mistakes_are_placed() {
    let with = |files: &[(&'static str, &'static str)], name: &str, from: &str, to: &str| {
        let mut request = texts(files);
        for text in request.texts.iter_mut().filter(|t| t.name == name) {
            assert!(text.text.contains(from), "{from}");
            text.text = text.text.replace(from, to);
        }
        exchange::read(&request).expect_err("a mistake").to_string()
    };
    for (error, parts) in [
        (with(&GENIUS, "a.xml", "evaluation=\"4\"", "evaluation=\"four\""), vec!["a.xml, line 4", "four"]),
        (with(&GENIUS, "a.xml", "value=\"0.5\"", "value=\"NaN\""), vec!["a.xml, line 3", "NaN"]),
        (
            with(&GENIUS, "a.xml", "index=\"3\" name=\"Days\"", "index=\"9\" name=\"Nights\""),
            vec!["a.xml", "Days"],
        ),
        (with(&GENIUS, "trip.xml", "type=\"integer\"", "type=\"price\""), vec!["trip.xml, line 7", "price"]),
        (with(&GENIUS, "b.xml", "</objective>", ""), vec!["b.xml, line"]),
        (
            with(&GENIUS, "b.xml", "<discount_factor", "<ufun><hyperRectangle/></ufun><discount_factor"),
            vec!["b.xml, line 7", "hyper-rectangles"],
        ),
        (
            with(&GENIUSWEB, "boss.json", "\"car\": 0.25", "\"car\": \"x\""),
            vec!["boss.json", "issueWeights › car"],
        ),
        (with(&GENIUSWEB, "boss.json", "1750", "1700"), vec!["boss.json", "1700"]),
        (with(&GENIUSWEB, "boss.json", "\"numberutils\"", "\"curve\""), vec!["curve"]),
        (with(&GENIUSWEB, "jobs.json", "250]", "0]"), vec!["jobs.json", "a step above 0"]),
        (with(&GENIUSWEB, "worker.json", "}}}", "}}"), vec!["worker.json, line"]),
        (with(&NEGMAS, "lender.yml", "Yes: 2, ", ""), vec!["lender.yml", "“Yes” is missing"]),
        (with(&NEGMAS, "lender.yml", "AffineFun", "CosFun"), vec!["CosFun"]),
        (
            with(&NEGMAS, "taker.yml", "LinearAdditiveUtilityFunction", "MappingUtilityFunction"),
            vec!["Mapping"],
        ),
        (with(&NEGOLOG, "profileB.json", "\"two\": 1.0", "\"three\": 1.0"), vec!["profileB.json", "three"]),
        (with(&GAME, "scores_files/city.txt", "30, 70", "30, many"), vec!["city.txt, line 1", "many"]),
        (with(&GAME, "scores_files/city.txt", "10, 30", "10, 30, 5"), vec!["city.txt", "port.txt"]),
        (with(&GAME, "config.txt", "fishers,", "anglers,"), vec!["anglers.txt is missing"]),
        (with(&GAME, "initial_deal.txt", "B2", "B9"), vec!["initial_deal.txt", "B9"]),
    ] {
        assert!(parts.iter().all(|p| error.contains(p)), "{error} does not contain {parts:?}");
    }
    let nothing = exchange::read(&texts(&[("notes.txt", "hello"), ("x.json", "{}")])).expect_err("nothing");
    assert!(nothing.to_string().contains("no negotiation domain"), "{nothing}");
}

// --- what was imported comes back the same ---------------------------------------------------------------------------

fn word() -> impl Strategy<Value = String> {
    "[ A-Za-zäß<>&\"'/0-9,;%—-]{1,12}"
}

fn words(n: std::ops::Range<usize>) -> impl Strategy<Value = Vec<String>> {
    prop::collection::btree_set(word(), n).prop_map(|set| set.into_iter().collect::<Vec<_>>()).prop_shuffle()
}

fn decimal() -> impl Strategy<Value = f64> {
    prop_oneof![(0u32..1000).prop_map(|n| f64::from(n) / 100.0), 0.0..1.0f64]
}

fn genius_issue() -> impl Strategy<Value = (Values, Vec<Evaluation>)> {
    let linear = |from: f64| {
        (-3.0..3.0f64, -1.0..2.0f64).prop_map(move |(slope, offset)| Evaluation::Linear {
            slope,
            from,
            offset,
            clamped: true,
        })
    };
    let discrete = words(1..5).prop_flat_map(|names| {
        let numbers = prop::collection::vec(prop::option::weighted(0.9, decimal()), names.len());
        let extra = prop::option::of(decimal()).prop_map(|n| n.map(|n| ("@only here".to_owned(), n)));
        let table = (numbers, extra).prop_map(|(numbers, extra)| Evaluation::Table {
            numbers,
            extra: extra.into_iter().collect(),
            divided: true,
        });
        (Just(Values::Discrete(names)), prop::collection::vec(table, 3))
    });
    let integer = (-20i64..20, 0i64..9).prop_flat_map(move |(low, n)| {
        let values = Values::Integer { low, high: low + n };
        (Just(values), prop::collection::vec(linear(low as f64), 3))
    });
    let real = (-5.0..5.0f64, 0.1..9.0f64).prop_flat_map(move |(low, width)| {
        let triangle = (0.0..1.0f64).prop_map(move |share| Evaluation::Triangle {
            low,
            top: low + share * width,
            high: low + width,
        });
        let evaluation = prop_oneof![linear(0.0), triangle, (0.0..1.0f64).prop_map(Evaluation::Constant)];
        (Just(Values::Real { low, high: low + width, steps: 21 }), prop::collection::vec(evaluation, 3))
    });
    prop_oneof![3 => discrete, 1 => integer, 1 => real]
}

fn geniusweb_issue() -> impl Strategy<Value = (Values, Vec<Evaluation>)> {
    let discrete = words(1..5).prop_flat_map(|names| {
        let numbers = prop::collection::vec(prop::option::weighted(0.9, 0.0..=1.0f64), names.len());
        let table =
            numbers.prop_map(|numbers| Evaluation::Table { numbers, extra: Vec::new(), divided: false });
        (Just(Values::Discrete(names)), prop::collection::vec(table, 3))
    });
    let steps = prop::sample::select(vec![1.0, 0.5, 0.1, 250.0]);
    let stepped = (-9i32..9, 1u32..8, steps).prop_flat_map(|(low, n, step)| {
        let low = f64::from(low);
        let high = low + f64::from(n) * step;
        let line = (0.0..=1.0f64, 0.0..=1.0f64)
            .prop_map(move |(a, b)| Evaluation::Between { low: (low, a), high: (high, b) });
        (Just(Values::Stepped { low, high, step }), prop::collection::vec(line, 3))
    });
    prop_oneof![3 => discrete, 1 => stepped]
}

type Parts = (Vec<(Values, Vec<Evaluation>)>, Vec<String>, Vec<Vec<f64>>, Vec<(f64, Option<f64>, u64)>);

fn domain(format: Format, (issues, names, weights, rest): Parts) -> Domain {
    let named = names.into_iter().zip(&issues);
    let profile = |p: usize| {
        let (reservation, discount, seed) = rest[p];
        let package = issues.iter().map(|(values, _)| (seed % 5 > 0).then_some(seed % values.count()));
        Profile {
            name: format!("party{p}"),
            role: None,
            evaluations: issues.iter().map(|(_, e)| e[p].clone()).collect(),
            weights: weights[p][..issues.len()].to_vec(),
            constant: 0.0,
            ceiling: (format == Format::Genius).then_some(1.0),
            reservation: match format {
                Format::Genius => Reservation::Utility(reservation),
                _ if seed % 4 == 0 => Reservation::Utility(0.0),
                _ => Reservation::Package(package.collect()),
            },
            discount: discount.filter(|_| format == Format::Genius),
            step_discount: None,
            discounts: if format == Format::Genius { Discounts::Both } else { Discounts::Agreement },
        }
    };
    Domain {
        name: "the domain".into(),
        format,
        issues: named.map(|(name, (values, _))| Issue { name, values: values.clone() }).collect(),
        profiles: (0..3).map(profile).collect(),
        may_refuse: 0,
        vetoes: Vec::new(),
        strict: false,
        initial: None,
        findings: Vec::new(),
    }
}

fn parts(issue: impl Strategy<Value = (Values, Vec<Evaluation>)>) -> impl Strategy<Value = Parts> {
    prop::collection::vec(issue, 1..5).prop_flat_map(|issues| {
        let n = issues.len();
        let weights = prop::collection::vec(prop::collection::vec(decimal(), 5), 3);
        let rest = (0.0..=1.0f64, prop::option::of(0.01..0.99f64), any::<u64>());
        (Just(issues), words(n..n + 1), weights, prop::collection::vec(rest, 3))
    })
}

fn back(written: Written) -> Domain {
    let request = Request { texts: written.files, ..Request::default() };
    let mut domain = exchange::read(&request).unwrap_or_else(|e| panic!("{e}\n{:?}", request.texts));
    domain.findings.clear();
    domain
}

/// Weights in thousandths that sum to 1, so that every format can say them.
fn normalised(mut domain: Domain) -> Domain {
    for profile in &mut domain.profiles {
        let sum: f64 = profile.weights.iter().sum();
        let share = |w: f64| if sum > 0.0 { (w / sum * 1000.0) as u32 } else { 0 };
        let mut shares: Vec<u32> = profile.weights.iter().map(|w| share(*w)).collect();
        shares[0] += 1000 - shares.iter().sum::<u32>();
        profile.weights = shares.into_iter().map(|n| f64::from(n) / 1000.0).collect();
    }
    domain
}

fn same_utilities(a: &Domain, b: &Domain) -> Result<(), TestCaseError> {
    let [a, b] = [a, b].map(|d| Problem::of_domain(d).expect("small"));
    for p in 0..a.parties.len() {
        for (x, y) in a.utilities(p).iter().zip(b.utilities(p)) {
            prop_assert!((x - y).abs() < 1e-9, "{} and {}", x, y);
        }
    }
    Ok(())
}

/// What a domain is imported as, and what a track of that is exported as.
fn through_a_scenario(domain: &Domain) -> (Domain, Vec<String>) {
    let written = exchange::scenario::write(domain, &Talks::default()).expect("it is imported");
    let source = Source { name: "imported".into(), text: written.text };
    let world = scenario::load(&source, &[], None).world.expect("it is sound");
    exchange::of_track(&world, baraza::domain::TrackId::new(0))
}

/// Domain, scenario, files, domain: packages are worth the same, and alternatives the same whole share of the best.
#[test]
fn a_scenario_is_exported_as_it_was_imported() {
    for files in [&GENIUSWEB[..], &NEGOLOG[..]] {
        let domain = read(files);
        let (track, losses) = through_a_scenario(&domain);
        assert!(losses.iter().any(|l| l.contains("tactics")), "{losses:?}");
        for written in [geniusweb::write(&track), genius::write(&track)] {
            let again = back(written);
            same_utilities(&domain, &again).expect("the same");
        }
        let least = |d: &Domain| -> Vec<f64> {
            d.profiles.iter().map(|p| p.alternative(&d.issues).expect("a number")).collect()
        };
        let moved = least(&domain).into_iter().zip(least(&back(genius::write(&track))));
        // Alternatives are whole points of 100 of the best package, which is worth 1 at most here.
        assert!(moved.clone().all(|(a, b)| (a - b).abs() <= 0.01), "{:?}", moved.collect::<Vec<_>>());
    }
}

#[test]
fn a_scenario_of_sources_is_exported() {
    let text = std::fs::read_to_string("scenarios/camp-david-1978.toml").expect("it is shipped");
    let world = scenario::load(&Source { name: "camp".into(), text }, &[], None).world.expect("sound");
    let (domain, losses) = exchange::of_track(&world, baraza::domain::TrackId::new(0));
    assert!(losses.iter().any(|l| l.contains("mediators")), "{losses:?}");
    same_utilities(&back(geniusweb::write(&domain)), &back(genius::write(&domain))).expect("the same");
    assert_eq!(domain.profiles.len(), 2);
}

/// Points of games are brought within 0 and 1, in proportion, and minimums with them.
#[test]
fn points_keep_their_proportions() {
    let domain = read(&GAME);
    let written = genius::write(&domain);
    let told: Vec<&String> = written.losses.iter().filter(|l| l.contains("u / 100")).collect();
    assert_eq!(told.len(), 1, "{:?}", written.losses);
    let mut again = back(written);
    // Profiles come back by file name.
    let place = |p: &Profile| domain.profiles.iter().position(|d| d.name == p.name);
    again.profiles.sort_by_key(place);
    let packages = Problem::of_domain(&domain).expect("small").space().expect("small");
    for package in (0..packages.packages()).map(|k| packages.package(k)) {
        let hundredths: Vec<f64> = utilities(&domain, &package).iter().map(|u| u / 100.0).collect();
        close(&utilities(&again, &package), &hundredths);
    }
    let least: Vec<_> = again.profiles.iter().map(|p| p.reservation.clone()).collect();
    assert_eq!(least, [0.5, 0.4, 0.6].map(Reservation::Utility));
    // A constant and values below 0 are counted from the worst package.
    let loan = back(genius::write(&read(&NEGMAS)));
    let best =
        |p: usize| Problem::of_domain(&loan).expect("small").utilities(p).into_iter().fold(0.0, f64::max);
    assert!((0..2).all(|p| best(p) <= 1.0 + 1e-12) && (0..2).any(|p| best(p) > 1.0 - 1e-12));
}

/// GeniusWeb knows values by their names: one that comes twice gets another name.
#[test]
fn names_that_come_twice_are_told_apart() {
    let mut domain = read(&NEGOLOG);
    domain.issues[0].values = Values::Discrete(vec!["one".into(), "one".into()]);
    domain.issues[1].name = domain.issues[0].name.clone();
    let written = geniusweb::write(&domain);
    assert_eq!(
        written.losses.iter().filter(|l| l.contains("comes twice")).count(),
        2,
        "{:?}",
        written.losses
    );
    same_utilities(&domain, &back(written)).expect("the same");
}

/// Python and Jackson keep the last of two members under one key.
#[test]
fn the_last_of_two_keys_counts() {
    let mut request = texts(&NEGOLOG);
    request.texts[0].text = request.texts[0].text.replace("\"one\": 1.0,", "\"one\": 0.5, \"one\": 1.0,");
    let domain = exchange::read(&request).expect("it is read");
    assert!(found(&domain, "the key “one” comes twice"), "{:?}", domain.findings);
    assert_eq!(domain.profiles, read(&NEGOLOG).profiles);
}

/// Profiles of hyper-rectangles may have no issues at all: they are refused, not set aside.
#[test]
fn rectangles_without_issues_are_refused() {
    for kind in ["", " type=\"nonlinear\""] {
        let mut request = texts(&GENIUS);
        request.texts[2].text = format!(
            "<utility_space{kind}><utility maxutility=\"1\"><ufun><hyperRectangle utility=\"1\">\
             <INCLUDES index=\"2\" min=\"0\" max=\"1\"/></hyperRectangle></ufun></utility></utility_space>"
        );
        let error = exchange::read(&request).expect_err("it is not a sum").to_string();
        assert!(error.contains("b.xml") && error.contains("nonlinear"), "{error}");
    }
}

/// A file that is too deep to be one of GENIUS is told, not set aside.
#[test]
fn deep_profiles_are_told() {
    let mut request = texts(&GENIUS);
    let (open, close) = ("<objective>".repeat(70), "</objective>".repeat(70));
    request.texts[2].text = format!("<utility_space>{open}<issue name=\"x\"/>{close}</utility_space>");
    let error = exchange::read(&request).expect_err("it is too deep").to_string();
    assert!(error.contains("b.xml") && error.contains("64 deep"), "{error}");
}

/// One issue of a GENIUS profile with two values.
fn drinks(first: &str) -> String {
    format!(
        "<utility_space><objective index=\"0\" name=\"o\"><issue index=\"1\" name=\"Drinks\"><item index=\"1\" {first}/>\
         <item index=\"2\" value=\"Water\" evaluation=\"5\"/></issue><weight index=\"1\" value=\"1.0\"/></objective></utility_space>"
    )
}

/// What the parser of GENIUS reads is read, with a note; the control is plain XML and has none.
#[test]
fn genius_files_that_are_no_xml_are_read() {
    for (before, item, name) in [
        ("", "value=\"Tea &amp; milk\" evaluation=\"10\"", "Tea & milk"),
        ("\n<?xml version=\"1.0\"?>", "value=\"Tea\" evaluation=\"10\"", "Tea"),
        ("", "value=\"Tea & milk\" evaluation=\"10\"", "Tea & milk"),
        ("", "value=\"Tea\"evaluation=\"10\"", "Tea"),
        (
            "\n<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY y \"z\">]>\n",
            "value=\"&y;\" evaluation=\"10\"",
            "&y;",
        ),
        ("", "value=\"Tea\" evaluation=\"1\" evaluation=\"10\"", "Tea"),
        ("", "value=\"Tea <1 l\" evaluation=\"10\"", "Tea <1 l"),
        ("", "value=\"Tea &eacute;\" evaluation=\"10\"", "Tea &eacute;"),
    ] {
        let text = format!("{before}{}", drinks(item));
        let domain = read(&[("one.xml", &text)]);
        assert_eq!(domain.issues[0].values, Values::Discrete(vec![name.into(), "Water".into()]));
        close(&utilities(&domain, &[0]), &[1.0]);
        close(&utilities(&domain, &[1]), &[0.5]);
        assert_eq!(found(&domain, "no plain XML"), !item.contains("&amp;"), "{item}: {:?}", domain.findings);
    }
    let error = exchange::read(&texts(&[("one.xml", "<utility_space><objective></utility_space>")]));
    assert!(error.expect_err("it is not closed").to_string().contains("`</objective>` is expected"));
}

/// What a nonlinear profile is comes before anything else that is wrong with it.
#[test]
fn a_nonlinear_profile_behind_a_blank_line_is_named() {
    let text = "\n<?xml version=\"1.0\"?>\n<utility_space type=\"nonlinear\"><utility maxutility=\"9\"/></utility_space>";
    for files in [
        vec![("p.xml", text)],
        vec![("d.xml", "<negotiation_template><utility_space/></negotiation_template>"), ("p.xml", text)],
    ] {
        let error = exchange::read(&texts(&files)).expect_err("it is no sum").to_string();
        assert!(error.contains("p.xml, line 3") && error.contains("nonlinear"), "{error}");
    }
}

/// Without `p1` and `p2` nobody has a veto, and all but one must accept.
#[test]
fn games_without_vetoes_let_one_refuse() {
    let mut request = texts(&GAME);
    request.texts[0].text = "# parties\nPort,port,player\nCity,city,player\nFishers,fishers,player\n".into();
    let domain = exchange::read(&request).expect("it is read");
    assert_eq!((domain.may_refuse, domain.vetoes.len()), (1, 0));
    assert!(found(&domain, "all but one of the parties"), "{:?}", domain.findings);
    let written = exchange::scenario::write(&domain, &Talks::default()).expect("it is imported").text;
    assert!(written.contains("vetoes = []") && written.contains("signatories = []"), "{written}");
    request.texts.remove(0);
    assert_eq!(exchange::read(&request).expect("it is read").may_refuse, 1);
}

/// Issues and options are called as the instructions call them, behind their letters.
#[test]
fn games_have_the_names_of_their_instructions() {
    let mut request = texts(&GAME);
    let text = "Issue A: \"Pier\"\nA1 \"stone\": lasts.\nA2 \"wood\": rots.\n- Issue B: \"Fee\"\n - B2: none ==> free\n";
    request.texts.push(Text { name: "global_instructions.txt".into(), text: text.into() });
    let domain = exchange::read(&request).expect("it is read");
    let names: Vec<&str> = domain.issues.iter().map(|i| i.name.as_str()).collect();
    assert_eq!(names, ["A Pier", "B Fee"]);
    let labels: Vec<String> =
        domain.issues.iter().flat_map(|i| (0..i.values.count()).map(|v| i.values.label(v))).collect();
    assert_eq!(labels, ["A1 stone", "A2 wood", "A3", "B1", "B2 none"]);
    assert_eq!(domain.initial, read(&GAME).initial);
    assert!(!found(&domain, "ignored"), "{:?}", domain.findings);
}

/// A domain of GENIUS with a weight too many, reservations that no package is worth, and files out of order.
fn awkward() -> Domain {
    let mut domain = read(&GENIUS);
    for (profile, (name, reservation)) in
        domain.profiles.iter_mut().zip([("Zoe & Co", 0.437), ("Ann", 0.2613)])
    {
        profile.name = name.into();
        profile.reservation = Reservation::Utility(reservation);
    }
    domain
}

fn acceptance(domain: &Domain) -> Vec<Vec<u64>> {
    let analysis = study(&Problem::of_domain(domain).expect("small")).expect("small");
    vec![analysis.zone.accepted, vec![analysis.zone.packages, analysis.zone.better]]
}

/// By the cheapest package that is worth a reservation the same packages are accepted; the parties keep their order and names.
#[test]
fn reservations_and_order_survive_geniusweb() {
    let domain = awkward();
    let written = geniusweb::write(&domain);
    assert!(written.losses.iter().any(|l| l.contains("cheapest")), "{:?}", written.losses);
    let again = back(written);
    assert_eq!(acceptance(&again)[0], acceptance(&domain)[0]);
    let names = |d: &Domain| d.profiles.iter().map(|p| p.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&again), ["Zoe _ Co", "Ann"]);
    assert_eq!(names(&back(genius::write(&read(&GAME)))), ["Port", "City", "Fishers"]);
}

/// GeniusWeb adds weights up in decimals and asks for 1 to the last digit, and for utilities within 0 and 1.
#[test]
fn every_file_is_one_that_geniusweb_accepts() {
    let thirds = {
        let mut domain = read(&GENIUSWEB);
        domain.profiles[0].weights = vec![1.0 / 3.0, 2.0 / 3.0];
        domain
    };
    for domain in [awkward(), thirds, read(&NEGMAS), read(&GAME), read(&NEGOLOG)] {
        for file in geniusweb::write(&domain).files.iter().skip(1) {
            let tree: serde_json::Value = serde_json::from_str(&file.text).expect("JSON");
            let space = &tree["LinearAdditiveUtilitySpace"];
            // As written: digits, not floating-point numbers.
            let weights =
                file.text.split("issueWeights").nth(1).and_then(|t| t.split('}').next()).expect("weights");
            let sum: i128 = weights
                .split(',')
                .map(|pair| {
                    let digits = pair.rsplit(':').next().expect("a number").trim();
                    let (whole, decimals) = digits.split_once('.').expect("a point");
                    format!("{whole}{decimals:0<25}").parse::<i128>().expect("digits")
                })
                .sum();
            assert_eq!(sum, 10i128.pow(25), "{}", file.text);
            let utilities = space["issueUtilities"].as_object().expect("a table").values();
            let numbers = utilities.flat_map(|u| match &u["discreteutils"]["valueUtilities"] {
                serde_json::Value::Object(table) => table.values().cloned().collect::<Vec<_>>(),
                _ => ["lowUtility", "highUtility"].map(|key| u["numberutils"][key].clone()).to_vec(),
            });
            for number in numbers {
                assert!((0.0..=1.0).contains(&number.as_f64().expect("a number")), "{}", file.text);
            }
        }
    }
}

/// GENIUS discounts no agreement too, NegMAS unless it is told not to: the import says so.
#[test]
fn the_import_keeps_what_is_discounted() {
    let text =
        |domain: &Domain| exchange::scenario::write(domain, &Talks::default()).expect("it is imported").text;
    assert!(text(&read(&GENIUS)).contains("discounts = \"both\""));
    assert!(text(&read(&NEGMAS)).contains("discounts = \"both\""));
    let mut request = texts(&NEGMAS);
    for file in &mut request.texts {
        file.text = file.text.replace("factor: step", "factor: step\ndynamic_reservation: false");
    }
    let domain = exchange::read(&request).expect("it is read");
    assert!(!text(&domain).contains("both"));
    // And back again.
    let (track, _) = through_a_scenario(&read(&GENIUS));
    assert_eq!(track.profiles[1].discounts, Discounts::Both);
}

/// GENIUS reads issues of a type that it does not know as discrete.
#[test]
fn unknown_types_are_discrete() {
    let mut request = texts(&GENIUS);
    request.texts[0].text = request.texts[0].text.replace("name=\"Where\"", "name=\"Where\" type=\"price\"");
    let domain = exchange::read(&request).expect("it is read");
    assert!(found(&domain, "“price”"), "{:?}", domain.findings);
    assert_eq!(domain.issues, read(&GENIUS).issues);
}

/// A factor by the step is a party's discount a round.
#[test]
fn a_discount_by_the_step_is_one_a_round() {
    let written = exchange::scenario::write(&read(&NEGMAS), &Talks::default()).expect("it is imported");
    assert!(written.text.contains("discount = 0.9\n"), "{}", written.text);
    assert!(written.losses.iter().any(|l| l.contains("0.9 a step")), "{:?}", written.losses);
    let mut linear = texts(&NEGMAS);
    linear.texts[2].text = linear.texts[2].text.replace("ExpDiscountedUFun", "LinDiscountedUFun");
    assert!(found(&exchange::read(&linear).expect("it is read"), "undiscounted"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn genius_comes_back_the_same(parts in parts(genius_issue())) {
        let domain = domain(Format::Genius, parts);
        let written = genius::write(&domain);
        prop_assert_eq!(&written.losses, &Vec::<String>::new());
        prop_assert_eq!(back(written), domain);
    }

    #[test]
    fn geniusweb_comes_back_the_same(parts in parts(geniusweb_issue())) {
        let domain = normalised(domain(Format::Geniusweb, parts));
        let written = geniusweb::write(&domain);
        prop_assert_eq!(&written.losses, &Vec::<String>::new());
        prop_assert_eq!(back(written), domain);
    }

    /// From one format into the other, packages keep their utilities.
    #[test]
    fn formats_change_and_utilities_stay(parts in parts(geniusweb_issue())) {
        let domain = normalised(domain(Format::Geniusweb, parts));
        let genius = back(genius::write(&domain));
        same_utilities(&domain, &genius)?;
        // Tables that are all below 10⁻⁵ count nothing in GENIUS.
        same_utilities(&genius, &back(geniusweb::write(&genius)))?;
    }
}

// --- what cannot do harm ---------------------------------------------------------------------------------------------

/// Reading ends soon, with a domain or an error that can be told.
fn survive(request: &Request) {
    let start = Instant::now();
    match exchange::read(request) {
        Ok(domain) => {
            let _ = Problem::of_domain(&domain);
            // Whatever is imported can be played.
            if let Ok(written) = exchange::scenario::write(&domain, &Talks::default()) {
                let source = Source { name: "imported".into(), text: written.text };
                let loaded = scenario::load(&source, &[], None);
                let said = loaded.diagnostics.iter().map(|d| d.message.clone()).collect::<Vec<_>>();
                assert!(loaded.world.is_some(), "{said:?}\n{}", source.text);
            }
            let _ = (genius::write(&domain), geniusweb::write(&domain));
        }
        Err(error) => assert!(error.to_string().len() < 2000, "{error}"),
    }
    assert!(start.elapsed() < Duration::from_secs(20), "it took {:?}", start.elapsed());
}

#[test]
fn entities_are_never_expanded() {
    let mut laughs =
        "<?xml version=\"1.0\"?>\n<!DOCTYPE negotiation_template [\n<!ENTITY a0 \"ha\">\n".to_owned();
    for k in 1..40 {
        laughs += &format!("<!ENTITY a{k} \"{}\">\n", format!("&a{};", k - 1).repeat(10));
    }
    laughs += "]>\n<negotiation_template><utility_space><objective><issue name=\"&a39;\"/></objective></utility_space></negotiation_template>";
    // The document type is skipped as GENIUS skips it, and what it declares stands for nothing.
    let error = exchange::read(&texts(&[("d.xml", &laughs)])).expect_err("no values").to_string();
    assert!(error.contains("“&a39;”") && error.contains("d.xml, line"), "{error}");
    let file = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><utility_space/>";
    assert!(exchange::read(&texts(&[("d.xml", file)])).is_err());
}

#[test]
fn huge_and_deep_files_end_soon() {
    let range = |low: &str, high: &str| {
        format!(
            "<negotiation_template><utility_space><objective>{}</objective></utility_space></negotiation_template>",
            (0..50)
                .map(|i| format!("<issue index=\"{i}\" name=\"i{i}\" type=\"integer\" lowerbound=\"{low}\" upperbound=\"{high}\"/>"))
                .collect::<String>()
        )
    };
    let profile = "<utility_space><objective><issue index=\"0\" type=\"integer\"><evaluator slope=\"1\" offset=\"0\"/></issue></objective></utility_space>";
    let deep_xml = format!("<utility_space>{}", "<objective>".repeat(200_000));
    let closed = format!("{deep_xml}{}</utility_space>", "</objective>".repeat(200_000));
    let deep_json = format!("{{\"LinearAdditiveUtilitySpace\": {}", "[".repeat(300_000));
    let deep_yaml = format!("type: OutcomeSpace\nissues: {}", "[".repeat(300_000));
    let steps = "{\"name\": \"x\", \"issuesValues\": {\"a\": {\"range\": [0, 1e15, 1e-3]}}}";
    let big = range("0", "900000");
    for files in [
        vec![("d.xml", range("-1e15", "1e15").as_str()), ("p.xml", profile)],
        vec![("d.xml", big.as_str()), ("p.xml", profile)],
        vec![("d.xml", range("9", "1e300").as_str()), ("p.xml", profile)],
        vec![("d.xml", &deep_xml)],
        vec![("d.xml", &closed)],
        vec![("d.json", &deep_json)],
        vec![("d.yml", &deep_yaml)],
        vec![("d.json", steps)],
    ] {
        survive(&texts(&files));
        assert!(exchange::read(&texts(&files)).is_err());
    }
}

/// Every file of every format, cut off anywhere.
#[test]
fn truncated_files_do_no_harm() {
    for files in [&GENIUS[..], &GENIUSWEB[..], &NEGMAS[..], &NEGOLOG[..], &GAME[..]] {
        for at in 0..files.len() {
            let whole = files[at].1;
            for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)).step_by(3) {
                let mut request = texts(files);
                request.texts[at].text = whole[..end].to_owned();
                survive(&request);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Stretches of files replaced by something else.
    #[test]
    fn mangled_files_do_no_harm(
        which in 0usize..5,
        file in 0usize..5,
        cuts in prop::collection::vec((0usize..3000, 0usize..30, 0usize..8), 1..4),
    ) {
        let all = [&GENIUS[..], &GENIUSWEB[..], &NEGMAS[..], &NEGOLOG[..], &GAME[..]];
        let files = all[which];
        let mut request = texts(files);
        let text = &mut request.texts[file % files.len()].text;
        for (at, length, how) in cuts {
            let characters: Vec<char> = text.chars().collect();
            let start = at % (characters.len() + 1);
            let end = (start + length).min(characters.len());
            let middle = match how {
                0 => String::new(),
                1 => characters[start..end].iter().rev().collect(),
                2 => "\"".into(),
                3 => "-1e999".into(),
                4 => "<issue>".into(),
                5 => "{\"a\": ".into(),
                6 => "\n- é\u{0}: ".into(),
                _ => "999999999999".into(),
            };
            *text = characters[..start].iter().collect::<String>() + &middle + &characters[end..].iter().collect::<String>();
        }
        survive(&request);
    }

    #[test]
    fn any_text_does_no_harm(text in "(\\PC|\n){0,120}", ending in prop::sample::select(vec!["xml", "json", "yml", "txt"])) {
        let name = format!("scores_files/x.{ending}");
        for name in [name.trim_start_matches("scores_files/"), &name] {
            survive(&Request { texts: vec![Text { name: name.into(), text: text.clone() }], ..Request::default() });
        }
    }
}
