//! A server on loopback that answers as a test wants, byte by byte: each
//! connection is a thread, so that an answer may be as slow, as wrong or as
//! long as it likes.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// A request.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Path and query.
    pub path: String,
    /// Headers, names in lower case.
    pub headers: HashMap<String, String>,
    /// When it came.
    pub at: Instant,
    /// Number of the request for this path, from 1.
    pub time: usize,
}

impl Asked {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// Writes an answer; the connection is closed when it is false.
pub type Answer = dyn Fn(&Asked, &mut TcpStream) -> bool + Send + Sync;

/// A running server.
pub struct Site {
    pub address: SocketAddr,
    log: Arc<Mutex<Vec<Asked>>>,
    stop: Arc<AtomicBool>,
}

impl Site {
    /// Serves on a free port of 127.0.0.1.
    pub fn serve(answer: impl Fn(&Asked, &mut TcpStream) -> bool + Send + Sync + 'static) -> Self {
        Self::serve_at("127.0.0.1:0", answer)
    }

    pub fn serve_at(at: &str, answer: impl Fn(&Asked, &mut TcpStream) -> bool + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(at).expect("a port");
        let address = listener.local_addr().expect("an address");
        let (log, stop) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (shared, ended): (Arc<Mutex<Vec<Asked>>>, _) = (Arc::clone(&log), Arc::clone(&stop));
        let answer: Arc<Answer> = Arc::new(answer);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if ended.load(Ordering::Relaxed) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let (log, answer) = (Arc::clone(&shared), Arc::clone(&answer));
                std::thread::spawn(move || connection(stream, &log, &answer));
            }
        });
        Self { address, log, stop }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// All requests so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.log.lock().expect("the log").clone()
    }

    /// Paths asked for so far, without robots.txt and probes.
    pub fn paths(&self) -> Vec<String> {
        let paths = self.asked().into_iter().map(|a| a.path);
        paths.filter(|p| p != "/robots.txt" && !is_probe(p)).collect()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.address);
    }
}

/// A line for each request, for a test that fails.
impl std::fmt::Display for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let agent = self.header("user-agent");
        write!(f, "{} for the {}. time, {:?} ago, by {agent}", self.path, self.time, self.at.elapsed())
    }
}

/// Whether a path is the one asked for to see how missing pages look.
pub fn is_probe(path: &str) -> bool {
    let name = path.trim_start_matches('/');
    name.len() == 25 && name.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

fn connection(mut stream: TcpStream, log: &Mutex<Vec<Asked>>, answer: &Arc<Answer>) {
    let _ = stream.set_nodelay(true);
    let Ok(read) = stream.try_clone() else { return };
    let mut reader = BufReader::new(read);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        let path = line.split(' ').nth(1).unwrap_or("/").to_string();
        let mut headers = HashMap::new();
        loop {
            let mut header = String::new();
            if reader.read_line(&mut header).unwrap_or(0) == 0 || header.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = header.split_once(':') {
                headers.insert(name.trim().to_ascii_lowercase(), value.trim().to_string());
            }
        }
        let asked = {
            let mut log = log.lock().expect("the log");
            let time = log.iter().filter(|a| a.path == path).count() + 1;
            log.push(Asked { path, headers, at: Instant::now(), time });
            log[log.len() - 1].clone()
        };
        if !answer(&asked, &mut stream) {
            return;
        }
    }
}

/// Writes a whole answer.
pub fn reply(stream: &mut TcpStream, status: u16, headers: &[(&str, &str)], body: &[u8]) -> bool {
    let mut head = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n", body.len());
    if !headers.iter().any(|(n, _)| n.eq_ignore_ascii_case("content-type")) {
        head.push_str("Content-Type: text/html\r\n");
    }
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)).is_ok()
}
