//! The numbers of the rules. All are teaching assumptions that a scenario may change in `[dynamics]`;
//! none is an estimate of the real world.

use serde::Serialize;

/// Every number of the model's rules, with the defaults of `docs/model.md`.
/// Odds are per round and per chance, 0..=1; summed odds are clamped to 0..=1.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dynamics {
    /// Points of alternative for each level of backing gained.
    pub support_points: u8,
    /// Points of alternative lost for each level of weariness gained.
    pub weariness_points: u8,
    /// Points of alternative lost for each level of pressure.
    pub pressure_points: u8,
    /// Odds that a promise is broken, by trust in the promiser, lowest trust first (Walter 1997).
    pub broken_promise: [f64; 5],
    /// Share of a broken promise's loss that a guarantee covers, by level.
    pub guarantee_cover: [f64; 5],
    /// Points a firm mandate adds to a target.
    pub firm_points: u8,
    /// Points a flexible mandate takes from a target.
    pub flexible_points: u8,
    /// Odds of a firm, planned and flexible mandate; sum to 1.
    pub mandate: [f64; 3],
    /// Whether a need must be exceeded, not only met.
    pub strict: bool,
    /// Odds that a seated delegation goes home to consult.
    pub consult: f64,
    /// Walking out.
    pub walk_out: WalkOut,
    /// Coming back.
    pub returning: Returning,
    /// Odds that a party which is out gives the talks up.
    pub withdraw: f64,
    /// Odds that an item contested beside others is put aside.
    pub park: f64,
    /// Odds that an agreed item is reopened by a party that would not accept it today.
    pub reopen: f64,
    /// Mediation.
    pub mediation: Mediation,
    /// Odds that a party with this audience level refuses a text that gives nothing of its opening demand,
    /// lowest level first; scaled down by what the text does give (Fearon 1994).
    pub audience_refusal: [f64; 5],
    /// Keeping and breaking promises.
    pub compliance: Compliance,
    /// Fighting.
    pub fighting: Fighting,
    /// Spoilers.
    pub spoiling: Spoiling,
    /// Backers.
    pub backing: Backing,
    /// Odds that weariness rises in a round of heavy fighting, for each belligerent.
    pub weariness_odds: f64,
    /// Odds that trust in the adversary falls in a round of heavy fighting.
    pub distrust_odds: f64,
    /// Odds that pressure on a party falls one level.
    pub pressure_fades: f64,
}

/// Odds of walking out: the sum of those that apply.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WalkOut {
    /// Always.
    pub base: f64,
    /// Trust in some other seated party is very low.
    pub distrust: f64,
    /// For each active spoiler whose attacks it blames on another party of the track.
    pub attack: f64,
    /// Its precondition does not hold.
    pub precondition: f64,
    /// For each level of audience above medium.
    pub audience: f64,
}

/// Odds of coming back: the sum of those that apply.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Returning {
    /// Always.
    pub base: f64,
    /// A mediator of the track shuttles.
    pub shuttle: f64,
    /// For each level of weariness.
    pub weariness: f64,
    /// Its alternative is below what the best feasible package gives it.
    pub feasible: f64,
}

/// What mediators' actions do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mediation {
    /// Odds that facilitation raises trust, by credibility.
    pub believed: [f64; 5],
    /// What each partner organisation adds to them.
    pub partner: f64,
    /// Points of 100 of the package by which a formulated option eases each party's need, this turn.
    pub face_saving: u8,
    /// Points of 100 of the package by which a carrot eases a party's need, this turn.
    pub carrot: u8,
    /// Share of the odds of facilitation that proximity talks keep.
    pub proximity: f64,
    /// Odds that pressing a backer succeeds, by leverage.
    pub press_backer: [f64; 5],
}

/// Breach odds h = base · exp(Σ), a proportional hazard (Fortna 2003; Clayton et al.).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compliance {
    /// Odds of a breach for each obliged party and round where nothing else applies.
    pub base: f64,
    /// Lowers the log hazard: verification in force.
    pub verification: f64,
    /// Lowers it: separation of forces in force.
    pub separation: f64,
    /// Lowers it: a joint body in force.
    pub joint_body: f64,
    /// Raises it: each active spoiler (an excluded armed actor).
    pub excluded: f64,
    /// Raises it: each level of backing of the party above its start.
    pub backers: f64,
    /// Raises it: each point by which the alternative exceeds the credit of what the instrument seals.
    pub temptation: f64,
    /// Raises it: an item of the instrument was imposed and the pressure on the party is gone.
    pub imposed: f64,
    /// Lowers it: each level of guarantee on its items, averaged.
    pub guarantee: f64,
    /// Lowers it: each level of trust above medium in the other obliged parties, averaged (raises it below).
    pub trust: f64,
    /// Odds that a suspended instrument is kept again.
    pub restore: f64,
    /// Breaches after which an instrument is broken, unless it names its own limit.
    pub breach_limit: u8,
}

/// Odds that fighting at a front rises or falls by a level: sums of what applies; rising is then multiplied by
/// `restraint` for each belligerent that observes a ceasefire.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fighting {
    /// Rises: always.
    pub rise: f64,
    /// Rises: each active spoiler there.
    pub spoiler: f64,
    /// Rises: a track with a belligerent is suspended, adjourned, collapsed or expired.
    pub no_talks: f64,
    /// Multiplies rising for each belligerent that observes a ceasefire.
    pub restraint: f64,
    /// Falls: always.
    pub fall: f64,
    /// Falls: each belligerent that observes a ceasefire.
    pub ceasefire: f64,
    /// Falls: verification in force.
    pub verification: f64,
    /// Falls: each level of weariness of the weariest belligerent.
    pub weariness: f64,
    /// Odds that an offensive takes the place when both sides are equally strong.
    pub capture: f64,
    /// Added for each level of capability and backing the attacker has over the holder.
    pub advantage: f64,
}

/// Spoilers (Stedman 1997; Kydd & Walter 2002).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spoiling {
    /// Added to the odds of acting when a text it opposes is ready or signed.
    pub near: f64,
    /// Added for each level of strength above the start.
    pub growth: f64,
    /// Odds that a greedy spoiler grows after a round of heavy fighting at a front of its own.
    pub success: f64,
    /// Odds that its attack is blamed on another party and costs trust; none under verification.
    pub blame: f64,
}

/// Backers (Salehyan 2009).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Backing {
    /// Odds of drawing back a level when exposure and pressure together exceed the tolerance.
    pub withdraw: f64,
    /// Odds that exposure fades a level.
    pub exposure_fades: f64,
    /// Odds that pressure fades a level.
    pub pressure_fades: f64,
}

impl Default for Dynamics {
    fn default() -> Self {
        Self {
            support_points: 3,
            weariness_points: 5,
            pressure_points: 4,
            broken_promise: [0.8, 0.6, 0.4, 0.2, 0.05],
            guarantee_cover: [0.0, 0.25, 0.5, 0.75, 1.0],
            firm_points: 8,
            flexible_points: 8,
            mandate: [0.2, 0.6, 0.2],
            strict: false,
            consult: 0.05,
            walk_out: WalkOut { base: 0.01, distrust: 0.04, attack: 0.06, precondition: 0.1, audience: 0.02 },
            returning: Returning { base: 0.25, shuttle: 0.3, weariness: 0.05, feasible: 0.15 },
            withdraw: 0.02,
            park: 0.15,
            reopen: 0.1,
            mediation: Mediation {
                believed: [0.1, 0.2, 0.3, 0.45, 0.6],
                partner: 0.05,
                face_saving: 6,
                carrot: 8,
                proximity: 0.5,
                press_backer: [0.1, 0.2, 0.35, 0.5, 0.65],
            },
            audience_refusal: [0.0, 0.05, 0.1, 0.2, 0.35],
            compliance: Compliance {
                base: 0.06,
                verification: 0.6,
                separation: 0.5,
                joint_body: 0.4,
                excluded: 0.3,
                backers: 0.15,
                temptation: 0.03,
                imposed: 0.5,
                guarantee: 0.25,
                trust: 0.2,
                restore: 0.3,
                breach_limit: 3,
            },
            fighting: Fighting {
                rise: 0.15,
                spoiler: 0.1,
                no_talks: 0.1,
                restraint: 0.5,
                fall: 0.15,
                ceasefire: 0.1,
                verification: 0.1,
                weariness: 0.03,
                capture: 0.25,
                advantage: 0.08,
            },
            spoiling: Spoiling { near: 0.15, growth: 0.08, success: 0.3, blame: 0.4 },
            backing: Backing { withdraw: 0.4, exposure_fades: 0.15, pressure_fades: 0.2 },
            weariness_odds: 0.25,
            distrust_odds: 0.2,
            pressure_fades: 0.25,
        }
    }
}
