// Holds the build in dist to the budgets of the app, in bytes as they travel (gzip). Run after `npm run build`.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const text = name => readFileSync(join(dist, name), 'utf8')
const size = name => statSync(join(dist, existsSync(join(dist, `${name}.gz`)) ? `${name}.gz` : name)).size
const sum = names => [...names].reduce((total, name) => total + size(name), 0)

const code = readdirSync(join(dist, 'assets')).filter(name => /\.(js|css)$/.test(name)).map(name => `assets/${name}`)

/** A file with all it imports statically: what must be here before its first line runs. */
function whole(name, seen = new Set()) {
  if (seen.has(name)) return seen
  seen.add(name)
  if (!name.endsWith('.js')) return seen
  for (const [, path] of text(name).matchAll(/(?:^|[;}\n])(?:import|export)\b[^;'"`(]*?["'`]\.\/([\w.-]+\.js)["'`]/g)) whole(`assets/${path}`, seen)
  return seen
}

const linked = [...text('index.html').matchAll(/(?:src|href)="\/(assets\/[\w.-]+\.(?:js|css))"/g)].map(([, name]) => name)
if (linked.length === 0) throw new Error('index.html links no code: was the app built?')
const blocking = linked.reduce((seen, name) => whole(name, seen), new Set())

const workers = code.filter(name => /\/worker-[\w-]+\.js$/.test(name))
if (workers.length !== 1) throw new Error(`there should be one worker, not ${workers.length}`)
const worker = whole(workers[0])

const precached = new Set([...text('sw.js').matchAll(/["'`]?url["'`]?:\s*["'`]\/([^"'`]+)["'`]/g)].map(([, name]) => name))
for (const name of [...blocking, ...worker, 'index.html']) {
  if (!precached.has(name)) throw new Error(`${name} is not precached: the app would not open offline`)
}
const ofDesks = code.filter(name => !precached.has(name))
const lazy = code.filter(name => !blocking.has(name) && !worker.has(name))

const budgets = [
  ['blocking first screen', sum(blocking), 130],
  ['worker', sum(worker), 42],
  ['precached for reps', sum(precached), 300],
  ['loaded later', sum(lazy), 340],
  ['of these, of desks', sum(ofDesks), 180],
]
for (const [what, bytes, limit] of budgets) {
  console.log(`${(bytes / 1000).toFixed(1).padStart(7)} kB of ${limit} kB  ${what}${bytes > limit * 1000 ? '  TOO MUCH' : ''}`)
}
if (budgets.some(([, bytes, limit]) => bytes > limit * 1000)) process.exit(1)
