import { describe, expect, test } from 'vitest'
import { runsByItself } from '../../../src/packaging/adopted/runs-by-itself.ts'

describe('another tool would run programs by', () => {
  test.each([
    '.git/config',
    '.git',
    'lib/.GiT/hooks/post-checkout',
    'git~1/config',
    '.git./config',
    '.git /config',
    '.git::$INDEX_ALLOCATION/config',
    '.g\u200cit/config',
    '．git/config',
    'node_modules/a/.git/config',
    '.hg/hgrc',
    '.vscode/tasks.json',
    'deep/.idea/workspace.xml',
    'shop.code-workspace',
    '.devcontainer/devcontainer.json',
    '.husky/pre-commit',
    '.envrc',
    '.mise.toml',
    '.npmrc',
    '.yarnrc.yml',
    '.cargo/config.toml',
    '.claude/settings.json',
    '.github/workflows/ci.yml',
    'venv/pyvenv.cfg',
  ])('%j', (path) => {
    expect(runsByItself(['index.js', path])).toBe(path)
  })

  test('a bare repository, whatever it is called', () => {
    const paths = ['data/x/config', 'data/x/HEAD', 'data/x/objects/info/packs', 'data/x/refs/heads/main']
    expect(runsByItself(paths)).toBe('data/x/HEAD')
    expect(runsByItself(paths.slice(0, 3))).toBeUndefined()
  })
})

test.each([
  '.gitignore',
  '.gitattributes',
  '.env',
  '.eslintrc.js',
  'git/config',
  'HEAD',
  'vscode/tasks.json',
  'node_modules/qs/.github/FUNDING.yml',
  'node_modules/a/.npmrc',
  'package.json',
  'Makefile',
])('nothing runs by %j itself', (path) => {
  expect(runsByItself([path])).toBeUndefined()
})
