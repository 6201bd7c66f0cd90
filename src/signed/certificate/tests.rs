//! Certificates: the round trip, each bit signed, and the terms that are refused.

use super::*;
use crate::signed::issuer_key::IssuerKey;

fn terms() -> CertificateTerms {
    CertificateTerms {
        role: Role::RegionIssuer,
        name: "华南".into(),
        generation: 4,
        issued: 1_790_000_000,
        from: Day::new(2486),
        until: Day::new(2510),
        regions: vec![Region::new(9).unwrap(), Region::new(755).unwrap()],
        serials: serials(1_790_000_000).unwrap(),
        ceilings: Ceilings {
            roles: vec![Role::Scanner, Role::Pass],
            tiers: vec![Tier::Delivery, Tier::Contact],
            purposes: vec![Purpose::Deliver],
            budget: Some(300),
            days: 14,
        },
    }
}

fn made(terms: CertificateTerms) -> (SigningKey, Certificate) {
    let [authority, key] = [1, 2].map(|seed| SigningKey::from_bytes(&[seed; 32]));
    let certificate = Certificate::new(key.verifying_key(), terms, &authority);
    (authority, certificate)
}

/// A certificate with any of its bits changed counts for nothing.
fn no_bit_is_free(bytes: &[u8], authority: &SigningKey) {
    for bit in 0..bytes.len() * 8 {
        let mut altered = bytes.to_vec();
        altered[bit / 8] ^= 1 << (bit % 8);
        let read = Certificate::from_bytes(&altered);
        let verified = read.and_then(|read| read.verified(&authority.verifying_key()));
        assert_eq!(verified, None, "bit {bit}");
    }
}

#[test]
fn a_certificate_comes_back_and_each_of_its_bits_is_signed() {
    let (authority, certificate) = made(terms());
    let bytes = certificate.to_bytes();
    let back = Certificate::from_bytes(&bytes).unwrap();
    assert_eq!(back, certificate);
    assert_eq!(back.verified(&authority.verifying_key()), Some(*certificate.key()));
    no_bit_is_free(&bytes, &authority);
}

#[test]
fn the_longest_certificate_fits_its_bound() {
    let mut longest = terms();
    longest.name = "n".repeat(NAME_MAX);
    longest.regions = (0..REGIONS_MAX as u16).map(|at| Region::new(3800 + at).unwrap()).collect();
    longest.serials = serials((1 << 44) - 1).unwrap();
    longest.issued = u64::MAX;
    longest.ceilings.roles =
        vec![Role::Sealer, Role::Scanner, Role::Region, Role::Relay, Role::Desk, Role::Pass];
    longest.ceilings.purposes = Purpose::ALL.to_vec();
    let (_, certificate) = made(longest.clone());
    assert!(certificate.to_bytes().len() <= OWN_MAX);
    assert_eq!(Certificate::from_bytes(&certificate.to_bytes()).unwrap().terms(), &longest);
    let by = certificate.clone();
    let with = Certificate { by: Some(Box::new(by)), ..certificate };
    assert!(with.to_bytes().len() <= CERTIFICATE_MAX);
}

/// An issuer's key, and the terms of a device that it certifies.
fn device() -> (SigningKey, IssuerKey, CertificateTerms) {
    let authority = SigningKey::from_bytes(&[1; 32]);
    let issuer = IssuerKey::generate(&authority, terms()).unwrap();
    let device = CertificateTerms {
        role: Role::Scanner,
        name: "pda-17".into(),
        from: Day::new(2500),
        regions: vec![Region::new(755).unwrap()],
        issued: 1_790_000_060,
        serials: serials(1 << 43).unwrap(),
        ceilings: Ceilings { roles: vec![Role::Pass], budget: None, days: 2, ..terms().ceilings },
        ..terms()
    };
    (authority, issuer, device)
}

#[test]
fn a_device_that_an_issuer_certified_counts_within_the_issuers_certificate_alone() {
    let (authority, issuer, device) = device();
    let key = SigningKey::from_bytes(&[3; 32]).verifying_key();
    let read = |terms: &CertificateTerms| {
        let bytes = Certificate::new(key, terms.clone(), &issuer).to_bytes();
        Certificate::from_bytes(&bytes).and_then(|it| it.verified(&authority.verifying_key()))
    };
    assert_eq!(read(&device), Some(key));
    let wider: [fn(&mut CertificateTerms); 9] = [
        |terms| terms.role = Role::Desk,
        |terms| terms.generation = 5,
        |terms| terms.issued = 1_789_999_999,
        |terms| terms.from = Day::new(2485),
        |terms| terms.until = Day::new(2511),
        |terms| terms.regions = vec![Region::new(20).unwrap()],
        |terms| terms.regions = Vec::new(),
        |terms| terms.ceilings.purposes = vec![Purpose::Deliver, Purpose::Return],
        |terms| terms.ceilings.days = 15,
    ];
    for (at, change) in wider.iter().enumerate() {
        let mut terms = device.clone();
        change(&mut terms);
        assert_eq!(read(&terms), None, "{at}");
    }
    // An issuer that may not make passes certifies nobody, nor another issuer, nor a device another device.
    let mut narrow = terms();
    narrow.ceilings.roles = vec![Role::Scanner];
    assert!(!narrow.certifies(&device));
    assert_eq!(read(&terms()), None);
    let own = IssuerKey::generate_giving(&issuer, device.clone()).unwrap();
    let bytes = Certificate::new(key, device.clone(), &own).to_bytes();
    assert_eq!(Certificate::from_bytes(&bytes), None, "three in a row");
    // Nor does one with a bit of either changed.
    let bytes = Certificate::new(key, device, &issuer).to_bytes();
    no_bit_is_free(&bytes, &authority);
}

#[test]
fn terms_that_contradict_themselves_are_not_read_though_signed() {
    let wrong: [fn(&mut CertificateTerms); 9] = [
        // A device gives passes, and nothing else.
        |terms| terms.role = Role::Scanner,
        |terms| terms.role = Role::Region,
        |terms| terms.name = String::new(),
        |terms| terms.from = Day::new(2511),
        |terms| terms.regions.swap(0, 1),
        |terms| terms.serials = 0..=u64::MAX,
        |terms| terms.serials = 1..=9,
        |terms| terms.ceilings.roles = vec![Role::Stop],
        |terms| terms.ceilings.tiers.swap(0, 1),
    ];
    for (at, change) in wrong.iter().enumerate() {
        let mut terms = terms();
        change(&mut terms);
        assert_eq!(Certificate::from_bytes(&made(terms).1.to_bytes()), None, "{at}");
    }
}

#[test]
fn no_two_signers_share_a_serial() {
    assert_eq!(serials((1 << 20) - 1), None);
    assert_eq!(serials(1 << 44), None);
    let [first, next] = [1 << 20, (1 << 20) + 1].map(|number| serials(number).unwrap());
    assert_eq!(*first.start(), OWN_SERIALS.end() + 1);
    assert_eq!(*next.start(), first.end() + 1);
    assert_eq!(*serials((1 << 44) - 1).unwrap().end(), u64::MAX);
}
