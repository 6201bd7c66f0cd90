// Draws ZPL by zpl-renderer-js: node draw.mjs FILE WIDTH_MM HEIGHT_MM DOTS_PER_MM OUT.png
import { ready } from "zpl-renderer-js";
import fs from "node:fs";

const [file, width, height, dots, out] = process.argv.slice(2);
const { api } = await ready;
const picture = await api.zplToBase64Async(fs.readFileSync(file, "utf8"), +width, +height, +dots);
fs.writeFileSync(out, Buffer.from(picture, "base64"));
process.exit(0);
