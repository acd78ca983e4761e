//! Who may come in: hosts, origins, cookies, and how often.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Instant;

use axum::http::{HeaderMap, header};

/// The cookie of a student's seat.
pub(super) const SEAT: &str = "baraza-seat";
/// The teacher's cookie.
pub(super) const TEACHER: &str = "baraza-teacher";

/// The value of a cookie.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    all.flat_map(|v| v.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value)
    })
}

/// Sets a cookie that no script reads and no other site sends.
pub(super) fn set_cookie(name: &str, value: &str) -> String {
    format!("{name}={value}; Path=/; Max-Age=86400; HttpOnly; SameSite=Strict")
}

/// Whether a request names this server by one of the names that it goes by: else a page of elsewhere had a name of its own lead here.
pub(super) fn is_host(headers: &HeaderMap, hosts: &[String]) -> bool {
    let host = headers.get(header::HOST).and_then(|v| v.to_str().ok());
    host.is_some_and(|host| hosts.iter().any(|own| own.eq_ignore_ascii_case(host)))
}

/// Where a form came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// A page of this server.
    Own,
    /// The browser does not say: it sends no referrer. A proof in the form says it instead.
    Unsaid,
    /// A page of elsewhere.
    Other,
}

/// Where a form came from.
pub(super) fn origin(headers: &HeaderMap, hosts: &[String]) -> Origin {
    match headers.get(header::ORIGIN).map(|v| v.to_str().unwrap_or("?")) {
        None | Some("null") => Origin::Unsaid,
        Some(origin) => match origin.strip_prefix("http://") {
            Some(host) if hosts.iter().any(|own| own.eq_ignore_ascii_case(host)) => Origin::Own,
            _ => Origin::Other,
        },
    }
}

/// How often something may be asked for: so many at once, and so many a second.
#[derive(Debug)]
pub(super) struct Limit {
    burst: f64,
    rate: f64,
    spent: Mutex<HashMap<String, (f64, Instant)>>,
}

impl Limit {
    pub fn new(burst: f64, rate: f64) -> Self {
        Self { burst, rate, spent: Mutex::new(HashMap::new()) }
    }

    /// Whether one more is within the limit of whoever asks.
    pub fn allows(&self, who: &str) -> bool {
        self.allows_at(who, Instant::now())
    }

    fn allows_at(&self, who: &str, now: Instant) -> bool {
        let Ok(mut spent) = self.spent.lock() else { return false };
        let (left, last) = spent.entry(who.to_owned()).or_insert((self.burst, now));
        *left = (*left + now.duration_since(*last).as_secs_f64() * self.rate).min(self.burst);
        *last = now;
        let allowed = *left >= 1.0;
        if allowed {
            *left -= 1.0;
        }
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_limit_is_one_each() {
        let (limit, now) = (Limit::new(2.0, 1.0), Instant::now());
        assert!(limit.allows_at("a", now) && limit.allows_at("a", now) && !limit.allows_at("a", now));
        assert!(limit.allows_at("b", now));
        let later = now + Duration::from_secs(1);
        assert!(limit.allows_at("a", later) && !limit.allows_at("a", later));
    }

    #[test]
    fn only_own_names_lead_here() {
        let hosts = vec!["192.168.1.5:8080".to_owned(), "localhost:8080".to_owned()];
        let with = |name: header::HeaderName, value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, value.parse().expect("it can be"));
            headers
        };
        assert!(is_host(&with(header::HOST, "LOCALHOST:8080"), &hosts));
        assert!(
            !is_host(&with(header::HOST, "evil.example:8080"), &hosts) && !is_host(&HeaderMap::new(), &hosts)
        );
        for (value, found) in [
            ("http://192.168.1.5:8080", Origin::Own),
            ("https://192.168.1.5:8080", Origin::Other),
            ("http://evil.example:8080", Origin::Other),
            ("null", Origin::Unsaid),
        ] {
            assert_eq!(origin(&with(header::ORIGIN, value), &hosts), found, "{value}");
        }
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a=b; baraza-seat=x-y;c=d".parse().expect("it can be"));
        assert_eq!(cookie(&headers, SEAT), Some("x-y"));
        assert_eq!(cookie(&headers, TEACHER), None);
    }
}
