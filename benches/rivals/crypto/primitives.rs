//! AES-256-GCM, HKDF-Expand and HMAC-SHA256 of several crates behind one trait, used as their documentation
//! recommends.

/// The primitives that a label needs. Each section's key is used once, so its schedule is part of sealing and
/// opening, and the nonce is zero.
pub trait Primitives {
    const NAME: &'static str;
    /// A precomputed HKDF key.
    type Prk;
    /// A precomputed HMAC key.
    type Mac;

    fn prk(key: &[u8; 32]) -> Self::Prk;
    fn expand(prk: &Self::Prk, info: &[u8], out: &mut [u8; 32]);
    fn mac_key(key: &[u8; 32]) -> Self::Mac;
    fn mac(key: &Self::Mac, parts: &[&[u8]]) -> [u8; 32];
    /// Encrypts in place and returns the full tag, of which a label keeps twelve bytes.
    fn seal(key: &[u8; 32], aad: &[u8], section: &mut [u8]) -> [u8; 16];
    /// Verifies the full tag at the end of the buffer and decrypts in place; returns whether the tag was right.
    fn open(key: &[u8; 32], aad: &[u8], section_and_tag: &mut [u8]) -> bool;
}

/// The crates that this package uses: the unavoidable cost.
pub struct Floor;

impl Primitives for Floor {
    const NAME: &'static str = "floor: aes-gcm, hkdf, hmac";
    type Prk = hkdf::Hkdf<sha2::Sha256>;
    type Mac = hmac::Hmac<sha2::Sha256>;

    fn prk(key: &[u8; 32]) -> Self::Prk {
        Self::Prk::from_prk(key).unwrap()
    }

    fn expand(prk: &Self::Prk, info: &[u8], out: &mut [u8; 32]) {
        prk.expand(info, out).unwrap();
    }

    fn mac_key(key: &[u8; 32]) -> Self::Mac {
        hmac::KeyInit::new_from_slice(key).unwrap()
    }

    fn mac(key: &Self::Mac, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = key.clone();
        parts.iter().for_each(|part| hmac::Mac::update(&mut mac, part));
        hmac::Mac::finalize(mac).into_bytes().into()
    }

    fn seal(key: &[u8; 32], aad: &[u8], section: &mut [u8]) -> [u8; 16] {
        use aes_gcm::aead::{AeadInOut, KeyInit};
        let cipher = aes_gcm::Aes256Gcm::new(key.into());
        cipher.encrypt_inout_detached(&[0; 12].into(), aad, section.into()).unwrap().into()
    }

    fn open(key: &[u8; 32], aad: &[u8], section_and_tag: &mut [u8]) -> bool {
        use aes_gcm::aead::{AeadInOut, KeyInit};
        let (section, tag) = section_and_tag.split_last_chunk_mut::<16>().unwrap();
        let tag = (*tag).into();
        let cipher = aes_gcm::Aes256Gcm::new(key.into());
        cipher.decrypt_inout_detached(&[0; 12].into(), aad, section.into(), &tag).is_ok()
    }
}

/// Two crates with the same interface.
macro_rules! primitives {
    ($name:ident, $krate:ident, $shown:literal) => {
        #[doc = $shown]
        pub struct $name;

        impl Primitives for $name {
            const NAME: &'static str = $shown;
            type Prk = $krate::hkdf::Prk;
            type Mac = $krate::hmac::Key;

            fn prk(key: &[u8; 32]) -> Self::Prk {
                $krate::hkdf::Prk::new_less_safe($krate::hkdf::HKDF_SHA256, key)
            }

            fn expand(prk: &Self::Prk, info: &[u8], out: &mut [u8; 32]) {
                prk.expand(&[info], $krate::hkdf::HKDF_SHA256).unwrap().fill(out).unwrap();
            }

            fn mac_key(key: &[u8; 32]) -> Self::Mac {
                $krate::hmac::Key::new($krate::hmac::HMAC_SHA256, key)
            }

            fn mac(key: &Self::Mac, parts: &[&[u8]]) -> [u8; 32] {
                let mut mac = $krate::hmac::Context::with_key(key);
                parts.iter().for_each(|part| mac.update(part));
                mac.sign().as_ref().try_into().unwrap()
            }

            fn seal(key: &[u8; 32], aad: &[u8], section: &mut [u8]) -> [u8; 16] {
                use $krate::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
                let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).unwrap());
                let nonce = Nonce::assume_unique_for_key([0; 12]);
                let tag = key.seal_in_place_separate_tag(nonce, Aad::from(aad), section).unwrap();
                tag.as_ref().try_into().unwrap()
            }

            fn open(key: &[u8; 32], aad: &[u8], section_and_tag: &mut [u8]) -> bool {
                use $krate::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
                let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).unwrap());
                let nonce = Nonce::assume_unique_for_key([0; 12]);
                key.open_in_place(nonce, Aad::from(aad), section_and_tag).is_ok()
            }
        }
    };
}

primitives!(Ring, ring, "ring");
primitives!(AwsLc, aws_lc_rs, "aws-lc-rs");
