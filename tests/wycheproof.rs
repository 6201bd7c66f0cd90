//! Wycheproof's vectors against the innermost functions: AES-256-GCM with the tag truncated to twelve bytes, and the first
//! block of HKDF-SHA256, which is all that the key tree uses.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use wayseal::keys::Prk;
use wayseal::secret::{Key, aead};
use wycheproof::{aead as gcm, hkdf};

/// Invalid vectors that alter only bytes 13 to 16 of the tag. A label does not carry these bytes, so that with the
/// truncated tag the vectors are valid.
const CUT_BYTES_ALTERED: &[usize] = &[142, 143, 144, 145, 146, 147, 148];

fn key(bytes: &[u8]) -> Key {
    let mut key = Key::zero();
    key.expose_mut().copy_from_slice(bytes);
    key
}

#[test]
fn aes_256_gcm_with_tags_cut_to_twelve_bytes() {
    let set = gcm::TestSet::load(gcm::TestName::AesGcm).unwrap();
    let (mut count, mut altered) = (0, Vec::new());
    for group in set.test_groups.iter().filter(|g| (g.key_size, g.nonce_size, g.tag_size) == (256, 96, 128)) {
        for test in &group.tests {
            count += 1;
            let key = key(&test.key);
            let nonce = test.nonce[..].try_into().unwrap();
            let cut: [u8; aead::TAG_LEN] = test.tag[..aead::TAG_LEN].try_into().unwrap();

            let mut buffer = test.pt.to_vec();
            let tag = aead::seal(&key, nonce, &test.aad, &mut buffer);
            let same = buffer == test.ct[..] && tag == cut;
            let mut buffer = test.ct.to_vec();
            let opened = aead::open(&key, nonce, &test.aad, &mut buffer, &cut);
            if test.result.must_fail() && opened.is_ok() {
                altered.push(test.tc_id);
            }
            let valid = !test.result.must_fail() || CUT_BYTES_ALTERED.contains(&test.tc_id);
            assert_eq!(same, valid, "seal, vector {}", test.tc_id);
            assert_eq!(opened.is_ok(), valid, "open, vector {}", test.tc_id);
            // A refusal leaves the buffer unchanged.
            assert_eq!(buffer, if valid { &test.pt[..] } else { &test.ct[..] }, "vector {}", test.tc_id);
        }
    }
    assert_eq!(altered, CUT_BYTES_ALTERED);
    // The others have a shorter key or a nonce of another length than twelve bytes, which the types do not allow.
    let all: usize = set.test_groups.iter().map(|group| group.tests.len()).sum();
    assert_eq!((count, all), (66, 316));
}

/// Vectors that request more than 255 blocks and have no output: [`Prk::expand`] has no parameter for a length.
const OVER_255_BLOCKS: &[usize] = &[25, 48, 74];

#[test]
fn hkdf_sha256_of_one_block() {
    let set = hkdf::TestSet::load(hkdf::TestName::HkdfSha256).unwrap();
    let (mut whole, mut first, mut excluded) = (0, 0, Vec::new());
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        if test.result.must_fail() {
            assert!(test.size > 255 * 32, "vector {}", test.tc_id);
            excluded.push(test.tc_id);
            continue;
        }
        // HKDF-Extract, RFC 5869 section 2.2: an absent salt is 32 zeros, which HMAC treats like an empty key.
        let mut extract = Hmac::<Sha256>::new_from_slice(&test.salt).unwrap();
        extract.update(&test.ikm);
        let prk = Prk::new(&key(&extract.finalize().into_bytes()));
        let mut out = Key::zero();
        prk.expand(&[&test.info], &mut out);
        // A shorter output is a prefix of the block, and the block is a prefix of a longer output.
        let len = test.size.min(32);
        assert_eq!(out.expose()[..len], test.okm[..len], "vector {}", test.tc_id);
        if test.size > 32 { first += 1 } else { whole += 1 }
    }
    assert_eq!(excluded, OVER_255_BLOCKS);
    assert_eq!((whole, first, excluded.len()), (30, 53, 3));
}
