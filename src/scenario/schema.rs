//! The JSON Schema.
/// The schema.
pub(super) fn schema() -> serde_json::Value {
    serde_json::Value::Null
}
