//! The debriefing of a class: its groups side by side, and a page for each group, worked out beside the talks.

use std::fmt::Write;
use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use crate::chart::escape;
use crate::room::{Folder, STUDENTS, keep_pages};
use crate::store::Door;
use crate::studies::class::{Class, PAGES, RUNS};

use super::app::{App, Pages};
use super::page::{Shell, part};
use super::response::{html, plain};

/// Makes the pages, unless they are there or being made.
pub(super) fn begin(app: &Arc<App>) {
    if let Ok(mut pages) = app.pages.lock() {
        if !matches!(*pages, Pages::None | Pages::Failed(_)) {
            return;
        }
        *pages = Pages::Making;
    }
    let app = app.clone();
    let runtime = tokio::runtime::Handle::current();
    runtime.clone().spawn(async move {
        let taken = app.keeper.ask(|room| {
            let sessions = room.groups().iter().map(|g| g.session.clone()).collect();
            (sessions, room.folder().path().to_owned())
        });
        let Ok((sessions, folder)) = taken.await else { return };
        std::thread::spawn(move || {
            let made = Folder::look(&folder).map_err(|e| e.to_string()).and_then(|(_, register)| {
                let class = Class { sessions, register, forms: Vec::new(), runs: RUNS };
                app.pool.install(|| class.pages(&mut |_, _| true))
            });
            let pages = match made {
                Ok(made) => {
                    match keep_pages(&folder.join(PAGES), Door::new(true), made.files(), made.students()) {
                        Ok(_) => Pages::Made(Box::new(made)),
                        Err(fault) => Pages::Failed(fault.to_string()),
                    }
                }
                Err(why) => Pages::Failed(why),
            };
            if let Ok(mut held) = app.pages.lock() {
                *held = pages;
            }
            runtime.spawn(async move { app.keeper.ask(crate::room::Room::stir).await });
        });
    });
}

/// The way to the pages, and a student's own predictions.
pub(super) async fn index(app: &Arc<App>, who: Option<&str>) -> Result<Response, Response> {
    open(app).await?;
    begin(app);
    let mut parts = String::new();
    {
        let Ok(pages) = app.pages.lock() else {
            return Err(plain(StatusCode::INTERNAL_SERVER_ERROR, "Try again."));
        };
        let mut inside = format!("<p>{}</p>\n", escape(&pages.state()));
        if let Pages::Made(made) = &*pages {
            inside += "<ul>";
            for (name, title) in made.titles() {
                let _ = write!(inside, "<li><a href=\"/debrief/{name}\">{}</a></li>", escape(&title));
            }
            if who.is_none() {
                let _ = write!(
                    inside,
                    "<li><a href=\"/debrief/students\">The students, for the teacher alone</a></li>"
                );
            }
            inside += "</ul>\n";
            part(&mut parts, "pages", "Pages", &inside);
            if let Some(own) = who.map(|who| made.own(who)).filter(|own| !own.is_empty()) {
                let mut inside = String::from("<ul>");
                for line in own {
                    let _ = write!(inside, "<li>{}</li>", escape(line));
                }
                inside += "</ul>\n";
                part(&mut parts, "own", "Your predictions", &inside);
            }
        } else {
            part(
                &mut parts,
                "pages",
                "Pages",
                &(inside + "<p><a class=\"button\" href=\"/debrief\">Look again</a></p>\n"),
            );
        }
    }
    Ok(html(Shell { title: "Debriefing", kind: &app.title, class: "", live: None }.page(&parts)))
}

/// One of the pages; that of all students is the teacher's alone.
pub(super) async fn page(app: &Arc<App>, name: &str, teacher: bool) -> Result<Response, Response> {
    open(app).await?;
    let Ok(pages) = app.pages.lock() else {
        return Err(plain(StatusCode::INTERNAL_SERVER_ERROR, "Try again."));
    };
    let found = match &*pages {
        Pages::Made(made) if teacher && STUDENTS.strip_suffix(".html") == Some(name) => Some(made.students()),
        Pages::Made(made) => made.page(name),
        _ => None,
    };
    let Some(text) = found else { return Err(plain(StatusCode::NOT_FOUND, "There is no such page.")) };
    let mut response = html(text.to_owned());
    // The page brings its own, stricter policy for scripts, under a hash.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    Ok(response)
}

/// Nothing is shown before the teacher opens it.
async fn open(app: &Arc<App>) -> Result<(), Response> {
    match app.keeper.ask(|room| room.debriefed()).await {
        Ok(true) => Ok(()),
        _ => Err(plain(StatusCode::FORBIDDEN, "The debriefing is not open yet.")),
    }
}
