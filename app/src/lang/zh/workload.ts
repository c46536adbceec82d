export default {
  title: '工作量',
  nothing: '这个月还没有数字',
  nothingNote: '有了计划和回访，数字就会出现在这里。',
}
