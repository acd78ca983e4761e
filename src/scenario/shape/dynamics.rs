//! Shapes of `[dynamics]`; a test holds the defaults against `Dynamics::default()`.

use super::*;

/// Whether a need must be met or exceeded.
pub(in crate::scenario) const THRESHOLDS: &[&str] = &["at-least", "above"];

/// A coefficient of a log hazard.
const HAZARD: Kind = Kind::Number(0.0, 10.0);

/// `[dynamics]`
pub(in crate::scenario) static DYNAMICS: TableShape = TableShape {
    what: "the dynamics",
    header: "[dynamics]",
    doc: "The numbers of the rules. All are teaching assumptions; none is an estimate of the real world.",
    keys: &[
        default("support_points", POINTS, "3", "Points of alternative for each level of backing gained."),
        default(
            "weariness_points",
            POINTS,
            "5",
            "Points of alternative lost for each level of weariness gained.",
        ),
        default("pressure_points", POINTS, "4", "Points of alternative lost for each level of pressure."),
        default(
            "broken_promise",
            FIVE_ODDS,
            "[0.8, 0.6, 0.4, 0.2, 0.05]",
            "Odds that a promise is broken, by trust, lowest first (Walter 1997).",
        ),
        default(
            "guarantee_cover",
            FIVE_ODDS,
            "[0, 0.25, 0.5, 0.75, 1]",
            "Share of a broken promise's loss that a guarantee covers, by level.",
        ),
        default("firm_points", POINTS, "8", "Points a firm mandate adds to a target."),
        default("flexible_points", POINTS, "8", "Points a flexible mandate takes from a target."),
        default(
            "mandate",
            Kind::Table(&MANDATE),
            "{ firm = 0.2, planned = 0.6, flexible = 0.2 }",
            "Odds of the mandates.",
        ),
        default(
            "threshold",
            Kind::Word(THRESHOLDS),
            "\"at-least\"",
            "Whether a need must be met or exceeded.",
        ),
        default("consult", ODDS, "0.05", "Odds that a seated delegation goes home to consult."),
        default("walk_out", Kind::Table(&WALK_OUT), "{}", "Walking out."),
        default("return", Kind::Table(&RETURN), "{}", "Coming back."),
        default("withdraw", ODDS, "0.02", "Odds that a party which is out gives the talks up."),
        default("park", ODDS, "0.15", "Odds that an item contested beside others is put aside."),
        default(
            "reopen",
            ODDS,
            "0.1",
            "Odds that an agreed item is reopened by a party that would not accept it today.",
        ),
        default("mediation", Kind::Table(&MEDIATION), "{}", "Mediation."),
        default(
            "audience_refusal",
            FIVE_ODDS,
            "[0, 0.05, 0.1, 0.2, 0.35]",
            "Odds that a party refuses a text that gives nothing of its opening demand, by audience (Fearon 1994).",
        ),
        default("compliance", Kind::Table(&COMPLIANCE), "{}", "Keeping and breaking promises."),
        default("fighting", Kind::Table(&FIGHTING), "{}", "Fighting."),
        default("spoiling", Kind::Table(&SPOILING), "{}", "Spoilers."),
        default("backing", Kind::Table(&BACKING), "{}", "Backers."),
        default(
            "weariness_odds",
            ODDS,
            "0.25",
            "Odds that weariness rises in a round of heavy fighting, for each belligerent.",
        ),
        default(
            "distrust_odds",
            ODDS,
            "0.2",
            "Odds that trust in the adversary falls in a round of heavy fighting.",
        ),
        default("pressure_fades", ODDS, "0.25", "Odds that pressure on a party falls one level."),
    ],
    others: None,
};

/// `[dynamics.walk_out]`
pub(in crate::scenario) static WALK_OUT: TableShape = TableShape {
    what: "the odds of walking out",
    header: "[dynamics.walk_out]",
    doc: "Odds of walking out: the sum of those that apply.",
    keys: &[
        default("base", ODDS, "0.01", "Always."),
        default("distrust", ODDS, "0.04", "Trust in some other seated party is very low."),
        default(
            "attack",
            ODDS,
            "0.06",
            "For each active spoiler whose attacks it blames on another party of the track.",
        ),
        default("precondition", ODDS, "0.1", "Its precondition does not hold."),
        default("audience", ODDS, "0.02", "For each level of audience above medium."),
    ],
    others: None,
};

/// `[dynamics.return]`
pub(in crate::scenario) static RETURN: TableShape = TableShape {
    what: "the odds of coming back",
    header: "[dynamics.return]",
    doc: "Odds of coming back: the sum of those that apply.",
    keys: &[
        default("base", ODDS, "0.25", "Always."),
        default("shuttle", ODDS, "0.3", "A mediator of the track shuttles."),
        default("weariness", ODDS, "0.05", "For each level of weariness."),
        default(
            "feasible",
            ODDS,
            "0.15",
            "Its alternative is below what the best feasible package gives it.",
        ),
    ],
    others: None,
};

/// `[dynamics.mediation]`
pub(in crate::scenario) static MEDIATION: TableShape = TableShape {
    what: "the numbers of mediation",
    header: "[dynamics.mediation]",
    doc: "What mediators' actions do.",
    keys: &[
        default(
            "believed",
            FIVE_ODDS,
            "[0.1, 0.2, 0.3, 0.45, 0.6]",
            "Odds that facilitation raises trust, by credibility.",
        ),
        default("partner", ODDS, "0.05", "What each partner organisation adds to them."),
        default("face_saving", POINTS, "6", "Points by which a formulated option eases each party's need."),
        default("carrot", POINTS, "8", "Points by which a carrot eases a party's need."),
        default("proximity", ODDS, "0.5", "Share of the odds of facilitation that proximity talks keep."),
        default(
            "press_backer",
            FIVE_ODDS,
            "[0.1, 0.2, 0.35, 0.5, 0.65]",
            "Odds that pressing a backer succeeds, by leverage.",
        ),
    ],
    others: None,
};

/// `[dynamics.compliance]`
pub(in crate::scenario) static COMPLIANCE: TableShape = TableShape {
    what: "the numbers of compliance",
    header: "[dynamics.compliance]",
    doc: "Breach odds = base · exp(sum), a proportional hazard (Fortna 2003).",
    keys: &[
        default(
            "base",
            ODDS,
            "0.06",
            "Odds of a breach for each obliged party and round where nothing else applies.",
        ),
        default("verification", HAZARD, "0.6", "Lowers the log hazard: verification in force."),
        default("separation", HAZARD, "0.5", "Lowers it: separation of forces in force."),
        default("joint_body", HAZARD, "0.4", "Lowers it: a joint body in force."),
        default("excluded", HAZARD, "0.3", "Raises it: each active spoiler."),
        default("backers", HAZARD, "0.15", "Raises it: each level of backing of the party above its start."),
        default(
            "temptation",
            HAZARD,
            "0.03",
            "Raises it: each point by which the alternative exceeds what the text gives.",
        ),
        default("imposed", HAZARD, "0.5", "Raises it: an item was imposed and the pressure is gone."),
        default("guarantee", HAZARD, "0.25", "Lowers it: each level of guarantee on its items, averaged."),
        default(
            "trust",
            HAZARD,
            "0.2",
            "Lowers it: each level of trust above medium, averaged (raises it below).",
        ),
        default("restore", ODDS, "0.3", "Odds that a suspended instrument is kept again."),
        default("breach_limit", Kind::Int(1, 9), "3", "Breaches after which an instrument is broken."),
    ],
    others: None,
};

/// `[dynamics.fighting]`
pub(in crate::scenario) static FIGHTING: TableShape = TableShape {
    what: "the numbers of fighting",
    header: "[dynamics.fighting]",
    doc: "Odds that fighting at a front rises or falls by a level.",
    keys: &[
        default("rise", ODDS, "0.15", "Rises: always."),
        default("spoiler", ODDS, "0.1", "Rises: each active spoiler there."),
        default("no_talks", ODDS, "0.1", "Rises: a track with a belligerent does not meet."),
        default(
            "restraint",
            ODDS,
            "0.5",
            "Multiplies rising for each belligerent that observes a ceasefire.",
        ),
        default("fall", ODDS, "0.15", "Falls: always."),
        default("ceasefire", ODDS, "0.1", "Falls: each belligerent that observes a ceasefire."),
        default("verification", ODDS, "0.1", "Falls: verification in force."),
        default("weariness", ODDS, "0.03", "Falls: each level of weariness of the weariest belligerent."),
        default(
            "capture",
            ODDS,
            "0.25",
            "Odds that an offensive takes the place when both sides are equally strong.",
        ),
        default(
            "advantage",
            ODDS,
            "0.08",
            "Added for each level of strength the attacker has over the holder.",
        ),
    ],
    others: None,
};

/// `[dynamics.spoiling]`
pub(in crate::scenario) static SPOILING: TableShape = TableShape {
    what: "the numbers of spoiling",
    header: "[dynamics.spoiling]",
    doc: "Spoilers (Stedman 1997; Kydd & Walter 2002).",
    keys: &[
        default(
            "near",
            ODDS,
            "0.15",
            "Added to the odds of acting when a text it opposes is ready or signed.",
        ),
        default("growth", ODDS, "0.08", "Added for each level of strength above the start."),
        default(
            "success",
            ODDS,
            "0.3",
            "Odds that a greedy spoiler grows after a round of heavy fighting at its front.",
        ),
        default(
            "blame",
            ODDS,
            "0.4",
            "Odds that its attack is blamed on another party; none under verification.",
        ),
    ],
    others: None,
};

/// `[dynamics.backing]`
pub(in crate::scenario) static BACKING: TableShape = TableShape {
    what: "the numbers of backing",
    header: "[dynamics.backing]",
    doc: "Backers (Salehyan 2009).",
    keys: &[
        default(
            "withdraw",
            ODDS,
            "0.4",
            "Odds of drawing back a level when exposure and pressure exceed the tolerance.",
        ),
        default("exposure_fades", ODDS, "0.15", "Odds that exposure fades a level."),
        default("pressure_fades", ODDS, "0.2", "Odds that pressure fades a level."),
    ],
    others: None,
};
