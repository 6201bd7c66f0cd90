//! Symbols equal those of the `qrcode` crate module by module, are read by a decoder, and are chosen by printed size.

use wayseal::label::reference;
use wayseal::symbol::{
    EcLevel, MaskPattern, NoFit, Symbol, SymbolError, SymbolTemplate, Version, candidates, capacity, choose,
};

const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// A text of `len` characters that differs with `seed` and uses the whole alphabet.
fn text(len: usize, seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ALPHABET[(state >> 33) as usize % 45]
    };
    (0..len).map(|_| next()).collect()
}

fn every_kind() -> impl Iterator<Item = (Version, EcLevel, MaskPattern)> {
    let levels = |version| EcLevel::ALL.into_iter().map(move |level| (version, level));
    Version::all().flat_map(levels).flat_map(|(v, l)| MaskPattern::all().map(move |mask| (v, l, mask)))
}

#[test]
fn every_version_level_and_mask_is_that_of_the_oracle() {
    let mut compared = 0;
    for (version, level, mask) in every_kind() {
        let template = SymbolTemplate::new(version, level, mask);
        let full = capacity(version, level);
        // Full; one character less, where the terminator is truncated or ends a byte; padded; empty.
        for len in [full, full - 1, full - 2, full - 3, full / 2, 1, 0] {
            let text = text(len, compared);
            let expected = reference::encode(&text, version, level, mask).unwrap();
            assert!(template.encode(&text).unwrap() == expected, "template {version}-{level} {mask:?} {len}");
            let once = Symbol::encode(&text, version, level, mask).unwrap();
            assert!(once == expected, "once {version}-{level} {mask:?} {len}");
            compared += 1;
        }
    }
    assert_eq!(compared, 10 * 4 * 8 * 7);
}

#[test]
fn every_length_of_a_version_is_that_of_the_oracle() {
    let (version, level) = (Version::new(6).unwrap(), EcLevel::M);
    let template = SymbolTemplate::new(version, level, MaskPattern::DEFAULT);
    for len in 0..=capacity(version, level) {
        let text = text(len, 7);
        let expected = reference::encode(&text, version, level, MaskPattern::DEFAULT).unwrap();
        assert!(template.encode(&text).unwrap() == expected, "{len}");
    }
}

#[test]
fn a_decoder_reads_every_version_and_level() {
    for version in Version::all() {
        for level in EcLevel::ALL {
            let text = text(capacity(version, level), 3);
            let symbol = Symbol::encode(&text, version, level, MaskPattern::DEFAULT).unwrap();
            assert_eq!(read(&symbol).as_bytes(), text, "{version}-{level}");
        }
    }
}

/// Decodes a symbol drawn at four pixels a module with its quiet zone.
fn read(symbol: &Symbol) -> String {
    use rxing::{BinaryBitmap, Luma8LuminanceSource, Reader, common::HybridBinarizer};
    const SCALE: usize = 4;
    let side = (symbol.size() + 8) * SCALE;
    let pixel = |i: usize| {
        let (x, y) = ((i % side) / SCALE, (i / side) / SCALE);
        let dark = x >= 4 && y >= 4 && symbol.is_dark(x - 4, y - 4);
        if dark { 0 } else { 255 }
    };
    let luma: Vec<u8> = (0..side * side).map(pixel).collect();
    let source = Luma8LuminanceSource::new(luma, side as u32, side as u32).unwrap();
    let hints = rxing::DecodeHints { PureBarcode: Some(true), ..Default::default() };
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    rxing::qrcode::QRCodeReader::new().decode_with_hints(&mut bitmap, &hints).unwrap().getText().to_owned()
}

#[test]
fn rows_and_modules_agree() {
    let symbol = Symbol::encode(b"WS1:", Version::MIN, EcLevel::L, MaskPattern::DEFAULT).unwrap();
    assert_eq!(symbol.rows().len(), 21);
    for (y, row) in symbol.rows().iter().enumerate() {
        for x in 0..64 {
            assert_eq!(symbol.is_dark(x, y), row >> (63 - x) & 1 == 1);
        }
        assert_eq!(row << 21, 0);
    }
    assert!(!symbol.is_dark(0, 21) && !symbol.is_dark(21, 0) && !symbol.is_dark(64, 0));
}

#[test]
fn what_does_not_fit_is_refused() {
    for (version, level, mask) in every_kind() {
        let full = capacity(version, level);
        let long = text(full + 1, 1);
        let too_long = Err(SymbolError::TooLong { chars: full + 1, capacity: full });
        assert_eq!(Symbol::encode(&long, version, level, mask).map(|_| ()), too_long);
        assert_eq!(reference::encode(&long, version, level, mask).map(|_| ()), too_long);
    }
}

#[test]
fn every_byte_is_a_character_or_refused_with_its_place() {
    let (version, level) = (Version::new(5).unwrap(), EcLevel::M);
    for byte in 0..=u8::MAX {
        for at in [0, 1, 120] {
            let mut text = text(121, 5);
            text[at] = byte;
            let expected = reference::encode(&text, version, level, MaskPattern::DEFAULT);
            assert_eq!(
                Symbol::encode(&text, version, level, MaskPattern::DEFAULT),
                expected,
                "{byte} at {at}"
            );
            let refused = Err(SymbolError::NotAlphanumeric { at });
            assert_eq!(expected.is_err(), !ALPHABET.contains(&byte));
            assert!(expected.is_ok() || expected == refused);
        }
    }
}

#[test]
fn the_measured_boxes_choose_as_measured() {
    // 25 mm at 203 dpi: 110 characters as v5-M at five dots; for 150, v8-Q at four before v6-M at four.
    let choice = choose(110, 25_000, 203).unwrap();
    assert_eq!((choice.version.number(), choice.level, choice.dots), (5, EcLevel::M, 5), "{choice}");
    let score = |chars, version, level| {
        let found =
            candidates(chars, 25_000, 203).find(|c| (c.version.number(), c.level) == (version, level));
        found.unwrap().score
    };
    assert_eq!(score(150, 6, EcLevel::M), 680);
    assert!(score(150, 8, EcLevel::Q) > score(150, 6, EcLevel::M));
    // The label's own boxes: v6 gets five dots in 26 mm, the largest symbol four in 29 mm.
    let choice = choose(154, 26_000, 203).unwrap();
    assert_eq!((choice.version.number(), choice.level, choice.dots), (6, EcLevel::M, 5), "{choice}");
    let choice = choose(310, 29_000, 203).unwrap();
    assert_eq!((choice.version.number(), choice.level, choice.dots), (10, EcLevel::M, 4), "{choice}");
}

#[test]
fn a_choice_fits_its_box_and_is_the_best_candidate() {
    for dpi in [152, 203, 300, 600] {
        for box_um in (10_000..60_000).step_by(700) {
            for chars in [1, 121, 154, 220, 310] {
                let Ok(choice) = choose(chars, box_um, dpi) else {
                    assert_eq!(candidates(chars, box_um, dpi).count(), 0);
                    continue;
                };
                assert!(capacity(choice.version, choice.level) >= chars);
                assert!(choice.side_dots() * 25_400 <= box_um * dpi, "{choice}");
                assert!(choice.module_um >= 330, "{choice}");
                assert!(candidates(chars, box_um, dpi).all(|other| other.score <= choice.score));
            }
        }
    }
}

#[test]
fn a_larger_box_never_scores_less() {
    let mut last = 0;
    for box_um in (15_000..90_000).step_by(100) {
        let score = choose(154, box_um, 203).map_or(0, |choice| choice.score);
        assert!(score >= last, "{box_um}");
        last = score;
    }
    assert_eq!(last, 740 + 220);
}

#[test]
fn an_unreadable_size_is_refused_with_the_least_that_would_do() {
    assert_eq!(choose(396, 100_000, 203), Err(NoFit::TooLong { chars: 396, capacity: 395 }));
    for (chars, dpi) in [(154, 203), (310, 203), (310, 300), (1, 600)] {
        let Err(NoFit::TooSmall { least_um, .. }) = choose(chars, 5_000, dpi) else {
            panic!("{chars} {dpi}")
        };
        assert!(choose(chars, least_um, dpi).is_ok());
        assert!(choose(chars, least_um - 150, dpi).is_err());
    }
    assert!(choose(1, 0, 203).is_err());
    assert!(choose(1, 25_000, 0).is_err());
    assert!(choose(1, u32::MAX, u32::MAX).is_ok());
    let refusal = choose(310, 19_800, 203).unwrap_err().to_string();
    assert!(refusal.contains("310 characters need a box of at least 19.9 mm"), "{refusal}");
}
