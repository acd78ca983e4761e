//! The procedure that a domain's own rules ask for, and what is lost where there is none.

use super::Style;
use crate::domain::MOST_PACKAGES;
use crate::exchange::{Domain, Values};

/// How imported talks settle a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Procedure {
    /// Stacked alternating offers, the protocol of the automated-negotiation field.
    Offers,
    /// A proposer a round offers a package and all vote: games in which some may refuse.
    Ballot,
    /// The same item by item.
    Vote,
    /// Item by item, where there are more packages than can be listed.
    ByItem,
}

impl Procedure {
    pub(super) fn of(domain: &Domain) -> Self {
        match () {
            () if domain.packages() > MOST_PACKAGES as f64 && domain.may_refuse > 0 => Self::Vote,
            () if domain.packages() > MOST_PACKAGES as f64 => Self::ByItem,
            () if domain.may_refuse > 0 => Self::Ballot,
            () => Self::Offers,
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Offers | Self::Ballot => "alternating-offers",
            Self::Vote => "vote",
            Self::ByItem => "item-by-item",
        }
    }

    /// Whether whole packages are offered.
    pub(super) fn whole(self) -> bool {
        matches!(self, Self::Offers | Self::Ballot)
    }

    /// The most options of an item.
    pub(super) fn most_options(self) -> u64 {
        if self.whole() { MOST_LISTED } else { MOST_BY_ITEM }
    }

    /// MiCRO counts offers: where none are made, a party concedes evenly instead.
    pub(super) fn tactic(self, style: Style) -> Style {
        if style == Style::Micro && !self.whole() { Style::Linear } else { style }
    }

    /// What a scenario does not say as the files do.
    pub(super) fn losses(self, domain: &Domain, losses: &mut Vec<String>) {
        if !self.whole() {
            losses.push(format!(
                "{:.0} packages: offers of whole packages are listed up to {MOST_PACKAGES}; these talks go item by item",
                domain.packages()
            ));
        }
        if self == Self::Vote {
            losses.push(
                "a proposer a round moves one option after the other and all vote; the whole is signed if it passes with \
                 every minimum counted"
                    .into(),
            );
        }
        for issue in domain.issues.iter().filter(|i| matches!(i.values, Values::Real { .. })) {
            losses.push(format!(
                "issue “{}” is continuous: {} equally distant values become options",
                issue.name,
                issue.values.count()
            ));
        }
        if let Some(package) = &domain.initial {
            let labels: Vec<String> =
                package.iter().zip(&domain.issues).map(|(v, i)| i.values.label(*v as u64)).collect();
            losses.push(format!("talks begin with nothing on the table, not with {}", labels.join(", ")));
        }
    }
}

/// The most options of an item where whole packages are offered, and where items are settled one by one.
const MOST_LISTED: u64 = 254;
const MOST_BY_ITEM: u64 = 32;
