//! sftp and rsync, as programs on the PATH that do to a folder what the true ones do to a server.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;

use crate::common::{Project, Run};
use crate::{SHARE, built, gather, publish, site};

/// Does what the batch says in the folder `SERVER`, or fails as `MOOD` says.
const SFTP: &str = r#"#!/bin/sh
batch=""
while [ $# -gt 1 ]; do
  if [ "$1" = "-b" ]; then batch="$2"; shift; fi
  shift
done
case "$MOOD" in
  refuse) echo "rao@web.example: Permission denied (publickey)." >&2; exit 255 ;;
  hang) exec sleep 300 ;;
esac
left=${CUT:-100000}
while read -r word from to; do
  from=$(echo "$from" | sed 's/"//g'); to=$(echo "$to" | sed 's/"//g')
  case "$word" in
    -mkdir) mkdir "$SERVER/$from" 2>/dev/null ;;
    put)
      if [ "$left" -eq 0 ]; then echo "Connection reset by peer" >&2; exit 255; fi
      left=$((left - 1))
      cp "$from" "$SERVER/$to" || exit 1
      echo "$from" >> "$SERVER/log" ;;
    -chmod) chmod "$from" "$SERVER/$to" ;;
    -rm) rm "$SERVER/$from" ;;
    -rmdir) rmdir "$SERVER/$from" 2>/dev/null ;;
  esac
done < "$batch"
exit 0
"#;

/// Copies the files of the list to the folder `SERVER`, and removes those that are only named.
const RSYNC: &str = r#"#!/bin/sh
delete=no
for word in "$@"; do
  case "$word" in
    --files-from=*) list="${word#--files-from=}" ;;
    --delete-missing-args) delete=yes ;;
    --*) ;;
    *:*) to="${word#*:}" ;;
    *) from="$word" ;;
  esac
done
case "$MOOD" in
  refuse) echo "rao@web.example: Permission denied (publickey)." >&2; exit 255 ;;
  hang) exec sleep 300 ;;
esac
left=${CUT:-100000}
tr '\0' '\n' < "$list" > "$SERVER/list"
while read -r path; do
  if [ -f "$from$path" ]; then
    if cmp -s "$from$path" "$SERVER/$to$path"; then continue; fi
    if [ "$left" -eq 0 ]; then echo "rsync: connection unexpectedly closed" >&2; exit 12; fi
    left=$((left - 1))
    mkdir -p "$(dirname "$SERVER/$to$path")"
    cp "$from$path" "$SERVER/$to$path"
    echo "$path" >> "$SERVER/log"
  elif [ "$delete" = yes ]; then
    rm -f "$SERVER/$to$path"
  else
    echo "link_stat \"$path\" failed: No such file or directory" >&2; exit 23
  fi
done < "$SERVER/list"
"#;

/// A server: the programs that reach it, and its folder.
struct Server(Project);

impl Server {
    fn new() -> Self {
        let place = Project::new();
        for (name, script) in [("sftp", SFTP), ("rsync", RSYNC)] {
            place.write(&format!("bin/{name}"), script);
            let mode = std::fs::Permissions::from_mode(0o755);
            std::fs::set_permissions(place.path(&format!("bin/{name}")), mode).expect("a program");
        }
        place.write("server/www/theirs.html", "theirs");
        Self(place)
    }

    fn publish(&self, project: &Project, more: &[(&str, &str)]) -> Run {
        let path = format!("{}:{}", self.0.path("bin").display(), std::env::var("PATH").expect("a path"));
        let server = self.0.path("server").to_string_lossy().into_owned();
        let environment = [&[("PATH", path.as_str()), ("SERVER", &server), ("OFFPRINT_TIMEOUT", "1")], more].concat();
        publish(project, &[], &environment)
    }

    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        gather(&self.0.path("server/www"), &self.0.path("server/www"), &mut files);
        files
    }

    fn log(&self) -> usize {
        self.0.read("server/log").unwrap_or_default().lines().count()
    }
}

fn to(program: &str) -> Project {
    site(&format!("{{to: {program}, host: rao@web.example, path: www}}"))
}

#[test]
fn a_server_has_every_file_keeps_others_and_loses_what_was_taken_back() {
    for program in ["sftp", "rsync"] {
        let server = Server::new();
        let project = to(program);
        server.publish(&project, &[]).clean();
        let mut expected = built(&project, "");
        expected.insert("theirs.html".to_owned(), b"theirs".to_vec());
        assert_eq!(server.files(), expected, "{program}");
        let mode =
            std::fs::metadata(server.0.path("server/www/index.html")).expect("the home page").permissions().mode();
        assert_eq!(mode & 0o777, 0o644, "{program}");
        server.publish(&project, &[]).says(0, &["Nothing was sent"]);
        project.run(&["share", "revoke", "msk"]).clean();
        let sent = server.log();
        server.publish(&project, &[]).says(0, &["taken back: 1 page for one reader"]);
        assert!(!server.files().contains_key(SHARE) && server.files().contains_key("theirs.html"), "{program}");
        assert!(server.log() <= sent + 1, "{program} sent what was there");
    }
}

#[test]
fn a_server_that_refuses_is_silent_or_cuts_is_named_and_the_next_run_finishes() {
    for program in ["sftp", "rsync"] {
        let server = Server::new();
        let project = to(program);
        server.publish(&project, &[("MOOD", "refuse")]).says(2, &["did not let you in", "ssh-copy-id rao@web.example"]);
        server.publish(&project, &[("CUT", "5")]).says(2, &["broke off", "run `offprint publish` again"]);
        assert!(!server.files().contains_key("index.html"), "the home page comes last");
        server.publish(&project, &[]).clean();
        let mut expected = built(&project, "");
        expected.insert("theirs.html".to_owned(), b"theirs".to_vec());
        assert_eq!(server.files(), expected, "{program}");
    }
    // Side by side, since each is waited for.
    std::thread::scope(|scope| {
        for program in ["sftp", "rsync"] {
            scope.spawn(move || {
                let run = Server::new().publish(&to(program), &[("MOOD", "hang")]);
                run.says(2, &[&format!("`{program}` was still waiting after 10 s")]);
            });
        }
    });
}

#[test]
fn a_program_that_is_not_there_is_named() {
    let run = publish(&to("rsync"), &[], &[("PATH", "/nowhere")]);
    run.says(2, &["the program `rsync` is not on this computer", "to: zip"]);
}
