# A CUPS of one's own: `. tests/cups.sh`, then `cups FOLDER`. Queue `paper` appends to FOLDER/paper what it gets, by a backend of
# one line: a queue of raw data with CUPS's own `file:` writes nothing, and calls its jobs completed. Queue `stopped` takes jobs and
# prints none. Needs Debian's cups, and port 631 of this machine.
cups() {
  local at
  at=$(realpath "$1")
  mkdir -p "$at"/root "$at"/spool "$at"/cache "$at"/run "$at"/log "$at"/bin
  cp -rs /usr/lib/cups/. "$at/bin"
  printf '#!/bin/sh\n[ $# -gt 0 ] || exit 0\ncat "${6:--}" >> "${DEVICE_URI#keep:}"\n' > "$at/bin/backend/keep"
  # Run as root, whose place this is.
  chmod 700 "$at/bin/backend/keep"
  cat > "$at/files.conf" << FILES
ServerBin $at/bin
ServerRoot $at/root
RequestRoot $at/spool
CacheDir $at/cache
StateDir $at/run
TempDir $at/spool
ErrorLog $at/log/error
AccessLog $at/log/access
PageLog $at/log/page
User lp
Group lp
SystemGroup root
FILES
  cat > "$at/cupsd.conf" << CONF
Listen 127.0.0.1:631
Listen $at/run/cups.sock
Browsing Off
DefaultAuthType None
WebInterface No
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
CONF
  : > "$at/paper"
  chmod 755 "$at"
  chown -R lp:lp "$at"/spool "$at"/cache "$at"/run "$at"/log
  cupsd -f -c "$at/cupsd.conf" -s "$at/files.conf" > "$at/log/out" 2>&1 &
  CUPSD=$!
  export CUPS_SERVER=127.0.0.1:631
  for _ in $(seq 100); do lpstat -r 2> /dev/null | grep -q 'is running' && break; sleep 0.1; done
  lpadmin -p paper -E -v "keep:$at/paper" -m raw 2> /dev/null
  lpadmin -p stopped -E -v "keep:$at/paper" -m raw 2> /dev/null
  cupsdisable stopped
}
