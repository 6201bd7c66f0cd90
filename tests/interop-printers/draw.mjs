// Draws ZPL by zpl-renderer-js: node draw.mjs FILE WIDTH_MM HEIGHT_MM DOTS_PER_MM OUT.png [NUMBER OF THE LABEL]
import { ready } from "zpl-renderer-js";
import fs from "node:fs";

const [file, width, height, dots, out, number] = process.argv.slice(2);
const { api } = await ready;
const job = fs.readFileSync(file, "utf8");
const picture = number
  ? (await api.zplToBase64MultipleAsync(job, +width, +height, +dots))[number - 1]
  : await api.zplToBase64Async(job, +width, +height, +dots);
fs.writeFileSync(out, Buffer.from(picture, "base64"));
process.exit(0);
