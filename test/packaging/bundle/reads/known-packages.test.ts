import { describe, expect, test } from 'vitest'
import { bundle } from '../bundling.ts'

const html = '<p>hello</p>'

describe('packages that look for files by names that their code does not show are known', () => {
  const dependency = (name: string, code = 'exports.it = 1') => ({
    'index.js': `const { it } = require('${name}')\nexports.handler = async () => it`,
    [`node_modules/${name}/index.js`]: code,
    'config/default.json': '{}',
  })

  test('a folder where Lambda starts the function', async () => {
    const files = dependency('config', 'exports.it = process.cwd()')
    expect((await bundle(files)).notes).toEqual([
      'config looks for the folder config, which is not in the package; include: [config/] adds it',
    ])
    expect((await bundle(files, { include: ['config/'] })).notes).toEqual([])
  })

  test('their own folder as a whole', async () => {
    const { notes } = await bundle(dependency('swagger-ui-dist', 'exports.it = __dirname'))
    expect(notes).toEqual([expect.stringContaining('bundle: {external: [swagger-ui-dist]}')])
  })

  test('a folder that one of several assignments gives, as compilers to WebAssembly write it', async () => {
    const code = "let folder = ''\nfolder = __dirname + '/'\nexports.it = folder + 'engine.wasm'"
    const files = { ...dependency('wasm', code), 'node_modules/wasm/engine.wasm': '' }
    expect((await bundle(files)).notes).toEqual([expect.stringContaining('wasm (engine.wasm)')])
  })
})

describe('Express looks for its views and their engine by names that no bundler sees', () => {
  const app = (more = '') => ({
    'index.js': `const express = require('express')
const app = express()
app.set('view engine', 'ejs')
${more}
app.get('/', (request, response) => response.render('home'))
exports.handler = async () => app`,
    'views/home.ejs': html,
    'node_modules/express/package.json': '{"name": "express", "main": "lib/index.js"}',
    'node_modules/express/lib/index.js': 'module.exports = () => ({ set() {}, get() {}, engine() {} })',
    'node_modules/ejs/package.json': '{"name": "ejs"}',
    'node_modules/ejs/index.js': 'exports.__express = () => {}',
  })

  test('both are noted', async () => {
    expect((await bundle(app())).notes).toEqual([
      expect.stringMatching(
        /view engine ejs by name .*app\.engine\('ejs', …\).*bundle: \{external: \[ejs\]\}/,
      ),
      expect.stringContaining('include: [views/]'),
    ])
  })

  test('the folder that the code names is noted in its place', async () => {
    const { notes } = await bundle(app("app.set('views', require('path').join(__dirname, 'views'))"))
    expect(notes).toEqual([
      expect.stringContaining('not beside the bundle: views/; include: [views/] adds them'),
      expect.stringContaining('view engine ejs'),
    ])
  })

  test('nothing is said where both are there', async () => {
    const handedOver = app("app.engine('ejs', require('ejs').__express)")
    expect((await bundle(handedOver, { include: ['views/'] })).notes).toEqual([])
    const takenIn = await bundle(app(), { include: ['views/'], bundle: { external: ['ejs'] } })
    expect(takenIn.notes).toEqual([])
    expect(takenIn.files.map(({ path }) => path)).toContain('node_modules/ejs/index.js')
  })
})
