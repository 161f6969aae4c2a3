/** Records a canary that goes back, from the built program, and writes docs/images/canary.svg. */

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { framesOf } from './record/frames.ts'
import { picture } from './record/picture.ts'
import { playScene, size } from './record/scene.ts'

const title =
  'A canary in a terminal: version 2 gets 10%, then 50% of the traffic; an alarm fires, and the release goes back to version 1'

const folder = join(import.meta.dirname, '../docs/images')
const frames = await framesOf(await playScene(), size)
await mkdir(folder, { recursive: true })
await writeFile(join(folder, 'canary.svg'), picture(frames, size.columns, title))
console.log('wrote docs/images/canary.svg')
