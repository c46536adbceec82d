// What the stories stand on: the real program over a copy of a sample, a way there that can fail in every manner, and a
// real browser whose profile outlives its process. Set by browser_test.go: HUIFANG (the program), SAMPLE (a data folder),
// CHROMIUM, PICTURES.
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import { createRequire } from 'node:module'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { chromium } from 'playwright-core'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const manifest = JSON.parse(readFileSync(new URL('../../mobile-schema/manifest.json', import.meta.url), 'utf8'))
export const documents = Object.fromEntries(manifest.documents.filter((d) => d.current).map((d) => [d.name, d.id]))

export const PASSWORD = 'huifang-demo'
export const PHONE = { width: 390, height: 844 }
export const DESK = { width: 1280, height: 800 }

/** A free port of this machine. */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => { const { port } = probe.address(); probe.close(() => resolve(port)) })
  })
}

/** Waits until `look` gives something true, and returns it. */
export async function until(what, look, seconds = 20) {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > end) throw new Error(`waited ${seconds} s for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** The program, serving a copy of the sample. */
export async function startServer() {
  const data = mkdtempSync(join(tmpdir(), 'huifang-story-'))
  cpSync(process.env.SAMPLE, data, { recursive: true })
  const port = await freePort()
  const server = { data, port, url: `http://127.0.0.1:${port}`, process: null, said: '' }
  server.start = async () => {
    server.process = spawn(process.env.HUIFANG, ['serve', '--listen', `127.0.0.1:${port}`, '--data', data, '--nightly', '03:33'])
    server.process.stderr.on('data', (text) => { server.said += text })
    await until('the server', () => fetch(`${server.url}/readyz`).then((r) => r.ok, () => false))
  }
  server.stop = () => new Promise((resolve) => {
    if (!server.process || server.process.exitCode !== null) return resolve()
    server.process.once('exit', resolve)
    server.process.kill('SIGTERM')
  })
  server.end = async () => { await server.stop(); rmSync(data, { recursive: true, force: true }) }
  await server.start()
  return server
}

/**
 * The way to the server. `mode` says what becomes of requests to the API: pass; down (no connection, the pages neither);
 * fail (500); deaf (no stream of events); gateway (a hotel's page with 200); lost (the request arrives, its answer does not); cut (the answer ends in
 * the middle). `rewrite` may change what a path answers; `line` = {latency ms, rate bytes/s} makes it slow.
 */
export async function startWay(server) {
  const way = { mode: 'pass', requests: [], bytes: 0, rewrite: {}, line: null }
  const sockets = new Set()
  const proxy = http.createServer((request, response) => {
    const api = /^\/(graphql|photos|events)/.test(request.url)
    way.requests.push(`${request.method} ${request.url}`)
    if (way.mode === 'down') return request.socket.destroy()
    if (way.mode === 'deaf' && request.url.startsWith('/events')) return request.socket.destroy()
    if (api && way.mode === 'fail') return response.writeHead(500).end('Internal Server Error')
    if (api && way.mode === 'gateway') {
      return response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html><body>Welcome! Please accept the terms.</body></html>')
    }
    setTimeout(() => forward(request, response, api), way.line?.latency ?? 0)
  })
  function forward(request, response, api) {
    const headers = { ...request.headers, host: `127.0.0.1:${server.port}` }
    if (way.rewrite[request.url]) delete headers['accept-encoding'], delete headers['if-none-match']
    const onward = http.request({ port: server.port, method: request.method, path: request.url, headers }, (answer) => {
      if (api && way.mode === 'lost') { answer.resume(); return request.socket.destroy() }
      if (api && way.mode === 'cut') {
        response.writeHead(answer.statusCode, answer.headers)
        answer.once('data', (part) => { response.write(part.subarray(0, part.length >> 1)); setTimeout(() => request.socket.destroy(), 20) })
        return
      }
      const change = way.rewrite[request.url]
      if (!change) return response.writeHead(answer.statusCode, answer.headers), answer.pipe(metered(way)).pipe(response)
      let text = ''
      answer.setEncoding('utf8').on('data', (part) => { text += part }).on('end', () => {
        const body = change(text)
        const { 'content-length': _, etag: __, ...rest } = answer.headers
        response.writeHead(answer.statusCode, { ...rest, 'content-length': Buffer.byteLength(body) }).end(body)
      })
    })
    onward.on('error', () => request.socket.destroy())
    response.on('close', () => onward.destroy())
    request.pipe(onward)
  }
  proxy.on('connection', (socket) => { sockets.add(socket); socket.on('close', () => sockets.delete(socket)) })
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  way.url = `http://127.0.0.1:${proxy.address().port}`
  way.set = (mode) => { way.mode = mode; if (mode !== 'pass') for (const s of sockets) s.destroy() }
  way.end = () => new Promise((resolve) => { for (const s of sockets) s.destroy(); proxy.close(resolve) })
  return way
}

/** Counts what passes and, on a slow line, lets it pass at the rate all answers share. */
function metered(way) {
  return new Transform({
    transform(part, _, done) {
      way.bytes += part.length
      if (!way.line) return done(null, part)
      const now = performance.now()
      way.free = Math.max(way.free ?? 0, now) + part.length / way.line.rate * 1000
      setTimeout(() => done(null, part), way.free - now)
    },
  })
}

/** Calls the API as a user, past the way. */
export async function signedIn(server, login) {
  async function ask(name, variables, token) {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json', ...(token && { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ documentId: documents[name], variables }),
    })
    const answer = await response.json()
    if (answer.errors) throw new Error(`${name}: ${JSON.stringify(answer.errors)}`)
    return answer.data
  }
  const { signIn } = await ask('SignIn', { login, password: PASSWORD, device: 'story' })
  const call = (name, variables = {}) => ask(name, variables, signIn.access)
  return Object.assign(call, { user: signIn.user, token: signIn.access })
}

/** A UUIDv7. */
export function newID() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  new DataView(bytes.buffer).setBigUint64(0, (BigInt(Date.now()) << 16n) | (0x7000n | BigInt(bytes[6] & 0x0f) << 8n | BigInt(bytes[7])))
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  return [...bytes].map((b, i) => ([4, 6, 8, 10].includes(i) ? '-' : '') + b.toString(16).padStart(2, '0')).join('')
}

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** A phone (or a desk): a browser with a profile on disk. `kill` is the dead battery: the profile stays. */
export async function newDevice({ viewport = PHONE, locale = 'zh-CN', colorScheme = 'light', args = [], ...more } = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'huifang-profile-'))
  const device = { context: null, troubles: [] }
  device.open = async () => {
    device.context = await chromium.launchPersistentContext(profile, {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...flags, ...args], viewport, locale, colorScheme, bypassCSP: true,
      isMobile: viewport === PHONE, hasTouch: viewport === PHONE, timezoneId: 'Asia/Shanghai', ...more,
    })
    device.context.setDefaultTimeout(15_000)
    device.context.on('weberror', (e) => device.troubles.push(e.error().message))
    return device.context
  }
  device.page = async (url) => {
    const [first] = device.context.pages()
    const page = first?.url() === 'about:blank' ? first : await device.context.newPage()
    await page.goto(url)
    return page
  }
  device.kill = async () => {
    const gone = new Promise((resolve) => device.context.once('close', resolve))
    const pid = processOf(profile)
    process.kill(pid, 'SIGKILL')
    await gone
    for (const lock of ['SingletonLock', 'SingletonCookie', 'SingletonSocket']) rmSync(join(profile, lock), { force: true })
  }
  device.end = async () => { await device.context?.close().catch(() => {}); rmSync(profile, { recursive: true, force: true, maxRetries: 5 }) }
  await device.open()
  return device
}

/** The process that has a profile open: its lock names it. */
function processOf(profile) {
  const { readlinkSync } = createRequire(import.meta.url)('node:fs')
  return Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1))
}

/** A picture of a screen, for people to look at; `fullPage`: down to its end. */
export async function picture(page, name, fullPage = false) {
  const folder = process.env.PICTURES
  if (!folder) return
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage })
}

/** Everything axe and the width of the screen have to say against it. */
export async function faults(page) {
  const found = []
  const wide = await page.evaluate(tooWide)
  if (wide) found.push(wide)
  if (!(await page.evaluate(() => 'axe' in window))) await page.addScriptTag({ path: axe })
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
  const told = await Promise.all(violations.map(async (v) => {
    const targets = v.nodes.map((n) => n.target.join(' '))
    const wrong = v.id === 'target-size' ? await page.evaluate(small, targets) : targets
    return wrong.length ? `${v.id}: ${wrong.join(', ')}` : null
  }))
  return found.concat(told.filter(Boolean))
}

/** By how much the screen is too wide, and the innermost part that sticks out the most. */
function tooWide() {
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth <= clientWidth) return ''
  const out = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > clientWidth)
  const widest = out.findLast((e) => Math.round(e.getBoundingClientRect().right) >= scrollWidth)
  return `${scrollWidth - clientWidth}px too wide: ${widest ? `${widest.localName}.${widest.className} “${widest.textContent.trim().slice(0, 40)}”` : '?'}`
}

/** Those that are small themselves: what a bar covers for now comes out by scrolling, and what is gone by now is not looked at. */
function small(targets) {
  return targets.filter((target) => {
    const box = document.querySelector(target)?.getBoundingClientRect()
    return box && (box.width < 24 || box.height < 24)
  })
}

/** A story: its chapters in order, in one world. After one that fails the rest is not told. */
export function chapters(test) {
  let broken = false
  return (name, tell) => test(name, async (t) => {
    if (broken) return t.skip('an earlier chapter failed')
    broken = true
    await tell(t)
    broken = false
  })
}
