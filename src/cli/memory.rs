//! How many states fit into the memory that is free.

use std::fs;

/// Part of the free memory that is used.
const SHARE: f64 = 0.6;
/// States where it is not known how much memory is free.
const UNKNOWN: usize = 8_000_000;

/// States that fit, for a scenario with so many cells. A key takes less than a bit a cell and bound; this assumes
/// two bits for each.
pub(super) fn states(cells: usize) -> usize {
    let words = (cells / 4).div_ceil(8).max(1);
    // A key and two masses, with room to grow, and the index; what is on its way to the next layer as well.
    let bytes = ((words * 8 + 32) * 5 / 4 + 10) * 2;
    free().map_or(UNKNOWN, |free| (free as f64 * SHARE) as usize / bytes)
}

/// States that fit where those of all turns are kept, each with what it is worth to some agents.
pub(super) fn kept(cells: usize) -> u64 {
    let words = (cells / 4).div_ceil(8).max(1);
    let bytes = words as u64 * 8 + 64 + 10;
    free().map_or(UNKNOWN as u64, |free| (free as f64 * SHARE) as u64 / bytes)
}

/// Bytes of memory that are free, where the system says so.
fn free() -> Option<u64> {
    let text = fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find(|l| l.starts_with("MemAvailable:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    // A container may be allowed less than the machine has.
    let limit =
        fs::read_to_string("/sys/fs/cgroup/memory.max").ok().and_then(|t| t.trim().parse::<u64>().ok());
    Some((kib * 1024).min(limit.unwrap_or(u64::MAX)))
}
