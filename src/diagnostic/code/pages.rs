//! OP5xx: Markdown pages: front matter, listings, links, images.

super::codes! { PAGES;
    BROKEN_LINK "OP501" Error
        "a link leads to no page or file of the site"
        "Links inside the site are checked against the finished site, anchors included, because a reader who meets a dead link on an academic page doubts the rest. Correct the address, or add the page or file it names."
}
