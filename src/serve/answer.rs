//! Addresses → answers, out of the pages in memory and nothing else.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use super::author;
use super::changed::page_of;
use super::desk::Desk;
use super::difference;
use super::edition::{Content, content};
use super::html::address;
use super::http::OWN;
use super::keeper::Keeper;
use super::page::{Shell, View, placeholder};
use super::request::{Method, Request, decode};
use super::response::{Body, Response, media_type};
use crate::diagnostic::Diagnostics;
use crate::portfolio::Shared;
use crate::record::vocabulary::Kind;
use crate::source::Sources;

/// The media type of a change to a page.
const CHANGE: &str = "application/json";

/// The policy of the author's page: nothing but its own style sheet and buttons.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

impl Keeper<'_> {
    /// Answers a request; problems found on the way are pushed to `found`.
    pub(super) fn answer(
        &mut self,
        desk: Option<&mut Desk<'_>>,
        request: &Request,
        found: &mut Diagnostics,
    ) -> Response {
        let own = request.path.strip_prefix(OWN);
        if request.method == Method::Post {
            return self.open(desk, &request.body);
        }
        let (view, path) = match own {
            None if request.path == OWN.trim_end_matches('/') => return redirect("/_offprint/"),
            None => (self.first_view(), request.path.as_str()),
            Some("") => return self.author_page(desk),
            Some(name) => match name.split_once('/') {
                Some(("drafts", path)) => (View::Drafts, path),
                Some(("public", path)) => (View::Public, path),
                _ if matches!(name, "drafts" | "public") => return redirect(&format!("/{OWN}{name}/")),
                _ => return Response::refusal(404),
            },
        };
        self.page(desk, view, path, request, found)
    }

    /// Returns the address of a view's home page.
    fn root(&self, view: View) -> String {
        match view {
            _ if view == self.first_view() => "/".to_owned(),
            View::Drafts => format!("/{OWN}drafts/"),
            View::Public => format!("/{OWN}public/"),
        }
    }

    fn page(
        &mut self,
        desk: Option<&mut Desk<'_>>,
        view: View,
        path: &str,
        request: &Request,
        found: &mut Diagnostics,
    ) -> Response {
        let is_folder = path.is_empty() || path.ends_with('/');
        let file = if is_folder { format!("{path}index.html") } else { path.to_owned() };
        let Some(desk) = desk else {
            let page = self.dress(&placeholder().as_bytes().into(), view, path, None);
            return Response::new(if is_folder { 200 } else { 404 }, media_type("x.html"), page);
        };
        let own_file = self.files.as_ref().and_then(|files| content(files, &file)).map(|content| (content, None));
        let cited = &mut self.cited;
        let shown = own_file.or_else(|| desk.find(found, cited, view, &file));
        if let Some((content, mark)) = shown {
            return match content {
                Content::File(file) => self.file(&file, path),
                Content::Bytes(bytes) if media_type(&file).starts_with("text/html") => {
                    let shown = if is_folder { path } else { file.trim_end_matches("index.html") };
                    let change = request.holds.and_then(|held| self.change(held, &bytes, view, shown, mark));
                    change
                        .unwrap_or_else(|| Response::new(200, media_type(&file), self.dress(&bytes, view, shown, mark)))
                }
                Content::Bytes(bytes) => {
                    let tag = format!("\"{}\"", &blake3::hash(&bytes).to_hex()[..32]);
                    let is_known = request.known.as_deref() == Some(tag.as_str());
                    let response = if is_known {
                        Response::new(304, media_type(&file), Vec::new())
                    } else {
                        Response::new(200, media_type(&file), bytes)
                    };
                    let lasts = path.starts_with("assets/");
                    Response { tag: Some(tag), lasts, ..response }
                }
            };
        }
        let folder = format!("{path}/index.html");
        if !is_folder && desk.find(found, cited, view, &folder).is_some() {
            return redirect(&format!("{}{}/", self.root(view), address(path)));
        }
        if path == "favicon.ico" {
            // Browsers ask for it unbidden; that it is missing is no fault of the site.
            return Response::new(204, media_type(path), Vec::new());
        }
        match desk.find(found, cited, view, "404.html") {
            Some((Content::Bytes(bytes), _)) => {
                Response::new(404, media_type("x.html"), self.dress(&bytes, view, path, None))
            }
            _ => Response::refusal(404),
        }
    }

    fn dress(&mut self, page: &Arc<[u8]>, view: View, path: &str, mark: Option<&str>) -> Vec<u8> {
        let number = self.sent.note(page);
        self.with_shell(number, view, path, mark, |shell| shell.dress(page))
    }

    /// Returns what turns the page that a browser holds into the one that is there now, where that is little.
    fn change(&mut self, held: u64, page: &Arc<[u8]>, view: View, path: &str, mark: Option<&str>) -> Option<Response> {
        let old = Arc::clone(self.sent.find(held)?);
        let (old, new) = (std::str::from_utf8(&old).ok()?, std::str::from_utf8(page).ok()?);
        let parts = difference::between(old, new)?;
        let number = self.sent.note(page);
        let build = self.number.to_string();
        let change = self.with_shell(
            number,
            view,
            path,
            mark,
            |shell| serde_json::json!({ "build": build, "page": number, "preview": shell.parts(), "parts": parts }),
        );
        Some(Response::new(200, CHANGE, change.to_string().into_bytes()))
    }

    fn with_shell<T>(
        &self,
        page: u64,
        view: View,
        path: &str,
        mark: Option<&str>,
        make: impl FnOnce(&Shell<'_>) -> T,
    ) -> T {
        let other = match view {
            View::Public => View::Drafts,
            View::Drafts => View::Public,
        };
        make(&Shell {
            build: self.number,
            page,
            session: &self.session,
            root: &self.root(view),
            view,
            other: &(self.root(other) + &address(path)),
            mark,
            problems: &self.problems,
            opener: &self.opener,
        })
    }

    /// Sends a file of the author's, unless a link put there since leads out of what may be shown.
    fn file(&self, file: &Path, path: &str) -> Response {
        let inside = file.canonicalize().ok().and_then(|real| real.strip_prefix(&self.root).map(Path::to_owned).ok());
        let kept = |top: &Path| top.starts_with("evidence") || top.starts_with("private");
        if inside.is_none_or(|inside| kept(&inside)) {
            return Response::refusal(404);
        }
        let opened = File::open(file).and_then(|file| file.metadata().map(|about| (file, about.len())));
        match opened {
            Ok((file, length)) => {
                Response { body: Body::File(file, length), ..Response::new(200, media_type(path), Vec::new()) }
            }
            Err(_) => Response::refusal(404),
        }
    }

    fn author_page(&mut self, desk: Option<&mut Desk<'_>>) -> Response {
        let nothing = Sources::default();
        let model = desk.as_ref().map(|desk| desk.model);
        let root = self.root(View::Drafts);
        let mut unheard = Diagnostics::default();
        let pages = desk.map(|desk| desk.pages(&mut unheard, &mut self.cited, View::Drafts));
        let shown = |kind: Kind, shared: &Shared| {
            let path = page_of(kind, shared);
            let there = pages.as_ref().is_some_and(|pages| pages.contains(&format!("{path}index.html")));
            there.then(|| format!("{root}{path}"))
        };
        let material = author::Material {
            portfolio: model.map(|model| &model.portfolio),
            sources: model.map_or(&nothing, |model| &model.sources),
            problems: &self.problems,
            opener: &self.opener,
            page_of: &shown,
        };
        let page = author::page(material).into_bytes();
        Response { policy: Some(POLICY), ..Response::new(200, media_type("x.html"), page) }
    }

    /// Opens a file at a line in the author's editor, for a button of the preview's own.
    fn open(&self, desk: Option<&mut Desk<'_>>, form: &str) -> Response {
        let field = |name: &str| {
            let pairs = form.split('&').filter_map(|pair| pair.split_once('='));
            let value = pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).next();
            value.and_then(|value| decode(&value.replace('+', " ")))
        };
        let token = field("token").unwrap_or_default();
        let (Some(editor), Some(own)) = (&self.editor, &self.opener.token) else { return Response::refusal(403) };
        // Compared by hash, so that the time taken tells nothing about the token.
        if blake3::hash(token.as_bytes()) != blake3::hash(own.as_bytes()) {
            return Response::refusal(403);
        }
        let file = field("file").unwrap_or_default();
        let line = field("line").and_then(|line| line.parse().ok()).unwrap_or(1);
        let is_problem = self.problems.iter().any(|(problem, _)| problem.file == file);
        let is_source = desk.is_some_and(|desk| desk.model.sources.exists(&file));
        let place = file.split('/').fold(self.root.clone(), |folder, part| folder.join(part));
        let inside = place.canonicalize().is_ok_and(|real| real.starts_with(&self.root));
        if !(is_problem || is_source) || !inside {
            return Response::refusal(404);
        }
        match editor.open(&place, line) {
            Ok(()) => Response::new(204, media_type("x.txt"), Vec::new()),
            Err(error) => Response::text(500, &format!("the editor did not start: {error}")),
        }
    }
}

fn redirect(to: &str) -> Response {
    Response { location: Some(to.to_owned()), ..Response::new(303, media_type("x.txt"), Vec::new()) }
}
