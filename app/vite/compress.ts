import { readFileSync, writeFileSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'
import { walk } from './walk.ts'

const texts = new Set(['.html', '.js', '.css', '.svg', '.webmanifest', '.json'])

/** Lays x.br and x.gz beside each text of the build, for the server to answer with. */
export function compress(): Plugin {
  let folder = ''
  return {
    name: 'compress',
    apply: 'build',
    enforce: 'post',
    configResolved: config => { folder = resolve(config.root, config.build.outDir) },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler: () => {
        for (const path of walk(folder).filter(one => texts.has(extname(one)))) {
          const body = readFileSync(path)
          writeFileSync(`${path}.gz`, gzipSync(body, { level: 9 }))
          writeFileSync(`${path}.br`, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
        }
      },
    },
  }
}
