//! The encoder against an exhaustive one, and the search of a host against that of a device.

use super::choose::{CodecFloors, ORDER};
use super::classes::Classes;
use super::codec::{AllowedCodecs, Codec};
use super::hash::PlainTexts;
use super::letters::LetterCursor;
use super::paths::SAVING;
use super::point::{Size, block};
use super::section::SectionSplit;
use super::single::SinglePaths;
use super::table::Table;
use super::trie::TABLES;
use crate::record::Country;
use crate::record::sink::Sink;
use crate::tests::of_the_repository;
use std::collections::HashMap;

/// A country of the common codecs, and those that have one more.
const COUNTRIES: [[u8; 2]; 3] = [*b"CN", *b"JP", *b"KR"];

fn tokens(table: &Table) -> HashMap<&str, usize> {
    let all = (0..table.offsets.len() as u16 - 1).filter(|place| !table.token(*place).is_empty());
    all.map(|place| (core::str::from_utf8(table.token(place)).unwrap(), table.code(place).1 as usize))
        .collect()
}

/// The fewest bits of the texts in a codec, by trying every split with every current block.
fn exhaustive(codec: Codec, texts: &[&str]) -> usize {
    let mut least = HashMap::from([(codec.table(false).unwrap().block, 0)]);
    for (number, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        let table = codec.table(number == 0).unwrap();
        let (known, bits) = (tokens(table), |place| table.code(place).1 as usize);
        let mut at: Vec<HashMap<u32, usize>> = vec![HashMap::new(); text.len() + 1];
        at[0] = least;
        for (from, first) in text.char_indices() {
            let point = first as u32;
            for (current, cost) in at[from].clone() {
                let mut reach = |to: usize, block: u32, total: usize| {
                    let best = at[to].entry(block).or_insert(total);
                    *best = total.min(*best);
                };
                let (size, next) = (Size::of(point), from + first.len_utf8());
                if block(point) == current {
                    reach(next, current, cost + bits(table.window) + 7);
                } else {
                    let after = if size == Size::Ascii { current } else { block(point) };
                    reach(next, after, cost + bits(table.escape) + 2 + size.bits() as usize);
                }
                let ends = text[from..].char_indices().map(|(at, c)| from + at + c.len_utf8());
                for to in ends.take(16) {
                    if let Some(token) = known.get(&text[from..to]) {
                        reach(to, current, cost + token);
                    }
                }
            }
        }
        least = at.pop().unwrap();
        least.values_mut().for_each(|cost| *cost += bits(table.end));
    }
    least.into_values().min().unwrap()
}

/// Checks the split in every codec, and the choice of the codec; `0` bits for UTF-8 where a section has none.
fn check(texts: &[&str]) {
    let plain: usize = texts.iter().filter(|text| !text.is_empty()).map(|text| 8 * text.len() + 8).sum();
    let mut shortest = COUNTRIES.map(|country| (AllowedCodecs::of(Country::new(country).unwrap()), plain));
    for &codec in ORDER.iter().filter(|codec| **codec != Codec::Plain) {
        let expected = exhaustive(codec, texts);
        for (_, bits) in shortest.iter_mut().filter(|(allowed, _)| allowed.has(codec)) {
            *bits = expected.min(*bits);
        }
        let (mut walked, mut hashed) = ([0; 2048], [0; 2048]);
        let mut classes = Classes::<1024>::new(texts);
        assert_eq!(written(codec, &mut classes, &mut walked), expected, "{codec:?}: {texts:?}");
        assert_eq!(written(codec, &mut PlainTexts::new(texts), &mut hashed), expected);
        assert!(walked == hashed, "{codec:?}: {texts:?}");
        if let Some(bits) = single(codec, &classes, &mut hashed) {
            assert_eq!(bits, expected, "{codec:?}: {texts:?}");
            assert!(walked == hashed, "{codec:?}: {texts:?}");
        }
        // A window of a device, and the smallest that can be: many of them, in texts of any length.
        for streamed in [in_windows::<96>, in_windows::<17>] {
            streamed(codec, texts, &mut hashed);
            assert!(walked == hashed, "{codec:?}: {texts:?}");
        }
        let floors = CodecFloors::new(texts, &classes, AllowedCodecs::ALL);
        assert!(floors.of(codec) <= expected, "the floor of {codec:?}: {texts:?}");
    }
    for (allowed, bits) in shortest {
        let mut out = [0; 2048];
        assert_eq!(Codec::shortest(texts, allowed, &mut out, &|_| ()), 3 + bits, "{texts:?}");
    }
}

/// Splits and writes with one path to a position, in a codec; `None` where that search gives up.
fn single(codec: Codec, classes: &Classes<1024>, out: &mut [u8]) -> Option<usize> {
    let mut paths = SinglePaths::new();
    // What an earlier text left must not count.
    for _ in 0..2 {
        paths.restart(codec, classes);
        paths.pass_name(classes).ok()?;
        assert!(paths.pass_rest(classes, usize::MAX).ok()?);
    }
    let bits = paths.bits(classes.len());
    paths.restart(codec, classes);
    paths.pass_name(classes).ok()?;
    assert!(!paths.pass_rest(classes, bits).ok()?, "of as many bits as the limit");
    let mut sink = Sink::new(out);
    paths.write(classes, &mut sink);
    assert_eq!(sink.finish(), bits);
    Some(bits)
}

/// Splits and writes as a device does, in windows of `ROOM` positions.
fn in_windows<const ROOM: usize>(codec: Codec, texts: &[&str], out: &mut [u8]) {
    split_and_write(&mut SectionSplit::<ROOM, true>::new(), codec, &mut PlainTexts::new(texts), out);
}

fn written(codec: Codec, letters: &mut impl LetterCursor, out: &mut [u8]) -> usize {
    split_and_write(&mut SectionSplit::<1024>::new(), codec, letters, out)
}

/// Splits and writes; returns the bits, which are also what the split promised.
fn split_and_write<const ROOM: usize, const STREAMED: bool>(
    split: &mut SectionSplit<ROOM, STREAMED>,
    codec: Codec,
    letters: &mut impl LetterCursor,
    out: &mut [u8],
) -> usize {
    let bits = split.find(codec, letters, usize::MAX).unwrap();
    assert_eq!(split.find(codec, letters, bits), None);
    let mut sink = Sink::new(out);
    split.write(codec, letters, &mut sink);
    assert_eq!(sink.finish(), bits);
    bits
}

#[test]
fn every_record_of_the_sample_is_the_shortest() {
    let Some(orders) = of_the_repository("samples/orders.csv") else { return };
    let mut count = 0;
    for line in orders.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').take(8).collect();
        check(&cells);
        count += 1;
    }
    assert!(count > 100);
}

/// A search that gave up always would be slow and right.
#[test]
fn one_path_to_a_position_is_enough_for_nearly_all_records() {
    let Some(orders) = of_the_repository("samples/orders.csv") else { return };
    let (mut all, mut single_path) = (0, 0);
    for line in orders.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        for texts in [&cells[2..3], &cells[9..12], &cells[2..12]] {
            let classes = Classes::<1024>::new(texts);
            for codec in [Codec::Chinese, Codec::ChineseOnly] {
                all += 1;
                single_path += usize::from(single(codec, &classes, &mut [0; 2048]).is_some());
            }
        }
    }
    assert!(single_path * 100 > all * 97, "{single_path} of {all}");
}

#[test]
fn a_chinese_name_before_a_latin_address_is_in_the_codec_of_the_address() {
    for texts in [
        ["陈大文", "", "科技园路9号 Room 801, Tower B, 88 Lake Street"],
        ["陈大文", "", "Room 801, Tower B, 88 Lake Street 科技园路9号"],
        ["Anna Müller", "Ōtemachi 大手町", "ビル 12-3"],
        ["丁丂七", "丈三", "上下丌不与"],
    ] {
        check(&texts);
    }
    check(&["王", &"第一村民小组".repeat(42), "1"]);
    check(&["A", &"10".repeat(380)]);
}

/// What paths.rs relies on.
#[test]
fn no_character_with_a_token_is_better_alone() {
    for &table in TABLES {
        let known = tokens(table);
        let bits = |place| table.code(place).1 as usize;
        let window = bits(table.window) + 7;
        let escape = |point: u32| bits(table.escape) + 2 + Size::of(point).bits() as usize;
        let saving = [0x4e80, 0x3042, 0x1f600].map(|point| escape(point) - window).into_iter().max().unwrap();
        assert!(saving < SAVING.into());
        for (token, cost) in known {
            let characters = token.chars().count();
            assert!(characters < 16, "{token}");
            // All characters of a block have escapes of one size, so that an escape costs the window and what that saves
            // for the next character of the block. No window shows ASCII, whose block is never the current one.
            let first = token.chars().next().unwrap() as u32;
            let alone = if first < 0x80 { escape(first) } else { window };
            assert!(characters > 1 || cost <= alone, "{token}");
        }
    }
}

/// Pieces of the tables and characters in no token, joined at random.
fn mixed() -> impl proptest::strategy::Strategy<Value = Vec<String>> {
    use proptest::prelude::*;
    let pieces: Vec<String> = TABLES
        .iter()
        .flat_map(|table| tokens(table).into_keys().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let mut pieces = pieces;
    pieces.sort();
    let characters: Vec<char> = pieces.iter().flat_map(|piece| piece.chars()).collect();
    let piece = proptest::sample::select(pieces);
    let character = proptest::sample::select(characters).prop_map(String::from);
    let part = prop_oneof![piece, character.clone(), character, "[一-丿儿-冂㐀-㐃ぁ-おÀ-Å~☃🙂]{1,2}"];
    let text = proptest::collection::vec(part, 0..12).prop_map(|parts| parts.concat());
    proptest::collection::vec(text, 1..4)
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2000))]

    #[test]
    fn any_section_is_the_shortest(texts in mixed()) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        if texts.iter().map(|text| text.len()).sum::<usize>() <= crate::record::TEXT_MAX {
            check(&texts);
        }
    }
}
