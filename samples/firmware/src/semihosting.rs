//! ARM semihosting: lines, a dump of the RAM, the end of the run.

use core::arch::asm;

const SYS_OPEN: usize = 0x01;
const SYS_WRITE0: usize = 0x04;
const SYS_WRITE: usize = 0x05;
const SYS_EXIT: usize = 0x18;

/// `ADP_Stopped_ApplicationExit`; anything else is a failure.
const APPLICATION_EXIT: usize = 0x2_0026;

fn call(operation: usize, argument: usize) -> usize {
    let result;
    // SAFETY: QEMU takes the trap, reads the argument block, and changes r0 only.
    unsafe { asm!("bkpt #0xab", inout("r0") operation => result, in("r1") argument, options(nostack)) };
    result
}

/// Writes `text`, which ends with a zero byte.
fn write0(text: &[u8]) {
    debug_assert!(text.ends_with(&[0]));
    call(SYS_WRITE0, text.as_ptr() as usize);
}

/// Writes a line `name value`.
pub fn figure(name: &[u8], value: u32) {
    let mut line = [0; 48];
    line[..name.len()].copy_from_slice(name);
    let (mut digits, mut rest) = (name.len() + 2, value);
    while rest >= 10 {
        digits += 1;
        rest /= 10;
    }
    line[name.len()] = b' ';
    line[digits] = b'\n';
    let mut rest = value;
    for slot in line[name.len() + 1..digits].iter_mut().rev() {
        *slot = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    write0(&line);
}

/// Writes a line `name text`, the text as it is.
pub fn text(name: &[u8], text: &[u8]) {
    let mut line = [0; 400];
    line[..name.len()].copy_from_slice(name);
    line[name.len()] = b' ';
    let start = name.len() + 1;
    line[start..start + text.len()].copy_from_slice(text);
    line[start + text.len()] = b'\n';
    write0(&line);
}

/// Writes `len` bytes of memory from `start` to the file `ram.bin` of the host.
pub fn dump(start: usize, len: usize) {
    const WRITE_BINARY: usize = 5;
    let name = b"ram.bin\0";
    let file = call(SYS_OPEN, [name.as_ptr() as usize, WRITE_BINARY, name.len() - 1].as_ptr() as usize);
    call(SYS_WRITE, [file, start, len].as_ptr() as usize);
}

/// Ends the run; the host's exit code is 0 or 1.
pub fn exit(good: bool) -> ! {
    call(SYS_EXIT, if good { APPLICATION_EXIT } else { 0 });
    loop {}
}
