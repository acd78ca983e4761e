//! Claims about a scenario, as the command line takes them.

use crate::domain::{Claim, World};
use crate::scenario::print_condition;

/// The claim as the command line writes it.
pub(crate) fn told(world: &World, claim: &Claim) -> String {
    let print = |c| print_condition(c, world);
    match claim {
        Claim::Always(c) => format!("always {}", print(c)),
        Claim::Never(c) => format!("never {}", print(c)),
        Claim::Possible(c) => format!("possible {}", print(c)),
        Claim::Whenever { first, then, within } => {
            let within = within.map_or(String::new(), |n| format!(" within {n} rounds"));
            format!("whenever {} then {}{within}", print(first), print(then))
        }
        Claim::Probability { of, at_least, at_most } => {
            let of = print(of);
            let least = at_least.map(|p| format!("P({of}) >= {p}"));
            let most = at_most.map(|p| format!("P({of}) <= {p}"));
            least.into_iter().chain(most).collect::<Vec<_>>().join(" and ")
        }
    }
}
