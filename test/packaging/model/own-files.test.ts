import { expect, test } from 'vitest'
import { moduleMissing, nodeHandler } from '../../../src/packaging/model/handler.ts'
import { ownFiles } from '../../../src/packaging/model/own-files.ts'

const python = [
  'Jinja2-3.1.dist-info/METADATA',
  'bin/flask',
  'jinja2/__init__.py',
  'lib/rules.py',
  'main.py',
  'typing_extensions-4.1.dist-info/RECORD',
  'typing_extensions.py',
]

test('the own files of Python are told from what was installed among them', () => {
  expect(ownFiles(python)).toEqual(['main.py', 'bin/flask', 'lib/rules.py'])
})

test('a handler without a module is refused with the own files, and a count of the others', () => {
  const found = [
    ...Array.from({ length: 20 }, (_, index) => `node_modules/a/${index}.js`),
    'src/main.js',
    'zoo.js',
  ]
  expect(moduleMissing(nodeHandler('index.handler'), ['index.js'], found).message).toBe(
    'The handler index.handler has no module: expected index.js, got zoo.js, src/main.js and 20 of its dependencies.',
  )
})
