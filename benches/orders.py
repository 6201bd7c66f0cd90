#!/usr/bin/env python3
"""Made-up orders that all differ: orders.py ROWS csv|gb18030|jsonl|xlsx > FILE

One row in --bad (0 for none) is broken. Stations are those of samples/stations.csv."""
import argparse, csv, json, pathlib, sys

def rows(count, bad, stations):
    names = ["王芳", "李伟", "欧阳娜娜", "张敏", "刘洋", "陈静", "杨帆", "赵磊"]
    places = [("浙江省", "绍兴市", "新昌县"), ("广东省", "深圳市", "南山区"), ("四川省", "成都市", "武侯区")]
    roads = ["人民路", "中山路", "解放大道", "建设街", "文化巷"]
    # Of the number 0 waybill and phone would be zeros alike, for which an order is refused.
    for number in range(1, count + 1):
        spread = number * 0x9E3779B97F4A7C15 % 2**64
        province, city, district = places[spread % 3]
        station = "NONE" if bad and number % bad == bad // 2 else stations[spread % len(stations)]
        yield [f"YT88{number:011}", station, names[(spread >> 40) % 8], f"138{spread % 99999999:08}",
               province, city, district, f"{roads[spread % 5]}{spread % 997}号{number % 31}栋{spread % 2903}室"]

def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int)
    parser.add_argument("form", choices=["csv", "gb18030", "jsonl", "xlsx"])
    parser.add_argument("--bad", type=int, default=0)
    arguments = parser.parse_args()
    table = pathlib.Path(__file__).parent.parent / "samples" / "stations.csv"
    with open(table, encoding="utf-8") as file:
        lines = [line for line in file if not line.startswith("#")]
    stations = [row["code"] for row in csv.DictReader(lines)]
    header = ["运单号", "网点", "收件人", "手机", "省", "市", "区", "详细地址"]
    made = rows(arguments.rows, arguments.bad, stations)
    out = sys.stdout.buffer
    if arguments.form == "jsonl":
        for row in made:
            out.write((json.dumps(dict(zip(header, row)), ensure_ascii=False) + "\n").encode())
    elif arguments.form == "xlsx":
        import openpyxl
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        sheet.append(header)
        for row in made:
            sheet.append(row)
        book.save(out)
    else:
        encoding = "gb18030" if arguments.form == "gb18030" else "utf-8"
        out.write((",".join(header) + "\n").encode(encoding))
        for row in made:
            out.write((",".join(row) + "\n").encode(encoding))

main()
