import { readFileSync } from 'node:fs'

/** Vectors that hold the server and the app to the same rules; the file's path from the root of the repository. */
export const vectors = <T>(path: string): T =>
  JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')) as T
