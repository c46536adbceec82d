package demo

import (
	"cmp"
	"fmt"
	"slices"

	"huifang/cadence"
	"huifang/civil"
	"huifang/models"
)

// stop is an account's time off the product, told by its case (D7). The story knows how it ends.
type stop struct {
	cause  cadence.StopCause
	from   civil.Date
	closed civil.Date // may lie beyond the book's day: then it is open
	won    bool
}

// holds tells whether the stop holds on a day, given up ones for ever.
func (s stop) holds(day civil.Date) bool { return day >= s.from && (day < s.closed || !s.won) }

func (m *maker) purchases() {
	for _, l := range m.lives {
		m.shop(l)
	}
	m.numberOrders()
}

// shop lives through an account's buying: cycles of use with the account's own pace, skipped ones, and drop-outs.
func (m *maker) shop(l *life) {
	day, buys := m.firstOrder(l)
	for buys && day < m.today {
		supply := m.order(l, day)
		if l.story == once {
			return
		}
		day, buys = m.nextOrder(l, day, supply)
	}
}

// firstOrder is the first order within the book: of a new account soon after it came, of an old one somewhere in its cycle.
func (m *maker) firstOrder(l *life) (civil.Date, bool) {
	since := l.person.Account.Since
	switch {
	case l.story == potential:
		return 0, false
	case l.story == old:
		return m.start + m.days(0, 120), m.chance(0.97)
	case m.chance(0.7) || l.story == fresh:
		return since, true
	}
	return min(since+m.days(1, 12), m.today-1), true
}

// nextOrder is when the account comes again after an order that lasts so many days; false when it never does.
func (m *maker) nextOrder(l *life, day civil.Date, supply int) (civil.Date, bool) {
	days := float64(supply)*l.usage + 0.07*float64(supply)*m.NormFloat64()
	if m.chance(0.1) {
		days += float64(supply) * (0.4 + 0.6*m.Float64()) // a skipped cycle: old stock, a journey, another brand
	}
	next := day + civil.Date(min(max(days, 18), 320))
	if m.chance(0.075) {
		return 0, false
	}
	if m.chance(0.04) {
		return m.interrupt(l, day, next)
	}
	return next, true
}

// interrupt stops the account between two orders; it is won back or lost.
func (m *maker) interrupt(l *life, day, next civil.Date) (civil.Date, bool) {
	s := stop{from: day + m.days(8, max(9, min(60, int(next-day)-1))), won: m.chance(0.45)}
	if s.from >= m.today {
		return next, true
	}
	s.cause = draw(m.dice, []weighted[cadence.StopCause]{{45, cadence.EffectOrQuality}, {30, cadence.BadService}, {25, cadence.Competitor}})
	s.closed = s.from + m.days(5, 24)
	l.stops = append(l.stops, s)
	return max(next, s.closed+12) + m.days(0, 20), s.won
}

// order writes a purchase with its lines and returns for how many days it lasts.
func (m *maker) order(l *life, day civil.Date) int {
	at := m.moment(day)
	p := models.Purchase{
		ID: m.key(at), AccountID: l.person.Account.ID, RepID: l.owner(day).user, Day: day, CreatedAt: at,
		Channel: draw(m.dice, []weighted[string]{{55, "门店"}, {30, "上门"}, {10, "微信"}, {5, "活动"}}),
	}
	main := l.likes[0]
	if len(l.likes) > 1 && m.chance(0.22) {
		main = l.likes[1]
	}
	m.line(l, &p, main, m.units(l, main))
	if rest := l.likes[len(l.likes)-1]; rest != main && m.chance(0.3) {
		m.line(l, &p, rest, max(1, p.SupplyDays/articles[rest].supply))
	}
	if l.group == elder && len(l.purchases) == 1 && m.chance(0.15) {
		m.line(l, &p, monitor, 1)
	}
	if m.chance(0.3) {
		p.Amount = p.Amount * 88 / 10_000 * 100 // D26: members' 12 % off, whole yuan
	}
	l.purchases = append(l.purchases, p)
	return p.SupplyDays
}

// units is how many of an article the account orders: courses of one to three boxes, mostly the same as ever.
func (m *maker) units(l *life, article int) int {
	n := l.quantity
	if m.chance(0.2) {
		n = m.between(1, 3)
	}
	if len(l.purchases) == 0 {
		n = max(1, n-m.between(0, 1)) // the first time many only try
	}
	if articles[article].supply == 90 {
		n = min(n, 2)
	}
	return n
}

func (m *maker) line(l *life, p *models.Purchase, article, quantity int) {
	product := m.book.Products[article]
	line := models.PurchaseLine{
		ID: m.key(p.CreatedAt), PurchaseID: p.ID, ProductID: product.ID, Quantity: quantity, Line: 1,
		Amount: product.Price * models.Fen(quantity), SupplyDays: product.SupplyDays * quantity,
	}
	if n := len(l.lines); n > 0 && l.lines[n-1].PurchaseID == p.ID {
		line.Line = l.lines[n-1].Line + 1
	}
	l.lines = append(l.lines, line)
	p.Amount += line.Amount
	p.SupplyDays = max(p.SupplyDays, line.SupplyDays)
}

// numberOrders gives the company's own numbers, running through each day.
func (m *maker) numberOrders() {
	var all []*models.Purchase
	for _, l := range m.lives {
		for i := range l.purchases {
			all = append(all, &l.purchases[i])
		}
	}
	slices.SortFunc(all, func(a, b *models.Purchase) int { return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), a.ID.Compare(b.ID)) })
	seq, day := 0, civil.Date(-1)
	for _, p := range all {
		if p.Day != day {
			seq, day = 0, p.Day
		}
		seq++
		p.Number = fmt.Sprintf("D%s%04d", p.Day.Time().Format("20060102"), seq)
	}
}

// last is the latest order before a day, nil when there is none.
func (l *life) last(day civil.Date) *models.Purchase {
	for i := len(l.purchases) - 1; i >= 0; i-- {
		if l.purchases[i].Day < day {
			return &l.purchases[i]
		}
	}
	return nil
}
