//! Texts of `wayseal seal --explain`.

use super::text::{sentences, texts};

texts! {
    CHOSEN = "chosen", "选用";
    SAME_SCORE = "same score, and not better otherwise", "得分相同，其他方面并不更好";
    EMPTY = ", ", "、";
    HOLD_TOO_FEW_CHARACTERS = "hold too few characters: ", "容量不足：";
    MODULES_TOO_SMALL = "would have modules under 0.33 mm: ", "模块将小于 0.33 毫米：";
}

sentences! {
    less(points) = "{points} less", "低 {points}";
    of_length(labels, chars, side) =
        "{labels} with {chars} characters, in a box of {side} mm: ",
        "{labels} 张为 {chars} 个字符，区域 {side} 毫米：";
    choice(mark, name, dots, module, side, capacity, score, why) =
        "\n  {mark} {name:<5} {dots:>2} dots, {module} mm a module; {side} mm wide; holds {capacity}; \
         score {score}: {why}",
        "\n  {mark} {name:<5} 每模块 {dots:>2} 点，{module} 毫米；边长 {side} 毫米；容量 {capacity}；得分 \
         {score}：{why}";
    label_notices(waybill, notices) = "{waybill}: {notices}", "{waybill}：{notices}";
    more_labels(count) = "{count} more labels have such notices", "另有 {count} 张面单有此类提示";
    page(labels, width, height, dpi, least, module) =
        "QR codes of {labels} labels of {width} × {height} mm at {dpi} dpi; modules of {least} dots or \
         more ({module} mm); the quiet zone is outside the box; scores compare read rates",
        "{labels} 张 {width} × {height} 毫米面单的二维码，{dpi} dpi；每模块至少 {least} 点（{module} 毫米）\
         ；静区在区域之外；得分用于比较识读率";
}
