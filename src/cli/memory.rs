//! How much memory may be used.

use sysinfo::{MemoryRefreshKind, RefreshKind, System};

use crate::drivers::enumerate::Room;

/// Part of the free memory that is used, of four.
const SHARE: u64 = 3;
/// Where it is not known how much memory is free.
const UNKNOWN: u64 = 1 << 30;

/// So many states where that is said, whatever they take; else as many as fit into the memory that is free.
pub(super) fn room(states: Option<usize>) -> Room {
    states.map_or_else(|| Room::bytes(free().unwrap_or(UNKNOWN) / 4 * SHARE), Room::of)
}

/// Bytes of memory that are free. A container may be allowed less than the machine has.
fn free() -> Option<u64> {
    let what = RefreshKind::nothing().with_memory(MemoryRefreshKind::nothing().with_ram());
    let system = System::new_with_specifics(what);
    let here = system.cgroup_limits().map_or(u64::MAX, |limits| limits.free_memory);
    Some(system.available_memory().min(here)).filter(|free| *free > 0)
}
