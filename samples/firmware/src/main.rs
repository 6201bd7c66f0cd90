//! Runs Wayseal's core on a Cortex-M: reads a key bundle, derives keys, seals, draws the symbol, opens and refuses.
//! Reports figures as lines `name value`. Exit code 0 only if every check passed.
#![no_std]
#![no_main]

#[cfg(feature = "control")]
mod control;
mod mem;
#[cfg_attr(not(feature = "figures"), path = "unmetered.rs")]
mod meter;
mod semihosting;

use cortex_m_rt::{ExceptionFrame, entry, exception};
use semihosting::exit;
use wayseal_core::error::Refusal;
use wayseal_core::keys::{AliasKey, Day, Generation, KeyPath, Node, Region, SealerId, Site, Tier};
use wayseal_core::payload::{TEXT_MAX, Waybill};
use wayseal_core::record::{Contact, Country, Delivery, Division, DivisionCode};
use wayseal_core::sealer::{DestinationKeys, Sealer};
use wayseal_core::secret::{WIPE_WORDS, scrubbed};
use wayseal_core::verifier::{Buffer, Revoked, Verifier, Want};

const DAY: Day = Day::new(2519);
const SITE: u16 = 12;
/// 广东省深圳市南山区.
const NANSHAN: u32 = 440_305;

/// The key bundle after its signature was checked: day keys of the three tiers.
static BUNDLE: [[u8; Node::BUNDLED]; 3] = [day_key(0, 0x30), day_key(1, 0x51), day_key(2, 0x72)];

/// `level ‖ tier ‖ day ‖ zeros ‖ key`. The key has 32 different bytes, so that a memory scan can find it.
const fn day_key(tier: u8, seed: u8) -> [u8; Node::BUNDLED] {
    let mut node = [0; Node::BUNDLED];
    let day = DAY.number().to_be_bytes();
    (node[0], node[1], node[2], node[3]) = (1, tier, day[0], day[1]);
    let mut i = 12;
    while i < Node::BUNDLED {
        node[i] = seed ^ (i as u8).wrapping_mul(0x9d);
        i += 1;
    }
    node
}

/// Reports a figure, if the program is built with figures.
fn figure(name: &[u8], value: u32) {
    if cfg!(feature = "figures") {
        semihosting::figure(name, value);
    }
}

/// Ends the run with exit code 1 unless `held`.
#[inline(never)]
fn check(name: &[u8], held: bool) {
    if !held {
        figure(name, 0);
        exit(false);
    }
}

/// Unwraps an option; `None` ends the run.
fn some<T>(value: Option<T>) -> T {
    value.unwrap_or_else(|| exit(false))
}

/// Derives the node at `path` from the bundle's day key of `tier`.
#[inline(never)]
fn derive(tier: usize, path: KeyPath, child: &mut Node) {
    let mut day = Node::empty();
    check(b"bundle_read", day.read(Generation::EVEN, &BUNDLE[tier]).is_ok());
    check(b"derive", scrubbed(|| day.derive(path, child)).is_ok());
}

fn site(tier: Tier, site: u16) -> KeyPath {
    KeyPath::day(Generation::EVEN, tier, DAY).region(some(Region::new(755))).site(some(Site::new(site)))
}

/// The keys of a station's scanner, of both tiers.
#[inline(never)]
fn station(number: u16, nodes: &mut [Node; 2]) {
    let [delivery, contact] = nodes;
    derive(1, site(Tier::Delivery, number), delivery);
    derive(2, site(Tier::Contact, number), contact);
}

#[inline(never)]
fn lane(id: SealerId) -> DestinationKeys {
    let (mut delivery, mut contact) = (Node::empty(), Node::empty());
    derive(1, site(Tier::Delivery, SITE), &mut delivery);
    let alias = scrubbed(|| some(AliasKey::try_from(&delivery).ok()).alias(id));
    derive(1, site(Tier::Delivery, SITE).sealer(alias), &mut delivery);
    derive(2, site(Tier::Contact, SITE).sealer(alias), &mut contact);
    some(DestinationKeys::new(&delivery, Some(&contact)).ok())
}

#[inline(never)]
fn sealer(id: SealerId) -> Sealer {
    let mut origin = Node::empty();
    derive(0, KeyPath::origin(Generation::EVEN, DAY, id), &mut origin);
    some(Sealer::new(&origin).ok())
}

/// Seals the record into `text` and returns its length.
#[inline(never)]
fn seal(text: &mut [u8; TEXT_MAX]) -> usize {
    let id = some(SealerId::new(7));
    let sealer = sealer(id);
    let lane = lane(id);
    let delivery = Delivery {
        name: "欧阳修远",
        country: Country::CN,
        postcode: "",
        division: Division::Code(some(DivisionCode::new(NANSHAN))),
        street: "粤海街道",
        detail: "科技园路9号3栋2单元1501室",
        note: "放前台",
    };
    let contact = Contact { phone: "13986420975", sender_phone: "13570864209", sender_name: "" };
    let waybill = some(Waybill::parse("SF1234567890123").ok());
    meter::paint();
    let start = meter::now();
    let sealed = sealer.seal(&lane, &waybill, &delivery, Some(&contact));
    figure(b"seal_label_instructions", meter::since(start));
    figure(b"depth_of_seal", meter::depth());
    let sealed = some(sealed.as_ref().ok()).text.as_bytes();
    text[..sealed.len()].copy_from_slice(sealed);
    sealed.len()
}

#[inline(never)]
fn open(text: &[u8]) {
    let mut nodes = [Node::empty(), Node::empty()];
    station(SITE, &mut nodes);
    let verifier = Verifier::new(&nodes, DAY);
    let mut buffer = Buffer::new();
    meter::paint();
    let start = meter::now();
    let opened = verifier.open(text, Want::Both, &mut buffer);
    figure(b"open_label_instructions", meter::since(start));
    figure(b"depth_of_open", meter::depth());
    let opened = some(opened.as_ref().ok());
    let (delivery, contact) = (some(opened.delivery.as_ref()), some(opened.contact.as_ref()));
    let Division::Code(code) = delivery.division else { exit(false) };
    check(b"division", code.number() == NANSHAN);
    #[cfg(feature = "names")]
    names(code);
    check(b"name", delivery.name == "欧阳修远");
    check(b"detail", delivery.detail == "科技园路9号3栋2单元1501室");
    check(b"phone", contact.phone == "13986420975" && contact.sender_phone == "13570864209");
}

/// With the names table, a device shows names, and finds the code of given names.
#[cfg(feature = "names")]
#[inline(never)]
fn names(code: DivisionCode) {
    use wayseal_core::record::division;
    let [province, city, district] = some(division::names(code));
    check(b"names", (province, city, district) == ("广东省", "深圳市", "南山区"));
    check(b"found", division::find(province, city, district) == Some(code));
}

/// Revocation lists: the sealer of the label is on the first from its day on, and on the second from the next day on.
static REVOKED: [[Revoked; 2]; 2] = [revoked(DAY.number()), revoked(DAY.number() + 1)];

const fn revoked(from: u16) -> [Revoked; 2] {
    let (Some(other), Some(own)) = (SealerId::new(6), SealerId::new(7)) else { panic!() };
    [Revoked { sealer: other, from: Day::new(0) }, Revoked { sealer: own, from: Day::new(from) }]
}

/// Opens with a station's keys and a revocation list; returns only the refusal.
#[inline(never)]
fn refusal(number: u16, revoked: &[Revoked], text: &[u8]) -> Option<Refusal> {
    let mut nodes = [Node::empty(), Node::empty()];
    station(number, &mut nodes);
    let mut buffer = Buffer::new();
    let opened = Verifier::new(&nodes, DAY).with_revoked(revoked).open(text, Want::Both, &mut buffer);
    opened.as_ref().err().copied()
}

#[inline(never)]
fn refuse(text: &mut [u8]) {
    check(b"other_station", refusal(13, &REVOKED[0], text) == Some(Refusal::OtherStation));
    check(b"sealer_revoked", refusal(SITE, &REVOKED[0], text) == Some(Refusal::SealerRevoked));
    check(b"not_revoked", refusal(SITE, &REVOKED[1], text).is_none());
    // The last characters belong to the tag; 0 and 1 are both valid and small.
    let last = text.len() - 3;
    let kept = text[last];
    text[last] = if kept == b'0' { b'1' } else { b'0' };
    // In the order of refusals: a label that was altered is not said to be of a revoked sealer.
    check(b"tampered", refusal(SITE, &REVOKED[0], text) == Some(Refusal::Tampered));
    text[last] = kept;
}

/// One HKDF-Expand, and sealing and opening of one section of 80 bytes with a given key.
#[cfg(feature = "figures")]
#[inline(never)]
fn primitives() {
    use wayseal_core::keys::Prk;
    use wayseal_core::secret::{Key, aead};
    let mut key = Key::zero();
    let parent = Key::zero();
    let start = meter::now();
    Prk::new(&parent).expand(&[&[1; 24]], &mut key);
    figure(b"hkdf_expand_instructions", meter::since(start));
    let mut section = [7; 80];
    let start = meter::now();
    let tag = aead::seal(&key, &aead::NONCE, &[2; 20], &mut section);
    figure(b"seal_80_bytes_instructions", meter::since(start));
    let start = meter::now();
    let opened = aead::open(&key, &aead::NONCE, &[2; 20], &mut section, &tag);
    figure(b"open_80_bytes_instructions", meter::since(start));
    check(b"section", opened.is_ok() && section == [7; 80]);
}

#[cfg(feature = "symbol")]
#[inline(never)]
fn symbol(text: &[u8]) {
    use wayseal_core::symbol::{EcLevel, MaskPattern, Symbol, Version, capacity};
    let version = some(Version::all().find(|&version| capacity(version, EcLevel::M) >= text.len()));
    let start = meter::now();
    let symbol = Symbol::encode(text, version, EcLevel::M, MaskPattern::DEFAULT);
    figure(b"symbol_instructions", meter::since(start));
    figure(b"symbol_version", version.number().into());
    let symbol = some(symbol.as_ref().ok());
    figure(b"symbol_dark", symbol.rows().iter().map(|row| row.count_ones()).sum());
}

#[inline(never)]
fn run() {
    let mut text = [0; TEXT_MAX];
    let len = seal(&mut text);
    let text = &mut text[..len];
    figure(b"stack_of_seal", meter::high_water());
    open(text);
    figure(b"stack_of_open", meter::high_water());
    // Dump now, since the next step would overwrite residues.
    #[cfg(feature = "figures")]
    semihosting::File::create(b"ram.bin\0").append(meter::RAM, meter::RAM_LEN);
    #[cfg(feature = "symbol")]
    {
        meter::paint();
        symbol(text);
        figure(b"stack_of_symbol", meter::high_water());
    }
    meter::paint();
    refuse(text);
    figure(b"stack_of_refusal", meter::high_water());
    semihosting::line(b"label", text);
    #[cfg(feature = "control")]
    control::reveal(text);
}

#[entry]
fn main() -> ! {
    // SAFETY: called once, here. `take` would need a flag in RAM.
    let mut core = unsafe { cortex_m::Peripherals::steal() };
    meter::start(&mut core.SYST);
    figure(b"wipe_bytes", 4 * WIPE_WORDS as u32);
    run();
    #[cfg(feature = "figures")]
    primitives();
    exit(true)
}

#[exception]
unsafe fn HardFault(_: &ExceptionFrame) -> ! {
    exit(false)
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    exit(false)
}
