//! Responses by their kinds.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::gate::set_cookie;

/// The same with a cookie.
pub(super) fn with_cookie(mut response: Response, name: &str, value: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(&set_cookie(name, value)) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    response
}

/// A text of a kind that browsers may keep, and ask about before they use it.
pub(super) fn file(kind: &'static str, text: String) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], text).into_response()
}

/// A page.
pub(super) fn html(text: String) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response()
}

/// Another address.
pub(super) fn to(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, path.to_owned())]).into_response()
}

/// A plain answer.
pub(super) fn plain(status: StatusCode, text: &str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], format!("{text}\n")).into_response()
}

/// Whoever asks too often waits.
pub(super) fn too_many() -> Response {
    plain(StatusCode::TOO_MANY_REQUESTS, "Too many requests: wait a moment.")
}
