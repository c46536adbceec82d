// Proof that the server answered, and not somebody on the way.

import { fromBase64, sha256, toBytes } from './bytes'

export type Receipt = { id: string; hash: string; status: string; sequence: number; epoch: string; receipt: string }

/** What a receipt of a command covers: the very text that was sent. */
export const commandHash = (crypto: Crypto, document: string, variables: string): Promise<string> =>
  sha256(crypto, toBytes(`${document}\n${variables}`))

/** Whether the MAC fits. Anything that is not well-formed does not. */
export async function genuine(crypto: Crypto, key: CryptoKey, r: Receipt): Promise<boolean> {
  const lines = [r.id, r.hash, r.status, String(r.sequence), r.epoch].map((line) => `${line}\n`).join('')
  try {
    return await crypto.subtle.verify('HMAC', key, fromBase64(r.receipt), toBytes(lines))
  } catch {
    return false
  }
}
