//! What all methods say about one measure.

use serde::Serialize;

use super::{
    Bars, ChanceShare, Decomposition, End, Measure, Scatter, Screening, Study, Swing, Table, Tornado, Walks,
    chance_share, decomposition, screening, tornado,
};

/// The runs of every method that was used and got far enough.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// One assumption at a time.
    pub bars: Option<Bars>,
    /// Morris screening.
    pub walks: Option<Walks>,
    /// Repeated runs at scattered points.
    pub scatter: Option<Scatter>,
    /// Sobol' indices.
    pub table: Option<Table>,
}

/// What the methods say about one measure. A method that was not used, or that has nothing to say because the
/// measure never varied, is left out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// What is measured.
    pub measure: Measure,
    /// The outcome's id, or the condition and when it must hold; no two measures share it.
    pub id: String,
    /// The outcome's title, or the same again for a condition.
    pub title: String,
    /// One assumption at a time.
    pub tornado: Option<Tornado>,
    /// Walks of the Morris screening that were finished.
    pub walks: Option<usize>,
    /// Morris screening, the largest effect first.
    pub morris: Option<Vec<Screening>>,
    /// How much of the variance of a single run is chance.
    pub chance: Option<ChanceShare>,
    /// Sobol' indices.
    pub sobol: Option<Decomposition>,
}

impl Answer {
    /// The assumptions' paths with a method's figure for how much each matters, the largest first: of Morris, else
    /// Sobol', else the tornado. Morris first, for it is about the share; a total index with luck as a factor also
    /// counts runs that an assumption flips to and fro without moving the share.
    pub fn ranking(&self) -> Vec<(&str, f64)> {
        if let Some(morris) = &self.morris {
            return morris.iter().map(|s| (s.path.as_str(), s.mu_star)).collect();
        }
        if let Some(sobol) = &self.sobol {
            return sobol.indices.iter().map(|i| (i.path.as_str(), i.total)).collect();
        }
        self.tornado.iter().flat_map(|t| &t.bars).map(|b| (b.path.as_str(), b.swing)).collect()
    }

    /// Those of the ranking whose figure can be told from luck, in its order: in a screening, an interval above what
    /// luck alone would show, or a figure above it whose interval reaches that of the first; of Sobol' indices that have converged, one above nothing; in a tornado, one of either end
    /// that does not contain nothing.
    pub fn clear(&self) -> Vec<Clear<'_>> {
        if let Some(morris) = &self.morris {
            // What may well matter as much as the first is named with it, though few walks leave its own interval wide.
            let first = morris.iter().find(|s| s.low > s.noise).map_or(f64::INFINITY, |s| s.low);
            let clear = morris.iter().filter(|s| s.low > s.noise || s.mu_star > s.noise && s.high >= first);
            return clear.map(|s| Clear { path: &s.path, low: s.low, high: s.high }).collect();
        }
        if let Some(sobol) = &self.sobol {
            let above = sobol.indices.iter().filter(|i| sobol.converged && i.total_interval[0] > 0.0);
            return above
                .map(|i| Clear { path: &i.path, low: i.total_interval[0], high: i.total_interval[1] })
                .collect();
        }
        self.tornado.iter().flat_map(|t| &t.bars).filter_map(Clear::of_a_swing).collect()
    }
}

/// An assumption that matters beyond luck, and the interval of how much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clear<'a> {
    /// Its path.
    pub path: &'a str,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl<'a> Clear<'a> {
    /// By the end of the swing that moves the measure further.
    fn of_a_swing(swing: &'a Swing) -> Option<Self> {
        let size = |end: &End| match end {
            End { low, high, .. } if *low > 0.0 => Some((*low, *high)),
            End { low, high, .. } if *high < 0.0 => Some((-high, -low)),
            _ => None,
        };
        let ends = [size(&swing.low), size(&swing.high)].into_iter().flatten();
        let (low, high) = ends.max_by(|a, b| a.1.total_cmp(&b.1))?;
        Some(Self { path: &swing.path, low, high })
    }

    /// The same in groups, the one first that matters most: within a group the intervals overlap that of its first, so that nobody
    /// can tell which matters more; they stand in the order of their paths, which no seed decides.
    pub fn groups(clear: &[Self]) -> Vec<Vec<&'a str>> {
        let mut groups: Vec<(f64, Vec<&str>)> = Vec::new();
        for one in clear {
            match groups.last_mut() {
                Some((low, group)) if one.high >= *low => group.push(one.path),
                _ => groups.push((one.low, vec![one.path])),
            }
        }
        let sorted = groups.into_iter().map(|(_, mut group)| {
            group.sort_unstable();
            group
        });
        sorted.collect()
    }
}

/// The answer about the measure at a place in [`Study::measures`], with intervals at level 1 − `alpha`.
pub fn answer(study: &Study, evidence: &Evidence, at: usize, name: (String, String), alpha: f64) -> Answer {
    let screened = evidence.walks.as_ref().map(|w| screening(study, w, at, alpha));
    Answer {
        measure: study.measures()[at].clone(),
        id: name.0,
        title: name.1,
        tornado: evidence.bars.as_ref().map(|b| tornado(study, b, at, alpha)),
        walks: evidence.walks.as_ref().map(Walks::count),
        morris: screened.filter(|s| !s.is_empty()),
        chance: evidence.scatter.as_ref().and_then(|s| chance_share(study, s, at, alpha)),
        sobol: evidence.table.as_ref().and_then(|t| decomposition(study, t, at, alpha)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_intervals_overlap_no_seed_decides_the_order() {
        let one = |path, low, high| Clear { path, low, high };
        let (a, b, c) = (one("a", 0.4, 0.9), one("b", 0.1, 0.6), one("c", 0.05, 0.09));
        assert_eq!(Clear::groups(&[a, b, c]), [vec!["a", "b"], vec!["c"]]);
        assert_eq!(Clear::groups(&[b, a, c]), [vec!["a", "b"], vec!["c"]]);
        assert_eq!(Clear::groups(&[one("x", 0.5, 0.6), a]), [vec!["a", "x"]]);
        assert!(Clear::groups(&[]).is_empty());
    }
}
