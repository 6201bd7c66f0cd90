//! Texts of `wayseal device`.

use super::text::texts;

texts! {
    NO_DEVICE =
        "no device in this folder; make one with `wayseal device init`, or give --folder",
        "这里没有设备：请用 `wayseal device init` 建立，或给出 --folder";
    DEVICE_EXISTS =
        "exists already; a device is never replaced: choose another folder with --folder",
        "已存在；设备不会被覆盖：请用 --folder 另选文件夹";
    REVOCATION_LIST = "revocation list", "吊销名单号";
    GRANT = "grant", "授权";
    SERIAL = "serial", "序号";
    KEYS_ADDED = "keys added", "新增密钥";
    KEYS_ERASED = "keys erased", "已删除密钥";
    KEYS_IN_USE = "keys in use", "可用密钥";
    NAME = "name", "名称";
    RECIPIENT = "recipient", "接收方";
    NEWEST_SIGNED_TIME = "newest signed time", "最近签名时间";
}
