//! OP5xx: Markdown pages: listings, links, images.

super::codes! { PAGES;
    BROKEN_LINK "OP501" Error
        "a link leads to no page or file of the site"
        "Links inside the site are checked against the finished site, anchors included, because a reader who meets a dead link on an academic page doubts the rest. Correct the address, or add the page or file it names."
    UNSAFE_LINK "OP502" Error
        "a link does not lead to the web, to a mailbox, to a telephone or to this site"
        "A link may start with `https://`, `http://`, `mailto:` or `tel:`, or name a page or file of this site (`files/poster.pdf`, `teaching.md`). Others, as `javascript:` or `file:///C:/…`, do harm or work on your own computer only. Example: [poster](file:///C:/poster.pdf). Cure: put the poster into `files/` and write [poster](files/poster.pdf)."
    UNKNOWN_RECORD "OP503" Error
        "a page names a record that does not exist"
        "`[@svs-cohort]` in a page is a link to the record with that id, and prints its short citation. No record of any kind has the id that stands here. Correct it, or give the record this `id:`."
    HIDDEN_TARGET "OP504" Error
        "a page links to something that is not published"
        "A public page cannot lead to a draft, to an unlisted page, to a record whose status is not shown, or to a file that stays on your computer (`evidence/`, `private/`, `records/`). Remove the link, or publish what it leads to: a page by its `visibility`, a file by moving it into `files/`."
    MISSING_IMAGE "OP505" Error
        "a picture is not among the site's files"
        "A picture in a page is a file under `files/`. Example: ![The ward](files/photos/ward.jpg) needs the file `files/photos/ward.jpg`. Capital and small letters count, also where your own computer does not tell them apart."
    MISSING_ALT "OP506" Warning
        "a picture has no words for those who cannot see it"
        "Readers who are blind hear the words between the brackets, and search engines read them. Example of the fault: ![](files/ward.jpg). Cure: ![Five residents around a reading-room screen](files/ward.jpg)."
    FOREIGN_IMAGE "OP507" Error
        "a picture comes from another site"
        "The finished site asks no other host for anything, so that nobody learns who reads it and nothing vanishes when another site changes. Save the picture into `files/` (if its licence allows) and name it there."
    LISTING_KEY "OP508" Error
        "a listing asks by a word that Offprint does not know"
        "A listing is a block between lines of three backticks whose first line names a kind of record, as ```publications, and whose other lines are conditions: type, category, status, role, thread, project, featured, scope, since, until, limit, style. Each stands on a line of its own, as `thread: stroke-workflow`."
    LISTING_VALUE "OP509" Error
        "a listing asks for a value that its field cannot have"
        "The values of a listing are those of the records: `type: poster`, `since: 2024`, `featured: true`, `limit: 5`, `style: short`. A value that no record can have would make an empty list for ever, so it is refused."
    LISTING_PLACE "OP510" Error
        "a listing stands where none can be shown"
        "A listing must begin at the left margin, not inside a quotation, a list or a footnote, and its kind must be one that is public: projects may be listed, but people, goals and conferences stay on your computer."
    HTML_REMOVED "OP511" Warning
        "a page holds HTML that is not kept"
        "Pages may hold a little HTML for what Markdown cannot say: sub, sup, abbr, kbd, details, figure, dl, table and the like. Scripts, frames, forms, styles and classes are removed, since the site promises its readers that it runs nothing and asks no other host. Use Markdown, or one of the elements named."
    PAGE_TOO_COMPLEX "OP512" Error
        "a page is nested or repeated beyond reason"
        "Lists, quotations or HTML more than 100 levels deep, or a page of more than one million characters, are slips (a pasted file, an unclosed element) and would take too long to build. Split the page or remove what was pasted."
    PAGE_NOT_RENDERED "OP513" Error
        "a page could not be rendered"
        "Something on this page brought the Markdown reader down: a fault of Offprint, not yours. The rest of the site was checked. Look for something unusual on the page, take it out, and please report it with the page."
    MISSING_FOOTNOTE "OP514" Warning
        "a footnote has no text"
        "`[^dose]` in the text needs a line `[^dose]: Words of the note.` further down the page. Without it the brackets are printed as they stand."
    IMAGE_UNREADABLE "OP520" Error
        "a picture cannot be read"
        "Pictures under `files/` are published anew without hidden data (place, owner, camera), so each must be readable. This one is damaged or not what its name says. Open it in a picture viewer and export it again as JPEG or PNG."
    IMAGE_TOO_LARGE "OP521" Error
        "a picture is too large to publish"
        "A picture may have up to 20,000 pixels a side and may take 400 MB while it is read: photographs of cameras with 50 megapixels and more pass, a picture of 100 megapixels that is stored in several passes (progressive) does not. Export it smaller: 2,400 pixels are more than any screen shows of it."
    IMAGE_FORMAT "OP522" Error
        "a picture is in a format that browsers cannot show"
        "HEIC (from telephones), AVIF and TIFF cannot be cleaned of their hidden data here, and many browsers do not show them. On a Mac open the picture in Preview and choose File, Export, JPEG; on Windows open it in Photos and choose Save as, .jpg; on an iPhone set Camera, Formats, Most Compatible."
}
