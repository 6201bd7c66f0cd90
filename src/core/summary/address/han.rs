//! Addresses in ideographs: components from the left, each ended by a word of the vocabulary, up to the first thing
//! that is none. The grammar is stated in docs/masks.md.

use crate::summary::counted::{COUNTED, SIDES, UNNAMED, building, counter, is_chain, is_sided, quarter};
use crate::summary::line::{is_ideograph, is_numeral, leading_number};
use crate::summary::words::{Role, Roles, heads, longest};

/// A part of a text that is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What was printed last.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Last {
    Nothing,
    Division,
    Road,
    /// A number of a road, and a place's name without a known ending.
    Number,
    Village,
    Place,
    Shop,
    Institution,
}

/// Reads a text's components one after the other.
pub(super) struct Reader<'t> {
    pub(super) text: &'t [char],
    pub(super) at: usize,
    pub(super) last: Last,
    /// Whether the label may print which building it is.
    pub(super) building: bool,
}

const ENDINGS: [Role; 7] =
    [Role::Road, Role::Cross, Role::Village, Role::Place, Role::Shop, Role::Inst, Role::Campus];
const WITH_AREAS: [Role; 8] =
    [Role::Road, Role::Cross, Role::Village, Role::Place, Role::Shop, Role::Inst, Role::Campus, Role::Area];

impl Reader<'_> {
    /// The next component, if it is known to be public.
    pub(super) fn next(&mut self) -> Option<Piece> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let (len, last) = match self.last {
            Last::Institution => component(rest, &[Role::Campus])
                .filter(|(len, _)| *len <= 6)
                .map(|(len, role)| (len, after(role)))?,
            Last::Road if is_lane(rest) => self.road_number()?,
            Last::Road => self
                .numbered_road()
                .or_else(|| self.road_number())
                .or_else(|| self.component())
                .or_else(|| self.name())?,
            Last::Place => self.within_a_place().or_else(|| self.component())?,
            Last::Village => self.quarter().or_else(|| self.component())?,
            Last::Shop => self.component()?,
            Last::Nothing | Last::Division | Last::Number => self.component().or_else(|| self.name())?,
        };
        let piece = Piece { start: self.at, end: self.at + len };
        self.at = piece.end;
        self.last = last;
        Some(piece)
    }

    /// The building, where the carrier prints it: nothing is printed after it.
    pub(super) fn building(&self) -> Option<Piece> {
        if !self.building || !matches!(self.last, Last::Place | Last::Number | Last::Road | Last::Division) {
            return None;
        }
        let len = building(&self.text[self.at..])?;
        Some(Piece { start: self.at, end: self.at + len })
    }

    fn component(&self) -> Option<(usize, Last)> {
        let rest = &self.text[self.at..];
        let early = matches!(self.last, Last::Nothing | Last::Division);
        if let Some(road) = self.numbered_road() {
            return Some(road);
        }
        let lead = if matches!(self.last, Last::Village | Last::Place | Last::Shop) { 0 } else { code(rest) };
        let roles = if early { &WITH_AREAS[..] } else { &ENDINGS[..] };
        // 桥头镇集市: the market of what stands before it.
        let bare = early || self.last == Last::Village;
        let own = ending(rest, roles)
            .filter(|(len, role)| bare && *len > 1 && matches!(role, Role::Place | Role::Inst));
        let (len, role) = match own {
            Some((len, role)) => extended(rest, len, role, roles),
            None if lead > 0 => with_code(rest, lead)?,
            None => component(rest, roles)?,
        };
        // 临街楼, and no street.
        let within = matches!(self.last, Last::Place | Last::Village | Last::Shop);
        (!within || !has(rest.get(len..)?, Role::Unit)).then_some((len, after(role)))
    }

    fn numbered_road(&self) -> Option<(usize, Last)> {
        let within = matches!(self.last, Last::Village | Last::Place | Last::Shop);
        let rest = &self.text[self.at..];
        let len = numbered_road(rest).filter(|_| !within)?;
        // The number of a house in a lane is of one household: 513巷33号.
        let lane = matches!(rest[len - 1], '巷' | '弄');
        Some((len, if lane { Last::Number } else { Last::Road }))
    }

    /// `138号` before a building or place; `12弄` before the number of a house.
    fn road_number(&self) -> Option<(usize, Last)> {
        let rest = &self.text[self.at..];
        let (_, digits) = leading_number(rest)?;
        let len = match rest.get(digits) {
            Some('号') if rest.get(digits + 1) == Some(&'院') => digits + 2,
            Some('号') if rest[digits + 1..].starts_with(&['大', '院']) => digits + 3,
            Some('号' | '弄') => digits + 1,
            _ if rest[..digits].iter().all(char::is_ascii_digit) => digits,
            _ => return None,
        };
        let next = &rest[len..];
        let lane = len > digits && rest[digits] == '弄';
        let place = next.first().is_some_and(|c| is_ideograph(*c))
            && component(next, &ENDINGS).is_some_and(|(_, role)| role != Role::Road && role != Role::Cross)
            || code(next) > 1 && with_code(next, code(next)).is_some();
        let house = lane && leading_number(next).is_some_and(|(_, count)| next.get(count) == Some(&'号'));
        let follows = place
            || house
            || len > digits && (building(next).is_some() || is_chain(next) || name(next).is_some());
        follows.then_some((len, Last::Number))
    }

    /// A gate, a stage or a quarter: `2号门`, `一期`, `B区`, `T2航站楼`.
    fn within_a_place(&self) -> Option<(usize, Last)> {
        let rest = &self.text[self.at..];
        let counted = counter(rest);
        let sided = usize::from(rest.first().is_some_and(|c| SIDES.has(*c)));
        let side_and_number = sided + rest.get(sided..).and_then(leading_number).map_or(0, |(_, len)| len);
        let gate = |len: usize| {
            rest.get(len) == Some(&'门')
                && !rest.get(len + 1).is_some_and(|c| matches!(*c, '面' | '市' | '厅' | '诊' | '卫' | '牌'))
        };
        if counted > 0 && rest.get(counted) == Some(&'号') && gate(counted + 1) {
            return Some((counted + 2, Last::Place));
        }
        if sided > 0 && gate(side_and_number) {
            return Some((side_and_number + 1, Last::Place));
        }
        let terminal = |len: usize| {
            rest[len..].starts_with(&['航', '站', '楼']) || rest[len..].starts_with(&['候', '机', '楼'])
        };
        if counted > 0 && terminal(counted) {
            return Some((counted + 3, Last::Place));
        }
        self.quarter()
    }

    /// A stage or a quarter, before a number or another component: `一期`, `B区`, `东区`.
    fn quarter(&self) -> Option<(usize, Last)> {
        let rest = &self.text[self.at..];
        let len = quarter(rest)?;
        let next = rest.get(len..)?;
        let follows = next.first().is_some_and(|c| is_numeral(*c) || c.is_ascii_alphanumeric())
            || component(next, &ENDINGS).is_some()
            || quarter(next).is_some();
        follows.then_some((len, Last::Place))
    }

    /// A name without a known ending, between what is known and a number.
    fn name(&self) -> Option<(usize, Last)> {
        if self.last == Last::Nothing {
            return None;
        }
        let rest = &self.text[self.at..];
        // 北下朱: a village that is called by where it lies.
        let sided = self.last == Last::Division && matches!(*rest.first()?, '东' | '西' | '南' | '北');
        let len = if sided { name(&rest[1..])? + 1 } else { name(rest)? };
        Some((len, Last::Place))
    }
}

/// What the grammar remembers after a component of this role.
fn after(role: Role) -> Last {
    match role {
        Role::Area => Last::Division,
        Role::Village => Last::Village,
        Role::Place => Last::Place,
        Role::Shop => Last::Shop,
        Role::Inst | Role::Campus => Last::Institution,
        _ => Last::Road,
    }
}

/// Characters that a name has at most, with its ending.
const LONGEST: usize = 16;

/// Name and ending that a text begins with: the ending is extended as long as another follows at once, 花园路.
fn component(text: &[char], roles: &[Role]) -> Option<(usize, Role)> {
    let (mut at, mut tells) = (0, false);
    while at < text.len().min(LONGEST) {
        let begun = Roles::begun(&text[at..]);
        tells |= begun.has(Role::Tell);
        let stops = begun.has(Role::Stop);
        let stop = if stops { longest(&text[at..], &[Role::Stop]).map_or(0, |(len, _)| len) } else { 0 };
        if begun.any(roles)
            && let Some((len, role)) = ending(&text[at..], roles)
            && at >= shortest(text, at, len, role)
            && stop <= len
            && !(is_numeral(text[at]) && is_numbered(text, at))
        {
            let (end, role) = extended(text, at + len, role, roles);
            let named = !tells || matches!(role, Role::Road | Role::Cross | Role::Area | Role::Village);
            return named.then_some((end, role));
        }
        // 下沙11号大街.
        if roles.contains(&Role::Area)
            && at > 0
            && let Some(len) = numbered_road(&text[at..])
        {
            return Some((at + len, Role::Road));
        }
        if !is_ideograph(text[at]) || stops && is_stop(&text[at..]) || is_numbered(text, at) {
            return None;
        }
        at += 1;
    }
    None
}

/// The ending that a text begins with; of two that share characters, 四中 and 中学, the one that goes on longer.
fn ending(text: &[char], roles: &[Role]) -> Option<(usize, Role)> {
    let (len, role) = longest(text, roles)?;
    let later = (1..len).find_map(|at| {
        longest(&text[at..], roles).filter(|(more, _)| at + more > len).map(|(more, role)| (at + more, role))
    });
    Some(later.unwrap_or((len, role)))
}

/// Where a component ends whose first ending ends at `end`, and the role of its last.
fn extended(text: &[char], mut end: usize, mut role: Role, roles: &[Role]) -> (usize, Role) {
    while end < text.len() && end < LONGEST + 6 {
        // 信义路五段.
        if role == Role::Road
            && let Some((_, len)) = leading_number(&text[end..])
            && text.get(end + len) == Some(&'段')
        {
            return (end + len + 1, role);
        }
        // 城区路 is a road; a city's name is whole: 台州市路桥区, 宁兴城市花园.
        let whole = role == Role::Area && matches!(text[end - 1], '省' | '市');
        let roles = if role == Role::Area { &[Role::Road, Role::Area, Role::Village][..] } else { roles };
        let more = ending(&text[end..], roles)
            .filter(|(_, next)| !whole && (*next != Role::Area || text[end] != '市'));
        let turned = || {
            let turn = is_numeral(text[end]) && !text[end].is_ascii() || SIDES.has(text[end]);
            let road = longest(text.get(end + 1..)?, &[Role::Road])?;
            turn.then_some((road.0 + 1, road.1))
        };
        match more.or_else(turned) {
            Some((len, next)) => (end, role) = (end + len, next),
            None => break,
        }
    }
    (end, role)
}

/// How many characters stand before an ending at least.
fn shortest(text: &[char], at: usize, len: usize, role: Role) -> usize {
    match (role, &text[at..at + len]) {
        (Role::Place, [_]) if !is_number_at(text, at + len) => 2,
        (Role::Area, ['市' | '区' | '省' | '盟' | '都' | '府' | '旗']) | (Role::Road, ['线']) => 2,
        (Role::Place | Role::Inst, [_, _, _, ..]) => 0,
        _ => 1,
    }
}

/// 138弄: a lane by the number of a road.
fn is_lane(text: &[char]) -> bool {
    leading_number(text).is_some_and(|(_, len)| text.get(len) == Some(&'弄'))
}

fn is_number_at(text: &[char], at: usize) -> bool {
    text.get(at).is_some_and(|c| c.is_ascii_digit() || is_numeral(*c))
        || building(text.get(at..).unwrap_or_default()).is_some()
}

/// 11号大街, 5道, 四号东大街.
fn numbered_road(text: &[char]) -> Option<usize> {
    if let ['国' | '省' | '县' | '乡', '道', letter, rest @ ..] = text
        && letter.is_ascii_alphabetic()
    {
        return Some(3 + rest.iter().take_while(|c| c.is_ascii_digit()).count());
    }
    let (_, digits) = leading_number(text)?;
    let marked = digits + usize::from(text.get(digits) == Some(&'号'));
    let sided =
        marked + usize::from(text.get(marked).is_some_and(|c| matches!(*c, '东' | '西' | '南' | '北')));
    let (len, _) =
        longest(text.get(sided..)?, &[Role::Road]).filter(|(len, _)| *len > 1 || text[marked] != '弄')?;
    (len > 1 || marked == digits && text[0].is_ascii_digit() || marked > digits).then_some(sided + len)
}

/// Whether a text begins with a word that is not printed within a name, unless a village or a road is called so.
fn is_stop(text: &[char]) -> bool {
    heads(text).any(|(role, len)| {
        role == Role::Stop && longest(&text[len..], &[Role::Road, Role::Village, Role::Area]).is_none()
    })
}

/// Digits or letters that a name begins with: 360大厦, CRC文化创意园.
fn code(text: &[char]) -> usize {
    text.iter().take(7).take_while(|c| c.is_ascii_alphanumeric()).count()
}

/// A component that begins with digits or letters: a road by its number, or a place.
fn with_code(text: &[char], lead: usize) -> Option<(usize, Role)> {
    let rest = &text[lead..];
    let road = rest.strip_prefix(&['号']).unwrap_or(rest);
    if let Some((len, role)) = longest(road, &[Role::Road])
        && (text[0].is_ascii_digit() || lead > 1 && len > 1)
    {
        return Some((text.len() - road.len() + len, role));
    }
    // C7厂房 is a building by its number.
    let digits = text[..lead].iter().filter(|c| c.is_ascii_digit()).count();
    if has(rest, Role::Unit) || lead < 2 || digits > 0 && digits < lead {
        return None;
    }
    if let Some((len, role)) = longest(rest, &[Role::Place]).filter(|(len, _)| *len > 1) {
        return Some((lead + len, role));
    }
    let (len, role) = component(rest, &[Role::Place, Role::Shop, Role::Inst])?;
    Some((lead + len, role))
}

/// Whether something numbered begins at a place of a name: 三单元, B座, 东户, 头排.
fn is_numbered(text: &[char], at: usize) -> bool {
    let (character, rest) = (text[at], &text[at + 1..]);
    let counted = is_numeral(character) || character.is_ascii_alphanumeric() || COUNTED.has(character);
    let unit = || heads(rest).filter(|(role, _)| *role == Role::Unit).map(|(_, len)| len).max();
    // 三门峡路: a gate in ideographs may be of a name.
    let called = |len: usize| {
        let gate = rest[0] == '门' && !character.is_ascii() && rest.len() > len + 1;
        longest(&rest[len..], &[Role::Road, Role::Village, Role::Area]).is_some()
            || gate && longest(&rest[len + 1..], &[Role::Road]).is_some()
    };
    counted
        && longest(rest, &[Role::Road, Role::Village]).is_none()
        && unit().is_some_and(|len| {
            let village = rest.get(len).is_some_and(|c| matches!(*c, '村' | '镇' | '乡' | '庄' | '屯'));
            !village && (!called(len) || !matches!(rest[0], '门' | '房' | '间'))
        })
        || rest.first().is_some_and(|next| is_sided(character, *next))
}

fn has(text: &[char], role: Role) -> bool {
    heads(text).any(|(known, _)| known == role)
}

/// Two to eight ideographs before a number, or before a quarter and a number, none of them a numeral, a side, or what
/// is numbered within a place.
fn name(text: &[char]) -> Option<usize> {
    let plain = |at: &usize| {
        let character = text[*at];
        is_ideograph(character) && !is_numeral(character) && !UNNAMED.has(character) && {
            let begun = Roles::begun(&text[*at..]);
            !(begun.has(Role::Unit) || begun.has(Role::Stop) && is_stop(&text[*at..]))
        }
    };
    let len = (0..text.len().min(9)).take_while(plain).count();
    let quarter = quarter(text.get(len..)?).filter(|quarter| is_number_at(text, len + quarter));
    // 阁 ends the name of one building.
    let end = (2..=8).contains(&len) && !matches!(text[len - 1], '上' | '下' | '中' | '阁');
    (end && (is_number_at(text, len) || quarter.is_some())).then_some(len + quarter.unwrap_or(0))
}

/// The quarter of a Japanese town, up to its 丁目: 北10条西5丁目, or the town before a number.
pub(super) fn district(text: &[char]) -> Option<usize> {
    // 東京都渋谷区: divisions that stand in the text.
    let mut at = 0;
    while let Some(len) = area(&text[at..]) {
        at += len;
    }
    let text = &text[at..];
    let fits = |c: &char| is_ideograph(*c) || matches!(c, '\u{3041}'..='\u{30fe}') || c.is_ascii_digit();
    let end = text.iter().take(14).take_while(|c| fits(c)).count();
    let block = (2..end).find(|at| text[*at..].starts_with(&['丁', '目'])).filter(|at| {
        text[..*at].iter().enumerate().all(|(place, c)| {
            !c.is_ascii_digit()
                || text[place..*at]
                    .iter()
                    .find(|c| !c.is_ascii_digit())
                    .is_none_or(|c| matches!(*c, '条' | '線' | '丁' | '番'))
        })
    });
    // 十日市場町, and none who is called so: 大町様.
    let ends = |at: &usize| {
        text[*at] == '町' && !text.get(at + 1).is_some_and(|c| matches!(*c, '様' | '方' | '殿' | '氏' | 'さ'))
    };
    let quarter = || (1..end.min(7)).find(ends).filter(|at| text[..*at].iter().all(|c| !c.is_ascii()));
    let town = block.map(|at| at + 2).or_else(|| quarter().map(|at| at + 1)).or_else(|| town(text));
    town.map(|len| at + len).or(Some(at)).filter(|len| *len > 0)
}

/// A Japanese town before a number: 西新宿2-8, 霞が関, 六本木6-10.
fn town(text: &[char]) -> Option<usize> {
    let of_names = |c: &char| is_ideograph(*c) && !"方様殿氏棟号室階".contains(*c) || "のがヶ".contains(*c);
    let count = |of_names: &dyn Fn(&char) -> bool| text.iter().take(7).take_while(|c| of_names(c)).count();
    let plain = count(&|c| of_names(c) && !is_numeral(*c));
    let numeral = count(&of_names);
    let fits = |len: &usize| (2..=6).contains(len) && !is_numeral(text[*len - 1]);
    let digit = |len: usize| text.get(len).is_some_and(char::is_ascii_digit);
    Some(plain)
        .filter(|len| fits(len) && text.get(*len).is_some_and(|c| is_numeral(*c)))
        .or(Some(numeral).filter(|len| fits(len) && digit(*len)))
}

/// A prefecture, city or ward that a Japanese address begins with.
fn area(text: &[char]) -> Option<usize> {
    let region = longest(text, &[Role::Region]).map(|(len, _)| len);
    let city = text
        .iter()
        .take(6)
        .take_while(|c| is_ideograph(**c) && **c != '丁')
        .position(|c| matches!(*c, '市' | '区' | '郡'))
        .filter(|len| *len > 1 || *len == 1 && text[1] == '区')
        .map(|len| len + 1);
    region.max(city)
}
