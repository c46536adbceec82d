// Writes lunar_table.go from the Chinese calendar of ICU, which Node carries:
//   node testdata/lunar_table.mjs > lunar_table.go && gofmt -w lunar_table.go
const first = 1900, last = 2100
const day = 86400000
const calendar = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'Asia/Shanghai', year: 'numeric', month: 'numeric', day: 'numeric' })

// ICU reckons nine new moons and three leap months otherwise than the published almanac; where almanac and an own reckoning
// of the new moons (Meeus, Astronomical Algorithms, chapter 49) agree against ICU, they win. Keys are ICU's days.
const almanac = {
  '1954-02-04': '1954-02-03', '1955-02-23': '1955-02-22', '1999-01-18': '1999-01-17',
  '2012-08-18': '2012-08-17', '2018-11-07': '2018-11-08', '2027-02-07': '2027-02-06',
  '2030-02-02': '2030-02-03', '2070-03-13': '2070-03-12', '2097-08-07': '2097-08-08',
}
const leaps = { 1917: 2, 1922: 5, 1987: 6 }

function lunar(noon) {
  const parts = Object.fromEntries(calendar.formatToParts(noon).map(p => [p.type, p.value]))
  return { year: Number(parts.relatedYear), month: parseInt(parts.month), leap: parts.month.endsWith('bis'), day: Number(parts.day) }
}

const months = []
for (let t = Date.UTC(first, 0, 1, 4); t <= Date.UTC(last + 1, 2, 28, 4); t += day) {
  const l = lunar(t)
  if (l.day !== 1) continue
  const iso = new Date(t).toISOString().slice(0, 10)
  const start = iso in almanac ? Date.parse(almanac[iso] + 'T04:00:00Z') : t
  months.push({ ...l, start })
}

const rows = []
for (let year = first; year <= last; year++) {
  let bits = 0, leap = 0, n = 0
  months.forEach((m, i) => {
    if (m.year !== year) return
    if (m.leap) leap = m.month
    if ((months[i + 1].start - m.start) / day === 30) bits |= 1 << n
    n++
  })
  rows.push(`\t0x${((bits << 4) | (leaps[year] ?? leap)).toString(16).padStart(5, '0')}, // ${year}`)
}

console.log(`package cadence

// lunarYears are the lunar years 1900 to 2100, made by testdata/lunar_table.mjs: the low four bits are the leap month
// (0 none), the bits above tell of each month in order, the leap month after its plain one, whether it has 30 days.
var lunarYears = [...]uint32{
${rows.join('\n')}
}`)
