//! Texts of `wayseal watch`.

use super::text::{sentences, texts};

texts! {
    OUT_IS_NO_TEXT = "--out must be text in UTF-8", "--out 须为 UTF-8 文字";
    NOT_TO_STANDARD_OUTPUT =
        "the labels of many files need files of their own: give --out a folder, or a name with {}",
        "多个文件的面单须分别存放：请让 --out 为文件夹，或为含 {} 的文件名";
    PRINTERS_LANGUAGE =
        "--print needs a printer's language: leave --format out, or give zpl, tspl, zpl-native or tspl-native",
        "--print 需要打印机语言：请去掉 --format，或用 zpl、tspl、zpl-native、tspl-native";
    NO_OUTPUT =
        "say where labels go: --out 'labels/{}.zip', where {} stands for the file's name, or --print PRINTER",
        "请说明面单的去处：--out 'labels/{}.zip'（{} 代表文件名），或 --print 打印机";
    CODES_OF_EACH =
        "each file needs a file of codes of its own, outside the folder: give --codes a name with {}, such as 'codes/{}.csv'",
        "每个文件须有自己的签收码文件，且不在该文件夹内：请让 --codes 含 {}，例如 'codes/{}.csv'";
    WATCHED =
        "another wayseal is watching it; end that one first",
        "另一个 wayseal 正在监视：请先结束它";
    FINISHING_FILE =
        "finishing the file in hand; press Ctrl-C again to stop at once: it is then resumed next time",
        "正在完成手中的文件；再按一次 Ctrl-C 立即停止，下次启动时续做";
    STOPPED = "stopped; nothing is in hand", "已停止，手中没有未完成的文件";
    LINK = "a link, which is not followed; put the file itself there", "是链接，不予跟随：请放入文件本身";
    KIND = "a folder, pipe or device and no file", "是文件夹、管道或设备，不是文件";
    SECOND_NAME =
        "the file has a second name elsewhere (a hard link); copy it there",
        "该文件另有一个名字（硬链接）：请放入副本";
    NAME =
        "the name is longer than 200 bytes, begins with - or has characters that cannot be shown; rename it",
        "文件名超过 200 字节、以 - 开头或含有不可显示的字符：请改名";
    UNFINISHED =
        "a name for what is hidden or not finished; rename it when it is",
        "是隐藏文件或未完成文件的名字：完成后请改名";
    ENDING =
        "not an ending of a file of orders (.csv .tsv .txt .jsonl .ndjson .xlsx .xls .ods .parquet); left there",
        "不是订单文件的扩展名（.csv .tsv .txt .jsonl .ndjson .xlsx .xls .ods .parquet）：未处理";
    OPEN =
        "open in Excel or LibreOffice, by the file ~$… or .~lock… beside it; close it, or delete that file if it \
         is left over",
        "正被 Excel 或 LibreOffice 打开（旁边有 ~$… 或 .~lock… 文件）：请关闭；若为残留请删除该文件";
    STILL_GROWING = "not whole yet; left for the next run", "尚未写完：留待下次";
    CHANGED =
        "the file was still being written while it was sealed; do not use labels that were made of it, and put \
         the whole file into the folder under another name",
        "打单时文件仍在写入：请勿使用由它生成的面单，并以另一文件名重新放入完整的文件";
    STRANDED =
        "it was interrupted on an earlier day, whose keys are no longer in the grant; remove the labels made of \
         it, and put it into the folder again",
        "此文件在之前的日期中断，授权中已没有那天的密钥：请删除由它生成的面单，再重新放入";
    RETRY =
        "nothing is lost; it is tried again in ten seconds, and when the command is started again",
        "没有丢失：十秒后及下次启动时重试";
}

sentences! {
    of_one_file(flag) =
        "--{flag} is of one file, not of a folder; leave it out",
        "--{flag} 只用于单个文件，不用于文件夹：请去掉";
    watching(folder) = "watching {folder}; end with Ctrl-C", "正在监视 {folder}，按 Ctrl-C 结束";
    took(file, name) = "{file}: taken as {name}", "{file}：按 {name} 处理";
    done(file, to) = "{file} → {to}", "{file} → {to}";
    why_failed(file, why) =
        "{file} was not sealed: {why}\n\nCorrect it and put it into the watched folder again. If there are labels \
         of it already, do not use them: the corrected file makes them again.",
        "{file} 未打单：{why}\n\n请更正后重新放入监视的文件夹。若已有部分面单请勿使用：更正后的文件会重新生成。";
    why_rejected(rejected, rows, file, labels, rejects) =
        "{rejected} of {rows} orders of {file} gave no label; the others are in {labels}.\n\nCorrect {rejects} and \
         put it into the watched folder. Do not put {file} there again: its other orders have labels.",
        "{file} 的 {rows} 个订单中有 {rejected} 个没有面单，其余见 {labels}。\n\n请更正 {rejects} 并放入监视的\
         文件夹。请勿再次放入 {file}：其他订单已有面单。";
    why_not_printed(labels, printer, why, ledger) =
        "{labels} was not printed whole on {printer}: {why}\n\nLook which label came out last, and print those after it \
         with\n  wayseal print {labels} --to {printer} --ledger {ledger} --from WAYBILL\nor scan the last good one \
         with --from -",
        "{labels} 未能在 {printer} 上完整打印：{why}\n\n请看最后打出的是哪一张，再打其后的各张：\n  \
         wayseal print {labels} --to {printer} --ledger {ledger} --from 运单号\n也可用 --from - 扫描最后一张完好的面单";
}
