import { dirname } from 'node:path'
import { openBench } from './bench.ts'

// A sandbox to be killed: tells of an environment, and then keeps it busy.
const bench = await openBench()
const target = await bench.target({
  'index.js': `exports.handler = async (event) => { if (event.spin) for (;;); return { pid: process.pid, home: process.env.HOME } }`,
})
const { payload } = await bench.invoke(target)
void bench.invoke(target, { spin: true })
const told = { ...(payload as object), folder: dirname(target.codeDirectory) }
setTimeout(() => process.stdout.write(JSON.stringify(told)), 200)
