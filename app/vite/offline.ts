import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build, type Plugin } from 'vite'
import { walk } from './walk.ts'

type Options = {
  /** The source of the service worker; it finds its list of files in __PRECACHE__. */
  worker: string
  /** What is left out, by its path in the build. */
  without: RegExp
}

/** Builds the service worker, /sw.js, after the app, with the list of the files that a phone keeps. */
export function offline({ worker, without }: Options): Plugin {
  let root = ''
  let folder = ''
  return {
    name: 'offline',
    apply: 'build',
    enforce: 'post',
    configResolved: config => {
      root = config.root
      folder = join(root, config.build.outDir)
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler: async () => {
        const files = walk(folder).map(path => relative(folder, path)).filter(path => !/(^|\/)\./.test(path) && !without.test(path))
        const list = files.sort().map(url => ({ url: `/${url}`, revision: revision(url, join(folder, url)) }))
        await build({
          root,
          configFile: false,
          publicDir: false,
          logLevel: 'warn',
          define: { __PRECACHE__: JSON.stringify(list), 'process.env.NODE_ENV': '"production"' },
          build: {
            outDir: folder,
            emptyOutDir: false,
            target: ['safari15', 'chrome90', 'firefox114'],
            rolldownOptions: { input: join(root, worker), output: { format: 'iife', entryFileNames: 'sw.js' } },
          },
        })
      },
    },
  }
}

/** Files under assets carry a hash of their content in their name; others need one beside it. */
const revision = (url: string, path: string): string | null =>
  url.startsWith('assets/') ? null : createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16)
