//! OP8xx: the finished site and its output.

super::codes! { OUTPUT;
    PATH_CLASH "OP801" Error
        "two things of the site want the same address"
        "Two records, pages or files would be written to one address, and one of them would be lost. Rename one: a page's address is its file name, a record's is its id. Capitals do not count, because many computers do not tell `Poster.pdf` from `poster.pdf`."
    FOREIGN_FILE "OP802" Error
        "something that Offprint did not make stands where the site has to be written"
        "Offprint changes and deletes only what it wrote itself; `.offprint/outputs.json` lists that. Here a file, folder or link of yours has the name of a file of the site: an `index.html` that you put into `public/` by hand, say. Nothing was written. Move your file away (what is to be published belongs in `files/`), or build to another folder with `--out`."
    UNSAFE_NAME "OP803" Warning
        "a published file has a name that not every computer can store"
        "A site is built on one computer and served by another, and some names do not survive the way: `Talk: final?.pdf` cannot exist on Windows, nor can `aux.pdf`. The site is built, but a host may refuse the file. Rename it with letters, digits, `-` and `_`: `talk-final.pdf`."
}
