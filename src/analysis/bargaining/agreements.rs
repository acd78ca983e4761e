//! Where simulated agreements lie against the frontier, with the worth and the alternatives of the start.

use serde::Serialize;

use super::problem::Problem;
use super::solution::Concept;
use super::space::Grid;
use super::study::Analysis;
use super::watch::Watched;

/// A package on which runs agreed.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// Which.
    pub package: u32,
    /// In how many runs.
    pub runs: u64,
    /// What it gives, by party.
    pub utilities: Vec<f64>,
    /// Whether it is Pareto-efficient: no package beyond nobody's red line is as good for every party and better for one.
    pub efficient: bool,
    /// Whether every party accepts it: at or above its alternative, outside its red lines.
    pub in_zone: bool,
    /// The largest gain that some package beyond nobody's red line gives every party at once: the largest smallest
    /// u(package) − u(agreement), never below 0. 0: nobody can be helped without somebody gaining nothing.
    pub distance: f64,
    /// The largest sum of gains of a package that leaves no party worse off. 0 where it is efficient.
    pub left: f64,
    /// Its product of gains over the disagreement utilities, a gain below 0 counting as 0, as a share of the largest in
    /// the zone; `None` where there is no zone or that product is 0.
    pub nash: Option<f64>,
}

/// How a figure is spread over the runs that agreed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// The mean.
    pub mean: f64,
    /// The least figure that is not below those of a tenth of the runs.
    pub tenth: f64,
    /// The same for half of them.
    pub median: f64,
    /// The same for nine tenths.
    pub ninetieth: f64,
    /// The largest.
    pub most: f64,
}

/// Simulated agreements.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreements {
    /// How many runs were played.
    pub runs: u64,
    /// In how many every item was settled at the end of some round.
    pub agreed: u64,
    /// Of these, in how many every item is settled at the end of the talks.
    pub held: u64,
    /// Runs without agreement in which some items are settled at the end.
    pub partial: u64,
    /// Runs without agreement in which none is.
    pub none: u64,
    /// Runs that reached agreement, by round, from 0.
    pub by_round: Vec<u64>,
    /// Runs whose agreement is Pareto-efficient.
    pub efficient: u64,
    /// Runs whose agreement lies in the zone.
    pub in_zone: u64,
    /// The distance to the frontier ([`Agreement::distance`]); `None` where no run agreed.
    pub distance: Option<Spread>,
    /// What is left on the table ([`Agreement::left`]).
    pub left: Option<Spread>,
    /// The share of the largest Nash product, where there is one.
    pub nash: Option<Spread>,
    /// What agreements give, by party.
    pub utilities: Option<Vec<Spread>>,
    /// The packages agreed on, the most frequent first; ties by their number.
    pub list: Vec<Agreement>,
}

impl Agreements {
    /// Measures what was counted against the analysis of the start.
    pub fn of(problem: &Problem, analysis: &Analysis, watched: &Watched) -> Self {
        let yard = Yard::of(problem, analysis);
        let mut list: Vec<Agreement> =
            watched.agreed.iter().map(|(package, runs)| yard.measure(*package, *runs)).collect();
        list.sort_by_key(|a| (std::cmp::Reverse(a.runs), a.package));
        let runs = |of: &dyn Fn(&Agreement) -> bool| list.iter().filter(|a| of(a)).map(|a| a.runs).sum();
        let spread = |of: &dyn Fn(&Agreement) -> Option<f64>| Spread::of(&list, of);
        let by_party = |p: usize| spread(&move |a| Some(a.utilities[p]));
        Self {
            runs: watched.runs(),
            agreed: watched.agreements(),
            held: watched.held,
            partial: watched.partial,
            none: watched.none,
            by_round: watched.by_round.clone(),
            efficient: runs(&|a| a.efficient),
            in_zone: runs(&|a| a.in_zone),
            distance: spread(&|a| Some(a.distance)),
            left: spread(&|a| Some(a.left)),
            nash: spread(&|a| a.nash),
            utilities: (0..problem.parties.len()).map(by_party).collect(),
            list,
        }
    }
}

impl Spread {
    /// The spread of a figure over the runs; `None` where no agreement has it.
    fn of(list: &[Agreement], of: &dyn Fn(&Agreement) -> Option<f64>) -> Option<Self> {
        let mut values: Vec<(f64, u64)> = list.iter().filter_map(|a| Some((of(a)?, a.runs))).collect();
        values.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let runs: u64 = values.iter().map(|v| v.1).sum();
        let most = values.last()?.0;
        let quantile = |tenths: u64| {
            let mut seen = 0;
            let enough = values.iter().find(|(_, n)| {
                seen += n;
                seen * 10 >= runs * tenths
            });
            enough.map_or(most, |v| v.0)
        };
        let sum: f64 = values.iter().map(|(v, n)| v * *n as f64).sum();
        let [tenth, median, ninetieth] = [1, 5, 9].map(quantile);
        Some(Self { mean: sum / runs as f64, tenth, median, ninetieth, most })
    }
}

/// What packages are measured against.
struct Yard<'a> {
    problem: &'a Problem,
    analysis: &'a Analysis,
    grids: Vec<Grid>,
    /// The largest product of gains in the zone, where it is positive.
    nash: Option<f64>,
}

impl<'a> Yard<'a> {
    fn of(problem: &'a Problem, analysis: &'a Analysis) -> Self {
        let nash = analysis.solutions.iter().find(|s| s.concept == Concept::Nash).map(|s| s.value);
        Self {
            problem,
            analysis,
            grids: analysis.ranges.iter().map(|r| Grid::for_size(r.least.abs().max(r.most.abs()))).collect(),
            nash: nash.filter(|n| *n > 0.0),
        }
    }

    fn measure(&self, package: u32, runs: u64) -> Agreement {
        let values = self.analysis.space.package(package as usize);
        let parties = self.problem.parties.len();
        let level = |p: usize| self.grids[p].level(self.problem.utility(p, &values));
        let levels: Vec<i64> = (0..parties).map(level).collect();
        let utilities: Vec<f64> = levels.iter().zip(&self.grids).map(|(l, g)| g.value(*l)).collect();
        let (mut efficient, mut distance, mut left) = (true, 0.0f64, 0.0f64);
        // What a package can do for these parties, some package of the frontier can do as well.
        for point in &self.analysis.frontier.points {
            let gains = || point.levels.iter().zip(&levels).map(|(q, x)| q - x);
            let gain = gains().zip(&self.grids).map(|(gain, grid)| gain as f64 * grid.step());
            let least = gain.clone().fold(f64::INFINITY, f64::min);
            distance = distance.max(least);
            if gains().all(|gain| gain >= 0) && gains().any(|gain| gain > 0) {
                efficient = false;
                left = left.max(gain.sum());
            }
        }
        Agreement {
            package,
            runs,
            efficient,
            in_zone: self.in_zone(&values, &levels),
            distance,
            left,
            nash: self.nash.map(|most| self.product(&utilities) / most),
            utilities,
        }
    }

    fn in_zone(&self, values: &[usize], levels: &[i64]) -> bool {
        self.problem.parties.iter().zip(levels).zip(&self.grids).all(|((party, level), grid)| {
            let bar = party.alternative.map(|a| grid.level(a));
            bar.is_none_or(|bar| *level > bar || (*level == bar && !self.problem.rule.strict))
                && party.red_lines.iter().all(|(issue, value)| values[*issue] != *value)
        })
    }

    fn product(&self, utilities: &[f64]) -> f64 {
        let rows = utilities.iter().zip(&self.analysis.ranges);
        rows.map(|(u, range)| (u - range.disagreement).max(0.0)).product()
    }
}

#[cfg(test)]
mod tests {
    use super::super::problem::{Issue, Party, Rule};
    use super::super::study::study;
    use super::*;

    /// One issue; the zone is 1, 2, 3, 4 and 6, the frontier 0, 2, 4, 5 and 6.
    const FIRST: [f64; 7] = [0.0, 55.0, 60.0, 60.0, 85.0, 100.0, 70.0];
    const SECOND: [f64; 7] = [100.0, 60.0, 70.0, 65.0, 40.0, 0.0, 50.0];

    fn problem() -> Problem {
        let party = |name: &str, worth: [f64; 7], alternative| Party {
            name: name.into(),
            worth: vec![worth.to_vec()],
            constant: 0.0,
            ceiling: None,
            alternative: Some(alternative),
            red_lines: Vec::new(),
        };
        let values = (0..7).map(|v| format!("v{v}")).collect();
        Problem {
            issues: vec![Issue { name: "issue".into(), values }],
            parties: vec![party("one", FIRST, 20.0), party("other", SECOND, 30.0)],
            rule: Rule::default(),
        }
    }

    #[test]
    fn agreements_are_measured_by_hand() {
        let problem = problem();
        let analysis = study(&problem).expect("small");
        let watched = Watched {
            agreed: [(0, 1), (1, 3), (2, 4), (3, 2)].into(),
            by_round: vec![4, 6],
            held: 9,
            partial: 5,
            none: 1,
            ..Watched::default()
        };
        let a = Agreements::of(&problem, &analysis, &watched);
        assert_eq!((a.runs, a.agreed, a.held, a.partial, a.none), (16, 10, 9, 5, 1));
        let order: Vec<u32> = a.list.iter().map(|x| x.package).collect();
        assert_eq!(order, [2, 1, 3, 0]);
        // Of (55, 60) the package (60, 70) makes 5 and 10 more; of (60, 65) it makes 0 and 5 more.
        let told: Vec<_> = a.list.iter().map(|x| (x.efficient, x.in_zone, x.distance, x.left)).collect();
        let rows = [
            (true, true, 0.0, 0.0),
            (false, true, 5.0, 15.0),
            (false, true, 0.0, 5.0),
            (true, false, 0.0, 0.0),
        ];
        assert_eq!(told, rows);
        assert_eq!((a.efficient, a.in_zone), (5, 9));
        // The largest product is that of (60, 70): 40 · 40; of (55, 60) it is 35 · 30; the first party alone would
        // rather have no agreement than (0, 100).
        let nash: Vec<_> = a.list.iter().map(|x| x.nash).collect();
        assert_eq!(nash, [Some(1.0), Some(1050.0 / 1600.0), Some(1400.0 / 1600.0), Some(0.0)]);
        // Distances over the ten runs: seven times 0, three times 5.
        let distance = a.distance.expect("some agreed");
        let told = [distance.mean, distance.tenth, distance.median, distance.ninetieth, distance.most];
        assert_eq!(told, [1.5, 0.0, 0.0, 5.0, 5.0]);
        let one = a.utilities.as_ref().expect("some agreed")[0];
        assert_eq!((one.mean, one.tenth, one.median, one.most), (52.5, 0.0, 60.0, 60.0));
    }

    #[test]
    fn a_red_line_bars_a_package_from_the_frontier_and_the_zone() {
        let mut problem = problem();
        problem.parties[1].red_lines = vec![(0, 2)];
        let analysis = study(&problem).expect("small");
        let watched = Watched { agreed: [(1, 1), (2, 1)].into(), ..Watched::default() };
        let a = Agreements::of(&problem, &analysis, &watched);
        let told: Vec<_> = a.list.iter().map(|x| (x.package, x.efficient, x.in_zone, x.distance)).collect();
        // Without (60, 70), the best for both over (55, 60) is (60, 65); nothing is better than (60, 70) for both.
        assert_eq!(told, [(1, false, true, 5.0), (2, true, false, 0.0)]);
    }

    #[test]
    fn where_nobody_agrees_nothing_is_measured() {
        let problem = problem();
        let analysis = study(&problem).expect("small");
        let a = Agreements::of(&problem, &analysis, &Watched { none: 3, ..Watched::default() });
        assert_eq!((a.runs, a.agreed), (3, 0));
        assert!(a.distance.is_none() && a.nash.is_none() && a.utilities.is_none() && a.list.is_empty());
    }
}
