//! A running preview and requests to it.
#![allow(dead_code, reason = "each test file takes what it needs")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The site that is previewed.
pub(crate) const FILES: &[(&str, &str)] = &[
    ("site.yaml", "format: 1\nperson: {name: Priya Rao, family_name: Rao, given_names: Priya}\n"),
    (
        "records/publications.yaml",
        "- {id: spine, title: Where spine MRI loses its time, authors: Rao P, journal: Radiology, date: 2025, doi: 10.5555/x.1}\n",
    ),
    ("pages/about.md", "I read spines at night.\n"),
    ("pages/notes.md", "# Notes\n\nWritten once.\n"),
    ("pages/draft.md", "---\ntitle: Draft\nvisibility: private\n---\nNot yet.\n"),
    ("files/poster.txt", "a poster\n"),
    ("evidence/letter.txt", "CANARY evidence\n"),
    ("private/publications.yaml", "- {id: spine, private: {notes: CANARY notes}}\n"),
];

/// A running preview of [`FILES`] in a folder that vanishes with it.
pub(crate) struct Preview {
    pub(crate) child: Child,
    pub(crate) port: u16,
    pub(crate) log: Arc<Mutex<String>>,
    pub(crate) folder: tempfile::TempDir,
}

impl Preview {
    pub(crate) fn start(args: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in FILES {
            write(&folder.path().join("site").join(path), text);
        }
        write(&folder.path().join("outside.txt"), "CANARY outside");
        Self::start_in(folder, args)
    }

    pub(crate) fn start_in(folder: tempfile::TempDir, args: &[&str]) -> Self {
        let port = if args.contains(&"--port") { &[][..] } else { &["--port", "0"][..] };
        let mut child = Command::new(env!("CARGO_BIN_EXE_offprint"))
            .arg("serve")
            .arg(folder.path().join("site"))
            .args(["--today", "2026-11-24"])
            .args(port)
            .args(args)
            .env_remove("VISUAL")
            .env_remove("EDITOR")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        let log = Arc::new(Mutex::new(String::new()));
        let lines = BufReader::new(child.stderr.take().expect("stderr")).lines();
        let written = Arc::clone(&log);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut log = written.lock().expect("log");
                log.push_str(&line);
                log.push('\n');
            }
        });
        let mut preview = Self { child, port: 0, log, folder };
        let text = preview.until(|log| log.contains("http://127.0.0.1:").then(|| log.to_owned()));
        let port = text.split("http://127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next());
        preview.port = port.expect("a port").parse().expect("a number");
        preview
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("site").join(path)
    }

    pub(crate) fn log(&self) -> String {
        self.log.lock().expect("log").clone()
    }

    pub(crate) fn until<T>(&self, seen: impl Fn(&str) -> Option<T>) -> T {
        let end = Instant::now() + Duration::from_secs(20);
        loop {
            let log = self.log();
            if let Some(found) = seen(&log) {
                return found;
            }
            assert!(Instant::now() < end, "not in time: {log}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Sends bytes as they are, and returns all that comes back.
    pub(crate) fn raw(&self, bytes: &[u8]) -> Vec<u8> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("connects");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        answer
    }

    pub(crate) fn ask(&self, request_line: &str, headers: &str) -> String {
        let port = self.port;
        let request = format!("{request_line} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}\r\n");
        String::from_utf8_lossy(&self.raw(request.as_bytes())).into_owned()
    }

    pub(crate) fn get(&self, target: &str) -> String {
        self.ask(&format!("GET {target}"), "")
    }

    pub(crate) fn rebuilds(&self) -> usize {
        let log = self.log();
        log.matches("Rebuilt in").count() + log.matches("stays as it was").count()
    }

    /// Does something to the files; the page at `target` must then hold (or no longer hold) the words, after one rebuild.
    pub(crate) fn one_rebuild(&self, name: &str, target: &str, words: &str, holds: bool, act: impl FnOnce()) {
        let before = self.rebuilds();
        act();
        let end = Instant::now() + Duration::from_secs(20);
        while self.get(target).contains(words) != holds {
            assert!(Instant::now() < end, "{name}: the page is stale\n{}", self.log());
            std::thread::sleep(Duration::from_millis(10));
        }
        std::thread::sleep(Duration::from_millis(700));
        assert_eq!(self.rebuilds() - before, 1, "{name}\n{}", self.log());
        assert_eq!(self.get(target).contains(words), holds, "{name}");
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Writes a file, and the folders above it.
pub(crate) fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
    fs::write(path, text).expect("a file");
}

/// Returns the status of an answer, in digits.
pub(crate) fn status(answer: &str) -> &str {
    answer.get(9..12).unwrap_or_default()
}
