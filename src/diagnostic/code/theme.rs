//! OP6xx: themes, templates, citation styles.

super::codes! { THEME;
    TEMPLATE_FAULT "OP601" Error
        "a template cannot be read or rendered"
        "A file under `overrides/` or in a theme of your own is not a template that Offprint can use. The line and column are those of the template engine. Remove the file to return to the built-in one."
    CITATION_STYLE_UNKNOWN "OP621" Error
        "the citation style is not known"
        "`site.citation_style` is one of the names of the guide (`ama`, `nlm`, `vancouver`, `radiology`, `apa`, `chicago`, `harvard`, `ieee`, `nature`, `bmj`, `lancet`), an id of the CSL archive such as `plos`, or a style file of your own in `styles/`. Write `citation_style: lancet`, or save a style from https://www.zotero.org/styles as `styles/my-journal.csl` and write `citation_style: my-journal`."
    CITATION_STYLE_BROKEN "OP622" Error
        "a citation style cannot be read"
        "A `.csl` file is XML with a fixed vocabulary (CSL 1.0.2). A tag that is not closed, a name that CSL does not know, or a macro that is called but not there makes the whole style unusable, since a reference might miss a part without a word. Correct the place shown, or take the file anew from https://www.zotero.org/styles."
    CITATION_STYLE_DEPENDENT "OP623" Error
        "a citation style is only a name for another"
        "Most styles of the CSL collection hold nothing but the name of a parent style that many journals share. The parent is needed too: save it in `styles/` beside the dependent one, or write the parent's id as `citation_style`."
    REFERENCE_FALLBACK "OP624" Warning
        "a reference could not be laid out in the style"
        "The citation engine gave up on this record, so the site shows a plain reference instead: authors, title, journal, year. Look at the record's dates and names for something unusual; if they are right, please report it."
}
