plugins {
    id("com.android.library")
    id("org.jetbrains.kotlin.android")
}

// ABIs by cargo-ndk's names: phones and PDAs of 64 and 32 bits, and emulators.
val abis = listOf("arm64-v8a", "armeabi-v7a", "x86_64")
val libraries = layout.buildDirectory.dir("jniLibs")

android {
    namespace = "io.wayseal.device"
    compileSdk = 35
    // The first whose linker aligns for pages of 16 KB without a flag is r28.
    ndkVersion = "28.2.13676358"

    defaultConfig {
        minSdk = 23
        consumerProguardFiles("consumer-rules.pro")
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
    sourceSets {
        getByName("main") {
            java.srcDirs("src/main/kotlin")
            jniLibs.srcDir(libraries)
        }
    }
    publishing {
        singleVariant("release")
    }
}

kotlin {
    jvmToolchain(17)
}

dependencies {
    api("org.jetbrains.kotlinx:kotlinx-coroutines-core:1.10.2")
    // The frame adapter's signatures; an app that uses it brings CameraX.
    compileOnly("androidx.camera:camera-core:1.4.2")
}

// `cargo install cargo-ndk`; `rustup target add aarch64-linux-android armv7-linux-androideabi x86_64-linux-android`.
val nativeLibrary by tasks.registering(Exec::class) {
    workingDir = rootProject.file("jni")
    val targets = abis.flatMap { listOf("--target", it) }
    commandLine(
        listOf("cargo", "ndk") + targets + listOf("--platform", "23", "--output-dir", libraries.get().asFile.path) +
            listOf("build", "--profile", "phone", "--locked", "--package", "wayseal-jni") +
            if (providers.gradleProperty("wayseal.desk").orNull == "false") listOf("--no-default-features") else emptyList(),
    )
    val flags = rootProject.file("../c/phone.flags")
    // Those of the compiler begin with `-C`; the others are the linker's, which clang calls.
    environment("RUSTFLAGS", flags.readLines().joinToString(" ") { if (it.startsWith("-C ")) it else "-C link-arg=-Wl,$it" })
    inputs.file(flags)
    inputs.dir(rootProject.file("jni/src"))
    inputs.files(rootProject.file("jni/Cargo.toml"), rootProject.file("jni/Cargo.lock"))
    inputs.dir(rootProject.file("../../src"))
    outputs.dir(libraries)
}

tasks.named("preBuild") { dependsOn(nativeLibrary) }
