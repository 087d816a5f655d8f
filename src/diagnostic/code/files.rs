//! OP1xx: files and YAML syntax.

super::codes! { FILES;
    FILE_UNREADABLE "OP101" Error
        "a file cannot be read as text"
        "Records and pages are text files in UTF-8. A file saved by Word, or in an old encoding, has bytes that are no letters. Open it in a plain-text editor and save it as UTF-8."
    YAML_SYNTAX "OP102" Error
        "the YAML cannot be read"
        "YAML is read by its indentation and punctuation. The place named is where reading stopped; the slip is there or on the line before. Records after the next line that starts with `- ` are still read, so other problems of the file are shown too."
}
