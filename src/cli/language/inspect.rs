//! Texts of `wayseal inspect`.

use super::text::{sentences, texts};

texts! {
    HANDLE = "handle", "面单指纹";
    WAYBILL = "waybill", "运单号";
    SEALED_ON = "sealed on", "加密日期";
    STATION = "station", "网点";
    SEALER = "sealer", "打单方";
    SEALED = "sealed", "密文";
    TEXT = "text", "码内文本";
}

sentences! {
    station(region, site) = "region {region}, site {site}", "片区 {region}，站点 {site}";
    alias(alias) = "{alias}, an alias of this station and day", "{alias}（该网点当日的化名）";
    sizes(delivery, contact, whole) =
        "{delivery} bytes of delivery, {contact} of contact; {whole} in all",
        "派件信息 {delivery} 字节，联系信息 {contact} 字节；共 {whole} 字节";
}
