//! OP3xx: what one record says of another: ids, threads, people, duplicates.

super::codes! { REFERENCES;
    DUPLICATE_ID "OP301" Error
        "two records have the same id"
        "An id is a record's address, on the site and in links from other records, so no two may share one, whatever their kinds. Give one of the two another id; keep the older one as it is if its page has been published."
}
