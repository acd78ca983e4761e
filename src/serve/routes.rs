//! Which request is answered how.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use crate::chart::escape;
use crate::domain::hex;
use crate::room::{Ask, Form, Order, Refusal, Reply, Room, same};

use super::app::App;
use super::debrief;
use super::forms::{Fields, MOST, digest};
use super::gate::{Origin, SEAT, TEACHER, cookie, is_host, origin};
use super::page::{POLICY, SCRIPT, Shell, style};
use super::response::{file, html, plain, to, too_many, with_cookie};
use super::said::{ask_of, order_of};
use super::what_if::{Answer, Full, bars};
use super::{export, project, student, teacher};

/// How long a form may take to arrive.
const PATIENCE: Duration = Duration::from_secs(15);

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asker {
    Nobody,
    Student(String),
    Teacher,
}

/// A request that was let in.
struct Asked {
    asker: Asker,
    /// The student's seat token, or what stands for the teacher.
    token: String,
    /// Whether the script sent it.
    live: bool,
    fields: Fields,
    /// Whether the address asks for names.
    names: bool,
    origin: Origin,
    peer: Option<SocketAddr>,
}

/// Answers a request.
pub(super) async fn answer(app: Arc<App>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let asked = ask(&app, &parts, &path, body).await;
    let mut response = asked.unwrap_or_else(|refused| refused);
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in fixed {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

async fn ask(app: &Arc<App>, parts: &Parts, path: &str, body: Body) -> Result<Response, Response> {
    let (method, headers) = (&parts.method, &parts.headers);
    if !is_host(headers, &app.hosts) {
        app.refuse("a name that is not this server's");
        return Err(plain(StatusCode::MISDIRECTED_REQUEST, "This server is not known by that name."));
    }
    let (asker, token) = who(app, headers).await?;
    let fields = match *method {
        Method::GET | Method::HEAD => Fields::default(),
        Method::POST => self::fields(app, headers, body).await?,
        _ => {
            return Err(plain(
                StatusCode::METHOD_NOT_ALLOWED,
                "This server is read with GET and written to with POST.",
            ));
        }
    };
    let asked = Asked {
        live: headers.contains_key("x-live"),
        origin: origin(headers, &app.hosts),
        names: parts.uri.query() == Some("names=yes"),
        peer: parts.extensions.get::<SocketAddr>().copied(),
        asker,
        token,
        fields,
    };
    if let Asker::Student(who) = &asked.asker {
        if !app.limit.allows(who) {
            app.refuse("a phone that asked too often");
            return Err(too_many());
        }
        let who = who.clone();
        app.keeper.ask(move |room| room.seen(&who, room.now())).await.map_err(|r| refused(&r, &asked))?;
    }
    match (method, path) {
        (&Method::POST, path) => post(app, path, &asked).await,
        (_, path) => get(app, path, &asked).await,
    }
}

async fn who(app: &Arc<App>, headers: &HeaderMap) -> Result<(Asker, String), Response> {
    if cookie(headers, TEACHER).is_some_and(|token| same(token, &app.teacher)) {
        return Ok((Asker::Teacher, app.teacher.clone()));
    }
    let Some(token) = cookie(headers, SEAT).map(str::to_owned) else {
        return Ok((Asker::Nobody, String::new()));
    };
    let own = token.clone();
    let found = app.keeper.ask(move |room| room.people().by_token(&own).map(str::to_owned)).await;
    match found {
        Ok(Some(who)) => Ok((Asker::Student(who), token)),
        Ok(None) => Ok((Asker::Nobody, String::new())),
        Err(refusal) => Err(plain(StatusCode::SERVICE_UNAVAILABLE, &refusal.to_string())),
    }
}

async fn fields(app: &Arc<App>, headers: &HeaderMap, body: Body) -> Result<Fields, Response> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
    let large = || {
        app.refuse("a form that was too large");
        plain(StatusCode::PAYLOAD_TOO_LARGE, "This form is too large.")
    };
    if length.is_some_and(|n| n > MOST) {
        return Err(large());
    }
    match tokio::time::timeout(PATIENCE, to_bytes(body, MOST)).await {
        Ok(Ok(bytes)) => Ok(Fields::read(&String::from_utf8_lossy(&bytes))),
        Ok(Err(_)) => Err(large()),
        Err(_) => Err(plain(StatusCode::REQUEST_TIMEOUT, "The form took too long to arrive.")),
    }
}

async fn get(app: &Arc<App>, path: &str, asked: &Asked) -> Result<Response, Response> {
    match (path, &asked.asker) {
        ("/class.css", _) => Ok(file("text/css; charset=utf-8", style())),
        ("/live.js", _) => Ok(file("text/javascript; charset=utf-8", SCRIPT.into())),
        ("/check", _) => Ok(check(app)),
        ("/", Asker::Teacher) => Ok(to("/teacher")),
        ("/", Asker::Student(_)) => Ok(to("/team")),
        ("/", Asker::Nobody) => Ok(join_page(app, "", "")),
        (path, _) if path.starts_with("/j/") => match &asked.asker {
            Asker::Student(_) => Ok(to("/team")),
            _ => Ok(join_page(app, &path[3..], "")),
        },
        (path, _) if path.starts_with("/seat/") => seat(app, &path[6..]).await,
        (path, _) if path.starts_with("/teacher/link/") => Ok(link(app, &path[14..], asked)),
        ("/here", Asker::Student(_) | Asker::Teacher) => Ok(StatusCode::NO_CONTENT.into_response()),
        ("/live", Asker::Student(who)) => Ok(live(app, Some(who.clone()))),
        ("/live", Asker::Teacher) => Ok(live(app, None)),
        ("/live", Asker::Nobody) => Ok(live(app, Some(String::new()))),
        ("/team" | "/team/part", Asker::Student(who)) => {
            team(app, who, &asked.token, path == "/team/part").await
        }
        ("/team" | "/team/part", _) if asked.live => {
            Err(plain(StatusCode::UNAUTHORIZED, "This seat is not known."))
        }
        ("/team", _) => Ok(to("/")),
        ("/teacher" | "/teacher/part" | "/project" | "/project/part", Asker::Teacher) => {
            desk(app, path).await
        }
        (path, Asker::Teacher) if path.starts_with("/teacher/sheet/") => sheet(app, &path[15..]).await,
        ("/teacher/export", Asker::Teacher) => export::export(app, asked.names).await,
        ("/teacher", Asker::Nobody) if app.password.is_some() => Ok(door(app, "")),
        ("/debrief", Asker::Student(_) | Asker::Teacher) => {
            debrief::index(app, student_of(&asked.asker)).await
        }
        (path, Asker::Student(_) | Asker::Teacher) if path.starts_with("/debrief/") => {
            debrief::page(app, &path[9..], asked.asker == Asker::Teacher).await
        }
        _ => Err(plain(StatusCode::NOT_FOUND, "There is nothing here for you.")),
    }
}

fn student_of(asker: &Asker) -> Option<&str> {
    match asker {
        Asker::Student(who) => Some(who),
        _ => None,
    }
}

/// The link of a seat: it becomes a cookie and is gone from the address.
async fn seat(app: &Arc<App>, token: &str) -> Result<Response, Response> {
    let token = token.to_owned();
    if !app.joins.allows("seat") {
        return Err(too_many());
    }
    let own = token.clone();
    let known = app.keeper.ask(move |room| room.people().by_token(&own).is_some()).await.unwrap_or(false);
    if !known {
        app.refuse("a link to a seat that is nobody's");
        return Err(plain(StatusCode::NOT_FOUND, "This link is not known; ask your teacher for a new one."));
    }
    Ok(with_cookie(to("/team"), SEAT, &token))
}

/// The teacher's link.
fn link(app: &Arc<App>, secret: &str, asked: &Asked) -> Response {
    let near = asked.peer.is_some_and(|p| p.ip().is_loopback());
    if !app.joins.allows("teacher") || !same(secret, &app.teacher) || !(near || app.show_secrets) {
        app.refuse("a teacher's link that is not ours, or from another computer");
        return plain(StatusCode::NOT_FOUND, "There is nothing here for you.");
    }
    with_cookie(to("/teacher"), TEACHER, &app.teacher)
}

/// The page on which the teacher gives the password.
fn door(app: &Arc<App>, problem: &str) -> Response {
    let problem = told(problem);
    let parts = format!(
        "<section id=\"door\" aria-label=\"The console\">{problem}<form method=\"post\" action=\"/teacher/enter\" data-plain=\"1\">\
         <label class=\"line\" for=\"password\">The password of the console</label>\
         <input id=\"password\" type=\"password\" name=\"password\" required autocomplete=\"current-password\">\
         <p><button class=\"main\">Open the console</button></p></form></section>\n"
    );
    html(Shell { title: &app.title, kind: "The teacher's console", class: "", live: None }.page(&parts))
}

/// Opens the console by its password.
async fn enter(app: &Arc<App>, asked: &Asked) -> Result<Response, Response> {
    let gone = || plain(StatusCode::SERVICE_UNAVAILABLE, "Try again.");
    let password = app.password.clone().ok_or_else(gone)?;
    if !app.tries.allows("password") {
        app.refuse("passwords tried too often");
        return Err(too_many());
    }
    let _one = app.trying.acquire().await.map_err(|_| gone())?;
    let text = asked.fields.get("password").to_owned();
    let right = tokio::task::spawn_blocking(move || password.is(&text)).await.map_err(|_| gone())?;
    if !right {
        app.refuse("a wrong password for the console");
        let mut page = door(app, "This is not the password.");
        *page.status_mut() = StatusCode::FORBIDDEN;
        return Err(page);
    }
    Ok(with_cookie(to("/teacher"), TEACHER, &app.teacher))
}

/// What was wrong with a form, above it; nothing where nothing was.
fn told(problem: &str) -> String {
    if problem.is_empty() { String::new() } else { format!("<p role=\"status\">{}</p>", escape(problem)) }
}

fn join_page(app: &Arc<App>, code: &str, problem: &str) -> Response {
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).take(6).collect();
    let (problem, key) = (told(problem), fresh());
    let parts = format!(
        "<section id=\"join\" aria-label=\"Join\">{problem}<form method=\"post\" action=\"/join\" data-plain=\"1\">\
         <input type=\"hidden\" name=\"key\" value=\"{key}\">\
         <label class=\"line\" for=\"code\">The code on the wall</label>\
         <input id=\"code\" type=\"text\" name=\"code\" value=\"{code}\" required maxlength=\"6\" autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\">\
         <label class=\"line\" for=\"name\">Your name, as your class knows it</label>\
         <input id=\"name\" type=\"text\" name=\"name\" required maxlength=\"40\" autocomplete=\"off\">\
         <p><button class=\"main\">Join</button></p></form></section>\n"
    );
    html(Shell { title: &app.title, kind: "A class at the table", class: "", live: None }.page(&parts))
}

/// Bits for the key of a form.
fn fresh() -> String {
    let mut bytes = [0; 16];
    // Without random bits a key is still one of its kind, and a form sent twice is only not known again.
    let _ = getrandom::fill(&mut bytes);
    hex(&bytes)
}

fn check(app: &Arc<App>) -> Response {
    let parts = "<section id=\"check\" aria-label=\"Self-check\"><p class=\"done\">This phone reaches the teacher's computer.</p>\
                 <p id=\"stream\">If no line above says “connecting” or “no connection” for ten seconds, the live channel stays open.</p>\
                 <p><a class=\"button\" href=\"/\">Join</a></p></section>\n";
    html(
        Shell { title: "Self-check", kind: &app.title, class: "", live: Some(("/check/part", "/live")) }
            .page(parts),
    )
}

/// The stream of events: that something has changed, never what.
fn live(app: &Arc<App>, who: Option<String>) -> Response {
    let boot = app.boot.clone();
    let mut last = None;
    let stream = WatchStream::new(app.keeper.board()).filter_map(move |board| {
        let version = match &who {
            Some(who) => board.students.get(who).copied().unwrap_or(0),
            None => board.teacher,
        };
        let fresh = last.replace(version) != Some(version);
        fresh.then(|| {
            Ok::<Event, Infallible>(Event::default().id(format!("{boot}-{version}")).data("changed"))
        })
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(10))).into_response()
}

async fn team(app: &Arc<App>, who: &str, token: &str, part: bool) -> Result<Response, Response> {
    let id = who.to_owned();
    let found = app.keeper.ask(move |room| {
        let version = room.version_for(&id);
        let asked = room.asked().map(str::to_owned);
        room.student(&id).map(|view| (view, version, teacher::outcomes(room), asked))
    });
    let found = found.await.map_err(|r| plain(StatusCode::SERVICE_UNAVAILABLE, &r.to_string()))?;
    let Some((view, version, outcomes, asked)) = found else {
        return Err(plain(StatusCode::UNAUTHORIZED, "This seat is not known."));
    };
    let answer = match asked.filter(|_| view.what_if.as_ref().is_some_and(|w| w.answered)) {
        Some(id) => app.oracle.get(&id).map_or_else(
            || {
                // The program may have been gone meanwhile.
                look(app, &id).map_or(String::new(), |()| "<p>The answer is being worked out …</p>".into())
            },
            |a| bars(&a, &outcomes),
        ),
        None => String::new(),
    };
    let proof = digest(&["proof", token]);
    let key = digest(&["key", token, &app.boot, &version.to_string()]);
    let parts = student::parts(&view, &student::Proof { proof: &proof, key: &key }, &outcomes, &answer);
    Ok(html(match part {
        true => format!("<main>{parts}</main>"),
        false => {
            Shell { title: &app.title, kind: &view.name, class: "", live: Some(("/team/part", "/live")) }
                .page(&parts)
        }
    }))
}

/// The sheet of a team, for the teacher to fill in.
async fn sheet(app: &Arc<App>, team: &str) -> Result<Response, Response> {
    let none = || plain(StatusCode::NOT_FOUND, "There is no such team.");
    let (group, role) = team.split_once('/').ok_or_else(none)?;
    let (group, role) = (group.parse().map_err(|_| none())?, role.to_owned());
    let own = app.clone();
    let page =
        app.keeper.ask(move |room| teacher::sheet(room, (group, &role), &digest(&["proof", &own.teacher])));
    let parts = page.await.map_err(|r| plain(StatusCode::SERVICE_UNAVAILABLE, &r.to_string()))?;
    Ok(html(
        Shell { title: &app.title, kind: "From paper", class: "", live: None }.page(&parts.ok_or_else(none)?),
    ))
}

async fn desk(app: &Arc<App>, path: &str) -> Result<Response, Response> {
    let (own, projected) = (app.clone(), path.starts_with("/project"));
    let page = app.keeper.ask(move |room| {
        let shown = room.asked().filter(|id| room.answered(id));
        let answer = shown.and_then(|id| own.oracle.get(id));
        if projected {
            return project::parts(room, &own.addresses, answer.as_ref());
        }
        let proof = digest(&["proof", &own.teacher]);
        let (refused, debrief) = (own.refused(), own.debrief_state());
        let desk = teacher::Desk {
            proof: &proof,
            addresses: &own.addresses,
            refused: &refused,
            answer: answer.as_ref(),
            debrief: &debrief,
        };
        teacher::parts(room, &desk)
    });
    let parts = page.await.map_err(|r| plain(StatusCode::SERVICE_UNAVAILABLE, &r.to_string()))?;
    Ok(html(match (path.ends_with("/part"), projected) {
        (true, _) => format!("<main>{parts}</main>"),
        (_, true) => Shell {
            title: &app.title,
            kind: "A class at the table",
            class: "wide project",
            live: Some(("/project/part", "/live")),
        }
        .page(&parts),
        _ => Shell {
            title: &app.title,
            kind: "The teacher's console",
            class: "wide",
            live: Some(("/teacher/part", "/live")),
        }
        .page(&parts),
    }))
}

async fn post(app: &Arc<App>, path: &str, asked: &Asked) -> Result<Response, Response> {
    match (path, &asked.asker) {
        ("/join", _) => join(app, asked).await,
        ("/teacher/enter", Asker::Nobody | Asker::Teacher) if app.password.is_some() => {
            own_page(app, asked, true)?;
            enter(app, asked).await
        }
        ("/teacher/do", Asker::Teacher) => {
            own_page(app, asked, proved(asked))?;
            teach(app, asked).await
        }
        (_, Asker::Student(who)) => {
            own_page(app, asked, proved(asked))?;
            let Some(ask) = ask_of(path, &asked.fields) else {
                return Err(plain(
                    StatusCode::NOT_FOUND,
                    "There is no such form, or something is missing in it.",
                ));
            };
            let form = Form { who: Some(who.clone()), key: asked.fields.get("key").to_owned(), ask };
            let reply = app.keeper.ask(move |room| room.form(&form)).await;
            match reply {
                Ok(Ok(_)) => Ok(done(asked, "/team")),
                Ok(Err(refusal)) | Err(refusal) => Err(refused(&refusal, asked)),
            }
        }
        _ => {
            app.refuse("a form from somebody without a seat");
            Err(plain(
                StatusCode::UNAUTHORIZED,
                "This seat is not known here; ask your teacher for a new link.",
            ))
        }
    }
}

/// Whether a form has the proof of the asker's pages.
fn proved(asked: &Asked) -> bool {
    same(asked.fields.get("proof"), &digest(&["proof", &asked.token]))
}

/// Refuses a form that no page of ours has sent; `proved` counts where the browser does not say whose page it was.
fn own_page(app: &Arc<App>, asked: &Asked, proved: bool) -> Result<(), Foreign> {
    let own = match asked.origin {
        Origin::Own => true,
        Origin::Unsaid => proved,
        Origin::Other => false,
    };
    if own {
        return Ok(());
    }
    app.refuse("a form from a page of elsewhere");
    Err(Foreign)
}

/// A form that no page of ours has sent.
struct Foreign;

impl From<Foreign> for Response {
    fn from(_: Foreign) -> Self {
        plain(StatusCode::FORBIDDEN, "This form did not come from a page of this server.")
    }
}

fn done(asked: &Asked, back: &str) -> Response {
    if asked.live { StatusCode::NO_CONTENT.into_response() } else { to(back) }
}

fn refused(refusal: &Refusal, asked: &Asked) -> Response {
    let status = match refusal {
        Refusal::Nobody => StatusCode::UNAUTHORIZED,
        Refusal::Key
        | Refusal::Changed
        | Refusal::Stated
        | Refusal::Round(_)
        | Refusal::Behind(_)
        | Refusal::Pen => StatusCode::CONFLICT,
        Refusal::Broken(_) => StatusCode::INSUFFICIENT_STORAGE,
        Refusal::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
        Refusal::Closed | Refusal::Full(_) | Refusal::Paused => StatusCode::FORBIDDEN,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let text = crate::telling::play::capital(&refusal.to_string());
    if asked.live {
        return plain(status, &text);
    }
    let parts = format!(
        "<section id=\"refused\" aria-label=\"Not done\"><p>{}.</p><p><a class=\"button\" href=\"/\">Back</a></p></section>\n",
        escape(&text)
    );
    let page = Shell { title: "Not done", kind: "", class: "", live: None }.page(&parts);
    (status, html(page)).into_response()
}

async fn join(app: &Arc<App>, asked: &Asked) -> Result<Response, Response> {
    // Who joins has no seat yet, and so no proof.
    own_page(app, asked, true)?;
    if !app.joins.allows("join") {
        app.refuse("joining too often at once");
        return Err(too_many());
    }
    let code = asked.fields.get("code").trim().to_uppercase();
    if code != app.code {
        app.refuse("a wrong code");
        let mut page = join_page(app, &code, "This is not the code on the wall.");
        *page.status_mut() = StatusCode::FORBIDDEN;
        return Err(page);
    }
    let (name, key) = (asked.fields.get("name").to_owned(), asked.fields.get("key").to_owned());
    let form = Form { who: None, key, ask: Ask::Join { name } };
    let reply = app.keeper.ask(move |room| match room.form(&form)? {
        Reply::Joined(who) => room.people().token(&who).ok_or(Refusal::Nobody),
        Reply::Done => Err(Refusal::Nobody),
    });
    match reply.await {
        Ok(Ok(token)) => Ok(with_cookie(done(asked, "/team"), SEAT, &token)),
        Ok(Err(refusal @ (Refusal::Name | Refusal::Roster))) => {
            let mut page = join_page(app, &code, &crate::telling::play::capital(&format!("{refusal}.")));
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Err(page)
        }
        Ok(Err(refusal)) | Err(refusal) => Err(refused(&refusal, asked)),
    }
}

async fn teach(app: &Arc<App>, asked: &Asked) -> Result<Response, Response> {
    let Some(order) = order_of(&asked.fields) else {
        return Err(plain(StatusCode::NOT_FOUND, "There is no such order, or something is missing in it."));
    };
    if let Order::Ask { what_if, .. } = &order {
        let (own, asked_for) = (app.oracle.clone(), what_if.clone());
        let checked = tokio::task::spawn_blocking(move || own.check(&asked_for)).await;
        let checked = checked.unwrap_or_else(|e| Err(e.to_string())).map_err(Refusal::WhatIf);
        checked.and_then(|()| look(app, what_if)).map_err(|refusal| refused(&refusal, asked))?;
    }
    // A round is closed once, however often the button is pressed, and a sheet is entered for the round it was shown for.
    let due = asked.fields.number("round");
    let reply = app.keeper.ask(move |room: &mut Room<'static>| {
        let asked = match &order {
            Order::Close { group } => Some(*group),
            Order::Enter { group, .. } => Some(Some(*group)),
            _ => None,
        };
        let other =
            |group: Option<usize>| due.filter(|round| room.due(group).map(usize::from) != Some(*round));
        if let Some(round) = asked.and_then(other) {
            return Err(Refusal::Round(u8::try_from(round).unwrap_or(u8::MAX)));
        }
        let before = room.asked().map(str::to_owned);
        room.order(&order)?;
        // What nobody waits for any more is not worked out.
        let gone = before.filter(|before| room.asked() != Some(before) && !room.answered(before));
        Ok((gone, room.asked().map(str::to_owned), room.debriefed()))
    });
    match reply.await {
        Ok(Ok((gone, asked_for, debriefed))) => {
            gone.iter().for_each(|what_if| app.oracle.cancel(what_if));
            if let Some(what_if) = asked_for {
                // Where too many wait already, whoever shows the answer looks again.
                let _ = look(app, &what_if);
            }
            if debriefed {
                debrief::begin(app);
            }
            Ok(done(asked, "/teacher"))
        }
        Ok(Err(refusal)) | Err(refusal) => Err(refused(&refusal, asked)),
    }
}

/// Looks for the answer to a what-if; whoever waits for it is told when it is there.
fn look(app: &Arc<App>, what_if: &str) -> Result<(), Refusal> {
    let (keeper, waits, id) = (app.keeper.clone(), tokio::runtime::Handle::current(), what_if.to_owned());
    let found = move |answer: Option<&Answer>| {
        let (keeper, id, answer) = (keeper.clone(), id.clone(), answer.cloned());
        let keep = move |room: &mut Room<'static>| match answer {
            Some(answer) => room.found(&id, &answer.without, &answer.with),
            None => {
                room.stir();
                Ok(())
            }
        };
        drop(waits.spawn(async move { keeper.ask(keep).await }));
    };
    app.oracle.look(what_if, found).map_err(|Full(n)| Refusal::Busy(n))
}
