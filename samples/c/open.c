/* The least that a reader does: it opens the label that it is given, by keys that it was given, and shows the waybill number. check.sh measures
 * its size. */
#include "wayseal.h"

#include <stdio.h>
#include <string.h>

int main(int count, char **argument) {
    static wayseal_record record;
    uint8_t nodes[2 * WAYSEAL_NODE];
    size_t start, end;
    wayseal_reading reading = {.size = sizeof reading, .nodes = nodes, .count = 2, .today = 2519};
    if (count != 2 || fread(nodes, 1, sizeof nodes, stdin) != sizeof nodes)
        return 2;
    wayseal_scanned(argument[1], strlen(argument[1]), &start, &end);
    int code = wayseal_open2(&reading, argument[1] + start, end - start, &record);
    puts(code == WAYSEAL_OK ? WAYSEAL_FIELD_OF(&record, waybill) : wayseal_error(code));
    wayseal_wipe(&record, sizeof record);
    wayseal_wipe(nodes, sizeof nodes);
    return code;
}
