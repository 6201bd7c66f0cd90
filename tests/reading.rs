//! Reads damaged labels, and withstands hostile pictures.

use qrcodegen::QrSegment;
use wayseal::read::image::Gray;
use wayseal::read::{ladder, soft};
use wayseal::symbol::{EcLevel, MaskPattern, Symbol, Version};

const SCALE: usize = 6;
const QUIET: usize = 4;

/// A symbol of version 6 with a payload's text of 154 characters, and the text.
fn symbol() -> (Symbol, String) {
    let alphabet = b"0123456789ABCDEFGHIJKLMNOPQRSTUVW";
    let text: String = "WS1:"
        .chars()
        .chain((0..150usize).map(|i| char::from(alphabet[(i * i * 7 + i / 3) % alphabet.len()])))
        .collect();
    let symbol = Symbol::encode(text.as_bytes(), Version::new(6).unwrap(), EcLevel::M, MaskPattern::DEFAULT);
    (symbol.unwrap(), text)
}

/// The printed symbol. `damage` maps each pixel, by its position in modules and its grey, to a new grey.
fn picture(symbol: &Symbol, damage: impl Fn(f32, f32, u8) -> u8) -> Gray {
    let side = (symbol.size() + 2 * QUIET) * SCALE;
    let pixel = |i: usize| {
        let (x, y) = (i % side, i / side);
        let module = |at: usize| (at / SCALE).checked_sub(QUIET);
        let dark = matches!((module(x), module(y)), (Some(x), Some(y)) if symbol.is_dark(x, y));
        let place = |at: usize| (at as f32 + 0.5) / SCALE as f32 - QUIET as f32;
        damage(place(x), place(y), if dark { 40 } else { 220 })
    };
    Gray { width: side as u32, height: side as u32, pixels: (0..side * side).map(pixel).collect() }
}

fn read(picture: &Gray) -> Vec<String> {
    let mut ours = |text: &str| text.starts_with("WS1:");
    ladder::read(picture, &mut ours).into_iter().map(|read| read.text).collect()
}

#[test]
fn a_torn_finder_pattern_is_done_without() {
    let (symbol, text) = symbol();
    let n = symbol.size() as f32;
    for (which, (right, bottom)) in
        [(false, false), (true, false), (false, true), (true, true)].iter().enumerate()
    {
        let from = |at: f32, far: bool| if far { n - at } else { at };
        let torn =
            picture(&symbol, |x, y, grey| if from(x, *right) + from(y, *bottom) < 11.0 { 150 } else { grey });
        assert_eq!(read(&torn), [text.as_str()], "corner {which}");
    }
}

#[test]
fn white_stripes_across_the_symbol_are_read_around() {
    let (symbol, text) = symbol();
    let folded = picture(&symbol, |x, y, grey| {
        let along = x + 0.3 * y;
        if [9.0, 21.5, 34.0].iter().any(|stripe| (along - stripe).abs() < 0.6) { 215 } else { grey }
    });
    assert_eq!(read(&folded), [text.as_str()]);
}

#[test]
fn nothing_is_read_where_nothing_is() {
    let (symbol, _) = symbol();
    let n = symbol.size() as f32;
    // Losing half of it exceeds any error correction.
    let half = picture(&symbol, |x, _, grey| if x > n / 2.0 { 220 } else { grey });
    assert_eq!(read(&half), [""; 0]);
}

#[test]
fn several_labels_are_read_in_one_picture_a_torn_one_among_them() {
    let (symbol, text) = symbol();
    let whole = picture(&symbol, |_, _, grey| grey);
    let other = "WS1:".to_owned() + &text[4..].chars().rev().collect::<String>();
    let second =
        Symbol::encode(other.as_bytes(), symbol.version(), symbol.level(), MaskPattern::DEFAULT).unwrap();
    let torn = picture(&second, |x, y, grey| if x + y < 10.0 { 150 } else { grey });
    let rows = whole.pixels.chunks(whole.width as usize).zip(torn.pixels.chunks(torn.width as usize));
    let pixels = rows.flat_map(|(left, right)| left.iter().chain(right).copied()).collect();
    let both = Gray { width: 2 * whole.width, height: whole.height, pixels };
    let mut ours = |text: &str| text.starts_with("WS1:");
    let reads = ladder::read_all(&both, &mut ours);
    let mut texts: Vec<_> = reads.into_iter().map(|read| read.text).collect();
    texts.sort();
    let mut expected = [text, other];
    expected.sort();
    assert_eq!(texts, expected);
}

#[test]
fn frames_that_say_too_little_one_by_one_are_read_together() {
    let (symbol, text) = symbol();
    // A moving reflection: each frame alone loses more than error correction can restore.
    let frame = |left: f32, top: f32| {
        picture(&symbol, move |x, y, grey| {
            if ((x - left) / 13.0).powi(2) + ((y - top) / 10.0).powi(2) < 1.0 { 250 } else { grey }
        })
    };
    let frames = [frame(20.0, 13.0), frame(22.0, 33.0)];
    let mut memory = soft::Memory::default();
    let mut ours = |text: &str| text.starts_with("WS1:");
    for frame in &frames {
        assert!(soft::read(frame, None, &mut ours).is_empty(), "a frame is readable by itself");
    }
    assert!(soft::read(&frames[0], Some(&mut memory), &mut ours).is_empty());
    assert_eq!(soft::read(&frames[1], Some(&mut memory), &mut ours), [text]);
}

/// Pictures built to crash, hang or exhaust a decoder are refused or searched, without a panic.
#[test]
fn hostile_pictures_are_refused_or_searched() {
    use image::{GrayImage, ImageEncoder as _, ImageFormat, Luma, codecs::png::PngEncoder};
    use wayseal::read::image as pictures;
    let mut state = 1u64;
    let mut random = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    let noise = GrayImage::from_fn(200, 160, |_, _| Luma([random()]));
    let mut searched = 0;
    for format in
        [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Tiff, ImageFormat::Bmp]
    {
        let mut file = std::io::Cursor::new(Vec::new());
        let rgb = image::DynamicImage::ImageLuma8(noise.clone()).into_rgb8();
        rgb.write_to(&mut file, format).unwrap();
        let file = file.into_inner();
        for part in 0..8 {
            // Truncated, and altered at some bytes.
            let mut cut = file[..file.len() * (part + 1) / 8].to_vec();
            let loaded = pictures::load(&cut);
            assert_eq!(
                loaded.is_ok(),
                part == 7 || loaded.is_ok() && format != ImageFormat::Png,
                "{format:?}"
            );
            for _ in 0..part * 3 {
                let at = usize::from(random()) * 256 + usize::from(random());
                let len = cut.len();
                cut[at % len] = random();
            }
            if let Ok(picture) = pictures::load(&cut) {
                assert!(read(&picture).is_empty());
                searched += 1;
            }
        }
        let random_bytes: Vec<u8> = file[..16].iter().copied().chain((0..4000).map(|_| random())).collect();
        assert!(pictures::load(&random_bytes).is_err() || format == ImageFormat::Jpeg, "{format:?}");
    }
    assert!(searched >= 5, "{searched}");
    // 30,000 pixels are more than a file may declare; 19,999 are scaled down.
    let wide = |width: u32| {
        let mut file = Vec::new();
        let row = vec![200; width as usize * 2];
        PngEncoder::new(&mut file).write_image(&row, width, 2, image::ExtendedColorType::L8).unwrap();
        pictures::load(&file)
    };
    assert!(matches!(wide(30_000), Err(pictures::ImageError::TooLarge)));
    assert_eq!(wide(19_999).map(|picture| (picture.width, picture.height)).ok(), Some((4096, 1)));
}

/// A picture of somebody else's code, of these bytes.
fn foreign(bytes: &[u8]) -> Gray {
    of_segments(&[QrSegment::make_bytes(bytes)])
}

/// A picture of somebody else's code.
fn of_segments(segments: &[QrSegment]) -> Gray {
    let code = qrcodegen::QrCode::encode_segments(segments, qrcodegen::QrCodeEcc::Medium).unwrap();
    let side = (code.size() as usize + 2 * QUIET) * SCALE;
    let module = |at: usize| (at / SCALE) as i32 - QUIET as i32;
    let pixel = |at: usize| if code.get_module(module(at % side), module(at / side)) { 0 } else { 255 };
    Gray { width: side as u32, height: side as u32, pixels: (0..side * side).map(pixel).collect() }
}

#[test]
fn bytes_of_somebody_elses_code_that_are_no_text_are_shown_as_codes() {
    // 中 in GBK, and a byte of no encoding; then 中 in UTF-8.
    for (bytes, shown) in [
        (&b"http://x/\xd6\xd0?\xff"[..], r"http://x/\xd6\xd0?\xff"),
        ("http://x/中".as_bytes(), "http://x/中"),
    ] {
        let read = ladder::read(&foreign(bytes), &mut |_| true);
        assert_eq!(read.iter().map(|read| &*read.text).collect::<Vec<_>>(), [shown]);
    }
}

#[test]
fn what_somebody_elses_code_says_of_its_bytes_is_their_text() {
    let kanji = |texts: &[u16]| {
        let bits = texts.iter().flat_map(|&pair| {
            let pair = pair - if pair < 0xe000 { 0x8140 } else { 0xc140 };
            let value = (pair >> 8) * 0xc0 + (pair & 0xff);
            (0..13).rev().map(move |bit| value >> bit & 1 == 1)
        });
        QrSegment::new(qrcodegen::QrSegmentMode::Kanji, texts.len(), bits.collect())
    };
    let bytes = QrSegment::make_bytes;
    // Kanji mode with bytes of Shift-JIS; interpretations; Shift-JIS that is not said to be; GBK that is not.
    for (segments, text, guessed) in [
        (vec![bytes(b"N:"), kanji(&[0x88a2])], "N:阿", false),
        (vec![bytes(b"\xb6\xd7\xb0"), kanji(&[0x93fc, 0x82e8, 0x8f8a])], "ｶﾗｰ入り所", true),
        (vec![QrSegment::make_eci(29), bytes(b"\xd6\xd0")], "中", false),
        (vec![bytes(b"A"), QrSegment::make_eci(22), bytes(b"\xcf")], "AП", false),
        (vec![bytes(b"*\xc3\xde\xbb\xde\xb2\xdd*")], "*ﾃﾞｻﾞｲﾝ*", true),
        (vec![bytes(b"http://x/\xd6\xd0")], r"http://x/\xd6\xd0", false),
    ] {
        let picture = of_segments(&segments);
        let side = picture.width as usize;
        let rows = picture.pixels.chunks(side);
        let mirrored = rows.flat_map(|row| row.iter().rev().copied()).collect();
        for picture in [Gray { pixels: mirrored, ..picture }, of_segments(&segments)] {
            let read = ladder::read(&picture, &mut |_| true);
            let [read] = &*read else { panic!("{text}: {read:?}") };
            let decoded = read.content.decoded();
            assert_eq!((&*decoded.text, decoded.guessed), (text, guessed));
        }
    }
}
