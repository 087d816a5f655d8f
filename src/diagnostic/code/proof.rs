//! OP92x and OP93x: proofs, the dossier made of them, and the owner's plan.

super::codes! { PROOF;
    BAD_INTERVAL "OP920" Warning
        "a span of time cannot be read"
        "`check_in_every` in goals.yaml says after how long without a change `offprint status` calls a project stalled. Write a number and a unit: `10 days`, `2 weeks`, `1 month`. Without it, four weeks hold."
    PROOF_GONE "OP921" Error
        "a proof that was kept is gone"
        "A record names a file of evidence/, or its hash is kept in evidence/hashes.yaml, and the file is not there: it was moved, renamed or deleted. Put it back from a copy. If it is not needed any more, take its name out of the record and its line out of evidence/hashes.yaml."
    PROOF_CHANGED "OP922" Error
        "a proof is not as it was when it was kept"
        "When `offprint evidence add` keeps a proof it writes down the file's SHA-256, a number that no two files share. Now the file gives another: it was edited, saved again by another program, or damaged. A proof is worth something because it has not been touched, so put the original back. If the new file is the right one, take its line out of evidence/hashes.yaml and run `offprint evidence verify --hash`."
    PROOF_UNNAMED "OP923" Warning
        "a file in evidence/ belongs to no record"
        "A proof that no record names is in no dossier, and in a year nobody knows what it proves. `offprint evidence add evidence/letter.pdf --for ID` names it in the record with that id; the file stays where it is."
    HASHES_UNREADABLE "OP924" Error
        "the hashes of proofs cannot be read"
        "evidence/hashes.yaml has a line for each proof, its path and its SHA-256: `evidence/letter.pdf: 9f86d0…`. A line of it has another form, so nothing can be compared. Delete that line and run `offprint evidence verify --hash`."
    EXHIBIT_TWICE "OP930" Warning
        "two records have one exhibit number"
        "`private: {exhibit: C-1}` is the number under which a record stands in every dossier, and a reader who follows it must come to one record. Give one of the two another number, or leave it out: `offprint dossier` then gives it one and keeps it in private/exhibits.yaml."
    PROOF_EMPTY_OR_BROKEN "OP931" Warning
        "a proof cannot be read"
        "The file is empty, damaged, or not what its name says: a web page that was saved as `letter.pdf`, say. It is not in the dossier, whose index says so; all else is in its order. Save it again from where it came. A PDF that a reader opens all the same can be printed to a new PDF there."
    PROOF_LOCKED "OP932" Warning
        "a proof is locked with a password"
        "A PDF that asks for a password to be opened cannot be bound with others. Open it with its password and print it to a new PDF, and keep that as the proof. One that only forbids printing or copying is taken in."
    PROOF_TOO_LARGE "OP933" Warning
        "a proof is too large"
        "A dossier takes files of up to 100 MB and 2,000 pages, pictures of up to 20,000 pixels a side, and texts of a hundred pages. Keep the pages that prove something: the title page of a programme and the page that names you."
    PROOF_OF_UNKNOWN_FORM "OP934" Warning
        "a proof has a form that no dossier can show"
        "A dossier takes PDF, JPEG, PNG, e-mails saved as `.eml`, and plain text. Print a Word document, a web page or an Outlook message (`.msg`) to a PDF and keep that; a photograph from a telephone (HEIC) is exported as JPEG."
    PROOF_LETTERS "OP935" Warning
        "a letter of a proof or a record has no font"
        "The dossier's own pages, and e-mails in it, are set in the shipped fonts, which have Latin, Greek, Cyrillic and Arabic letters. A letter of another script is shown as a question mark. Put a font that has it into the site's `fonts/`, or print the e-mail to a PDF and keep that."
}
