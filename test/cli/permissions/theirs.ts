import { ForeignFunction } from '../adopted.ts'
import { answering } from '../service.ts'
import { on } from './courses.ts'
import type { Guarded } from './guarded.ts'
import type { Shop } from './shop.ts'

/** Releases code into a function that another tool makes, and tries to set its concurrency. */
export async function releaseTheirs(it: Shop, { sandbox }: Guarded): Promise<void> {
  await new ForeignFunction(sandbox, it.name).create([{ name: 'index.mjs', content: answering('theirs') }])
  const theirs = `name: ${it.name}, manages: code, source: hello`
  await it.write(theirs)
  await it.runs('deploy', '-e test')
  await it.runs('invoke', on)
  await it.runs('doctor', '-e test')
  const refused = { exit: 2 }
  await it.runs('concurrency reserve', 'hello 5 -e test', refused)
  await it.runs('concurrency provision', 'hello 1 -e test', refused)
  await it.runs('concurrency autoscale', `${on} --min 1 --max 2`, refused)
  await it.write(`${theirs}, provisionedConcurrency: 1`)
  await sandbox.loseJournal()
  await it.runs('concurrency provision', 'hello 1 -e test')
  await it.runs('concurrency provision', 'hello none -e test')
}
