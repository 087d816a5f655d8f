//! The people of a HugoBlox site: the owner with awards and education, and others by the names of their folders.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::exchange::draft::{Draft, Value};
use crate::exchange::read::json::{at, items};
use crate::exchange::read::{dates, people};
use crate::portfolio::PersonName;
use crate::record::vocabulary::Kind;

/// Whom the names `admin`, `me` and those of folders stand for.
#[derive(Debug, Clone, Default)]
pub(in crate::exchange) struct People {
    /// The owner.
    pub owner: Option<PersonName>,
    /// The owner's page.
    page: Option<Json>,
    by_slug: BTreeMap<String, PersonName>,
}

impl People {
    /// Adds the page of a person, by the name of its folder.
    pub(in crate::exchange) fn add(&mut self, slug: &str, page: &Json) {
        let Some(name) = name(page) else { return };
        let is_owner = matches!(slug, "admin" | "me")
            || super::is_owner(page)
            || page.get("is_owner").and_then(Json::as_bool) == Some(true);
        if is_owner && self.owner.is_none() {
            self.owner = Some(name.clone());
            self.page = Some(page.clone());
        }
        self.by_slug.insert(slug.to_lowercase(), name);
    }

    /// Returns whom a slug stands for.
    pub(super) fn named(&self, slug: &str) -> Option<&PersonName> {
        if matches!(slug, "admin" | "me") { self.owner.as_ref() } else { self.by_slug.get(&slug.to_lowercase()) }
    }

    /// Returns the awards, the education and the posts of the owner's page.
    pub(in crate::exchange) fn records(&self) -> Vec<Draft> {
        let Some(page) = &self.page else { return Vec::new() };
        let education = page.get("education");
        let courses = education.and_then(|education| education.get("courses")).or(education);
        let mut drafts: Vec<Draft> = items(page.get("awards")).iter().map(award).collect();
        drafts.extend(items(courses).iter().map(|course| training("degree", course)));
        for post in ["work", "experience"].iter().flat_map(|field| items(page.get(field))) {
            drafts.push(training("employment", post));
        }
        drafts
    }
}

/// A name in parts, `name: {given, family}`, or in one.
fn name(page: &Json) -> Option<PersonName> {
    let name = page.get("name").filter(|name| name.is_object());
    let part = |field: &str| name.and_then(|name| at(name, field)).or_else(|| at(page, field));
    let either = |a: &str, b: &str| part(a).or_else(|| part(b)).unwrap_or_default();
    let (family, given) = (either("family", "last_name"), either("given", "first_name"));
    if !family.is_empty() && !given.is_empty() {
        return people::of_parts(&family, &given, "", &part("suffix").unwrap_or_default());
    }
    ["display", "title", "name"].iter().find_map(|field| people::person(&part(field)?))
}

fn award(one: &Json) -> Draft {
    let mut draft = Draft::new(Kind::Awards);
    draft.title(&at(one, "title").unwrap_or_default());
    draft.text_of("by", at(one, "awarder"));
    draft.date("date", at(one, "date").and_then(|day| dates::in_words(&day)));
    draft.text_of("summary", at(one, "summary"));
    draft
}

fn training(kind: &str, one: &Json) -> Draft {
    let first = |fields: &[&str]| fields.iter().find_map(|field| at(one, field));
    let day = |fields: &[&str]| first(fields).and_then(|day| dates::in_words(&day));
    let mut draft = Draft::new(Kind::Training);
    draft.set("kind", Value::Text(kind.to_owned()));
    let organization = first(&["institution", "organization", "company_name", "company"]);
    let title = first(&["course", "degree", "area", "position", "role", "title"]);
    draft.title(&title.or_else(|| organization.clone()).unwrap_or_default());
    draft.text_of("organization", organization);
    draft.text_of("place", first(&["location"]));
    draft.date("start", day(&["date_start", "start_date", "start"]));
    draft.date("end", day(&["date_end", "end_date", "end", "year"]));
    draft.text_of("summary", first(&["summary", "description"]));
    draft
}
