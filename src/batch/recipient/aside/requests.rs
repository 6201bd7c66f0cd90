//! Requests to the courier, and the head of a group purchase, beside a name or an address.

use super::parts::{Holds, Parts};
use super::range::trimmed;
use super::words::{EMPTY, GROUP_HEAD, LONG, REQUESTS, begins_request, is_sign, may_begin_request};
use std::ops::Range;

/// Takes a request off the beginning or the end.
pub(super) fn take_segment(cell: &str, holds: Holds, parts: &mut Parts) {
    let own = &cell[parts.own.clone()];
    let start = parts.own.start;
    let inner = |at: Range<usize>| trimmed(cell, start + at.start..start + at.end);
    for (at, sign) in own.char_indices().filter(|(_, c)| is_sign(*c)) {
        let after = at + sign.len_utf8();
        let tail = own[after..].trim_start_matches(is_sign);
        if begins_request(tail) && !own[..at].trim_matches(is_sign).is_empty() {
            parts.remarks.push(inner(own.len() - tail.len()..own.len()));
            parts.own = start..start + own[..at].trim_end_matches(is_sign).len();
            return;
        }
        if EMPTY.contains(&tail) && holds == Holds::Name {
            parts.labelled = true;
            parts.own = start..start + own[..at].trim_end_matches(is_sign).len();
            return;
        }
    }
    if begins_request(own)
        && let Some(at) = own.find(is_sign)
        && !own[at..].trim_matches(is_sign).is_empty()
    {
        let rest = own[at..].trim_start_matches(is_sign);
        parts.remarks.push(inner(0..at));
        parts.own = inner(own.len() - rest.len()..own.len());
        return;
    }
    take_unparted_request(cell, holds, parts);
}

/// Takes a request off that nothing sets apart but the number before it; of a name, which never ends so.
fn take_unparted_request(cell: &str, holds: Holds, parts: &mut Parts) {
    let own = &cell[parts.own.clone()];
    let start = parts.own.start;
    let ends = |before: &str| {
        let unit = |c: char| c.is_ascii_digit() || "号號室栋幢楼层座户门元房".contains(c);
        before.chars().count() > 1 && (holds == Holds::Name || before.ends_with(unit))
    };
    let is_long =
        |at: &usize| REQUESTS.iter().any(|request| request.len() >= LONG && own[*at..].starts_with(request));
    let begins = own.char_indices().filter(|(at, c)| *at > 0 && may_begin_request(*c)).map(|(at, _)| at);
    for at in begins.filter(is_long) {
        let polite =
            ["请", "先", "请先", "务必", "麻烦", "必须"].iter().filter(|word| own[..at].ends_with(**word));
        let at = at - polite.map(|word| word.len()).max().unwrap_or(0);
        if ends(&own[..at]) {
            parts.remarks.push(start + at..parts.own.end);
            parts.own = start..start + at;
            return;
        }
    }
    if holds == Holds::Name
        && let Some(request) =
            REQUESTS.iter().find(|request| request.len() > LONG && own.starts_with(**request))
        && (2..=4).contains(&own[request.len()..].chars().count())
    {
        parts.remarks.push(start..start + request.len());
        parts.own.start += request.len();
    }
}

/// Takes the head of a group purchase off a name: `团长阿珍-林知夏`.
pub(super) fn take_group_head(cell: &str, parts: &mut Parts) {
    let own = &cell[parts.own.clone()];
    let start = parts.own.start;
    let Some(at) = own.find(GROUP_HEAD) else { return };
    let (head, person) = if at > 0 {
        // 林知夏-团长阿珍.
        let Some((person, _)) = own[..at].rsplit_once(is_sign) else { return };
        (person.len()..own.len(), 0..person.len())
    } else {
        let after = own[GROUP_HEAD.len()..].trim_start_matches(is_sign);
        // 团长阿珍-林知夏; or 团长阿珍 alone, who is the recipient.
        let end = own.len() - after.len() + after.find(is_sign).unwrap_or(0);
        if end + after.len() > own.len() {
            (0..end, end..own.len())
        } else {
            (0..GROUP_HEAD.len(), end..own.len())
        }
    };
    let without_signs = |range: Range<usize>| {
        let text = own[range.clone()].trim_start_matches(is_sign);
        let begin = range.end - text.len();
        start + begin..start + begin + text.trim_end_matches(is_sign).len()
    };
    let (head, person) = (without_signs(head), without_signs(person));
    if !person.is_empty() && !head.is_empty() {
        parts.remarks.push(head);
        parts.own = person;
    }
}
