import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { build, type Plugin, type Rolldown } from 'vite'
import { walk } from './walk.ts'

type Options = {
  /** The source of the service worker; it finds its list of files in __PRECACHE__. */
  worker: string
  /** What is left out, by its path in the build. */
  without: RegExp
  /** Modules that are not kept, with all that only they need. */
  desks: RegExp
}

/** Builds the service worker, /sw.js, after the app, with the list of the files that a phone keeps. */
export function offline({ worker, without, desks }: Options): Plugin {
  let root = ''
  let away = new Set<string>()
  let folder = ''
  return {
    name: 'offline',
    apply: 'build',
    enforce: 'post',
    configResolved: config => {
      root = config.root
      folder = resolve(root, config.build.outDir)
    },
    generateBundle: { order: 'post', handler: (_, bundle) => { away = onlyBehind(desks, bundle) } },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler: async () => {
        const files = walk(folder).map(path => relative(folder, path)).filter(path => !/(^|\/)\./.test(path) && !without.test(path) && !away.has(path))
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

/** The files that nobody needs who never opens one of these modules. */
function onlyBehind(desks: RegExp, bundle: Rolldown.OutputBundle): Set<string> {
  const chunks = Object.values(bundle).filter(file => file.type === 'chunk')
  const isDesk = (name: string) => desks.test(chunks.find(chunk => chunk.fileName === name)?.facadeModuleId ?? '')
  const reached = new Set<Rolldown.OutputChunk>()
  const reach = (chunk?: Rolldown.OutputChunk) => {
    if (!chunk || reached.has(chunk)) return
    reached.add(chunk)
    const next = [...chunk.imports, ...chunk.dynamicImports.filter(name => !isDesk(name))]
    for (const name of next) reach(chunks.find(one => one.fileName === name))
  }
  chunks.filter(chunk => chunk.isEntry).forEach(reach)
  const filesOf = (all: Iterable<Rolldown.OutputChunk>) => [...all].flatMap(chunk => [chunk.fileName, ...(chunk.viteMetadata?.importedCss ?? [])])
  const kept = new Set(filesOf(reached))
  return new Set(filesOf(chunks).filter(name => !kept.has(name)))
}

/** Files under assets carry a hash of their content in their name; others need one beside it. */
const revision = (url: string, path: string): string | null =>
  url.startsWith('assets/') ? null : createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16)
