//! Texts of the authority's commands.

use super::text::{sentences, texts};

texts! {
    THE_AUTHORITY_IS_IN = "The authority is in", "授权机构已建立于";
    AFTER_INIT =
        "Give authority.pub to every device; keep authority.age apart from what opens it, and make a \
         backup: wayseal authority shares make.",
        "请将 authority.pub 发给每台设备；authority.age 与口令或私钥分开保管，并做好备份：wayseal \
         authority shares make。";
    GRANTS_FROM_ROOT = "Grants are made from root", "今后的授权使用根密钥";
    AFTER_ROTATION =
        "Make a new backup. Send scanners top-ups of the new root before sealers get grants of it; \
         grants for older days need --generation. When no parcel of the old root is in transit, run: wayseal \
         authority retire.",
        "请重新做备份。先给扫描设备增补新根密钥的授权，再给打单方签发；旧日期的授权请加 --generation。旧根\
         密钥的包裹全部签收后：wayseal authority retire。";
    ROOTS_ERASED = "roots erased:", "已删除的根密钥：";
    IN_USE_ROOT = "in use: root", "现用根密钥";
    AUTHORITY_EXISTS =
        "exists already; an authority is never replaced: choose another folder with --folder",
        "已存在；授权机构不会被覆盖：请用 --folder 另选文件夹";
    NO_SUCH_ROOT = "the authority holds no root", "授权机构没有根密钥";
    IT_HOLDS = "it holds", "现有";
    GRANT = "grant", "授权";
    DAYS = "days", "日期";
    KEYS = "keys", "个密钥";
    ISSUER_OF_ISSUER =
        "an issuer cannot make another issuer or a stop key: leave out --issuer",
        "签发方不能再签发签发方或停用密钥：请去掉 --issuer";
    ISSUER_OF_OLD_ROOT =
        "issuers and stop keys are made from the newest root: leave out --generation",
        "签发方和停用密钥只能由最新的根密钥签发：请去掉 --generation";
}

sentences! {
    register_damaged(path) =
        "{path}: not a register of stations, or a damaged one; put it back from a backup, or remove it if no station was removed within 512 days",
        "{path}：不是网点登记簿，或已损坏：请从备份恢复；若 512 天内没有删除过网点，可将其删除";
    with_predecessor(code, until) =
        "with the keys of station {code}, which was over after {until} and whose last parcels its successor delivers",
        "含网点 {code} 的密钥：该网点在 {until} 后停用，其最后的包裹由后继网点派送";
    station_over(code, until) =
        "station {code} was over after {until}: no label of the grant's days is sealed for it; name another station",
        "网点 {code} 在 {until} 后停用，授权的日期内没有它的面单；请填写其他网点";
    station_followed(code, until, successors) =
        "station {code} was over after {until}: no label of the grant's days is sealed for it; name its successor: {successors}",
        "网点 {code} 在 {until} 后停用，授权的日期内没有它的面单；请填写后继网点：{successors}";
    station_not_yet(code, from) =
        "station {code} begins on {from}, after the grant's last day; make the grant then, or correct the file of stations",
        "网点 {code} 自 {from} 启用，晚于授权的最后一天；请届时再签发，或更正网点文件";
    list_behind(file, held, newest) =
        "{file}: the newest revocation list has number {newest}, and number {held} is here; put the newest one back, from a device's station or a backup: without it nobody gets a grant",
        "{file}：最新的吊销名单为 {newest} 号，此处为 {held} 号；请从网点或备份取回最新名单：没有它不能签发任何授权";
    roots_needed(until) =
        "labels sealed under the old root are kept for returns and enquiries until {until}, and need it until then; wait, name another time by --retention, or erase it nevertheless with --although-needed",
        "用旧根密钥加密的面单在 {until} 之前仍可能需要退回或查询，到那时为止都需要旧根密钥；请等待，或用 --retention 指定其他期限，或用 --although-needed 仍然删除";
    is_locked(file) =
        "{file}: another command has held it for ten seconds; wait for that command, then try again",
        "{file}：另一条命令占用已超过十秒；请等它结束后重试";
    bad_serial(file) =
        "{file}: not a number; restore it from a backup",
        "{file}：不是数字；请从备份恢复";
    not_a_day_issuer(role) =
        "the grant of --issuer is for the role {role} and cannot make grants; ask the authority for the grant of an issuer",
        "--issuer 给出的授权为 {role} 角色，不能签发授权；请向授权机构申请签发方的授权";
    stations_signed(file, count, time) =
        "{file}: {count} stations, signed at {time}; send it with the file of stations",
        "{file}：{count} 个网点，签名于 {time}；请与网点文件一并发出";
}
