//! Netlify, Cloudflare Pages and S3: sent whole, a wrong token, silence, a transfer cut in the middle.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use crate::common::Run;
use crate::fake::{Asked, Host, Reply, host};
use crate::{SHARE, built, publish, site};

/// What a fake host holds, and what befalls those who send to it.
#[derive(Default)]
struct Shelf {
    files: BTreeMap<String, Vec<u8>>,
    wanted: BTreeMap<String, String>,
    /// Uploads after which the connection is cut; none when absent.
    cut_after: Option<usize>,
}

type Shared = Arc<Mutex<Shelf>>;

impl Shelf {
    /// Takes a file, unless this upload is one that is cut.
    fn take(&mut self, name: &str, bytes: &[u8]) -> bool {
        if let Some(left) = &mut self.cut_after {
            if *left == 0 {
                return false;
            }
            *left -= 1;
        }
        self.files.insert(name.to_owned(), bytes.to_vec());
        true
    }
}

fn shelf() -> Shared {
    Arc::default()
}

fn text(status: u16, value: &serde_json::Value) -> Reply {
    Reply::Text(status, value.to_string())
}

/// Netlify's answers, as its documentation shows them.
fn netlify(shelf: &Shared) -> Host {
    use sha1::{Digest, Sha1};
    let shelf = Arc::clone(shelf);
    host(move |asked: &Asked| {
        if asked.header("authorization") != "Bearer right" {
            return text(401, &serde_json::json!({"code": 401, "message": "Access Denied"}));
        }
        let mut shelf = shelf.lock().expect("unbroken");
        match (asked.method.as_str(), asked.path.as_str()) {
            ("GET", "/api/v1/sites/rao.netlify.app") => {
                text(200, &serde_json::json!({"id": "s1", "name": "rao", "ssl_url": "https://rao.netlify.app"}))
            }
            ("GET", path) if path.starts_with("/api/v1/sites/") => {
                text(404, &serde_json::json!({"code": 404, "message": "Not Found"}))
            }
            ("POST", "/api/v1/sites/s1/deploys") => {
                let files = asked.json()["files"].clone();
                let files = files.as_object().expect("files");
                shelf.wanted = files
                    .iter()
                    .map(|(path, hash)| (path.clone(), hash.as_str().expect("a hash").to_owned()))
                    .collect();
                let there: BTreeSet<String> =
                    shelf.files.values().map(|bytes| format!("{:x}", HexOf(&Sha1::digest(bytes)))).collect();
                let required: BTreeSet<&String> = shelf.wanted.values().filter(|hash| !there.contains(*hash)).collect();
                text(200, &serde_json::json!({"id": "d1", "state": "uploading", "required": required}))
            }
            ("PUT", path) => {
                let name = path.strip_prefix("/api/v1/deploys/d1/files").expect("a file of the deploy");
                if shelf.take(name, &asked.body) { text(200, &serde_json::json!({"id": "f"})) } else { Reply::Cut }
            }
            ("GET", "/api/v1/deploys/d1") => {
                text(200, &serde_json::json!({"id": "d1", "state": "ready", "ssl_url": "https://rao.netlify.app"}))
            }
            other => panic!("not asked by Netlify's documentation: {other:?}"),
        }
    })
}

struct HexOf<'a>(&'a [u8]);

impl std::fmt::LowerHex for HexOf<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Cloudflare's answers, as its own program gets them.
fn cloudflare(shelf: &Shared) -> Host {
    use base64::Engine as _;
    let shelf = Arc::clone(shelf);
    host(move |asked: &Asked| {
        let ok = |result: serde_json::Value| text(200, &serde_json::json!({"success": true, "result": result}));
        let token = asked.header("authorization");
        let of_account = asked.path.starts_with("/client/v4/accounts/acc/pages/projects/");
        if token != if of_account { "Bearer right" } else { "Bearer jwt" } {
            return text(403, &serde_json::json!({"success": false, "errors": [{"message": "Authentication error"}]}));
        }
        let mut shelf = shelf.lock().expect("unbroken");
        match (asked.method.as_str(), asked.path.as_str()) {
            ("GET", "/client/v4/accounts/acc/pages/projects/rao/upload-token") => ok(serde_json::json!({"jwt": "jwt"})),
            ("GET", _) => text(404, &serde_json::json!({"success": false})),
            ("POST", "/client/v4/pages/assets/check-missing") => {
                let hashes = asked.json()["hashes"].clone();
                let hashes =
                    hashes.as_array().expect("hashes").iter().map(|hash| hash.as_str().expect("a hash").to_owned());
                let missing: Vec<String> = hashes.filter(|hash| !shelf.files.contains_key(hash)).collect();
                ok(serde_json::json!(missing))
            }
            ("POST", "/client/v4/pages/assets/upload") => {
                for file in asked.json().as_array().expect("files") {
                    let bytes = base64::engine::general_purpose::STANDARD
                        .decode(file["value"].as_str().expect("base64"))
                        .expect("base64");
                    assert!(file["metadata"]["contentType"].as_str().is_some_and(|kind| kind.contains('/')));
                    if !shelf.take(file["key"].as_str().expect("a key"), &bytes) {
                        return Reply::Cut;
                    }
                }
                ok(serde_json::json!(null))
            }
            ("POST", "/client/v4/pages/assets/upsert-hashes") => ok(serde_json::json!(null)),
            ("POST", "/client/v4/accounts/acc/pages/projects/rao/deployments") => {
                let body = String::from_utf8(asked.body.clone()).expect("text");
                let after = body.split("name=\"manifest\"\r\n\r\n").nth(1).expect("a manifest");
                let manifest: BTreeMap<String, String> =
                    serde_json::from_str(after.split("\r\n").next().expect("its end")).expect("JSON");
                shelf.wanted = manifest;
                ok(
                    serde_json::json!({"id": "d1", "url": "https://d1.rao.pages.dev", "aliases": ["https://rao.pages.dev"]}),
                )
            }
            other => panic!("not asked by Cloudflare's program: {other:?}"),
        }
    })
}

/// The answers of S3, as its reference shows them.
fn s3(shelf: &Shared) -> Host {
    use md5::{Digest, Md5};
    let shelf = Arc::clone(shelf);
    host(move |asked: &Asked| {
        let authorization = asked.header("authorization");
        let signed = authorization.starts_with("AWS4-HMAC-SHA256 Credential=right/")
            && authorization.contains("/eu-central-1/s3/aws4_request,SignedHeaders=")
            && asked.header("x-amz-date").len() == 16
            && asked.header("x-amz-content-sha256").len() == 64;
        if !signed {
            let said = "<?xml version=\"1.0\"?><Error><Code>InvalidAccessKeyId</Code></Error>";
            return Reply::Text(403, said.to_owned());
        }
        let mut shelf = shelf.lock().expect("unbroken");
        if asked.method == "GET" {
            assert!(asked.path.starts_with("/rao-site?"), "{}", asked.path);
            // Two keys an answer, so that a list goes on over several.
            let from =
                asked.path.split("continuation-token=").nth(1).map(|rest| rest.split('&').next().expect("a token"));
            let from: usize = from.map_or(0, |token| token.parse().expect("a number"));
            let keys: Vec<_> = shelf.files.iter().filter(|(key, _)| key.starts_with("cv/")).collect();
            let mut xml = String::from(
                "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">",
            );
            for (key, bytes) in keys.iter().skip(from).take(2) {
                let hash = format!("{:x}", HexOf(&Md5::digest(bytes)));
                xml += &format!(
                    "<Contents><Key>{}</Key><ETag>&quot;{hash}&quot;</ETag></Contents>",
                    key.replace('&', "&amp;")
                );
            }
            let more = from + 2 < keys.len();
            xml += &format!("<IsTruncated>{more}</IsTruncated>");
            if more {
                xml += &format!("<NextContinuationToken>{}</NextContinuationToken>", from + 2);
            }
            return Reply::Text(200, xml + "</ListBucketResult>");
        }
        let key = asked.path.strip_prefix("/rao-site/").expect("a key").to_owned();
        match asked.method.as_str() {
            "PUT" if shelf.take(&key, &asked.body) => Reply::Text(200, String::new()),
            "PUT" => Reply::Cut,
            "DELETE" => {
                shelf.files.remove(&key);
                Reply::Text(204, String::new())
            }
            other => panic!("not asked of S3: {other}"),
        }
    })
}

const NETLIFY: &str = "{to: netlify, site: rao}";
const CLOUDFLARE: &str = "{to: cloudflare-pages, site: rao, account: acc}";

fn bucket(host: &Host) -> String {
    format!("{{to: s3, bucket: rao-site, region: eu-central-1, path: cv, endpoint: \"{}\"}}", host.address)
}

fn to_netlify(project: &crate::common::Project, host: &Host, token: &str) -> Run {
    publish(
        project,
        &[],
        &[("OFFPRINT_NETLIFY", &host.address), ("NETLIFY_AUTH_TOKEN", token), ("OFFPRINT_TIMEOUT", "2")],
    )
}

fn to_cloudflare(project: &crate::common::Project, host: &Host, token: &str) -> Run {
    let environment =
        [("OFFPRINT_CLOUDFLARE", &*host.address), ("CLOUDFLARE_API_TOKEN", token), ("OFFPRINT_TIMEOUT", "2")];
    publish(project, &[], &environment)
}

fn to_s3(project: &crate::common::Project, key: &str) -> Run {
    let environment = [("AWS_ACCESS_KEY_ID", key), ("AWS_SECRET_ACCESS_KEY", "secret"), ("OFFPRINT_TIMEOUT", "2")];
    publish(project, &[], &environment)
}

#[test]
fn netlify_has_every_file_and_a_second_run_sends_nothing() {
    let shelf = shelf();
    let host = netlify(&shelf);
    let project = site(NETLIFY);
    let run = to_netlify(&project, &host, "right").clean();
    assert_eq!(run.stdout.trim(), "https://rao.netlify.app/");
    let expected = built(&project, "https://rao.netlify.app/");
    {
        let shelf = shelf.lock().expect("unbroken");
        let wanted: BTreeSet<&str> = shelf.wanted.keys().map(|path| &path[1..]).collect();
        assert_eq!(wanted, expected.keys().map(String::as_str).collect(), "the deploy lists the site");
        for (path, bytes) in &expected {
            let sent = shelf.files.values().any(|sent| sent == bytes);
            assert!(sent, "{path} was sent");
        }
        assert!(!shelf.files.values().any(|bytes| String::from_utf8_lossy(bytes).contains("never sent")));
    }
    let puts = host.count("PUT", "/");
    to_netlify(&project, &host, "right").clean().says(0, &["nothing has changed", "Nothing was sent"]);
    assert_eq!(host.count("PUT", "/"), puts);
    project.write("pages/method.md", "# How I work\n\nOther words.\n");
    to_netlify(&project, &host, "right").says(0, &["changed pages: method/", "Sent"]);
    assert!(host.count("PUT", "/") <= puts + 3, "only what changed travels");
}

#[test]
fn cloudflare_has_every_file_and_a_second_run_sends_nothing() {
    let shelf = shelf();
    let host = cloudflare(&shelf);
    let project = site(CLOUDFLARE);
    let run = to_cloudflare(&project, &host, "right").clean();
    assert_eq!(run.stdout.trim(), "https://rao.pages.dev/");
    let expected = built(&project, "https://rao.pages.dev/");
    let shelf = shelf.lock().expect("unbroken");
    for (path, bytes) in &expected {
        let key = &shelf.wanted[&format!("/{path}")];
        assert_eq!(&shelf.files[key], bytes, "{path}");
    }
    assert_eq!(shelf.wanted.len(), expected.len());
    drop(shelf);
    to_cloudflare(&project, &host, "right").clean().says(0, &["Nothing was sent"]);
}

#[test]
fn a_bucket_has_every_file_keeps_others_and_loses_what_was_taken_back() {
    let shelf = shelf();
    let host = s3(&shelf);
    shelf.lock().expect("unbroken").files.insert("cv/mine.txt".to_owned(), b"mine".to_vec());
    let project = site(&bucket(&host));
    to_s3(&project, "right").clean().says(0, &["Sent"]);
    let expected = built(&project, "");
    let held = |path: &str| shelf.lock().expect("unbroken").files.get(&format!("cv/{path}")).cloned();
    for (path, bytes) in &expected {
        assert_eq!(held(path).as_ref(), Some(bytes), "{path}");
    }
    assert!(held(SHARE).is_some());
    project.run(&["share", "revoke", "msk"]).clean();
    // Another computer does not know what this one published, and still takes the page away.
    project.remove(".offprint");
    to_s3(&project, "right").clean();
    assert_eq!((held(SHARE), held("mine.txt")), (None, Some(b"mine".to_vec())));
    project.remove("pages/method.md");
    to_s3(&project, "right").says(0, &["OP843", "method/"]);
    assert_eq!(held("method/index.html"), None);
}

#[test]
fn a_wrong_token_is_named_and_nothing_is_sent() {
    let shelf = shelf();
    let (netlify, cloudflare, s3) = (netlify(&shelf), cloudflare(&shelf), s3(&shelf));
    let site_of = |publish: &str| site(publish);
    to_netlify(&site_of(NETLIFY), &netlify, "wrong").says(
        2,
        &["Netlify does not accept the token in NETLIFY_AUTH_TOKEN", "help: make a new one at app.netlify.com"],
    );
    to_cloudflare(&site_of(CLOUDFLARE), &cloudflare, "wrong")
        .says(2, &["Cloudflare does not accept the token in CLOUDFLARE_API_TOKEN", "help: make a new one"]);
    to_s3(&site_of(&bucket(&s3)), "wrong")
        .says(2, &["does not accept the keys in AWS_ACCESS_KEY_ID", "InvalidAccessKeyId"]);
    to_netlify(&site_of(NETLIFY), &netlify, "")
        .says(2, &["your Netlify token is not in the environment", "export NETLIFY_AUTH_TOKEN=…"]);
    to_netlify(&site_of("{to: netlify, site: nobody}"), &netlify, "right")
        .says(2, &["Netlify has no site `nobody`", "help: make the site"]);
    assert!(shelf.lock().expect("unbroken").files.is_empty());
}

#[test]
fn a_host_that_is_silent_or_absent_is_named_with_the_next_step() {
    let silent = host(|_| Reply::Silence);
    let wait = [("OFFPRINT_TIMEOUT", "1"), ("NETLIFY_AUTH_TOKEN", "right"), ("CLOUDFLARE_API_TOKEN", "right")];
    let keys = [("AWS_ACCESS_KEY_ID", "right"), ("AWS_SECRET_ACCESS_KEY", "secret")];
    let hosts = [("OFFPRINT_NETLIFY", &*silent.address), ("OFFPRINT_CLOUDFLARE", &silent.address)];
    let environment = [&wait[..], &keys, &hosts].concat();
    for target in [NETLIFY, CLOUDFLARE, &bucket(&silent)] {
        publish(&site(target), &[], &environment)
            .says(2, &["did not answer within 1 s", "help: look at your connection"]);
    }
    let nobody = [("OFFPRINT_NETLIFY", "http://127.0.0.1:9"), ("NETLIFY_AUTH_TOKEN", "right")];
    publish(&site(NETLIFY), &[], &nobody).says(2, &["127.0.0.1:9 broke off", "run `offprint publish` again"]);
    let busy = host(|_| Reply::Text(503, "come back later".to_owned()));
    to_netlify(&site(NETLIFY), &busy, "right").says(2, &["did not take the site (status 503: come back later)"]);
    assert_eq!(busy.count("GET", "/"), 3, "a busy host is asked again");
}

#[test]
fn a_transfer_that_was_cut_is_finished_by_the_next_run() {
    let cut = |shelf: &Shared, after: usize| shelf.lock().expect("unbroken").cut_after = Some(after);
    let mend = |shelf: &Shared| shelf.lock().expect("unbroken").cut_after = None;
    let held = |shelf: &Shared| shelf.lock().expect("unbroken").files.len();

    let shelf_of_netlify = shelf();
    let host = netlify(&shelf_of_netlify);
    let project = site(NETLIFY);
    cut(&shelf_of_netlify, 4);
    to_netlify(&project, &host, "right").says(2, &["was not sent", "run `offprint publish` again"]);
    assert_eq!(held(&shelf_of_netlify), 4);
    mend(&shelf_of_netlify);
    let before = host.count("PUT", "/");
    to_netlify(&project, &host, "right").clean();
    assert!(host.count("PUT", "/") - before < built(&project, "https://rao.netlify.app/").len(), "it goes on");

    let shelf_of_cloudflare = shelf();
    let host = cloudflare(&shelf_of_cloudflare);
    let project = site(CLOUDFLARE);
    cut(&shelf_of_cloudflare, 4);
    to_cloudflare(&project, &host, "right").says(2, &["broke off", "run `offprint publish` again"]);
    mend(&shelf_of_cloudflare);
    to_cloudflare(&project, &host, "right").clean();
    assert_eq!(
        shelf_of_cloudflare.lock().expect("unbroken").wanted.len(),
        built(&project, "https://rao.pages.dev/").len()
    );

    let shelf_of_s3 = shelf();
    let host = s3(&shelf_of_s3);
    let project = site(&bucket(&host));
    cut(&shelf_of_s3, 4);
    to_s3(&project, "right").says(2, &["was not sent", "run `offprint publish` again"]);
    let home = "cv/index.html";
    assert!(!shelf_of_s3.lock().expect("unbroken").files.contains_key(home), "the home page comes last");
    mend(&shelf_of_s3);
    let before = host.count("PUT", "/");
    to_s3(&project, "right").clean();
    let files = built(&project, "");
    assert_eq!(host.count("PUT", "/") - before, files.len() - 4, "what is there is not sent again");
    assert_eq!(held(&shelf_of_s3), files.len());
}
