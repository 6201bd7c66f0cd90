//! Recipients that a platform has masked: `陈**`, `138****5678`, `科苑南路**号****`.

/// Digits of a whole number: a mark after as many hides none.
const WHOLE: usize = 10;

/// Characters that count what stands before them. A mark in place of the number hides it.
const COUNTED: &str = "号號室栋棟幢楼樓座单單层層弄巷村路街區区段";

/// Whether digits of a phone are hidden.
pub(super) fn masks_phone(cell: &str) -> bool {
    let (mut run, mut dashes, mut digits) = (0, 0, 0);
    for c in cell.chars() {
        if is_mark(c) && (digits < WHOLE || run > 0) {
            return true;
        }
        // One `x` leads to an extension, several stand for digits: `138XXXX5678`.
        let crossed =
            is_mark(c) || matches!(c, 'x' | 'X' | 'ｘ' | 'Ｘ' | '#' | '_' | '?' | '？' | '.' | '…' | '□');
        run = if crossed { run + 1 } else { 0 };
        dashes = if matches!(c, '-' | '－' | '—') { dashes + 1 } else { 0 };
        if digits < WHOLE && (run > 1 && (c != '.' || digits == 3) || dashes > 3) {
            return true;
        }
        digits += usize::from(c.is_numeric());
    }
    false
}

/// Whether a part of an address is hidden: two marks in a row, or one in place of a number or of the whole. One mark
/// between numbers is a separator: `3*1205`.
pub(super) fn masks_address(cell: &str) -> bool {
    let (mut before, mut marks, mut crosses) = (None, 0, 0);
    for c in cell.chars().filter(|c| !c.is_whitespace()) {
        if is_mark(c) && !(is_ring(c) && before.is_some_and(is_numeral)) {
            marks += 1;
            if marks > 1 {
                return true;
            }
            continue;
        }
        if COUNTED.contains(c) && (crosses > 1 || marks > 0 && !before.is_some_and(char::is_numeric)) {
            return true;
        }
        crosses = if matches!(c, 'x' | 'X' | 'ｘ' | 'Ｘ') { crosses + 1 } else { 0 };
        marks = 0;
        before = Some(c);
    }
    marks > 0 && before.is_none()
}

/// Whether a part of a name is hidden.
pub(super) fn masks_name(cell: &str) -> bool {
    cell.chars().any(|c| is_mark(c) && !is_bullet(c)) || is_all_marks(cell)
}

/// Whether nothing else stands in a cell.
fn is_all_marks(cell: &str) -> bool {
    let mut seen = cell.chars().filter(|c| !c.is_whitespace()).peekable();
    seen.peek().is_some() && seen.all(is_mark)
}

/// The signs that stand for a hidden character. The middle dot of names, `·`, is none.
const fn is_mark(c: char) -> bool {
    matches!(c, '*' | '＊' | '﹡' | '∗' | '⁎' | '✱' | '✲' | '×' | '✕' | '╳' | '■' | '█' | '▇' | '▉' | '▓')
        || is_bullet(c)
        || is_ring(c)
}

/// Marks that people also write before and after names.
const fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '●' | '⚫' | '∙' | '◆')
}

/// Rings, which people also write for the zero of Chinese numerals: `一○二号`.
const fn is_ring(c: char) -> bool {
    matches!(c, '○' | '◯' | '⭕')
}

/// A numeral, of digits or ideographs, or a ring in one.
fn is_numeral(c: char) -> bool {
    c.is_numeric() || "一二三四五六七八九十百".contains(c) || is_ring(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_with_hidden_digits_are_found() {
        for cell in [
            "138****5678",
            "138＊＊＊＊5678",
            "***********",
            "******78",
            "138XXXX5678",
            "138••••5678",
            "1*",
            "138xxxx5678",
            "138####5678",
            "138____5678",
            "138....5678",
            "138????5678",
            "138 **** 5678",
            "090-****-5678",
            "+1 *** *** 0142",
            "138●●●●5678",
            "13812345XXX",
            "138----5678",
            "1381234____",
            "1×",
        ] {
            assert!(masks_phone(cell), "{cell}");
        }
        for cell in [
            "13812345678-1234",
            "+1 480 555 0142 x77",
            "010-1234-5678",
            "",
            "1380013x12",
            "13812345678*1234",
            "13812345678##1234",
            "13812345678,,1234",
            "13812345678 ext..1234",
        ] {
            assert!(!masks_phone(cell), "{cell}");
        }
    }

    #[test]
    fn addresses_with_hidden_parts_are_found_and_separators_are_not() {
        for cell in [
            "***",
            "科苑南路**号云杉公寓****",
            "*****區***路",
            "科苑南路*号",
            "********",
            "*",
            "阳光花园* *",
            "科苑南路＊＊号",
            "科苑南路××号",
            "科苑南路XX号",
            "xx路xx号",
            "云杉公寓●●●",
            "12 Maple St***",
            "■■■■",
        ] {
            assert!(masks_address(cell), "{cell}");
        }
        for cell in [
            "科苑南路18号3*1205",
            "12 * 5 Main St",
            "云杉公寓3×1205",
            "买买提·艾力路3号",
            "3*5号",
            "",
            "长安街一○○号",
            "二○二室",
            "XX Street 5",
            "● 科苑南路18号",
            "Apt XXL 3",
            "3 x 5号",
        ] {
            assert!(!masks_address(cell), "{cell}");
        }
    }

    #[test]
    fn names_with_hidden_parts_are_found() {
        for cell in ["陈**", "C****n", "*", "陈＊", "********", "陈××", "●●●", "*晓岚"] {
            assert!(masks_name(cell), "{cell}");
        }
        for cell in ["阿布都·买买提", "", "O'Brien", "•林知夏•", "🌸小桃酱🌸"] {
            assert!(!masks_name(cell), "{cell}");
        }
    }
}
