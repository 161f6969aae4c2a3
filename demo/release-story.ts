import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { account } from './account.ts'
import { putErrorAlarm } from './alarm.ts'
import { badHandler, goodHandler } from './handlers.ts'
import { type Story, title } from './stage.ts'
import { sendTraffic } from './traffic.ts'

const functionName = 'shop-hello-sandbox'
const alias = 'live'
const canarySteps = ['--steps', '10,50', '--every', '3s', '--bake', '3s']

/** The main job: a good version by canary, then a bad one that goes back. */
export const releaseStory: Story = {
  sandboxFlags: [],
  async play({ url, region, service, above, cli }) {
    const handler = join(service, 'functions', 'hello', 'index.ts')

    title('A new service, deployed: version 1')
    await above(0, 'init', 'shop')
    await cli(0, 'deploy')

    title('Real events through the alias, and an alarm on their errors')
    const client = new LambdaClient({ endpoint: url, region })
    const traffic = sendTraffic(client, functionName, alias)
    try {
      const alarm = await putErrorAlarm(url, region, functionName, alias)
      console.log(`alarm ${alarm}: 2 errors within 10 s`)

      title('A good version, by canary: 10%, 50%, 100%')
      await writeFile(handler, goodHandler)
      await cli(0, 'canary', 'hello', ...canarySteps, '--alarm', alarm)

      title('A bad version: it throws for a third of its events')
      await writeFile(handler, badHandler)
      await cli(7, 'canary', 'hello', ...canarySteps, '--alarm', alarm)

      title("The candidate's error lines")
      const choice = ['--version', '3', '--level', 'error', '--lines', '5', '--fields', 'time,version,msg']
      const logs = await cli(0, 'logs', 'hello', '--no-follow', ...choice)
      if (!logs.stdout.includes('no price for order'))
        throw new Error("the candidate's errors are not in its log")

      title('One more step back, by hand')
      await cli(0, 'rollback', 'hello', '--again', '--reason', 'the demo goes back to version 1')
      await cli(0, 'status', 'hello')
      await traffic.stop()
      console.log(account(traffic.seen))
    } finally {
      await traffic.stop()
      client.destroy()
    }
  },
}
