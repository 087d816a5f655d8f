//! Addresses in a drawing, judged as browsers read them (URL Standard, 4.4): tabs and line ends count for nothing
//! wherever they stand, and neither does what is no letter at the beginning and the end.

/// Where an address leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leads {
    /// To a part of the drawing, or to a file beside it.
    Inside,
    /// To what stands in the address itself.
    Data,
    /// To another host, or to somebody's letters and calls.
    Elsewhere,
    /// To a place on a computer.
    Computer,
    /// To what a browser might run, or does not know.
    Anything,
}

/// Schemes that lead elsewhere and run nothing here.
const ELSEWHERE: [&str; 4] = ["http", "https", "mailto", "tel"];
/// Schemes whose addresses are programs.
const PROGRAMS: [&str; 4] = ["javascript", "vbscript", "livescript", "mocha"];

/// Returns an address as a browser takes it.
pub(super) fn plain(address: &str) -> String {
    let trimmed = address.trim_matches(|letter: char| letter <= ' ');
    trimmed.chars().filter(|letter| !matches!(letter, '\t' | '\n' | '\r')).collect()
}

/// Tells where an address leads that stands where one is expected.
pub(super) fn leads(address: &str) -> Leads {
    let address = plain(address).to_ascii_lowercase();
    if is_on_a_computer(&address) {
        return Leads::Computer;
    }
    match scheme(&address) {
        Some("data") => Leads::Data,
        Some(scheme) if ELSEWHERE.contains(&scheme) => Leads::Elsewhere,
        Some(_) => Leads::Anything,
        // Browsers take both kinds of slash for one.
        None if matches!(address.as_bytes(), [b'/' | b'\\', b'/' | b'\\', ..]) => Leads::Elsewhere,
        None => Leads::Inside,
    }
}

/// Tells whether a value, wherever it stands, is the address of a program.
pub(in crate::privacy) fn is_program(value: &str) -> bool {
    scheme(&plain(value).to_ascii_lowercase()).is_some_and(|scheme| PROGRAMS.contains(&scheme))
}

/// What stands before the colon of an address in small letters (RFC 3986, 3.1).
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let is_scheme = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && scheme.bytes().all(|letter| letter.is_ascii_alphanumeric() || b"+.-".contains(&letter));
    is_scheme.then_some(scheme)
}

fn is_on_a_computer(address: &str) -> bool {
    let is_drive = matches!(address.as_bytes(), [b'a'..=b'z', b':', b'\\' | b'/', ..]);
    address.starts_with("file:")
        || address.starts_with("\\\\")
        || is_drive
        || address.starts_with("/users/")
        || address.starts_with("/home/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_where_a_browser_goes() {
        for (address, meant) in [
            ("#a", Leads::Inside),
            ("a/b.png?c:d", Leads::Inside),
            (" https://rao.example/ ", Leads::Elsewhere),
            ("MailTo:a@rao.example", Leads::Elsewhere),
            ("//rao.example/a", Leads::Elsewhere),
            ("/\\rao.example/a", Leads::Elsewhere),
            ("\t/\n/rao.example/a", Leads::Elsewhere),
            ("da\tta:text/html,x", Leads::Data),
            ("C:\\scan.png", Leads::Computer),
            ("fi\nle:///scan.png", Leads::Computer),
            ("blob:https://rao.example/1", Leads::Anything),
            ("vbscript:x", Leads::Anything),
        ] {
            assert_eq!(leads(address), meant, "{address:?}");
        }
        assert!(is_program("\u{1} java\tscript:x") && !is_program("the script: x") && !is_program("Note: java"));
    }

    proptest::proptest! {
        #[test]
        fn white_space_hides_no_program(
            before in "[\u{1}-\u{20}]{0,4}",
            between in proptest::collection::vec("[\t\n\r]{0,3}", 10),
            capitals in proptest::collection::vec(proptest::bool::ANY, 10),
        ) {
            let mut address = before;
            for ((letter, space), capital) in "javascript".chars().zip(between).zip(capitals) {
                address.push(if capital { letter.to_ascii_uppercase() } else { letter });
                address.push_str(&space);
            }
            address.push_str(":alert(1)");
            proptest::prop_assert_eq!(leads(&address), Leads::Anything);
            proptest::prop_assert!(is_program(&address));
        }
    }
}
