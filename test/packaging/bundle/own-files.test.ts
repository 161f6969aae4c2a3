import { describe, expect, test } from 'vitest'
import { bundle, type Files, refusalOf, type Settings } from './bundling.ts'

const fs = "import * as fs from 'node:fs'\nimport * as path from 'node:path'\n"
const html = '<p>hello</p>'

/** A handler of `src/index.ts` that answers with an expression, beside a page, a folder of views and one at the root. */
const handling = (expression: string, before = ''): Files => ({
  'src/index.ts': `${fs}${before}\nexport const handler = async (event: { name: string }) => ${expression}\n`,
  'src/page.html': html,
  'src/views/mail.html': html,
  'src/views/bill.html': html,
  'pages/a.html': html,
})
const settings: Settings = { handler: 'src/index.handler' }

describe('a file that own code reads for sure, and that the package does not have, is an error', () => {
  test.each([
    ['joined', "fs.readFileSync(path.join(__dirname, 'page.html'))", 'src/page.html'],
    ['resolved', "fs.readFileSync(path.resolve(__dirname, 'views', 'mail.html'))", 'src/views/mail.html'],
    [
      'by import.meta.dirname',
      "fs.readFileSync(path.join(import.meta.dirname, 'page.html'))",
      'src/page.html',
    ],
    ['by a URL', "fs.readFileSync(new URL('./page.html', import.meta.url))", 'src/page.html'],
    [
      'upwards',
      "fs.readFileSync(path.join(path.dirname(__filename), '..', 'pages', 'a.html'))",
      'pages/a.html',
    ],
    [
      'from where Lambda starts it',
      "fs.readFileSync(path.join(process.cwd(), 'pages/a.html'))",
      'pages/a.html',
    ],
    ['by a plain name', "fs.readFileSync('pages/a.html')", 'pages/a.html'],
    ['by a resolved name', "fs.readFileSync(path.resolve('pages', 'a.html'))", 'pages/a.html'],
    [
      'by LAMBDA_TASK_ROOT',
      "fs.readFileSync(process.env['LAMBDA_TASK_ROOT'] + '/pages/a.html')",
      'pages/a.html',
    ],
    ['by /var/task', "fs.readFileSync('/var/task/pages/a.html')", 'pages/a.html'],
    [
      'under a condition of its own',
      "event.name ? fs.readFileSync(path.join(__dirname, 'page.html')) : ''",
      'src/page.html',
    ],
    ['a folder', "fs.readdirSync(path.join(__dirname, 'views'))", 'src/views/'],
    ['in a promise', "await fs.promises.readFile(path.join(__dirname, 'page.html'))", 'src/page.html'],
  ])('%s', async (_, expression, missing) => {
    const files = handling(expression)
    const { message, next } = await refusalOf(bundle(files, settings))
    expect(message).toBe(
      `The function reads files that its package does not have: src/index.ts reads ${missing}; expected ${missing} in the package, got none.`,
    )
    expect(next[0]).toBe(`Add the files: include: [${missing}].`)
    expect((await bundle(files, { ...settings, include: [missing] })).notes).toEqual([])
  })

  test.each([
    ['by a name of its own', "const file = path.join(__dirname, 'page.html')"],
    [
      'in a function that the handler calls',
      "const read = () => fs.readFileSync(path.join(__dirname, 'page.html'))",
    ],
    ['at the start', "const page = fs.readFileSync(path.join(__dirname, 'page.html'))"],
  ])('%s', async (_, before) => {
    const expression = before.includes('read =')
      ? 'read()'
      : before.includes('file')
        ? 'fs.readFileSync(file)'
        : 'page'
    const { message } = await refusalOf(bundle(handling(expression, before), settings))
    expect(message).toContain('src/index.ts reads src/page.html')
  })

  test('in another module, whose bundle looks for it elsewhere, with the ways on', async () => {
    const files = {
      'src/index.ts': "import { query } from './sql/query.ts'\nexport const handler = async () => query()",
      'src/sql/query.ts': `${fs}export const query = () => fs.readFileSync(path.join(__dirname, 'daily.sql'))`,
      'src/sql/daily.sql': 'select 1',
    }
    const { message, next } = await refusalOf(bundle(files, settings))
    expect(message).toContain(
      'src/sql/query.ts reads src/sql/daily.sql; expected src/daily.sql in the package',
    )
    expect(next[0]).toBe(
      'The bundle looks for src/sql/daily.sql at src/daily.sql: name it join(process.env.LAMBDA_TASK_ROOT, \'src/sql/daily.sql\') with include: [src/sql/daily.sql], or import it (bundle: {loader: {".sql": text}}).',
    )
  })

  test.each([
    ['en.json', "'src/sql/en.json') with include: [src/sql/en.json], or import it."],
    ['more', "'src/sql/more/') with include: [src/sql/more/]."],
  ])('in another module, of %s', async (name, way) => {
    const read = name === 'more' ? 'readdirSync' : 'readFileSync'
    const files = {
      'src/index.ts': "import { it } from './sql/it.ts'\nexport const handler = async () => it()",
      'src/sql/it.ts': `${fs}export const it = () => fs.${read}(path.join(__dirname, '${name}'))`,
      'src/sql/en.json': '{}',
      'src/sql/more/a.txt': '',
    }
    expect((await refusalOf(bundle(files, settings))).next[0]).toContain(way)
  })

  test('in CommonJS, and minified', async () => {
    const code =
      "const { join } = require('path')\nexports.handler = async () => require('fs').readFileSync(join(__dirname, 'a.txt'))"
    for (const wanted of [{ format: 'cjs' }, { minify: true }] as const) {
      const work = bundle({ 'index.js': code, 'a.txt': '' }, { bundle: wanted })
      expect((await refusalOf(work)).message).toContain('index.js reads a.txt')
    }
  })

  test('as a TypeScript compiler writes it', async () => {
    const code = `const path_1 = __importDefault(require("path"));
const fs_1 = __importDefault(require("fs"));
function __importDefault(mod) { return mod && mod.__esModule ? mod : { default: mod }; }
exports.handler = async () => (0, fs_1.default.readFileSync)(path_1.default.resolve(__dirname, "a.txt"));`
    expect((await refusalOf(bundle({ 'index.js': code, 'a.txt': '' }))).message).toContain(
      'index.js reads a.txt',
    )
  })
})

describe('a file that own code may do without is a note', () => {
  const read = "fs.readFileSync(path.join(__dirname, 'page.html'), 'utf8')"
  const note = expect.stringContaining(
    'not beside the bundle: page.html; include: [src/page.html] adds them',
  ) as string

  test.each([
    ['whose error is caught', 'page()', `const page = () => { try { return ${read} } catch { return '' } }`],
    [
      'in a function that is called in a try',
      'page()',
      `const one = () => ${read}\nconst page = () => { try { return one() } catch { return '' } }`,
    ],
    [
      'that is asked for first',
      'page()',
      `const file = path.join(__dirname, 'page.html')\nconst page = () => fs.existsSync(file) ? fs.readFileSync(file) : ''`,
    ],
    [
      'that is asked for before',
      'page()',
      `const file = path.join(__dirname, 'page.html')\nconst page = () => { if (!fs.existsSync(file)) return ''\nreturn fs.readFileSync(file) }`,
    ],
    [
      'whose promise is caught',
      "fs.promises.readFile(path.join(__dirname, 'page.html')).catch(() => '')",
      '',
    ],
    ["on a developer's machine alone", `process.env['IS_LOCAL'] ? ${read} : ''`, ''],
    [
      'in the other case',
      `process.env['DIR'] ? fs.readFileSync(process.env['DIR'] || path.join(__dirname, 'page.html')) : ''`,
      '',
    ],
    [
      'whose error a function is told',
      "fs.readFile(path.join(__dirname, 'page.html'), (error, page) => error ? '' : page)",
      '',
    ],
    [
      'whose error a listener is told',
      "fs.createReadStream(path.join(__dirname, 'page.html')).on('error', () => {})",
      '',
    ],
    [
      'that is settled with others',
      "Promise.allSettled([fs.promises.readFile(path.join(__dirname, 'page.html'))])",
      '',
    ],
    [
      'that a helper tries',
      `attempt(() => ${read})`,
      'const attempt = (work: () => string) => { try { return work() } catch { return undefined } }',
    ],
    [
      'that is written first',
      'page()',
      `const file = path.join(__dirname, 'page.html')\nconst page = () => { fs.writeFileSync(file, '')\nreturn fs.readFileSync(file) }`,
    ],
    ['that it hands on', 'page', "const page = path.join(__dirname, 'page.html')"],
  ])('%s', async (_, expression, before) => {
    expect((await bundle(handling(expression, before), settings)).notes).toEqual([note])
  })

  test('read where the code itself has gone elsewhere', async () => {
    const expression = "fs.readFileSync('pages/a.html')"
    const { notes } = await bundle(handling(expression, "process.chdir('/tmp')"), settings)
    expect(notes).toEqual([expect.stringContaining('pages/a.html')])
  })

  test('a function that nothing calls is no reason for an error', async () => {
    const unused = handling('1', `export const unused = () => ${read}`)
    expect((await bundle(unused, settings)).notes).toEqual([note])
    const kept = `class Pages { page() { return ${read} } }\nconst pages = new Pages()`
    expect((await bundle(handling('pages', kept), settings)).notes).toEqual([note])
  })
})

describe('a folder, and names of which running the code shows a part, are noted', () => {
  test.each([
    ['a folder of views', "path.join(__dirname, 'views')", 'src/views/'],
    ['a name with a place for i18next', "path.join(__dirname, 'views/{{lng}}.html')", 'src/views/*.html'],
    ['a name in a folder', "fs.readFileSync(path.join(__dirname, 'views', event.name))", 'src/views/*'],
    [
      'a name with its ending',
      'fs.readFileSync(path.join(__dirname, `views/${event.name}.html`))',
      'src/views/*.html',
    ],
    ['a template', "((engine: any) => engine.renderFile('pages/a.html'))", 'pages/a.html'],
    ['a folder of templates', "((engine: any) => engine.configure('pages', {}))", 'pages/'],
    ['modules by their ending', "[path.join(__dirname, 'views/*.html')]", 'src/views/*.html'],
    ['a folder to serve', "((web: any) => web.static('pages'))", 'pages/'],
    ['a name in a folder of the package', "fs.readFileSync('pages/' + event.name + '.html')", 'pages/*.html'],
  ])('%s', async (_, expression, include) => {
    const files = handling(expression)
    const { notes } = await bundle(files, settings)
    expect(notes).toEqual([expect.stringMatching(/not beside the bundle: .*; include: \[.*\] adds them$/)])
    expect(notes[0]).toContain(include.includes('*') ? `include: ["${include}"]` : `include: [${include}]`)
    expect((await bundle(files, { ...settings, include: [include] })).notes).toEqual([])
  })

  test("but nothing of the variables of a developer's machine", async () => {
    const files = { ...handling("fs.readFileSync(path.join(__dirname, '.env'))"), 'src/.env': 'A=1' }
    expect((await bundle(files, settings)).notes).toEqual([])
  })

  test('but nothing of files that are nowhere, or that nothing is left of', async () => {
    expect(
      (await bundle(handling("fs.readFileSync(path.join(__dirname, 'other.html'))"), settings)).notes,
    ).toEqual([])
    expect((await bundle(handling("fs.readFileSync('/tmp/page.html')"), settings)).notes).toEqual([])
    expect(
      (await bundle(handling("fs.readFileSync(path.join('/opt', 'page.html'))"), settings)).notes,
    ).toEqual([])
    expect((await bundle(handling("['views', 'mail.html'].join('/')"), settings)).notes).toEqual([])
    expect((await bundle(handling("Promise.resolve('pages/a.html')"), settings)).notes).toEqual([])
  })
})
