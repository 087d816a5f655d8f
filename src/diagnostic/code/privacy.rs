//! OP7xx: what must not leave the computer.

super::codes! { PRIVACY;
    DICOM_FILE "OP701" Error
        "a file is a DICOM object"
        "DICOM files carry the patient's name, date of birth and numbers in their header, whatever the file is called, so none is published. Export the picture as JPEG or PNG from your viewer, without the overlay of names and dates, and put that into `files/`; keep the original outside the site."
}
