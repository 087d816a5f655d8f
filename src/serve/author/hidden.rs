//! What the public does not see, and why.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Material, public_ids};
use crate::exchange::html::escape;
use crate::portfolio::{Page, Portfolio, Shared};
use crate::record::vocabulary::{GrantStatus, PresentationStatus, PublicationStatus, TrainingKind, Visibility};

/// Lists the records and pages that the public does not see.
pub(super) fn list(material: Material<'_>, portfolio: &Portfolio) -> String {
    let public = public_ids(portfolio);
    let reasons = reasons(portfolio);
    let mut items = String::new();
    for (kind, shared) in portfolio.records().filter(|(_, shared)| !public.contains(&shared.id)) {
        let reason = reason(shared, reasons.get(shared.id.as_str()));
        let _ = writeln!(
            items,
            "<li>{}: {}<br><span class=\"note\">{reason}</span></li>",
            kind.singular(),
            material.record(kind, shared)
        );
    }
    for page in portfolio.pages.iter().filter(|page| page.visibility != Visibility::Public) {
        items += &page_item(material, page);
    }
    super::section("Hidden from the public", &items, "Nothing.")
}

fn page_item(material: Material<'_>, page: &Page) -> String {
    let reason = match page.visibility {
        Visibility::Link => "unlisted: only who has its address finds it",
        _ => "a draft (<code>visibility: private</code>)",
    };
    let title = escape(&page.title);
    let button = material.opener.button(&page.path, 1);
    format!("<li>page: {title} {button}<br><span class=\"note\">{reason}</span></li>\n")
}

fn reason(shared: &Shared, own: Option<&String>) -> String {
    match (shared.visibility, own) {
        (Visibility::Private, _) => "<code>visibility: private</code>".to_owned(),
        (Visibility::Link, _) => "<code>visibility: link</code>: it is on share pages only".to_owned(),
        (Visibility::Public, Some(reason)) => reason.clone(),
        (Visibility::Public, None) => "not public by its kind".to_owned(),
    }
}

/// Record id → why the record is not public although its visibility would allow it.
fn reasons(portfolio: &Portfolio) -> BTreeMap<&str, String> {
    let mut reasons = BTreeMap::new();
    for record in &portfolio.publications {
        let status = record.status;
        let is_unpublished = matches!(
            status,
            PublicationStatus::InPreparation
                | PublicationStatus::Submitted
                | PublicationStatus::UnderReview
                | PublicationStatus::Revision
                | PublicationStatus::Withdrawn
        );
        let why = match &record.replaced_by {
            _ if is_unpublished => {
                format!("its status is {status}; <code>show_status</code> or a share page can show it")
            }
            Some(paper) => format!("folded into {}", escape(paper)),
            None => continue,
        };
        reasons.insert(record.shared.id.as_str(), why);
    }
    for record in &portfolio.presentations {
        let why = match record.status {
            PresentationStatus::Submitted | PresentationStatus::Withdrawn => format!("its status is {}", record.status),
            _ => continue,
        };
        reasons.insert(&record.shared.id, why);
    }
    for record in &portfolio.grants {
        if matches!(record.status, GrantStatus::Submitted | GrantStatus::NotFunded) {
            reasons.insert(&record.shared.id, format!("its status is {}", record.status));
        }
    }
    for record in &portfolio.training {
        if matches!(record.kind, TrainingKind::Licence | TrainingKind::Exam) && !record.public {
            reasons.insert(
                &record.shared.id,
                "licences and examinations are private unless <code>public: true</code>".into(),
            );
        }
    }
    for record in portfolio.projects.iter().filter(|record| !record.public) {
        reasons.insert(&record.shared.id, "projects are private unless <code>public: true</code>".to_owned());
    }
    reasons
}
