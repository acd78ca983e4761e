//! What all methods say about one measure.

use serde::Serialize;

use super::{
    Bars, ChanceShare, Decomposition, Measure, Scatter, Screening, Study, Table, Tornado, Walks,
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
