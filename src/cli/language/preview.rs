//! Texts of `wayseal seal --preview`.

use super::text::{sentences, texts};

texts! {
    PNG_OR_HTML =
        "a preview is shown in the terminal, or written to a file that ends in .png or .html",
        "预览显示在终端，或写入 .png 或 .html 文件";
    NEEDS_A_FILE =
        "a preview reads the orders twice: give a file, not the standard input",
        "预览需要读取订单两次：请给出文件，而非标准输入";
}

sentences! {
    labels(count) = "{count} labels", "{count} 张面单";
    summary(orders, labels, rejected, unsealed) =
        "{orders} orders = {labels} labels + {rejected} rejected + {unsealed} not sealed yet; a preview: no label was \
         written",
        "{orders} 个订单 = {labels} 张面单 + {rejected} 个被拒 + {unsealed} 个暂不加密；仅为预览，未写入任何面单";
}
