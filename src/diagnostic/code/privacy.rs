//! OP7xx: what must not leave the computer.

super::codes! { PRIVACY;
    DICOM_FILE "OP701" Error
        "a file is a DICOM object or a volume of a scanner"
        "DICOM files carry the patient's name, date of birth and numbers in their header, whatever the file is called, so none is published. Export the picture as JPEG or PNG from your viewer, without the overlay of names and dates, and put that into `files/`; keep the original outside the site. A volume in another format (NIfTI, `.nii.gz`) has no name in it, but a head in three dimensions shows the face, so it is refused as well, and so is one within an archive."
    PATIENT_IDENTIFIER "OP702" Warning
        "words look like an identifier of a patient"
        "A title, a page, a caption or the text of a PDF has something that may tell who a patient is: a medical record or accession number (`MRN 0045321`, `Acc# 12345678`), a date of birth, an age over 89, a name beside the word patient, a telephone or social-security number, the exact day of a stay. These are among the eighteen identifiers that HIPAA (45 CFR 164.514) has taken out before a case is shown. Take it out: `in her nineties`, `six days later`. If it is nobody's, say so in site.yaml, with the exact words and the reason: `allow: [{text: \"MRN 0045321\", reason: the number of a phantom}]`. The rules look at words alone: a name with nothing beside it, or a date without an event, they cannot know. `I was born on …` they let pass, and a date of birth behind a label they take for a patient's."
    ALLOW_UNCLEAR "OP703" Error
        "an entry of `allow` lacks its text or its reason"
        "`allow:` in site.yaml silences a finding of the privacy check for ever, so it must say which and why, for you in two years as well: `- {text: \"MRN 0045321\", reason: the number of a phantom}`. `text` is exactly what the check named."
    ALLOW_UNUSED "OP704" Warning
        "an entry of `allow` silences nothing"
        "What this entry allows stands nowhere on the site any more, or is written otherwise. An entry that is left behind would one day silence something that nobody has looked at. Take it out, or write its `text` exactly as the check names the words."
    CONSENT_MISSING "OP705" Warning
        "a case is public and nothing says where the patient's consent is kept"
        "A case report, a talk on a case or a picture of a patient needs the consent of the patient (or the board's waiver) before it is on the web, also where it was shown in a closed room before. Write where the signed form is, in the part of the record that is never published: `private: {consent: signed form in the departmental case file}`. Journals ask for the same."
    FILE_UNCHECKED "OP710" Warning
        "a published file cannot be looked through"
        "Files in `files/` are published as they are, so each is looked through first: PDFs page by page, archives entry by entry. This one is locked, damaged, very long, or a scan without text, so nobody but you can tell whether a name or a number stands in it. Open it and look; export it anew if you can. If all is well, allow it by its path: `allow: [{text: files/poster.pdf, reason: scanned certificate without a patient}]`."
    DOCUMENT_PROPERTIES "OP711" Warning
        "a PDF says more of itself than its pages show"
        "Programs write who made a file, on whose computer, from which draft into its properties and into its pictures; a title such as `Whitcombe case v3` has told names before. A plain title and the names of programs are not reported. Descriptions of pictures, bookmarks and links may name a folder on your computer, with your name in it. What the pages show as well and your own name are not reported. `offprint check --clean` writes a copy without any of it."
    DOCUMENT_HIDDEN_TEXT "OP712" Warning
        "a PDF or a drawing has text that nobody sees"
        "White letters on white paper, letters without ink, outside the paper, under a picture or in a layer that is switched off are not seen, but anybody can copy them and every search engine reads them. They are left from a template, a covered draft or a slide behind another. `offprint check --clean` writes a copy without them; the text that a program has read from a scan is not meant. A picture that is cropped on its page, stands beside it or lies under something is whole in the file: crop or take out the picture itself, and make the PDF again. In a drawing it is text that is switched off, without ink, or stored for a use that never comes: take it out in your drawing program."
    DOCUMENT_COVERED "OP713" Error
        "a bar only covers text, which is still there"
        "A black box over a name hides it from the eye alone: the text under it can be selected and copied, and a box that is an annotation can be moved away. Nothing is published until it is gone. `offprint check --clean` writes a copy without the letters under the bars, leaves those beside them in their place, and draws a box that was an annotation into the page. Look at it. What stands in a picture under a bar it cannot take out: cover it in the picture itself, and make the PDF again with that. Better still, take the name out where the PDF was made."
    DOCUMENT_ATTACHMENT "OP714" Warning
        "a PDF has a file attached"
        "A table with the raw data, the draft in Word: attached files travel inside a PDF and are opened by a click. `offprint check --clean` writes a copy without them. If the file is meant to be there, allow it by its name."
    DOCUMENT_SCRIPT "OP715" Error
        "a PDF runs a script or starts a program"
        "A script in a PDF can call home when the file is opened, and mail programs and hospitals refuse such files. Nothing is published until it is gone: `offprint check --clean` writes a copy without it, or export the file anew as a plain PDF."
    DOCUMENT_COMMENT "OP716" Warning
        "a PDF has comments or a filled form"
        "A reviewer's note, a highlighted line with the name of its author, a form with a name filled in: all is there for every reader. `offprint check --clean` writes a copy without comments and forms; links stay."
    DOCUMENT_REVISIONS "OP717" Warning
        "a PDF keeps an earlier version of itself"
        "Programs that save quickly write the changes behind the old file, so that the version before them, with the name that was taken out, can be brought back by cutting the end off; others leave pages and pictures inside that no page shows any more. `offprint check --clean` writes a copy with the last version alone; so does `Save as` instead of `Save`."
    OFFICE_DOCUMENT "OP718" Warning
        "a file is published with all that it holds"
        "Office documents and archives are published as they are: with author and institution, comments, tracked changes, speaker's notes, hidden slides, and pictures that keep the place where they were taken. The message says what was found. Export the document as PDF and publish that, or allow it by its path once you have looked."
    SVG_ACTIVE "OP719" Warning
        "a drawing runs a script or leads elsewhere"
        "An SVG is a small web page: it can run scripts and load pictures from elsewhere, which tells others who reads your site. Scripts, addresses that run one, parts of web pages (`foreignObject`), pictures and styles from other hosts, comments and metadata are left out of the published copy; a link stays. Export the drawing as a plain SVG, or as PNG."
    PAGE_AS_IT_IS "OP720" Warning
        "a web page or a script in files/ runs something or asks other hosts"
        "HTML, XML and scripts in `files/` are published as they are and run in your readers' browsers under your address: an export of a notebook asks another host for its scripts and letters, which tells that host who reads your site. The message says what runs and who is asked. Publish a PDF, write the words as a page of your own, or take scripts and addresses out. If it is meant so, allow it by its path."
}
