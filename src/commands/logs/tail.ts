import { outputFlags } from '../../cli/output/output-flags.ts'
import Logs from './index.ts'

/** For people who look for the verb. */
export default class LogsTail extends Logs {
  static override summary = 'Follow logs: the same as logs without a verb.'
  // oclif's manifest reads only what a class has itself.
  static override enableJsonFlag = true
  static override baseFlags = outputFlags
}
