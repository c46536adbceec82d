/** A photo stands in as a BMP with a slope of colours, another for each key. */
export function picture(id: string, width: number): ArrayBuffer {
  const height = (width * 3) / 4
  const row = Math.ceil((width * 3) / 4) * 4
  const bytes = new ArrayBuffer(54 + row * height)
  const view = new DataView(bytes)
  view.setUint16(0, 0x424d)
  view.setUint32(2, bytes.byteLength, true)
  for (const [at, value] of [[10, 54], [14, 40], [18, width], [22, height], [34, row * height]] as const) view.setUint32(at, value, true)
  view.setUint16(26, 1, true)
  view.setUint16(28, 24, true)
  const tint = [...id].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 97, 7)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 54 + y * row + x * 3
      view.setUint8(at, 90 + tint)
      view.setUint8(at + 1, 70 + Math.round((y / height) * 140))
      view.setUint8(at + 2, 110 + Math.round((x / width) * 100))
    }
  }
  return bytes
}
