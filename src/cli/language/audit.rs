//! Texts of audits of labels.

use super::text::texts;

texts! {
    MADE_BY_SEALER = "made by the named sealer:", "确由所标打单方制作：";
    MADE_BY_NO_SEALER = "made by no sealer:", "非任何打单方制作：";
    NOT_EXAMINED = "not examined:", "未能检查：";
    NAMES_SEALER = "names sealer", "标明打单方";
    FORGED = "but was made or altered by a holder of its station's keys", "实为持有该网点密钥者伪造或篡改";
    CONTACT_ALTERED = "but its contact section was altered", "其联系方式部分被篡改";
}
