//! Texts of settings that are missing or wrong.

use super::text::{sentences, texts};

texts! {
    NO_STATIONS_FILE =
        "no file of stations: give --stations FILE, or set `stations` in wayseal.toml",
        "没有网点文件：请给出 --stations 文件，或在 wayseal.toml 中设置 `stations`";
    CLOCK_OUT_OF_RANGE =
        "the machine's clock is not in 2020 to 2199; set it, or give --day",
        "本机时钟不在 2020 至 2199 年：请校对，或给出 --day";
}

sentences! {
    no_public_key(error) =
        "{error}; give the authority's public key with --authority FILE, or set `authority` in wayseal.toml",
        "{error}；请用 --authority 给出授权机构的公钥文件，或在 wayseal.toml 中设置 `authority`";
    not_a_public_key(file) =
        "{file}: not an authority's public key; take authority.pub of the authority's folder",
        "{file}：不是授权机构的公钥；请使用授权机构文件夹中的 authority.pub";
    not_utf8(file) =
        "{file}: not UTF-8; save the file in UTF-8",
        "{file}：不是 UTF-8；请以 UTF-8 保存";
    not_toml(file, line, error) =
        "{file}, line {line}: {error}", "{file}，第 {line} 行：{error}";
    no_config(file) =
        "{file}: no such configuration file; name another with --config", "{file}：没有此配置文件；请用 --config 另行指定";
    not_from_here(file, keys, own) =
        "{file} in the working folder sets {keys}, and whoever can write to a folder could set that; if the file is yours, name it with --config {file}, or set {keys} in {own}",
        "工作文件夹中的 {file} 设置了 {keys}，而能写入此文件夹的人都能设置；若是您的文件，请用 --config {file} 指定，或在 {own} 中设置 {keys}";
    not_from_here_alone(file, keys) =
        "{file} in the working folder sets {keys}, and whoever can write to a folder could set that; if the file is yours, name it with --config {file}",
        "工作文件夹中的 {file} 设置了 {keys}，而能写入此文件夹的人都能设置；若是您的文件，请用 --config {file} 指定";
    pin_named(file, digits) =
        "authority {digits} … of {file}; compare it with the authority's own",
        "授权机构 {digits} …，来自 {file}；请与授权机构核对";
    pin_of_config(file, digits, config) =
        "authority {digits} … of {file}, which {config} names",
        "授权机构 {digits} …，来自 {config} 指定的 {file}";
    pin_of_folder(file, digits) =
        "authority {digits} … of {file} in the working folder; compare it with the authority's own, or name the file with --authority",
        "授权机构 {digits} …，来自工作文件夹中的 {file}；请与授权机构核对，或用 --authority 指定文件";
    stations_unsigned(file) =
        "{file}: the grant demands a file of stations that the authority signed, and no signature lies beside it; ask the authority for {file}.sig",
        "{file}：授权要求使用授权机构签名的网点文件，而旁边没有签名；请向授权机构索取 {file}.sig";
    stations_old(file, signed, least) =
        "{file}: signed at {signed}, and the grant demands one of {least} or later; ask the authority for the newest file and its signature",
        "{file}：签名于 {signed}，而授权要求 {least} 或更晚；请向授权机构索取最新的网点文件及签名";
    stations_not_signed_yet(file) =
        "{file}: not signed, and the grant is to demand it; run wayseal authority sign-stations first",
        "{file}：尚未签名，而授权要求签名；请先运行 wayseal authority sign-stations";
}
