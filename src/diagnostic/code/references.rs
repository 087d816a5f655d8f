//! OP3xx: what one record says of another: ids, threads, people, duplicates; and from OP350 what a
//! record must have, and identifiers.

super::codes! { REFERENCES;
    DUPLICATE_ID "OP301" Error
        "two records have the same id"
        "An id is a record's address, on the site and in links from other records, so no two may share one, whatever their kinds. Give one of the two another id; keep the older one as it is if its page has been published."
    BAD_ID "OP302" Error
        "an id cannot be part of an address"
        "An id becomes part of a web address and of file names on every computer, so it holds only letters without accents, digits, hyphens, underscores and stops, and begins with a letter or digit. Instead of `id: spine study/1` write `id: spine-study-1`."
    UNKNOWN_THREAD "OP303" Error
        "a record names a thread that site.yaml does not have"
        "Threads are the lines of research listed under `theme_of_work: {threads: …}` in site.yaml; a record names them by their ids. Write the id that is suggested, or add the thread to site.yaml: `- {id: stroke-workflow, name: Stroke imaging workflow}`."
    UNKNOWN_REFERENCE "OP304" Error
        "a record names another one that does not exist"
        "`follows`, `project`, `replaced_by` and the referees of a share page name other records by their ids. Write the id that is suggested, or give the record that is meant an `id:` of its own."
    WRONG_KIND "OP305" Error
        "a record names another one of the wrong kind"
        "`project:` names a record of projects.yaml, `replaced_by:` one of publications.yaml and `referees:` one of people.yaml. To link to a record of any kind use `follows: [id]`."
    REFERENCE_CYCLE "OP306" Error
        "records follow each other in a circle"
        "`follows:` says which work grew out of which, and `replaced_by:` which paper a preprint became; neither can lead back to where it began. Remove one of the links of the circle, usually the one on the older record."
    OWNER_NOT_FOUND "OP307" Error
        "the owner of the site is not among the authors"
        "Each publication is expected to have you among its authors, found by `person.name` and `person.name_variants` in site.yaml (family name and initials, without accents). If you appear under another form, add it: `name_variants: [Rao P, Rao-Smith P]`. If the work is not yours (one you mentored, or one that thanks you), write `mine: false`."
    UNKNOWN_AUTHOR "OP308" Error
        "a name is not among the authors"
        "`equal`, `corresponding` and `mentees` mark authors of the work, so each name must be one of them. Write it as in `authors`: `Rao P` marks `Rao, Priya`, too."
    UNCLEAR_NAME "OP309" Warning
        "a name can be read in two ways"
        "Without a comma or initials, nobody can tell whether `Zhang Wei` gives the family name first. Write it with a comma, family name first: `Zhang, Wei`."
    NAME_CLEANED "OP310" Warning
        "a title or degree was left out of a name"
        "References print names without titles and degrees. Instead of `Dr Priya Rao, MD` write `Priya Rao`; your own degrees belong in `person.credentials`."
    GROUP_UNMARKED "OP311" Warning
        "a name looks like that of a group"
        "A group's name is printed whole and never cut into family name and initials. Say that it is a group by writing it as an item of a list: `- {group: Lakemoor Emergency Imaging Group}`."
    AUTHORS_CUT "OP312" Warning
        "the authors are cut by \"et al.\""
        "Offprint shortens lists of authors as the citation style asks, so a record should name all of them. Write the others, or say how many there are: `author_count: 57`."
    POSITION_CONTRADICTS "OP313" Error
        "`my_position` is not where the owner's name stands"
        "`my_position` counts from 1 along the full line of authors. Correct it, or leave it out: it is found from the names."
    COUNT_TOO_SMALL "OP314" Error
        "`author_count` is smaller than the number of authors listed"
        "`author_count` says how many authors a work has in all, listed or not. Correct it, or leave it out when all are listed."
    UNKNOWN_MEETING "OP315" Warning
        "`conference:` names a meeting that is not known"
        "`conference:` takes the short name of a built-in meeting (RSNA, ASNR, ECR …) or the id of one in records/conferences.yaml. Any other meeting is written in words: `event: Winter Symposium on Imaging Systems`."
    UNKNOWN_CV "OP316" Error
        "a share page names a CV that does not exist"
        "`cv:` of a share page names one of the variants under `cvs:` in site.yaml. Write the id that is suggested, or leave `cv:` out for the plain one."
    FEATURED_TWICE "OP317" Warning
        "two records of a kind have the same featured place"
        "`featured: 1` to `3` put a work in the first to third place of your selected works. Give each its own place."
    ALIAS_TAKEN "OP319" Error
        "an alias is the address of another record"
        "`aliases` lists ids that a record had before, so that their addresses lead to the new one. An alias that is in use cannot. Remove it from the one or rename the other."
    DUPLICATE_IDENTIFIER "OP320" Error
        "two publications have the same DOI or PubMed number"
        "An identifier belongs to one work. Either the same work stands in the file twice, or one of the numbers was copied from the wrong line. Remove the one or correct the other; a preprint has its own DOI."
    SAME_WORK "OP321" Warning
        "two publications look like one work"
        "They have the same title, year and first author. If it is one work, keep the fuller record. If a preprint became the paper, write `replaced_by:` in the preprint with the paper's id."
    FILE_MISSING "OP322" Error
        "a record names a file that is not there"
        "`pdf`, `slides`, `poster` and `photo` name a file under `files/`, from the site's folder: `pdf: files/papers/rao-2025.pdf`. Capitals count. Put the file there or correct the name."
    PHOTO_WITHOUT_ALT "OP323" Warning
        "the photo has no words for those who cannot see it"
        "A screen reader speaks `photo_alt` in place of the picture, and it stands where the picture does not load. Say what is seen in a few words: `photo_alt: Portrait in a white coat in the reading room`."
    NO_TOKEN "OP324" Warning
        "an unlisted page has no token yet"
        "An unlisted page has an address that cannot be guessed, made by `offprint share new` and kept in private/shares.yaml. Without one the page is left out of the site."
    UNKNOWN_MENU_ENTRY "OP325" Warning
        "the menu names a page that does not exist"
        "`site.menu` names pages (`about` for pages/about.md) and kinds of record (`publications`, `teaching` …). Write the name that is suggested, or add the page."
    DUPLICATE_THREAD "OP326" Error
        "two threads have the same id"
        "A record names a thread by its id, so each needs its own. Give one of the two another id."
    REQUIRED_FIELD "OP350" Error
        "a record lacks a field that it must have"
        "Every record has a title; a publication also has authors, and a date or a status that says it is not out yet (`in-preparation`, `submitted`, `under-review`, `revision`, `accepted`, `in-press`); a presentation has authors and a date. Add the field that is named."
    BAD_DOI "OP351" Error
        "a DOI is not in a DOI's form"
        "A DOI begins with `10.`, four or more digits and a slash: `doi: 10.1148/radiol.252210`. An address at doi.org or a leading `doi:` is accepted; a publisher's own address is not a DOI."
    BAD_PMID "OP352" Error
        "a PMID is not a PubMed number"
        "A PMID is one to eight digits: `pmid: 38123456`. A number that begins with PMC belongs in `pmcid`."
    BAD_PMCID "OP353" Error
        "a PMCID is not a PubMed Central number"
        "A PMCID is PMC and digits: `pmcid: PMC10012345`. A number without PMC is a PMID and belongs in `pmid`."
    BAD_ARXIV "OP354" Error
        "an arXiv number is not in arXiv's form"
        "An arXiv number is the year and month, a stop and four or five digits: `arxiv: 2406.12345`. Numbers before 2007 name the archive: `hep-th/9901001`."
    BAD_ISBN "OP355" Error
        "an ISBN is wrong"
        "The last digit of an ISBN is computed from the others, so a slip of one digit shows. Copy the number again from the back of the title page: `isbn: 978-0-306-40615-7`."
    BAD_ISSN "OP356" Error
        "an ISSN is wrong"
        "The last digit of an ISSN is computed from the others, so a slip of one digit shows. Copy the number again from the journal's page: `issn: 0033-8419`."
    BAD_ORCID "OP357" Error
        "an ORCID iD is wrong"
        "The last digit of an ORCID iD is computed from the others (ISO 7064), so a slip of one digit shows. Copy it again from orcid.org: `orcid: 0000-0002-1825-0097`."
    BAD_REGISTRATION "OP358" Error
        "a study's registration number is wrong"
        "ClinicalTrials.gov gives NCT and eight digits, PROSPERO gives CRD and eleven: `registration: {nct: NCT04567890}` or `registration: {prospero: CRD42021234567}`."
    UNKNOWN_CREDIT "OP359" Error
        "a contribution is not one of the CRediT roles"
        "`credit` takes the fourteen roles of ANSI/NISO Z39.104-2022: Conceptualization, Data curation, Formal analysis, Funding acquisition, Investigation, Methodology, Project administration, Resources, Software, Supervision, Validation, Visualization, Writing – original draft, Writing – review & editing. British spellings are accepted. Other words belong in `my_part`."
    BAD_URL "OP360" Error
        "a web address cannot be used"
        "An address begins with https://, http://, mailto: or tel:, or names a file of the site (`files/slides.pdf`). Other kinds of address are not put on a public page: a browser might run them, or they lead nowhere from another computer."
    BAD_LANGUAGE "OP361" Error
        "a language is not named by its tag"
        "Languages are named by their short tags (BCP 47), so that browsers and screen readers know them: `en`, `es`, `pt-BR`, `ar`. Instead of `language: German` write `language: de`."
    BAD_LEVEL "OP362" Error
        "the level of training cannot be read"
        "`programme.level` is R1 to R6, or PGY and a number: `level: R3` or `level: PGY-4`. Leave it out to have it worked out from `started` and `ends`."
    BAD_ACCENT "OP363" Error
        "the accent is not a colour that the theme knows"
        "`site.accent` is sage, buff, rose or stone, or a colour written as a number sign and six digits, in quotes because YAML takes the sign for a comment: `accent: \"#2f5d50\"`."
    BAD_EMAIL "OP364" Error
        "an e-mail address is not one"
        "`person.email` is a bare address: `email: p.rao@hospital.example`. It is shown only with `show_email: true`."
}
