//! People of one family name and one set of initials.

use std::collections::HashMap;

use crate::cite::initials::initials;
use crate::cite::name::Name;
use crate::cite::sheet::Fuller;

/// The people of an item by family name and initials.
#[derive(Debug, Default)]
pub(super) struct Namesakes {
    known: HashMap<(String, String), Given>,
}

/// The given names behind one set of initials.
#[derive(Debug, PartialEq, Eq)]
enum Given {
    One(String),
    Several,
}

impl Namesakes {
    /// Takes note of the people of a list.
    pub(super) fn add(&mut self, people: &[Name], fuller: Fuller) {
        let noted = match fuller {
            Fuller::Nobody => 0,
            Fuller::First => 1,
            Fuller::Everybody => people.len(),
        };
        for person in people.iter().take(noted).filter(|person| person.literal.is_none()) {
            let given = spelled(&person.given);
            match self.known.get_mut(&key(person)) {
                Some(known) if *known != Given::One(given.clone()) => *known = Given::Several,
                Some(_) => {}
                None => drop(self.known.insert(key(person), Given::One(given))),
            }
        }
    }

    /// Tells whether initials would make the person at an index of a list look like another.
    pub(super) fn hide(&self, person: &Name, index: usize, fuller: Fuller) -> bool {
        let asked = match fuller {
            Fuller::Nobody => false,
            Fuller::First => index == 0,
            Fuller::Everybody => true,
        };
        asked && self.known.get(&key(person)) == Some(&Given::Several)
    }
}

fn key(person: &Name) -> (String, String) {
    (spelled(&person.family), initials(&spelled(&person.given), "", true, false))
}

/// Returns a name without its full stops, which tell nobody apart.
fn spelled(name: &str) -> String {
    name.replace('.', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}
