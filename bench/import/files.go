package main

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"huifang/civil"
	"huifang/demo"
	"huifang/models"
)

// span is how many days of orders there are. Nobody joined later: an order from before would move the day they joined.
const span = 730

// size is how large files are.
type size struct{ reps, accounts, orders int }

// today is the day of the import.
func today() civil.Date { return civil.Must("2026-03-16") }

// write makes the three files of a company in a folder: its people are those of the demo, as often as they are needed.
func write(dir string, s size) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f := files{Rand: rand.New(rand.NewPCG(1, 2)), size: s, book: demo.Make(1, today())}
	for name, rows := range map[string]func(func(...string)){"reps.csv": f.reps, "accounts.csv": f.people, "purchases.csv": f.purchases} {
		if err := writeCSV(filepath.Join(dir, name), rows); err != nil {
			return err
		}
	}
	return nil
}

// writeCSV writes what rows hands over, errors of the file included.
func writeCSV(path string, rows func(func(...string))) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(f)
	w := csv.NewWriter(out)
	rows(func(cells ...string) { _ = w.Write(cells) }) // the writer keeps its first error
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// files is a company in the making.
type files struct {
	*rand.Rand
	size
	book demo.Book
}

func (f files) reps(row func(...string)) {
	row("工号", "姓名", "角色", "手机", "门店编号", "门店", "城市", "小组编号", "小组", "出行方式")
	for i := range f.size.reps {
		u := f.book.Users[i%len(f.book.Users)]
		store, team := i/20+1, i/5+1
		row(rep(i), u.User.Name, "售后代表", u.Phone, fmt.Sprintf("S%02d", store), fmt.Sprintf("第 %d 店", store), "济南市",
			fmt.Sprintf("T%03d", team), fmt.Sprintf("第 %d 组", team), "电动车")
	}
}

func rep(i int) string     { return fmt.Sprintf("R%04d", i+1) }
func account(i int) string { return fmt.Sprintf("M%07d", i+1) }

// people writes accounts with the four parts of their file (D10), five of them sealed.
func (f files) people(row func(...string)) {
	row("会员号", "姓名", "负责人工号", "性别", "出生年", "电话", "城市", "区县", "地址", "坐标", "入会日期", "来源",
		"健康状况", "过往病史", "过敏史", "行动不便", "购买意愿", "沟通方式", "生活习惯", "爱好", "忌讳", "标签", "生日", "方便时段")
	days := map[string]string{}
	for _, d := range f.book.Dates {
		if d.MemberID == nil {
			days[d.AccountID.String()] = fmt.Sprintf("%02d-%02d", d.Month, min(d.Day, 28))
		}
	}
	for i := range f.size.accounts {
		p := f.book.People[i%len(f.book.People)]
		a := p.Account
		row(account(i), a.Name, rep(i%f.size.reps), sex(a.Sex), year(a.BirthYear), p.Phone, a.City, a.District, p.Address,
			position(a), min(a.Since, today()-span).String(), a.Source, p.Health, p.History, p.Allergies, yes(a.Frail), a.Wishes, a.Manner, a.Habits,
			strings.Join(a.Hobbies, "、"), a.Taboos, "老会员、"+a.District, days[a.ID.String()], "09:00-11:30")
	}
}

func sex(s models.Sex) string {
	if s == models.Male {
		return "男"
	}
	return "女"
}

func year(y *int) string {
	if y == nil {
		return ""
	}
	return fmt.Sprint(*y)
}

func yes(b bool) string {
	if b {
		return "是"
	}
	return "否"
}

func position(a models.Account) string {
	if a.Lat == nil || a.Lng == nil {
		return ""
	}
	return fmt.Sprintf("%.6f,%.6f", *a.Lat, *a.Lng)
}

// purchases writes orders of the last two years, every third with a second line, in the order of their days.
func (f files) purchases(row func(...string)) {
	row("订单号", "会员号", "日期", "金额", "产品编号", "产品", "数量", "可用天数", "渠道")
	for i := range f.orders {
		day := today() - span + civil.Date(i*span/f.orders)
		who := account(f.IntN(f.size.accounts))
		for range 1 + boolInt(i%3 == 0) {
			p, n := f.book.Products[f.IntN(len(f.book.Products))], 1+f.IntN(3)
			row(fmt.Sprintf("D%08d", i+1), who, day.String(), fmt.Sprintf("%d.%02d", int(p.Price)*n/100, int(p.Price)*n%100),
				p.Number, p.Name, fmt.Sprint(n), fmt.Sprint(p.SupplyDays*n), "门店")
		}
	}
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
