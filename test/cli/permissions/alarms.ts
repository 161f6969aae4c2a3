import { on } from './courses.ts'
import type { Guarded } from './guarded.ts'
import { plainFunction, type Shop } from './shop.ts'

const topic = 'arn:aws:sns:eu-west-1:000000000000:pages'

/** Makes, tests, changes and removes the alarms that the file wants, and leaves a released function. */
export async function testAlarms(it: Shop, { sandbox }: Guarded): Promise<void> {
  await it.write(`${plainFunction}, alarms: {errors: 2}`)
  await it.runs('deploy', '-e test')
  await sandbox.loseJournal()
  await it.runs('alarms ensure', on)
  await it.runs('destroy', '-e test --dry-run')
  await it.write(`${plainFunction}, alarms: {errors: 5, throttles: false, actions: ["${topic}"]}`)
  await it.runs('alarms ensure', `${on} --yes`)
  await it.runs('alarms list', on)
  await it.runs('alarms test', 'hello errors -e test --yes')
}
