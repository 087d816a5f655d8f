//! OP4xx: honesty and time: status against dates and proof.

super::codes! { HONESTY;
    DATE_IN_FUTURE "OP401" Error
        "a published work has a date in the future"
        "A work cannot be published on a day that has not come. Correct the date, or give it the status it has today: `accepted`, `in-press` or `epub`."
}
