import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importsOf, sourceFiles, targetOf } from './imports.ts'
import { withPlanted } from './planted.ts'

const heavy = /^(ink|react|acorn|archiver|esbuild|yauzl|@aws-sdk|@smithy)(\/|$)|^src\/sandbox\//

/** The ways from a command to something heavy that Node would load before the command runs. */
function heavyPaths(root: string): string[] {
  const seen = new Set<string>()
  const walk = (file: string, way: string): string[] => {
    if (seen.has(file)) return []
    seen.add(file)
    return importsOf(root, file)
      .filter(({ kind }) => kind === 'static')
      .flatMap(({ specifier }) => {
        const target = targetOf(root, file, specifier)
        const further = `${way} → ${target ?? specifier}`
        if (heavy.test(target ?? specifier)) return [further]
        return target ? walk(target, further) : []
      })
  }
  return sourceFiles(root, 'src/commands').flatMap((file) => walk(file, file))
}

const root = join(import.meta.dirname, '../..')

test('no command loads ink, the AWS clients, the packagers or the sandbox before it runs', () => {
  expect(sourceFiles(root, 'src/commands')).not.toEqual([])
  expect(heavyPaths(root)).toEqual([])
})

test('a static import on the way to ink is found', () => {
  const files = {
    'src/commands/status.ts': "import { show } from '../ui/show.ts'\n",
    'src/ui/show.ts': "export * from './view.tsx'\n",
    'src/ui/view.tsx': "import { Text } from 'ink'\nexport const show = () => <Text>on</Text>\n",
  }
  expect(withPlanted(files, heavyPaths)).toEqual([
    'src/commands/status.ts → src/ui/show.ts → src/ui/view.tsx → ink',
  ])
})

test.each(['@aws-sdk/client-lambda', '@smithy/core', 'archiver', 'esbuild', '../sandbox/server.ts'])(
  'a static import of %s is found',
  (specifier) => {
    const files = { 'src/commands/status.ts': `import '${specifier}'\n` }
    expect(withPlanted(files, heavyPaths)).toHaveLength(1)
  },
)

test('types and dynamic imports cost nothing', () => {
  const lines = ["import type { Box } from 'ink'", "export const load = () => import('../sandbox/server.ts')"]
  expect(withPlanted({ 'src/commands/status.ts': lines.join('\n') }, heavyPaths)).toEqual([])
})
