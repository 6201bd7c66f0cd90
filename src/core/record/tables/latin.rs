//! Written by `benches/train/train.py`.

use crate::record::offsets::offsets;
use crate::record::text::Table;

#[rustfmt::skip]
const LENGTHS: &[u8] = &[0, 0, 1, 1, 1, 0, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 1, 1, 2, 1, 1, 2, 1, 2, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 1, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 6, 2, 2, 2, 2, 2, 2, 2, 2, 7, 2, 4, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 2, 1, 2, 2, 3, 1, 1, 2, 2, 1, 1, 2, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 3, 2, 2, 3, 3, 5, 3, 3, 5, 7, 3, 2, 1, 3, 2, 3, 2, 5, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 5, 2, 1, 2, 1, 1, 3, 3, 3, 4, 4, 2, 2, 3, 2, 2, 2, 3, 3, 3, 3, 2, 2, 4, 2, 2, 3, 2, 2, 5, 3, 3, 3, 4, 2, 2, 2, 2, 2, 2, 7, 6, 3, 3, 6, 4, 3, 6, 5, 3, 2, 2, 6, 4, 6, 5, 6, 7, 5, 5, 3, 7, 3, 4, 4, 4, 4, 11, 3, 3, 4, 3, 1, 3, 4, 3, 4, 7, 7, 7, 6, 8, 8, 6, 8, 5, 1, 1, 8, 8, 5, 8, 6, 7, 6, 5, 6, 5, 4, 4, 5, 4, 7, 1, 7, 5, 9, 5, 9, 8, 8, 6, 7, 1, 8, 8, 8, 8, 9, 1, 8];

#[rustfmt::skip]
const TEXT: &str = " esderilmotu1234568ASaanarbcenghinklanngorprrariyz S, -079AlBCDEFGHKMNPTalchdadeelesfiajlelinaneonretaurvw Apt.  B C D G H L M N Suite  T de .. AnArBaBoBrCaChHoIJJaLLaMaMarORRoSaVWabandatbaceckdogahaieiliskalomamann niovrosatethtitoulunusvaveviwaxáéí Co F K Ko Na No.  Pa Ph Road Street Th V/BarBeCarDaFlat FraHaJoJuKaLeMiNoPaQuRaRiRing TaUViYZardbarbeibellbertcacoellevgohoicaillinaingirjalandmbndovaparyshiresonte tonwiceyazaàäóü Appart Ville Wa Đ, rue /F, BitBlock East LeaLiLuMartinNew North Port South Studio Số West a Pamento ampassebergebenfurthành phốignottováownqqueskiestrố  Avenue Island Piano  Piso  Pradesh Puerta  Smith Territo län#', avenue, chemin.No. AlexandrAustraChristiDanielDavidEdwardGeorgGg. JohnLake WestWilliamXboroughhavenlands lämouthský krajường ChristopJosephMichaelQRodrigueSulawesiVictoriaboulevarcký kraj,Elizabet";

#[rustfmt::skip]
pub(crate) static LATIN: Table = Table {
    counts: [0, 0, 0, 1, 0, 4, 9, 29, 38, 71, 70, 37, 33, 9, 2, 0, 0],
    offsets: &offsets::<{ LENGTHS.len() + 1 }>(LENGTHS),
    text: TEXT,
    #[cfg(any(not(feature = "fast"), test))]
    slots: &crate::record::text::slots::<512>(TEXT, LENGTHS),
    longest: 11,
    end: 0,
    escape: 1,
    window: 5,
    block: 1,
};
