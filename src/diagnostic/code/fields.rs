//! OP2xx: fields of records: names, values, dates, identifiers.

super::codes! { FIELDS;
    UNKNOWN_FIELD "OP204" Error
        "a field has a name that Offprint does not know"
        "Every kind of record has a fixed set of fields, so that a slip of the keyboard cannot make a value vanish. Write the field that is suggested, or put words of your own under `private: {notes: …}`, which is never published."
}
