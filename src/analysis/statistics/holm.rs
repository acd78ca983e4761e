//! Several tests at once.

/// Holm's step-down adjustment: reject what stays at or below the level, and the chance of any false
/// rejection among all the tests is at most that level, however they depend on each other. In the order
/// given; each from its own p-value up to 1.
///
/// The i-th smallest of m becomes the largest of (m − j + 1) · p₍ⱼ₎ over j ≤ i. Holm (1979), *Scandinavian
/// Journal of Statistics* 6, 65–70.
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    assert!(p_values.iter().all(|p| (0.0..=1.0).contains(p)), "a p-value lies between 0 and 1");
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    let mut adjusted = vec![0.0; p_values.len()];
    let mut largest = 0.0_f64;
    for (rank, &index) in order.iter().enumerate() {
        largest = largest.max((p_values.len() - rank) as f64 * p_values[index]).min(1.0);
        adjusted[index] = largest;
    }
    adjusted
}
