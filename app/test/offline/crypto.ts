// The same ciphers as a browser's, without its threads: thousands of schedules need many small operations.

import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

type Key = { raw: Uint8Array; extractable: boolean; usages: string[] }
type Gcm = { iv: Uint8Array; additionalData: Uint8Array }

const view = (data: BufferSource): Uint8Array =>
  data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
const buffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer

function may(key: Key, usage: string) {
  if (!key.usages.includes(usage)) throw new DOMException(`the key is not for ${usage}`, 'InvalidAccessError')
}

function seal({ iv, additionalData }: Gcm, key: Key, data: BufferSource): ArrayBuffer {
  const cipher = createCipheriv('aes-256-gcm', key.raw, iv).setAAD(additionalData)
  return buffer(Buffer.concat([cipher.update(view(data)), cipher.final(), cipher.getAuthTag()]))
}

function open({ iv, additionalData }: Gcm, key: Key, data: BufferSource): ArrayBuffer {
  const box = view(data)
  const decipher = createDecipheriv('aes-256-gcm', key.raw, iv).setAAD(additionalData).setAuthTag(box.subarray(-16))
  return buffer(Buffer.concat([decipher.update(box.subarray(0, -16)), decipher.final()]))
}

export const quickSubtle = {
  generateKey: async (_: unknown, extractable: boolean, usages: string[]): Promise<Key> =>
    ({ raw: Uint8Array.from(randomBytes(32)), extractable, usages }),
  importKey: async (_: string, raw: BufferSource, __: unknown, extractable: boolean, usages: string[]): Promise<Key> =>
    ({ raw: Uint8Array.from(view(raw)), extractable, usages }),
  async wrapKey(_: string, key: Key, by: Key, how: Gcm) {
    may(by, 'wrapKey')
    if (!key.extractable) throw new DOMException('the key cannot leave', 'InvalidAccessError')
    return seal(how, by, buffer(key.raw))
  },
  async unwrapKey(_: string, wrapped: BufferSource, by: Key, how: Gcm, __: unknown, extractable: boolean, usages: string[]): Promise<Key> {
    may(by, 'unwrapKey')
    return { raw: new Uint8Array(open(how, by, wrapped)), extractable, usages }
  },
  async encrypt(how: Gcm, key: Key, data: BufferSource) {
    may(key, 'encrypt')
    return seal(how, key, data)
  },
  async decrypt(how: Gcm, key: Key, data: BufferSource) {
    may(key, 'decrypt')
    return open(how, key, data)
  },
  digest: async (_: string, data: BufferSource) => buffer(createHash('sha256').update(view(data)).digest()),
  async verify(_: string, key: Key, mac: BufferSource, data: BufferSource) {
    may(key, 'verify')
    const right = createHmac('sha256', key.raw).update(view(data)).digest()
    return view(mac).length === right.length && timingSafeEqual(view(mac), right)
  },
}
