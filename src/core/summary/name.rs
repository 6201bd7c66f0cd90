//! Names.

use super::fold::{folded, is_ideograph, is_numeric};
use super::list::List;
use crate::bytes::Text;

/// Surnames of two characters.
static COMPOUND: List<94> = List::new([
    "万俟", "贺兰", "完颜", "耶律", "纳兰", "段干", "公西", "漆雕", "乐正", "壤驷", "太史", "子车", "颛孙",
    "巫马", "公良", "夹谷", "宰父", "谷梁", "榖梁", "东门", "南荣", "亓官", "司寇", "哥舒", "達奚", "达奚",
    "萬俟", "賀蘭", "完顏", "納蘭", "赫連", "樂正", "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟",
    "公孙", "慕容", "令狐", "司徒", "夏侯", "端木", "南宫", "独孤", "闻人", "轩辕", "长孙", "宇文", "司空",
    "公羊", "澹台", "公冶", "宗政", "濮阳", "淳于", "单于", "太叔", "申屠", "仲孙", "钟离", "鲜于", "闾丘",
    "拓跋", "百里", "呼延", "西门", "第五", "东郭", "南门", "羊舌", "微生", "梁丘", "左丘", "赫连", "歐陽",
    "司馬", "諸葛", "東方", "尉遲", "公孫", "南宮", "獨孤", "聞人", "軒轅", "長孫", "澹臺", "濮陽", "單于",
    "仲孫", "鍾離", "閭丘",
]);

/// The first character, or the compound surname of a name of three or more, and at most two stars.
///
/// A name of another script shows its first letter and three stars, so that its length says nothing. A
/// phone typed into the name is no part of it.
pub(super) fn mask(name: &str) -> Text<64> {
    // What stands before a digit or a bracket is the name; spaces within it are a matter of taste.
    let letters = || {
        folded(name)
            .take_while(|c| !is_numeric(*c) && !matches!(*c, '(' | '[' | '{' | '（' | '【'))
            .filter(|c| !c.is_whitespace())
    };
    // 王. and A. are whole names of one letter; a star is a letter that somebody else has hidden.
    let count = letters().filter(|c| is_ideograph(*c) || c.is_alphabetic() || *c == '*').count();
    let mut out = Text::new();
    let Some(first) = letters().next().filter(|first| first.is_alphabetic() && count > 1) else {
        let _fits = out.push_str("*");
        return out;
    };
    let _fits = out.push(first);
    let stars = if !is_ideograph(first) {
        3
    } else if letters().any(|c| c == '·') {
        2
    } else {
        let second = letters().nth(1).unwrap_or('*');
        let surname = COMPOUND.from(first).any(|known| known.chars().nth(1) == Some(second));
        if count > 2 && surname {
            let _fits = out.push(second);
            (count - 2).min(2)
        } else {
            (count - 1).min(2)
        }
    };
    for _ in 0..stars {
        let _fits = out.push('*');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_masked_by_their_kind() {
        for (name, masked) in [
            ("王芳", "王*"),
            ("王小芳", "王**"),
            ("王 小 芳", "王**"),
            ("欧阳", "欧*"),
            ("欧阳修", "欧阳*"),
            ("欧阳修远", "欧阳**"),
            ("阿布都热合曼·买买提", "阿**"),
            ("王", "*"),
            ("王.", "*"),
            // Hidden before by somebody else.
            ("王**", "王**"),
            ("", "*"),
            ("O'Brien", "O***"),
            ("John Smith", "J***"),
            ("Иван Петров", "И***"),
            ("ٱلِف محمد", "ٱ***"),
            ("13812345678", "*"),
            ("王芳13812345678", "王*"),
            ("😀😀", "*"),
        ] {
            assert_eq!(&*mask(name), masked, "{name}");
        }
    }
}
