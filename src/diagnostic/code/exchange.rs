//! OP9xx: records that come in and go out.

super::codes! { EXCHANGE;
    IMPORT_UNKNOWN "OP901" Error
        "a file to import has no form that is known"
        "`offprint import` tells the form of a file by its content: PubMed nbib and XML, RIS, BibTeX, CSL-JSON, ORCID, Crossref, DataCite and OpenAlex JSON, Google Scholar CSV, JSON Resume, RenderCV, and the folders of HugoBlox and academicpages sites. Export it from the program it comes from as BibTeX or RIS, and import that."
    IMPORT_BROKEN "OP902" Error
        "a file to import is not whole"
        "The file has a known form and breaks its rules at the line shown, mostly because only a part of it was saved or copied. Export it again, and import the whole file."
}
