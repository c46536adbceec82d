import { playHalf } from './schedules'

playHalf(1)
