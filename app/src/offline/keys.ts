// The one module that makes, wraps and unwraps keys. Keys lie in the store wrapped by a key of the device that no script can
// read out (non-extractable). A PIN or a passkey would wrap them here, and nowhere else would change.

import { fromBase64, toBytes, toText, type Bytes } from './bytes'

const AES = { name: 'AES-GCM', length: 256 }
const IV = 12

/** Makes the key of the device: it can wrap, it cannot leave. */
export const makeDeviceKey = (crypto: Crypto): Promise<CryptoKey> =>
  crypto.subtle.generateKey(AES, false, ['wrapKey', 'unwrapKey', 'encrypt', 'decrypt'])

export class Vault {
  constructor(private readonly crypto: Crypto, private readonly deviceKey: CryptoKey) {}

  /** A new key, wrapped for one purpose: under another purpose it does not unwrap. */
  async make(purpose: string): Promise<Bytes> {
    return this.wrap(purpose, await this.crypto.subtle.generateKey(AES, true, ['encrypt', 'decrypt']))
  }

  /** A key of the server's, wrapped. */
  async take(purpose: string, base64: string): Promise<Bytes> {
    const raw = fromBase64(base64)
    const key = await this.crypto.subtle.importKey('raw', raw, AES, true, ['encrypt', 'decrypt'])
    raw.fill(0)
    return this.wrap(purpose, key)
  }

  async unwrap(purpose: string, wrapped: Bytes): Promise<Seal> {
    const key = await this.crypto.subtle.unwrapKey('raw', wrapped.subarray(IV), this.deviceKey,
      gcm(wrapped.subarray(0, IV), purpose), AES, false, ['encrypt', 'decrypt'])
    return new Seal(this.crypto, key)
  }

  /** Seals small secrets, such as tokens, with the key of the device itself. */
  own(): Seal {
    return new Seal(this.crypto, this.deviceKey)
  }

  /** The key that verifies receipts; it can do nothing else and cannot leave. */
  receiptKey(base64: string): Promise<CryptoKey> {
    return this.crypto.subtle.importKey('raw', fromBase64(base64), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  }

  private async wrap(purpose: string, key: CryptoKey): Promise<Bytes> {
    const iv = this.crypto.getRandomValues(new Uint8Array(IV))
    return join(iv, await this.crypto.subtle.wrapKey('raw', key, this.deviceKey, gcm(iv, purpose)))
  }
}

/** Seals values. Each carries where it belongs, so that a sealed row cannot be put in another's place. */
export class Seal {
  constructor(private readonly crypto: Crypto, private readonly key: CryptoKey) {}

  async sealBytes(place: string, plain: BufferSource): Promise<Bytes> {
    const iv = this.crypto.getRandomValues(new Uint8Array(IV))
    return join(iv, await this.crypto.subtle.encrypt(gcm(iv, place), this.key, plain))
  }

  openBytes(place: string, box: Bytes): Promise<ArrayBuffer> {
    return this.crypto.subtle.decrypt(gcm(box.subarray(0, IV), place), this.key, box.subarray(IV))
  }

  seal(place: string, value: unknown): Promise<Bytes> {
    return this.sealBytes(place, toBytes(JSON.stringify(value)))
  }

  async open<T>(place: string, box: Bytes): Promise<T> {
    return JSON.parse(toText(await this.openBytes(place, box))) as T
  }
}

/** Whether two boxes are one: each is sealed under a number used once. */
export function sameBox(a: Bytes, b: Bytes): boolean {
  for (let i = 0; i < IV; i++) if (a[i] !== b[i]) return false
  return true
}

const gcm = (iv: Bytes, place: string) => ({ name: 'AES-GCM', iv, additionalData: toBytes(place) })

function join(iv: Bytes, sealed: ArrayBuffer): Bytes {
  const box = new Uint8Array(IV + sealed.byteLength)
  box.set(iv)
  box.set(new Uint8Array(sealed), IV)
  return box
}
