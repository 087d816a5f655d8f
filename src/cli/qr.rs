//! `offprint qr`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use fast_qr::{ECL, QRBuilder};

use super::args::QrArgs;
use super::build::today;
use super::streams::Streams;
use super::{Outcome, files, site_folder};
use crate::build::{Model, Options, model};
use crate::diagnostic::Diagnostics;
use crate::exchange::html::escape;
use crate::portfolio::{Audience, Portfolio};
use crate::render::links::{address, page_path, publication_path};
use crate::source::Sources;

/// Empty modules around the code, as ISO/IEC 18004 asks for.
const QUIET: usize = 4;
/// Pixels of a module in a PNG: sharp on a poster at 5 cm.
const PIXELS: usize = 24;

/// Draws the code and prints where it is.
pub(super) fn run(args: &QrArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let root = site_folder::find(args.site.as_deref())?;
    let mut diagnostics = Diagnostics::default();
    let sources = Sources::read(&mut diagnostics, &root)?;
    let options = Options { today: today(None), base_url: args.base_url.clone(), drafts: false };
    let Model { portfolio, .. } = model(&mut diagnostics, sources, &options);
    let published = || portfolio.publishing.as_ref().and_then(crate::portfolio::Publishing::address);
    let Some(base) = portfolio.settings.base_url.clone().or_else(published) else {
        bail!(
            "the site does not know its own address\n\
             help: write it as `url: https://your-name.example/` under `site:` in site.yaml, or give `--base-url`"
        );
    };
    let path = target(&portfolio, args.id.as_deref())?;
    let full = format!("{base}{}", address(&path));
    let code = Code::of(&full)?;
    let name = args.id.as_deref().unwrap_or("home").replace('/', "-");
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from(format!("qr-{name}.svg")));
    if out == Path::new("-") {
        streams.result(&code.svg(&full))?;
        return Ok(Outcome::Clean);
    }
    let is_png = out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("png"));
    let picture = if is_png { code.png()? } else { code.svg(&full).into_bytes() };
    let shown = out.display();
    if args.out.is_none() && fs::read(&out).is_ok_and(|old| old != picture) {
        bail!("{shown} is there already, and holds something else\nhelp: name another file with `--out`");
    }
    let folder = std::path::absolute(&out).with_context(|| format!("cannot write {shown}"))?;
    files::replace(&folder, &picture).with_context(|| format!("cannot write {shown}"))?;
    streams.result(&shown.to_string())?;
    streams.message(&format!("It leads to {full}"))?;
    Ok(Outcome::Clean)
}

/// Returns the site path that the code leads to.
fn target(portfolio: &Portfolio, id: Option<&str>) -> anyhow::Result<String> {
    let Some(id) = id else { return Ok("index.html".to_owned()) };
    let public = portfolio.published(&Audience::Public);
    let work = public.publications.iter().find(|work| work.shared.id == id);
    let work = work.or_else(|| {
        let new = public.redirects.get(id)?;
        public.publications.iter().find(|work| work.shared.id == *new)
    });
    if let Some(work) = work {
        return Ok(publication_path(work));
    }
    let listed = public.pages.iter().filter(|page| page.token.is_none());
    if let Some(page) = listed.clone().find(|page| page.name == id) {
        return Ok(page_path(page));
    }
    let known = public.publications.iter().map(|work| work.shared.id.as_str());
    let known: Vec<&str> = known.chain(listed.map(|page| page.name.as_str())).collect();
    let near = known.into_iter().max_by(|a, b| strsim::jaro_winkler(a, id).total_cmp(&strsim::jaro_winkler(b, id)));
    let near = near.map(|near| format!("\nhelp: did you mean `{near}`?")).unwrap_or_default();
    bail!("no public publication and no page is called `{id}`{near}")
}

/// A code: dark and light modules, row by row.
struct Code {
    rows: Vec<Vec<bool>>,
}

impl Code {
    /// Makes the code of an address; a quarter of it may be torn or covered.
    fn of(text: &str) -> anyhow::Result<Self> {
        let code = QRBuilder::new(text).ecl(ECL::Q).build();
        let code = code.map_err(|_| anyhow::anyhow!("the address {text} is too long for a QR code"))?;
        let row = |at: usize| code[at].iter().take(code.size).map(|module| module.value()).collect();
        Ok(Self { rows: (0..code.size).map(row).collect() })
    }

    fn size(&self) -> usize {
        self.rows.len() + 2 * QUIET
    }

    fn svg(&self, title: &str) -> String {
        let size = self.size();
        let mut path = String::new();
        for (y, row) in self.rows.iter().enumerate() {
            let mut x = 0;
            while x < row.len() {
                let run = row[x..].iter().take_while(|dark| **dark).count();
                if run > 0 {
                    path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
                }
                x += run.max(1);
            }
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" width=\"50mm\" height=\"50mm\" shape-rendering=\"crispEdges\" role=\"img\"><title>{}</title><path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path d=\"{path}\"/></svg>\n",
            escape(title)
        )
    }

    fn png(&self) -> anyhow::Result<Vec<u8>> {
        let side = self.size() * PIXELS;
        let is_dark = |x: usize, y: usize| {
            let (x, y) = ((x / PIXELS).checked_sub(QUIET), (y / PIXELS).checked_sub(QUIET));
            x.zip(y).is_some_and(|(x, y)| self.rows.get(y).and_then(|row| row.get(x)).is_some_and(|dark| *dark))
        };
        let pixels: Vec<u8> = (0..side * side).map(|at| if is_dark(at % side, at / side) { 0 } else { 255 }).collect();
        let mut bytes = Vec::new();
        let side = u32::try_from(side)?;
        let mut encoder = png::Encoder::new(&mut bytes, side, side);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header()?.write_image_data(&pixels)?;
        Ok(bytes)
    }
}
