// Members of a company in Jinan: name, spelling and initials, sex, year of birth, home.

export type Neighbourhood = { district: string; name: string; lat: number; lng: number }

export const NEIGHBOURHOODS: readonly Neighbourhood[] = [
  { district: '历下区', name: '燕子山小区', lat: 36.6489, lng: 117.0712 },
  { district: '历下区', name: '甸柳新村', lat: 36.6628, lng: 117.0743 },
  { district: '历下区', name: '佛山苑', lat: 36.6471, lng: 117.0273 },
  { district: '历下区', name: '文化东路', lat: 36.6545, lng: 117.0551 },
  { district: '市中区', name: '玉函小区', lat: 36.6314, lng: 117.0098 },
  { district: '市中区', name: '舜玉小区', lat: 36.6268, lng: 117.0189 },
  { district: '天桥区', name: '北坦新村', lat: 36.6742, lng: 116.9921 },
  { district: '天桥区', name: '无影山新村', lat: 36.6891, lng: 116.9685 },
  { district: '历城区', name: '洪家楼', lat: 36.6842, lng: 117.0674 },
  { district: '历城区', name: '七里堡', lat: 36.6733, lng: 117.0868 },
]

type Person = readonly [name: string, pinyin: string, sex: 'FEMALE' | 'MALE', born: number]

export const PEOPLE: readonly Person[] = [
  ['张秀英', 'zhangxiuying zxy', 'FEMALE', 1951], ['王建国', 'wangjianguo wjg', 'MALE', 1949],
  ['李桂兰', 'liguilan lgl', 'FEMALE', 1955], ['刘志明', 'liuzhiming lzm', 'MALE', 1958],
  ['陈玉珍', 'chenyuzhen cyz', 'FEMALE', 1947], ['杨国强', 'yangguoqiang ygq', 'MALE', 1953],
  ['赵淑芳', 'zhaoshufang zsf', 'FEMALE', 1960], ['孙德明', 'sundeming sdm', 'MALE', 1944],
  ['周凤英', 'zhoufengying zfy', 'FEMALE', 1957], ['吴文忠', 'wuwenzhong wwz', 'MALE', 1950],
  ['徐素珍', 'xusuzhen xsz', 'FEMALE', 1952], ['马长林', 'machanglin mcl', 'MALE', 1961],
  ['朱美华', 'zhumeihua zmh', 'FEMALE', 1963], ['胡永福', 'huyongfu hyf', 'MALE', 1948],
  ['郭翠萍', 'guocuiping gcp', 'FEMALE', 1959], ['何光荣', 'heguangrong hgr', 'MALE', 1956],
  ['林惠芳', 'linhuifang lhf', 'FEMALE', 1954], ['高树林', 'gaoshulin gsl', 'MALE', 1946],
  ['罗春梅', 'luochunmei lcm', 'FEMALE', 1965], ['郑宝根', 'zhengbaogen zbg', 'MALE', 1943],
  ['梁月娥', 'liangyuee lye', 'FEMALE', 1950], ['宋世荣', 'songshirong ssr', 'MALE', 1955],
  ['唐雪琴', 'tangxueqin txq', 'FEMALE', 1962], ['许正平', 'xuzhengping xzp', 'MALE', 1951],
  ['韩彩云', 'hancaiyun hcy', 'FEMALE', 1958], ['冯金生', 'fengjinsheng fjs', 'MALE', 1947],
  ['曹爱莲', 'caoailian cal', 'FEMALE', 1953], ['彭明德', 'pengmingde pmd', 'MALE', 1959],
  ['曾瑞香', 'zengruixiang zrx', 'FEMALE', 1949], ['田学民', 'tianxuemin txm', 'MALE', 1964],
  ['董丽华', 'donglihua dlh', 'FEMALE', 1966], ['袁卫东', 'yuanweidong ywd', 'MALE', 1960],
  ['蒋海燕', 'jianghaiyan jhy', 'FEMALE', 1968], ['余建平', 'yujianping yjp', 'MALE', 1957],
  ['杜桂珍', 'duguizhen dgz', 'FEMALE', 1945], ['叶立新', 'yelixin ylx', 'MALE', 1954],
  ['程玉兰', 'chengyulan cyl', 'FEMALE', 1956], ['魏国华', 'weiguohua wgh', 'MALE', 1952],
  ['苏静', 'sujing sj', 'FEMALE', 1970], ['欧阳志强', 'ouyangzhiqiang oyzq', 'MALE', 1963],
]

export const NOTES: readonly string[] = [
  '饭后半小时服用，一天两次，已经习惯了。睡眠比上个月好，夜里只醒一次。',
  '血压 138/86，比上次低一些。提醒她量血压前先坐五分钟。',
  '老伴感冒在家，聊了二十分钟。说瓶盖不好拧，教她用橡皮圈。',
  '还剩大半瓶，忘记吃的日子多，帮她把药盒按星期装好。',
  '女儿周末回来，想问问蛋白粉孩子能不能吃，答应带说明书来。',
  '腿脚比以前轻快，每天去泉城公园走一圈。愿意在联谊会上讲几句。',
  '胃有点胀，建议改到饭后，减为一天一次，三天后再电话。',
  '对价格有顾虑，说隔壁邻居买的便宜。讲了成分的区别，没有急着谈购买。',
]

export const NEXT_STEPS: readonly string[] = ['带血压计来再量一次', '送产品说明书', '问问体检结果', '帮她约专家', '带一份联谊会请柬']
export const HOBBIES: readonly string[] = ['养花', '下棋', '太极拳', '广场舞', '钓鱼', '书法', '听吕剧']
export const TAGS: readonly string[] = ['重点', '高血压', '怕冷', '爱聊天', '子女在外地', '可转介绍', '对价格敏感']
export const TABOOS: readonly string[] = ['不要提儿子的工作', '老伴去年去世，不要问起', '不喜欢别人催着买', '']
