//! The room on the network: nothing hidden is in any response, forms count once, what is forged or too much is refused.

#![cfg(feature = "serve")]

mod support;

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Shutdown, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use baraza::domain::{Model, RoleText};
use baraza::drivers::Head;
use baraza::drivers::decider::Decider;
use baraza::drivers::philox::Stream;
use baraza::room::{FORMAT, Folder, Header, Lesson, Luck, Plan, Room};
use baraza::serve::{Password, Settings, Stop, start};
use baraza::session::{Session, Sight};
use proptest::prelude::*;
use rand::Rng;
use support::generate::{SMALL, scenarios};
use support::secrets::{changed, secret};

const HOST: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// A server that ends with the test.
struct Server {
    port: u16,
    teacher: String,
    stop: Arc<AtomicBool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn header(model: &Model, groups: usize) -> Header {
    let world = &model.world;
    Header {
        format: FORMAT.into(),
        head: Head::new(&world.title, "f", 17, "A class."),
        scenario: "generated.toml".into(),
        roles: world.all_roles().map(|r| world.role_id(r).into_owned()).collect(),
        groups,
        luck: Luck::Shared,
        lesson: "rounds".into(),
        code: "ABCDEF".into(),
    }
}

/// Serves a folder; ids follow from a seed, so that two servers give the same.
fn serve(model: &'static Model, path: &Path, seed: u64) -> Server {
    serve_groups(model, path, seed, 1)
}

fn serve_groups(model: &'static Model, path: &Path, seed: u64, groups: usize) -> Server {
    serve_with(model, path, seed, Setup { groups, ..Setup::default() })
}

/// What a class is begun with.
struct Setup {
    groups: usize,
    password: Option<&'static str>,
    lesson: &'static str,
}

impl Default for Setup {
    fn default() -> Self {
        Self { groups: 1, password: None, lesson: "rounds" }
    }
}

fn serve_with(model: &'static Model, path: &Path, seed: u64, setup: Setup) -> Server {
    let password = setup.password.map(|text| Password::new(text).expect("it is long enough"));
    let header = Header { lesson: setup.lesson.into(), ..header(model, setup.groups) };
    if !Folder::exists(path) {
        drop(Folder::begin(path, &header, &Room::headers(&header), "secret").expect("the folder is new"));
    }
    let opened = Folder::open(path).expect("it was begun");
    let lesson = Lesson::find(&model.world, Some(setup.lesson)).expect("there is one");
    let mut luck = Stream::new(seed, 0);
    let bits = Box::new(move || u64::from(luck.next_u32()));
    let room = Room::open(model, opened, lesson, Plan::default(), bits).expect("it fits");
    let teacher = room.people().teacher();
    let stop = Arc::new(AtomicBool::new(false));
    let (own, (tell, ready)) = (stop.clone(), channel());
    let thread = std::thread::spawn(move || {
        let stop: Stop = Arc::new(move || own.load(Ordering::SeqCst));
        let settings = Settings {
            room,
            model,
            worlds: Arc::new(|asked: &str| {
                let moved = asked.split_once('=').is_some_and(|(_, value)| value == "right");
                if moved { Ok(support::model(TALKS)) } else { Err(format!("`{asked}` cannot be")) }
            }),
            bind: HOST,
            port: 0,
            addresses: vec![HOST],
            show_secrets: false,
            password,
        };
        start(settings, &stop, |port| tell.send(port).expect("the test waits")).expect("it listens");
    });
    let port = ready.recv().expect("it listens");
    Server { port, teacher, stop, thread: Some(thread) }
}

/// What came back: the status, the head and the body.
#[derive(Clone, Debug, PartialEq)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Server {
    fn send(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect((HOST, self.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("it can be set");
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn head(&self, method: &str, path: &str, cookie: &str, more: &str) -> String {
        let host = format!("127.0.0.1:{}", self.port);
        let cookie = if cookie.is_empty() { String::new() } else { format!("Cookie: {cookie}\r\n") };
        format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{cookie}{more}")
    }

    fn get(&self, path: &str, cookie: &str) -> Answer {
        self.send(format!("{}\r\n", self.head("GET", path, cookie, "")).as_bytes())
    }

    fn post(&self, path: &str, cookie: &str, form: &str) -> Answer {
        self.post_from(&format!("http://127.0.0.1:{}", self.port), path, cookie, form)
    }

    fn post_from(&self, origin: &str, path: &str, cookie: &str, form: &str) -> Answer {
        let more = format!(
            "Origin: {origin}\r\nX-Live: 1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
            form.len()
        );
        self.send(format!("{}\r\n{form}", self.head("POST", path, cookie, &more)).as_bytes())
    }

    /// Joins, and gives the cookie.
    fn join(&self, name: &str, key: &str) -> String {
        let answer = self.post("/join", "", &format!("code=abcdef&name={name}&key={key}"));
        assert_eq!(answer.status, 204, "{answer:?}");
        cookie(&answer)
    }

    fn teach(&self) -> String {
        let answer = self.get(&format!("/teacher/link/{}", self.teacher), "");
        assert_eq!(answer.status, 303, "{answer:?}");
        cookie(&answer)
    }
}

fn cookie(answer: &Answer) -> String {
    let line = answer.head.lines().find_map(|l| l.strip_prefix("set-cookie: ")).expect("a cookie is set");
    assert!(line.contains("HttpOnly") && line.contains("SameSite=Strict"), "{line}");
    line.split(';').next().expect("it has a value").to_owned()
}

fn leaked(text: &str) -> &'static Model {
    Box::leak(Box::new(support::model(text)))
}

const TALKS: &str = include_str!("../scenarios/tutorial/2-mediator.toml");

/// The same again while a seat has asked too often: its limit is not what is looked at.
fn patiently(ask: impl Fn() -> Answer) -> Answer {
    loop {
        let answer = ask();
        if answer.status != 429 {
            return answer;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Every response to a seat: of each page, and of forms that are refused or change nothing.
fn responses(server: &Server, own: &str, round: u8) -> Vec<String> {
    let pages = [
        "/",
        "/team",
        "/team/part",
        "/j/ABCDEF",
        "/check",
        "/here",
        "/debrief",
        "/debrief/class",
        "/debrief/group-1",
        "/debrief/students",
        "/project",
        "/project/part",
        "/teacher",
        "/teacher/part",
        "/teacher/export",
        "/teacher/sheet/1/x",
        "/seat/x",
        "/nothing",
    ];
    let mut all: Vec<String> =
        pages.iter().map(|p| settled(&patiently(|| server.get(p, own)), server.port)).collect();
    let forms = [
        ("/pen", String::new()),
        ("/draft", format!("round={round}&field=none&words=x")),
        ("/sign", format!("round={round}&version=x")),
        ("/guess", "what-if=x&outcome=y".into()),
        ("/vote", "step=1&option=0".into()),
        ("/predict", format!("question=none&round={round}&percent=5")),
        ("/teacher/do", "do=close".into()),
    ];
    for (k, (path, form)) in forms.iter().enumerate() {
        let form = format!("key=form-{round:04}{k:04}&{form}");
        all.push(settled(&patiently(|| server.post(path, own, &form)), server.port));
    }
    all
}

/// What others hide: another world in which they want something else, and moods that nobody but they know.
fn otherwise(open: &'static Model, role: Decider, luck: &mut Stream) -> &'static Model {
    let mut world = changed(&open.world, role, luck);
    // What others alone are told.
    if let Some(exercise) = &mut world.exercise {
        exercise.sheets.retain(|sheet| Decider::from(sheet.role) == role);
        for other in open.world.all_roles().filter(|r| Decider::from(*r) != role) {
            let text = Some(format!("Only they know: {}", luck.next_u32()));
            exercise.sheets.push(RoleText {
                role: other,
                text,
                hints: vec!["Keep it to yourselves.".into()],
            });
        }
    }
    let mut other = Model::new(world);
    for (value, cell) in other.initial.iter_mut().zip(&open.cells) {
        if secret(&open.world, cell.quantity, role) {
            *value = (luck.next_u32() % (u32::from(cell.max) + 1)) as u8;
        }
    }
    Box::leak(Box::new(other))
}

/// Talks that the model plays, round by round, as the server's do without orders.
fn played_by_model<'a>(model: &'a Model, rounds: u8) -> Session<'a> {
    let header = header(model, 1);
    let mut session = Session::new(model, Room::headers(&header).remove(0)).expect("they sit");
    while !session.table().over() && session.table().round() <= rounds {
        let event = session.closing(&[]).expect("a round is due");
        session.apply(&event).expect("it fits");
    }
    session
}

/// What a role may know of talks: the record as it sees it, and the state.
fn known(session: &Session, role: Decider) -> String {
    let (model, table) = (session.model(), session.table());
    let sight = Sight::of(&model.world, role);
    format!("{:?} {:?}", sight.transcript(model, &table.transcript()), table.over())
}

/// A page without what differs from start to start: the keys of forms, and the port.
fn settled(answer: &Answer, port: u16) -> String {
    // Of an address alone: a digest may hold the same digits.
    let text = format!("{}\n{}", answer.head, answer.body).replace(&format!(":{port}"), ":PORT");
    let mut out = String::new();
    let mut rest = text.as_str();
    let mark = "name=\"key\" value=\"";
    while let Some(at) = rest.find(mark) {
        let (before, after) = rest.split_at(at + mark.len());
        out += before;
        rest = after.trim_start_matches(|c: char| c.is_ascii_hexdigit());
    }
    let date = |line: &&str| !line.starts_with("date: ") && !line.starts_with("content-length: ");
    (out + rest).lines().filter(date).collect::<Vec<_>>().join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(12),
        max_shrink_iters: 20,
        ..ProptestConfig::default()
    })]

    /// Whatever is hidden from a role can be anything: no response to its seat changes by a byte.
    #[test]
    fn what_is_hidden_is_in_no_response(draft in scenarios(SMALL), seed: u64, who: prop::sample::Index) {
        let open = leaked(&draft.text());
        let roles: Vec<Decider> = open.world.all_roles().map(Decider::from).collect();
        let place = who.index(roles.len());
        let other = otherwise(open, roles[place], &mut Stream::new(seed, 1));
        let everything = |model: &'static Model| {
            let folder = tempfile::tempdir().expect("a folder");
            let server = serve(model, &folder.path().join("class"), 5);
            // Teams are drawn one after the other: the role is that of this one.
            let cookies: Vec<String> =
                (0..roles.len()).map(|k| server.join(&format!("student-{k}"), &format!("join-{k:08}"))).collect();
            let own = &cookies[place];
            responses(&server, own, 1)
        };
        let (here, there) = (everything(open), everything(other));
        for (a, b) in here.iter().zip(&there) {
            prop_assert_eq!(a, b);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(12),
        max_shrink_iters: 20,
        ..ProptestConfig::default()
    })]

    /// As long as two talks give a role the same to know, round after round, no response to its seat tells them apart.
    #[test]
    fn what_is_hidden_is_in_no_response_of_later_rounds(draft in scenarios(SMALL), seed: u64, who: prop::sample::Index) {
        let open = leaked(&draft.text());
        let roles: Vec<Decider> = open.world.all_roles().map(Decider::from).collect();
        let place = who.index(roles.len());
        let other = otherwise(open, roles[place], &mut Stream::new(seed, 1));
        let alike = |rounds: &u8| {
            let same = [open, other].map(|model| known(&played_by_model(model, *rounds), roles[place]));
            same[0] == same[1]
        };
        let rounds = (1..=4).take_while(alike).count() as u8;
        let everything = |model: &'static Model| {
            let folder = tempfile::tempdir().expect("a folder");
            let server = serve(model, &folder.path().join("class"), 5);
            let cookies: Vec<String> =
                (0..roles.len()).map(|k| server.join(&format!("student-{k}"), &format!("join-{k:08}"))).collect();
            let teacher = server.teach();
            let mut all = Vec::new();
            for round in 1..=rounds {
                if server.post("/teacher/do", &teacher, &format!("do=close&round={round}")).status != 204 {
                    break;
                }
                all.extend(responses(&server, &cookies[place], round + 1));
            }
            all
        };
        let (here, there) = (everything(open), everything(other));
        prop_assert_eq!(here.len(), there.len());
        for (a, b) in here.iter().zip(&there) {
            prop_assert_eq!(a, b);
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(4),
        max_shrink_iters: 8,
        ..ProptestConfig::default()
    })]

    /// What other groups do, and what others write and predict without its coming to the table, is in no response to a seat.
    #[test]
    fn what_others_do_out_of_sight_is_in_no_response(seed: u64, who: prop::sample::Index) {
        let model = leaked(TALKS);
        let roles = model.world.all_roles().count();
        let place = who.index(roles);
        let everything = |variant: u128| {
            let mut luck = Stream::new(seed, variant);
            let mut below = |n: u32| luck.next_u32() % n;
            let folder = tempfile::tempdir().expect("a folder");
            let server = serve_groups(model, &folder.path().join("class"), 5, 2);
            // Teams are drawn one after the other: those of the first group come first.
            let cookies: Vec<String> =
                (0..2 * roles).map(|k| server.join(&format!("student-{k}"), &format!("join-{k:08}"))).collect();
            let teacher = server.teach();
            let mut all = Vec::new();
            for round in 1..=3 {
                for (k, cookie) in cookies.iter().enumerate().filter(|(k, _)| *k != place) {
                    let page = server.get("/team/part", cookie).body;
                    let after = |mark: &str| page.split(mark).nth(1).and_then(|t| t.split('"').next()).map(str::to_owned);
                    let key = format!("{round:04}{k:04}");
                    if let Some(question) = after("name=\"question\" value=\"") {
                        let form = format!("question={question}&round={round}&percent={}&key=predict-{key}", below(101));
                        assert_eq!(server.post("/predict", cookie, &form).status, 204);
                    }
                    if let Some(field) = after("name=\"field\" value=\"floor.") {
                        let form = format!("round={round}&field=floor.{field}&words={}&key=draft-{key}", below(101));
                        assert_eq!(server.post("/draft", cookie, &form).status, 204);
                    }
                    // In the other group it is signed off and played.
                    let page = server.get("/team/part", cookie).body;
                    let version = page.split("name=\"version\" value=\"").nth(1).and_then(|t| t.split('"').next());
                    if let Some(version) = version.filter(|_| k >= roles && below(2) == 0) {
                        let form = format!("round={round}&version={version}&key=sign-{key}");
                        assert_eq!(server.post("/sign", cookie, &form).status, 204);
                    }
                }
                assert_eq!(order(&server, &teacher, &format!("do=close&round={round}")).status, 204);
                all.extend(responses(&server, &cookies[place], round + 1));
            }
            all
        };
        let (here, there) = (everything(1), everything(2));
        for (a, b) in here.iter().zip(&there) {
            prop_assert_eq!(a, b);
        }
    }
}

#[test]
fn a_form_sent_twice_counts_once_also_after_the_server_was_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("class");
    let model = leaked(TALKS);
    let mut server = serve(model, &path, 1);
    let ada = server.join("Ada", "join-00000001");
    assert_eq!(server.join("Ada", "join-00000001"), ada, "the first answer again");
    let page = server.get("/team", &ada);
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Your orders for round 1"), "{}", page.body);
    assert!(page.body.contains("What the model would weigh"), "in the first round, too: {}", page.body);
    let draft = "round=1&field=floor.valley&words=55&key=draft-000001";
    let draft = if page.body.contains("floor.valley") {
        draft.to_owned()
    } else {
        let at = page.body.find("name=\"field\" value=\"floor.").expect("a floor") + 20;
        let field = page.body[at..].split('"').next().expect("it ends");
        format!("round=1&field={field}&words=55&key=draft-000001")
    };
    assert_eq!(server.post("/draft", &ada, &draft).status, 204);
    let version = |server: &Server| {
        let page = server.get("/team", &ada).body;
        let at = page.find("name=\"version\" value=\"").expect("it can sign") + 22;
        page[at..].split('"').next().expect("it ends").to_owned()
    };
    let old = server.post("/sign", &ada, "round=1&version=0&key=sign-0000000");
    assert_eq!(old.status, 409, "{old:?}");
    let sign = format!("round=1&version={}&key=sign-0000001", version(&server));
    assert_eq!(server.post("/sign", &ada, &sign).status, 204);
    drop(server);
    server = serve(model, &path, 2);
    assert_eq!(server.post("/sign", &ada, &sign).status, 204, "the same again");
    assert_eq!(server.post("/draft", &ada, &draft).status, 204);
    assert_eq!(
        server.post("/draft", &ada, &draft.replace("55", "66")).status,
        409,
        "the key with something else"
    );
    assert!(server.get("/team", &ada).body.contains("Signed off."));
    let log = std::fs::read_to_string(path.join("group-1.session.jsonl")).expect("it is there");
    assert_eq!(log.matches("\"orders\"").count(), 1, "{log}");
}

#[test]
fn what_is_forged_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = serve(leaked(TALKS), &folder.path().join("class"), 1);
    let ada = server.join("Ada", "join-00000001");
    let bo = server.join("Bo", "join-00000002");
    // Another's id with one's own signature, a cut token, none.
    let (a, b) = (ada.split_once('=').expect("a value").1, bo.split_once('=').expect("a value").1);
    let mixed = format!(
        "baraza-seat={}-{}",
        a.split_once('-').expect("an id").0,
        b.split_once('-').expect("a mark").1
    );
    for forged in [mixed.as_str(), &ada[..ada.len() - 1], "baraza-seat=", "baraza-teacher=0000", ""] {
        assert_eq!(server.post("/pen", forged, "key=form-0000001").status, 401, "{forged}");
        assert_ne!(server.get("/team", forged).status, 200, "{forged}");
        assert_eq!(server.get("/teacher", forged).status, 404, "{forged}");
    }
    assert_eq!(server.post("/teacher/do", &ada, "do=close").status, 404, "a student is no teacher");
    assert_eq!(server.get("/teacher/link/0123", "").status, 404);
    // Forms of other pages, names that are not ours, paths that lead elsewhere.
    assert_eq!(server.post_from("http://evil.example", "/pen", &ada, "key=form-0000002").status, 403);
    assert_eq!(server.post_from("null", "/pen", &ada, "key=form-0000003&proof=0").status, 403);
    assert_eq!(
        server.post_from("http://evil.example", "/join", "", "code=ABCDEF&name=x&key=join-00000009").status,
        403
    );
    let rebound =
        format!("GET / HTTP/1.1\r\nHost: evil.example:{}\r\nConnection: close\r\n\r\n", server.port);
    assert_eq!(server.send(rebound.as_bytes()).status, 421);
    for path in [
        "/../secret.key",
        "/debrief/../../secret.key",
        "/debrief/%2e%2e%2fsecret.key",
        "/names.json",
        "/class.jsonl",
        "//etc/passwd",
    ] {
        let answer = server.get(path, &ada);
        assert!(matches!(answer.status, 400 | 403 | 404), "{path}: {answer:?}");
        assert!(!answer.body.contains("Ada"), "{path}");
    }
    assert_eq!(server.get("/debrief", &ada).status, 403, "not before it is opened");
    assert_eq!(server.post("/join", "", "code=WRONG1&name=x&key=join-00000010").status, 403);
    let teacher = server.teach();
    let console = server.get("/teacher", &teacher);
    assert_eq!(console.status, 200);
    assert!(console.body.contains("a form from a page of elsewhere"), "the teacher is told");
    let page = server.get("/team", &ada);
    assert!(!page.body.contains(&server.teacher) && !page.head.contains(&server.teacher));
    for header in [
        "content-security-policy: default-src 'none'",
        "referrer-policy: no-referrer",
        "cache-control: no-store",
    ] {
        assert!(page.head.contains(header), "{header}: {}", page.head);
    }
}

#[test]
fn what_is_too_much_is_refused_and_the_lesson_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = serve(leaked(TALKS), &folder.path().join("class"), 1);
    let ada = server.join("%3Cscript%3Ealert(1)%3C/script%3E", "join-00000001");
    let page = server.get("/team", &ada);
    assert!(
        !page.body.contains("<script>alert") && page.body.contains("&lt;script&gt;alert"),
        "names are texts"
    );
    let large = "x".repeat(100_000);
    let answer = server.post("/join", "", &format!("code=ABCDEF&name={large}&key=join-00000002"));
    assert_eq!(answer.status, 413, "{answer:?}");
    let announced = server.head("POST", "/join", "", "Content-Length: 10000000\r\n") + "\r\n";
    assert_eq!(server.send(announced.as_bytes()).status, 413, "it is not even read");
    let heads = server.head("GET", "/", "", &format!("X-Long: {}\r\n", "y".repeat(64 * 1024))) + "\r\n";
    assert!(matches!(server.send(heads.as_bytes()).status, 0 | 431));
    // Connections that say nothing keep nobody waiting.
    let silent: Vec<TcpStream> = (0..50)
        .map(|_| {
            let mut stream = TcpStream::connect((HOST, server.port)).expect("it listens");
            stream.write_all(b"GET / HT").expect("it is there");
            stream
        })
        .collect();
    assert_eq!(server.get("/team", &ada).status, 200);
    silent.iter().for_each(|s| drop(s.shutdown(Shutdown::Both)));
    // Joining has a limit for all together; a seat has one of its own.
    let many: Vec<u16> = (0..400)
        .map(|k| server.post("/join", "", &format!("code=ABCDEF&name=many-{k}&key=many-{k:08}")).status)
        .collect();
    assert!(many.contains(&429) || many.contains(&403), "{many:?}");
    assert_eq!(server.get("/team", &ada).status, 200);
    let often: Vec<u16> = (0..200).map(|_| server.get("/here", &ada).status).collect();
    assert!(often.contains(&204), "{often:?}");
    let teacher = server.teach();
    assert_eq!(server.get("/teacher", &teacher).status, 200);
}

#[test]
fn the_stream_says_that_something_changed_and_not_what() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = serve(leaked(TALKS), &folder.path().join("class"), 1);
    let ada = server.join("Ada", "join-00000001");
    let mut stream = TcpStream::connect((HOST, server.port)).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("it can be set");
    stream
        .write_all(format!("{}\r\n", server.head("GET", "/live", &ada, "")).as_bytes())
        .expect("it is there");
    let mut said = String::new();
    let mut until = |said: &mut String, events: usize| {
        let mut bytes = [0; 1024];
        while said.matches("data: changed").count() < events {
            let read = stream.read(&mut bytes).expect("it goes on");
            assert!(read > 0, "the stream ended: {said}");
            said.push_str(&String::from_utf8_lossy(&bytes[..read]));
        }
    };
    until(&mut said, 1);
    let teacher = server.teach();
    assert_eq!(server.post("/teacher/do", &teacher, "do=close&round=1").status, 204);
    assert_eq!(
        server.post("/teacher/do", &teacher, "do=close&round=1").status,
        409,
        "a round is closed once"
    );
    until(&mut said, 2);
    assert!(said.contains("text/event-stream") && said.contains("id: "), "{said}");
    let events: Vec<&str> = said.lines().filter(|l| l.starts_with("data:")).collect();
    assert!(events.iter().all(|l| *l == "data: changed"), "{events:?}");
    assert!(server.get("/team", &ada).body.contains("Your orders for round 2"));
}

/// Sends a teacher's form.
fn order(server: &Server, teacher: &str, form: &str) -> Answer {
    server.post("/teacher/do", teacher, form)
}

#[test]
fn everything_is_exported_without_its_secrets() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("class");
    let server = serve(leaked(TALKS), &path, 1);
    let ada = server.join("Ada+Lovelace", "join-00000001");
    std::fs::write(path.join("teacher.html"), format!("/teacher/link/{}", server.teacher))
        .expect("it can be");
    assert_eq!(server.get("/teacher/export", &ada).status, 404, "it is the teacher's");
    let teacher = server.teach();
    for (address, names) in [("/teacher/export", false), ("/teacher/export?names=yes", true)] {
        let export = server.get(address, &teacher);
        assert_eq!(export.status, 200, "{export:?}");
        assert!(
            export.head.contains("application/zip") && export.head.contains("class.zip"),
            "{}",
            export.head
        );
        for name in ["class/class.jsonl", "class/group-1.session.jsonl"] {
            assert!(export.body.contains(name), "{name}");
        }
        // Files lie in it as they are, so that what they hold can be seen.
        assert!(export.body.contains("\"join\""), "the log is in it");
        assert!(!export.body.contains("secret.key") && !export.body.contains(&server.teacher));
        assert_eq!(export.body.contains("Lovelace"), names, "{address}");
    }
}

#[test]
fn a_clock_and_a_sheet_from_paper_come_from_the_console() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = serve(leaked(TALKS), &folder.path().join("class"), 1);
    let ada = server.join("Ada", "join-00000001");
    let teacher = server.teach();
    let console = server.get("/teacher", &teacher).body;
    assert!(console.contains("waited for: <span data-past="), "{console}");
    let role =
        console.split("/teacher/sheet/1/").nth(1).and_then(|t| t.split('"').next()).expect("a way to it");
    let place = format!("/teacher/sheet/1/{role}");
    assert_eq!(server.get(&place, &ada).status, 404, "it is the teacher's");
    assert_eq!(server.get("/teacher/sheet/9/nobody", &teacher).status, 404);
    let sheet = server.get(&place, &teacher).body;
    let field = sheet.split("name=\"field:floor.").nth(1).and_then(|t| t.split('"').next()).expect("a party");
    let entered =
        format!("do=enter&group=1&role={role}&round=1&field:floor.{field}=55&field:mandate.{field}=");
    assert_eq!(order(&server, &teacher, &entered).status, 204);
    let page = server.get("/team", &ada).body;
    assert!(page.contains("Signed off.") && page.contains("value=\"55\""), "{page}");
    let late = entered.replace("round=1", "round=2");
    assert_eq!(order(&server, &teacher, &late).status, 409, "another round is due");
    let wrong = entered.replace("=55", "=555");
    assert_eq!(order(&server, &teacher, &wrong).status, 422);
    assert_eq!(order(&server, &teacher, "do=clock&minutes=0").status, 422);
    assert_eq!(order(&server, &teacher, "do=clock&minutes=5").status, 204);
    for address in ["/teacher", "/project"] {
        assert!(
            server.get(address, &teacher).body.contains("Time left for round 1: <b data-left="),
            "{address}"
        );
    }
    assert!(server.get("/team", &ada).body.contains("Time left for round 1: <b data-left="));
    assert_eq!(order(&server, &teacher, "do=clock").status, 204);
    assert!(!server.get("/team", &ada).body.contains("Time left"));
}

#[test]
fn what_the_class_predicts_is_on_no_page_before_it_is_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = serve(leaked(TALKS), &folder.path().join("class"), 1);
    let (ada, bo) = (server.join("Ada", "join-00000001"), server.join("Bo", "join-00000002"));
    assert_eq!(
        server.post("/predict", &ada, "question=water&round=1&percent=37&key=predict-0001").status,
        204
    );
    let teacher = server.teach();
    let everywhere = |text: &str| {
        [("/team", &ada), ("/team", &bo), ("/project", &teacher)]
            .map(|(p, c)| server.get(p, c).body.contains(text))
    };
    assert_eq!(everywhere("on average 37 %"), [false; 3]);
    assert!(server.get("/teacher", &teacher).body.contains("1 of 2 have answered"));
    assert_eq!(order(&server, &teacher, "do=spread&question=water&round=1").status, 204);
    assert_eq!(everywhere("on average 37 %"), [true; 3]);
    assert!(server.get("/team", &bo).body.contains("can no longer be answered"));
    assert_eq!(server.post("/predict", &bo, "question=water&round=1&percent=9&key=predict-0002").status, 422);
}

#[test]
fn values_are_moved_for_the_class_which_sees_no_path_and_no_value() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = serve(leaked(TALKS), &folder.path().join("class"), 1);
    let ada = server.join("Ada", "join-00000001");
    let teacher = server.teach();
    let wrong = order(&server, &teacher, "do=ask&what-if=some.path%3Dwrong");
    assert!(
        wrong.status == 422 && wrong.body.contains("some.path=wrong"),
        "what is wrong is said: {wrong:?}"
    );
    assert!(!server.get("/team", &ada).body.contains("What if"), "nothing was put to the class");
    let asked = "do=ask&what-if=some.path%3Dright&question=And+if+the+elders+were+weary%3F";
    assert_eq!(order(&server, &teacher, asked).status, 204);
    let page = server.get("/team", &ada).body;
    assert!(page.contains("And if the elders were weary?"), "{page}");
    let mark =
        page.split("name=\"what-if\" value=\"").nth(1).and_then(|t| t.split('"').next()).expect("a form");
    let outcome =
        page.split("name=\"outcome\" value=\"").nth(1).and_then(|t| t.split('"').next()).expect("a form");
    let guess = format!("what-if={mark}&outcome={outcome}&key=guess-000001");
    assert_eq!(server.post("/guess", &ada, &guess).status, 204);
    assert_eq!(order(&server, &teacher, "do=answer").status, 204);
    let told = (0..600).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        server.get("/team/part", &ada).body.contains("runs of either world")
    });
    assert!(told, "the answer comes");
    let everything =
        ["/team", "/project"].map(|p| server.get(p, if p == "/team" { &ada } else { &teacher }).body);
    assert!(everything.iter().all(|t| !t.contains("some.path") && !t.contains("right\"")), "{everything:?}");
    assert!(server.get("/team", &ada).body.contains("The class guessed"));
    assert!(server.get("/teacher", &teacher).body.contains("some.path=right"), "the teacher sees it");
    let log = || std::fs::read_to_string(folder.path().join("class/class.jsonl")).expect("it is there");
    while !log().contains("{\"found\":{\"what_if\":\"some.path=right\"") {
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(order(&server, &teacher, "do=withdraw").status, 204);
    assert!(!server.get("/team", &ada).body.contains("weary"));
    assert_eq!(order(&server, &teacher, "do=withdraw").status, 422, "it is gone already");
}

#[test]
fn a_password_opens_the_console_and_is_not_tried_at_will() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = serve(leaked(TALKS), &folder.path().join("open"), 1);
    assert_eq!(server.get("/teacher", "").status, 404, "without one there is no door");
    assert_eq!(server.post("/teacher/enter", "", "password=").status, 401);
    let setup = Setup { password: Some("right & proper"), ..Setup::default() };
    let server = serve_with(leaked(TALKS), &folder.path().join("class"), 1, setup);
    let ada = server.join("Ada", "join-00000001");
    assert!(server.get("/teacher", "").body.contains("type=\"password\""));
    assert_eq!(server.get("/teacher", &ada).status, 404, "a student's seat is not led there");
    let foreign = server.post_from("http://evil.example", "/teacher/enter", "", "password=right+%26+proper");
    assert_eq!(foreign.status, 403);
    assert_eq!(server.post("/teacher/enter", "", "password=wrong").status, 403);
    let entered = server.post("/teacher/enter", "", "password=right+%26+proper");
    assert_eq!(entered.status, 303, "{entered:?}");
    let teacher = cookie(&entered);
    let console = server.get("/teacher", &teacher);
    assert!(console.status == 200 && console.body.contains("a wrong password for the console"));
    assert_eq!(server.get("/teacher", &server.teach()).status, 200, "the link opens it as before");
    let tried: Vec<u16> =
        (0..12).map(|_| server.post("/teacher/enter", "", "password=guess").status).collect();
    assert!(tried.contains(&429), "{tried:?}");
    assert_eq!(server.get("/team", &ada).status, 200, "the lesson goes on");
}

#[test]
fn a_vote_goes_over_the_network_and_its_count_is_shown_to_all_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let setup = Setup { lesson: "45-minutes", ..Setup::default() };
    let server = serve_with(leaked(TALKS), &folder.path().join("class"), 1, setup);
    let (ada, bo) = (server.join("Ada", "join-00000001"), server.join("Bo", "join-00000002"));
    let teacher = server.teach();
    let vote = |who: &str, option: &str, key: &str| {
        server.post("/vote", who, &format!("step=7&option={option}&key={key}")).status
    };
    assert_eq!(vote(&ada, "0", "vote-00000000"), 422, "it is not time yet");
    assert_eq!(order(&server, &teacher, "do=step&number=7").status, 204);
    let page = server.get("/team", &ada).body;
    assert!(page.contains("Your vote is secret") && page.contains("Whom they believed"), "{page}");
    assert_eq!(vote(&ada, "4", "vote-00000001"), 422, "there are four options");
    assert_eq!(vote(&ada, "1", "vote-00000002"), 204);
    assert_eq!(vote(&ada, "1", "vote-00000002"), 204, "the same form again");
    assert_eq!(vote(&ada, "0", "vote-00000003"), 409, "a vote stands");
    assert!(server.get("/team", &ada).body.contains("You have voted."));
    assert!(server.get("/teacher", &teacher).body.contains("1 of 2 have voted"));
    let told = || {
        [("/team", &ada), ("/team", &bo), ("/project", &teacher), ("/teacher", &teacher)]
            .map(|(p, c)| server.get(p, c).body.contains("Votes for"))
    };
    assert_eq!(told(), [false; 4]);
    assert_eq!(order(&server, &teacher, "do=count").status, 204);
    assert_eq!(told(), [true; 4]);
    assert_eq!(vote(&bo, "0", "vote-00000004"), 422, "it is closed");
}
