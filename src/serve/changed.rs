//! Which record or page a save changed, so that an open page can lead there.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::exchange::title::plain;
use crate::portfolio::{Portfolio, Shared};
use crate::record::vocabulary::Kind;
use crate::render::links::{address, kind_path, page_path};
use crate::source::Origin;

/// A page that shows what was changed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(super) struct Changed {
    /// Address from the site's root.
    pub path: String,
    /// The record's or page's own title.
    pub title: String,
}

/// More than this were changed by something else than a save of one record.
const MOST: usize = 5;

/// Compares two models; nothing where so much differs that no link would help.
pub(super) fn between(old: &Portfolio, new: &Portfolio) -> Vec<Changed> {
    let mut found = Vec::new();
    macro_rules! compare {
        ($($kind:ident $list:ident $is_shared:path, $mutable:path;)*) => {$(
            let list = differing(
                &old.$list,
                &new.$list,
                $is_shared,
                |record| &record.shared,
                |record| &mut $mutable(record).shared,
            );
            found.extend(list.into_iter().map(|shared| of_record(Kind::$kind, shared)));
        )*};
    }
    compare!(
        Publications publications Arc::ptr_eq, Arc::make_mut;
        Presentations presentations Arc::ptr_eq, Arc::make_mut;
        Awards awards never, own;
        Grants grants never, own;
        Service service never, own;
        Teaching teaching never, own;
        Training training never, own;
        Media media never, own;
        Projects projects never, own;
    );
    for (at, page) in new.pages.iter().enumerate() {
        let in_place = old.pages.get(at).is_some_and(|other| Arc::ptr_eq(other, page) || other == page);
        if !in_place && !old.pages.contains(page) {
            found.push(Changed { path: address(&page_path(page)).to_owned(), title: page.title.clone() });
        }
    }
    if found.len() > MOST { Vec::new() } else { found }
}

/// Returns where a record stands.
pub(super) fn page_of(kind: Kind, shared: &Shared) -> String {
    match kind {
        Kind::Publications => format!("publications/{}/", shared.id),
        other => address(&kind_path(other)).to_owned(),
    }
}

/// Records of a kind that models do not share.
fn never<T>(_: &T, _: &T) -> bool {
    false
}

/// A record that only one model has.
fn own<T>(record: &mut T) -> &mut T {
    record
}

fn of_record(kind: Kind, shared: &Shared) -> Changed {
    Changed { path: page_of(kind, shared), title: plain(&shared.title) }
}

/// The records of `new` that are not the same in `old`, wherever they stand in their file.
fn differing<'a, T: PartialEq + Clone>(
    old: &[T],
    new: &'a [T],
    is_shared: fn(&T, &T) -> bool,
    shared: fn(&T) -> &Shared,
    shared_mut: fn(&mut T) -> &mut Shared,
) -> Vec<&'a Shared> {
    let before: OnceCell<HashMap<&str, &T>> = OnceCell::new();
    let is_same = |record: &T| {
        let before = before.get_or_init(|| old.iter().map(|record| (shared(record).id.as_str(), record)).collect());
        let Some(other) = before.get(shared(record).id.as_str()) else { return false };
        *other == record || {
            let moved = |record: &T| {
                let mut copy = record.clone();
                shared_mut(&mut copy).origin = Origin::default();
                copy
            };
            shared(record).origin != shared(other).origin && moved(record) == moved(other)
        }
    };
    let in_place = |at: usize, record: &T| old.get(at).is_some_and(|other| is_shared(other, record) || other == record);
    let differing = new.iter().enumerate().filter(|&(at, record)| !in_place(at, record) && !is_same(record));
    differing.map(|(_, record)| shared(record)).collect()
}
