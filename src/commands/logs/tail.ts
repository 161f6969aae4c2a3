import Logs from '../logs.ts'

/** `logs tail` is `logs`, for people who look for the verb. */
export default class LogsTail extends Logs {}
