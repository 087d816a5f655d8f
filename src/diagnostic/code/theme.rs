//! OP6xx: themes, templates, citation styles.

super::codes! { THEME;
    TEMPLATE_FAULT "OP601" Error
        "a template cannot be read or rendered"
        "A file under `overrides/` or in a theme of your own is not a template that Offprint can use. The line and column are those of the template engine. Example of the fault: `{{ page.titel }}`, a name that no page has; the cure is the name the message lists, `{{ page.title }}`. Remove the file to return to the built-in one."
    THEME_FILE "OP602" Error
        "a file of a theme cannot be used"
        "`theme.yaml` and the files under `strings/` are YAML maps. A file that cannot be read would leave a page without its words. Correct the line that is named, or remove the file: the built-in one is then used."
    UNKNOWN_THEME "OP603" Error
        "there is no theme of this name"
        "`site.theme` names one of the themes that come with Offprint, or a folder under `themes/` of the site. Example of the fault: `theme: ofprint`; the cure: `theme: offprint`, or leave the line out."
    THEME_OPTION "OP604" Error
        "a theme option is unknown or has a value of the wrong kind"
        "Each theme lists its options in its `theme.yaml`, with their kind and their default. An option that the theme does not know would be set in vain. Example of the fault: `theme_options: {portrait: nein}`; the cure: `theme_options: {portrait: false}`."
    ACCENT_ADJUSTED "OP605" Warning
        "the accent colour was made lighter so that text on it can be read"
        "The accent is the paper on which the name is printed. Black print on it must reach a contrast of 7 to 1 (WCAG AAA), also for a reader with weak eyes. A darker colour is replaced by its nearest tone that does. Example: `accent: \"#204080\"`; choose a lighter colour, or one of `sage`, `buff`, `rose` and `stone`."
    OVERRIDE_UNUSED "OP606" Warning
        "a file under `overrides/` takes the place of nothing"
        "A file under `overrides/` is used in place of the theme's file of the same path: `overrides/templates/page.html` for `templates/page.html`. A file of another name is never looked at, unless another template or style sheet of yours names it. `offprint theme eject` without a file lists all paths. Example: `overrides/page.html`; the cure: move it to `overrides/templates/page.html`."
    ORIGINAL_CHANGED "OP607" Warning
        "the file that an override was copied from has changed since"
        "`offprint theme eject` notes in the first line of the copy what it was copied from. A newer Offprint or a newer theme has another text there, which your copy hides: a correction of it does not reach your site. Move your copy away, eject the file anew, and make your changes again; or delete your copy to follow the theme."
    LANGUAGE_WITHOUT_WORDS "OP608" Warning
        "the theme has no words in the language of the site"
        "`site.language` chooses the words that the theme prints: the menu, headings, months. A theme brings them in some languages only; in any other they stay English, while the page tells browsers and screen readers that it is written in yours. Example: `language: nl`; the cure: copy `strings/en.yaml` with `offprint theme eject strings/en.yaml`, name the copy `overrides/strings/nl.yaml`, and translate it line by line. A line that is missing stays English."
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
