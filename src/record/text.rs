//! Values that are text to a physician whatever YAML makes of them.

use std::fmt;
use std::ops::Deref;

use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// A text field: `volume: 47`, `issue: Suppl 1` and `pages: "e1"` are all text.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(pub String);

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl Visitor<'_> for TextVisitor {
            type Value = Text;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text")
            }
            fn visit_str<E: de::Error>(self, value: &str) -> Result<Text, E> {
                Ok(Text(value.to_owned()))
            }
            fn visit_string<E: de::Error>(self, value: String) -> Result<Text, E> {
                Ok(Text(value))
            }
            fn visit_bool<E: de::Error>(self, value: bool) -> Result<Text, E> {
                Ok(Text(value.to_string()))
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Text, E> {
                Ok(Text(value.to_string()))
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Text, E> {
                Ok(Text(value.to_string()))
            }
            // `1.0` was read as a number only because it prints back so.
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Text, E> {
                Ok(Text(format!("{value:?}")))
            }
        }
        deserializer.deserialize_any(TextVisitor)
    }
}

/// A list of texts; a single text stands for a list of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextList(pub Vec<Text>);

impl Deref for TextList {
    type Target = [Text];
    fn deref(&self) -> &[Text] {
        &self.0
    }
}

impl TextList {
    /// Returns the texts as plain strings.
    pub fn strings(&self) -> Vec<String> {
        self.0.iter().map(|text| text.0.clone()).collect()
    }
}

impl<'de> Deserialize<'de> for TextList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ListVisitor;
        impl<'de> Visitor<'de> for ListVisitor {
            type Value = TextList;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of texts")
            }
            fn visit_str<E: de::Error>(self, value: &str) -> Result<TextList, E> {
                Ok(TextList(vec![Text(value.to_owned())]))
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<TextList, E> {
                Ok(TextList(vec![Text(value.to_string())]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<TextList, A::Error> {
                let mut list = Vec::new();
                while let Some(text) = seq.next_element::<Text>()? {
                    list.push(text);
                }
                Ok(TextList(list))
            }
        }
        deserializer.deserialize_any(ListVisitor)
    }
}

/// One author or editor as written in a list: a name, or a group that is never cut into parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// `Rao P`, `Rao, Priya` or `Priya Rao`.
    Person(String),
    /// `{group: Lakemoor Emergency Imaging Group}`.
    Group(String),
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;
        impl<'de> Visitor<'de> for NameVisitor {
            type Value = Name;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name, or {group: a group's name}")
            }
            fn visit_str<E: de::Error>(self, value: &str) -> Result<Name, E> {
                Ok(Name::Person(value.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Name, A::Error> {
                let mut group = None;
                while let Some(key) = map.next_key::<String>()? {
                    if key != "group" {
                        return Err(de::Error::unknown_field(&key, &["group"]));
                    }
                    group = Some(map.next_value::<Text>()?.0);
                }
                group.map(Name::Group).ok_or_else(|| de::Error::missing_field("group"))
            }
        }
        deserializer.deserialize_any(NameVisitor)
    }
}

/// The authors of a work: one line in PubMed's form, or a list of names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Names {
    /// `Rao P, van der Berg L, Quist ZA`.
    Line(String),
    /// One name an item.
    List(Vec<Name>),
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NamesVisitor;
        impl<'de> Visitor<'de> for NamesVisitor {
            type Value = Names;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("names in one line, or a list of names")
            }
            fn visit_str<E: de::Error>(self, value: &str) -> Result<Names, E> {
                Ok(Names::Line(value.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Names, A::Error> {
                let name = Name::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Names::List(vec![name]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Names, A::Error> {
                let mut list = Vec::new();
                while let Some(name) = seq.next_element::<Name>()? {
                    list.push(name);
                }
                Ok(Names::List(list))
            }
        }
        deserializer.deserialize_any(NamesVisitor)
    }
}
