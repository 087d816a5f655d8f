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
    OUTPUT_CHANGED "OP804" Warning
        "a file of the built site was changed by hand"
        "Each build makes the site anew, so a change made in `public/` itself would be lost with the next one. Your version was put into `.offprint/replaced/`, where the next change of the same file takes its place. Make the change where the page comes from: words in `pages/` and `records/`, looks in `overrides/`, files in `files/`. A program that works over `public/` after each build (one that shortens pages, say) should write to a folder of its own."
    FONT_UNUSABLE "OP805" Warning
        "a font of the site cannot be used for the PDF"
        "Fonts in the site's folder `fonts/` print names and titles in scripts that Offprint does not bring along: Chinese, Japanese, Korean, Hebrew, Thai and others. The whole font goes into the PDF as far as its letters are used, so it has to be a file in TrueType or OpenType form (.ttf, .otf, .ttc, not .woff2) whose licence allows that. Put a free one in its place; the Noto fonts have every script."
    LETTERS_WITHOUT_FONT "OP806" Warning
        "the PDF of the CV has no font for some letters"
        "Offprint brings fonts for Latin, Greek, Cyrillic and Arabic letters. A name in Chinese, say, needs a font that has its letters; without one a PDF would show empty boxes, so it prints the nearest Latin letters in their place. Put a free font for the script (a Noto font: NotoSerifSC-Regular.otf for Chinese) into the folder `fonts/` of the site, or write the name in Latin letters."
    CV_TOO_LONG "OP807" Error
        "a CV has more pages than it may have"
        "`pages_at_most` of a variant under `cvs:` in site.yaml is a promise to whoever asked for so many pages. The message says how many lines and entries are too many. Select less: `featured: true`, a later `since`, fewer `kinds` or `categories`, fewer `sections`; or take the template `one-page` or `fellowship`, which shorten their lists by themselves."
    PDF_FAILED "OP808" Error
        "the PDF of the CV could not be made"
        "The writer of PDFs refused what it was given, most often a font in the site's folder `fonts/` that is damaged or has a form of its own. Nothing else is wrong with the site. Take the fonts out one by one to find the one at fault and put another in its place; the Noto fonts work."
    SHARE_ENDS_SOON "OP820" Warning
        "a share page is about to go"
        "A share page with `expires:` is part of the site until that day, and is left out of the next build after it, so that a link you once gave stops to work by itself. This one has two weeks or less. Give it a later day if its reader still needs it; else do nothing. After its day, the page goes from the web with your next `offprint publish`."
    WEAK_TOKEN "OP821" Warning
        "the token of an unlisted page might be guessed"
        "An unlisted page is safe because nobody can guess its address: `offprint share new` makes a token of 26 letters and digits by chance and keeps it in private/shares.yaml. A token written by hand, as `neuro`, could be found by trying, so the page is left out. Remove the line and let `offprint share new` make one."
    PUBLISH_INCOMPLETE "OP840" Warning
        "`publish` lacks what its host needs"
        "`publish:` in site.yaml says where the site goes: `to:` names the host, and each host needs a little more: github-pages a `repository`, folder a `path`, netlify and cloudflare-pages a `site`, s3 a `bucket` and a `region`, sftp and rsync a `host` and a `path`. Until that is there `offprint publish` cannot run; everything else can. Tokens and passwords never stand here: they come from the environment."
    PUBLISH_MISFIT "OP841" Warning
        "`publish` says something that does not fit"
        "A field under `publish:` means nothing for the chosen host, has a form that cannot be used, or contradicts another: a `domain` that is not the host of `site.url`, say, would give pages whose own address is wrong. The message says which; correct it or take it out."
    PRIVATE_TRACKED "OP842" Warning
        "git keeps something private of this site"
        "The site folder is kept in git, and a file that is never published (in private/ or evidence/, or projects, people and goals) or a `private:` field is part of it. Whoever can see the repository can read it, also in its history. Where the repository is public that is a leak, so `offprint publish` stops until it is not known to be. Take the file out of git with `git rm --cached FILE` and name it in .gitignore; move `private:` fields to private/<kind>.yaml. What was pushed once stays in the history: make the repository private, or start a new one."
    ADDRESS_GONE "OP843" Warning
        "an address that is on the web would be gone"
        "Others may have linked to a page, cited it or saved it. A page's address is its file's name, a publication's is its id; with another name the old address leads nowhere, unless the record or page keeps it under `aliases:`, where it redirects. `offprint publish` compares the new site with the one it published last and names each address that would be lost."
}
