//! The role's own numbers in one place.

use crate::telling::handouts;
use crate::text::paper::Paper;

use super::view::View;

/// The confidential sheet of the role, as `baraza sheets` hands it out.
pub fn sheet(view: &View, paper: impl Into<Paper>) -> String {
    handouts::role(&view.model.world, view.role, paper)
}
