//! Texts of the authority's commands.

use super::text::texts;

texts! {
    THE_AUTHORITY_IS_IN = "The authority is in", "授权机构已建立于";
    AFTER_INIT =
        "Give authority.pub to every device; keep authority.age and what opens it apart, and make a \
         backup: wayseal authority shares make.",
        "请将 authority.pub 发给每台设备；authority.age 与口令或私钥分开保管，并做好备份：wayseal \
         authority shares make。";
    GRANTS_FROM_ROOT = "Grants are made from root", "今后的授权使用根密钥";
    AFTER_ROTATION =
        "Make the backup anew. Send scanners top-ups of the new root before sealers get grants of it; \
         older days are granted with --generation. When no parcel of the old root is under way: wayseal \
         authority retire.",
        "请重新做备份。先给扫描设备增补新根密钥的授权，再给打单方签发；旧日期的授权请加 --generation。旧根\
         密钥的包裹全部签收后：wayseal authority retire。";
    ROOTS_ERASED = "roots erased:", "已删除的根密钥：";
    IN_USE_ROOT = "in use: root", "现用根密钥";
    AUTHORITY_EXISTS =
        "is there already; an authority is never replaced: choose another folder with --folder",
        "已存在；授权机构不会被覆盖：请用 --folder 另选文件夹";
    NO_SUCH_ROOT = "the authority holds no root", "授权机构没有根密钥";
    IT_HOLDS = "it holds", "现有";
    GRANT = "grant", "授权";
    DAYS = "days", "日期";
    KEYS = "keys", "个密钥";
}
