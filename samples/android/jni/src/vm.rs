//! The virtual machine, by the table of functions that it hands to each call: arrays of bytes, direct buffers, and objects of Kotlin's
//! that are asked.
//!
//! The only `unsafe` of this crate beside the symbols' names in [`exports`](super::exports). Each block rests on this:
//!
//! - An [`Env`] and the references of its lifetime are made by the virtual machine for the thread and the length of a call, or here. They
//!   are no other thread's, since no pointer is `Send`; and the symbol of a call names its arguments' types, so that they are of these.
//! - A function of the table that may throw is followed by a look whether it did, before the next; regions within an array throw nothing.

#![allow(unsafe_code)]

use jni_sys::{JNI_OK, JNI_VERSION_1_6, JNIEnv, JavaVM, jbyteArray, jobject, jvalue};
use std::ffi::CStr;
use std::marker::PhantomData;
use std::ptr::{self, NonNull};
use std::slice;
use zeroize::Zeroizing;

/// The virtual machine, as the thread of a call has it.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub(crate) struct Env<'l>(NonNull<JNIEnv>, PhantomData<&'l ()>);

/// A `byte[]`, or null.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub(crate) struct Array<'l>(jbyteArray, PhantomData<&'l ()>);

/// A `java.nio.ByteBuffer`, or null: no copies, since its bytes are lent to be written.
#[repr(transparent)]
pub(crate) struct Buffer<'l>(jobject, PhantomData<&'l ()>);

/// Any object, or null.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub(crate) struct Object<'l>(jobject, PhantomData<&'l ()>);

/// An argument for a method of Kotlin's.
pub(crate) enum Value<'a> {
    Flag(bool),
    Number(i32),
    Bytes(&'a [u8]),
}

/// A call threw, or there was no memory for it. The exception is gone.
pub(crate) struct Threw;

/// Calls a function of the table.
macro_rules! table {
    ($env:expr, $function:ident $(, $argument:expr)*) => {
        ((**$env.0.as_ptr()).v1_6.$function)($env.0.as_ptr() $(, $argument)*)
    };
}

impl<'l> Env<'l> {
    /// The bytes of an array, if there is one.
    pub fn bytes(self, array: Array<'_>) -> Option<Zeroizing<Vec<u8>>> {
        if array.0.is_null() {
            return None;
        }
        // Safety: an array that lives, as above.
        let length = unsafe { table!(self, GetArrayLength, array.0) }.max(0);
        let mut bytes = Zeroizing::new(vec![0; length as usize]);
        // Safety: `length` bytes are the array's whole, so that nothing is thrown, and `bytes` has room for them.
        unsafe { table!(self, GetByteArrayRegion, array.0, 0, length, bytes.as_mut_ptr().cast()) };
        Some(bytes)
    }

    /// An array of these bytes, or null and the exception of a machine without memory for it.
    pub fn array(self, bytes: &[u8]) -> Array<'l> {
        let length = i32::try_from(bytes.len()).unwrap_or(i32::MAX);
        // Safety: no reference goes in. Null is looked for.
        let array = unsafe { table!(self, NewByteArray, length) };
        if !array.is_null() {
            // Safety: the array is as long as this, and `bytes` is no shorter.
            unsafe { table!(self, SetByteArrayRegion, array, 0, length, bytes.as_ptr().cast()) };
        }
        Array(array, PhantomData)
    }

    /// The bytes of a direct buffer, to be read; none of another buffer.
    pub fn lent<'b>(self, buffer: &'b Buffer<'_>) -> Option<&'b [u8]> {
        let (address, capacity) = self.place(buffer)?;
        // Safety: the virtual machine gives address and capacity of memory that it keeps while the caller's reference lives, which is
        // longer than this borrow of it. A camera writes to a plane before it gives the frame and after it is closed, and Kotlin's side
        // closes it after the call.
        Some(unsafe { slice::from_raw_parts(address.as_ptr(), capacity) })
    }

    /// The bytes of a direct buffer, to be written; none of another buffer.
    pub fn lent_mut<'b>(self, buffer: &'b mut Buffer<'_>) -> Option<&'b mut [u8]> {
        let (address, capacity) = self.place(buffer)?;
        // Safety: as above, and a call has one buffer. It is the device's own: a call borrows it while it has the device to itself, and
        // Kotlin's side reads it in no other thread until then.
        Some(unsafe { slice::from_raw_parts_mut(address.as_ptr(), capacity) })
    }

    /// Whether the bytes of a buffer can be lent.
    pub fn is_direct(self, buffer: &Buffer<'_>) -> bool {
        self.place(buffer).is_some()
    }

    fn place(self, buffer: &Buffer<'_>) -> Option<(NonNull<u8>, usize)> {
        if buffer.0.is_null() {
            return None;
        }
        // Safety: a buffer that lives, as above. Of one that is not direct, these are null and less than nothing.
        let (address, capacity) = unsafe {
            (table!(self, GetDirectBufferAddress, buffer.0), table!(self, GetDirectBufferCapacity, buffer.0))
        };
        Some((NonNull::new(address.cast())?, usize::try_from(capacity).ok()?))
    }

    /// What a method without arguments gives, whose class is named with slashes; none for null.
    pub fn member(self, object: Object<'_>, name: &CStr, class: &str) -> Result<Option<Object<'l>>, Threw> {
        let got = self.called(object, name, format!("()L{class};\0"), &[])?;
        Ok((!got.is_null()).then_some(Object(got, PhantomData)))
    }

    /// Calls a method that gives a `byte[]`, and takes its bytes: the array itself is left as zeros, so that no copy of a secret stays.
    pub fn ask(
        self,
        object: Object<'_>,
        name: &CStr,
        values: &[Value<'_>],
    ) -> Result<Zeroizing<Vec<u8>>, Threw> {
        // As many references as are made here, which end with the call: a grant is held key by key within one call of Kotlin's.
        // Safety: the frame is popped below, whatever happens between.
        if unsafe { table!(self, PushLocalFrame, values.len() as i32 + 4) } != JNI_OK {
            return Err(self.thrown());
        }
        let taken = self.asked(object, name, values);
        // Safety: none of the frame's references is used after this: `taken` has none.
        unsafe { table!(self, PopLocalFrame, ptr::null_mut()) };
        taken
    }

    fn asked(
        self,
        object: Object<'_>,
        name: &CStr,
        values: &[Value<'_>],
    ) -> Result<Zeroizing<Vec<u8>>, Threw> {
        let mut signature = String::from("(");
        let mut arguments = Vec::with_capacity(values.len());
        for value in values {
            let (kind, argument) = match value {
                Value::Flag(flag) => ("Z", jvalue { z: *flag }),
                Value::Number(number) => ("I", jvalue { i: *number }),
                Value::Bytes(bytes) => ("[B", jvalue { l: self.array(bytes).0 }),
            };
            signature.push_str(kind);
            arguments.push(argument);
            if self.threw() {
                return Err(Threw);
            }
        }
        signature.push_str(")[B\0");
        let array = Array(self.called(object, name, signature, &arguments)?, PhantomData);
        let taken = self.bytes(array).ok_or(Threw)?;
        let zeros = vec![0; taken.len()];
        // Safety: the array, which is not null, has this length.
        unsafe { table!(self, SetByteArrayRegion, array.0, 0, zeros.len() as i32, zeros.as_ptr()) };
        Ok(taken)
    }

    /// Calls a method by a signature that ends with a zero. The arguments are what it says, and it gives an object.
    fn called(
        self,
        object: Object<'_>,
        name: &CStr,
        signature: String,
        arguments: &[jvalue],
    ) -> Result<jobject, Threw> {
        if object.0.is_null() {
            return Err(Threw);
        }
        let signature = CStr::from_bytes_with_nul(signature.as_bytes()).map_err(|_| Threw)?;
        // Safety: an object that lives, and texts that end with a zero. Without such a method null is given, and an exception.
        let method = unsafe {
            let class = table!(self, GetObjectClass, object.0);
            table!(self, GetMethodID, class, name.as_ptr(), signature.as_ptr())
        };
        if method.is_null() {
            return Err(self.thrown());
        }
        // Safety: the method is one of the object's class, takes these arguments, and gives an object: both callers make the signature of
        // the very values.
        let given = unsafe { table!(self, CallObjectMethodA, object.0, method, arguments.as_ptr()) };
        if self.threw() { Err(Threw) } else { Ok(given) }
    }

    /// Whether the last call threw; it has not, then.
    fn threw(self) -> bool {
        // Safety: both may be called at any time.
        unsafe {
            let threw = table!(self, ExceptionCheck);
            if threw {
                table!(self, ExceptionClear);
            }
            threw
        }
    }

    fn thrown(self) -> Threw {
        self.threw();
        Threw
    }
}

impl Object<'_> {
    pub const fn is_null(&self) -> bool {
        self.0.is_null()
    }
}

/// An object that is kept beyond a call, until it is dropped.
pub(crate) struct Kept {
    vm: NonNull<JavaVM>,
    object: jobject,
}

// Safety: the virtual machine is one for all threads, and so is a global reference. Whoever uses them asks for the thread's own table.
unsafe impl Send for Kept {}
// Safety: as above; nothing is changed through a shared reference.
unsafe impl Sync for Kept {}

impl Kept {
    pub fn new(env: Env<'_>, object: Object<'_>) -> Result<Self, Threw> {
        let mut vm = ptr::null_mut();
        // Safety: `vm` is a place for the pointer, and the object lives.
        let object = unsafe {
            table!(env, GetJavaVM, &raw mut vm);
            table!(env, NewGlobalRef, object.0)
        };
        match NonNull::new(vm) {
            Some(vm) if !object.is_null() => Ok(Self { vm, object }),
            _ => Err(env.thrown()),
        }
    }

    /// As [`Env::ask`]. Every call comes from a thread of the virtual machine's: in another nothing is asked.
    pub fn ask(&self, name: &CStr, values: &[Value<'_>]) -> Result<Zeroizing<Vec<u8>>, Threw> {
        self.env().ok_or(Threw)?.ask(Object(self.object, PhantomData), name, values)
    }

    fn env(&self) -> Option<Env<'_>> {
        let mut env = ptr::null_mut();
        // Safety: the virtual machine lives as long as its process, and `env` is a place for the pointer.
        let got =
            unsafe { ((**self.vm.as_ptr()).v1_4.GetEnv)(self.vm.as_ptr(), &raw mut env, JNI_VERSION_1_6) };
        NonNull::new(env.cast()).filter(|_| got == JNI_OK).map(|env| Env(env, PhantomData))
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        if let Some(env) = self.env() {
            // Safety: the reference was made by `new`, and ends here.
            unsafe { table!(env, DeleteGlobalRef, self.object) };
        }
    }
}
