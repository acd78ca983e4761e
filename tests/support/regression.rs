//! How much of what varies a linear regression explains.

/// Adjusted R² of an outcome on some features, with a constant; features that are the same in all cases say nothing and are left out.
pub fn adjusted_r2(features: &[Vec<f64>], outcome: &[f64]) -> f64 {
    let n = outcome.len() as f64;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / n;
    let centred = |values: &[f64]| {
        let m = mean(values);
        values.iter().map(|v| v - m).collect::<Vec<f64>>()
    };
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let y = centred(outcome);
    // Gram and Schmidt: what each feature adds to those before it.
    let mut basis: Vec<Vec<f64>> = Vec::new();
    for feature in features {
        let mut rest = centred(feature);
        let whole = dot(&rest, &rest);
        for before in &basis {
            let share = dot(&rest, before) / dot(before, before);
            rest.iter_mut().zip(before).for_each(|(r, b)| *r -= share * b);
        }
        if dot(&rest, &rest) > 1e-9 * whole.max(1e-9) {
            basis.push(rest);
        }
    }
    let total = dot(&y, &y);
    if total == 0.0 {
        return 0.0;
    }
    let explained: f64 = basis.iter().map(|b| dot(&y, b) * dot(&y, b) / dot(b, b)).sum();
    1.0 - (1.0 - explained / total) * (n - 1.0) / (n - 1.0 - basis.len() as f64)
}

#[test]
fn what_is_explained_is_found() {
    let x: Vec<f64> = (0..50).map(f64::from).collect();
    let noise: Vec<f64> = (0..50).map(|k| f64::from(k * 37 % 11)).collect();
    let line: Vec<f64> = x.iter().map(|x| 2.0 * x + 1.0).collect();
    assert!((adjusted_r2(std::slice::from_ref(&x), &line) - 1.0).abs() < 1e-12);
    // A feature that is another one again, or the same in all cases, adds nothing.
    let both = adjusted_r2(&[x.clone(), line.clone(), vec![3.0; 50]], &noise);
    assert!((both - adjusted_r2(std::slice::from_ref(&x), &noise)).abs() < 1e-9 && both < 0.1, "{both}");
    // R² of a regression worked out by hand: x = 0, 1, 2 and y = 0, 1, 0 has none; adjusted it is 1 − 1 · 2 / 1.
    assert!((adjusted_r2(&[vec![0.0, 1.0, 2.0]], &[0.0, 1.0, 0.0]) + 1.0).abs() < 1e-12);
}
