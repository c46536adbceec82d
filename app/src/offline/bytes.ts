export type Bytes = Uint8Array<ArrayBuffer>

const encoder = new TextEncoder()
const decoder = new TextDecoder()

export const toBytes = (text: string): Bytes => encoder.encode(text) as Bytes
export const toText = (bytes: BufferSource): string => decoder.decode(bytes)

/** Reads base64 and base64url, padded or not. Throws for anything else. */
export function fromBase64(text: string): Bytes {
  const plain = text.replace(/-/g, '+').replace(/_/g, '/')
  return Uint8Array.from(atob(plain), (c) => c.charCodeAt(0)) as Bytes
}

export const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, '0')).join('')

export const sha256 = async (crypto: Crypto, bytes: BufferSource): Promise<string> =>
  hex(await crypto.subtle.digest('SHA-256', bytes))

/** A UUIDv7: ids of one phone sort by when they were made. */
export function uuid7(now: number, random: (into: Bytes) => Bytes): string {
  const b = random(new Uint8Array(16) as Bytes)
  for (let i = 0; i < 6; i++) b[i] = Math.floor(now / 2 ** (40 - 8 * i)) % 256
  b[6] = (b[6]! & 0x0f) | 0x70
  b[8] = (b[8]! & 0x3f) | 0x80
  const h = hex(b.buffer)
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`
}
