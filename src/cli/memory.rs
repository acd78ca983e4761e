//! How much memory may be used.

use sysinfo::{MemoryRefreshKind, RefreshKind, System};
#[cfg(unix)]
use sysinfo::{ProcessRefreshKind, ProcessesToUpdate};

use crate::drivers::enumerate::MemoryBudget;

/// Part of the free memory that is used, of four.
const SHARE: u64 = 3;
/// Where it is not known how much memory is free.
const UNKNOWN: u64 = 1 << 30;

/// So many states where that is said, whatever they take; else as many as fit into the memory that is free.
pub(super) fn room(states: Option<usize>) -> MemoryBudget {
    states.map_or_else(|| MemoryBudget::bytes(free().unwrap_or(UNKNOWN) / 4 * SHARE), MemoryBudget::of)
}

/// Bytes of memory that are free. A container may be allowed less than the machine has, and a process less than that.
fn free() -> Option<u64> {
    let what = RefreshKind::nothing().with_memory(MemoryRefreshKind::nothing().with_ram());
    let system = System::new_with_specifics(what);
    let here = system.cgroup_limits().map_or(u64::MAX, |limits| limits.free_memory);
    let free = system.available_memory().min(here).min(address_space().unwrap_or(u64::MAX));
    Some(free).filter(|free| *free > 0)
}

/// Bytes of addresses that this process may still take (`ulimit -v`, `ulimit -d`), where that is limited.
#[cfg(unix)]
fn address_space() -> Option<u64> {
    use rustix::process::{Resource, getrlimit};
    let limit = [Resource::As, Resource::Data].into_iter().filter_map(|r| getrlimit(r).current).min()?;
    let this = sysinfo::get_current_pid().ok()?;
    let mut system = System::new();
    let what = ProcessRefreshKind::nothing().with_memory();
    system.refresh_processes_specifics(ProcessesToUpdate::Some(&[this]), false, what);
    // What is taken already counts too.
    Some(limit.saturating_sub(system.process(this)?.virtual_memory()).max(1))
}

/// Other systems know no such limit.
#[cfg(not(unix))]
fn address_space() -> Option<u64> {
    None
}
