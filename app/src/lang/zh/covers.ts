export default {
  title: '代班',
}
