//! OP9xx: records that come in and go out.

super::codes! { EXCHANGE;
    IMPORT_UNKNOWN "OP901" Error
        "a file to import has no form that is known"
        "`offprint import` tells the form of a file by its content: PubMed nbib and XML, RIS, BibTeX, CSL-JSON, ORCID, Crossref, DataCite and OpenAlex JSON, Google Scholar CSV, JSON Resume, RenderCV, and the folders of HugoBlox and academicpages sites. Export it from the program it comes from as BibTeX or RIS, and import that."
    IMPORT_BROKEN "OP902" Error
        "a file to import is not whole"
        "The file has a known form and breaks its rules at the line shown, mostly because only a part of it was saved or copied. Export it again, and import the whole file."
    TOO_LONG_FOR_FORM "OP903" Warning
        "a text is too long for the application form"
        "The ERAS application takes ten experiences, each described in 750 characters; the three most meaningful (`featured: 1` to `3`) have 300 more for why they matter. What is longer would be cut off: say it in fewer words. `offprint export eras` shows every field with its count."
    EXTERNAL_UNKNOWN "OP911" Warning
        "a service does not know a number"
        "`offprint check --external` asks Crossref, the resolver of DOIs and PubMed for each number. One that they do not know was mistyped, or is so new that it is not registered yet: copy it again from the work's own page."
    EXTERNAL_DIFFERS "OP912" Warning
        "a fact differs from what Crossref or PubMed has"
        "`offprint check --external` compares title, authors, journal, volume, issue, pages and year with Crossref and PubMed. The line with `-` is yours and the one with `+` is theirs. Either may be wrong: look at the work itself."
    EXTERNAL_DEAD_LINK "OP913" Warning
        "a link does not answer"
        "A reader who follows this link finds nothing. Look whether the page has moved, and correct the address, or leave it out. Answers are kept for a week, so a corrected host is seen then, or when `.offprint/cache` is removed."
    EXTERNAL_RETRACTED "OP914" Error
        "a work was retracted, and the record does not say so"
        "Crossref or PubMed names a retraction notice. A retraction is stated openly: write `status: retracted` and the notice, `correction: {type: retraction, doi: 10.5555/notice, date: 2022-02-01}`."
    EXTERNAL_CORRECTED "OP915" Warning
        "a notice corrects a work, and the record does not name it"
        "Crossref or PubMed names an erratum, a correction or an expression of concern on this work. Name it in the record, `correction: {type: erratum, doi: 10.5555/notice}`, so that readers find it."
}
