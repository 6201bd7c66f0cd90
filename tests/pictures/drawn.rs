//! Pictures of one code as programs write them, and what the command says of them.

use crate::common::command::{code, text, wayseal};
use crate::common::station::Place;
use image::{GrayImage, ImageBuffer, Luma, LumaA};
use wayseal::symbol::{EcLevel, MaskPattern, Symbol, Version};

/// A label's code, so many pixels a module, with its quiet zone.
pub fn code_of(text: &str, scale: u32) -> GrayImage {
    let version = Version::new(if text.len() > 121 { 6 } else { 5 }).unwrap();
    let symbol = Symbol::encode(text.as_bytes(), version, EcLevel::M, MaskPattern::DEFAULT).unwrap();
    let side = (symbol.size() as u32 + 8) * scale;
    GrayImage::from_fn(side, side, |x, y| {
        let at = |pixel: u32| (pixel / scale).checked_sub(4).map(|at| at as usize);
        let dark = at(x)
            .zip(at(y))
            .is_some_and(|(x, y)| x < symbol.size() && y < symbol.size() && symbol.is_dark(x, y));
        Luma([if dark { 0 } else { 255 }])
    })
}

/// What `inspect` says of the files of a folder: the names of those with a label, and of those without.
pub fn inspected(folder: &std::path::Path) -> (Vec<String>, Vec<String>, i32) {
    let out = wayseal(folder, &["inspect", "all", "--json"]).output().unwrap();
    let lines: Vec<serde_json::Value> =
        text(&out.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |unread: bool| {
        let of_kind = lines.iter().filter(|line| line.get("error").is_some() == unread);
        let mut names: Vec<String> = of_kind
            .map(|line| line["file"].as_str().unwrap().trim_start_matches("all/").to_owned())
            .collect();
        names.sort();
        names
    };
    (of(false), of(true), code(&out))
}

/// Pictures of these sizes, in pixels a module, are read: light on dark, transparent, and of twelve bits.
pub fn are_read(scales: &[u32]) {
    let place = Place::new(&[], None);
    let all = place.path().join("all");
    std::fs::create_dir_all(&all).unwrap();
    let label = place.label(1, 12, "王芳");
    let mut files = Vec::new();
    for &scale in scales {
        let picture = code_of(&label, scale);
        let mut save = |name: String, picture: image::DynamicImage| {
            picture.save(all.join(&name)).unwrap();
            files.push(name);
        };
        let (width, height) = picture.dimensions();
        let mut light = picture.clone();
        image::imageops::invert(&mut light);
        save(format!("light-on-dark-{scale:02}.png"), light.clone().into());
        // Only the modules are there: black ones on nothing, and white ones on nothing.
        for (name, ink) in [("black", 0), ("white", 255)] {
            let modules =
                ImageBuffer::from_fn(width, height, |x, y| LumaA([ink, 255 - picture.get_pixel(x, y).0[0]]));
            save(format!("transparent-{name}-{scale:02}.png"), image::DynamicImage::ImageLumaA8(modules));
        }
        let few =
            ImageBuffer::from_fn(width, height, |x, y| Luma([u16::from(picture.get_pixel(x, y).0[0]) << 4]));
        save(format!("twelve-bits-{scale:02}.png"), image::DynamicImage::ImageLuma16(few));
    }
    files.sort();
    assert_eq!(inspected(place.path()), (files, Vec::new(), 0));
}

/// A TIFF of these pages, or a BigTIFF, eight bits a pixel and one strip a page.
#[allow(dead_code, reason = "tests/optimised.rs reads no pages")]
pub fn tiff_of(pages: &[GrayImage], is_big: bool) -> Vec<u8> {
    let (place, head) = if is_big { (8, 16) } else { (4, 8) };
    let number = |value: u64, len: usize| value.to_le_bytes()[..len].to_vec();
    let mut file = if is_big { b"II+\0\x08\0\0\0".to_vec() } else { b"II*\0".to_vec() };
    file.extend(number(head, place));
    for (at, page) in pages.iter().enumerate() {
        let (counted, entry) = if is_big { (8, 20) } else { (2, 12) };
        let data = (file.len() + counted + 8 * entry + place) as u64;
        let pixels = page.as_raw();
        let (width, height) = (u64::from(page.width()), u64::from(page.height()));
        let tags = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, data), (278, height)];
        file.extend(number(tags.len() as u64 + 1, counted));
        for (tag, value) in tags.into_iter().chain([(279, pixels.len() as u64)]) {
            // A LONG each, one of it, padded to the length of a place.
            file.extend([number(tag, 2), number(4, 2), number(1, place), number(value, place)].concat());
        }
        let next = if at + 1 == pages.len() { 0 } else { data + pixels.len() as u64 };
        file.extend(number(next, place));
        file.extend(pixels);
    }
    file
}
