//! The head of a request, read strictly: what is not plainly right is refused.

/// What a browser asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Request {
    /// How it asks.
    pub method: Method,
    /// The path after its first `/`, decoded once; never used as a path of the file system.
    pub path: String,
    /// The page's copy that the browser has, as the server named it.
    pub known: Option<String>,
    /// The number of the page that the browser holds and wants changed to what is there now.
    pub holds: Option<u64>,
    /// Length of the body in bytes; 0 but for POST.
    pub length: usize,
    /// The body of a POST, read by the gate.
    pub body: String,
}

/// The methods that are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Get,
    Head,
    Post,
}

const MOST_HEADERS: usize = 100;
const LONGEST_BODY: usize = 4096;

/// Reads a head, from the request line to the empty line; `port` is the server's own.
///
/// # Errors
/// The status to refuse with.
pub(super) fn parse(head: &[u8], port: u16) -> Result<Request, u16> {
    let head = std::str::from_utf8(head).map_err(|_| 400_u16)?;
    let head = head.strip_suffix("\r\n\r\n").ok_or(400_u16)?;
    let mut lines = head.split("\r\n");
    let (method, target) = request_line(lines.next().unwrap_or_default())?;
    let headers = Headers::read(lines)?;
    let own = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let host = headers.one("host")?.ok_or(400_u16)?;
    if !own.iter().any(|name| name == host) {
        return Err(403);
    }
    let origin = headers.one("origin")?;
    let is_own = |origin: &str| origin.strip_prefix("http://").is_some_and(|host| own.iter().any(|name| name == host));
    if !origin.map_or(method != Method::Post, is_own) || from_elsewhere(&headers)? {
        return Err(403);
    }
    if headers.one("transfer-encoding")?.is_some() || headers.one("expect")?.is_some() {
        return Err(400);
    }
    let length = match headers.one("content-length")? {
        Some(digits) => length(digits)?,
        None => 0,
    };
    if method != Method::Post && length > 0 {
        return Err(400);
    }
    let known = headers.one("if-none-match")?.map(str::to_owned);
    let holds = headers.one("offprint-holds")?.and_then(|number| number.parse().ok());
    Ok(Request { method, path: path(target)?, known, holds, length, body: String::new() })
}

fn request_line(line: &str) -> Result<(Method, &str), u16> {
    let parts: Vec<_> = line.split(' ').collect();
    let [method, target, version] = parts[..] else { return Err(400) };
    if !matches!(version, "HTTP/1.1" | "HTTP/1.0") {
        return Err(400);
    }
    let method = match method {
        "GET" => Method::Get,
        "HEAD" => Method::Head,
        "POST" => Method::Post,
        _ if !method.is_empty() && method.bytes().all(is_token) => return Err(405),
        _ => return Err(400),
    };
    Ok((method, target))
}

/// Whether another site's page put the request there as a picture, a script or the like; a link may lead here.
fn from_elsewhere(headers: &Headers<'_>) -> Result<bool, u16> {
    let elsewhere = matches!(headers.one("sec-fetch-site")?, Some("cross-site" | "same-site"));
    Ok(elsewhere && headers.one("sec-fetch-mode")? != Some("navigate"))
}

fn length(digits: &str) -> Result<usize, u16> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(400);
    }
    digits.parse().ok().filter(|length| *length <= LONGEST_BODY).ok_or(413)
}

fn path(target: &str) -> Result<String, u16> {
    let rest = target.strip_prefix('/').ok_or(400_u16)?;
    let path = rest.split('?').next().unwrap_or_default();
    decode(path).filter(|path| !path.contains(|c: char| c.is_control())).ok_or(400)
}

/// Decodes `%xx` once; nothing for a broken escape or bytes that are no UTF-8.
pub(super) fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

struct Headers<'a>(Vec<(String, &'a str)>);

impl<'a> Headers<'a> {
    fn read(lines: impl Iterator<Item = &'a str>) -> Result<Self, u16> {
        let mut headers = Vec::new();
        for line in lines {
            let (name, value) = line.split_once(':').ok_or(400_u16)?;
            let is_plain = !name.is_empty() && name.bytes().all(is_token);
            if !is_plain || value.contains(|c: char| c.is_control() && c != '\t') {
                return Err(400);
            }
            if headers.len() == MOST_HEADERS {
                return Err(431);
            }
            headers.push((name.to_ascii_lowercase(), value.trim_matches([' ', '\t'])));
        }
        Ok(Self(headers))
    }

    fn one(&self, name: &str) -> Result<Option<&'a str>, u16> {
        let mut found = self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| *value);
        let first = found.next();
        if found.next().is_some() { Err(400) } else { Ok(first) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(head: &str) -> u16 {
        parse(head.as_bytes(), 4321).err().unwrap_or(200)
    }

    #[test]
    fn a_plain_request_is_understood() {
        let head = "GET /publications/a%20b/?x=1 HTTP/1.1\r\nHost: localhost:4321\r\nIf-None-Match: \"7\"\r\n\r\n";
        let request = parse(head.as_bytes(), 4321).expect("a request");
        assert_eq!(request.path, "publications/a b/");
        assert_eq!(request.known.as_deref(), Some("\"7\""));
    }

    #[test]
    fn only_the_own_name_is_answered() {
        for (hosts, expected) in [
            ("Host: 127.0.0.1:4321\r\n", 200),
            ("", 400),
            ("Host: 127.0.0.1:4321\r\nHost: 127.0.0.1:4321\r\n", 400),
            ("Host: 127.0.0.1\r\n", 403),
            ("Host: evil.example:4321\r\n", 403),
            ("Host: localhost:4321.evil.example\r\n", 403),
            ("Host: localhost:4322\r\n", 403),
            ("Host : localhost:4321\r\n", 400),
            ("Host: localhost:4321\r\nOrigin: http://evil.example\r\n", 403),
            ("Host: localhost:4321\r\nOrigin: null\r\n", 403),
            ("Host: localhost:4321\r\nOrigin: http://localhost:4321\r\n", 200),
            ("Host: localhost:4321\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n", 403),
            ("Host: localhost:4321\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n", 200),
        ] {
            assert_eq!(status(&format!("GET / HTTP/1.1\r\n{hosts}\r\n")), expected, "{hosts}");
        }
    }

    #[test]
    fn odd_requests_are_refused() {
        for (line, expected) in [
            ("GET http://localhost:4321/ HTTP/1.1", 400),
            ("GET  / HTTP/1.1", 400),
            ("GET /", 400),
            ("GET / HTTP/2", 400),
            ("DELETE / HTTP/1.1", 405),
            ("OPTIONS * HTTP/1.1", 405),
            ("get / HTTP/1.1", 405),
            ("POST / HTTP/1.1", 403),
            ("GET /%zz HTTP/1.1", 400),
            ("GET /%ff HTTP/1.1", 400),
            ("GET /a%00b HTTP/1.1", 400),
            ("GET /a\nb HTTP/1.1", 400),
        ] {
            assert_eq!(status(&format!("{line}\r\nHost: localhost:4321\r\n\r\n")), expected, "{line}");
        }
        for (header, expected) in [
            ("Transfer-Encoding: chunked", 400),
            ("Content-Length: -1", 400),
            ("Content-Length: 99999999999999999999", 413),
            ("Content-Length: 5", 400),
            (" folded: x", 400),
            ("no colon", 400),
        ] {
            let head = format!("GET / HTTP/1.1\r\nHost: localhost:4321\r\n{header}\r\n\r\n");
            assert_eq!(status(&head), expected, "{header}");
        }
    }
}
