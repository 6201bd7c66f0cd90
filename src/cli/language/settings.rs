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
}
