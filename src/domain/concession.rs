//! Concession curves of the time-dependent tactics.

use super::{Resource, Tactic, TacticKind};

/// Share of the way from its best to its alternative that a party has conceded at time `t` of `deadline`:
/// polynomial κ + (1−κ)(min(t,D)/D)^(1/β), Faratin, Sierra & Jennings 1998. 0..=1.
pub fn polynomial(t: f64, deadline: f64, kappa: f64, beta: f64) -> f64 {
    kappa + (1.0 - kappa) * libm::pow(t.min(deadline) / deadline, 1.0 / beta)
}

/// The exponential curve of the same paper: exp((1 − min(t,D)/D)^β ln κ), κ > 0. 0..=1.
pub fn exponential(t: f64, deadline: f64, kappa: f64, beta: f64) -> f64 {
    libm::exp(libm::pow(1.0 - t.min(deadline) / deadline, beta) * libm::log(kappa))
}

/// A resource-dependent curve: κ + (1−κ)·exp(−rate·max(0, D − t)), where the resource is the time that is left (Faratin,
/// Sierra & Jennings 1998, section 4.2). 0..=1.
pub fn resource(t: f64, deadline: f64, kappa: f64, rate: f64) -> f64 {
    kappa + (1.0 - kappa) * libm::exp(-rate * (deadline - t).max(0.0))
}

/// The round by which parties plan to settle in their own eyes, at the end of round `round`: a soft deadline, moved towards the long run
/// as far as it is not believed. One that has passed slips by as much again, up to the long run, and each time it is believed half as much.
pub fn believed_deadline(deadline: u8, long_run: u8, belief: f64, round: u8) -> f64 {
    let slips = round / deadline.max(1);
    // It slips no further than talks can go on at all.
    let last = f64::from(long_run.max(deadline));
    let set = (f64::from(deadline) * f64::from(u16::from(slips) + 1)).min(last);
    let later = last - set;
    set + later * (1.0 - belief * libm::pow(0.5, f64::from(slips)))
}

impl Tactic {
    /// The share conceded in round `round` before `deadline`, 0..=1; 0 for tactics that time does not move.
    pub fn conceded(&self, round: u8, deadline: u8) -> f64 {
        self.conceded_by(f64::from(round), f64::from(deadline.max(1)))
    }

    /// The share conceded where a share of the time before `deadline` has passed in the eyes of the parties, both 0..=1.
    pub fn conceded_at(&self, share: f64, deadline: u8) -> f64 {
        let d = f64::from(deadline.max(1));
        self.conceded_by(share * d, d)
    }

    fn conceded_by(&self, t: f64, d: f64) -> f64 {
        match self.kind {
            TacticKind::Polynomial { beta } => polynomial(t, d, self.kappa, beta),
            TacticKind::Exponential { beta } => exponential(t, d, self.kappa, beta),
            TacticKind::Resource { rate, resource: Resource::Time } => resource(t, d, self.kappa, rate),
            TacticKind::Resource { .. } => 0.0,
            TacticKind::Micro | TacticKind::Mixture { .. } => 0.0,
            TacticKind::Hardliner | TacticKind::Fixed { .. } | TacticKind::TitForTat { .. } => 0.0,
        }
    }

    /// The share conceded in round `round` with `others` parties at the table, when a pair of them exchanges `offers` offers a round;
    /// 0..=1, and 0 for tactics that company does not move.
    pub fn conceded_among(&self, round: u8, others: usize, offers: f64) -> f64 {
        let n = others as f64;
        let (rate, left) = match self.kind {
            TacticKind::Resource { rate, resource: Resource::Parties } => (rate, n),
            // With each of the others the exchange is equally long: |N|² / (|N| · length).
            TacticKind::Resource { rate, resource: Resource::Patience } => {
                (rate, n / (offers * f64::from(round)))
            }
            _ => return 0.0,
        };
        self.kappa + (1.0 - self.kappa) * libm::exp(-rate * left)
    }
}
