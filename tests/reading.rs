//! Reading labels that are damaged, and refusing pictures that are hostile.
#![cfg(feature = "host")]

use wayseal::scanner::image::Gray;
use wayseal::scanner::ladder;
use wayseal::symbol::{Level, Mask, Symbol, Version};

const SCALE: usize = 6;
const QUIET: usize = 4;

/// A payload's text of 154 characters as a symbol of version 6, and the text.
fn symbol() -> (Symbol, String) {
    let alphabet = b"0123456789ABCDEFGHIJKLMNOPQRSTUVW";
    let text: String = "WS1:"
        .chars()
        .chain((0..150usize).map(|i| char::from(alphabet[(i * i * 7 + i / 3) % alphabet.len()])))
        .collect();
    let symbol = Symbol::encode(text.as_bytes(), Version::new(6).unwrap(), Level::M, Mask::DEFAULT);
    (symbol.unwrap(), text)
}

/// The symbol on paper, each pixel changed by what happened to it: its place in modules and its grey.
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
    // Half of it gone is more than any correction gives back.
    let half = picture(&symbol, |x, _, grey| if x > n / 2.0 { 220 } else { grey });
    assert_eq!(read(&half), [""; 0]);
}
