package io.wayseal.courier

import android.app.Activity
import android.graphics.Bitmap
import android.graphics.drawable.BitmapDrawable
import android.os.Bundle
import android.text.InputType
import android.view.WindowManager
import android.widget.Button
import android.widget.EditText
import android.widget.ImageView
import android.widget.LinearLayout
import android.widget.ScrollView
import android.widget.TextView
import io.wayseal.device.Device
import io.wayseal.device.Keys
import io.wayseal.device.ManagedConfiguration
import io.wayseal.device.Outcome
import io.wayseal.device.Parcel
import io.wayseal.device.ParcelOutcome
import io.wayseal.device.depot.HttpsDepot
import io.wayseal.device.keystore.KeystoreKeys
import io.wayseal.device.scan.ScanIntents
import io.wayseal.device.scan.ScanVendor
import java.io.File
import java.util.concurrent.Executors

/**
 * The whole app: one screen, built in code. What it does stands in [Courier]; here are views, the scan engine and the thread on which the
 * device is called.
 */
class MainActivity : Activity() {
    private val thread = Executors.newSingleThreadExecutor { Thread(it, "wayseal") }
    private val texts = Texts { id, arguments -> getString(id, *arguments) }
    private lateinit var configuration: ManagedConfiguration
    private lateinit var views: Views
    private var engine: ScanIntents? = null
    private var device: Device? = null
    private var courier: Courier? = null
    private var shown: Screen? = null

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        // A record is on no screenshot and in no list of recent apps.
        window.setFlags(WindowManager.LayoutParams.FLAG_SECURE, WindowManager.LayoutParams.FLAG_SECURE)
        configuration = ManagedConfiguration.of(this)
        views = Views()
        setContentView(views.root)
        engine = (configuration.vendor ?: ScanVendor.ofThisDevice())?.let { vendor ->
            ScanIntents(this, vendor, configuration.scanAction ?: vendor.action, configuration.scanExtra ?: vendor.text) { text ->
                step { scanned(text, loading = views.loading) }
            }
        }
        thread.execute(::open)
    }

    override fun onResume() {
        super.onResume()
        engine?.start()
    }

    override fun onPause() {
        engine?.stop()
        // Also while the courier calls: what became of the parcel can be said after it, without the record.
        conceal()
        super.onPause()
    }

    override fun onDestroy() {
        thread.execute { device?.close() }
        thread.shutdown()
        super.onDestroy()
    }

    /** Opens the device, or makes it from an enrolment that management put there, or says what is missing. */
    private fun open() {
        val folder = KeystoreKeys.folder(this)
        val keys: Keys = KeystoreKeys(strongBox = configuration.strongBox)
        val enrolment = File(getExternalFilesDir(null), "device.enrolment")
        if (enrolment.exists()) {
            val bytes = enrolment.readBytes()
            // A device whose key is lost is enrolled anew in its own folder; its old log stays to be handed in.
            val made = if (File(folder, "log").exists()) Device.enrolAnew(folder, bytes, keys) else Device.enrol(folder, bytes, keys)
            if (made is Outcome.Done) {
                // It holds a secret: overwritten first.
                enrolment.writeBytes(ByteArray(enrolment.length().toInt()))
                enrolment.delete()
            }
        }
        when (val opened = Device.open(folder, keys)) {
            is Outcome.Done -> {
                device = opened.value
                courier = Courier(opened.value, texts, PassFiles(File(getExternalFilesDir(null), "colleagues")))
                show(courier?.status())
            }
            is Outcome.Failed -> show(
                Screen.Message(texts.of(opened.failure) + "\n" + getString(R.string.not_set_up, enrolment.parent.orEmpty())),
            )
        }
    }

    /** Does a step on the device's thread, and shows what came of it. */
    private fun step(action: Courier.() -> Screen) = thread.execute { show(courier?.action()) }

    private fun show(screen: Screen?) = runOnUiThread {
        conceal()
        shown = screen
        views.show(screen)
    }

    /** Wipes the record that is shown; the buttons stay. */
    private fun conceal() {
        views.conceal()
        (shown as? Screen.Record)?.record?.close()
    }

    private inner class Views {
        private val message = TextView(this@MainActivity)
        private val lines = List(4) { TextView(this@MainActivity).apply { textSize = 20f } }
        private val actions = LinearLayout(this@MainActivity).apply { orientation = LinearLayout.VERTICAL }
        private val code = input(R.string.code)
        private val find = input(R.string.find)
        private val operator = input(R.string.operator)
        private val pin = input(R.string.pin).apply {
            inputType = InputType.TYPE_CLASS_NUMBER or InputType.TYPE_NUMBER_VARIATION_PASSWORD
        }

        /** Whether a scan loads a parcel: at the depot, before setting off. */
        var loading = false
            private set

        val root = ScrollView(this@MainActivity).apply {
            val column = LinearLayout(context).apply { orientation = LinearLayout.VERTICAL }
            column.addView(message)
            lines.forEach(column::addView)
            column.addView(actions)
            addView(column)
        }

        fun show(screen: Screen?) {
            message.text = ""
            actions.removeAllViews()
            when (screen) {
                is Screen.Message -> message.text = screen.text
                is Screen.Record -> record(screen)
                is Screen.Parcels -> screen.parcels.forEach(::parcel)
                is Screen.Choice -> choice(screen, emptySet())
                is Screen.Code -> code(screen)
                null -> Unit
            }
            menu()
        }

        fun conceal() = lines.forEach { it.text = "" }

        private fun record(screen: Screen.Record) {
            message.text = screen.text
            val record = screen.record
            // The views keep these arrays and make no text of them; `conceal` fills them with zeros.
            for ((line, text) in lines.zip(listOf(record.name, record.phone, record.address, record.note))) {
                line.setText(text, 0, text.size)
            }
            if (record.phone.isNotEmpty()) button(R.string.call) { Call.intent(record)?.let(::startActivity) }
            actions.addView(code)
            for (outcome in ParcelOutcome.entries) {
                button(texts.of(outcome)) {
                    val given = if (outcome.signsOff) taken(code) else null
                    val label = record.label
                    step { conclude(label, outcome, given) }
                }
            }
            button(R.string.conceal) { step { status() } }
        }

        /** The parcels of the day; those that go to the colleague are marked by a touch. */
        private fun choice(screen: Screen.Choice, chosen: Set<Int>) {
            message.text = screen.text
            screen.parcels.forEachIndexed { at, parcel ->
                val text = if (at in chosen) R.string.chosen else R.string.choose
                button(texts.text(text, parcel.waybill, parcel.name, parcel.place.ifEmpty { parcel.address })) {
                    actions.removeAllViews()
                    choice(screen, if (at in chosen) chosen - at else chosen + at)
                    menu()
                }
            }
            if (chosen.isEmpty()) return
            val labels = chosen.sorted().map { screen.parcels[it].label }
            button(getString(R.string.give, chosen.size)) { step { give(labels) } }
        }

        /** A code on the whole width of the screen: its modules are small. */
        private fun code(screen: Screen.Code) {
            message.text = screen.text
            val code = QrCode.of(screen.digits ?: return)
            val picture = Bitmap.createBitmap(code.pixels(), code.side, code.side, Bitmap.Config.RGB_565)
            val view = ImageView(this@MainActivity)
            // Enlarged without smoothing, which would blur it.
            view.setImageDrawable(BitmapDrawable(resources, picture).apply { isFilterBitmap = false })
            view.adjustViewBounds = true
            view.scaleType = ImageView.ScaleType.FIT_CENTER
            view.minimumWidth = resources.displayMetrics.widthPixels
            view.minimumHeight = resources.displayMetrics.widthPixels
            actions.addView(view)
        }

        private fun parcel(parcel: Parcel) {
            val label = parcel.label
            val text = texts.text(R.string.parcel, parcel.waybill, parcel.name, parcel.place.ifEmpty { parcel.address })
            button(if (parcel.outcome == null) text else "$text · ${getString(R.string.take_back)}") {
                if (parcel.outcome != null) step { takeBack(label) }
            }
        }

        private fun menu() {
            actions.addView(find)
            button(R.string.list) { find.text.toString().let { digits -> step { parcels(digits) } } }
            button(if (loading) R.string.scan else R.string.load) {
                loading = !loading
                step { status() }
            }
            configuration.lockTo?.let { depot ->
                button(R.string.lock) {
                    loading = false
                    step { lock(depot) }
                }
            }
            button(R.string.ask_colleague) { step { ask() } }
            button(R.string.files) { step { colleagues() } }
            button(R.string.hand_in) { configuration.depot.let { depot -> step { exchange(depot?.let(::HttpsDepot)) } } }
            actions.addView(operator)
            actions.addView(pin)
            button(R.string.begin_shift) {
                val number = operator.text.toString().toIntOrNull() ?: 0
                val digits = taken(pin)
                step { beginShift(number, digits) }
            }
        }

        private fun button(text: Int, action: () -> Unit) = button(getString(text), action)

        private fun button(text: String, action: () -> Unit) = actions.addView(
            Button(this@MainActivity).apply {
                this.text = text
                setOnClickListener { action() }
            },
        )

        private fun input(hint: Int) = EditText(this@MainActivity).apply {
            inputType = InputType.TYPE_CLASS_NUMBER
            setHint(hint)
        }

        /** What was typed; the field is emptied. */
        private fun taken(field: EditText): CharArray = CharArray(field.length()).also {
            field.text.getChars(0, it.size, it, 0)
            field.text.clear()
        }
    }
}
