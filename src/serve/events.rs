//! The browsers that wait to hear of a new build.

use std::io::Write;
use std::net::{Shutdown, TcpStream};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

const MOST_LISTENERS: usize = 32;
const PING: Duration = Duration::from_secs(15);

/// Everyone who listens for events, oldest first.
#[derive(Debug, Default)]
pub(super) struct Hub {
    inner: Mutex<Listeners>,
}

#[derive(Debug, Default)]
struct Listeners {
    streams: Vec<TcpStream>,
    last: String,
}

impl Hub {
    fn inner(&self) -> MutexGuard<'_, Listeners> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a connection whose head is written; it hears the last event at once, so that nothing is missed in between.
    pub(super) fn join(&self, stream: TcpStream) {
        if stream.set_nonblocking(true).is_err() {
            return;
        }
        let mut inner = self.inner();
        if inner.streams.len() >= MOST_LISTENERS {
            let oldest = inner.streams.remove(0);
            let _ = oldest.shutdown(Shutdown::Both);
        }
        if send(&stream, &inner.last) {
            inner.streams.push(stream);
        }
    }

    /// Tells everyone; `data` is one line of JSON. Those who are gone or do not read are dropped.
    pub(super) fn tell(&self, data: &str) {
        let mut inner = self.inner();
        inner.last = format!("data: {data}\n\n");
        let Listeners { streams, last } = &mut *inner;
        streams.retain(|stream| send(stream, last));
    }

    /// Finds out who is gone, for ever.
    pub(super) fn ping(&self) {
        loop {
            std::thread::sleep(PING);
            self.inner().streams.retain(|stream| send(stream, ":\n\n"));
        }
    }
}

fn send(mut stream: &TcpStream, text: &str) -> bool {
    stream.write(text.as_bytes()).is_ok_and(|count| count == text.len())
}
