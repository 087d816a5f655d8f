//! The preview as a program: who is answered, what a save does, how it ends.

#[path = "common/pdf.rs"]
mod pdf;
#[path = "common/preview.rs"]
mod preview;

use std::fs;
use std::net::TcpListener;
use std::process::Command;
use std::time::{Duration, Instant};

use preview::{FILES, Preview, status, write};

#[test]
fn the_site_is_answered_from_memory_and_nothing_is_written() {
    let preview = Preview::start(&[]);
    let home = preview.get("/");
    assert_eq!(status(&home), "200", "{home}");
    assert!(home.contains("Priya Rao") && home.contains("<offprint-preview"));
    assert_eq!(status(&preview.get("/publications/spine")), "303");
    assert_eq!(status(&preview.get("/publications/spine/")), "200");
    assert!(preview.get("/files/poster.txt").ends_with("a poster\n"));
    assert_eq!(status(&preview.get("/nothing/")), "404");
    let head = preview.ask("HEAD /", "");
    assert!(status(&head) == "200" && head.ends_with("\r\n\r\n"), "{head}");
    assert!(preview.get("/draft/").contains("Draft: the public does not see this page"));
    assert!(preview.get("/_offprint/").contains("Hidden from the public"));
    assert!(!preview.path("public").exists() && !preview.path(".offprint").exists());
}

#[test]
fn the_cv_as_a_file_is_made_when_it_is_asked_for_and_is_new_after_a_save() {
    let preview = Preview::start(&[]);
    let text = || {
        let request = format!("GET /cv.pdf HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", preview.port);
        let answer = preview.raw(request.as_bytes());
        let start = answer.windows(4).position(|part| part == b"%PDF").expect("a PDF");
        pdf::text(&answer[start..])
    };
    assert!(text().contains("Where spine MRI loses its time"));
    assert!(preview.get("/cv/").contains("cv.pdf"));
    write(&preview.path("records/publications.yaml"), &FILES[1].1.replace("loses its time", "finds its time"));
    let end = Instant::now() + Duration::from_secs(20);
    while !text().contains("Where spine MRI finds its time") {
        assert!(Instant::now() < end, "the CV is stale\n{}", preview.log());
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn only_its_own_name_and_plain_requests_are_answered() {
    let preview = Preview::start(&[]);
    let port = preview.port;
    for (request, expected) in [
        ("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n".to_owned(), "403"),
        ("GET / HTTP/1.1\r\n\r\n".to_owned(), "400"),
        (format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil.example\r\n\r\n"), "400"),
        (format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://evil.example\r\n\r\n"), "403"),
        (format!("GET http://127.0.0.1:{port}/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"), "400"),
        (format!("DELETE / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"), "405"),
        (format!("PUT /x HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 3\r\n\r\nabc"), "405"),
        (format!("POST / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n\r\n"), "405"),
        (format!("POST /_offprint/open HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 0\r\n\r\n"), "403"),
        (
            format!(
                "POST /_offprint/open HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n\
                 Content-Length: 27\r\n\r\ntoken=x&file=site.yaml&line"
            ),
            "403",
        ),
        (format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX: {}\r\n\r\n", "x".repeat(50_000)), "431"),
        ("\r\n\r\n".to_owned(), "400"),
    ] {
        let answer = preview.raw(request.as_bytes());
        let answer = String::from_utf8_lossy(&answer);
        assert_eq!(status(&answer), expected, "{}", &request[..request.len().min(120)]);
        assert!(!answer.contains("Access-Control"));
    }
}

#[test]
fn no_address_leads_out_of_the_site_or_to_what_is_kept() {
    let preview = Preview::start(&[]);
    let ups =
        ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "..\\", "%252e%252e%252f", "..%c0%af", "....//", ".%2e/"];
    let ends = ["outside.txt", "site/evidence/letter.txt", "site/private/publications.yaml", "etc/passwd"];
    for up in ups {
        for end in ends {
            for start in ["/", "/files/", "/_offprint/drafts/", "//"] {
                for depth in 1..8 {
                    let answer = preview.get(&format!("{start}{}{end}", up.repeat(depth)));
                    let refused = matches!(status(&answer), "400" | "404");
                    assert!(refused && !answer.contains("CANARY"), "{start}{up}{depth}{end}: {answer}");
                }
            }
        }
    }
    for kept in ["/evidence/letter.txt", "/private/publications.yaml", "/site.yaml", "/files/../evidence/letter.txt"] {
        assert_eq!(status(&preview.get(kept)), "404", "{kept}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_appears_while_it_runs_is_not_followed_out_of_the_site() {
    let preview = Preview::start(&[]);
    assert_eq!(status(&preview.get("/files/poster.txt")), "200");
    fs::remove_file(preview.path("files/poster.txt")).expect("removed");
    std::os::unix::fs::symlink(preview.folder.path().join("outside.txt"), preview.path("files/poster.txt"))
        .expect("link");
    let end = Instant::now() + Duration::from_secs(2);
    while Instant::now() < end {
        assert!(!preview.get("/files/poster.txt").contains("CANARY"));
    }
}

#[test]
fn a_taken_port_is_named_and_the_next_one_is_used() {
    let other = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = other.local_addr().expect("an address").port();
    let preview = Preview::start(&["--port", &port.to_string()]);
    assert!(preview.port > port);
    assert!(preview.log().contains(&format!("Port {port} is taken")), "{}", preview.log());
    assert_eq!(status(&preview.get("/")), "200");
}

#[test]
fn a_save_that_breaks_the_site_keeps_the_old_one_and_names_the_place() {
    let preview = Preview::start(&[]);
    let file = preview.path("records/publications.yaml");
    let text = fs::read_to_string(&file).expect("a file");
    fs::write(&file, "- id: spine\n  jounral: Radiology\n  title: Changed\n").expect("saved");
    preview.until(|log| log.contains("stays as it was").then_some(()));
    let page = preview.get("/publications/spine/");
    assert!(page.contains("Where spine MRI loses its time") && !page.contains("Changed<"), "{page}");
    assert!(page.contains("records/publications.yaml:2:3") && page.contains("did you mean `journal`?"), "{page}");
    assert!(preview.log().contains("records/publications.yaml:2:3"));
    fs::write(&file, text).expect("saved");
    preview.until(|log| log.contains("Rebuilt in").then_some(()));
    assert!(!preview.get("/publications/spine/").contains("jounral"));
}

#[test]
fn each_way_of_saving_is_one_rebuild() {
    let preview = Preview::start(&[]);
    let notes = preview.path("pages/notes.md");
    let text = |words: &str| format!("# Notes\n\n{words}\n");
    preview.one_rebuild("in place", "/notes/", "Saved in place", true, || {
        fs::write(&notes, text("Saved in place")).expect("saved");
    });
    preview.one_rebuild("write and rename", "/notes/", "Saved beside", true, || {
        let beside = preview.path("pages/notes.md.tmp12");
        fs::write(&beside, text("Saved beside")).expect("saved");
        fs::rename(&beside, &notes).expect("renamed");
    });
    preview.one_rebuild("as vim does", "/notes/", "Saved with a backup", true, || {
        let (probe, backup) = (preview.path("pages/4913"), preview.path("pages/notes.md~"));
        fs::write(&probe, "").expect("written");
        fs::remove_file(&probe).expect("removed");
        fs::rename(&notes, &backup).expect("renamed");
        std::thread::sleep(Duration::from_millis(8));
        fs::write(&notes, text("Saved with a backup")).expect("saved");
        fs::remove_file(&backup).expect("removed");
    });
    preview.one_rebuild("as sed -i does", "/notes/", "Saved by sed", true, || {
        let beside = preview.path("pages/sedX3fQ1z");
        fs::write(&beside, text("Saved by sed")).expect("saved");
        fs::rename(&beside, &notes).expect("renamed");
    });
    preview.one_rebuild("a folder renamed", "/notes/", "Saved by sed", false, || {
        fs::rename(preview.path("pages"), preview.path("pages-aside")).expect("renamed");
    });
    preview.one_rebuild("a folder renamed back", "/notes/", "Saved by sed", true, || {
        fs::rename(preview.path("pages-aside"), preview.path("pages")).expect("renamed");
    });
    preview.one_rebuild("a save in the folder that came back", "/notes/", "Saved again", true, || {
        fs::write(&notes, text("Saved again")).expect("saved");
    });
    preview.one_rebuild("a file deleted", "/notes/", "Saved again", false, || {
        fs::remove_file(&notes).expect("removed");
    });
    let before = preview.rebuilds();
    let about = preview.path("pages/about.md");
    fs::write(&about, fs::read_to_string(&about).expect("a file")).expect("saved");
    std::thread::sleep(Duration::from_millis(700));
    assert_eq!(preview.rebuilds(), before, "the same bytes are no change\n{}", preview.log());
}

#[test]
fn another_branch_is_one_rebuild() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    for (path, text) in FILES {
        write(&site.join(path), text);
    }
    let git = |args: &[&str]| {
        let identity = ["-c", "user.name=Priya Rao", "-c", "user.email=rao@example.org"];
        let done = Command::new("git").current_dir(&site).args(identity).args(args).output();
        done.is_ok_and(|done| done.status.success())
    };
    assert!(git(&["init", "-q", "-b", "main"]), "this test needs git");
    assert!(git(&["add", "-A"]) && git(&["commit", "-qm", "one"]) && git(&["checkout", "-qb", "other"]));
    for number in 0..60 {
        write(&site.join(format!("pages/page-{number}.md")), "A page of the other branch.\n");
    }
    write(&site.join("pages/notes.md"), "# Notes\n\nOn the other branch.\n");
    fs::remove_file(site.join("pages/draft.md")).expect("removed");
    assert!(git(&["add", "-A"]) && git(&["commit", "-qm", "two"]) && git(&["checkout", "-q", "main"]));
    let preview = Preview::start_in(folder, &[]);
    preview.one_rebuild("to the other branch", "/notes/", "On the other branch", true, || {
        assert!(git(&["checkout", "-q", "other"]));
    });
    preview.one_rebuild("and back", "/notes/", "On the other branch", false, || {
        assert!(git(&["checkout", "-q", "main"]));
    });
}

#[test]
fn files_are_seen_by_looking_where_nothing_tells_of_changes() {
    let preview = Preview::start(&["--poll"]);
    fs::write(preview.path("pages/notes.md"), "# Notes\n\nSeen by looking.\n").expect("saved");
    preview.until(|log| log.contains("Rebuilt in").then_some(()));
    assert!(preview.get("/notes/").contains("Seen by looking"));
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_cleanly() {
    let mut preview = Preview::start(&[]);
    assert_eq!(status(&preview.get("/")), "200");
    let pid = preview.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().expect("kill").success());
    let ended = preview.child.wait().expect("ends");
    assert_eq!(ended.code(), Some(0));
}
