//! Volume, issue and pages as a printed reference has them behind the journal's name.

use crate::exchange::draft::Draft;

/// Sets volume, issue and pages from what follows a journal's name in the usual styles: `. 33(7):4821-4830.`,
/// `. 2023;310(3):e1.` (AMA), `, 310(3), e1.` (APA), ` 12467 (2023): 124670A.` (MLA), `, vol. 3, no. 2, pp. 1-9, 2023`
/// (IEEE). A year is no volume and no issue.
pub(in crate::exchange) fn numbers(draft: &mut Draft, rest: &str) {
    let rest = rest.trim_start_matches(['.', ',', ' ', '"', '”', '*', '_']);
    let rest = after_year(rest);
    let mut rest = unlabelled(rest, &["volume ", "vol. ", "vol "]);
    let volume = token(&mut rest);
    rest = rest.trim_start();
    let mut issue = None;
    if let Some((inner, after)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        issue = Some(inner.trim()).filter(|inner| !is_year(inner) && !inner.is_empty() && inner.len() < 24);
        rest = after;
    } else {
        let after = rest.trim_start_matches([',', ' ']);
        let labelled = unlabelled(after, &["number ", "no. ", "no ", "issue "]);
        if labelled.len() < after.len() {
            rest = labelled;
            issue = Some(token(&mut rest));
        }
    }
    let rest = rest.trim_start_matches([':', ',', ';', ' ']);
    let mut rest = unlabelled(rest, &["pages ", "pp. ", "pp.", "pp ", "p. "]);
    let pages = token(&mut rest);
    if is_number(volume) && !(is_year(volume) && issue.is_none() && pages.is_empty()) {
        draft.text("volume", volume);
        draft.text_of("issue", issue);
    }
    let is_year_of_work = draft.get_date("date").is_some_and(|date| date.year.to_string() == pages);
    if is_number(pages) && !is_year_of_work {
        draft.text("pages", pages);
    }
}

/// `2023 Mar;310(3):e1` begins with the date.
fn after_year(text: &str) -> &str {
    let head = text.split([';', '(', ':', ',']).next().unwrap_or_default();
    let is_date = head.split_whitespace().next().is_some_and(is_year) && text[head.len()..].starts_with(';');
    if is_date { text[head.len() + 1..].trim_start() } else { text }
}

fn unlabelled<'a>(text: &'a str, labels: &[&str]) -> &'a str {
    let is_label = |label: &&&str| text.get(..label.len()).is_some_and(|head| head.eq_ignore_ascii_case(label));
    labels.iter().find(is_label).map_or(text, |label| text[label.len()..].trim_start())
}

/// Takes what stands up to the next sign that divides.
fn token<'a>(rest: &mut &'a str) -> &'a str {
    let end = rest.find(['(', ':', ',', ';', ' ']).unwrap_or(rest.len());
    let taken = &rest[..end];
    *rest = &rest[end..];
    taken.trim_end_matches('.')
}

fn is_year(text: &str) -> bool {
    text.len() == 4
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text.starts_with("19") || text.starts_with("20"))
}

fn is_number(text: &str) -> bool {
    !text.is_empty()
        && text.len() < 24
        && text.chars().all(|c| c.is_alphanumeric() || "-–/.".contains(c))
        && text.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::vocabulary::Kind;

    #[test]
    fn every_usual_style_gives_its_numbers() {
        for (rest, expected) in [
            (". 33(7):4821-4830.", ["33", "7", "4821-4830"]),
            (". 2023;310(3):e231122.", ["310", "3", "e231122"]),
            (". 2023 Mar;310(3):e231122. doi:10.5555/a", ["310", "3", "e231122"]),
            (", 310(3), e231122.", ["310", "3", "e231122"]),
            (" 12467 (2023): 124670A.", ["12467", "", "124670A"]),
            (", vol. 3, no. 2, pp. 1-9, 2023.", ["3", "2", "1-9"]),
            ("*, 44(1), pp. 1-9", ["44", "1", "1-9"]),
            (". 1(1).", ["1", "1", ""]),
            (". 3:22-30.", ["3", "", "22-30"]),
            (". :88-95.", ["", "", "88-95"]),
            (", 2023.", ["", "", ""]),
            (". Springer, Cham", ["", "", ""]),
        ] {
            let mut draft = Draft::new(Kind::Publications);
            numbers(&mut draft, rest);
            let found = ["volume", "issue", "pages"].map(|field| draft.get_text(field).unwrap_or_default().to_owned());
            assert_eq!(found, expected, "{rest}");
        }
    }
}
