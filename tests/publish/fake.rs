//! A host on loopback that answers as it is told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What was asked.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }
}

/// What is answered.
pub(crate) enum Reply {
    Text(u16, String),
    Bytes(u16, Vec<u8>),
    /// The connection is cut.
    Cut,
    /// Nothing, for longer than anybody waits.
    Silence,
}

/// The host: its address, and what it was asked so far.
pub(crate) struct Host {
    pub(crate) address: String,
    pub(crate) asked: Arc<Mutex<Vec<Asked>>>,
}

/// Starts a host that lives as long as the test.
pub(crate) fn host(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Host {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let (list, answer) = (Arc::clone(&asked), Arc::new(answer));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (list, answer) = (Arc::clone(&list), Arc::clone(&answer));
            std::thread::spawn(move || {
                let Some(request) = read(&stream) else { return };
                list.lock().expect("unbroken").push(request.clone());
                reply(stream, answer(&request));
            });
        }
    });
    Host { address, asked }
}

impl Host {
    /// How often something was asked.
    pub(crate) fn count(&self, method: &str, start: &str) -> usize {
        let asked = self.asked.lock().expect("unbroken");
        asked.iter().filter(|one| one.method == method && one.path.starts_with(start)).count()
    }
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length = length.and_then(|(_, value)| value.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Asked { method, path, headers, body })
}

fn reply(mut stream: TcpStream, reply: Reply) {
    let (status, body) = match reply {
        Reply::Text(status, text) => (status, text.into_bytes()),
        Reply::Bytes(status, bytes) => (status, bytes),
        Reply::Cut => return,
        Reply::Silence => return std::thread::sleep(Duration::from_secs(30)),
    };
    let head = format!("HTTP/1.1 {status} x\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
}
