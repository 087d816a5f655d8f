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
}
