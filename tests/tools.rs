//! The small commands: what a QR code says, what the doctor finds, the format of a site, shells and manuals.

mod common;

use common::Project;

const SITE: &str = "# Mine\nperson: {name: Priya Rao} # me\nsite: {url: 'https://rao.example/cv'}\n";
const PAPER: &str = "- {id: cohort, aliases: [old], title: Time from order to scan, authors: Rao P, date: 2025, journal: Spine, doi: 10.5555/a}\n- {id: waiting, title: W, authors: Rao P, status: submitted}\n";

fn site() -> Project {
    Project::with(&[("site.yaml", SITE), ("records/publications.yaml", PAPER)])
}

/// Reads a picture of a code as a telephone does.
fn scan(bytes: &[u8]) -> String {
    let picture = image::load_from_memory(bytes).expect("a picture").to_luma8();
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(
        usize::try_from(picture.width()).expect("a width"),
        usize::try_from(picture.height()).expect("a height"),
        |x, y| picture.get_pixel(u32::try_from(x).expect("x"), u32::try_from(y).expect("y")).0[0],
    );
    let grids = prepared.detect_grids();
    let [grid] = grids.as_slice() else { panic!("one code, not {}", grids.len()) };
    grid.decode().expect("readable").1
}

#[test]
fn a_code_is_read_back_as_the_address_of_what_was_asked() {
    let project = site();
    for (id, address) in [
        (None, "https://rao.example/cv/"),
        (Some("cohort"), "https://rao.example/cv/publications/cohort/"),
        (Some("old"), "https://rao.example/cv/publications/cohort/"),
    ] {
        let arguments: Vec<&str> = ["qr"].into_iter().chain(id).chain(["--out", "code.png"]).collect();
        let run = project.run(&arguments);
        assert_eq!((run.code, run.stdout.trim()), (0, "code.png"), "{run:?}");
        assert_eq!(scan(&std::fs::read(project.path("code.png")).expect("the picture")), address);
        let svg =
            project.run(&arguments[..arguments.len() - 1].iter().copied().chain(["-"]).collect::<Vec<_>>()).stdout;
        let options = resvg::usvg::Options::default();
        let tree = resvg::usvg::Tree::from_str(&svg, &options).expect("SVG");
        let mut pixels = resvg::tiny_skia::Pixmap::new(600, 600).expect("pixels");
        let scale = resvg::tiny_skia::Transform::from_scale(600.0 / tree.size().width(), 600.0 / tree.size().height());
        resvg::render(&tree, scale, &mut pixels.as_mut());
        assert_eq!(scan(&pixels.encode_png().expect("a picture")), address, "{svg}");
    }
}

#[test]
fn a_code_leads_to_nothing_private_and_is_written_over_nothing() {
    let project = site();
    project.run(&["qr", "waiting"]).says(2, &["no public publication and no page is called `waiting`"]);
    project.run(&["qr", "cohrt"]).says(2, &["did you mean `cohort`?"]);
    project.run(&["qr"]).says(0, &["It leads to https://rao.example/cv/"]);
    project.run(&["qr"]).says(0, &[]);
    project.write("qr-home.svg", "mine");
    project.run(&["qr"]).says(2, &["is there already"]);
    assert_eq!(project.read("qr-home.svg").as_deref(), Some("mine"));
    project.write("site.yaml", "person: {name: Priya Rao}\n");
    project.run(&["qr"]).says(2, &["does not know its own address", "url: https://"]);
}

#[test]
fn the_doctor_says_what_is_wrong_and_what_to_do() {
    let project = site();
    let run = project.run_with(&["doctor", "--today", "2026-11-24"], &[("EDITOR", "vi")]).clean();
    assert!(run.stdout.contains(" pages without a problem"), "{run:?}");
    project.write("records/awards.yaml", "- {tilte: A prize}\n");
    project.write("site.yaml", format!("{SITE}publish: {{to: netlify, site: rao}}\n"));
    let run = project.run_with(&["doctor", "--today", "2026-11-24"], &[("NETLIFY_AUTH_TOKEN", "")]);
    assert_eq!(run.code, 1, "{run:?}");
    for words in [
        "wrong  1 error in the site",
        "`offprint check` names each",
        "note   NETLIFY_AUTH_TOKEN is not in the environment",
    ] {
        assert!(run.stdout.contains(words), "no {words:?} in {run:?}");
    }
    let run = project.run(&["doctor", "--today", "1970-01-01", "--quiet"]);
    assert!(run.stdout.contains("wrong  the clock says 1970-01-01") && !run.stdout.contains("ok "), "{run:?}");
    let nowhere = Project::new();
    assert!(nowhere.run(&["doctor"]).clean().stdout.contains("no site here"));
}

#[test]
fn a_site_without_a_format_gets_its_line_and_keeps_every_byte() {
    let project = site();
    project.run(&["upgrade"]).says(0, &["Wrote `format: 1`"]);
    let version: Vec<&str> = env!("CARGO_PKG_VERSION").split('.').take(2).collect();
    let line = format!("format: 1 # read by Offprint {} and newer\n", version.join("."));
    let expected = SITE.replacen("person:", &format!("{line}person:"), 1);
    assert_eq!(project.read("site.yaml"), Some(expected));
    project.run(&["upgrade"]).says(0, &["the newest: nothing to do"]);
    project.run(&["check"]).clean();
}

#[test]
fn a_site_of_a_newer_offprint_says_which_is_needed() {
    let project =
        Project::with(&[("site.yaml", "format: 2 # read by Offprint 0.7 and newer\nperson: {name: Priya Rao}\n")]);
    project.run(&["upgrade"]).says(2, &["format 2", "help: install Offprint 0.7 or newer"]);
    project.run(&["build"]).says(1, &["format 2", "help: install Offprint 0.7 or newer"]);
    project.write("site.yaml", "format: two\nperson: {name: Priya Rao}\n");
    project.run(&["upgrade"]).says(2, &["not the number of a format"]);
}

#[test]
fn shells_and_manuals_know_every_command() {
    let project = Project::new();
    let help = project.run(&["--help"]).clean().stdout;
    let listed = help.split("Commands:").nth(1).expect("commands").split("Options:").next().expect("commands");
    let commands: Vec<&str> =
        listed.lines().filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next()).collect();
    assert!(commands.len() > 10, "{commands:?}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = project.run(&["completions", shell]).clean().stdout;
        for command in &commands {
            assert!(text.contains(command), "{shell} does not know {command}");
        }
    }
    assert!(project.run(&["man"]).clean().stdout.contains(".TH OFFPRINT 1"));
    assert!(project.run(&["man", "publish"]).clean().stdout.contains(".TH OFFPRINT-PUBLISH 1"));
    project.run(&["man", "nothing"]).says(2, &["no command `nothing`"]);
    project.run(&["man", "--out", "man"]).says(0, &["manual pages"]);
    for command in commands.iter().filter(|command| **command != "help") {
        assert!(project.read(&format!("man/offprint-{command}.1")).is_some(), "{command}");
    }
    assert!(project.read("man/offprint-share-new.1").is_some());
}
