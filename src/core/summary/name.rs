//! Names.

use super::line::{alike, alphabetic, fold, is_alphabetic, is_ideograph, lower, words};
use super::utf8::first;
use super::variants::{simplified, traditional};
use super::words::{Role, heads, longest, roles};
use super::writing::Writing;
use crate::bytes::Text;
use zeroize::Zeroize as _;

/// Characters of a name that are looked at.
const LONGEST: usize = 48;

/// A name without what stands at it: labels, titles, brackets, blanks between ideographs. Wiped on drop.
pub(super) struct Known {
    chars: [char; LONGEST],
    len: usize,
    /// Whether it has the form of one person's name.
    whole: bool,
}

impl Drop for Known {
    fn drop(&mut self) {
        self.chars.zeroize();
    }
}

impl Known {
    pub(super) fn new(name: &str) -> Self {
        let mut known = Self { chars: ['\0'; LONGEST], len: 0, whole: true };
        let mut cut = false;
        for typed in name.chars() {
            fold(typed, |character| {
                if !is_ideograph(character) {
                    let bracket =
                        matches!(character, '(' | '[' | '{' | '<' | '【' | '《' | '「' | '『' | '〔');
                    let closing = matches!(
                        character,
                        ')' | ']' | '}' | '>' | '】' | '》' | '」' | '』' | '〕' | '"' | '“' | '”'
                    );
                    if bracket && known.len == 0 || closing {
                        return;
                    }
                    cut |= known.len > 0 && (bracket || character.is_numeric());
                }
                if !cut {
                    known.push(character);
                }
            });
        }
        known.trim();
        known
    }

    fn push(&mut self, character: char) {
        let last = self.len.checked_sub(1).map(|last| self.chars[last]);
        if character == ' ' && matches!(last, None | Some(' ')) {
            return;
        }
        match self.chars.get_mut(self.len) {
            Some(place) => {
                *place = simplified(character);
                self.len += 1;
            }
            None => self.whole = false,
        }
    }

    /// Takes labels off the beginning and titles off both ends.
    fn trim(&mut self) {
        let joins = |c: char| matches!(c, ' ' | '-' | '.' | ',' | '_' | '/' | ':' | ';' | '\'' | '*');
        let wide = self.chars[..self.len].iter().any(|c| is_ideograph(*c));
        if let Some((label, _)) = longest(&self.chars[..self.len], &[Role::Label])
            && self.len > label + usize::from(self.chars[label] == ':')
        {
            self.remove(0, label);
        }
        if wide {
            self.retain(|c| !joins(c) || c == '*');
        }
        while self.len > 0 && joins(self.chars[0]) && self.chars[0] != '*' {
            self.remove(0, 1);
        }
        while self.len > 0 && joins(self.chars[self.len - 1]) && self.chars[self.len - 1] != '*' {
            self.len -= 1;
        }
        if wide {
            while let Some(len) = self.title_behind() {
                self.len -= len;
            }
        } else {
            self.trim_words();
        }
    }

    fn title_behind(&self) -> Option<usize> {
        let titles = (1..self.len).filter(|at| {
            let rest = &self.chars[*at..self.len];
            let long = rest.len() > 1 || *at > 1;
            long && heads(rest).any(|(role, len)| role == Role::Title && len == rest.len())
        });
        titles.min().map(|at| self.len - at)
    }

    /// Takes titles off words: Dr. Amelia Hart; and puts the given name first: Hart, Amelia.
    fn trim_words(&mut self) {
        if let Some(comma) = self.chars[..self.len].iter().position(|c| *c == ',') {
            self.chars[..self.len].rotate_left(comma);
            let family = self.len - comma;
            self.chars[..family].iter_mut().take(1).for_each(|c| *c = ' ');
            // Between the given name, now first, and the family's name stood no blank.
            if self.len < LONGEST {
                self.chars.copy_within(family..self.len, family + 1);
                self.chars[family] = ' ';
                self.len += 1;
            }
            while self.len > 0 && self.chars[0] == ' ' {
                self.remove(0, 1);
            }
        }
        loop {
            let text = &self.chars[..self.len];
            let is_title = |word: &[char]| {
                let word = word.strip_suffix(&['.']).unwrap_or(word);
                roles(word).has(Role::Title)
            };
            let first = text.iter().position(|c| *c == ' ');
            let last = text.iter().rposition(|c| *c == ' ');
            match (first, last) {
                (Some(first), _) if is_title(&text[..first]) => self.remove(0, first + 1),
                (_, Some(last)) if is_title(&text[last + 1..]) => self.len = last,
                _ => break,
            }
        }
    }

    fn remove(&mut self, start: usize, count: usize) {
        self.chars.copy_within(start + count..self.len, start);
        self.len -= count;
    }

    fn retain(&mut self, keep: impl Fn(char) -> bool) {
        let mut kept = 0;
        for at in 0..self.len {
            if keep(self.chars[at]) {
                self.chars[kept] = self.chars[at];
                kept += 1;
            }
        }
        self.len = kept;
    }

    /// The characters of the name.
    pub(super) fn text(&self) -> &[char] {
        &self.chars[..self.len]
    }

    /// Whether it is written in ideographs.
    pub(super) fn is_wide(&self) -> bool {
        self.text().iter().any(|c| is_ideograph(*c))
    }

    /// How many characters the mask shows.
    pub(super) fn shown(&self, writing: Writing) -> usize {
        let text = self.text();
        let letters = text.iter().filter(|c| is_alphabetic(**c) || **c == '*').count();
        let fits =
            |c: &char| is_alphabetic(*c) || is_mark(*c) || matches!(c, ' ' | '·' | '.' | '-' | '\'' | '*');
        let first = text.first().is_some_and(|c| is_alphabetic(*c));
        if !self.whole || !first || letters < 2 || !text.iter().all(fits) {
            return 0;
        }
        let dotted = text.contains(&'·');
        if !self.is_wide() {
            let words = text.split(|c| *c == ' ').count();
            return usize::from(words <= 5 || text.iter().filter(|c| **c != ' ').count() <= words);
        }
        let wide = text.iter().all(|c| is_ideograph(*c) || matches!(c, '·' | '*'));
        match letters {
            _ if dotted && wide => 1,
            3 | 4 if wide && writing != Writing::Japan && is_compound(text) => 2,
            2..=4 => 1,
            // 佐々木健太郎, 高橋みなみ.
            5 | 6 if !wide || writing == Writing::Japan => 1,
            _ => 0,
        }
    }

    /// Whether it is a firm's: 云帆书店.
    pub(super) fn is_firm(&self) -> bool {
        let text = self.text();
        let firm = |at: usize| {
            longest(&text[at..], &[Role::Shop, Role::Place, Role::Inst])
                .is_some_and(|(len, _)| len > 1 && at + len == text.len())
        };
        text.last().is_some_and(|c| "店部厂铺局社".contains(*c)) || (1..text.len()).any(firm)
    }

    /// Whether the name stands in a component of an address that is not a road of that name.
    pub(super) fn stands_in(&self, component: &[char], road: bool, shop: bool) -> bool {
        let name = self.text();
        self.is_wide()
            && !road
            && (name.len() >= 3 || name.len() == 2 && (shop || component.len() == 2))
            && component.windows(name.len().max(1)).any(|window| window == name)
    }

    /// Whether the name stands in a text.
    pub(super) fn is_in(&self, text: &[char]) -> bool {
        self.len > 1 && text.windows(self.len).any(|window| alike(window, self.text()))
    }

    /// Whether the words of a text have all those of the name, two at least, or are them written as one.
    pub(super) fn is_all_of(&self, text: &[char]) -> bool {
        let letters = |text: &'_ [char]| text.iter().filter(|c| alphabetic(**c)).count();
        let own = letters(self.text());
        if own < 4 {
            return false;
        }
        words(text).any(|word| is_joined(word, self.text()))
            || words(self.text()).count() > 1
                && words(self.text()).all(|word| words(text).any(|other| alike(word, other)))
    }
}

/// Whether a word is a name written as one.
pub(super) fn is_joined(word: &[char], name: &[char]) -> bool {
    let letters = name.iter().filter(|c| alphabetic(**c));
    word.iter().map(|c| lower(*c)).eq(letters.map(|c| lower(*c)))
}

fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{6ed}' | '\u{900}'..='\u{109f}' | '\u{17b4}'..='\u{17d3}' | '\u{1ab0}'..='\u{1aff}')
        && !character.is_alphanumeric()
}

fn is_compound(name: &[char]) -> bool {
    let [one, other, ..] = name else { return false };
    COMPOUND.iter().any(|known| known[0] == *one && known[1] == *other)
}

/// Surnames of two characters.
static COMPOUND: [[char; 2]; COMPOUNDS.len() / 6] = {
    let mut pairs = [['\0'; 2]; COMPOUNDS.len() / 6];
    let mut at = 0;
    while at < pairs.len() {
        pairs[at] = [first(COMPOUNDS.as_bytes(), at * 6), first(COMPOUNDS.as_bytes(), at * 6 + 3)];
        at += 1;
    }
    pairs
};

const COMPOUNDS: &str = "万俟贺兰完颜耶律纳兰段干公西漆雕乐正壤驷太史子车颛孙巫马公良夹谷宰父谷梁榖梁东门南荣亓官司寇哥舒达奚\
    欧阳司马上官诸葛东方皇甫尉迟公孙慕容令狐司徒夏侯端木南宫独孤闻人轩辕长孙宇文司空公羊澹台公冶宗政濮阳淳于单于太叔\
    申屠仲孙钟离鲜于闾丘拓跋百里呼延西门第五东郭南门羊舌微生梁丘左丘赫连";

/// The first character, or the surname of two of a name of three or more, and stars that say nothing of a long name.
pub(super) fn mask(known: &Known, name: &str, writing: Writing) -> Text<64> {
    let shown = known.shown(writing);
    let mut out = Text::new();
    for (at, character) in known.text()[..shown].iter().enumerate() {
        let printed = match writing {
            Writing::Traditional => traditional(*character),
            Writing::Japan => name.chars().find(|c| simplified(*c) == *character).unwrap_or(*character),
            _ => *character,
        };
        if at == 0 && printed < '\u{530}' {
            printed.to_uppercase().take(1).for_each(|c| {
                let _fits = out.push(c);
            });
        } else {
            let _fits = out.push(printed);
        }
    }
    let letters = known.text().len();
    let stars = match (shown, known.is_wide()) {
        (0, _) => 1,
        (_, false) => 3,
        (shown, true) => (letters - shown).min(2),
    };
    for _ in 0..stars {
        let _fits = out.push('*');
    }
    out
}
