//! OP1xx: files and YAML syntax.

super::codes! { FILES;
    FILE_UNREADABLE "OP101" Error
        "a file cannot be read as text"
        "Records and pages are text files in UTF-8. A file saved by Word, or in an old encoding, has bytes that are no letters. Open it in a plain-text editor and save it as UTF-8."
    YAML_SYNTAX "OP102" Error
        "the YAML cannot be read"
        "YAML is read by its indentation and punctuation. The place named is where reading stopped; the slip is there or on the line before. Records after the next line that starts with `- ` are still read, so other problems of the file are shown too."
    SITE_MISSING "OP103" Error
        "there is no site.yaml"
        "A site is a folder that holds `site.yaml`, the one required file: who you are and how the site looks. `offprint new my-site` writes one. If you have one already, give its folder (`offprint build my-site`) or change into it. A name such as `site.yml` or `site.yaml.txt` is not found; Windows hides the last ending."
    UNKNOWN_FILE "OP104" Error
        "a file has a name that Offprint does not read"
        "Each kind of record has one file with a fixed name, so that no list is left out because of a slip in its name. For example `records/publication.yaml` and `records/publications.yml` are not read; `records/publications.yaml` is. Rename the file as suggested."
    FILE_TOO_LONG "OP105" Error
        "a text file is longer than Offprint reads"
        "A text of the site may have up to 16 MB, which is more than ten thousand publications. A longer one is nearly always a picture or a document with the wrong name. Put such files into `files/`, and keep records and pages as plain text."
    LINK_LEAVES "OP106" Error
        "a symbolic link leads out of the site or nowhere"
        "Everything a site publishes stands in its own folder, so that nothing else on your computer can be published by way of a link. A link out of the folder, into `evidence/` or `private/`, in a circle or to nothing is refused. Remove it and put a copy of the file in its place."
    COLON_IN_TEXT "OP107" Error
        "a colon followed by a space stands in a text without quotes"
        "YAML takes a colon and a space for the end of a field's name, so a title such as `title: Flow voids: a pictorial essay` cannot be read. Put the whole text in double quotes: `title: \"Flow voids: a pictorial essay\"`. A double quote inside it is written `\\\"`."
    HASH_IN_TEXT "OP108" Error
        "a text is cut off at a # sign"
        "In YAML a space followed by `#` begins a comment, so `title: Lesion #3 of the cord` would be printed as \"Lesion\" without a word of warning. Put the whole text in double quotes: `title: \"Lesion #3 of the cord\"`. If it is a comment indeed, put it on a line of its own, or write two spaces before `#` and one after it."
    TAB_INDENT "OP109" Error
        "a line is indented with a tab"
        "YAML reads indentation in spaces only, because a tab is as wide as each editor likes. Replace the tab by spaces: two for a field of a record. Most editors can be told to write spaces when the tab key is pressed."
    SIGN_AT_START "OP110" Error
        "a text begins with a sign that YAML keeps for itself"
        "A text without quotes cannot begin with `*`, `&`, `!`, `%`, `@`, `[`, `{`, `>`, `|` or a back-quote: each of them means something to YAML. So `authors: *Rao P, Lee K` and `title: [18F]FDG PET of the spine` are not read as they stand. Put the whole text in double quotes: `authors: \"Rao P, Lee K\"`. Do not mark your own name in records; the site does it."
    SMART_QUOTES "OP111" Error
        "curly quotes stand where YAML needs straight ones"
        "Word processors and telephones turn straight quotes into curly ones, which YAML takes for ordinary letters: they would be printed, and a colon between them is not protected. Write straight double quotes: `title: \"Flow voids: a pictorial essay\"`. If the curly quotes belong to the title, keep them inside straight ones."
    UNCLOSED_QUOTE "OP112" Error
        "quotes do not match"
        "A text that begins with a quote must end with the same one, and nothing may follow it on the line. `title: \"Missed\" lesions` and `title: 'Crohn's disease'` are such slips. Put the whole text in double quotes and write `\\\"` for a double quote inside it: `title: \"\\\"Missed\\\" lesions\"`, `title: \"Crohn's disease\"`."
    INDENTATION "OP113" Error
        "a line is indented too much or too little"
        "The fields of one record stand exactly below each other, two spaces in: the `- ` that begins a record takes up the same two spaces. Move the line until it stands under the other fields. A text that goes on in the next line is indented further than its field."
    MISSING_SPACE "OP114" Error
        "a space is missing after - or :"
        "YAML tells a field's name from its value by a colon and a space, and a record by a dash and a space. `-title:Flow voids` is read as one long word; write `- title: Flow voids`."
    WRONG_SHAPE "OP115" Error
        "a file or record has the wrong shape"
        "Each file of `records/` is a plain list: a record begins with `- `, and its fields stand below each other, indented by two spaces. `site.yaml` and `records/goals.yaml` are not lists: their fields begin at the start of the line. The front matter of a page stands between two lines of three dashes."
    SECOND_DOCUMENT "OP116" Error
        "a file holds a second document"
        "A line of three dashes begins a new document in YAML, and what stands in the second one would be lost. Records need no line between them; remove the dashes."
    DUPLICATE_KEY "OP117" Error
        "a field is written twice in one record"
        "Only one of the two values can count, so the other would vanish silently. Keep the right one. Often the `- ` that should begin the next record is missing, and two records have run into one."
    NON_TEXT_KEY "OP118" Error
        "the name of a field is not a word"
        "A field is written `name: value`, and its name is a plain word. A list or braces before the colon are most often the beginning of a text that needs quotes, such as a title that begins with `[18F]`: put the whole text in double quotes."
    YAML_LIMIT "OP119" Error
        "a file is nested or repeated beyond measure"
        "Offprint reads any file in bounded time and memory, so it stops at lists within lists within lists (64 levels), at text repeated by `*name` beyond a million letters, at ten thousand records in a file or authors of a work, at a hundred slips in one record, and at a thousand problems in all. No record of a real site comes near. Write the values out plainly."
    FORMAT_TOO_NEW "OP120" Error
        "the site was written for a newer Offprint"
        "`format:` in `site.yaml` says which form the records have. Every Offprint reads its own form and all older ones, never a newer one, because fields it does not know could be private. Install the newest Offprint, or take the site from a copy made before it was upgraded."
    NAME_UNREADABLE "OP121" Error
        "the name of a file cannot be read"
        "A name from an old disk or archive can have bytes that are letters on one computer and nothing on another. No address can be made of it, so the file would be missing from the site. Rename it in your file manager, with letters, digits, `-` and `_`."
    NOT_A_FILE "OP122" Error
        "something that is no file has the name of one"
        "Offprint reads files and folders. A folder called `publications.yaml`, a file called `records`, a pipe or a socket that a program left behind cannot be read as what its name says, and the site would silently lack it. Give it another name, or take it away, and put the file itself in its place."
    TOO_DEEP "OP123" Error
        "a folder lies too deep to be read"
        "Folders are read 24 levels deep, and a path may be as long as this computer can open (some 4,000 letters). What lies deeper would silently be missing from the site; it is nearly always a copy of a folder within itself. Move it up, or remove it."
}
