//! Texts of audits of labels.

use super::text::{sentences, texts};

texts! {
    MADE_BY_SEALER = "made by the named sealer:", "确由所标打单方制作：";
    MADE_BY_NO_SEALER = "made by no sealer:", "非任何打单方制作：";
    NOT_EXAMINED = "not examined:", "未能检查：";
    NAMES_SEALER = "names sealer", "标明打单方";
    FORGED = "but was made or altered by a holder of its station's keys", "实为持有该网点密钥者伪造或篡改";
    CONTACT_ALTERED = "but its contact section was altered", "其联系方式部分被篡改";
}

sentences! {
    for_tenant(sealer, tenant, name) =
        "made by sealer {sealer} for its tenant {tenant} {name}",
        "由打单方 {sealer} 为其租户 {tenant} 制作 {name}";
    no_tenant(file, line, number) =
        "{file}, line {line}: {number} is not a tenant's number, 0 to 4294967295; a name goes after a comma",
        "{file} 第 {line} 行：{number} 不是租户号（0 至 4294967295）；名称写在逗号之后";
    tenant_twice(file, line, number, before) =
        "{file}, line {line}: tenant {number} is on line {before} too; give each one line",
        "{file} 第 {line} 行：租户 {number} 与第 {before} 行重复，每个租户只写一行";
    too_many_tenants(file, most) =
        "{file}: more than {most} tenants; audit with one part of them after the other",
        "{file}：租户超过 {most} 个，请分批核对";
}
