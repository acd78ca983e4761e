//! The numbers of the rules.

use super::super::shape::{BACKING, COMPLIANCE, FIGHTING, MEDIATION, RETURN, SPOILING, THRESHOLDS, WALK_OUT};
use super::Lowering;
use super::view::View;
use crate::domain::{Backing, Compliance, Dynamics, Fighting, Mediation, Returning, Spoiling, WalkOut};

impl<'t> Lowering<'t, '_> {
    /// Lowers `[dynamics]`.
    pub(super) fn dynamics(&mut self, view: View<'t>) -> Dynamics {
        let usual = Dynamics::default().mandate;
        let mandate = view.entry("mandate").and_then(|e| Some((e.key_place, e.node.as_table()?)));
        Dynamics {
            support_points: view.small("support_points"),
            weariness_points: view.small("weariness_points"),
            pressure_points: view.small("pressure_points"),
            broken_promise: view.five("broken_promise"),
            guarantee_cover: view.five("guarantee_cover"),
            firm_points: view.small("firm_points"),
            flexible_points: view.small("flexible_points"),
            mandate: mandate.and_then(|(place, table)| self.mandate(place, table)).unwrap_or(usual),
            strict: THRESHOLDS[view.word("threshold")] == "above",
            consult: view.number("consult"),
            walk_out: walk_out(View::maybe(view.table("walk_out"), &WALK_OUT)),
            returning: returning(View::maybe(view.table("return"), &RETURN)),
            withdraw: view.number("withdraw"),
            park: view.number("park"),
            reopen: view.number("reopen"),
            mediation: mediation(View::maybe(view.table("mediation"), &MEDIATION)),
            audience_refusal: view.five("audience_refusal"),
            compliance: compliance(View::maybe(view.table("compliance"), &COMPLIANCE)),
            fighting: fighting(View::maybe(view.table("fighting"), &FIGHTING)),
            spoiling: spoiling(View::maybe(view.table("spoiling"), &SPOILING)),
            backing: backing(View::maybe(view.table("backing"), &BACKING)),
            weariness_odds: view.number("weariness_odds"),
            distrust_odds: view.number("distrust_odds"),
            pressure_fades: view.number("pressure_fades"),
        }
    }
}

fn walk_out(view: View<'_>) -> WalkOut {
    WalkOut {
        base: view.number("base"),
        distrust: view.number("distrust"),
        attack: view.number("attack"),
        precondition: view.number("precondition"),
        audience: view.number("audience"),
    }
}

fn returning(view: View<'_>) -> Returning {
    Returning {
        base: view.number("base"),
        shuttle: view.number("shuttle"),
        weariness: view.number("weariness"),
        feasible: view.number("feasible"),
    }
}

fn mediation(view: View<'_>) -> Mediation {
    Mediation {
        believed: view.five("believed"),
        partner: view.number("partner"),
        face_saving: view.small("face_saving"),
        carrot: view.small("carrot"),
        proximity: view.number("proximity"),
        press_backer: view.five("press_backer"),
    }
}

fn compliance(view: View<'_>) -> Compliance {
    Compliance {
        base: view.number("base"),
        verification: view.number("verification"),
        separation: view.number("separation"),
        joint_body: view.number("joint_body"),
        excluded: view.number("excluded"),
        backers: view.number("backers"),
        temptation: view.number("temptation"),
        imposed: view.number("imposed"),
        guarantee: view.number("guarantee"),
        trust: view.number("trust"),
        restore: view.number("restore"),
        breach_limit: view.small("breach_limit"),
    }
}

fn fighting(view: View<'_>) -> Fighting {
    Fighting {
        rise: view.number("rise"),
        spoiler: view.number("spoiler"),
        no_talks: view.number("no_talks"),
        restraint: view.number("restraint"),
        fall: view.number("fall"),
        ceasefire: view.number("ceasefire"),
        verification: view.number("verification"),
        weariness: view.number("weariness"),
        capture: view.number("capture"),
        advantage: view.number("advantage"),
    }
}

fn spoiling(view: View<'_>) -> Spoiling {
    Spoiling {
        near: view.number("near"),
        growth: view.number("growth"),
        success: view.number("success"),
        blame: view.number("blame"),
    }
}

fn backing(view: View<'_>) -> Backing {
    Backing {
        withdraw: view.number("withdraw"),
        exposure_fades: view.number("exposure_fades"),
        pressure_fades: view.number("pressure_fades"),
    }
}
