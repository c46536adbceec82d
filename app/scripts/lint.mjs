// Holds the app's sources to its few rules of form, as gofmt does for Go: `npm run lint`.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const widest = 220
const generated = new Set(['src/engine/graphql.ts'])
const talks = /^src\/lang\//

const walk = folder => readdirSync(folder).flatMap(name => {
  const path = join(folder, name)
  if (statSync(path).isDirectory()) return name === 'node_modules' ? [] : walk(path)
  return /\.(ts|vue|mjs|css)$/.test(name) ? [path] : []
})

/** Each rule: the words of what is wrong, and whether a line breaks it. `code`: the line is TypeScript. */
const rules = [
  ['tab', line => line.includes('\t')],
  ['space at the end', line => /\s$/.test(line)],
  [`longer than ${widest}`, (line, { path }) => line.length > widest && !talks.test(path) && !/^\s*path: '|: 'M[\d. ]/.test(line)],
  ['semicolon at the end', (line, { code }) => code && /;$/.test(line) && !/^\s*(\/\/|\*)/.test(line)],
  ['double quotes', (line, { code }) => code && /^\s*import .*"$/.test(line)],
  ['any', (line, { code }) => code && /(:|<|as|\|) any\b|\bany\[\]/.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line)],
  ['a check turned off', line => /@ts-(ignore|nocheck|expect-error)/.test(line)],
]

let wrong = 0
for (const file of ['src', 'test', 'scripts', 'vite'].flatMap(folder => walk(join(root, folder)))) {
  const path = relative(root, file)
  if (generated.has(path) || path === 'scripts/lint.mjs') continue
  const text = readFileSync(file, 'utf8')
  let code = /\.(ts|mjs)$/.test(path)
  text.split('\n').forEach((line, at) => {
    if (path.endsWith('.vue')) code = /^<script/.test(line) || (code && !/^<\/script/.test(line))
    for (const [words, broken] of rules) {
      if (!broken(line, { path, code })) continue
      console.error(`${path}:${at + 1}: ${words}`)
      wrong++
    }
  })
  if (!text.endsWith('\n') || text.endsWith('\n\n')) {
    console.error(`${path}: should end with one line break`)
    wrong++
  }
}
if (wrong > 0) process.exit(1)
