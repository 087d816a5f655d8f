//! Pictures whose profile means other colours than sRGB show the same colours without it.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};
use jpeg_encoder::ColorType;
use moxcms::{ColorProfile, LocalizableString, ProfileText};
use png::{BitDepth, ColorType as Png};

use crate::SITE;
use crate::common::Project;
use crate::pictures::{chunk, holds, riff, written};

const SECRET: &[u8] = b"SECRET-Whitcombe";
/// Colours of Display P3 that sRGB has too.
const PATCHES: [[u8; 3]; 6] =
    [[200, 120, 90], [90, 160, 110], [70, 90, 180], [220, 210, 190], [128, 128, 128], [230, 180, 60]];
/// From linear Display P3 to linear sRGB (CSS Color 4, chapter 17).
const P3_TO_SRGB: [[f64; 3]; 3] =
    [[1.224_940_2, -0.224_940_2, 0.0], [-0.042_056_9, 1.042_056_9, 0.0], [-0.019_637_6, -0.078_636_1, 1.098_273_5]];

fn linear(value: u8) -> f64 {
    let value = f64::from(value) / 255.0;
    if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

fn srgb(light: f64) -> u8 {
    let value = if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    nearest(value * 255.0)
}

fn nearest(value: f64) -> u8 {
    (0..=255_u8).min_by(|a, b| (f64::from(*a) - value).abs().total_cmp(&(f64::from(*b) - value).abs())).expect("a byte")
}

/// What a reader that knows Display P3 shows of a colour, in sRGB.
fn seen(p3: [u8; 3]) -> [u8; 3] {
    let light = p3.map(linear);
    P3_TO_SRGB.map(|row| srgb(row.iter().zip(light).map(|(part, light)| part * light).sum()))
}

/// A profile with words in it that say more than they should.
fn telling(mut profile: ColorProfile) -> Vec<u8> {
    let words = String::from_utf8(SECRET.to_vec()).expect("letters");
    let text = ProfileText::Localizable(vec![LocalizableString::new("en".into(), "US".into(), words.clone())]);
    profile.description = Some(text.clone());
    profile.copyright = Some(text);
    let bytes = profile.encode().expect("a profile");
    assert!(holds_wide(&bytes, &words));
    bytes
}

fn holds_wide(bytes: &[u8], words: &str) -> bool {
    holds(bytes, &words.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>())
}

/// A picture of patches, 16 pixels a side each.
fn patches(colours: &[[u8; 3]]) -> RgbImage {
    RgbImage::from_fn(u32::try_from(colours.len()).expect("few") * 16, 16, |x, _| {
        image::Rgb(colours[usize::try_from(x / 16).expect("small")])
    })
}

/// The middle of each patch.
fn middles(picture: &DynamicImage) -> Vec<[u8; 3]> {
    let picture = picture.to_rgb8();
    (0..picture.width() / 16).map(|patch| picture.get_pixel(patch * 16 + 8, 8).0).collect()
}

fn is_near(seen: &[[u8; 3]], meant: &[[u8; 3]], far: u8) -> bool {
    seen.len() == meant.len() && seen.iter().flatten().zip(meant.iter().flatten()).all(|(a, b)| a.abs_diff(*b) <= far)
}

fn jpeg(pixels: &[u8], size: (u32, u32), kind: ColorType, profile: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, 95);
    encoder.add_icc_profile(profile).expect("a profile");
    let side = |side: u32| u16::try_from(side).expect("small");
    encoder.encode(pixels, side(size.0), side(size.1), kind).expect("written");
    out
}

fn png(
    profile: &[u8],
    size: (u32, u32),
    kind: (png::ColorType, png::BitDepth),
    palette: Option<&[u8]>,
    data: &[u8],
) -> Vec<u8> {
    let mut out = Vec::new();
    let mut info = png::Info::with_size(size.0, size.1);
    (info.color_type, info.bit_depth) = kind;
    info.palette = palette.map(|palette| palette.to_vec().into());
    info.icc_profile = Some(profile.to_vec().into());
    let mut writer = png::Encoder::with_info(&mut out, info).expect("sound").write_header().expect("a head");
    writer.write_image_data(data).expect("pixels");
    writer.finish().expect("an end");
    out
}

fn published(project: &Project, name: &str) -> Vec<u8> {
    std::fs::read(project.path(&format!("public/files/{name}"))).expect(name)
}

#[test]
fn a_picture_in_display_p3_shows_the_same_colours_without_its_profile() {
    let p3 = telling(ColorProfile::new_display_p3());
    let picture = patches(&PATCHES);
    let size = picture.dimensions();
    let deep: Vec<u8> = picture.as_raw().iter().flat_map(|value| (u16::from(*value) * 257).to_be_bytes()).collect();
    let palette: Vec<u8> = PATCHES.concat();
    let places: Vec<u8> = (0..16).flat_map(|_| (0..6_u8).flat_map(|patch| [patch; 16])).collect();
    let plain = written(&DynamicImage::ImageRgb8(picture.clone()), ImageFormat::WebP);
    let side = |side: u32| (side - 1).to_le_bytes();
    let extended = [&[0x20, 0, 0, 0][..], &side(size.0)[..3], &side(size.1)[..3]].concat();
    let webp = [&b"WEBP"[..], &riff(*b"VP8X", &extended), &riff(*b"ICCP", &p3), &plain[12..]].concat();
    let files = [
        ("photo.jpg", jpeg(picture.as_raw(), size, ColorType::Rgb, &p3), 5),
        ("rgb.png", png(&p3, size, (Png::Rgb, BitDepth::Eight), None, picture.as_raw()), 1),
        ("deep.png", png(&p3, size, (Png::Rgb, BitDepth::Sixteen), None, &deep), 1),
        ("palette.png", png(&p3, size, (Png::Indexed, BitDepth::Eight), Some(&palette), &places), 1),
        ("drawing.webp", riff(*b"RIFF", &webp), 1),
    ];
    let project = Project::with(&[("site.yaml", SITE)]);
    for (name, bytes, _) in &files {
        project.write(&format!("files/{name}"), bytes);
    }
    // A wide photograph has smaller copies, which show the same.
    let wide = image::imageops::resize(&picture, 960, 160, image::imageops::FilterType::Nearest);
    project.write("files/wide.jpg", jpeg(wide.as_raw(), wide.dimensions(), ColorType::Rgb, &p3));
    project.run(&["build"]).clean();
    let meant = PATCHES.map(seen);
    assert!(!is_near(&PATCHES, &meant, 8), "the profile matters");
    for (name, _, far) in files {
        let out = published(&project, name);
        for words in [&b"ICC"[..], b"iCC", b"SECRET"] {
            assert!(!holds(&out, words), "{name} holds {}", String::from_utf8_lossy(words));
        }
        let out = image::load_from_memory(&out).expect(name);
        assert!(is_near(&middles(&out), &meant, far), "{name}: {:?}, not {meant:?}", middles(&out));
    }
    let deep = image::load_from_memory(&published(&project, "deep.png")).expect("a picture");
    assert!(matches!(deep, DynamicImage::ImageRgb16(_)), "what is fine stays fine");
    let copy = image::load_from_memory(&published(&project, "wide-480w.jpg")).expect("a picture").to_rgb8();
    let copied: Vec<_> = (0..6).map(|patch| copy.get_pixel(patch * 80 + 40, 40).0).collect();
    assert!(is_near(&copied, &meant, 6), "{copied:?}, not {meant:?}");
}

#[test]
fn greys_with_a_profile_of_their_own_are_the_same_without_it() {
    let profile = telling(ColorProfile::new_gray_with_gamma(1.8));
    let greys: Vec<u8> = vec![0, 30, 90, 150, 210, 255];
    let meant: Vec<[u8; 3]> = greys.iter().map(|grey| [srgb((f64::from(*grey) / 255.0).powf(1.8)); 3]).collect();
    let pixels: Vec<u8> = (0..16).flat_map(|_| greys.iter().flat_map(|grey| [*grey; 16])).collect();
    let clear: Vec<u8> = pixels.iter().flat_map(|grey| [*grey, 200]).collect();
    let deep: Vec<u8> = pixels.iter().flat_map(|grey| [*grey, *grey]).collect();
    let size = (96, 16);
    let files = [
        ("scan.jpg", jpeg(&pixels, size, ColorType::Luma, &profile)),
        ("scan.png", png(&profile, size, (Png::Grayscale, BitDepth::Eight), None, &pixels)),
        ("clear.png", png(&profile, size, (Png::GrayscaleAlpha, BitDepth::Eight), None, &clear)),
        ("deep.png", png(&profile, size, (Png::Grayscale, BitDepth::Sixteen), None, &deep)),
    ];
    let project = Project::with(&[("site.yaml", SITE)]);
    for (name, bytes) in &files {
        project.write(&format!("files/{name}"), bytes);
    }
    project.run(&["build"]).clean();
    for (name, _) in files {
        let out = published(&project, name);
        assert!(!holds(&out, b"ICC") && !holds(&out, b"iCC"), "{name}");
        let out = image::load_from_memory(&out).expect(name);
        assert!(!out.color().has_color(), "{name} stays grey");
        assert!(is_near(&middles(&out), &meant, 2), "{name}: {:?}, not {meant:?}", middles(&out));
        assert!(name != "clear.png" || out.to_rgba8().get_pixel(8, 8).0[3] == 200);
    }
}

/// A profile of a printer (ICC.1:2001-04, lut8) whose paper is white and whose inks are the colours of a screen.
fn printer() -> Vec<u8> {
    // L*, a* and b* at D50 of white, of the blue and red of sRGB, and of black; a* and b* from 0 at 128.
    let (white, blue, red, black, other) =
        ([255, 128, 128], [75, 196, 16], [138, 209, 198], [0, 128, 128], [128, 128, 128]);
    let mut table = b"mft1\0\0\0\0\x04\x03\x02\0".to_vec();
    for at in 0..9 {
        table.extend(if at % 4 == 0 { [0, 1, 0, 0] } else { [0; 4] });
    }
    let straight: Vec<u8> = (0..=255).collect();
    table.extend(straight.repeat(4));
    // The black changes first, cyan last.
    for inks in 0..16_u8 {
        table.extend::<[u8; 3]>(match inks {
            0 => white,
            0b1000 => blue,
            0b0100 => red,
            inks if inks & 1 == 1 => black,
            _ => other,
        });
    }
    table.extend(straight.repeat(3));
    let mut profile = vec![0; 128];
    profile[8..12].copy_from_slice(&[2, 0x40, 0, 0]);
    profile[12..24].copy_from_slice(b"prtrCMYKLab ");
    profile[36..40].copy_from_slice(b"acsp");
    profile[68..80].copy_from_slice(&[0, 0, 0xF6, 0xD6, 0, 1, 0, 0, 0, 0, 0xD3, 0x2D]);
    profile.extend([0, 0, 0, 1]);
    profile.extend(b"A2B0");
    profile.extend(144_u32.to_be_bytes());
    profile.extend(u32::try_from(table.len()).expect("short").to_be_bytes());
    profile.extend(table);
    let length = u32::try_from(profile.len()).expect("short").to_be_bytes();
    profile[..4].copy_from_slice(&length);
    profile
}

#[test]
fn a_photograph_in_the_inks_of_a_printer_shows_what_they_print() {
    let inks = [[0, 0, 0, 0], [255, 0, 0, 0], [0, 255, 0, 0], [0, 0, 0, 255]];
    let meant = [[255, 255, 255], [0, 0, 255], [255, 0, 0], [0, 0, 0]];
    let pixels: Vec<u8> = (0..16).flat_map(|_| inks.iter().flat_map(|ink| ink.repeat(16))).collect();
    let project = Project::with(&[("site.yaml", SITE)]);
    for (name, kind) in [("inks.jpg", ColorType::Cmyk), ("bright.jpg", ColorType::CmykAsYcck)] {
        project.write(&format!("files/{name}"), jpeg(&pixels, (64, 16), kind, &printer()));
    }
    project.run(&["build"]).clean();
    for name in ["inks.jpg", "bright.jpg"] {
        let out = published(&project, name);
        assert!(!holds(&out, b"ICC"), "{name}");
        let out = image::load_from_memory(&out).expect(name);
        assert!(is_near(&middles(&out), &meant, 12), "{name}: {:?}", middles(&out));
    }
}

#[test]
fn a_profile_of_srgb_goes_and_not_a_pixel_changes() {
    let profile = telling(ColorProfile::new_srgb());
    let picture = patches(&PATCHES);
    let with = jpeg(picture.as_raw(), picture.dimensions(), ColorType::Rgb, &profile);
    let kind = (png::ColorType::Rgb, png::BitDepth::Eight);
    let drawing = png(&profile, picture.dimensions(), kind, None, picture.as_raw());
    let project = Project::with(&[("site.yaml", SITE)]);
    project.write("files/a.jpg", &with);
    project.write("files/a.png", &drawing);
    project.run(&["build"]).clean();
    for (name, before) in [("a.jpg", with), ("a.png", drawing)] {
        let out = published(&project, name);
        assert!(!holds(&out, b"ICC") && !holds(&out, b"iCC"), "{name}");
        let (out, before) = (image::load_from_memory(&out).expect(name), image::load_from_memory(&before).expect(name));
        assert!(out.to_rgb8() == before.to_rgb8(), "{name}");
    }
}

#[test]
fn what_a_png_says_of_its_colours_by_number_stays_also_where_it_is_turned() {
    let picture = DynamicImage::ImageRgb8(patches(&PATCHES));
    let clean = written(&picture, ImageFormat::Png);
    let said = [chunk(*b"gAMA", &100_000_u32.to_be_bytes()), chunk(*b"cICP", &[12, 13, 0, 1])].concat();
    let side = chunk(*b"eXIf", b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0");
    // A profile stands below the numbers.
    let named = png(
        &telling(ColorProfile::new_adobe_rgb()),
        (96, 16),
        (png::ColorType::Rgb, png::BitDepth::Eight),
        None,
        picture.as_bytes(),
    );
    let project = Project::with(&[("site.yaml", SITE)]);
    project.write("files/a.png", [&clean[..33], &said, &clean[33..]].concat());
    project.write("files/turned.png", [&clean[..33], &said, &side, &clean[33..]].concat());
    project.write("files/named.png", [&named[..33], &said, &named[33..]].concat());
    project.run(&["build"]).clean();
    for name in ["a.png", "turned.png", "named.png"] {
        let out = published(&project, name);
        assert!(holds(&out, &said) && !holds(&out, b"eXIf") && !holds(&out, b"iCCP"), "{name}");
        let out = image::load_from_memory(&out).expect(name).to_rgb8();
        let meant = if name == "turned.png" { picture.rotate90().to_rgb8() } else { picture.to_rgb8() };
        assert!(out == meant, "{name}");
    }
}

#[test]
fn a_film_keeps_its_frames_and_a_profile_of_numbers_alone() {
    let p3 = telling(ColorProfile::new_display_p3());
    let picture = patches(&PATCHES);
    let (width, height) = picture.dimensions();
    let mut film = Vec::new();
    let mut info = png::Info::with_size(width, height);
    info.color_type = png::ColorType::Rgb;
    info.icc_profile = Some(p3.clone().into());
    let mut encoder = png::Encoder::with_info(&mut film, info).expect("sound");
    encoder.set_animated(2, 0).expect("two frames");
    let mut writer = encoder.write_header().expect("a head");
    writer.write_image_data(picture.as_raw()).expect("pixels");
    writer.write_image_data(&vec![7; picture.as_raw().len()]).expect("pixels");
    writer.finish().expect("an end");
    let frame = written(&DynamicImage::ImageRgb8(picture), ImageFormat::WebP);
    let side = |side: u32| (side - 1).to_le_bytes();
    let size = [&side(width)[..3], &side(height)[..3]].concat();
    let framed = riff(*b"ANMF", &[&[0; 6][..], &size, &[100, 0, 0, 0], &frame[12..]].concat());
    let head = riff(*b"VP8X", &[&[0x22, 0, 0, 0][..], &size].concat());
    let webp = [&b"WEBP"[..], &head, &riff(*b"ICCP", &p3), &riff(*b"ANIM", &[0; 6]), &framed, &framed].concat();
    let project = Project::with(&[("site.yaml", SITE)]);
    project.write("files/film.png", &film);
    project.write("files/film.webp", riff(*b"RIFF", &webp));
    project.run(&["build"]).clean();
    let out = published(&project, "film.png");
    assert!(holds(&out, b"acTL") && out.windows(4).filter(|part| *part == b"fcTL").count() == 2);
    let out = png::Decoder::new(Cursor::new(&out)).read_info().expect("a picture");
    let kept = out.info().icc_profile.clone().expect("a profile").to_vec();
    let film = published(&project, "film.webp");
    assert!(film.windows(framed.len()).filter(|part| *part == framed).count() == 2, "each frame as it was");
    let at = film.windows(4).position(|part| part == b"ICCP").expect("a profile") + 8;
    for profile in [&kept[..], &film[at..at + kept.len()]] {
        assert!(!holds_wide(profile, "SECRET") && !holds(profile, b"SECRET"));
        let profile = ColorProfile::new_from_slice(profile).expect("a profile");
        let meant = ColorProfile::new_display_p3();
        let far = (profile.red_colorant.x - meant.red_colorant.x).abs()
            + (profile.blue_colorant.z - meant.blue_colorant.z).abs();
        assert!(far < 0.001 && profile.red_trc.is_some(), "the same colours");
    }
}
