//! `names`: who is printed, in which order and form.

use hayagriva::citationberg::taxonomy::{NameVariable, OtherTerm, Term};
use hayagriva::citationberg::{
    DelimiterBehavior, DemoteNonDroppingParticle, EtAl, EtAlTerm, Formatting, InheritableNameOptions, LabelPluralize,
    Name as NameStyle, NameAnd, NameAsSortOrder, NameForm, NameLabelPosition, NameOptions, NamePart, Names, NamesChild,
    TermForm, VariablelessLabel,
};

use super::element::{self, formatting, group};
use super::{Element, Resolver};
use crate::cite::case;
use crate::cite::initials::{initials, is_alphabetic_script};
use crate::cite::mark;
use crate::cite::name::Name;
use crate::cite::status;

/// Longest list that is written out so that the owner is seen.
const WRITTEN_OUT: usize = 25;

impl Resolver<'_> {
    pub(super) fn names(&mut self, names: &Names, out: &mut Vec<Element>) {
        match self.heirs.take() {
            Some(parent) => {
                self.named(&inherit(&parent, names), out);
                self.heirs = Some(parent);
            }
            None => self.named(names, out),
        }
    }

    fn named(&mut self, names: &Names, out: &mut Vec<Element>) {
        let open: Vec<NameVariable> =
            names.variable.iter().copied().filter(|variable| self.call((*variable).into())).collect();
        let present: Vec<NameVariable> =
            open.into_iter().filter(|variable| !self.item.names(*variable).is_empty()).collect();
        if present.is_empty() {
            self.substitute(names, out);
            return;
        }
        self.frame.filled = true;
        let mut inherited = self.sheet.names.apply(&names.options());
        inherited.name_delimiter.clone_from(&self.sheet.names.name_delimiter);
        let style = names.name().cloned().unwrap_or_default();
        let options = style.options(&inherited);
        let merged = self.editor_translator(&present, names);
        let mut lists = Vec::new();
        for variable in &present[..if merged { 1 } else { present.len() }] {
            let printed = self.people(*variable, names, &style, &options);
            if printed.is_empty() {
                continue;
            }
            let formatting = formatting(&style);
            let (prefix, suffix) = (style.affixes.prefix.as_deref(), style.affixes.suffix.as_deref());
            let printed = self.enclose(printed, prefix, suffix, formatting, None);
            let role = if merged { NameVariable::EditorTranslator } else { *variable };
            lists.push(self.labelled(printed, names, role, self.item.names(*variable).len()));
        }
        if lists.is_empty() {
            return;
        }
        self.started = true;
        let fallback = InheritableNameOptions {
            name_delimiter: self.sheet.names.names_delimiter.clone(),
            ..InheritableNameOptions::default()
        };
        let delimiter = names.delimiter(&fallback).to_owned();
        let lists = lists.into_iter().map(|list| group(list, Formatting::default(), None)).collect();
        let (prefix, suffix) = (names.prefix.as_deref(), names.suffix.as_deref());
        let enclosed = self.enclose(lists, prefix, suffix, formatting(names), Some(&delimiter));
        out.extend(enclosed);
    }

    /// Prints the first thing that can stand in for missing names.
    fn substitute(&mut self, names: &Names, out: &mut Vec<Element>) {
        let Some(substitute) = names.substitute() else { return };
        let outer = std::mem::replace(&mut self.substituting, true);
        let heirs = self.heirs.replace(names.clone());
        self.first_of(&substitute.children, out);
        self.substituting = outer;
        self.heirs = heirs;
    }

    /// Prints the first of several elements that prints anything; choices are looked into.
    fn first_of(&mut self, elements: &[Element], out: &mut Vec<Element>) -> bool {
        for element in elements {
            if let Element::Choose(choose) = element {
                if let Some(children) = self.chosen(choose)
                    && self.first_of(children, out)
                {
                    return true;
                }
                continue;
            }
            let (done, before) = (self.done.len(), out.len());
            self.elements(std::slice::from_ref(element), out);
            if out.len() > before {
                return true;
            }
            self.done.truncate(done);
        }
        false
    }

    /// Tells whether editors and translators are the same people and share one label.
    fn editor_translator(&self, present: &[NameVariable], names: &Names) -> bool {
        let both = names.variable.len() == 2
            && present.contains(&NameVariable::Editor)
            && present.contains(&NameVariable::Translator);
        let form = names.label().map_or(TermForm::Long, |(label, _)| label.form);
        both && names.label().is_some()
            && self.sheet.terms.term(Term::NameVariable(NameVariable::EditorTranslator), form, false).is_some()
            && self.item.names(NameVariable::Editor) == self.item.names(NameVariable::Translator)
    }

    fn labelled(&mut self, mut list: Vec<Element>, names: &Names, role: NameVariable, count: usize) -> Vec<Element> {
        // Names without a `<name>` have one all the same, before their label.
        let implied = names.name().is_none().then_some(NameLabelPosition::AfterName);
        let Some((label, position)) = names.label() else { return list };
        let position = implied.unwrap_or(position);
        let Some(label) = self.role_label(label, role, count) else { return list };
        match position {
            NameLabelPosition::BeforeName => list.splice(0..0, label).for_each(drop),
            NameLabelPosition::AfterName => list.extend(label),
        }
        list
    }

    fn role_label(&mut self, label: &VariablelessLabel, role: NameVariable, count: usize) -> Option<Vec<Element>> {
        let plural = match label.plural {
            LabelPluralize::Always => true,
            LabelPluralize::Never => false,
            LabelPluralize::Contextual => count > 1,
        };
        let word = self.sheet.terms.term(role.into(), label.form, plural).filter(|word| !word.is_empty())?.to_owned();
        let word = if label.strip_periods || self.strip_periods { word.replace('.', "") } else { word };
        let content = self.leaf(&word, label.text_case);
        let (prefix, suffix) = (label.affixes.prefix.as_deref(), label.affixes.suffix.as_deref());
        Some(self.enclose(vec![content], prefix, suffix, label.formatting, None))
    }

    /// Prints one list of people.
    fn people(
        &mut self,
        variable: NameVariable,
        names: &Names,
        style: &NameStyle,
        options: &NameOptions<'_>,
    ) -> Vec<Element> {
        let people = self.item.names(variable);
        self.namesakes.add(people, self.sheet.fuller);
        let plan = self.plan(variable, people.len(), options);
        if options.form == NameForm::Count {
            return vec![element::text(plan.first.to_string())];
        }
        let mut list = List { elements: Vec::new(), text: String::new() };
        let manner = Manner { options, family: style.name_part_family(), given: style.name_part_given() };
        let shown = plan.first + usize::from(plan.last.is_some());
        let inverted = |index: usize| match options.name_as_sort_order {
            Some(NameAsSortOrder::All) => true,
            Some(NameAsSortOrder::First) => index == 0,
            None => false,
        };
        for (index, person) in people.iter().enumerate().take(plan.first) {
            if index > 0 {
                let last = index + 1 == plan.first && plan.last.is_none() && !plan.et_al;
                let joint = self.joint(options, last, plan.first, person.literal.is_some());
                list.affix(&joint, &mut self.turn);
            }
            self.person(&mut list, variable, index, person, inverted(index), &manner);
        }
        if let Some(last) = plan.last {
            let joint = if shown > 2 || plan.owner_only { options.delimiter } else { " " };
            list.affix(joint, &mut self.turn);
            list.text.push_str("… ");
            if let Some(person) = people.get(last) {
                self.person(&mut list, variable, last, person, inverted(last), &manner);
            }
        }
        list.text.push_str(&plan.note);
        if plan.et_al {
            self.et_al(&mut list, names, options, shown);
        }
        list.finish()
    }

    /// Decides which people are printed.
    fn plan(&self, variable: NameVariable, count: usize, options: &NameOptions<'_>) -> Plan {
        let limit = |value: Option<u32>| value.and_then(|value| usize::try_from(value).ok());
        let (min, first) = (limit(options.et_al_min), limit(options.et_al_use_first));
        let author = variable == NameVariable::Author;
        let total = if author { self.shown.total.unwrap_or(count).max(count) } else { count };
        let whole = Plan { first: count, last: None, et_al: total > count, owner_only: false, note: String::new() };
        let (Some(min), Some(first)) = (min, first) else { return whole };
        if total < min || first >= total {
            return whole;
        }
        let first = first.min(count);
        let use_last = options.et_al_use_last && total == count && first + 2 <= count;
        let plan =
            Plan { first, last: use_last.then(|| count - 1), et_al: !use_last, owner_only: false, note: String::new() };
        let Some(owner) = self.shown.owner.filter(|_| author) else { return plan };
        if owner < first || plan.last == Some(owner) || owner >= count {
            return plan;
        }
        if total <= WRITTEN_OUT {
            return whole;
        }
        let position = self.shown.position.unwrap_or(owner + 1);
        let note = format!(" {}", status::place_among(position, total, &self.sheet.language));
        Plan { first, last: Some(owner), et_al: owner + 1 < total, owner_only: true, note }
    }

    /// What stands between a name and the one before it.
    fn joint(&self, options: &NameOptions<'_>, last: bool, count: usize, group: bool) -> String {
        let and = options.and.filter(|_| last).map(|and| match and {
            NameAnd::Text => self.sheet.terms.word(OtherTerm::And).unwrap_or_default(),
            NameAnd::Symbol => "&",
        });
        let Some(and) = and else { return options.delimiter.to_owned() };
        // A group is joined by the rule of the whole style, not by that of the people's names.
        let behavior = if group {
            self.sheet.names.delimiter_precedes_last.unwrap_or_default()
        } else {
            options.delimiter_precedes_last
        };
        let before = match behavior {
            DelimiterBehavior::Always => true,
            DelimiterBehavior::Never => false,
            DelimiterBehavior::Contextual => count > 2,
            DelimiterBehavior::AfterInvertedName => {
                count == 2 || options.name_as_sort_order == Some(NameAsSortOrder::All)
            }
        };
        let before = if before { options.delimiter } else { " " };
        let glue = if before.ends_with(' ') || before.is_empty() { "" } else { " " };
        format!("{before}{glue}{and} ")
    }

    fn et_al(&mut self, list: &mut List, names: &Names, options: &NameOptions<'_>, shown: usize) {
        let et_al = names.et_al().copied().unwrap_or(EtAl { term: EtAlTerm::EtAl, formatting: Formatting::default() });
        let Some(term) = self.sheet.terms.term(et_al.term.into(), TermForm::Long, false).map(str::to_owned) else {
            return;
        };
        let delimiter = match options.delimiter_precedes_et_al {
            DelimiterBehavior::Always => true,
            DelimiterBehavior::Never => false,
            DelimiterBehavior::Contextual => shown > 1,
            DelimiterBehavior::AfterInvertedName => shown == 1 && options.name_as_sort_order.is_some(),
        };
        if shown == 0 {
            return;
        }
        list.affix(if delimiter { options.delimiter } else { " " }, &mut self.turn);
        list.styled(term, et_al.formatting);
    }

    /// Prints one person.
    fn person(
        &mut self,
        list: &mut List,
        variable: NameVariable,
        index: usize,
        person: &Name,
        inverted: bool,
        manner: &Manner<'_>,
    ) {
        let marks = (variable == NameVariable::Author).then(|| mark::author(index));
        if let Some((start, _)) = &marks {
            list.text.push_str(start);
        }
        if let Some(literal) = &person.literal {
            list.part(literal, manner.family, &mut self.turn);
        } else {
            let given = self.given(person, index, manner.options);
            self.arranged(list, person, &given, inverted, manner);
        }
        if let Some((_, end)) = marks {
            list.text.push(end);
        }
    }

    fn given(&self, person: &Name, index: usize, options: &NameOptions<'_>) -> String {
        if options.form == NameForm::Short {
            return String::new();
        }
        let hyphen = self.sheet.initialize_with_hyphen;
        match options.initialize_with {
            Some(_) if self.namesakes.hide(person, index, self.sheet.fuller) => person.given.clone(),
            Some(with) => initials(&person.given, with, hyphen, !options.initialize),
            None => person.given.clone(),
        }
    }

    fn arranged(&mut self, list: &mut List, person: &Name, given: &str, inverted: bool, manner: &Manner<'_>) {
        let options = manner.options;
        let space = if self.sheet.narrow { "\u{A0}" } else { " " };
        let particle_space = if person.particle_joins() { "" } else { space };
        let with_particle = join(&[&person.particle, &person.family], particle_space);
        let turn = &mut self.turn;
        let short = options.form == NameForm::Short;
        let suffix = if short { String::new() } else { self.sheet.suffix(person, options) };
        let dropping = if short { "" } else { person.dropping.as_str() };
        let eastern = !person.family.chars().any(|c| is_alphabetic_script(c) || c.is_ascii_digit());
        if eastern && !given.starts_with(is_alphabetic_script) {
            list.part(&join(&[&person.particle, &person.family], ""), manner.family, turn);
            list.part(given, manner.given, turn);
        } else if eastern || self.item.family_first() {
            list.part(&with_particle, manner.family, turn);
            list.affix(if given.is_empty() { "" } else { " " }, turn);
            list.part(given, manner.given, turn);
        } else if inverted {
            let demoted = self.sheet.demote == DemoteNonDroppingParticle::DisplayAndSort && !short;
            let family = if demoted { person.family.as_str() } else { &with_particle };
            let after = join(&[given, dropping, if demoted { &person.particle } else { "" }], " ");
            list.part(family, manner.family, turn);
            if !after.is_empty() {
                list.affix(options.sort_separator, turn);
                list.part(&after, manner.given, turn);
            }
            if !suffix.is_empty() {
                list.affix(options.sort_separator, turn);
                list.text.push_str(&suffix);
            }
        } else {
            let elided = dropping.ends_with(['\'', '’', '-']) && !["de'", "de’"].contains(&dropping);
            let glue = if elided && person.particle.is_empty() { "" } else { space };
            let mut family = join(&[dropping, &with_particle], glue);
            if !suffix.is_empty() {
                family.push_str(if person.comma_suffix { ", " } else { " " });
                family.push_str(&suffix);
            }
            if !given.is_empty() {
                list.part(given, manner.given, turn);
                list.affix(" ", turn);
            }
            list.part(&family, manner.family, turn);
        }
    }
}

impl crate::cite::sheet::Sheet {
    /// Returns `Jr`, `III` as the style writes them.
    fn suffix(&self, person: &Name, options: &NameOptions<'_>) -> String {
        match options.initialize_with {
            Some(with) => initials(&person.suffix, with, self.initialize_with_hyphen, true),
            None => person.suffix.clone(),
        }
    }
}

/// How the names of a list are written.
struct Manner<'a> {
    options: &'a NameOptions<'a>,
    family: Option<&'a NamePart>,
    given: Option<&'a NamePart>,
}

/// Who is printed: the first so many, one more after an ellipsis, and whether others follow.
struct Plan {
    first: usize,
    last: Option<usize>,
    et_al: bool,
    /// Whether the one after the ellipsis is there because it is the owner.
    owner_only: bool,
    note: String,
}

/// Names under construction: one text as long as no formatting divides it.
struct List {
    elements: Vec<Element>,
    text: String,
}

impl List {
    fn affix(&mut self, text: &str, turn: &mut bool) {
        if !text.is_empty() {
            self.text.push_str(&mark::affix(text, turn));
        }
    }

    fn styled(&mut self, text: String, formatting: Formatting) {
        if formatting.is_empty() {
            self.text.push_str(&text);
        } else {
            self.flush();
            self.elements.push(group(vec![element::text(text)], formatting, None));
        }
    }

    fn part(&mut self, text: &str, style: Option<&NamePart>, turn: &mut bool) {
        if text.is_empty() {
            return;
        }
        let text = text.replace('\'', "’");
        let Some(style) = style else {
            self.text.push_str(&text);
            return;
        };
        let text = style.text_case.map_or(text.clone(), |case| case::apply(case, &text));
        self.affix(style.affixes.prefix.as_deref().unwrap_or_default(), turn);
        self.styled(text, style.formatting);
        self.affix(style.affixes.suffix.as_deref().unwrap_or_default(), turn);
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.elements.push(element::text(std::mem::take(&mut self.text)));
        }
    }

    fn finish(mut self) -> Vec<Element> {
        self.flush();
        if self.elements.len() > 1 { vec![group(self.elements, Formatting::default(), None)] } else { self.elements }
    }
}

/// Returns names that stand in for others, in the form of those: unless they bring their own.
fn inherit(parent: &Names, child: &Names) -> Names {
    if child.name().is_some() || child.et_al().is_some() || child.substitute().is_some() {
        return child.clone();
    }
    let mut names = parent.from_names_substitute(child);
    if child.label().is_some() {
        names.children.retain(|part| !matches!(part, NamesChild::Label(_)));
        names.children.extend(child.children.iter().cloned());
    }
    names
}

fn join(parts: &[&str], glue: &str) -> String {
    let mut out = String::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if !out.is_empty() {
            out.push_str(glue);
        }
        out.push_str(part);
    }
    out
}
