//! OP8xx: the finished site and its output.

super::codes! { OUTPUT;
    PATH_CLASH "OP801" Error
        "two things of the site want the same address"
        "Two records, pages or files would be written to one address, and one of them would be lost. Rename one: a page's address is its file name, a record's is its id."
}
