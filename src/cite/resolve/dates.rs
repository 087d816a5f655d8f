//! `date`: years, months and days as a style or its locale writes them.

use hayagriva::citationberg::taxonomy::{OtherTerm, Term};
use hayagriva::citationberg::{
    Date, DateDayForm, DateMonthForm, DatePart, DatePartName, DateParts, DateStrongAnyForm, Formatting, LongShortForm,
    TermForm, TextCase,
};

use super::element::{self, group};
use super::{Element, Resolver};
use crate::cite::case;
use crate::cite::date::{DateValue, Day};
use crate::cite::mark;

impl Resolver<'_> {
    pub(super) fn date(&mut self, date: &Date, out: &mut Vec<Element>) {
        let Some(variable) = date.variable else { return };
        if !self.call(variable.into()) {
            return;
        }
        let Some(value) = self.item.date(variable).cloned() else { return };
        let base = match date.form {
            Some(form) => match self.sheet.terms.date(form) {
                Some(base) => base.clone(),
                None => return,
            },
            None => date.clone(),
        };
        let parts = self.parts(date, &base);
        let delimiter = if date.form.is_some() { base.delimiter.as_deref() } else { date.delimiter.as_deref() };
        let look = self.enter(date.formatting);
        let content = self.written(&value, &parts, delimiter);
        self.look = look;
        if content.is_empty() {
            return;
        }
        self.frame.filled = true;
        self.started = true;
        let formatting = if date.form.is_some() { base.formatting.apply(date.formatting) } else { date.formatting };
        let (prefix, suffix) = (date.affixes.prefix.as_deref(), date.affixes.suffix.as_deref());
        out.extend(self.enclose(content, prefix, suffix, formatting, None));
    }

    /// The parts to print, in order: the locale's with the style's wishes laid over them.
    fn parts(&self, date: &Date, base: &Date) -> Vec<PartPlan> {
        let localized = date.form.is_some();
        let shown = date.parts.or(base.parts).unwrap_or_default();
        let wanted = |name: DatePartName| match name {
            DatePartName::Year => true,
            DatePartName::Month => !localized || shown.has_month(),
            DatePartName::Day => !localized || shown == DateParts::YearMonthDay,
        };
        base.date_part
            .iter()
            .filter(|part| wanted(part.name))
            .map(|part| {
                let own = date.date_part.iter().find(|own| localized && own.name == part.name);
                PartPlan {
                    name: part.name,
                    form: own.map_or_else(|| part.form(), DatePart::form),
                    formatting: own.map_or(part.formatting, |own| part.formatting.apply(own.formatting)),
                    case: own.and_then(|own| own.text_case).or(part.text_case).or(date.text_case),
                    strip: part.strip_periods || own.is_some_and(|own| own.strip_periods) || self.strip_periods,
                    prefix: part.affixes.prefix.clone().unwrap_or_default(),
                    suffix: part.affixes.suffix.clone().unwrap_or_default(),
                    dash: own
                        .and_then(|own| own.range_delimiter.clone())
                        .or_else(|| part.range_delimiter.clone())
                        .unwrap_or_else(|| DatePart::DEFAULT_DELIMITER.to_owned()),
                }
            })
            .collect()
    }

    fn written(&mut self, value: &DateValue, parts: &[PartPlan], delimiter: Option<&str>) -> Vec<Element> {
        let Some(start) = value.start else {
            let year = parts.iter().any(|part| part.name == DatePartName::Year);
            let literal = value.literal.as_ref().filter(|_| year);
            return literal.map(|text| vec![element::text(text.clone())]).unwrap_or_default();
        };
        let mut runs = Vec::new();
        match value.end {
            Some(end) => self.span(value, start, end, parts, delimiter, &mut runs),
            None => self.day(value, start, parts, delimiter, (true, true), &mut runs),
        }
        runs
    }

    /// Writes `May 2–4, 2020`: what both ends share is written once.
    fn span(
        &mut self,
        value: &DateValue,
        start: Day,
        end: Day,
        parts: &[PartPlan],
        delimiter: Option<&str>,
        out: &mut Vec<Element>,
    ) {
        let from_year = start.year != end.year;
        let from_month = from_year || start.month != end.month;
        let differs = |part: &PartPlan| match part.name {
            DatePartName::Year => from_year,
            DatePartName::Month => from_month,
            DatePartName::Day => true,
        };
        let first = parts.iter().position(differs);
        let last = parts.iter().rposition(differs);
        let (Some(first), Some(last)) = (first, last) else {
            self.day(value, start, parts, delimiter, (true, true), out);
            return;
        };
        let before = out.len();
        self.day(value, start, &parts[..=last], delimiter, (true, false), out);
        if out.len() == before {
            return;
        }
        let dash = mark::affix(&parts[last].dash, &mut self.turn);
        out.push(element::text(dash));
        self.day(value, end, &parts[first..], delimiter, (false, true), out);
    }

    /// Writes one day; `ends` tells whether the first prefix and the last suffix are kept.
    fn day(
        &mut self,
        value: &DateValue,
        day: Day,
        parts: &[PartPlan],
        delimiter: Option<&str>,
        ends: (bool, bool),
        out: &mut Vec<Element>,
    ) {
        let texts: Vec<(&PartPlan, String)> =
            parts.iter().filter_map(|part| self.part(value, day, part).map(|text| (part, text))).collect();
        let count = texts.len();
        for (index, (part, text)) in texts.into_iter().enumerate() {
            if index > 0
                && let Some(delimiter) = delimiter.filter(|text| !text.is_empty())
            {
                let delimiter = mark::affix(delimiter, &mut self.turn);
                out.push(element::text(delimiter));
            }
            let prefix = Some(part.prefix.as_str()).filter(|_| index > 0 || ends.0);
            let suffix = Some(part.suffix.as_str()).filter(|_| index + 1 < count || ends.1);
            let text = element::text(format!("{}{text}{}", mark::GUARD, mark::GUARD));
            let enclosed = self.enclose(vec![text], prefix, suffix, part.formatting, None);
            out.push(group(enclosed, Formatting::default(), None));
        }
    }

    fn part(&self, value: &DateValue, day: Day, part: &PartPlan) -> Option<String> {
        let terms = &self.sheet.terms;
        let month = |form: TermForm| {
            let month = OtherTerm::month(u8::try_from(day.month?.checked_sub(1)?).ok()?)?;
            terms.term(Term::Other(month), form, false).map(str::to_owned)
        };
        let text = match part.form {
            DateStrongAnyForm::Year(LongShortForm::Long) => year(day.year, terms),
            DateStrongAnyForm::Year(LongShortForm::Short) => format!("{:02}", day.year.rem_euclid(100)),
            DateStrongAnyForm::Month(form) => match (day.month, value.season) {
                (Some(number), _) => match form {
                    DateMonthForm::Long => month(TermForm::Long).unwrap_or_else(|| number.to_string()),
                    DateMonthForm::Short => month(TermForm::Short).unwrap_or_else(|| number.to_string()),
                    DateMonthForm::Numeric => number.to_string(),
                    DateMonthForm::NumericLeadingZeros => format!("{number:02}"),
                },
                (None, Some(season)) => {
                    let season = [OtherTerm::Season01, OtherTerm::Season02, OtherTerm::Season03, OtherTerm::Season04]
                        .get(usize::try_from(season.checked_sub(1)?).ok()?)
                        .copied()?;
                    terms.word(season)?.to_owned()
                }
                (None, None) => return None,
            },
            DateStrongAnyForm::Day(form) => {
                let number = day.day?;
                match form {
                    DateDayForm::NumericLeadingZeros => format!("{number:02}"),
                    DateDayForm::Ordinal if number == 1 || !terms.ordinals_on_day_one => {
                        format!("{number}{}", terms.ordinal(number))
                    }
                    DateDayForm::Numeric | DateDayForm::Ordinal => number.to_string(),
                }
            }
        };
        let text = if part.strip && part.name == DatePartName::Month { text.replace('.', "") } else { text };
        Some(match part.case {
            Some(case) => case::apply(case, &text),
            None => text,
        })
    }
}

/// One part of a date and how it is to be printed.
struct PartPlan {
    name: DatePartName,
    form: DateStrongAnyForm,
    formatting: Formatting,
    case: Option<TextCase>,
    strip: bool,
    prefix: String,
    suffix: String,
    dash: String,
}

fn year(year: i32, terms: &crate::cite::terms::Terms) -> String {
    if year < 0 {
        return format!("{}{}", -year, terms.word(OtherTerm::Bc).unwrap_or(" BC"));
    }
    let era = if year < 500 { terms.word(OtherTerm::Ad).unwrap_or_default() } else { "" };
    format!("{year}{era}")
}
