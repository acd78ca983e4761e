//! The server: what it listens on, what it knows, how it ends.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::domain::{Model, hex};
use crate::drivers::parallel::Pool;
use crate::room::Room;

use super::app::App;
use super::gate::Limit;
use super::keeper::{Holding, Keeper};
use super::password::Password;
use super::routes;
use super::what_if::{Oracle, Worlds};

/// The most connections at a time: a phone has two.
const CONNECTIONS: usize = 1200;

/// What a server is started with.
pub struct Settings {
    /// The room.
    pub room: Room<'static>,
    /// Its scenario.
    pub model: &'static Model,
    /// Makes the changed worlds of what-ifs.
    pub worlds: Arc<Worlds>,
    /// The address to listen on.
    pub bind: IpAddr,
    /// The port.
    pub port: u16,
    /// The addresses at which phones may reach it.
    pub addresses: Vec<IpAddr>,
    /// Whether the teacher's link opens on other computers, too.
    pub show_secrets: bool,
    /// The password by which the console opens besides, on any computer.
    pub password: Option<Password>,
}

/// Asked now and then whether to go on.
pub type Stop = Arc<dyn Fn() -> bool + Send + Sync>;

/// Serves until `stop` says so. `ready` is told once it listens.
///
/// # Errors
/// When it cannot listen.
pub fn start(settings: Settings, stop: &Stop, ready: impl FnOnce(u16)) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut holding = None;
    // One core is left for the talks.
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get().saturating_sub(1).max(1));
    let served = runtime.block_on(async {
        let listener = TcpListener::bind((settings.bind, settings.port)).await?;
        let port = listener.local_addr()?.port();
        let pool = Arc::new(Pool::new(threads).map_err(std::io::Error::other)?);
        let (app, held) = app(settings, port, pool);
        let app = Arc::new(app);
        holding = Some(held);
        ready(port);
        let routes = Router::new().fallback(handle).with_state(app);
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        loop {
            let accepted = tokio::time::timeout(Duration::from_millis(250), listener.accept()).await;
            if stop() {
                // Streams never end by themselves, and everything that was answered is on the disk.
                return Ok(());
            }
            let Ok(Ok((stream, peer))) = accepted else { continue };
            let Ok(place) = places.clone().try_acquire_owned() else { continue };
            let _ = stream.set_nodelay(true);
            let routes = routes.clone();
            tokio::spawn(async move {
                let _place = place;
                let service = tower_service(routes, peer);
                let mut builder = Builder::new(TokioExecutor::new());
                // Whoever sends a head byte by byte is let go.
                builder
                    .http1()
                    .timer(TokioTimer::new())
                    .header_read_timeout(Duration::from_secs(15))
                    .max_buf_size(16 * 1024);
                let _ = builder.http1_only().serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
    if let Some(holding) = holding {
        holding.end();
    }
    served
}

fn tower_service(routes: Router, peer: SocketAddr) -> TowerToHyperService<Router> {
    TowerToHyperService::new(routes.layer(axum::Extension(peer)))
}

async fn handle(State(app): State<Arc<App>>, request: Request) -> axum::response::Response {
    routes::answer(app, request).await
}

fn app(settings: Settings, port: u16, pool: Arc<Pool>) -> (App, Holding) {
    let Settings { room, model, worlds, addresses, show_secrets, password, .. } = settings;
    let host = |ip: &IpAddr| SocketAddr::new(*ip, port).to_string();
    let mut hosts: Vec<String> = addresses.iter().map(host).collect();
    hosts.extend([format!("localhost:{port}"), format!("127.0.0.1:{port}")]);
    if port == 80 {
        let bare: Vec<String> = hosts.iter().map(|h| h.trim_end_matches(":80").to_owned()).collect();
        hosts.extend(bare);
    }
    let mut boot = [0; 6];
    let _ = getrandom::fill(&mut boot);
    let (code, teacher) = (room.header().code.clone(), room.people().teacher());
    let (keeper, holding) = Keeper::start(room);
    let app = App {
        title: crate::telling::play::plain(&model.world.title),
        code,
        teacher,
        oracle: Oracle::new(model, worlds, pool.clone()),
        pool,
        keeper,
        show_secrets,
        password: password.map(Arc::new),
        tries: Limit::new(8.0, 0.2),
        trying: Semaphore::new(1),
        hosts,
        addresses: addresses.iter().map(|ip| format!("http://{}", host(ip))).collect(),
        boot: hex(&boot),
        limit: Limit::new(60.0, 10.0),
        joins: Limit::new(260.0, 10.0),
        refused: Mutex::default(),
        pages: Mutex::default(),
    };
    (app, holding)
}
