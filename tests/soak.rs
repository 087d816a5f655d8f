//! The preview under hostile requests and an evening's worth of saves.
//!
//! A run of the suite sends ten thousand requests and saves two hundred times;
//! `OFFPRINT_SAVES=2000 cargo test --release --test soak -- --nocapture` saves for longer and
//! prints the memory of both, and `OFFPRINT_MINUTES=10` sends requests for so long.
#![allow(clippy::print_stdout, reason = "figures for whoever asks for them")]

#[path = "common/length.rs"]
mod length;
#[path = "common/preview.rs"]
mod preview;

use std::fs;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use length::Length;
use preview::{Preview, status};

const REQUESTS: usize = 10_000;
const SAVES: usize = 200;

/// Numbers that look random and are the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// Memory that the preview has in use, in kB; `None` where the system does not tell.
fn memory(preview: &Preview) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", preview.child.id())).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.trim().strip_suffix(" kB")?.parse().ok()
}

fn assert_flat(name: &str, before: Option<u64>, after: Option<u64>, most: u64) {
    let (Some(before), Some(after)) = (before, after) else { return };
    println!("{name}: {before} kB before, {after} kB after");
    assert!(after < before + most, "{name}: memory grew from {before} to {after} kB");
}

const METHODS: &[&str] =
    &["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "HEAD", "get", "G\0T", ""];
const HOSTS: &[&str] = &[
    "evil.example",
    "127.0.0.1.evil.example",
    "127.0.0.1:1",
    "[::1]:{port}",
    "localhost.",
    "127.0.0.1:{port}, evil.example",
    "0x7f000001:{port}",
    "",
    "user@127.0.0.1:{port}",
];
const UPS: &[&str] = &[
    "../",
    "..\\",
    "%2e%2e/",
    "%2e%2e%2f",
    "..%2f",
    "..%5c",
    "%252e%252e%252f",
    "..%c0%af",
    "%c0%ae%c0%ae/",
    "..%u2215",
    "%ef%bc%8e%ef%bc%8e/",
    "....//",
    "..;/",
    ".%00./",
    "./../",
];
const KEPT: &[&str] = &[
    "outside.txt",
    "etc/passwd",
    "evidence/letter.txt",
    "private/publications.yaml",
    "site.yaml",
    "records/publications.yaml",
    ".offprint/outputs.json",
];
const PIECES: &[&str] = &[
    "GET ",
    "/",
    "/../",
    "%00",
    "\0",
    "publications/",
    " HTTP/1.1",
    " HTTP/9",
    "\r\n",
    "\n",
    "Host: 127.0.0.1:",
    "Host: x",
    "Content-Length: 18446744073709551616",
    "Content-Length: -5",
    "Transfer-Encoding: chunked",
    "\u{202e}",
    "Expect: 100-continue",
    "Range: bytes=0-99999999999",
    "Cookie: ",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

/// Returns one hostile request.
fn hostile(random: &mut Random, port: u16) -> Vec<u8> {
    let own = format!("127.0.0.1:{port}");
    match random.below(8) {
        0 => {
            let ups = random.of(UPS).repeat(1 + random.below(12));
            let start =
                random.of(&["/", "/files/", "/_offprint/", "/_offprint/drafts/", "/publications/spine/", "", "//"]);
            let path = format!("{start}{ups}{}", random.of(KEPT));
            format!("GET {path} HTTP/1.1\r\nHost: {own}\r\n\r\n").into_bytes()
        }
        1 => {
            let host = random.of(HOSTS).replace("{port}", &port.to_string());
            format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").into_bytes()
        }
        2 => {
            let origin = random.of(&["https://evil.example", "null", "http://127.0.0.1:1", "file://"]);
            let target = random.of(&["/", "/_offprint/", "/_offprint/open", "/_offprint/events"]);
            let method = random.of(METHODS);
            let close = "Sec-Fetch-Site: cross-site\r\nContent-Length: 3\r\n\r\na=b";
            format!("{method} {target} HTTP/1.1\r\nHost: {own}\r\nOrigin: {origin}\r\n{close}").into_bytes()
        }
        3 => {
            let header = match random.below(3) {
                0 => format!("X-Long: {}\r\n", "a".repeat(1 << (10 + random.below(8)))),
                1 => "X-Many: a\r\n".repeat(10 + random.below(2_000)),
                _ => format!("{}: a\r\n", "N".repeat(random.below(70_000))),
            };
            format!("GET / HTTP/1.1\r\nHost: {own}\r\n{header}\r\n").into_bytes()
        }
        4 => {
            let whole = format!("GET /publications/ HTTP/1.1\r\nHost: {own}\r\nAccept: text/html\r\n\r\n");
            whole.as_bytes()[..random.below(whole.len())].to_vec()
        }
        5 => damaged(random, &own),
        6 => (0..random.below(400)).map(|_| u8::try_from(random.below(256)).unwrap_or_default()).collect(),
        _ => {
            let pieces: String = (0..random.below(14)).map(|_| random.of(PIECES)).collect();
            if random.below(3) == 0 {
                format!("GET /{pieces} HTTP/1.1\r\nHost: {own}\r\n\r\n").into_bytes()
            } else {
                pieces.into_bytes()
            }
        }
    }
}

/// Returns a request in order in which some bytes are not.
fn damaged(random: &mut Random, own: &str) -> Vec<u8> {
    let target = random.of(&["/", "/publications/?q=spine#one", "/_offprint/", "/files/poster.pdf", "/feed.xml"]);
    let mut bytes = format!(
        "GET {target} HTTP/1.1\r\nHost: {own}\r\nAccept: text/html, */*;q=0.8\r\nAccept-Encoding: gzip, br\r\n\
         Cookie: a=b; c=\"d\"\r\nIf-None-Match: \"abc\"\r\nRange: bytes=0-99\r\nReferer: http://{own}/\r\n\
         Content-Length: 0\r\nConnection: keep-alive\r\n\r\n"
    )
    .into_bytes();
    for _ in 0..=random.below(6) {
        let at = random.below(bytes.len());
        match random.below(4) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => drop(bytes.drain(at..bytes.len().min(at + 1 + random.below(20)))),
            2 => drop(bytes.splice(at..at, random.of(PIECES).bytes())),
            _ => drop(bytes.splice(at..at, bytes[at..bytes.len().min(at + random.below(80))].to_vec())),
        }
        if bytes.is_empty() {
            bytes.push(b'\n');
        }
    }
    bytes
}

fn send(port: u16, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("connects");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
    let _ = stream.write_all(request);
    let _ = stream.shutdown(Shutdown::Write);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn silent_and_slow_connections_do_not_keep_others_out() {
    let preview = Preview::start(&[]);
    let slow: Vec<_> = (0..200)
        .map(|at| {
            let mut stream = TcpStream::connect(("127.0.0.1", preview.port)).expect("connects");
            if at % 2 == 0 {
                let _ = stream.write_all(b"GET / HTTP/1.1\r\nHos");
            }
            stream
        })
        .collect();
    let started = Instant::now();
    assert_eq!(status(&preview.get("/")), "200");
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    for mut stream in slow {
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a limit");
        let mut rest = Vec::new();
        assert!(stream.read_to_end(&mut rest).is_ok() || rest.is_empty(), "a slow connection is ended");
    }
    assert_eq!(status(&preview.get("/")), "200");
}

#[test]
fn ten_thousand_hostile_requests_beside_slow_ones_get_nothing_and_cost_no_memory() {
    let preview = Preview::start(&[]);
    let port = preview.port;
    assert_eq!(status(&preview.get("/publications/")), "200");
    let ended = AtomicBool::new(false);
    let (sent, answered) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let batch = |seed: u64, goes_on: &dyn Fn(usize) -> bool| {
        let mut random = Random(seed);
        for _ in (0..).take_while(|&sent| goes_on(sent)) {
            sent.fetch_add(1, Ordering::Relaxed);
            let request = hostile(&mut random, port);
            let answer = send(port, &request);
            let shown = String::from_utf8_lossy(&request);
            assert!(!answer.contains("CANARY") && !answer.contains("root:x:"), "{shown}");
            assert!(!answer.contains("Access-Control-Allow"), "{shown}");
            if status(&answer) == "200" {
                answered.fetch_add(1, Ordering::Relaxed);
            }
        }
    };
    // What the program keeps for its first connections is not growth.
    batch(9, &|sent| sent < REQUESTS / 20);
    let before = memory(&preview);
    let length = Length::of(REQUESTS / 4);
    std::thread::scope(|scope| {
        let slow = scope.spawn(|| {
            // One letter now and then, from two hundred connections that are renewed when dropped.
            let connect = || TcpStream::connect(("127.0.0.1", port)).expect("connects");
            let mut streams: Vec<_> = (0..200).map(|_| connect()).collect();
            while !ended.load(Ordering::Relaxed) {
                for stream in &mut streams {
                    if stream.write_all(b"G").is_err() {
                        *stream = connect();
                    }
                }
                std::thread::sleep(Duration::from_millis(50));
            }
        });
        let senders: Vec<_> = (1..=4)
            .map(|seed| (seed, &length))
            .map(|(seed, length)| scope.spawn(move || batch(seed, &|sent| length.has(sent))))
            .collect();
        for sender in senders {
            sender.join().expect("all requests are sent");
        }
        ended.store(true, Ordering::Relaxed);
        slow.join().expect("the slow ones end");
    });
    assert_flat("hostile requests", before, memory(&preview), 20_000);
    let (sent, answered) = (sent.into_inner(), answered.into_inner());
    println!("{sent} requests, {answered} of them in order");
    assert!(answered < sent / 3, "{answered} of {sent} were answered as if in order");
    assert_eq!(status(&preview.get("/")), "200");
    assert!(!preview.log().contains("panicked"), "{}", preview.log());
}

#[test]
fn an_evening_of_saves_is_shown_save_by_save_and_costs_no_memory() {
    let saves = std::env::var("OFFPRINT_SAVES").ok().and_then(|saves| saves.parse().ok()).unwrap_or(SAVES);
    let preview = Preview::start(&[]);
    let record = |number: usize| {
        format!(
            "- {{id: spine, title: Where spine MRI loses its time in year {number}, authors: Rao P, journal: Radiology, \
             date: 2025, doi: 10.5555/x.1}}\n"
        )
    };
    let save = |number: usize| {
        let (file, text, target, words) = match number % 5 {
            0 => ("records/publications.yaml", record(number), "/publications/spine/", format!("in year {number}<")),
            1 => ("records/publications.yaml", format!("- id: [{number}\n"), "/", format!("[{number}")),
            2 => ("records/publications.yaml", record(number), "/publications/", format!("in year {number}<")),
            3 => ("pages/notes.md", format!("# Notes\n\nSave {number}.\n"), "/notes/", format!("Save {number}.")),
            _ => ("files/poster.txt", format!("poster {number}\n"), "/files/poster.txt", format!("poster {number}")),
        };
        fs::write(preview.path(file), text).expect("saved");
        let end = Instant::now() + Duration::from_secs(20);
        while !preview.get(target).contains(&words) {
            assert!(Instant::now() < end, "save {number} is not at {target}\n{}", preview.log());
            std::thread::sleep(Duration::from_millis(2));
        }
    };
    (0..100).for_each(save);
    let before = memory(&preview);
    (100..100 + saves).for_each(save);
    assert_flat("saves", before, memory(&preview), 20_000);
    assert!(!preview.log().contains("panicked"), "{}", preview.log());
}
