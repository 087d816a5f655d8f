//! OP4xx: honesty and time: status against dates and proof.

super::codes! { HONESTY;
    DATE_IN_FUTURE "OP401" Error
        "a work is published, accepted or presented on a day that has not come"
        "What is done has its day in the past. Correct the date, or give it the status it has today: `accepted`, `in-press` or `epub`."
    ACCEPTED_AFTER_PUBLISHED "OP402" Error
        "a work was accepted after it was published"
        "A work is submitted, then accepted, then published. One of the dates was mistyped, often the year: look at the acceptance letter."
    END_BEFORE_START "OP403" Error
        "an end comes before its start"
        "`end` and `end_date` cannot be earlier than `start` and `date`. One of the two was mistyped, or they were exchanged."
    SUBMITTED_AFTER_ACCEPTED "OP404" Error
        "a work was submitted after it was accepted or published"
        "A work is submitted, then accepted, then published. One of the dates was mistyped, often the year."
    NO_ACCEPTANCE_PROOF "OP410" Warning
        "an accepted work has no acceptance letter"
        "A programme director may ask for the proof of an `accepted` or `in-press` entry, and fellowship applications are checked. Save the letter under evidence/ and name it: `private: {evidence: [evidence/acceptance.pdf]}`. It is never published."
    NO_IDENTIFIER "OP411" Warning
        "a published work cannot be found by a reader"
        "A published work has a DOI, a PubMed number or at least a web address by which a reader can check it. Add `doi:`, `pmid:` or `url:`."
    LONG_IN_PRESS "OP412" Warning
        "a work has been in press for over twelve months"
        "By now it has probably appeared, or it will not. Look it up, and give it the status and date it has today."
    LONG_SUBMITTED "OP413" Warning
        "a work has been submitted for over nine months"
        "By now there is probably a decision. Give it the status it has today: `revision`, `accepted`, `withdrawn` …"
    EVIDENCE_MISSING "OP414" Warning
        "a proof is not where the record says"
        "`private: {evidence: [evidence/letter.pdf]}` names a file from the site's folder. It was moved, renamed or never saved; capitals count. Put it back or correct the name."
    EVIDENCE_OUTSIDE "OP415" Warning
        "a proof does not lie in evidence/"
        "What lies in files/ is published, and what lies in evidence/ never is. Move the proof to evidence/ and name it there."
    SHARE_EXPIRED "OP416" Warning
        "a share page has expired"
        "The day in `expires:` has passed, so the page is left out of the site. Give it a later day, or remove the entry with `offprint share revoke`."
    RETRACTED_WITHOUT_NOTICE "OP417" Warning
        "a retracted work names no retraction notice"
        "A retraction is stated openly, with its notice: `correction: {type: retraction, doi: 10.5555/notice, date: 2022-02-01}`. Readers trust a site that says so plainly."
    IRB_EXPIRED "OP418" Warning
        "the ethics board's approval of a running project has expired"
        "Work on a study stops when its approval ends. Renew it and correct `irb: {expires: …}`, or set the project's stage to what it is."
    STAGE_IN_FUTURE "OP419" Warning
        "a project reached a stage on a day that has not come"
        "`stages:` says when each stage was reached; what is planned belongs in `next_step` and `next_due`."
}
