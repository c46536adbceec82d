package demo

import (
	"fmt"
	"math"
)

// point is a position in WGS-84.
type point struct{ lat, lng float64 }

const metresPerDegree = 111_195

// move shifts a point by metres north and east.
func (p point) move(north, east float64) point {
	return point{p.lat + north/metresPerDegree, p.lng + east/metresPerDegree/math.Cos(p.lat*math.Pi/180)}
}

// metres is the straight distance of near points.
func (p point) metres(q point) float64 {
	north := (q.lat - p.lat) * metresPerDegree
	east := (q.lng - p.lng) * metresPerDegree * math.Cos(p.lat*math.Pi/180)
	return math.Hypot(north, east)
}

// area is a subdistrict (街道) where people live, with its middle, and roads that run through it.
type area struct {
	district, street, stem string
	at                     point
	roads                  []string
}

// branch is a store with the areas its reps care for: rep i has areas 2i and 2i+1, which are neighbours.
type branch struct {
	number, name, city, province, address string
	at                                    point
	areas                                 []area
}

var branches = []branch{
	{"S01", "杭州城西店", "杭州", "浙江省", "杭州市拱墅区湖墅南路186号", point{30.2925, 120.1435}, []area{
		{"西湖区", "翠苑街道", "翠苑", point{30.2870, 120.1190}, []string{"文一路", "翠柏路"}},
		{"西湖区", "古荡街道", "古荡", point{30.2760, 120.1150}, []string{"文三西路", "古翠路"}},
		{"西湖区", "文新街道", "文新", point{30.2880, 120.0960}, []string{"竞舟北路", "丰潭路"}},
		{"西湖区", "蒋村街道", "蒋村", point{30.2890, 120.0700}, []string{"双龙街", "文二西路"}},
		{"西湖区", "三墩镇", "三墩", point{30.3290, 120.0880}, []string{"古墩路", "紫金港路"}},
		{"拱墅区", "祥符街道", "祥符", point{30.3260, 120.1110}, []string{"祥园路", "萍水街"}},
		{"拱墅区", "和睦街道", "和睦", point{30.3050, 120.1220}, []string{"和睦路", "登云路"}},
		{"拱墅区", "拱宸桥街道", "拱宸", point{30.3190, 120.1340}, []string{"台州路", "金华路"}},
		{"拱墅区", "大关街道", "大关", point{30.3050, 120.1480}, []string{"大关路", "上塘路"}},
		{"拱墅区", "上塘街道", "上塘", point{30.3130, 120.1540}, []string{"沈半路", "善贤路"}},
		{"拱墅区", "米市巷街道", "米市巷", point{30.2910, 120.1480}, []string{"密渡桥路", "湖墅南路"}},
		{"拱墅区", "湖墅街道", "湖墅", point{30.2920, 120.1400}, []string{"信义坊路", "文晖路"}},
		{"拱墅区", "朝晖街道", "朝晖", point{30.2880, 120.1620}, []string{"朝晖路", "河东路"}},
		{"拱墅区", "文晖街道", "文晖", point{30.2890, 120.1760}, []string{"文晖路", "绍兴路"}},
		{"拱墅区", "东新街道", "东新", point{30.3130, 120.1770}, []string{"东新路", "长浜路"}},
		{"拱墅区", "石桥街道", "石桥", point{30.3310, 120.1850}, []string{"石桥路", "华丰路"}},
	}},
	{"S02", "杭州城东店", "杭州", "浙江省", "杭州市上城区凯旋路268号", point{30.2600, 120.1975}, []area{
		{"上城区", "采荷街道", "采荷", point{30.2530, 120.1970}, []string{"采荷路", "凯旋路"}},
		{"上城区", "凯旋街道", "凯旋", point{30.2640, 120.1960}, []string{"景芳路", "凯旋路"}},
		{"上城区", "四季青街道", "四季青", point{30.2590, 120.2090}, []string{"新塘路", "庆春东路"}},
		{"上城区", "闸弄口街道", "闸弄口", point{30.2790, 120.1920}, []string{"机场路", "天城路"}},
		{"上城区", "彭埠街道", "彭埠", point{30.2910, 120.2170}, []string{"明月桥路", "同协路"}},
		{"上城区", "笕桥街道", "笕桥", point{30.3110, 120.2260}, []string{"笕桥路", "机场路"}},
		{"上城区", "九堡街道", "九堡", point{30.3060, 120.2660}, []string{"九盛路", "九环路"}},
		{"钱塘区", "下沙街道", "下沙", point{30.3110, 120.3180}, []string{"学源街", "文渊路"}},
		{"上城区", "望江街道", "望江", point{30.2370, 120.1820}, []string{"望江路", "海潮路"}},
		{"上城区", "小营街道", "小营", point{30.2480, 120.1790}, []string{"解放路", "马市街"}},
		{"滨江区", "长河街道", "长河", point{30.1880, 120.1900}, []string{"长河路", "滨安路"}},
		{"滨江区", "浦沿街道", "浦沿", point{30.1650, 120.1560}, []string{"浦沿路", "东信大道"}},
		{"滨江区", "西兴街道", "西兴", point{30.1900, 120.2150}, []string{"西兴路", "江陵路"}},
		{"萧山区", "北干街道", "北干", point{30.1830, 120.2620}, []string{"金城路", "山阴路"}},
		{"萧山区", "城厢街道", "城厢", point{30.1640, 120.2600}, []string{"人民路", "育才路"}},
		{"萧山区", "新塘街道", "新塘", point{30.1600, 120.2950}, []string{"萧绍路", "南秀路"}},
	}},
	{"S03", "成都浣花店", "成都", "四川省", "成都市青羊区草堂路57号", point{30.6640, 104.0350}, []area{
		{"武侯区", "玉林街道", "玉林", point{30.6320, 104.0600}, []string{"玉林南路", "玉林东路"}},
		{"武侯区", "浆洗街街道", "浆洗", point{30.6440, 104.0500}, []string{"高升桥路", "洗面桥街"}},
		{"武侯区", "红牌楼街道", "红牌楼", point{30.6320, 104.0320}, []string{"佳灵路", "丽都路"}},
		{"武侯区", "机投桥街道", "机投", point{30.6330, 103.9980}, []string{"武侯大道", "永康路"}},
		{"青羊区", "草堂街道", "草堂", point{30.6630, 104.0330}, []string{"草堂路", "浣花北路"}},
		{"青羊区", "光华街道", "光华", point{30.6680, 104.0110}, []string{"光华村街", "青羊大道"}},
		{"青羊区", "府南街道", "府南", point{30.6770, 104.0320}, []string{"清江东路", "青羊北路"}},
		{"金牛区", "抚琴街道", "抚琴", point{30.6850, 104.0440}, []string{"抚琴西路", "抚琴北路"}},
		{"金牛区", "茶店子街道", "茶店子", point{30.7080, 104.0190}, []string{"茶店子路", "育德路"}},
		{"金牛区", "营门口街道", "营门口", point{30.7000, 104.0440}, []string{"营门口路", "花照壁街"}},
		{"成华区", "猛追湾街道", "猛追湾", point{30.6640, 104.0940}, []string{"猛追湾街", "建设路"}},
		{"成华区", "府青路街道", "府青", point{30.6840, 104.0960}, []string{"府青路", "李家沱路"}},
		{"成华区", "双桥子街道", "双桥", point{30.6470, 104.1150}, []string{"双桥路", "双林路"}},
		{"成华区", "万年场街道", "万年", point{30.6570, 104.1270}, []string{"万年路", "双建路"}},
		{"锦江区", "牛市口街道", "牛市口", point{30.6400, 104.1010}, []string{"水碾河路", "牛沙路"}},
		{"锦江区", "狮子山街道", "狮子山", point{30.6200, 104.1080}, []string{"静安路", "菱窠路"}},
	}},
}

var estateEndings = []string{"新村", "花园", "苑", "公寓", "小区", "家园", "南苑", "北苑", "雅苑", "嘉园", "名邸", "东里"}

// estate is a housing estate (小区) in which some accounts live.
type estate struct {
	area     *area
	province string
	city     string
	name     string
	road     string
	number   int
	at       point
	tall     bool // towers with lifts, not blocks of six floors
}

// estates lays out the housing estates of an area: near its middle, each with a name and a number on a road.
func (d dice) estates(b *branch, a *area, n int) []estate {
	var out []estate
	for _, ending := range some(d, estateEndings, n) {
		out = append(out, estate{
			area: a, province: b.province, city: b.city, name: a.stem + ending, road: pick(d, a.roads),
			number: d.between(8, 420), at: d.near(a.at, 320, 800), tall: d.chance(0.4),
		})
	}
	return out
}

// near is a point around p, bell-shaped with the given spread, never further off than limit (both in metres).
func (d dice) near(p point, spread, limit float64) point {
	for {
		north, east := d.NormFloat64()*spread, d.NormFloat64()*spread
		if math.Hypot(north, east) <= limit {
			return p.move(north, east)
		}
	}
}

// home draws a flat of the estate: its address and position.
func (d dice) home(e estate) (string, point) {
	floor, block := d.between(1, 6), d.between(1, 28)
	if e.tall {
		floor, block = d.between(2, 26), d.between(1, 12)
	}
	address := fmt.Sprintf("%s%s市%s%s%s%d号%s%d幢%d单元%d%02d室", e.province, e.city, e.area.district, e.area.street,
		e.road, e.number, e.name, block, d.between(1, 4), floor, d.between(1, 4))
	at := d.near(e.at, 70, 180)
	return address, point{round6(at.lat), round6(at.lng)}
}

// round6 keeps a tenth of a metre.
func round6(x float64) float64 { return math.Round(x*1e6) / 1e6 }
