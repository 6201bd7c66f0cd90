//! AES-256 one block at a time, for 32-bit machines.
//!
//! The soft back-end has two encryptions, of one block and of two at once, and widens the whole schedule for
//! the second at every call. With the first alone a device saves two kilobytes of flash and one of stack; a
//! label's section is a handful of blocks, so that it loses a fifth of the speed.

use aes_gcm::aes::Aes256;
use aes_gcm::aes::cipher::{
    Block, BlockCipherEncBackend, BlockCipherEncClosure, BlockCipherEncrypt, BlockSizeUser, InOut, Key,
    KeyInit, KeySizeUser, ParBlocksSizeUser, consts,
};

/// AES-256 whose modes see no way to encrypt two blocks at once.
pub(super) struct Narrow(Aes256);

impl KeySizeUser for Narrow {
    type KeySize = consts::U32;
}

impl KeyInit for Narrow {
    fn new(key: &Key<Self>) -> Self {
        Self(Aes256::new(key))
    }
}

impl BlockSizeUser for Narrow {
    type BlockSize = consts::U16;
}

impl BlockCipherEncrypt for Narrow {
    fn encrypt_with_backend(&self, f: impl BlockCipherEncClosure<BlockSize = consts::U16>) {
        f.call(self);
    }
}

impl ParBlocksSizeUser for Narrow {
    type ParBlocksSize = consts::U1;
}

impl BlockCipherEncBackend for Narrow {
    #[inline(never)]
    fn encrypt_block(&self, block: InOut<'_, '_, Block<Self>>) {
        self.0.encrypt_block_inout(block);
    }
}
