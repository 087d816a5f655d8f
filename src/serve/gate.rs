//! The door of the preview: loopback only, so many connections, so much time, so long a head.
//!
//! Written on the plain listener, because a ready-made server reads heads of any length, waits
//! for ever and takes any `Host`: all that is left to it once this is done is a status line.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::events::Hub;
use super::request::{self, Method, Request};
use super::response::{Body, Response};

const MOST_CONNECTIONS: usize = 64;
const LONGEST_HEAD: usize = 16 * 1024;
const HEAD_TIME: Duration = Duration::from_secs(2);
const PORTS_TRIED: u16 = 50;

/// Makes an answer of a request; runs on many threads at once.
pub(super) type Answer = dyn Fn(&Request) -> Response + Send + Sync;

/// Listens on the first free port from `port` on; 0 stands for any.
///
/// # Errors
/// When none of the next ports is free, or loopback cannot be had at all.
pub(super) fn listen(port: u16) -> io::Result<(TcpListener, u16)> {
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for port in (port..=u16::MAX).take(usize::from(PORTS_TRIED)) {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => {
                let port = listener.local_addr()?.port();
                return Ok((listener, port));
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// Answers connections until the program ends.
pub(super) fn run(listener: &TcpListener, port: u16, answer: &Arc<Answer>, hub: &Arc<Hub>) {
    let gate = Arc::new(Gate::default());
    loop {
        let Ok((stream, _)) = listener.accept() else {
            // Out of handles, most likely: some connection will end.
            std::thread::sleep(Duration::from_millis(20));
            continue;
        };
        let Some(pass) = Pass::enter(&gate, &stream) else {
            refuse(stream);
            continue;
        };
        let (answer, hub) = (Arc::clone(answer), Arc::clone(hub));
        let spawned = std::thread::Builder::new().spawn(move || {
            // A fault in one answer ends that connection and nothing else.
            let _ = catch_unwind(AssertUnwindSafe(|| converse(stream, port, &pass, answer.as_ref(), &hub)));
        });
        drop(spawned);
    }
}

fn refuse(mut stream: TcpStream) {
    let _ = stream.set_nonblocking(true);
    let _ = stream.write(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

/// The connections that are open, and those among them that have not yet asked for anything.
#[derive(Debug, Default)]
struct Gate {
    places: Mutex<Places>,
}

#[derive(Debug, Default)]
struct Places {
    open: usize,
    waiting: VecDeque<(Arc<AtomicBool>, TcpStream)>,
}

impl Gate {
    fn places(&self) -> MutexGuard<'_, Places> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to hold a connection.
struct Pass {
    gate: Arc<Gate>,
    /// Set when the place was given to a newer connection.
    lost: Arc<AtomicBool>,
}

impl Pass {
    /// Takes a place; when all are taken, that of the connection that has been silent longest.
    fn enter(gate: &Arc<Gate>, stream: &TcpStream) -> Option<Self> {
        let mut places = gate.places();
        if places.open >= MOST_CONNECTIONS {
            let (lost, silent) = places.waiting.pop_front()?;
            lost.store(true, Ordering::Relaxed);
            places.open -= 1;
            let _ = silent.shutdown(Shutdown::Both);
        }
        let lost = Arc::new(AtomicBool::new(false));
        places.waiting.push_back((Arc::clone(&lost), stream.try_clone().ok()?));
        places.open += 1;
        drop(places);
        Some(Self { gate: Arc::clone(gate), lost })
    }

    /// Tells that the connection has asked for something.
    fn has_asked(&self) {
        self.gate.places().waiting.retain(|(lost, _)| !Arc::ptr_eq(lost, &self.lost));
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        self.has_asked();
        if !self.lost.load(Ordering::Relaxed) {
            self.gate.places().open -= 1;
        }
    }
}

fn converse(mut stream: TcpStream, port: u16, pass: &Pass, answer: &Answer, hub: &Hub) {
    let _ = stream.set_nodelay(true);
    let asked = read(&mut stream, port);
    pass.has_asked();
    let (response, head_only) = match asked {
        Ok(request) => {
            let made = catch_unwind(AssertUnwindSafe(|| answer(&request)));
            (made.unwrap_or_else(|_| Response::refusal(500)), request.method == Method::Head)
        }
        Err(Some(status)) => (Response::refusal(status), false),
        Err(None) => return,
    };
    let stays_open = matches!(response.body, Body::Events) && !head_only;
    if response.write(&mut stream, head_only).is_err() {
        return;
    }
    if stays_open {
        hub.join(stream);
    } else {
        end(&mut stream);
    }
}

/// Reads a request within its time; an error without a status is a connection that ended.
fn read(stream: &mut TcpStream, port: u16) -> Result<Request, Option<u16>> {
    let until = Instant::now() + HEAD_TIME;
    let mut bytes = Vec::with_capacity(1024);
    let mut seen = 0;
    let end = loop {
        if let Some(at) = bytes[seen..].windows(4).position(|four| four == b"\r\n\r\n") {
            break seen + at + 4;
        }
        seen = bytes.len().saturating_sub(3);
        if bytes.len() > LONGEST_HEAD {
            return Err(Some(431));
        }
        more(stream, &mut bytes, until)?;
    };
    if end > LONGEST_HEAD {
        return Err(Some(431));
    }
    let mut request = request::parse(&bytes[..end], port).map_err(Some)?;
    while bytes.len() < end + request.length {
        more(stream, &mut bytes, until)?;
    }
    std::str::from_utf8(&bytes[end..end + request.length]).map_err(|_| Some(400))?.clone_into(&mut request.body);
    Ok(request)
}

fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>, until: Instant) -> Result<(), Option<u16>> {
    let left = until.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(Some(408));
    }
    stream.set_read_timeout(Some(left)).map_err(|_| None)?;
    let mut buffer = [0; 4096];
    match stream.read(&mut buffer) {
        Ok(0) => Err(None),
        Ok(count) => {
            bytes.extend_from_slice(&buffer[..count]);
            Ok(())
        }
        Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(()),
        Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => Err(Some(408)),
        Err(_) => Err(None),
    }
}

/// Ends a connection so that the answer arrives even where the browser sent more than was read.
fn end(stream: &mut TcpStream) {
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.set_read_timeout(Some(Duration::from_millis(100)));
    let mut buffer = [0; 4096];
    let until = Instant::now() + Duration::from_millis(300);
    while Instant::now() < until && matches!(stream.read(&mut buffer), Ok(count) if count > 0) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_connection_takes_the_place_of_the_one_silent_longest() {
        let (listener, port) = listen(0).expect("loopback");
        let gate = Arc::new(Gate::default());
        let streams: Vec<_> = (0..=MOST_CONNECTIONS)
            .map(|_| {
                let client = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("connects");
                (client, listener.accept().expect("accepts").0)
            })
            .collect();
        let passes: Vec<_> = streams.iter().map(|(_, server)| Pass::enter(&gate, server).expect("a place")).collect();
        assert!(passes[0].lost.load(Ordering::Relaxed) && !passes[1].lost.load(Ordering::Relaxed));
        assert_eq!(gate.places().open, MOST_CONNECTIONS);
        drop(passes);
        assert_eq!(gate.places().open, 0);
    }
}
