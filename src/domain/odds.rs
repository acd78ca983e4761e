//! The odds of `[dynamics]` as the kernel uses them: weights in units of 2⁻³².

use super::{Dynamics, ONE, Weight, weight};

/// Log-hazard coefficients are kept in hundredths.
const LOG_UNIT: f64 = 100.0;
/// The hazard table covers log hazards from −8 to +8.
const LOG_LIMIT: i32 = 800;

/// [`Dynamics`] as whole numbers; the fields mean the same.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Odds {
    pub walk_out_base: Weight,
    pub walk_out_distrust: Weight,
    pub walk_out_attack: Weight,
    pub walk_out_precondition: Weight,
    pub walk_out_audience: Weight,
    pub return_base: Weight,
    pub return_shuttle: Weight,
    pub return_weariness: Weight,
    pub return_feasible: Weight,
    pub withdraw: Weight,
    pub park: Weight,
    pub reopen: Weight,
    pub believed: [Weight; 5],
    pub partner: Weight,
    pub proximity: Weight,
    pub press_backer: [Weight; 5],
    pub audience_refusal: [Weight; 5],
    pub hazard: Hazard,
    pub restore: Weight,
    pub rise: Weight,
    pub rise_spoiler: Weight,
    pub rise_no_talks: Weight,
    pub restraint: Weight,
    pub fall: Weight,
    pub fall_ceasefire: Weight,
    pub fall_verification: Weight,
    pub fall_weariness: Weight,
    pub capture: Weight,
    pub capture_advantage: Weight,
    pub spoil_near: Weight,
    pub spoil_growth: Weight,
    pub spoil_success: Weight,
    pub blame: Weight,
    pub backer_withdraws: Weight,
    pub exposure_fades: Weight,
    pub backer_pressure_fades: Weight,
    pub weariness: Weight,
    pub distrust: Weight,
    pub pressure_fades: Weight,
}

/// The proportional hazard of a breach: base · exp(Σ), with the exponential from a table.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Hazard {
    pub base: Weight,
    pub verification: i32,
    pub separation: i32,
    pub joint_body: i32,
    pub excluded: i32,
    pub backers: i32,
    pub temptation: i32,
    pub imposed: i32,
    pub guarantee: i32,
    pub trust: i32,
    exponential: Vec<u32>,
}

impl Hazard {
    /// The odds at a log hazard in hundredths; clamped to certainty.
    #[inline]
    pub fn odds(&self, log: i32) -> Weight {
        let row = (log.clamp(-LOG_LIMIT, LOG_LIMIT) + LOG_LIMIT) as usize;
        // The table holds exp in units of 2⁻²⁰, at most e⁸ ≈ 2¹¹·⁶: an entry fits 32 bits.
        ((self.base * u64::from(self.exponential[row])) >> 20).min(ONE)
    }
}

impl Odds {
    /// The odds of these dynamics.
    pub fn of(d: &Dynamics) -> Self {
        let five = |odds: [f64; 5]| odds.map(weight);
        Self {
            walk_out_base: weight(d.walk_out.base),
            walk_out_distrust: weight(d.walk_out.distrust),
            walk_out_attack: weight(d.walk_out.attack),
            walk_out_precondition: weight(d.walk_out.precondition),
            walk_out_audience: weight(d.walk_out.audience),
            return_base: weight(d.returning.base),
            return_shuttle: weight(d.returning.shuttle),
            return_weariness: weight(d.returning.weariness),
            return_feasible: weight(d.returning.feasible),
            withdraw: weight(d.withdraw),
            park: weight(d.park),
            reopen: weight(d.reopen),
            believed: five(d.mediation.believed),
            partner: weight(d.mediation.partner),
            proximity: weight(d.mediation.proximity),
            press_backer: five(d.mediation.press_backer),
            audience_refusal: five(d.audience_refusal),
            hazard: Hazard::of(d),
            restore: weight(d.compliance.restore),
            rise: weight(d.fighting.rise),
            rise_spoiler: weight(d.fighting.spoiler),
            rise_no_talks: weight(d.fighting.no_talks),
            restraint: weight(d.fighting.restraint),
            fall: weight(d.fighting.fall),
            fall_ceasefire: weight(d.fighting.ceasefire),
            fall_verification: weight(d.fighting.verification),
            fall_weariness: weight(d.fighting.weariness),
            capture: weight(d.fighting.capture),
            capture_advantage: weight(d.fighting.advantage),
            spoil_near: weight(d.spoiling.near),
            spoil_growth: weight(d.spoiling.growth),
            spoil_success: weight(d.spoiling.success),
            blame: weight(d.spoiling.blame),
            backer_withdraws: weight(d.backing.withdraw),
            exposure_fades: weight(d.backing.exposure_fades),
            backer_pressure_fades: weight(d.backing.pressure_fades),
            weariness: weight(d.weariness_odds),
            distrust: weight(d.distrust_odds),
            pressure_fades: weight(d.pressure_fades),
        }
    }
}

impl Hazard {
    fn of(d: &Dynamics) -> Self {
        let log = |x: f64| libm::round(x * LOG_UNIT) as i32;
        let c = &d.compliance;
        Self {
            base: weight(c.base),
            verification: log(c.verification),
            separation: log(c.separation),
            joint_body: log(c.joint_body),
            excluded: log(c.excluded),
            backers: log(c.backers),
            temptation: log(c.temptation),
            imposed: log(c.imposed),
            guarantee: log(c.guarantee),
            trust: log(c.trust),
            exponential: (-LOG_LIMIT..=LOG_LIMIT)
                .map(|x| libm::round(libm::exp(f64::from(x) / LOG_UNIT) * f64::from(1 << 20)) as u32)
                .collect(),
        }
    }
}
