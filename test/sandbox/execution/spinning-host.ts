import { dirname } from 'node:path'
import { openBench } from './bench.ts'

// A sandbox to be killed: tells of an environment, and then keeps it busy.
const bench = await openBench()
const code = await bench.target({
  'index.js': `exports.handler = async (event) => {
    if (event.spin) for (;;);
    const home = process.env.HOME
    return { pid: process.pid, extension: Number(require('node:fs').readFileSync(home + '/extension', 'utf8')), home }
  }`,
})
const layer = await bench.target({
  'extensions/waiting': `#!${process.execPath}
require('node:fs').writeFileSync(process.env.HOME + '/extension', String(process.pid))
const api = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2020-01-01/extension/'
fetch(api + 'register', { method: 'POST', headers: { 'Lambda-Extension-Name': 'waiting' }, body: '{"events": ["INVOKE"]}' })
  .then(async ({ headers }) => {
    const id = { 'Lambda-Extension-Identifier': headers.get('lambda-extension-identifier') }
    // It goes on when the API is gone.
    for (;;) await fetch(api + 'event/next', { headers: id }).catch(() => new Promise((next) => setTimeout(next, 100)))
  })`,
})
const target = { ...code, layersDirectory: layer.codeDirectory }
const { payload } = await bench.invoke(target)
void bench.invoke(target, { spin: true })
const told = { ...(payload as object), folder: dirname(code.codeDirectory) }
setTimeout(() => process.stdout.write(JSON.stringify(told)), 200)
