//! The study as tidy tables.

use crate::document::dataset::Dataset;

use super::Sensitivity;

/// Tables of all answers: `ranges`, `tornado`, `morris`, `chance` and `sobol`; a method that was not used has no rows.
pub fn tables(study: &Sensitivity) -> Vec<Dataset> {
    vec![ranges(study), tornado(study), morris(study), chance(study), sobol(study)]
}

fn ranges(study: &Sensitivity) -> Dataset {
    let mut sheet = Dataset::new("ranges", &["path", "low", "high", "value"]);
    for (a, _) in study.ranges {
        let value = a.value.map_or_else(String::new, |v| a.plain(v));
        sheet.push([a.path.clone(), a.plain(a.low), a.plain(a.high), value]);
    }
    sheet
}

fn tornado(study: &Sensitivity) -> Dataset {
    let columns =
        &["measure", "path", "bound", "value", "share", "baseline", "difference", "low", "high", "swing"];
    let mut sheet = Dataset::new("tornado", columns);
    for answer in study.answers {
        let Some(tornado) = &answer.tornado else { continue };
        for bar in &tornado.bars {
            for (name, end) in [("low", &bar.low), ("high", &bar.high)] {
                sheet.push([
                    answer.id.clone(),
                    bar.path.clone(),
                    name.into(),
                    study.ranges[bar.assumption].0.plain(end.value),
                    end.share.to_string(),
                    tornado.baseline.to_string(),
                    end.difference.to_string(),
                    end.low.to_string(),
                    end.high.to_string(),
                    bar.swing.to_string(),
                ]);
            }
        }
    }
    sheet
}

fn morris(study: &Sensitivity) -> Dataset {
    let columns = &["measure", "path", "mu", "mu_star", "low", "high", "sigma", "noise"];
    let mut sheet = Dataset::new("morris", columns);
    for answer in study.answers {
        for s in answer.morris.iter().flatten() {
            let [mu, star, low, high, sigma, noise] =
                [s.mu, s.mu_star, s.low, s.high, s.sigma, s.noise].map(|v| v.to_string());
            sheet.push([answer.id.clone(), s.path.clone(), mu, star, low, high, sigma, noise]);
        }
    }
    sheet
}

fn chance(study: &Sensitivity) -> Dataset {
    let mut sheet = Dataset::new("chance", &["measure", "share", "low", "high", "mean"]);
    for answer in study.answers {
        if let Some(c) = &answer.chance {
            let [share, low, high, mean] = [c.share, c.low, c.high, c.mean].map(|v| v.to_string());
            sheet.push([answer.id.clone(), share, low, high, mean]);
        }
    }
    sheet
}

fn sobol(study: &Sensitivity) -> Dataset {
    let columns = &[
        "measure",
        "path",
        "first",
        "first_low",
        "first_high",
        "total",
        "total_low",
        "total_high",
        "converged",
    ];
    let mut sheet = Dataset::new("sobol", columns);
    for answer in study.answers {
        let Some(sobol) = &answer.sobol else { continue };
        for i in sobol.indices.iter().chain([&sobol.chance]) {
            let [f, fl, fh, t, tl, th] = [
                i.first,
                i.first_interval[0],
                i.first_interval[1],
                i.total,
                i.total_interval[0],
                i.total_interval[1],
            ]
            .map(|v| v.to_string());
            let converged = sobol.converged.to_string();
            sheet.push([answer.id.clone(), i.path.clone(), f, fl, fh, t, tl, th, converged]);
        }
    }
    sheet
}
