export default {
  title: '地图',
}
