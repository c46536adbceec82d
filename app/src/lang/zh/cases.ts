export default {
  title: '停服个案',
  case: '个案',
}
