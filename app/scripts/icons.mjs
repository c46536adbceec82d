// Draws public/icons/icon.svg into the PNGs a phone wants: `node scripts/icons.mjs` after changing it. Knows just what
// that drawing uses: one rounded square, and filled paths of M, L, C and Z with absolute places.
import { readFileSync, writeFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'

const folder = new URL('../public/icons/', import.meta.url)
const svg = readFileSync(new URL('icon.svg', folder), 'utf8')
const side = 512
const ground = svg.match(/<rect[^>]*rx="(\d+)"[^>]*fill="(#\w+)"/)
const shapes = [...svg.matchAll(/<path fill="(#\w+)" d="([^"]+)"/g)].map(([, fill, d]) => ({ fill: rgb(fill), edge: flatten(d) }))

function rgb(hex) {
  return [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16))
}

function flatten(d) {
  const points = []
  let at = [0, 0]
  for (const [, command, rest] of d.matchAll(/([MLCZ])([^MLCZ]*)/g)) {
    const numbers = (rest.match(/-?[\d.]+/g) ?? []).map(Number)
    if (command === 'C') {
      for (let n = 0; n < numbers.length; n += 6) {
        const [x1, y1, x2, y2, x3, y3] = numbers.slice(n, n + 6)
        for (let step = 1; step <= 16; step++) points.push(bend(at, [x1, y1], [x2, y2], [x3, y3], step / 16))
        at = [x3, y3]
      }
    } else if (command !== 'Z') {
      at = numbers.slice(-2)
      points.push(at)
    }
  }
  return points
}

function bend(a, b, c, d, t) {
  const u = 1 - t
  return [0, 1].map(i => u ** 3 * a[i] + 3 * u * u * t * b[i] + 3 * u * t * t * c[i] + t ** 3 * d[i])
}

function within(edge, x, y) {
  let inside = false
  for (let i = 0, j = edge.length - 1; i < edge.length; j = i++) {
    const [xi, yi] = edge[i], [xj, yj] = edge[j]
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}

const rounded = (x, y, r) => {
  const dx = Math.max(r - x, 0, x - (side - r)), dy = Math.max(r - y, 0, y - (side - r))
  return dx * dx + dy * dy <= r * r
}

/** The colour at a place, or null outside of the drawing. `bleed`: the ground fills the square, the drawing is smaller. */
function look(x, y, bleed) {
  if (!bleed && !rounded(x, y, Number(ground[1]))) return null
  const scale = bleed ? 0.8 : 1
  const sx = (x - side / 2) / scale + side / 2, sy = (y - side / 2) / scale + side / 2
  return shapes.findLast(shape => within(shape.edge, sx, sy))?.fill ?? rgb(ground[2])
}

function draw(size, bleed) {
  const fine = 4
  const rows = Buffer.alloc(size * (size * 4 + 1))
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const sum = [0, 0, 0, 0]
      for (let n = 0; n < fine * fine; n++) {
        const colour = look(((x + ((n % fine) + 0.5) / fine) * side) / size, ((y + (Math.floor(n / fine) + 0.5) / fine) * side) / size, bleed)
        if (colour) [...colour, 255].forEach((part, i) => { sum[i] += part })
      }
      const covered = sum[3] / 255
      const at = y * (size * 4 + 1) + 1 + x * 4
      for (let i = 0; i < 3; i++) rows[at + i] = covered ? Math.round(sum[i] / covered) : 0
      rows[at + 3] = Math.round(sum[3] / (fine * fine))
    }
  }
  return png(size, rows)
}

function png(size, rows) {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(size, 4)
  head.set([8, 6, 0, 0, 0], 8)
  const chunk = (type, body) => {
    const named = Buffer.concat([Buffer.from(type), body])
    const length = Buffer.alloc(4), sum = Buffer.alloc(4)
    length.writeUInt32BE(body.length)
    sum.writeUInt32BE(crc32(named))
    return Buffer.concat([length, named, sum])
  }
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

for (const [name, size, bleed] of [['icon-192', 192, false], ['icon-512', 512, false], ['maskable-512', 512, true], ['apple-180', 180, true]]) {
  writeFileSync(new URL(`${name}.png`, folder), draw(size, bleed))
}
