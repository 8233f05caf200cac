import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { crc32 } from 'node:zlib'
import { root } from './bootstrap/root.mjs'

/**
 * Draws the program's sign, three rising bars on paper, in every size that the installers and the tray want. Run it by
 * hand after a change of the drawing: `node scripts/with-node.mjs scripts/make-icons.mjs`.
 */
/** @typedef {[number, number, number, number]} Colour */
const paper = /** @type {Colour} */ ([250, 249, 247, 255])
const teal = /** @type {Colour} */ ([13, 148, 136, 255])
const amber = /** @type {Colour} */ ([217, 119, 6, 255])
const clear = /** @type {Colour} */ ([0, 0, 0, 0])

const bars = [
  { x: 0.22, y: 0.52, w: 0.14, h: 0.26 },
  { x: 0.43, y: 0.36, w: 0.14, h: 0.42 },
  { x: 0.64, y: 0.22, w: 0.14, h: 0.56 },
]
const grow = (/** @type {{ x: number, y: number, w: number, h: number }} */ bar) => ({
  x: (bar.x - 0.18) / 0.64,
  y: (bar.y - 0.18) / 0.64,
  w: bar.w / 0.64,
  h: bar.h / 0.64,
})

/** Whether a point of the unit square is inside a rectangle with round corners. */
const inside = (
  /** @type {number} */ px,
  /** @type {number} */ py,
  /** @type {{ x: number, y: number, w: number, h: number }} */ box,
  /** @type {number} */ radius,
) => {
  const dx = Math.max(box.x + radius - px, px - (box.x + box.w - radius), 0)
  const dy = Math.max(box.y + radius - py, py - (box.y + box.h - radius), 0)
  return dx * dx + dy * dy <= radius * radius
}

/** @typedef {{ tile: boolean, bar: Colour, dot: boolean }} Look */
/** @returns {Colour} */
const colourAt = (/** @type {number} */ x, /** @type {number} */ y, /** @type {Look} */ look) => {
  if (look.dot && (x - 0.8) ** 2 + (y - 0.2) ** 2 < 0.045) return amber
  if (look.dot && (x - 0.8) ** 2 + (y - 0.2) ** 2 < 0.08) return clear
  for (const bar of look.tile ? bars : bars.map(grow)) if (inside(x, y, bar, look.tile ? 0.02 : 0.03)) return look.bar
  return look.tile && inside(x, y, { x: 0.04, y: 0.04, w: 0.92, h: 0.92 }, 0.2) ? paper : clear
}

const SAMPLES = 4
/** @returns {Colour} */
const smooth = (/** @type {number} */ px, /** @type {number} */ py, /** @type {number} */ size, /** @type {Look} */ look) => {
  const sum = [0, 0, 0, 0]
  for (let i = 0; i < SAMPLES * SAMPLES; i++) {
    const [r, g, b, a] = colourAt(
      (px + ((i % SAMPLES) + 0.5) / SAMPLES) / size,
      (py + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES) / size,
      look,
    )
    ;[r * a, g * a, b * a, a].forEach((part, at) => (sum[at] = (sum[at] ?? 0) + part))
  }
  const [r = 0, g = 0, b = 0, a = 0] = sum
  return a === 0 ? clear : [Math.round(r / a), Math.round(g / a), Math.round(b / a), Math.round(a / (SAMPLES * SAMPLES))]
}

const chunk = (/** @type {string} */ type, /** @type {Buffer} */ data) => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}

const png = (/** @type {number} */ size, /** @type {Look} */ look) => {
  const rows = Buffer.alloc(size * (size * 4 + 1))
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) rows.set(smooth(x, y, size, look), y * (size * 4 + 1) + 1 + x * 4)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const ico = (/** @type {Buffer[]} */ images, /** @type {number[]} */ sizes) => {
  const head = Buffer.alloc(6 + 16 * images.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(images.length, 4)
  let offset = head.length
  images.forEach((image, at) => {
    const entry = 6 + 16 * at
    head.set([(sizes[at] ?? 0) % 256, (sizes[at] ?? 0) % 256, 0, 0, 1, 0, 32, 0], entry)
    head.writeUInt32LE(image.length, entry + 8)
    head.writeUInt32LE(offset, entry + 12)
    offset += image.length
  })
  return Buffer.concat([head, ...images])
}

const icns = (/** @type {[string, Buffer][]} */ images) => {
  const parts = images.map(([type, image]) => {
    const head = Buffer.alloc(8)
    head.write(type, 0, 'latin1')
    head.writeUInt32BE(image.length + 8, 4)
    return Buffer.concat([head, image])
  })
  const head = Buffer.alloc(8)
  head.write('icns', 0, 'latin1')
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0), 4)
  return Buffer.concat([head, ...parts])
}

const sign = { tile: true, bar: teal, dot: false }
const build = join(root, 'build')
mkdirSync(join(build, 'icons'), { recursive: true })
const icoSizes = [16, 32, 48, 256]
writeFileSync(join(build, 'icon.png'), png(512, sign))
writeFileSync(
  join(build, 'icon.ico'),
  ico(
    icoSizes.map((size) => png(size, sign)),
    icoSizes,
  ),
)
writeFileSync(
  join(build, 'icon.icns'),
  icns([
    ['ic07', png(128, sign)],
    ['ic08', png(256, sign)],
    ['ic09', png(512, sign)],
  ]),
)
for (const size of [16, 32, 64, 128, 256]) writeFileSync(join(build, 'icons', `${size}x${size}.png`), png(size, sign))

const dataUrl = (/** @type {Buffer} */ image) => `data:image/png;base64,${image.toString('base64')}`
const trayLook = { tile: false, bar: teal, dot: false }
const images = Object.entries({ calm: trayLook, due: { ...trayLook, dot: true } }).map(
  ([name, look]) => `  ${name}: {\n    small:\n      '${dataUrl(png(16, look))}',\n    large:\n      '${dataUrl(png(32, look))}',\n  },`,
)
const source = `/** Drawn by scripts/make-icons.mjs: calm, and with the dot that says an alert is due; 16 and 32 px. */\nexport const trayImages = {\n${images.join('\n')}\n}\n`
writeFileSync(join(root, 'electron', 'shell', 'tray', 'tray-images.ts'), source)
