//! Identifiers as people paste them → their normal form, with form and check digit verified.

/// Why an identifier is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentifierFault {
    /// What is wrong with the value, as the end of a sentence that begins with it.
    pub message: String,
    /// The next step.
    pub help: String,
    /// The value that was surely meant.
    pub meant: Option<String>,
}

impl IdentifierFault {
    fn new(message: &str, help: &str) -> Self {
        Self { message: message.to_owned(), help: help.to_owned(), meant: None }
    }

    fn meant(mut self, value: Option<String>) -> Self {
        self.meant = value;
        self
    }
}

/// The outcome of reading one identifier.
pub type Read = Result<String, IdentifierFault>;

/// Cuts known openings off, whatever their case, and white space and stops around.
fn strip<'a>(text: &'a str, openings: &[&str]) -> &'a str {
    let mut text = text.trim();
    loop {
        let cut = openings.iter().find_map(|opening| {
            let head = text.get(..opening.len())?;
            head.eq_ignore_ascii_case(opening).then(|| text[opening.len()..].trim_start())
        });
        match cut {
            Some(rest) => text = rest,
            None => return text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';')),
        }
    }
}

const WEB: [&str; 3] = ["https://", "http://", "www."];

fn with_web<'a>(rest: &[&'a str]) -> Vec<&'a str> {
    WEB.into_iter().chain(rest.iter().copied()).collect()
}

/// Reads a DOI: bare, after `doi:` or as an address of doi.org; gives `10.5555/rad.252210`.
pub fn doi(text: &str) -> Read {
    let bare = strip(text, &with_web(&["dx.doi.org/", "doi.org/", "doi:", "doi "]));
    let bare = bare.replace("%2F", "/").replace("%2f", "/");
    if is_doi(&bare) {
        return Ok(bare.to_lowercase());
    }
    let plain: String = bare
        .chars()
        .map(|c| if matches!(c, '–' | '‐' | '‑' | '—') { '-' } else { c })
        .filter(|c| !c.is_whitespace())
        .collect();
    let inner = plain.find("10.").map(|at| plain[at..].split(['?', '#']).next().unwrap_or_default().to_lowercase());
    Err(IdentifierFault::new(
        "is not a DOI",
        "a DOI begins with `10.`, four or more digits and a slash, as in 10.1148/radiol.252210",
    )
    .meant(inner.filter(|inner| is_doi(inner))))
}

fn is_doi(text: &str) -> bool {
    let Some((prefix, suffix)) = text.strip_prefix("10.").and_then(|rest| rest.split_once('/')) else { return false };
    let registrant = prefix.split('.').next().unwrap_or_default();
    (4..=9).contains(&registrant.len())
        && prefix.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
        && !suffix.is_empty()
        && suffix.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '`' | '{' | '}'))
}

/// Reads a PubMed number: one to eight digits, or an address of PubMed.
pub fn pmid(text: &str) -> Read {
    let bare = strip(text, &with_web(&["pubmed.ncbi.nlm.nih.gov/", "ncbi.nlm.nih.gov/pubmed/", "pmid:", "pmid"]))
        .trim_end_matches('/');
    if (1..=8).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit()) && !bare.starts_with('0') {
        return Ok(bare.to_owned());
    }
    let help = if bare.to_ascii_uppercase().starts_with("PMC") {
        "a number that begins with PMC belongs in `pmcid`"
    } else {
        "a PMID is one to eight digits, as in 38123456"
    };
    Err(IdentifierFault::new("is not a PMID", help))
}

/// Reads a PubMed Central number: `PMC` and digits, or an address of PubMed Central.
pub fn pmcid(text: &str) -> Read {
    let bare = strip(
        text,
        &with_web(&["pmc.ncbi.nlm.nih.gov/articles/", "ncbi.nlm.nih.gov/pmc/articles/", "pmcid:", "pmcid"]),
    )
    .trim_end_matches('/');
    let upper = bare.to_ascii_uppercase();
    let digits = |text: &str| (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let number = upper.strip_prefix("PMC").map(|number| number.split('.').next().unwrap_or_default());
    if let Some(number) = number.filter(|number| digits(number)) {
        return Ok(format!("PMC{number}"));
    }
    Err(IdentifierFault::new("is not a PMCID", "a PMCID is PMC and digits, as in PMC10012345")
        .meant(digits(bare).then(|| format!("PMC{bare}"))))
}

/// Reads an arXiv number in the new (`2406.12345`) or the old form (`hep-th/9901001`); versions are dropped.
pub fn arxiv(text: &str) -> Read {
    let bare = strip(text, &with_web(&["arxiv.org/abs/", "arxiv.org/pdf/", "arxiv:", "arxiv "]));
    let bare = bare.strip_suffix(".pdf").unwrap_or(bare);
    let bare = match bare.rsplit_once('v') {
        Some((head, version)) if !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit()) => head,
        _ => bare,
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let month = |text: &str| matches!(text.parse::<u32>(), Ok(1..=12));
    let new = bare.split_once('.').is_some_and(|(date, number)| {
        digits(date) && date.len() == 4 && month(&date[2..]) && digits(number) && matches!(number.len(), 4 | 5)
    });
    let old = bare.split_once('/').is_some_and(|(archive, number)| {
        digits(number)
            && number.len() == 7
            && month(&number[2..4])
            && archive.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '.'))
            && !archive.is_empty()
    });
    if new || old {
        return Ok(bare.to_owned());
    }
    Err(IdentifierFault::new(
        "is not an arXiv number",
        "an arXiv number is the year and month, a stop and four or five digits, as in 2406.12345",
    ))
}

/// Reads an ISBN of ten or thirteen digits; gives the digits without hyphens.
pub fn isbn(text: &str) -> Read {
    let bare = strip(text, &["isbn-13:", "isbn-10:", "isbn-13", "isbn-10", "isbn:", "isbn"]);
    let digits: String = bare
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '‑' | '‐'))
        .collect::<String>()
        .to_ascii_uppercase();
    let values = check_values(&digits);
    let help = "copy it again from the back of the title page: one digit is wrong or missing";
    match (digits.len(), values) {
        (10, Some(values)) => {
            let sum: u32 = values.iter().zip((1..=10).rev()).map(|(value, weight)| value * weight).sum();
            if sum.is_multiple_of(11) {
                Ok(digits)
            } else {
                Err(IdentifierFault::new("is not an ISBN: its check digit is wrong", help))
            }
        }
        (13, Some(values)) if !digits.ends_with('X') => {
            let sum: u32 = values.iter().zip([1, 3].into_iter().cycle()).map(|(value, weight)| value * weight).sum();
            if sum.is_multiple_of(10) && (digits.starts_with("978") || digits.starts_with("979")) {
                Ok(digits)
            } else {
                Err(IdentifierFault::new("is not an ISBN: its check digit is wrong", help))
            }
        }
        _ => Err(IdentifierFault::new("is not an ISBN", "an ISBN has ten or thirteen digits, as in 978-0-306-40615-7")),
    }
}

/// Reads an ISSN; gives `1234-567X`.
pub fn issn(text: &str) -> Read {
    let bare = strip(text, &["e-issn:", "eissn:", "issn:", "issn"]);
    let digits: String = bare
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '‑' | '‐'))
        .collect::<String>()
        .to_ascii_uppercase();
    let Some(values) = check_values(&digits).filter(|values| values.len() == 8) else {
        return Err(IdentifierFault::new(
            "is not an ISSN",
            "an ISSN has eight digits, of which the last may be X, as in 0033-8419",
        ));
    };
    let sum: u32 = values.iter().zip((1..=8).rev()).map(|(value, weight)| value * weight).sum();
    if sum.is_multiple_of(11) {
        Ok(format!("{}-{}", &digits[..4], &digits[4..]))
    } else {
        Err(IdentifierFault::new(
            "is not an ISSN: its check digit is wrong",
            "copy it again from the journal's page: one digit is wrong",
        ))
    }
}

/// Reads an ORCID iD, bare or as an address (check digit by ISO 7064 MOD 11-2); gives `0000-0002-1825-0097`.
pub fn orcid(text: &str) -> Read {
    let bare = strip(text, &with_web(&["orcid.org/", "orcid:", "orcid"])).trim_end_matches('/');
    let digits: String = bare
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '‑' | '‐'))
        .collect::<String>()
        .to_ascii_uppercase();
    let Some(values) = check_values(&digits).filter(|values| values.len() == 16) else {
        return Err(IdentifierFault::new(
            "is not an ORCID iD",
            "an ORCID iD has sixteen digits in four groups, as in 0000-0002-1825-0097",
        ));
    };
    let total = values[..15].iter().fold(0, |total, value| (total + value) * 2 % 11);
    if (12 - total) % 11 == values[15] {
        Ok(format!("{}-{}-{}-{}", &digits[..4], &digits[4..8], &digits[8..12], &digits[12..]))
    } else {
        Err(IdentifierFault::new(
            "is not an ORCID iD: its check digit is wrong",
            "copy it again from orcid.org: one digit is wrong",
        ))
    }
}

/// Digits as numbers; a last `X` counts ten.
fn check_values(digits: &str) -> Option<Vec<u32>> {
    let last = digits.chars().count().checked_sub(1)?;
    digits.chars().enumerate().map(|(at, c)| if c == 'X' && at == last { Some(10) } else { c.to_digit(10) }).collect()
}

/// Reads a number of ClinicalTrials.gov: `NCT` and eight digits, or its address.
pub fn nct(text: &str) -> Read {
    let bare =
        strip(text, &with_web(&["clinicaltrials.gov/study/", "clinicaltrials.gov/ct2/show/", "clinicaltrials.gov/"]));
    numbered(bare, "NCT", 8..=8).ok_or_else(|| {
        IdentifierFault::new("is not a number of ClinicalTrials.gov", "it is NCT and eight digits, as in NCT04567890")
    })
}

/// Reads a number of PROSPERO: `CRD` and eleven or twelve digits.
pub fn prospero(text: &str) -> Read {
    let bare = strip(text, &["prospero:", "prospero", "https://www.crd.york.ac.uk/prospero/view/"]);
    numbered(bare, "CRD", 11..=12).ok_or_else(|| {
        IdentifierFault::new("is not a number of PROSPERO", "it is CRD and eleven digits, as in CRD42021234567")
    })
}

fn numbered(text: &str, prefix: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<String> {
    let compact: String =
        text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>().to_ascii_uppercase();
    let number = compact.strip_prefix(prefix).unwrap_or(&compact);
    (lengths.contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())).then(|| format!("{prefix}{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doi_is_read_in_every_form_in_which_it_is_pasted() {
        for form in [
            "10.5555/RAD.252210",
            "https://doi.org/10.5555/rad.252210",
            "http://dx.doi.org/10.5555/rad.252210",
            "doi:10.5555/rad.252210.",
            " DOI: 10.5555/Rad.252210 ",
        ] {
            assert_eq!(doi(form).as_deref(), Ok("10.5555/rad.252210"), "{form}");
        }
        for bad in ["10.55/x", "rad.252210", "10.5555/", "10.5555/a b"] {
            assert!(doi(bad).is_err(), "{bad}");
        }
        let publisher = doi("https://www.ajnr.example/doi/10.5555/ajnr.A1234?journal=x").expect_err("an address");
        assert_eq!(publisher.meant.as_deref(), Some("10.5555/ajnr.a1234"));
    }

    #[test]
    fn check_digits_are_verified() {
        assert_eq!(orcid("https://orcid.org/0000-0002-1825-0097").as_deref(), Ok("0000-0002-1825-0097"));
        assert_eq!(orcid("0000-0002-1694-233x").as_deref(), Ok("0000-0002-1694-233X"));
        assert!(orcid("0000-0002-1825-0098").is_err());
        assert_eq!(isbn("ISBN 978-0-306-40615-7").as_deref(), Ok("9780306406157"));
        assert_eq!(isbn("0-306-40615-2").as_deref(), Ok("0306406152"));
        assert_eq!(isbn("080442957x").as_deref(), Ok("080442957X"));
        assert!(isbn("978-0-306-40615-8").is_err());
        assert_eq!(issn("00338419").as_deref(), Ok("0033-8419"));
        assert!(issn("0033-8418").is_err());
    }

    #[test]
    fn numbers_of_registries_are_read_from_their_addresses() {
        assert_eq!(pmid("https://pubmed.ncbi.nlm.nih.gov/38123456/").as_deref(), Ok("38123456"));
        assert_eq!(pmid("PMID: 38123456").as_deref(), Ok("38123456"));
        assert_eq!(pmcid("pmc10012345").as_deref(), Ok("PMC10012345"));
        assert_eq!(pmcid("10012345").expect_err("no prefix").meant.as_deref(), Some("PMC10012345"));
        assert_eq!(arxiv("arXiv:2406.12345v2").as_deref(), Ok("2406.12345"));
        assert_eq!(arxiv("https://arxiv.org/pdf/2406.12345.pdf").as_deref(), Ok("2406.12345"));
        assert_eq!(arxiv("hep-th/9901001").as_deref(), Ok("hep-th/9901001"));
        assert!(arxiv("2413.12345").is_err());
        assert_eq!(nct("nct 0456 7890").as_deref(), Ok("NCT04567890"));
        assert_eq!(prospero("CRD42021234567").as_deref(), Ok("CRD42021234567"));
    }
}
