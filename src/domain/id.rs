//! Typed indices: an agent is named by its place in the scenario's list of its kind.

use serde::Serialize;

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub struct $name(pub u8);

        impl $name {
            /// The place as an index into the list of its kind.
            #[inline]
            pub const fn at(self) -> usize {
                self.0 as usize
            }

            /// The id of the `index`-th member of its kind (at most 256 of a kind exist).
            #[inline]
            pub const fn new(index: usize) -> Self {
                debug_assert!(index < 256);
                Self(index as u8)
            }
        }

        impl From<usize> for $name {
            fn from(index: usize) -> Self {
                Self::new(index)
            }
        }
    )+};
}

index! {
    /// A party.
    PartyId,
    /// A seat: one party at one track.
    SeatId,
    /// A mediator.
    MediatorId,
    /// A track.
    TrackId,
    /// An agenda item.
    ItemId,
    /// An option of an agenda item, counted within the item.
    OptionId,
    /// An instrument.
    InstrumentId,
    /// A front.
    FrontId,
    /// A spoiler.
    SpoilerId,
    /// A backer.
    BackerId,
    /// An observer.
    ObserverId,
    /// An event.
    EventId,
    /// An outcome.
    OutcomeId,
    /// A counted reward.
    RewardId,
}
