//! OP7xx: what must not leave the computer.

super::codes! { PRIVACY;
    DICOM_FILE "OP701" Error
        "a file is a DICOM object"
        "DICOM files carry the patient's name, date of birth and numbers in their header, whatever the file is called, so none is published. Export the picture as JPEG or PNG from your viewer, without the overlay of names and dates, and put that into `files/`; keep the original outside the site."
    PATIENT_IDENTIFIER "OP702" Warning
        "words look like an identifier of a patient"
        "A title, a page, a caption or the text of a PDF has something that may tell who a patient is: a medical record or accession number (`MRN 0045321`, `Acc# 12345678`), a date of birth, an age over 89, a name beside the word patient, a telephone or social-security number, the exact day of a stay. These are among the eighteen identifiers that HIPAA (45 CFR 164.514) has taken out before a case is shown. Take it out: `in her nineties`, `six days later`. If it is nobody's, say so in site.yaml, with the exact words and the reason: `allow: [{text: \"MRN 0045321\", reason: the number of a phantom}]`. The rules look at words alone: a name with nothing beside it, or a date without an event, they cannot know, and a person's own date of birth in a biography they take for a patient's."
    ALLOW_UNCLEAR "OP703" Error
        "an entry of `allow` lacks its text or its reason"
        "`allow:` in site.yaml silences a finding of the privacy check for ever, so it must say which and why, for you in two years as well: `- {text: \"MRN 0045321\", reason: the number of a phantom}`. `text` is exactly what the check named."
    ALLOW_UNUSED "OP704" Warning
        "an entry of `allow` silences nothing"
        "What this entry allows stands nowhere on the site any more, or is written otherwise. An entry that is left behind would one day silence something that nobody has looked at. Take it out, or write its `text` exactly as the check names the words."
    CONSENT_MISSING "OP705" Warning
        "a case is public and nothing says where the patient's consent is kept"
        "A case report, a talk on a case or a picture of a patient needs the consent of the patient (or the board's waiver) before it is on the web, also where it was shown in a closed room before. Write where the signed form is, in the part of the record that is never published: `private: {consent: signed form in the departmental case file}`. Journals ask for the same."
}
