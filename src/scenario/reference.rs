//! The reference.
/// The reference.
pub(super) fn reference() -> String {
    String::new()
}
