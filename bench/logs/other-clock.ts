/** Loaded before a program by `--import`: its clock is another one, as the address says. */
import { setClock } from './clock.ts'

const given = new URL(import.meta.url).searchParams
setClock({
  aheadMs: Number(given.get('aheadMs')),
  rate: Number(given.get('rate')),
  from: Number(given.get('from')),
})
