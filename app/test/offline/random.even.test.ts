import { playHalf } from './schedules'

playHalf(0)
