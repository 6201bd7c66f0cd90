//! Characters in a row that a text shares with what is hidden of an address.

use super::{DOOR, lower};
use crate::summary::check::visible;
use crate::summary::fold::is_numeric;

/// What a text has of a door that is hidden.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Door {
    /// Nothing.
    None,
    /// Its number, which may be that of something else.
    Alike,
    /// What tells it.
    Told,
}

/// Looks for characters in a row that text and hidden part of the address share.
pub(super) fn door(text: &str, hidden: &str) -> Door {
    let mut found = Door::None;
    let hidden = visible(hidden).map(lower);
    let whole = hidden.clone().count();
    let (mut start, mut before) = (visible(text).map(lower), None);
    for at in 0.. {
        let next = start.clone().next();
        let (mut tail, mut before_tail) = (hidden.clone(), None);
        loop {
            let digits =
                |(a, b): (Option<char>, Option<char>)| a.is_some_and(is_numeric) || b.is_some_and(is_numeric);
            let first = tail.clone().next();
            // 501 is no part of 1501.
            let cut_before = || first.is_some_and(is_numeric) && digits((before, before_tail));
            if first == next && !cut_before() {
                match tells(start.clone(), tail.clone(), whole) {
                    Some(Row { len, bare: true }) => match beside(text, at, len) {
                        Beside::Door => return Door::Told,
                        Beside::Measure => {}
                        Beside::Nothing => found = Door::Alike,
                    },
                    Some(_) => return Door::Told,
                    None => {}
                }
            }
            before_tail = tail.next();
            if before_tail.is_none() {
                break;
            }
        }
        before = start.next();
        if before.is_none() {
            break;
        }
    }
    found
}

/// Characters in a row that two texts share.
struct Row {
    len: usize,
    /// Whether they are digits alone.
    bare: bool,
}

/// What stands beside a number.
enum Beside {
    Door,
    Measure,
    Nothing,
}

/// What stands beside the `len` characters of a text from the one `at`, spaces not counted.
fn beside(text: &str, at: usize, len: usize) -> Beside {
    let around = || visible(text).map(lower);
    let mut behind = around().skip(at + len);
    let next = behind.next();
    let leads = |word: &str| {
        let count = word.chars().count();
        at >= count && around().skip(at - count).take(count).eq(word.chars())
    };
    // 3-1501, 3/1501.
    let joined = at >= 2
        && around().nth(at - 1).is_some_and(|c| "-/#".contains(c))
        && around().nth(at - 2).is_some_and(is_numeric);
    let door = next.is_some_and(|c| "室房号號栋棟幢座楼樓层層单單门門户戶铺舖柜櫃#".contains(c))
        || joined
        || DOOR_WORDS.iter().any(|word| leads(word));
    if door {
        Beside::Door
    } else if next.is_some_and(|c| MEASURES.contains(c))
        || "¥￥$€£".chars().any(|c| at > 0 && around().nth(at - 1) == Some(c))
    {
        Beside::Measure
    } else {
        Beside::Nothing
    }
}

/// Words before the number of a door.
const DOOR_WORDS: [&str; 21] = [
    "室", "房", "号", "號", "栋", "棟", "幢", "座", "楼", "樓", "层", "單元", "单元", "门牌", "#", "room",
    "rm", "flat", "apt", "unit", "door",
];

/// Begin what is behind a number that counts or measures, or is a year's or a model's.
pub(super) const MEASURES: &str =
    "年款版件个個盒包袋克斤元片支本份套双雙条條张張只米型岁歲度%瓶罐粒枚颗寸码碼×gmkw";

/// What two texts begin with alike, if it is as long as tells a door; of a number only the whole counts.
fn tells(
    mut text: impl Iterator<Item = char> + Clone,
    mut tail: impl Iterator<Item = char> + Clone,
    whole: usize,
) -> Option<Row> {
    let (mut len, mut numbers, mut run) = (0, 0, 0);
    while let (Some(one), Some(other)) = (text.clone().next(), tail.clone().next())
        && one == other
    {
        text.next();
        tail.next();
        len += 1;
        run = if is_numeric(one) { run + 1 } else { 0 };
        numbers += usize::from(is_numeric(one));
    }
    let goes_on = |next: Option<char>| next.is_some_and(is_numeric);
    if run > 0 && (goes_on(text.next()) || goes_on(tail.next())) {
        (len, numbers) = (len - run, numbers - run);
    }
    let bare = numbers == len;
    let least = if bare && len < whole { DOOR + 1 } else { DOOR };
    (numbers > 0 && len >= least).then_some(Row { len, bare })
}
