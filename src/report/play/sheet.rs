//! The role's own numbers in one place.

use crate::report::sheets;

use super::view::View;

/// The confidential sheet of the role, as `baraza sheets` hands it out.
pub fn sheet(view: &View, styled: bool) -> String {
    sheets::role(&view.model.world, view.role, styled)
}
