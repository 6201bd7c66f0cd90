//! What looks like an address in a column that nobody has named.

use wayseal::summary::looks_like_address;

#[test]
fn addresses_of_many_countries_are_seen() {
    for address in [
        "广东省深圳市福田区沙头街道中山路47号2701室",
        "广东省深圳市福田区中山路1号",
        "中山路47号",
        "人民路一号",
        "余杭区仓前街道海创园3栋502",
        "碧水云天14栋1单元2701室",
        "石磨村5组12号",
        "東京都渋谷区道玄坂1-2-3",
        "1 Main St",
        "1 Main St, Apt 5B",
        "350 Fifth Avenue Suite 21",
        "12 Maple Street, Springfield",
        "Hafenstraße 5",
        "Lindenweg 5a, 20095 Hamburg",
        "12 rue Cartier, Paris",
        "Via Roma 3",
        "Calle Mayor 15",
        "PO Box 123",
        "서울특별시 강남구 테헤란로 123",
    ] {
        assert!(looks_like_address(address), "{address}");
    }
}

#[test]
fn ordinary_columns_are_no_addresses() {
    for text in [
        "",
        "x",
        "99.00",
        "2026-11-24 10:00:00",
        "SKU-12-A",
        "#1001",
        "104-3563777-5518068",
        "已发货",
        "买家已付款",
        "中通快递",
        "云帆书店旗舰店",
        "数据线2号",
        "数码配件",
        "蓝色 XL 2件装",
        "深圳市",
        "福田区",
        "第2排3层",
        "DHL Express",
        "Standard Shipping",
        "Blue T-Shirt XL",
        "2 Way Adapter Cable",
        "USB-C Cable 2 m",
        "Credit card",
        "paid",
        "https://example.com/orders/12",
        "Springfield",
        "5 pcs",
    ] {
        assert!(!looks_like_address(text), "{text}");
    }
}
