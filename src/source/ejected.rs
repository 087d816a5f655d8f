//! The first line of a file that was copied out of a theme: what it was copied from.
//!
//! Takes a file of a theme; gives the copy with a comment in the file's own language, and reads
//! such a comment again. A file whose language has no comments is copied as it is.

/// Begins the comment's words.
const MARK: &str = "Copied by `offprint theme eject` from ";
/// Hexadecimal digits of the hash of the original.
const HASH_DIGITS: usize = 16;

/// What a copied file was copied from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ejected {
    /// Name of the theme.
    pub theme: String,
    /// Its version at that time; `-` for a theme without one.
    pub version: String,
    /// Start of the BLAKE3 hash of the original.
    pub hash: String,
    /// The version of what templates see, at that time; absent in a copy from before it had one.
    pub view: Option<u32>,
}

/// Returns the hash that a copy of a file names.
pub fn hash(original: &[u8]) -> String {
    blake3::hash(original).to_hex()[..HASH_DIGITS].to_owned()
}

/// Returns a copy of a theme's file that names its origin. `inside` is its path in the theme, `view` the version of
/// what templates see.
pub fn copy(theme: &str, version: &str, inside: &str, original: &[u8], view: u32) -> Vec<u8> {
    let Some((open, close)) = comment(inside) else { return original.to_vec() };
    let line = format!("{open}{MARK}{theme} {version} {} view {view}{close}\n", hash(original));
    [line.as_bytes(), original].concat()
}

/// Reads the origin of a copied file; gives it with the rest of the file, which is the original until it is edited.
pub fn read<'f>(inside: &str, file: &'f [u8]) -> Option<(Ejected, &'f [u8])> {
    let (open, close) = comment(inside)?;
    let end = file.iter().position(|&byte| byte == b'\n')?;
    let line = std::str::from_utf8(&file[..end]).ok()?.trim_end_matches('\r');
    let words = line.strip_prefix(open)?.strip_suffix(close)?.strip_prefix(MARK)?;
    let mut parts = words.split(' ').map(str::to_owned);
    let (theme, version, hash) = (parts.next()?, parts.next()?, parts.next()?);
    let view = parts.nth(1).and_then(|number| number.parse().ok());
    let ejected = Ejected { theme, version, hash, view };
    Some((ejected, &file[end + 1..]))
}

/// Returns how a comment of one line begins and ends; a template's leaves nothing on the page.
fn comment(inside: &str) -> Option<(&'static str, &'static str)> {
    match inside.rsplit_once('.')?.1 {
        "html" => Some(("{#- ", " -#}")),
        "css" | "js" => Some(("/* ", " */")),
        "yaml" => Some(("# ", "")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_tells_its_origin_and_holds_the_original() {
        for name in ["templates/page.html", "assets/base.css", "assets/script.js", "strings/en.yaml"] {
            let copied = copy("offprint", "1.0.0", name, b"one\ntwo\n", 3);
            let (ejected, rest) = read(name, &copied).expect("an origin");
            assert_eq!(
                (ejected.theme.as_str(), ejected.version.as_str(), rest),
                ("offprint", "1.0.0", &b"one\ntwo\n"[..])
            );
            assert_eq!((ejected.hash.as_str(), ejected.view), (&*hash(b"one\ntwo\n"), Some(3)));
        }
        assert_eq!(copy("offprint", "1.0.0", "assets/fonts/a.woff2", b"wOF2", 3), b"wOF2");
        assert_eq!(read("templates/page.html", b"{#- mine -#}\n<p>"), None);
    }
}
