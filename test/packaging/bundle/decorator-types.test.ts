import { expect, test } from 'vitest'
import { bundle, type Files, type Settings } from './bundling.ts'

const decorated = `import 'reflect-metadata'
const Injectable = () => (it: unknown) => it as never
@Injectable()
class Shop {}
export const handler = async () => new Shop()
`

async function notesFor(tsconfig: Files, code = decorated, settings: Settings = {}) {
  const files = {
    'src/index.ts': code,
    'src/node_modules/reflect-metadata/package.json': '{}',
    'src/node_modules/reflect-metadata/index.js': 'Reflect.metadata = () => {}',
    ...tsconfig,
  }
  return (await bundle(files, { handler: 'src/index.handler', ...settings })).notes.join('\n')
}

const asking = '{"compilerOptions": {"experimentalDecorators": true, "emitDecoratorMetadata": true}}'
const plain = '{"compilerOptions": {"experimentalDecorators": true}}'

test.each([
  ['the file above the code', { 'tsconfig.json': asking }],
  ['one that it extends', { 'src/tsconfig.json': '{"extends": "../base.json"}', 'base.json': asking }],
])('types that decorators are to learn, as %s asks, are told to be left out', async (_, files) => {
  expect(await notesFor(files)).toContain('emitDecoratorMetadata, and esbuild does not support it')
})

test('nothing is told of others', async () => {
  expect(await notesFor({ 'tsconfig.json': plain })).toBe('')
  expect(
    await notesFor({ 'tsconfig.json': asking }, "import 'reflect-metadata'\nexport const handler = () => 1"),
  ).toBe('')
})
