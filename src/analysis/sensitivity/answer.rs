//! What all methods say about one measure.

use serde::Serialize;

use super::{
    Bars, ChanceShare, Decomposition, End, Measure, Scatter, Screening, Study, Table, Tornado, Walks,
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
    /// luck alone would show; of Sobol' indices that have converged, one above nothing; in a tornado, one of either end
    /// that does not contain nothing.
    pub fn clear(&self) -> Vec<&str> {
        if let Some(morris) = &self.morris {
            return morris.iter().filter(|s| s.low > s.noise).map(|s| s.path.as_str()).collect();
        }
        if let Some(sobol) = &self.sobol {
            let above = sobol.indices.iter().filter(|i| sobol.converged && i.total_interval[0] > 0.0);
            return above.map(|i| i.path.as_str()).collect();
        }
        let moves = |end: &End| end.low > 0.0 || end.high < 0.0;
        let bars = self.tornado.iter().flat_map(|t| &t.bars);
        bars.filter(|b| moves(&b.low) || moves(&b.high)).map(|b| b.path.as_str()).collect()
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
