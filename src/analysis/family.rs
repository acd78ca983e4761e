//! Which tests are shown together, and what that makes of their p-values.

use super::Held;
use super::combine::{Combined, Joint};
use super::statistics::holm::holm;
use super::what_if::{Effect, Subject};

/// A p-value, and where its adjusted one goes.
type Test<'a> = (f64, &'a mut Option<f64>);

/// Adjusts p-values by Holm and draws the verdicts on combinations, at a level of `alpha`. Everything that is shown
/// together is one family: what each change does to every outcome and condition, and what every two changes do together.
/// Where a subject was chosen, that alone is tested, and is the family; the rest stays without an adjusted p.
pub fn adjust(effects: &mut [Effect], combined: &mut [Combined], subject: Subject, alpha: f64) {
    let alone = effects.iter_mut().flat_map(|effect| differences(effect, subject));
    let together = combined.iter_mut().flat_map(|combined| interactions(combined, subject));
    let tests: Vec<Test> = alone.chain(together).collect();
    let p: Vec<f64> = tests.iter().map(|test| test.0).collect();
    for ((_, adjusted), value) in tests.into_iter().zip(holm(&p)) {
        *adjusted = Some(value);
    }
    combined.iter_mut().for_each(|combined| combined.judge(alpha));
}

/// Whether something is tested: the subject, or everything where none was chosen.
fn tested(subject: Subject, this: Subject) -> bool {
    subject == Subject::Flips || subject == this
}

/// The tests of one change.
fn differences(effect: &mut Effect, subject: Subject) -> impl Iterator<Item = Test<'_>> {
    let outcomes = effect.outcomes.iter_mut().enumerate();
    let outcomes = outcomes.map(|(o, d)| (Subject::Outcome(o), (d.p, &mut d.p_adjusted)));
    let measures = effect.measures.iter_mut().enumerate().flat_map(|(m, measure)| {
        let (ever, last) = (&mut measure.ever, &mut measure.last);
        [
            (Subject::Measure(m, Held::Ever), (ever.p, &mut ever.p_adjusted)),
            (Subject::Measure(m, Held::Last), (last.p, &mut last.p_adjusted)),
        ]
    });
    let all = outcomes.chain(measures);
    all.filter(move |(this, _)| tested(subject, *this)).map(|(_, test)| test)
}

/// The tests of two changes together.
fn interactions(combined: &mut Combined, subject: Subject) -> impl Iterator<Item = Test<'_>> {
    fn each(
        joints: &mut [Joint],
        of: impl Fn(usize) -> Subject,
    ) -> impl Iterator<Item = (Subject, Test<'_>)> {
        joints.iter_mut().enumerate().map(move |(k, j)| (of(k), (j.p, &mut j.p_adjusted)))
    }
    let all = each(&mut combined.outcomes, Subject::Outcome)
        .chain(each(&mut combined.ever, |m| Subject::Measure(m, Held::Ever)))
        .chain(each(&mut combined.last, |m| Subject::Measure(m, Held::Last)));
    all.filter(move |(this, _)| tested(subject, *this)).map(|(_, test)| test)
}
