import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Share, shareLines, watchShares } from '../shares.ts'
import { type Stage, type Story, title } from '../stage.ts'
import { messagesIn, settledFigures, storageClasses, untilArchived } from './figures.ts'
import { putOrders, total, withFault } from './orders.ts'
import { type Clients, clientsOf, closeClients, makeSources, type Queues } from './sources.ts'

const functionName = 'shop-ingest-sandbox'

/** The template `pipeline`: its canary of a bad version while objects land, and its archive. */
export const pipelineStory: Story = {
  // A step of 5 minutes takes 10 s, and a day of the lifecycle 0.2 s.
  sandboxFlags: ['--speed', '30', '--lifecycle-day', '6s'],
  async play(stage) {
    const { url, region, above, cli } = stage
    title('A pipeline from its template: bucket → function → table and topic')
    await above(0, 'init', 'shop', '--template', 'pipeline')
    const clients = clientsOf(url, region)
    try {
      const queues = await makeSources(clients, stage.service)
      console.log('made the bucket with its lifecycle, the table, the topic and the queues')

      title('Its alarms, and version 1 by its file')
      await cli(0, 'alarms', 'ensure')
      await cli(0, 'deploy')
      const shares = await releaseBad(stage, clients, queues)
      await tell(clients, queues, shares)
    } finally {
      closeClients(clients)
    }
  },
}

/** Releases a bad version while orders land. @returns the shares of the versions over time */
async function releaseBad({ service, cli }: Stage, clients: Clients, queues: Queues): Promise<Share[]> {
  title(`A version that fails for one order in ten, by the file's own canary, while ${total} orders land`)
  const handler = join(service, 'functions', 'ingest', 'index.ts')
  await writeFile(handler, withFault(await readFile(handler, 'utf8')))
  const over = new AbortController()
  const canary = cli(7, 'canary', 'ingest').finally(() => over.abort())
  const { shares, stop } = watchShares(clients.lambda, functionName, 'live')
  const hasBegun = () => Object.keys(shares.at(-1)?.weights ?? {}).length > 1
  const landing = async () => {
    while (!hasBegun() && !over.signal.aborted) await sleep(50)
    if (!over.signal.aborted) await putOrders(clients.s3, () => messagesIn(clients, queues.told))
  }
  try {
    await Promise.all([canary, landing()])
  } finally {
    await stop()
  }
  return shares
}

async function tell(clients: Clients, queues: Queues, shares: readonly Share[]): Promise<void> {
  const { stored, dead, told, lost } = await settledFigures(clients, queues)
  title('What happened')
  console.log(['Weights over time:', ...shareLines(shares)].join('\n'))
  console.log(
    [
      `Orders that landed: ${total}`,
      `  records in the table: ${stored.size}`,
      `  events in the queue of those that failed: ${dead.size}`,
      `  lost: ${lost.length}`,
      `Messages of the topic: ${told}`,
      `Storage classes: ${classesText(await storageClasses(clients))}`,
    ].join('\n'),
  )
  if (lost.length > 0) throw new Error(`these orders are lost: ${lost.join(', ')}`)
  if (Object.keys(shares.at(-1)?.weights ?? {}).join() !== '1')
    throw new Error('live is not back on version 1')
  if (!(await untilArchived(clients))) throw new Error('the lifecycle did not archive all files')
  console.log(`Storage classes after 90 days of the lifecycle: ${classesText(await storageClasses(clients))}`)
}

function classesText(classes: Readonly<Record<string, number>>): string {
  return Object.entries(classes)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
}
