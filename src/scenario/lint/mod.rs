//! Doubts: what is legal but probably wrong.

use super::ids::Ids;
use super::lower::Lowered;
use super::report::Report;
use super::tree::Table;

/// Reports what is legal but probably wrong.
pub(super) fn lint(_root: &Table, _ids: &Ids, _lowered: &Lowered, _report: &mut Report) {}
