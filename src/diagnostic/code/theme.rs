//! OP6xx: themes, templates, citation styles.

super::codes! { THEME;
    TEMPLATE_FAULT "OP601" Error
        "a template cannot be read or rendered"
        "A file under `overrides/` or in a theme of your own is not a template that Offprint can use. The line and column are those of the template engine. Remove the file to return to the built-in one."
}
