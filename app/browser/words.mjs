// The words on the screens that a story looks for, and how it finds words that are in the wrong language.

/** Words by key, in Chinese and in English. */
const words = {
  signin: ['登录', 'Sign in'], wrong: ['账号或密码不对', 'Login or password is wrong'], filling: ['首次同步中', 'First sync is running'],
  today: ['今日', 'Today'], more: [/更多操作/, /more actions/], move: ['改期', 'Move'], cancel: ['取消这次回访', 'Cancel this contact'],
  why: ['为什么要回访', 'Why this contact'], navigate: ['导航', 'Navigate'], fromHere: '从我这里算距离|Distance from here', nextDay: ['后一天', 'Day after'],
  log: ['写回访记录', 'Log a contact'], note: ['备注', 'Note'], repurchase: ['答应回购', 'Will buy again'], giveBack: ['要退货', 'Wants to return goods'],
  stop: ['不再使用（停服）', 'No longer uses it (stop)'], reaction: ['用后不适', 'Unwell after use'], script: [/话术/, /script/i],
  work: ['同步明细', 'Sync, piece by piece'], account: ['会员', 'Account'], route: ['导航', 'Navigate'], planOne: ['约回访', 'Plan'], edit: ['修改', 'Edit'],
  addMember: ['添加家人', 'Add a person'], addDate: ['添加日子', 'Add a day'], purchase: ['登记购买', 'Record a purchase'],
  giveBackOne: ['登记退货', 'Record a return'], step: ['完成这一步', 'Complete this step'], close: ['结案', 'Close the case'],
  openCase: ['新建事项', 'Open a case'], stopIt: ['登记停服', 'Record a stop'], horizon: [/判断/, /Say otherwise|Change your word/], pause: ['暂停联系', 'Pause contacts'],
  tags: ['修改标签', 'Edit tags'], health: ['查看健康情况', 'Show health'], accounts: ['会员', 'Accounts'], filter: [/^筛选/, /^Filter/],
  tierA: ['A 级', 'Tier A'], plan: ['计划', 'Plan'], me: ['我的', 'Me'], signOut: ['退出登录', 'Sign out'], numbers: ['我的数字', 'My numbers'],
  standing: ['依据和变动', 'Why, and changes'], proposeGrade: ['建议改分', 'Propose a grade'],
  devices: ['我的设备', 'My devices'], password: ['修改密码', 'Change the password'], lost: ['没有这一页', 'No such page'], job: ['职业', 'Job'], save: ['保存', 'Save'],
  needsYou: ['需要您处理', 'Needs you'], saved: ['已存在手机上', 'Saved on this phone'], piece: ['工作', 'A piece of work'], team: ['团队', 'Team'],
  inbox: ['异常', 'Inbox'], workload: ['工作量', 'Workload'], forecast: ['预测成绩', 'Forecast'], moves: ['分户', 'Moves'], moveNew: ['新移交', 'New move'], moveOne: ['移交', 'Move'],
  balance: ['均衡负荷', 'Balance the load'], placesMap: ['会员地图', 'Map of accounts'], covers: ['代班', 'Covers'], coverNew: ['安排代班', 'Arrange a cover'],
  cases: ['停服', 'Cases'], caseOne: ['个案', 'Case'], requests: ['请求', 'Requests'], policy: ['规则', 'Policy'], others: ['更多', 'More'],
  reschedule: [/^改期: /, /^Another day: /], look: [/^查看: /, /^Look: /], later: [/^稍后: /, /^Later: /], newCase: ['新建个案', 'New case'],
  visit: [/^安排上门$|^改上门的日子$/, /^(Plan|Move) the visit$/], give: ['交给别人负责', 'Give to somebody else'], end: ['结束个案', 'End the case'],
  ask: ['请专家或经理同访', 'Ask an expert or manager along'], accept: ['接受', 'Accept'], decline: ['谢绝', 'Decline'], refuseLeave: [/^不批/, /^Refuse/],
  endCovers: [/^(提前结束|取消).*的代班$/, /^(End early|Take off).*cover/], rollBack: [/^退回/, /^Go back/], onward: [/^下一步/, /^Next/],
}

export const wordsOf = (lang) => Object.fromEntries(Object.entries(words).map(([key, both]) => {
  const [zh, en] = typeof both === 'string' ? both.split('|') : both
  return [key, lang === 'zh' ? zh : en]
}))

/** All a rep's phone is sent: names, addresses, products, notes. Of sentences sent in both languages only those of `lang`. */
export async function heard(rep, lang) {
  const texts = new Set()
  for (let after = '', more = true; more;) {
    const { changes } = await rep('Changes', { after, first: 200 })
    gather(changes, texts, lang)
    ;({ cursor: after, more } = changes)
  }
  return texts
}

export function gather(value, into, lang) {
  if (typeof value === 'string') return into.add(value)
  if (typeof value !== 'object' || value === null) return
  const other = 'zh' in value && 'en' in value ? { zh: 'en', en: 'zh' }[lang] : undefined
  for (const [key, part] of Object.entries(value)) if (key !== other) gather(part, into, lang)
}

/** Latin that is right in Chinese: units, names of things, rules. */
const latin = /^(English|JPEG|XLSX|CSV|km|BG|NBD|GB|MB|KB|kB|Linux|Android|Chrome|iPhone|D\d+|dev|story|huifang|demo|rep\d*|supervisor|[A-D])$/i
/** A place in a script that the app fills in: the same in all languages. */
const place = /\{[a-z]+\}/g
/** Chinese that is right in English. */
const chinese = /^(中文)$/

/** Words on the screen that are neither of its language nor data. */
export async function foreign(page, lang, data) {
  const texts = await page.evaluate(() => {
    const seen = new Set()
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) {
        if (!['SCRIPT', 'STYLE', 'TEXTAREA'].includes(node.parentElement.tagName)) seen.add(node.textContent.trim())
      } else for (const name of ['aria-label', 'title', 'placeholder', 'alt']) seen.add(node.getAttribute(name) ?? '')
    }
    return [...seen]
  })
  const all = [...data].join('\n')
  const known = (run) => all.includes(run) || joined(run, all)
  const pattern = lang === 'en' ? /[\u3400-\u9fff]+/g : /[A-Za-z][A-Za-z'’]+/g
  const right = lang === 'en' ? chinese : latin
  return [...new Set(texts.flatMap((text) => text.replace(place, '').match(pattern) ?? []))].filter((run) => !right.test(run) && !known(run)).map((run) => `untranslated: ${run}`)
}

/** Made of two pieces of data, such as a city and a street. */
const joined = (run, all) => [...run].some((_, i) => i > 1 && run.length - i > 1 && all.includes(run.slice(0, i)) && all.includes(run.slice(i)))
