//! OP2xx: fields of records: names, values, dates, identifiers.

super::codes! { FIELDS;
    WRONG_TYPE "OP201" Error
        "a field holds the wrong kind of value"
        "Each field holds text, a number, `true` or `false`, a date, or a list. For example `count: nine` should be `count: 9`, and `irb: approved` should be `irb: {status: approved}`, because `irb` has fields of its own. The message says what the field takes."
    BAD_DATE "OP202" Error
        "a date is not written as a date"
        "Dates are written from the largest part to the smallest, so that they mean the same in every country: `2025`, `2025-03` or `2025-03-14`. `March 2025`, `14/03/2025` and days that no calendar has, such as `2025-02-30`, are refused. Write only as much as you know."
    UNKNOWN_VALUE "OP203" Error
        "a field has a value that is not on its list"
        "Some fields take one of a fixed list of words, because the site sorts and counts by them: `status: acepted` would be counted as nothing. Write the value that is suggested; the help line names all of them."
    UNKNOWN_FIELD "OP204" Error
        "a field has a name that Offprint does not know"
        "Every kind of record has a fixed set of fields, so that a slip of the keyboard cannot make a value vanish. Write the field that is suggested, or put words of your own under `private: {notes: …}`, which is never published."
    OUT_OF_RANGE "OP205" Error
        "a number is outside its range"
        "A number that means a place or a part has a fixed range. `featured: 1`, `2` or `3` gives a work its place among the selected ones; `featured: 7` has no place to go to. Write a number of the range, or remove the line."
    PRIVATE_WITHOUT_RECORD "OP206" Error
        "private additions belong to no record"
        "An entry of `private/publications.yaml` is added to the record with the same `id:` in `records/publications.yaml`, so that `records/` may be shared without it. If no record has that id, your notes or proofs hang in the air. Correct the id, or write `id:` into the record that is meant."
}
