//! Which request is answered by whom: the preview's own files here, the site by its keeper.

use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::Message;
use super::request::{Method, Request};
use super::response::{Body, Response};

/// Every path of the preview itself begins so; no page of a site can.
pub(super) const OWN: &str = "_offprint/";

const SCRIPT: &[u8] = include_bytes!("assets/preview.js");
const STYLE: &[u8] = include_bytes!("assets/preview.css");
const AUTHOR_STYLE: &[u8] = include_bytes!("assets/author.css");
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// Returns the function that answers requests: `keeper` holds the site and is asked for its pages.
pub(super) fn answers(keeper: Sender<Message>) -> impl Fn(&Request) -> Response + Send + Sync {
    // A sender may not be shared between threads, only given to one.
    let keeper = Mutex::new(keeper);
    move |request| {
        if let Some(response) = own(request) {
            return response;
        }
        let (reply, answer) = channel();
        let keeper = keeper.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let asked = keeper.send(Message::Ask(request.clone(), reply));
        asked.ok().and_then(|()| answer.recv_timeout(LONGEST_WAIT).ok()).unwrap_or_else(|| Response::refusal(503))
    }
}

fn own(request: &Request) -> Option<Response> {
    let name = request.path.strip_prefix(OWN);
    if request.method == Method::Post {
        return (name != Some("open")).then(|| Response::refusal(405));
    }
    let (kind, bytes) = match name? {
        "events" => {
            let events = Response { body: Body::Events, ..Response::new(200, "text/event-stream", Vec::new()) };
            return Some(events);
        }
        "preview.js" => ("text/javascript; charset=utf-8", SCRIPT),
        "preview.css" => ("text/css; charset=utf-8", STYLE),
        "author.css" => ("text/css; charset=utf-8", AUTHOR_STYLE),
        _ => return None,
    };
    Some(Response::new(200, kind, Arc::<[u8]>::from(bytes)))
}
