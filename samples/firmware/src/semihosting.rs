//! ARM semihosting: writes lines, dumps RAM, and ends the run.

use core::arch::asm;

const SYS_WRITEC: usize = 0x03;
const SYS_EXIT: usize = 0x18;

/// `ADP_Stopped_ApplicationExit`; any other reason is a failure.
const APPLICATION_EXIT: usize = 0x2_0026;

#[inline(never)]
fn call(operation: usize, argument: usize) -> usize {
    let result;
    // SAFETY: QEMU handles the trap, reads the argument block, and changes only r0.
    unsafe { asm!("bkpt #0xab", inout("r0") operation => result, in("r1") argument, options(nostack)) };
    result
}

/// Writes a line `name text`.
#[inline(never)]
pub fn line(name: &[u8], text: &[u8]) {
    for part in [name, b" ", text, b"\n"] {
        for byte in part {
            call(SYS_WRITEC, core::ptr::from_ref(byte) as usize);
        }
    }
}

/// Writes a line `name value`.
#[inline(never)]
pub fn figure(name: &[u8], value: u32) {
    let mut digits = [0; 10];
    let mut first = digits.len();
    let mut rest = value;
    loop {
        first -= 1;
        digits[first] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    line(name, &digits[first..]);
}

/// A file on the host.
#[cfg(feature = "figures")]
pub struct File(usize);

#[cfg(feature = "figures")]
impl File {
    /// Creates a file; `name` ends with a zero byte.
    #[inline(never)]
    pub fn create(name: &[u8]) -> Self {
        const SYS_OPEN: usize = 0x01;
        const WRITE_BINARY: usize = 5;
        let name = [name.as_ptr() as usize, WRITE_BINARY, name.len() - 1];
        Self(call(SYS_OPEN, name.as_ptr() as usize))
    }

    /// Appends `len` bytes of memory from `start`.
    #[inline(never)]
    pub fn append(&self, start: usize, len: usize) {
        const SYS_WRITE: usize = 0x05;
        call(SYS_WRITE, [self.0, start, len].as_ptr() as usize);
    }
}

/// Ends the run; the exit code is 0 or 1.
pub fn exit(good: bool) -> ! {
    call(SYS_EXIT, if good { APPLICATION_EXIT } else { 0 });
    loop {}
}
