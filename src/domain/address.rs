//! Stable addresses for random draws.

use sha2::{Digest, Sha256};

use super::{Seat, World};

/// Stable addresses for random draws: a hash of the agent's kind and id, so that they do not depend on the order
/// in which agents are listed.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Addresses {
    pub party: Vec<u64>,
    pub seat: Vec<u64>,
    pub mediator: Vec<u64>,
    pub track: Vec<u64>,
    pub item: Vec<u64>,
    pub instrument: Vec<u64>,
    pub front: Vec<u64>,
    pub spoiler: Vec<u64>,
    pub backer: Vec<u64>,
    pub observer: Vec<u64>,
    pub event: Vec<u64>,
}

/// The address of an agent: the first eight bytes of SHA-256 of `kind.id`.
pub fn address(kind: &str, id: &str) -> u64 {
    let digest = Sha256::new().chain_update(kind).chain_update(".").chain_update(id).finalize();
    u64::from_le_bytes(std::array::from_fn(|k| digest[k]))
}

/// The address of a draw that two agents share, such as one party's keeping of one instrument.
#[inline]
pub fn shared_address(first: u64, second: u64) -> u64 {
    first.rotate_left(29) ^ second
}

impl Addresses {
    pub(super) fn of(world: &World) -> Self {
        macro_rules! of {
            ($list:ident, $kind:literal) => {
                world.$list.iter().map(|a| address($kind, &a.name.id)).collect()
            };
        }
        let seat = |s: &Seat| {
            shared_address(
                address("party", &world.party(s.party).name.id),
                address("track", &world.track(s.track).name.id),
            )
        };
        Self {
            party: of!(parties, "party"),
            seat: world.seats.iter().map(seat).collect(),
            mediator: of!(mediators, "mediator"),
            track: of!(tracks, "track"),
            item: of!(items, "item"),
            instrument: of!(instruments, "instrument"),
            front: of!(fronts, "front"),
            spoiler: of!(spoilers, "spoiler"),
            backer: of!(backers, "backer"),
            observer: of!(observers, "observer"),
            event: of!(events, "event"),
        }
    }
}
