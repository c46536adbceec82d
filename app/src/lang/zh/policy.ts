export default {
  title: '规则',
  nothing: '正在使用默认规则',
  nothingNote: '还没有公司自己的规则。',
}
