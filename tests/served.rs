//! Orders without a station's code go to the station that serves their address, or are refused with what was looked for; waybill
//! numbers are taken as people write them.

use crate::common::command::{said, text};
use crate::common::print_room::PrintRoom;

const STATIONS: &str = "code,region,site,divisions,postcodes\n\
    SZ-NS-012,755,12,广东省深圳市南山区;广东省深圳市,518000-518099\n\
    SZ-FT-003,755,3,440304,\n\
    HK-1,755,12,,\n";

impl PrintRoom {
    /// Seals rows to payloads with these stations, and returns what was said and the lines of payloads.
    fn sealed_by(&self, stations: &str, orders: &str, more: &[&str], code: i32) -> (String, Vec<String>) {
        self.write("stations.csv", stations);
        self.write("orders.csv", orders);
        let own = ["orders.csv", "--out", "labels.jsonl", "--stations", "stations.csv", "--overwrite"];
        let arguments = [&own, more].concat();
        let grant = [
            "--day",
            crate::common::print_room::DAY,
            "--grant",
            "sealer.grant",
            "--authority",
            "authority.pub",
        ];
        let out = self.command(&[&["seal"], &arguments[..], &grant].concat()).output().unwrap();
        assert_eq!(out.status.code(), Some(code), "{}", text(&out.stdout) + &said(&out));
        let labels = std::fs::read_to_string(self.at("labels.jsonl")).unwrap_or_default();
        (text(&out.stdout) + &said(&out), labels.lines().map(str::to_owned).collect())
    }
}

fn stations() -> String {
    STATIONS.replace("HK-1,755,12", "HK-1,755,13")
}

#[test]
fn an_order_without_a_station_goes_to_the_one_that_serves_its_address() {
    let room = PrintRoom::new();
    // No column of stations at all; the address is in one cell.
    let orders = "运单号,收件人,手机,收货地址\n\
        SF1390004216501,王芳,13812345678,广东省深圳市南山区粤海街道科技园路9号\n\
        SF1390004216502,王芳,13812345678,广东省深圳市罗湖区人民路9号\n\
        SF1390004216503,王芳,13812345678,浙江省绍兴市新昌县人民路9号\n\
        SF1390004216504,王芳,13812345678,人民路9号\n";
    let (said, labels) = room.sealed_by(&stations(), orders, &[], 1);
    assert_eq!(labels.len(), 2);
    assert!(said.contains("4 orders = 2 labels + 2 rejected"), "{said}");
    assert!(
        said.contains(
            "line 4, station: no station of the file of stations serves its district, city, province"
        ),
        "{said}"
    );
    assert!(
        said.contains(
            "line 5, station: no station of the file of stations serves its address, which has neither"
        ),
        "{said}"
    );
    // Nothing of an address is said.
    for part in ["绍兴", "新昌", "人民路"] {
        assert!(!said.contains(part), "{said}");
    }
    let (said, _) = room.sealed_by(&stations(), orders, &["--lang", "zh"], 1);
    assert!(said.contains("第 4 行，station：网点文件中没有网点派送该区县、市、省"), "{said}");
    // Without what stations serve, the column is required as before.
    let (said, _) = room.sealed_by("code,region,site\nSZ-NS-012,755,12\n", orders, &[], 4);
    assert!(said.contains("no column `station`"), "{said}");
}

#[test]
fn an_empty_cell_is_resolved_and_a_code_that_contradicts_the_file_is_told() {
    let room = PrintRoom::new();
    let orders = "waybill,station,name,phone,province,city,district,detail,postcode\n\
        SF1390004216501,sz-ns-012,王芳,13812345678,广东省,深圳市,南山区,科技园路9号,\n\
        SF1390004216502,SZ-NS-012,王芳,13812345678,广东省,深圳市,福田区,科技园路9号,\n\
        SF1390004216503,,王芳,13812345678,广东省,,,科技园路9号,518057\n\
        SF1390004216504,NOWHERE,王芳,13812345678,广东省,深圳市,南山区,科技园路9号,\n";
    let (said, labels) = room.sealed_by(&stations(), orders, &["--explain"], 1);
    assert_eq!(labels.len(), 3);
    assert!(said.contains("1 labels go to the station that their orders name"), "{said}");
    assert!(said.contains("SF1390004216502: another station serves the address"), "{said}");
    assert!(said.contains("line 5, station: the station is not in the file of stations"), "{said}");
}

#[test]
fn several_stations_for_one_address_are_named() {
    let room = PrintRoom::new();
    let both = "code,region,site,postcodes\nA,755,12,518000-518009\nB,755,13,518005-518014\n";
    let orders = "waybill,name,phone,detail,postcode\nSF1390004216501,王芳,13812345678,科技园路9号,518007\n";
    let (said, _) = room.sealed_by(both, orders, &[], 1);
    assert!(
        said.contains("2 stations serve its postcode: ") && said.contains("add the code of one"),
        "{said}"
    );
}

#[test]
fn faults_of_the_file_are_told_with_their_line_in_both_languages() {
    let room = PrintRoom::new();
    let orders = "waybill,name,phone,detail\nSF1390004216501,王芳,13812345678,科技园路9号\n";
    for (stations, english, chinese) in [
        (
            "A,755,12,4499\n",
            "line 2: divisions has an item that is not understood",
            "第 2 行：divisions 中有无法识别的项",
        ),
        (
            "A,755,12,44\nB,755,13,广东省\n",
            "line 3: divisions has an item that the station of line 2 has as well",
            "第 3 行：divisions 中有一项与第 2 行",
        ),
    ] {
        let file = format!("code,region,site,divisions\n{stations}");
        let (said, _) = room.sealed_by(&file, orders, &[], 4);
        assert!(said.contains(english), "{said}");
        let (said, _) = room.sealed_by(&file, orders, &["--lang", "zh"], 4);
        assert!(said.contains(chinese), "{said}");
    }
}

#[test]
fn numbers_and_codes_are_taken_as_people_write_them() {
    let room = PrintRoom::new();
    let orders = "waybill,station,name,phone,detail\n\
        sf1390004216501,sz-ns-012,王芳,13812345678,路9号\n\
        #SF 1390 0042 16502,SZ-NS-012 ,王芳,13812345678,路9号\n\
        ＳＦ１３９０００４２１６５０３,＃SZ-NS-012,王芳,13812345678,路9号\n\
        'SF1390004216504,SZ-NS-012,王芳,13812345678,路9号\n\
        sf1390004216501,SZ-NS-012,王芳,13812345678,路9号\n\
        SF13,SZ-NS-012,王芳,13812345678,路9号\n";
    let (said, labels) = room.sealed_by(&stations(), orders, &[], 1);
    let of = |label: &String| {
        serde_json::from_str::<serde_json::Value>(label).unwrap()["waybill"].as_str().unwrap().to_owned()
    };
    let numbers: Vec<String> = labels.iter().map(of).collect();
    assert_eq!(numbers, ["SF1390004216501", "SF1390004216502", "SF1390004216503", "SF1390004216504"]);
    assert!(said.contains("line 6, waybill: an earlier row"), "{said}");
    assert!(
        said.contains(
            "line 7, waybill: has 4 characters; a waybill number is 6 to 34 of 0-9 A-Z -, such as SF"
        ),
        "{said}"
    );
    let (_, labels) = room.sealed_by(&stations(), orders, &["--only", "#sf 1390004216502"], 0);
    assert_eq!(labels.len(), 1);
}
