//! What comes off a name and an address, and what stays.

use super::*;
use crate::batch::recipient::aside::parts::FieldKind;

fn read(cell: &str, holds: Holds) -> (&str, Vec<&str>, Option<String>) {
    let parts = parts(cell, holds);
    let remarks = parts.remarks.into_iter().map(|at| &cell[at]).collect();
    (&cell[parts.own], remarks, parts.extension.map(|found| found.digits.to_string()))
}

#[test]
fn remarks_labels_and_extensions_come_off_a_name() {
    for (cell, name, remarks, extension) in [
        ("张三（放门口）", "张三", vec!["放门口"], None),
        ("送货上门 林知夏", "林知夏", vec!["送货上门"], None),
        ("（送货上门）林知夏", "林知夏", vec!["送货上门"], None),
        ("收件人：林知夏", "林知夏", vec![], None),
        ("收件人 林知夏", "林知夏", vec![], None),
        ("林知夏 收", "林知夏", vec![], None),
        ("林知夏（收）", "林知夏", vec![], None),
        ("林知夏放门口", "林知夏", vec!["放门口"], None),
        ("林知夏请打电话", "林知夏", vec!["请打电话"], None),
        ("送货上门林知夏", "林知夏", vec!["送货上门"], None),
        ("林知夏-请打电话，谢谢", "林知夏", vec!["请打电话，谢谢"], None),
        ("团长阿珍-林知夏", "林知夏", vec!["团长阿珍"], None),
        ("团长：阿珍 林知夏", "林知夏", vec!["团长：阿珍"], None),
        ("林知夏-团长阿珍", "林知夏", vec!["团长阿珍"], None),
        ("林知夏（团长阿珍）", "林知夏", vec!["团长阿珍"], None),
        ("团长阿珍", "阿珍", vec!["团长"], None),
        ("陈晓岚[1234]", "陈晓岚", vec![], Some("1234")),
        ("陈晓岚【分机6057】", "陈晓岚", vec![], Some("6057")),
        ("收货人: 张三 [1234]（请打电话）", "张三", vec!["请打电话"], Some("1234")),
        ("Dana Whitfield (leave at door)", "Dana Whitfield", vec!["leave at door"], None),
    ] {
        assert_eq!(read(cell, Holds::Name), (name, remarks, extension.map(str::to_owned)), "{cell}");
    }
}

#[test]
fn what_may_be_part_of_a_name_or_address_stays() {
    for cell in [
        "Smith (Bob)",
        "王芳（王姐）",
        "O'Brien",
        "[1234]",
        "团长",
        "",
        "收件人",
        "（放门口）",
        "Anna-Lena Please",
        "林-知夏",
    ] {
        assert_eq!(read(cell, Holds::Name), (cell, vec![], None), "{cell}");
    }
    for cell in [
        "人民路1号(东门)",
        "云杉公寓3栋(A座)1205",
        "送货上门路3号",
        "Maple Street (rear)",
        "急件街",
        "云杉公寓 别墅区3号",
        "云杉公寓3栋(菜鸟驿站)",
        "12 Main St, Call Box 5",
        "人民路1号 自提点",
        "科苑南路18号-3-1205",
        "",
    ] {
        assert_eq!(read(cell, Holds::Address), (cell, vec![], None), "{cell}");
    }
}

#[test]
fn remarks_labels_and_extensions_come_off_an_address() {
    for (cell, address, remarks, extension) in [
        ("科苑南路18号云杉公寓3栋1205[1234]", "科苑南路18号云杉公寓3栋1205", vec![], Some("1234")),
        ("收货地址：科苑南路18号 送货上门", "科苑南路18号", vec!["送货上门"], None),
        ("科苑南路18号，请勿放驿站，派前电联", "科苑南路18号", vec!["请勿放驿站，派前电联"], None),
        ("科苑南路18号1205送货上门", "科苑南路18号1205", vec!["送货上门"], None),
        ("【送货上门】科苑南路18号", "科苑南路18号", vec!["送货上门"], None),
        ("Maple Street 5, leave with neighbor", "Maple Street 5", vec!["leave with neighbor"], None),
    ] {
        assert_eq!(read(cell, Holds::Address), (address, remarks, extension.map(str::to_owned)), "{cell}");
    }
}

#[test]
fn labelled_fields_are_told_apart() {
    let cell = "收货地址：科苑南路18号 收货人：林知夏 电话：13812345678";
    let parts = parts(cell, Holds::Address);
    assert_eq!(&cell[parts.own], "科苑南路18号");
    let fields: Vec<_> = parts.fields.iter().map(|field| (field.kind, &cell[field.value.clone()])).collect();
    assert_eq!(fields, [(FieldKind::Name, "林知夏"), (FieldKind::Phone, "13812345678")]);
    let bracketed = super::parts("科苑南路18号(邮编：518000)", Holds::Address);
    assert_eq!(bracketed.own, 0.."科苑南路18号".len());
}
