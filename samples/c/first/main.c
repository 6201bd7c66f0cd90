/* Seals and opens labels as firmware would. Run by check.sh on the host. */
#include "wayseal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int checks;

#define CHECK(what)                                                            \
    do {                                                                       \
        checks++;                                                              \
        if (!(what)) {                                                         \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #what);         \
            exit(1);                                                           \
        }                                                                      \
    } while (0)

/* A label of tests/vectors/open/waybills.jsonl (waybill_shape_1), sealed by another program,
 * and the keys of its station. */
static const char *const SITE[2] = {
    "030109d702f3000c000000006432ce060865ad27a7643dbbeced123b7c403a6cbee61c64e9b6be8b054e9f26",
    "030209d702f3000c00000000f81b708df9b2a53c64faa686eb7d3317a38cf935d9f53896b89971c7c6e57cfc",
};
static const char TEXT[] = "WS1:PY7IWU8RP+27N01TGUR$H56U0T7X*G-AK+O667WHGTUSGU7BC4WKNL2KFIEM6K2RTIS13GSUXAF-0WKD4C%1VJTS"
                           "%5WJ90KFGZ6O435$PW:LYP5ED9S7L";
static const char HANDLE[] = "b76c34ccba1c6d54125dc3d10f519b51";
#define TODAY 2519

static void unhex(const char *digits, uint8_t *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        unsigned value;
        CHECK(sscanf(digits + 2 * i, "%2x", &value) == 1);
        bytes[i] = (uint8_t)value;
    }
}

/* A leaf: level 4, tier, day, region, site, alias (of tier 0 the sealer's number, and no station), key. */
static void leaf(uint8_t node[WAYSEAL_NODE], uint8_t tier, uint8_t key) {
    memset(node, key, WAYSEAL_NODE);
    const uint8_t head[12] = {4, tier, TODAY >> 8, TODAY & 255, 2, 0xf3, 0, 12, 0, 0, 0, 7};
    memcpy(node, head, sizeof head);
    if (tier == 0)
        memset(node + 4, 0, 4);
}

static int all_zero(const void *memory, size_t size) {
    const uint8_t *bytes = memory;
    for (size_t i = 0; i < size; i++)
        if (bytes[i])
            return 0;
    return 1;
}

int main(void) {
    static wayseal_record record;
    uint8_t nodes[2 * WAYSEAL_NODE], handle[WAYSEAL_HANDLE], expected[WAYSEAL_HANDLE];
    for (int i = 0; i < 2; i++)
        unhex(SITE[i], nodes + i * WAYSEAL_NODE, WAYSEAL_NODE);

    /* Open. */
    CHECK(wayseal_open(0, nodes, 2, TODAY, TEXT, strlen(TEXT), &record) == WAYSEAL_OK);
    CHECK(!strcmp(WAYSEAL_FIELD_OF(&record, name), "刘静远"));
    CHECK(!strcmp(WAYSEAL_FIELD_OF(&record, phone), "13812345678"));
    CHECK(!strcmp(WAYSEAL_FIELD_OF(&record, province), "广东省"));
    CHECK(!strcmp(WAYSEAL_FIELD_OF(&record, district), "南山区"));
    CHECK(!strcmp(WAYSEAL_FIELD_OF(&record, detail), "科技园路9号3栋2单元801室"));
    CHECK(!strcmp(WAYSEAL_FIELD_OF(&record, waybill), "YT8800123456789"));
    CHECK(!strcmp(WAYSEAL_FIELD_OF(&record, note), "") && record.day == TODAY);
    CHECK(wayseal_handle(TEXT, strlen(TEXT), handle) == WAYSEAL_OK);
    unhex(HANDLE, expected, sizeof expected);
    CHECK(!memcmp(handle, expected, sizeof handle));
    wayseal_wipe(&record, sizeof record);
    CHECK(all_zero(&record, sizeof record));

    /* Delivery keys alone do not open the phone. */
    CHECK(wayseal_open(0, nodes, 1, TODAY, TEXT, strlen(TEXT), &record) == WAYSEAL_OK);
    CHECK(*WAYSEAL_FIELD_OF(&record, name) && !*WAYSEAL_FIELD_OF(&record, phone));

    /* Refusals; each leaves the record all zeros. */
    char text[WAYSEAL_TEXT];
    strcpy(text, TEXT);
    text[strlen(text) - 1] = text[strlen(text) - 1] == '0' ? '1' : '0';
    CHECK(wayseal_open(0, nodes, 2, TODAY, text, strlen(text), &record) == WAYSEAL_TAMPERED);
    CHECK(all_zero(&record, sizeof record));
    CHECK(wayseal_open(0, nodes, 2, TODAY, TEXT, 40, &record) == WAYSEAL_DAMAGED);
    CHECK(wayseal_open(0, nodes, 2, TODAY, "https://", 8, &record) == WAYSEAL_NOT_OURS);
    CHECK(wayseal_open(1, nodes, 2, TODAY, TEXT, strlen(TEXT), &record) == WAYSEAL_OTHER_GENERATION);
    CHECK(wayseal_open(0, nodes, 2, TODAY + 512, TEXT, strlen(TEXT), &record) == WAYSEAL_DAY_NOT_IN_HAND);
    uint8_t other[WAYSEAL_NODE];
    memcpy(other, nodes, sizeof other);
    other[7] = 13;
    CHECK(wayseal_open(0, other, 1, TODAY, TEXT, strlen(TEXT), &record) == WAYSEAL_OTHER_STATION);
    CHECK(wayseal_open(0, nodes, 0, TODAY, TEXT, strlen(TEXT), &record) == WAYSEAL_OTHER_GENERATION);
    CHECK(wayseal_open(0, NULL, 1, TODAY, TEXT, strlen(TEXT), &record) == WAYSEAL_ARGUMENT);
    CHECK(wayseal_open(0, nodes, WAYSEAL_NODES_MAX + 1, TODAY, TEXT, strlen(TEXT), &record) == WAYSEAL_ARGUMENT);
    CHECK(wayseal_open(0, nodes, 2, TODAY, TEXT, strlen(TEXT), NULL) == WAYSEAL_ARGUMENT);
    other[0] = 9;
    CHECK(wayseal_open(0, other, 1, TODAY, TEXT, strlen(TEXT), &record) == WAYSEAL_KEYS);

    /* Seal, twice the same, and open. */
    uint8_t origin[WAYSEAL_NODE], leaves[2 * WAYSEAL_NODE];
    leaf(origin, 0, 0x11);
    leaf(leaves, 1, 0x22);
    leaf(leaves + WAYSEAL_NODE, 2, 0x33);
    wayseal_order order = {.waybill = "SF1234567890123",
                           .name = "王芳",
                           .province = "广东省",
                           .city = "深圳市",
                           .district = "南山区",
                           .street = "粤海街道",
                           .detail = "科技园路9号3栋1203室",
                           .note = "放门口",
                           .phone = "13812345678"};
    char again[WAYSEAL_TEXT];
    CHECK(wayseal_seal(0, origin, leaves, leaves + WAYSEAL_NODE, &order, text, sizeof text, NULL) == WAYSEAL_OK);
    CHECK(wayseal_seal(0, origin, leaves, leaves + WAYSEAL_NODE, &order, again, sizeof again, NULL) == WAYSEAL_OK);
    CHECK(!strcmp(text, again) && !strncmp(text, "WS1:", 4));
    CHECK(wayseal_open(0, leaves, 2, TODAY, text, strlen(text), &record) == WAYSEAL_OK);
    CHECK(!strcmp(WAYSEAL_FIELD_OF(&record, name), order.name));
    CHECK(!strcmp(WAYSEAL_FIELD_OF(&record, city), order.city));
    CHECK(!strcmp(WAYSEAL_FIELD_OF(&record, note), order.note));
    CHECK(!strcmp(WAYSEAL_FIELD_OF(&record, phone), order.phone));
    wayseal_wipe(&record, sizeof record);

    /* A sender that does not fit is not left out in silence. */
    uint32_t left_out = 0;
    order.sender_phone = "0755-26543299";
    CHECK(wayseal_seal(0, origin, leaves, leaves + WAYSEAL_NODE, &order, text, sizeof text, &left_out) == WAYSEAL_OK);
    CHECK(left_out == 0);
    order.sender_name = "深圳市前海云帆跨境电子商务有限公司福田第三分公司";
    CHECK(wayseal_seal(0, origin, leaves, leaves + WAYSEAL_NODE, &order, text, sizeof text, &left_out) == WAYSEAL_OK);
    CHECK(left_out == WAYSEAL_LEFT_OUT_NAME);
    order.phone = NULL;
    CHECK(wayseal_seal(0, origin, leaves, leaves + WAYSEAL_NODE, &order, text, sizeof text, &left_out) == WAYSEAL_OK);
    CHECK(left_out == WAYSEAL_LEFT_OUT_NAME);
    order.phone = "13812345678";

    /* Rejected orders. */
    CHECK(wayseal_seal(0, origin, leaves, leaves + WAYSEAL_NODE, &order, text, 20, NULL) == WAYSEAL_SPACE);
    CHECK(wayseal_seal(0, leaves, leaves, NULL, &order, text, sizeof text, NULL) == WAYSEAL_KEYS);
    CHECK(wayseal_seal(0, origin, leaves, NULL, NULL, text, sizeof text, NULL) == WAYSEAL_ARGUMENT);
    order.name = "\xff";
    CHECK(wayseal_seal(0, origin, leaves, NULL, &order, text, sizeof text, NULL) == WAYSEAL_FIELD);
    order.name = NULL;
    CHECK(wayseal_seal(0, origin, leaves, NULL, &order, text, sizeof text, NULL) == WAYSEAL_FIELD);
    char long_detail[600];
    memset(long_detail, 'Q', sizeof long_detail - 1);
    long_detail[sizeof long_detail - 1] = 0;
    order.name = "王芳";
    order.detail = long_detail;
    CHECK(wayseal_seal(0, origin, leaves, NULL, &order, text, sizeof text, NULL) == WAYSEAL_TOO_LONG);

    for (int code = -6; code < 11; code++)
        CHECK(*wayseal_error(code));
    CHECK(strstr(wayseal_error(WAYSEAL_TAMPERED), "tampered"));
    printf("%d passed, 0 failed\n", checks);
    return 0;
}
