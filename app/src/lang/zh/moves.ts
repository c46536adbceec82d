export default {
  title: '分户',
  nothing: '还没有移交过会员',
  nothingNote: '移交、均衡和地图都从这里开始。',
}
