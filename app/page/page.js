// The first page: sign in, see a day's plan, ask why. It runs trusted documents only, named by the server in <body>.
'use strict'

const words = {
  zh: {
    title: '回访', signIn: '登录', signOut: '退出', login: '登录名', password: '密码', other: 'English',
    about: '售后代表的一天：先看谁、给谁打电话、为什么。', overdue: '已逾期', leftOver: '之前留下的', more: '要点与原因', empty: '这一天没有安排。',
    today: '今天', HOME_VISIT: '家访', CALL: '电话', MESSAGE: '短信/微信', EVENT: '联谊会', STORE: '到店',
    sum: (v, c, m) => `家访 ${v} · 其他 ${c} · 约 ${m} 小时`, minutes: (m) => `${m} 分钟`, travel: (m) => `路程 ${m} 分钟`,
    due: (d) => `应于 ${d}`, urgent: '紧急', started: '进行中', done: '已完成', pinned: '已约定', noRep: '这个角色没有自己的日程，请用售后代表登录。',
    UNAUTHENTICATED: '登录名或密码不对。', LIMITED: '尝试太多次，请稍后再试。', INTERNAL: '服务器出错，请稍后再试。',
    INVALID: '请填写登录名和密码。', REFUSED: '此操作不被允许。', NOT_FOUND: '没有找到。', offline: '连不上服务器，请检查网络。',
    before: '前一天', after: '后一天',
  },
  en: {
    title: 'Huifang', signIn: 'Sign in', signOut: 'Sign out', login: 'Login', password: 'Password', other: '中文',
    about: 'A rep’s day: whom to visit, whom to call, in order, and why.', overdue: 'Overdue', leftOver: 'Left over from earlier days', more: 'Talk about, and why', empty: 'Nothing is planned for this day.',
    today: 'Today', HOME_VISIT: 'Visit', CALL: 'Call', MESSAGE: 'Message', EVENT: 'Event', STORE: 'In store',
    sum: (v, c, m) => `${count(v, 'visit')} · ${count(c, 'other')} · about ${m} h`, minutes: (m) => `${m} min`, travel: (m) => `${m} min on the way`,
    due: (d) => `was due ${d}`, urgent: 'Urgent', started: 'Started', done: 'Done', pinned: 'Agreed', noRep: 'This role has no day of its own; sign in as a rep.',
    UNAUTHENTICATED: 'Login or password is wrong.', LIMITED: 'Too many attempts, try again later.', INTERNAL: 'The server failed, try again later.',
    INVALID: 'Fill in login and password.', REFUSED: 'That is not allowed.', NOT_FOUND: 'Not found.', offline: 'The server cannot be reached. Check the network.',
    before: 'Day before', after: 'Day after',
  },
}

function count(n, word) { return `${n} ${word}${n === 1 ? '' : 's'}` }
const $ = (selector, root = document) => root.querySelector(selector)
const documents = document.body.dataset
const state = { lang: read('lang') || (navigator.language.startsWith('zh') ? 'zh' : 'en'), access: read('access'), day: null, today: null, shown: null }

function read(key) { try { return sessionStorage.getItem(key) } catch { return null } }
function keep(key, value) { try { value === null ? sessionStorage.removeItem(key) : sessionStorage.setItem(key, value) } catch { /* private mode: the page still works until it is closed */ } }
function t(key, ...args) { const w = words[state.lang][key]; return typeof w === 'function' ? w(...args) : w ?? key }

class Refusal extends Error { constructor(code) { super(code); this.code = code } }

async function ask(documentId, variables) {
  let answer
  try {
    const headers = { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' }
    if (state.access) headers.Authorization = `Bearer ${state.access}`
    const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ documentId, variables }) })
    answer = await response.json()
  } catch { throw new Refusal('offline') }
  if (answer.errors?.length) throw new Refusal(answer.errors[0].extensions?.code ?? 'INTERNAL')
  return answer.data
}

function say() {
  document.documentElement.lang = state.lang === 'zh' ? 'zh-CN' : 'en'
  for (const element of document.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t)
  $('#lang').textContent = t('other')
  $('#before').setAttribute('aria-label', t('before'))
  $('#after').setAttribute('aria-label', t('after'))
}

function show() {
  say()
  $('#door').hidden = Boolean(state.access)
  $('#day').hidden = !state.access
  $('#leave').hidden = !state.access
  if (state.access) load()
}

async function load() {
  $('#trouble').textContent = ''
  try {
    const { myDay } = await ask(documents.myDay, { day: state.day, lang: state.lang.toUpperCase() })
    state.day = myDay.day
    state.today = myDay.today
    draw(myDay)
  } catch (refusal) {
    if (refusal.code === 'UNAUTHENTICATED') return leave()
    $('#trouble').textContent = refusal.code === 'REFUSED' || refusal.code === 'NOT_FOUND' ? t('noRep') : t(refusal.code)
  }
}

function draw(day) {
  const date = new Date(`${day.day}T00:00:00Z`)
  const long = date.toLocaleDateString(state.lang === 'zh' ? 'zh-CN' : 'en-GB', { month: 'long', day: 'numeric', weekday: 'long', timeZone: 'UTC' })
  $('#day-title').textContent = day.day === day.today ? `${t('today')} · ${long}` : long
  const visits = day.items.filter((i) => i.kind === 'HOME_VISIT').length
  const minutes = day.items.reduce((sum, i) => sum + i.minutes + i.travel, 0)
  $('#day-sum').textContent = t('sum', visits, day.items.length - visits, Math.round(minutes / 6) / 10)
  list($('#left-over ol'), day.leftOver, true)
  list($('#planned ol'), day.items, false)
  $('#left-over').hidden = day.leftOver.length === 0
  $('#empty').hidden = day.items.length + day.leftOver.length > 0
}

function list(ol, items, late) { ol.replaceChildren(...items.map((item) => card(item, late))) }

function card(item, late) {
  const li = $('#item').content.cloneNode(true).firstElementChild
  for (const element of li.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t)
  li.classList.toggle('late', late)
  li.classList.toggle('done', item.status === 'DONE')
  $('.time', li).textContent = late ? item.day.slice(5) : clock(item.startMin)
  $('.kind', li).textContent = t(item.kind)
  $('.kind', li).classList.add(item.kind)
  $('.name', li).textContent = item.account.name
  $('.badges', li).replaceChildren(...badges(item))
  $('.where', li).textContent = [item.account.district, t('minutes', item.minutes), item.travel ? t('travel', item.travel) : '', item.overdue ? t('due', item.dueOn) : ''].filter(Boolean).join(' · ')
  $('.reasons', li).replaceChildren(...lines(item.reasons.map((r) => r.words)))
  $('.objectives', li).replaceChildren(...lines(item.objectives.map((o) => o.words)))
  $('details', li).addEventListener('toggle', (event) => { if (event.target.open) why(item, $('.why', li)) }, { once: true })
  return li
}

function badges(item) {
  const all = []
  if (item.urgent) all.push(['urgent', t('urgent')])
  if (item.overdue) all.push(['urgent', t('overdue')])
  if (item.status === 'STARTED') all.push(['', t('started')])
  if (item.status === 'DONE') all.push(['', t('done')])
  if (item.pinned) all.push(['', t('pinned')])
  return all.map(([kind, text]) => Object.assign(document.createElement('span'), { className: `badge ${kind}`, textContent: text }))
}

function lines(texts) { return texts.map((text) => Object.assign(document.createElement('li'), { textContent: text })) }

async function why(item, place) {
  try {
    const { why } = await ask(documents.whyItem, { item: item.id, lang: state.lang.toUpperCase() })
    const told = item.reasons.map((r) => r.words) // they stand above already
    place.replaceChildren(...why.sentences.filter((text) => !told.includes(text)).map((text) => Object.assign(document.createElement('p'), { textContent: text })))
  } catch (refusal) { place.textContent = t(refusal.code) }
}

function clock(minute) { return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}` }

function step(days) {
  if (!state.day) return
  const date = new Date(`${state.day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  state.day = date.toISOString().slice(0, 10)
  load()
}

function leave() {
  state.access = state.day = null
  keep('access', null)
  show()
}

$('#sign-in').addEventListener('submit', async (event) => {
  event.preventDefault()
  const button = $('button', event.target)
  const form = new FormData(event.target)
  $('#refusal').textContent = ''
  button.disabled = true
  try {
    const { signIn } = await ask(documents.signIn, { login: form.get('login'), password: form.get('password'), device: navigator.userAgent.slice(0, 100) })
    state.access = signIn.access
    keep('access', state.access)
    event.target.reset()
    show()
  } catch (refusal) {
    $('#refusal').textContent = t(refusal.code)
  } finally {
    button.disabled = false
  }
})
$('#lang').addEventListener('click', () => { state.lang = state.lang === 'zh' ? 'en' : 'zh'; keep('lang', state.lang); show() })
$('#leave').addEventListener('click', async () => { try { await ask(documents.signOut, {}) } catch { /* the token dies by itself */ } leave() })
$('#before').addEventListener('click', () => step(-1))
$('#after').addEventListener('click', () => step(1))
show()
