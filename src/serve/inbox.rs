//! What the keeper hears, and how long it waits for more.

use std::sync::mpsc::{RecvTimeoutError, TryRecvError};
use std::time::{Duration, Instant};

use super::Message;
use super::keeper::{Keeper, Work};
use super::watch::Batch;

/// Pages that nobody has asked for are made when the browser has had so long to itself.
const SETTLED: Duration = Duration::from_millis(300);
/// The whole site is checked when nothing was saved and nobody has asked for so long.
const IDLE: Duration = Duration::from_millis(400);
/// Between two looks at the files where nothing tells of changes.
const POLL: Duration = Duration::from_millis(400);

impl Keeper<'_> {
    /// Returns what is to be done next; with nothing to be done, the time has come for what nobody waits for.
    pub(super) fn next_message(&mut self, work: Work) -> Result<Message, TryRecvError> {
        if let Some((request, reply)) = self.waiting.pop_front() {
            return Ok(Message::Ask(request, reply));
        }
        let now = Instant::now();
        let settled = SETTLED.max(self.background * 2).saturating_sub(now - self.busy);
        if work == Work::Pages && settled.is_zero() {
            return self.inbox.try_recv();
        }
        let look_again = self.look_again.map(|at| at.saturating_duration_since(now));
        let look_again = if self.watch.is_polling() { Some(look_again.unwrap_or(POLL).min(POLL)) } else { look_again };
        let idle = match work {
            Work::Pages => Some(settled),
            Work::Check | Work::Privacy => Some(IDLE),
            Work::None => None,
        };
        let Some(wait) = look_again.into_iter().chain(idle).min() else {
            return self.inbox.recv().map_err(|_| TryRecvError::Disconnected);
        };
        match self.inbox.recv_timeout(wait) {
            Ok(message) => Ok(message),
            Err(RecvTimeoutError::Disconnected) => Err(TryRecvError::Disconnected),
            Err(RecvTimeoutError::Timeout) if look_again.is_none_or(|at| at > wait) => Err(TryRecvError::Empty),
            Err(RecvTimeoutError::Timeout) => {
                self.look_again = None;
                Ok(Message::Missed)
            }
        }
    }

    /// Waits until what is being saved has settled.
    pub(super) fn gather(&mut self, event: notify::Event) -> Batch {
        let mut batch = Batch::new(false);
        self.watch.gather(&mut batch, event);
        loop {
            let left = self.watch.due(&mut batch).saturating_duration_since(Instant::now());
            if left.is_zero() {
                return batch;
            }
            match self.inbox.recv_timeout(left) {
                Ok(Message::Saved(event)) if self.watch.is_change(&event) => self.watch.gather(&mut batch, event),
                Ok(Message::Saved(_)) | Err(RecvTimeoutError::Timeout) => {}
                Ok(Message::Ask(request, reply)) => self.waiting.push_back((request, reply)),
                Ok(Message::Missed) => batch.folders = true,
                Ok(message @ Message::Files(..)) => {
                    // Made of files that may be changing just now; it is looked at afterwards.
                    let _ = self.sender.send(message);
                }
                Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return batch,
            }
        }
    }
}
