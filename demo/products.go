package demo

import "huifang/models"

// age group of customers, which decides what they buy and how they are talked to.
type group int

const (
	elder group = iota
	beauty
	parent
)

// article is a product with the customers it is for and what is said about it.
type article struct {
	number, name, short, category string
	yuan                          int
	supply                        int // days one unit lasts
	weight                        map[group]int
	effects                       []string
}

var articles = []article{
	{"P001", "高钙维D软胶囊 100粒", "钙片", "保健食品", 168, 30, map[group]int{elder: 8, parent: 2}, []string{"腿抽筋次数少了", "腰腿比上月有劲", "夜里腿不抽了"}},
	{"P002", "深海鱼油软胶囊 200粒", "鱼油", "保健食品", 298, 60, map[group]int{elder: 9}, []string{"头晕轻了些", "体检血脂降了一点", "记性说没太大变化"}},
	{"P003", "氨糖软骨素钙片 180片", "氨糖", "保健食品", 398, 60, map[group]int{elder: 8}, []string{"上下楼膝盖没那么疼", "膝盖还是发凉，疼得少了", "蹲下起来比以前利索"}},
	{"P004", "益生菌固体饮料 30袋", "益生菌", "保健食品", 258, 30, map[group]int{elder: 5, beauty: 4, parent: 5}, []string{"便秘好多了", "肚子胀气少了", "大便规律了"}},
	{"P005", "大豆分离蛋白粉 900g", "蛋白粉", "保健食品", 358, 30, map[group]int{elder: 7, parent: 2}, []string{"精神头好些", "感冒比去年少", "体重长了两斤"}},
	{"P006", "辅酶Q10软胶囊 120粒", "辅酶Q10", "保健食品", 428, 60, map[group]int{elder: 6}, []string{"心慌次数少了", "爬楼不怎么喘了", "胸闷轻了"}},
	{"P007", "破壁灵芝孢子粉 90袋", "孢子粉", "滋补", 1280, 90, map[group]int{elder: 4}, []string{"睡眠踏实了", "一觉能睡到四点", "胃口开了"}},
	{"P008", "西洋参含片 120片", "西洋参", "滋补", 680, 60, map[group]int{elder: 4, beauty: 1}, []string{"口干好一些", "不那么容易累了", "下午不犯困"}},
	{"P009", "叶黄素酯蓝莓片 60片", "叶黄素", "保健食品", 198, 30, map[group]int{elder: 4, beauty: 2, parent: 2}, []string{"眼睛没那么干", "看手机不酸了", "看东西清楚一点"}},
	{"P010", "胶原蛋白肽饮 30瓶", "胶原蛋白", "美容", 498, 30, map[group]int{beauty: 9}, []string{"皮肤细了", "同事说气色好", "法令纹还看不出变化"}},
	{"P011", "保湿修护护肤套装", "护肤套装", "美容", 598, 90, map[group]int{beauty: 8, parent: 2}, []string{"换季没起皮", "泛红退了", "晚上用有点油，改少量"}},
	{"P012", "婴幼儿配方奶粉3段 6罐", "奶粉", "母婴", 1580, 60, map[group]int{parent: 9}, []string{"宝宝长了一斤多", "大便正常，不上火", "宝宝爱喝"}},
	{"P013", "儿童DHA藻油凝胶糖果", "藻油", "母婴", 228, 60, map[group]int{parent: 6}, []string{"孩子愿意吃", "老师说注意力好些", "还没看出变化"}},
	{"P014", "臂式电子血压计", "血压计", "医疗器械", 329, 0, map[group]int{}, nil},
}

const monitor = 13 // the article without days of supply: bought once, with something else

// catalogue turns the articles into products, sold since before the story begins.
func (m *maker) catalogue() {
	at := m.at(m.start-400, 9*60)
	for _, a := range articles {
		m.book.Products = append(m.book.Products, models.Product{
			ID: m.key(at), Number: a.number, Name: a.name, Category: a.category,
			Price: models.Fen(a.yuan * 100), SupplyDays: a.supply, CreatedAt: at,
		})
	}
}

// taste is which articles suit a group, by weight.
func taste(g group) []weighted[int] {
	var out []weighted[int]
	for i, a := range articles {
		if w := a.weight[g]; w > 0 {
			out = append(out, weighted[int]{w, i})
		}
	}
	return out
}
