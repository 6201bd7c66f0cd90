//! Texts of audits of labels.

use super::text::texts;

texts! {
    MADE_BY_THE_SEALER_NAMED = "made by the sealer named:", "确由所标打单方制作：";
    MADE_BY_NO_SEALER = "made by no sealer:", "非任何打单方制作：";
    NOT_EXAMINED = "not examined:", "未能检查：";
    NAMES_SEALER = "names sealer", "标明打单方";
    AND_WAS_MADE_OR_ALTERED = "and was made or altered by a holder of its station's keys", "实为持有该网点密钥者伪造或篡改";
    AND_ITS_CONTACT_SECTION_WAS = "and its contact section was altered", "其联系方式部分被篡改";
}
