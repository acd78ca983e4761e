//! What `explain` says, by theme.

pub(super) mod change;
pub(super) mod condition;
pub(super) mod file;
pub(super) mod lint;
pub(super) mod meaning;
pub(super) mod structure;
