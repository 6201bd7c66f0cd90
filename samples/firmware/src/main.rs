//! Wayseal's core on a Cortex-M: takes a key bundle, derives, seals, draws the symbol, opens, refuses, and
//! reports figures as lines `name value`. Exit code 0 only if everything held.
#![no_std]
#![no_main]

mod meter;
mod semihosting;

use cortex_m_rt::{ExceptionFrame, entry, exception};
use semihosting::{exit, figure};
use wayseal::error::Refusal;
use wayseal::keys::{AliasKey, Day, Generation, Node, Path, Prk, Region, SealerId, Site, Tier};
use wayseal::payload::{PayloadText, TEXT_MAX, Waybill};
use wayseal::record::{Contact, Country, Delivery, Division};
use wayseal::sealer::{Lane, Sealer};
use wayseal::secret::{Key, aead, scrubbed};
use wayseal::verifier::{Buffer, Verifier, Want};

const DAY: Day = Day(2519);

/// The bundle as the layer above hands it over, its signature checked: day keys of the three tiers.
static BUNDLE: [[u8; Node::BUNDLED]; 3] = [day_key(0, 0x30), day_key(1, 0x51), day_key(2, 0x72)];

/// `level ‖ tier ‖ day ‖ zeros ‖ key`; the key is 32 different bytes, which a scan can look for.
const fn day_key(tier: u8, seed: u8) -> [u8; Node::BUNDLED] {
    let mut node = [0; Node::BUNDLED];
    let day = DAY.0.to_be_bytes();
    (node[0], node[1], node[2], node[3]) = (1, tier, day[0], day[1]);
    let mut i = 12;
    while i < Node::BUNDLED {
        node[i] = seed ^ (i as u8).wrapping_mul(0x9d);
        i += 1;
    }
    node
}

/// Exits with 1 unless `held`.
fn check(name: &[u8], held: bool) {
    if !held {
        figure(name, 0);
        exit(false);
    }
}

/// Takes what is there; its absence ends the run.
fn some<T>(value: Option<T>) -> T {
    value.unwrap_or_else(|| exit(false))
}

fn node(tier: usize) -> Node {
    let mut node = Node::empty();
    check(b"bundle_read", node.read(Generation::EVEN, &BUNDLE[tier]));
    node
}

fn below(parent: &Node, path: Path) -> Node {
    let mut child = Node::empty();
    check(b"derive", scrubbed(|| parent.derive(path, &mut child)).is_ok());
    child
}

fn station(site: u16) -> [Node; 2] {
    [(1, Tier::Delivery), (2, Tier::Contact)].map(|(index, tier)| {
        let path = Path::day(Generation::EVEN, tier, DAY);
        below(&node(index), path.region(some(Region::new(755))).site(some(Site::new(site))))
    })
}

#[inline(never)]
fn lane(id: SealerId) -> Lane {
    let [delivery, contact] = station(12);
    let alias = scrubbed(|| some(AliasKey::of_site(&delivery)).alias(id));
    let delivery = below(&delivery, delivery.path().sealer(alias));
    let contact = below(&contact, contact.path().sealer(alias));
    some(Lane::new(&delivery, Some(&contact)).ok())
}

#[inline(never)]
fn seal() -> PayloadText {
    let id = some(SealerId::new(7));
    let sealer = {
        let origin = below(&node(0), Path::origin(Generation::EVEN, DAY, id));
        some(Sealer::new(&origin).ok())
    };
    let lane = lane(id);
    let delivery = Delivery {
        name: "欧阳修远",
        country: Country::CN,
        postcode: "",
        division: Division::Names { province: "广东省", city: "深圳市", district: "南山区" },
        street: "粤海街道",
        detail: "科技园路9号3栋2单元1501室",
        note: "放前台",
    };
    let contact = Contact { phone: "13986420975", sender_phone: "", sender_name: "" };
    let waybill = some(Waybill::parse("SF1234567890123").ok());
    let (text, instructions) =
        meter::count(|| some(sealer.seal(&lane, &waybill, &delivery, Some(&contact)).ok()));
    figure(b"seal_label_instructions", instructions);
    text
}

#[inline(never)]
fn open(text: &[u8]) {
    let nodes = station(12);
    let verifier = Verifier::new(&nodes, DAY);
    let mut buffer = Buffer::new();
    let (opened, instructions) = meter::count(|| verifier.open(text, Want::Both, &mut buffer));
    let opened = some(opened.ok());
    let (delivery, contact) = (some(opened.delivery), some(opened.contact));
    check(b"name", delivery.name == "欧阳修远");
    check(b"detail", delivery.detail == "科技园路9号3栋2单元1501室");
    check(b"phone", contact.phone == "13986420975");
    figure(b"open_label_instructions", instructions);
}

#[inline(never)]
fn refuse(text: &[u8]) {
    let mut altered = [0; TEXT_MAX];
    let altered = &mut altered[..text.len()];
    altered.copy_from_slice(text);
    // The last characters are tag; 0 and 1 are both characters, and small.
    let last = altered.len() - 3;
    altered[last] = if altered[last] == b'0' { b'1' } else { b'0' };
    let own = station(12);
    let mut buffer = Buffer::new();
    let refusal = Verifier::new(&own, DAY).open(altered, Want::Both, &mut buffer).err();
    check(b"tampered", refusal == Some(Refusal::Tampered));
    let other = station(13);
    let refusal = Verifier::new(&other, DAY).open(text, Want::Both, &mut buffer).err();
    check(b"other_station", refusal == Some(Refusal::OtherStation));
}

/// One HKDF-Expand, and one section of 80 bytes sealed and opened with its key in hand.
#[inline(never)]
fn primitives() {
    let mut key = Key::zero();
    let parent = Key::zero();
    let ((), instructions) = meter::count(|| Prk::new(&parent).expand(&[&[1; 24]], &mut key));
    figure(b"hkdf_expand_instructions", instructions);
    let mut section = [7; 80];
    let (tag, instructions) = meter::count(|| aead::seal(&key, &aead::NONCE, &[2; 20], &mut section));
    figure(b"seal_80_bytes_instructions", instructions);
    let (opened, instructions) =
        meter::count(|| aead::open(&key, &aead::NONCE, &[2; 20], &mut section, &tag));
    figure(b"open_80_bytes_instructions", instructions);
    check(b"section", opened.is_ok() && section == [7; 80]);
}

#[cfg(feature = "symbol")]
#[inline(never)]
fn symbol(text: &[u8]) {
    use wayseal::symbol::{Level, Mask, Symbol, Version, capacity};
    let version = some(Version::all().find(|&version| capacity(version, Level::M) >= text.len()));
    let (symbol, instructions) =
        meter::count(|| some(Symbol::encode(text, version, Level::M, Mask::DEFAULT).ok()));
    figure(b"symbol_version", u32::from(version.number()));
    figure(b"symbol_instructions", instructions);
    figure(b"symbol_dark", symbol.rows().iter().map(|row| row.count_ones()).sum());
}

#[inline(never)]
fn run() {
    let text = seal();
    let text = text.as_bytes();
    figure(b"stack_after_seal", meter::high_water());
    open(text);
    figure(b"stack_after_open", meter::high_water());
    // Now, since what comes next would overwrite what may have stayed.
    semihosting::dump(meter::RAM, meter::RAM_LEN);
    #[cfg(feature = "symbol")]
    symbol(text);
    refuse(text);
    figure(b"stack", meter::high_water());
    semihosting::text(b"label", text);
}

#[entry]
fn main() -> ! {
    // SAFETY: taken once, here; `take` would keep a flag in RAM to know it.
    let mut core = unsafe { cortex_m::Peripherals::steal() };
    meter::start(&mut core.SYST);
    figure(b"stack_of_main", meter::paint());
    run();
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
