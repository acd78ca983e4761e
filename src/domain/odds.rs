//! The odds of `[dynamics]` as the kernel uses them: weights in units of 2⁻³².

use super::{Dynamics, Weight, weight};

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
    /// The odds of a breach where nothing applies.
    breach: f64,
    pub restore: Weight,
    pub give_up: Weight,
    pub kept: Weight,
    pub learning: Weight,
    pub recovery: Weight,
    pub candour: Weight,
    pub stall: Weight,
    pub stall_ripe: Weight,
    pub stall_walk_out: Weight,
    pub stall_withdraw: Weight,
    pub break_down: Weight,
    pub reconvene: Weight,
    pub press: Weight,
    pub rise_spoiler: Weight,
    pub press_no_talks: Weight,
    pub restraint: Weight,
    pub fall: Weight,
    pub fall_ceasefire: Weight,
    pub fall_verification: Weight,
    pub fall_weariness: Weight,
    pub capture: Weight,
    pub capture_advantage: Weight,
    pub spoil_near: Weight,
    pub spoil_strength: Weight,
    pub spoil_success: Weight,
    pub blame: Weight,
    pub backer_withdraws: Weight,
    pub exposure_fades: Weight,
    pub backer_pressure_fades: Weight,
    pub weariness: Weight,
    pub distrust: Weight,
    pub pressure_fades: Weight,
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
            breach: d.compliance.base,
            restore: weight(d.compliance.restore),
            give_up: weight(d.compliance.give_up),
            kept: weight(d.compliance.kept),
            learning: weight(d.learning),
            recovery: weight(d.recovery),
            candour: weight(d.mediation.candour),
            stall: weight(d.stalling.rise),
            stall_ripe: weight(d.stalling.ripe),
            stall_walk_out: weight(d.stalling.walk_out),
            stall_withdraw: weight(d.stalling.withdraw),
            break_down: weight(d.stalling.break_down),
            reconvene: weight(d.stalling.reconvene),
            press: weight(d.fighting.press),
            rise_spoiler: weight(d.fighting.spoiler),
            press_no_talks: weight(d.fighting.no_talks),
            restraint: weight(d.fighting.restraint),
            fall: weight(d.fighting.fall),
            fall_ceasefire: weight(d.fighting.ceasefire),
            fall_verification: weight(d.fighting.verification),
            fall_weariness: weight(d.fighting.weariness),
            capture: weight(d.fighting.capture),
            capture_advantage: weight(d.fighting.advantage),
            spoil_near: weight(d.spoiling.near),
            spoil_strength: weight(d.spoiling.strength),
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
    /// The odds of a breach at a log hazard: base · exp(log), a proportional hazard, clamped to certainty.
    #[inline]
    pub fn breach(&self, log: f64) -> Weight {
        if self.breach == 0.0 { 0 } else { weight(self.breach * libm::exp(log)) }
    }
}
