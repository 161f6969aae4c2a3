import { describe, expect, test } from 'vitest'
import { asLambdactlError } from '../../../src/errors/error.ts'
import { stepsFor, usualConfig } from '../../../src/errors/next-step.ts'
import { mayDeclare } from '../../../src/packaging/python/elsewhere.ts'
import { findRequirements } from '../../../src/packaging/python/requirements.ts'
import { folder } from '../folder.ts'

const project = (more: string) => `[project]\nname = "quote"\n${more}\n`

/** The kind of what is to be installed, or the error. */
async function found(files: Record<string, string>, named?: string) {
  await using source = await folder({ 'app.py': '', ...files })
  return await findRequirements(source.path, named).then(
    (requirements) => requirements?.kind,
    (error: Error) => error.message.replaceAll(`${source.path}/`, ''),
  )
}

describe('dependencies are installed', () => {
  test.each<[string, Record<string, string>, string]>([
    [
      'behind authors',
      { 'pyproject.toml': project('authors = [{ name = "A" }]\ndependencies = ["tariffs"]') },
      'pyproject',
    ],
    [
      'behind keywords, on lines of their own',
      { 'pyproject.toml': project('keywords = [\n"a",\n]\ndependencies = [\n  # one\n  "tariffs",\n]') },
      'pyproject',
    ],
    [
      'as an inline table',
      { 'pyproject.toml': 'project = { name = "a", dependencies = ["tariffs"] }\n' },
      'pyproject',
    ],
    [
      'as a dotted key',
      { 'pyproject.toml': 'project.name = "a"\nproject.dependencies = ["tariffs"]\n' },
      'pyproject',
    ],
    ['with literal strings', { 'pyproject.toml': project("dependencies = ['tariffs']") }, 'pyproject'],
    ['in a quoted table', { 'pyproject.toml': '["project"]\n"dependencies" = ["tariffs"]\n' }, 'pyproject'],
    ['that are dynamic', { 'pyproject.toml': project('dynamic = ["dependencies"]') }, 'pyproject'],
    ['that are locked', { 'pyproject.toml': project('dependencies = ["tariffs"]'), 'uv.lock': '' }, 'lock'],
    ['that are locked as PEP 751 has it', { 'pylock.toml': '' }, 'pyproject'],
    [
      'of a list, whatever else there is',
      { 'requirements.txt': 'tariffs', Pipfile: '[packages]\na = "*"\n' },
      'requirements',
    ],
    [
      'of a project, where the list is empty',
      { 'requirements.txt': '# none\n', 'pyproject.toml': project('dependencies = ["a"]') },
      'pyproject',
    ],
  ])('%s', async (_what, files, kind) => {
    expect(await found(files)).toBe(kind)
  })
})

describe('nothing is to be installed', () => {
  test.each<[string, Record<string, string>]>([
    [
      'for tools',
      { 'pyproject.toml': '[tool.black]\nline-length = 100\n[build-system]\nrequires = ["hatchling"]\n' },
    ],
    [
      'for groups and extras',
      {
        'pyproject.toml': project(
          'dependencies = []\n[project.optional-dependencies]\na = ["b"]\n[dependency-groups]\ndev = ["pytest"]',
        ),
      },
    ],
    [
      'for Python alone',
      {
        'pyproject.toml':
          '[tool.poetry.dependencies]\npython = "^3.11"\n[tool.poetry.group.dev.dependencies]\npytest = "*"\n',
        'poetry.lock': '[[package]]\nname = "pytest"\n',
      },
    ],
    [
      'for development with Pipenv',
      {
        Pipfile: '[dev-packages]\npytest = "*"\n',
        'Pipfile.lock': '{"default": {}, "develop": {"pytest": {}}}',
      },
    ],
    [
      'of an empty list of setuptools',
      {
        'setup.py': 'setup(name="a", install_requires=[])',
        'setup.cfg': '[options]\ninstall_requires =\npackages = find:\n',
      },
    ],
    ['of conda, with Python alone', { 'environment.yml': 'dependencies: [python=3.11, pip]\n' }],
    [
      'of lists for development',
      { 'requirements-dev.txt': 'pytest', 'requirements/test.in': 'pytest', 'dev-requirements.txt': 'a' },
    ],
    ['of lists without lines', { 'requirements.in': '# none\n' }],
  ])('%s', async (_what, files) => {
    expect(await found(files)).toBeUndefined()
  })
})

describe('dependencies that are declared elsewhere are refused', () => {
  test.each<[string, string, Record<string, string>]>([
    [
      'pyproject.toml',
      'of Poetry',
      { 'pyproject.toml': '[tool.poetry.dependencies]\npython = "^3.11"\ntariffs = "^1"\n' },
    ],
    [
      'poetry.lock',
      'of Poetry, in [project]',
      { 'pyproject.toml': project('dependencies = ["tariffs"]'), 'poetry.lock': '' },
    ],
    ['poetry.lock', 'of Poetry, by the lock alone', { 'poetry.lock': '[[package]]\nname = "tariffs"\n' }],
    ['pdm.lock', 'of PDM', { 'pyproject.toml': project('dependencies = ["tariffs"]'), 'pdm.lock': '' }],
    ['pyproject.toml', 'of flit', { 'pyproject.toml': '[tool.flit.metadata]\nrequires = ["tariffs"]\n' }],
    ['pyproject.toml', 'of pixi', { 'pyproject.toml': '[tool.pixi.pypi-dependencies]\ntariffs = "*"\n' }],
    ['pixi.toml', 'of pixi, alone', { 'pixi.toml': '[dependencies]\npython = "*"\ntariffs = "*"\n' }],
    ['Pipfile', 'of Pipenv', { Pipfile: '[packages]\ntariffs = "*"\n' }],
    [
      'Pipfile.lock',
      'of Pipenv, by the lock alone',
      { 'Pipfile.lock': '{"_meta": {}, "default": {"tariffs": {}}}' },
    ],
    ['setup.py', 'of setuptools', { 'setup.py': 'setup(install_requires=["tariffs"])' }],
    ['setup.cfg', 'of setuptools, declared', { 'setup.cfg': '[options]\ninstall_requires =\n    tariffs\n' }],
    [
      'environment.yml',
      'of conda',
      { 'environment.yml': 'dependencies:\n  - python=3.11\n  - pip:\n      - tariffs\n' },
    ],
    ['requirements.in', 'of pip-tools', { 'requirements.in': 'tariffs' }],
    [
      'requirements/prod.txt',
      'in a folder',
      { 'requirements/prod.txt': 'tariffs', 'requirements/dev.txt': 'a' },
    ],
    ['requirements-prod.txt', 'under another name', { 'requirements-prod.txt': 'tariffs' }],
  ])('in %s, %s', async (name, _what, files) => {
    const message = await found(files)
    expect(message).toBe(
      `${name} declares dependencies, and nothing installs them: expected a requirements.txt, a uv.lock or a pyproject.toml with dependencies in [project].`,
    )
    expect(mayDeclare(name)).toBe(true)
  })

  test('with the way on, and the way past', async () => {
    await using source = await folder({ Pipfile: '[packages]\ntariffs = "*"\n' })
    const error = await findRequirements(source.path, undefined).then(() => undefined, asLambdactlError)
    expect(error?.code).toBe('PACKAGE_INVALID')
    expect(stepsFor(usualConfig, error?.next ?? [])).toEqual([
      'Write them to a requirements.txt in that folder, by hand or by build:, with pipenv requirements > requirements.txt.',
      'To install nothing, since they are in the folder or in a layer: requirements: false in lambdactl.yaml.',
    ])
    expect(await findRequirements(source.path, false)).toBeUndefined()
  })

  test('also where they are named', async () => {
    expect(await found({ Pipfile: '' }, 'Pipfile')).toContain('Pipfile declares dependencies')
    expect(await found({ 'poetry.lock': '' }, 'poetry.lock')).toContain('poetry.lock declares dependencies')
    expect(await found({ 'requirements/prod.txt': 'a' }, 'requirements/prod.txt')).toBe('requirements')
    expect(await found({ 'requirements.in': 'a' }, 'requirements.in')).toBe('requirements')
  })
})

test('a lock without its project, and what is no TOML, are refused with a sentence', async () => {
  expect(await found({ 'uv.lock': '' })).toBe(
    'uv.lock: expected the pyproject.toml that it locks beside it, got none.',
  )
  expect(await found({ 'pyproject.toml': '[project]\nname = \n' })).toMatch(
    /^pyproject\.toml, line 2: expected TOML: .*\.$/,
  )
})
