import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import stringWidth from 'string-width'
import { expect, test, vi } from 'vitest'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('CI', 'true'))

const { releaseScreens } = await import('./every-command/release-screens.ts')
const { logScreens } = await import('./every-command/log-screens.ts')
const { statusScreens } = await import('./every-command/status-screens.ts')
const { alarmScreens } = await import('./every-command/alarm-screens.ts')
const { concurrencyScreens } = await import('./every-command/concurrency-screens.ts')
const { lookScreens } = await import('./every-command/look-screens.ts')
const { accountScreens } = await import('./every-command/account-screens.ts')
const { versionScreens } = await import('./every-command/version-screens.ts')
const { triggerScreens } = await import('./every-command/trigger-screens.ts')
const { common, localScreens } = await import('./every-command/local-screens.ts')

/** By command, as the manifest names them. */
const screens = {
  ...releaseScreens,
  ...lookScreens,
  ...alarmScreens,
  ...concurrencyScreens,
  ...statusScreens,
  ...versionScreens,
  ...triggerScreens,
  ...accountScreens,
  ...logScreens,
  ...localScreens,
}

/** Commands whose result is not lambdactl's to break into lines, or tested elsewhere. */
const asTheyAre = ['completion', 'help', 'iam policy', 'invoke', 'schema']

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../oclif.manifest.json'), 'utf8')) as {
  commands: Record<string, object>
}

/** Something to copy has a line of its own, and is not broken however long it is: a command, an address or a path. */
const copied =
  /^\s*(?:→ |\$ )?(?:`[^`]+`[.,;:]?|(?:[A-Z_]+=\S+ )?(?:lambdactl|aws|export|cd|git|npm) .*|\S+)$/

test('every command has its screen', () => {
  const commands = Object.keys(manifest.commands).map((id) => id.replaceAll(':', ' '))
  expect([...Object.keys(screens), ...asTheyAre].toSorted()).toEqual(commands.toSorted())
})

test.each([60, 80, 120])('what commands write on a terminal of %i columns', async (width) => {
  const texts = Object.entries({ ...screens, ...common }).map(
    ([name, screen]) => `# ${name}\n${screen(width)}\n`,
  )
  const lines = texts.join('\n').split('\n')
  expect(lines.filter((line) => stringWidth(line) > width && !copied.test(line))).toEqual([])
  expect(lines.filter((line) => line !== line.trimEnd())).toEqual([])
  await expect(texts.join('\n')).toMatchFileSnapshot(`every-command/${width}.txt`)
})
