import { ForeignFunction } from '../adopted.ts'
import { answering } from '../service.ts'
import type { Guarded } from './guarded.ts'
import { plainFunction, type Shop } from './shop.ts'

/** Writes files for a function that another tool made, found in each way that `init` has. */
export async function adopt(it: Shop, { sandbox }: Guarded): Promise<void> {
  const Tags = {
    'aws:cloudformation:stack-name': 'adopted',
    'aws:cloudformation:logical-id': 'Pay',
    team: 'pay',
  }
  await new ForeignFunction(sandbox, 'pay').create([{ name: 'index.mjs', content: answering('pay') }], {
    Tags,
  })
  await it.write(plainFunction)
  const at = '--env prod --region eu-west-1'
  await it.runs('init', `a --from pay ${at}`)
  await it.runs('init', `b --from-stack adopted ${at}`)
  await it.runs('init', `c --from-tag team=pay ${at}`)
  await it.runs('init', `d --function pay ${at}`)
  await it.runs('list', '-e test --tag team=pay')
}
